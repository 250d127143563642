"""KnowledgeNet (Mesquita et al., EMNLP 2019): passages with every mention of five facts on organisations, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.evaluation.labels import plain
from api.evaluation.public.base import rows
from graph.contract import Json

SCORED_FOLD = 3
DATE = "DATE_FOUNDED"
_FIRMS = ("Company", "Organization")
_OBJECTS: Mapping[str, tuple[str, ...]] = {
    "CEO": ("Person",),
    "FOUNDED_BY": ("Person", *_FIRMS),
    "HEADQUARTERS": ("Place",),
    "SUBSIDIARY_OF": _FIRMS,
}
_PRONOUNS = {
    word: group[0]
    for group in (
        ("it", "its", "itself", "which", "that", "where", "whose"),
        ("he", "his", "him", "himself", "who"),
        ("she", "her", "herself"),
        ("we", "our", "us", "ourselves"),
        ("they", "their", "them", "themselves"),
        ("i", "my", "me", "myself"),
    )
    for word in group
}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property between two stretches of characters of a passage."""

    property: str
    subject: Span
    object: Span


@dataclass(frozen=True, slots=True)
class Known:
    """A marked stretch with the entity that it stands for; the same `id` for what is one entity."""

    span: Span
    id: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, the properties that are annotated in it to the last, its facts, and its marked entities."""

    id: str
    text: str
    fold: int
    properties: frozenset[str]
    facts: tuple[Fact, ...]
    known: tuple[Known, ...]


def read_knowledgenet(folder: Path) -> tuple[list[Passage], list[Passage]]:
    """The passages of the fold that is scored, and those of the folds that rules may be made on."""
    found = [_passage(raw) for raw in rows(folder / "org_passages.jsonl")]
    return [p for p in found if p.fold == SCORED_FOLD], [p for p in found if p.fold != SCORED_FOLD]


def _passage(raw: Json) -> Passage:
    start = raw["start"]
    facts = tuple(
        Fact(f["property"], _moved(f["subj"], start), _moved(f["obj"], start))
        for f in raw["facts"]
        if f["property"] in raw["exhaustive_properties"]
    )
    known = known_entities(raw["passage"], facts, _links(raw["facts"], start))
    properties = frozenset(raw["exhaustive_properties"])
    return Passage(f"{raw['doc']}:{start}", raw["passage"], raw["fold"], properties, facts, known)


def _moved(span: Iterable[int], start: int) -> Span:
    first, last = span
    return first - start, last - start


def _links(facts: Iterable[Json], start: int) -> dict[Span, str]:
    """The Wikidata page of each marked stretch that has one."""
    sides = ((_moved(f[side], start), f[f"{side}_uri"]) for f in facts for side in ("subj", "obj"))
    return {span: uri for span, uri in sides if uri}


def known_entities(text: str, facts: Iterable[Fact], links: Mapping[Span, str]) -> tuple[Known, ...]:
    """The entities that the facts name. One is the same by its link, else by its words; a pronoun without a link is
    whoever stands in the same fact in its place, and where nobody does, the same as its like in the passage.
    """
    types: dict[Span, dict[str, None]] = {}
    places: dict[tuple[str, str, Span], list[Span]] = {}
    for fact in facts:
        types.setdefault(fact.subject, {}).update(dict.fromkeys(_FIRMS))
        places.setdefault((fact.property, "subject", fact.object), []).append(fact.subject)
        if fact.property != DATE:
            types.setdefault(fact.object, {}).update(dict.fromkeys(_OBJECTS[fact.property]))
            places.setdefault((fact.property, "object", fact.subject), []).append(fact.object)
    names = {span: links.get(span) or plain(text[slice(*span)]) for span in types}
    pronouns = {span: _PRONOUNS.get(text[slice(*span)].casefold()) for span in types if span not in links}
    for span, like in pronouns.items():
        if like is not None:
            same = (s for group in places.values() if span in group for s in group if pronouns.get(s) is None)
            named = next(same, None)
            names[span] = names[named] if named is not None else like
    return tuple(Known(span, names[span], tuple(types[span])) for span in sorted(types) if names[span])
