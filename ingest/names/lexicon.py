"""The word lists that type new names (ingest/rules/names.yaml) in the form the code asks for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.catalogue import catalogue
from graph.vocabulary import read_yaml, vocabulary

THING = "Thing"  # a chip, a model or a product, while it is open which
THINGS = ("Chip", "Model", "Product")
_LETTERS = 2  # that a word must have more of to be none of the single letters in “Customer R”

Votes = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Word → votes tables, and the words that are no names. The keys of `roles` are (role, lemma)."""

    order: tuple[str, ...]
    endings: dict[str, tuple[str, int]]
    beginnings: dict[str, tuple[str, int]]
    titles: dict[str, tuple[str, int]]
    recogniser: dict[str, tuple[str, int]]
    roles: dict[tuple[str, str], Votes]
    person_to: tuple[int, frozenset[str]]
    with_article: Votes
    of_a_firm: Votes
    named_after_a_firm: Votes
    of_a_place: Votes
    before_a_trade: Votes
    before_a_state: Votes
    trades: frozenset[str]
    after_a_firm: Votes
    hyphened: dict[str, Votes]
    nouns: dict[str, str]
    kinds: dict[str, str]
    classifier: int
    possible: int
    not_names: frozenset[str]
    not_alone: frozenset[str]
    events: frozenset[str]
    figures: dict[str, Votes]
    posts: frozenset[str]
    post_weight: int
    given: frozenset[str]
    given_weight: int
    surnames: frozenset[str]
    hints: dict[str, frozenset[str]]
    numbered_parts: frozenset[str]
    explained: int
    peer_weight: int
    peer_verbs: frozenset[str]
    peer_nouns: frozenset[str]
    peer_links: frozenset[str]
    fed_verbs: frozenset[str]
    person_weight: int
    person_verbs: frozenset[str]
    post_verbs: frozenset[str]


@cache
def classifying_nouns() -> dict[str, str]:
    """Noun (lower case) → entity type that it names: foundry → Company, processor → Chip."""
    return {noun.casefold(): t.name for t in vocabulary().types.values() for noun in t.nouns}


@cache
def name_lexicon() -> NameLexicon:
    """The lexicon, read once."""
    raw = read_yaml("ingest", "rules/names.yaml")
    return NameLexicon(
        order=tuple(raw["order"]),
        endings=_words(raw["endings"]),
        beginnings=_words(raw["beginnings"]),
        titles=_words(raw["titles"]),
        recogniser={label: (row["type"], row["weight"]) for label, row in raw["recogniser"].items()},
        roles=_roles(raw["roles"]),
        person_to=(int(raw["person_to"]["weight"]), frozenset(raw["person_to"]["words"])),
        with_article=tuple(raw["with_article"].items()),
        of_a_firm=tuple(raw["of_a_firm"].items()),
        named_after_a_firm=tuple(raw["named_after_a_firm"].items()),
        of_a_place=tuple(raw["of_a_place"].items()),
        before_a_trade=tuple(raw["before_a_trade"].items()),
        before_a_state=tuple(raw["before_a_state"].items()),
        trades=frozenset(raw["trades"]),
        after_a_firm=tuple(raw["after_a_firm"].items()),
        hyphened={word: (vote,) for word, vote in _words(raw["hyphened"]).items()},
        nouns=classifying_nouns(),
        kinds=classifying_nouns() | _further(raw["further_nouns"]),
        classifier=raw["classifier"],
        possible=raw["possible"],
        not_names=frozenset(w.casefold() for w in raw["not_names"]),
        not_alone=frozenset(raw["not_alone"]) | _metric_words() | _of_places(),
        events=frozenset(raw["events"]),
        figures={str(word): tuple(row["votes"].items()) for row in raw["figures"] for word in row["of"]},
        posts=frozenset(raw["posts"]["words"]),
        post_weight=int(raw["posts"]["weight"]),
        given=frozenset(raw["given"]["words"]),
        given_weight=int(raw["given"]["weight"]),
        surnames=frozenset(raw["surnames"]),
        hints={kind: frozenset(w.casefold() for w in words) for kind, words in raw["hints"].items()},
        numbered_parts=frozenset(raw["numbered_parts"]),
        explained=raw["explained"],
        peer_weight=raw["peers"]["weight"],
        peer_verbs=frozenset(raw["peers"]["verbs"]),
        peer_nouns=frozenset(raw["peers"]["nouns"]),
        peer_links=frozenset(raw["peers"]["links"]),
        fed_verbs=frozenset(raw["peers"]["fed"]),
        person_weight=raw["people"]["weight"],
        person_verbs=frozenset(raw["people"]["heads"]),
        post_verbs=frozenset(raw["people"]["made"]),
    )


def _further(table: dict[str, list[str]]) -> dict[str, str]:
    return {noun.casefold(): kind for kind, nouns in table.items() for noun in nouns}


def _metric_words() -> frozenset[str]:
    """The words of the metrics as a sentence begins with them: “Inventory was $5bn” names nobody."""
    terms = (t for m in vocabulary().metrics.values() for t in (*m.terms, *m.losses))
    return frozenset(word.capitalize() for term in terms for word in term.split() if len(word) > _LETTERS)


def _of_places() -> frozenset[str]:
    """“Irish”, “Americans”: words for what, and who, is of a place."""
    return frozenset(form for word in catalogue().demonyms for form in (word, word + "s"))


def role_examples() -> list[tuple[str, frozenset[str]]]:
    """Each example of the roles and figures with the types that its name may come out with."""
    return [
        (text, _open(frozenset(row["votes"])))
        for part in ("roles", "figures")
        for row in read_yaml("ingest", "rules/names.yaml")[part]
        for text in row.get("examples", ())
    ]


def _open(kinds: frozenset[str]) -> frozenset[str]:
    return kinds.union(THINGS) - {THING} if THING in kinds else kinds


def _words(table: dict[str, dict[str, Any]]) -> dict[str, tuple[str, int]]:
    return {str(w): (kind, int(row["weight"])) for kind, row in table.items() for w in row["words"]}


def _roles(rows: list[dict[str, Any]]) -> dict[tuple[str, str], Votes]:
    out: dict[tuple[str, str], Votes] = defaultdict(tuple)
    for row in rows:
        for word in row["words"]:
            out[row["as"], str(word)] += tuple(row["votes"].items())
    return dict(out)
