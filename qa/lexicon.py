"""The words of questions: derived from the vocabulary and from qa/questions.yaml, stemmed, ready for longest match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any

from graph.catalogue.trades import trades
from graph.vocabulary import read_yaml, vocabulary
from qa.query import Side
from qa.words import Token, lemma, lemmas

MAX_GAP = 4
_PREPOSITIONS = {"to", "from", "on", "in", "into", "with"}
_EVENTS: tuple[tuple[str, Side], ...] = (("events", "subject"), ("events_suffered", "object"))
_PARTICLES = {"over", "up", "out", "off", "together"}
_AUXILIARY = {"have", "do"}
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase may mean. `kind`: metric, verb (relation), noun (relation), class, or the name of an operator.

    For a verb `side` is the role of its grammatical subject; for a noun the role of the thing so called. A `predicate`
    is what a verb “be” makes a verb of: “built on”, “up against”; it has no passive.
    """

    kind: str
    name: str = ""
    side: Side = "subject"
    weak: bool = False
    predicate: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase by its stems (`*` for a gap) with one sense."""

    stems: tuple[str, ...]
    sense: Sense


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in tokens [start, end); `covered` are the positions it explains (a gap's words stay free)."""

    start: int
    end: int
    covered: tuple[int, ...]
    senses: tuple[Sense, ...]


class Lexicon:
    """Phrases by first stem; `find` returns the longest match at a position with all of its senses.

    `light` words ask nothing: no claim need bear them out. `empty` ones among them say nothing about a text either.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        light: frozenset[str],
        empty: frozenset[str],
        roles: tuple[frozenset[str], ...],
        same: Mapping[str, str],
    ) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], list[Sense]]] = {}
        for phrase in phrases:
            if phrase.stems:
                senses = self._by_first.setdefault(phrase.stems[0], {}).setdefault(phrase.stems, [])
                if phrase.sense not in senses:
                    senses.append(phrase.sense)
        self._stems = frozenset(s for first in self._by_first.values() for stems in first for s in stems)
        self.light, self.empty = light, empty
        self.roles = roles
        self._same = same

    def knows(self, stem: str) -> bool:
        """Whether some phrase holds the stem."""
        return stem in self._stems

    def find(self, tokens: tuple[Token, ...], at: int) -> list[Found]:
        """All matches that begin at token `at`, longest (most words explained) first."""
        found = []
        for stems, senses in self._by_first.get(tokens[at].lemma, {}).items():
            covered = _match(tokens, at, stems)
            if covered and not self._auxiliary(tokens, covered):
                found.append(Found(at, covered[-1] + 1, covered, tuple(senses)))
        return sorted(found, key=lambda f: (-len(f.covered), f.end))

    def _auxiliary(self, tokens: tuple[Token, ...], covered: tuple[int, ...]) -> bool:
        """Whether a phrase would take an auxiliary for its verb: “has … as a client” of “has X won Y as a client?”."""
        first, *rest = covered
        if tokens[first].lemma not in _AUXILIARY or not rest or rest[0] == first + 1:
            return False
        if tokens[first].lemma == "do":  # “who does X's packaging” against “when did X package …”
            after = range(covered[-1] + 1, len(tokens))
            return tokens[rest[0] - 1].lemma != "'s" or any(self._does(tokens, k) for k in after)
        inner = (k for k in range(first + 1, rest[0]) if tokens[k].lemma in self._by_first)
        ends = (_match(tokens, k, stems)[-1:] for k in inner for stems in self._by_first[tokens[k].lemma])
        return first == 0 or any(end == (rest[-1],) for end in ends)

    def _does(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Whether a verb of a relation stands at a token."""
        phrases = self._by_first.get(tokens[at].lemma, {}).items()
        return any(s.kind == "verb" for stems, senses in phrases if _match(tokens, at, stems) for s in senses)

    def things(self, stems: Iterable[str]) -> frozenset[str]:
        """The stems, but one for all that mean the same thing: “semiconductor” is “chip”."""
        return frozenset(self._same.get(stem, stem) for stem in stems)

    def role(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words for the same post as the given ones: “finance chief” → cfo, chief financial officer, …"""
        text = " ".join(words)
        for group in self.roles:
            if text in group:
                return tuple(sorted(group))
        return (text,)


def _match(tokens: tuple[Token, ...], at: int, stems: tuple[str, ...]) -> tuple[int, ...]:
    covered, i, gap = [], at, 0
    for stem in stems:
        if stem == "*":
            gap += MAX_GAP
            continue
        while at < i < len(tokens) and tokens[i].lemma == "'s":
            i += 1
        for j in range(i, min(i + gap + 1, len(tokens))):
            if tokens[j].lemma == stem:
                covered.append(j)
                i, gap = j + 1, 0
                break
        else:
            return ()
    return tuple(covered)


def _stems(phrase: str) -> tuple[str, ...]:
    """Stems of a phrase with its gaps."""
    out: list[str] = []
    for part in phrase.split():
        out += ["*"] if part == "*" else [s for s in lemmas(part) if s != "'s"]
    return tuple(out)


def written_out(phrase: str) -> Iterator[str]:
    """A phrase with each of its alternatives, one of which may be empty.

    >>> list(written_out("(win|land) * as (a|) client"))
    ['win * as a client', 'win * as client', 'land * as a client', 'land * as client']
    """
    parts = _CHOICE.split(phrase)
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def _possessive(phrase: str) -> str | None:
    """“take the place of” with a possessor before its noun: “take X's place”; “at the mercy of”: “at X's mercy”."""
    words = phrase.split()
    if len(words) > 3 and words[0] != "be" and words[-1] == "of" and words[-3] == "the":
        return " ".join([*words[:-3], "*", words[-2]])
    return None


def _apart(phrase: str) -> str | None:
    """“take over” with its object between: “took it over”."""
    first, *rest = phrase.split()
    return f"{first} * {rest[0]}" if first != "be" and len(rest) == 1 and rest[0] in _PARTICLES else None


def _predicate(phrase: str) -> str | None:
    """What follows “be”, as a name may stand between: “is X up against Y”; not a noun (“be the owner of”)."""
    first, *words = phrase.split()
    return " ".join(words) if first == "be" and len(words) > 1 and words[0] not in ("the", "a", "an") else None


def _gapped(verb: str) -> str:
    """“sell to” also as “sell … to”: objects stand between a verb and its preposition; “be” is left to the syntax."""
    words = verb.removeprefix("be ").split()
    if len(words) == 2 and words[1] in _PREPOSITIONS:
        return f"{words[0]} * {words[1]}"
    return " ".join(words)


def _from_vocabulary() -> Iterable[Phrase]:
    for metric in vocabulary().metrics.values():
        for term in (*metric.terms, *metric.bare, *metric.losses):
            yield Phrase(_stems(term), Sense("metric", metric.name))
        for term in (*metric.verbs, *metric.loss_verbs, *metric.asks):
            yield Phrase(_stems(term), Sense("metric", metric.name, weak=True))
    for relation in vocabulary().relations.values():
        for verb in (*relation.ask_subject, *relation.ask_object):
            if _gapped(verb) not in _PREPOSITIONS:
                yield Phrase(_stems(_gapped(verb)), Sense("verb", relation.name, "subject"))
        for verb in filter(None, map(_apart, (*relation.ask_subject, *relation.ask_object))):
            yield Phrase(_stems(verb), Sense("verb", relation.name, "subject"))
        for verb in relation.ask_passive:
            yield Phrase(_stems(_gapped(verb)), Sense("verb", relation.name, "object"))
        for noun in relation.noun_subject:
            yield Phrase(_stems(noun), Sense("noun", relation.name, "subject"))
        for noun in relation.noun_object:
            if noun not in {"chip", "model", "product", "app"}:
                yield Phrase(_stems(noun), Sense("noun", relation.name, "object"))
    for kind in vocabulary().types.values():
        for noun in kind.nouns:
            yield Phrase(_stems(noun), Sense("class", kind.name))


def _of_relations(table: dict[str, Any]) -> Iterable[Phrase]:
    for name, rows in table.items():
        for key, sense in (
            ("verbs", Sense("verb", name, "subject")),
            ("inverse", Sense("verb", name, "object")),
            ("nouns_subject", Sense("noun", name, "subject")),
            ("nouns_object", Sense("noun", name, "object")),
            ("licence", Sense("licence", name)),
            ("status", Sense("status", name)),
        ):
            for phrase in (one for row in rows.get(key, ()) for one in written_out(row)):
                yield Phrase(_stems(phrase), sense)
                if other := _possessive(phrase):
                    yield Phrase(_stems(other), sense)
                if apart := _apart(phrase):
                    yield Phrase(_stems(apart), sense)
                if rest := _predicate(phrase):
                    yield from (
                        Phrase(_stems(one), replace(sense, predicate=True)) for one in (rest, _possessive(rest)) if one
                    )


def _of_metrics(table: dict[str, Any]) -> Iterable[Phrase]:
    for name, phrases in table.items():
        for phrase in phrases:
            yield Phrase(_stems(phrase), Sense("metric", name, weak=True))
            if phrase.endswith(" research"):
                yield Phrase(_stems(f"{phrase} and development"), Sense("metric", name, weak=True))


def _from_idioms(data: dict[str, Any]) -> Iterable[Phrase]:
    yield from _of_relations(data["relations"])
    yield from _of_metrics(data["metrics"])
    for key, side in _EVENTS:
        for name, nouns in data[key].items():
            for noun in nouns:
                yield Phrase(_stems(noun), Sense("event", name, side))


def _from_questions(data: dict[str, Any]) -> Iterable[Phrase]:
    yield from _of_relations(data["relations"])
    yield from _of_metrics(data["metrics"])
    for name, phrases in data["classes"].items():
        for phrase in phrases:
            yield Phrase(_stems(phrase), Sense("class", name))
    for kind in (
        "stake",
        "share",
        "change",
        "outdo",
        "trail",
        "highest",
        "lowest",
        "sum",
        "difference",
        "latest",
        "future",
        "possible",
        "confirm",
        "say",
        "agree",
        "differ",
        "accord",
        "hit",
        "path",
        "cancel",
        "why",
        "profile",
        "sources",
        "except",
        "excepted",
        "account",
        "risk",
        "average",
        "rank",
        "following",
        "told",
        "deny",
    ):
        for phrase in data[kind]:
            yield Phrase(_stems(phrase), Sense(kind))
    for kind, key in (("number", "numbers"), ("ordinal", "ordinal")):
        for word, value in data[key].items():
            yield Phrase(_stems(word), Sense(kind, str(value)))


def _from_plans(data: dict[str, Any]) -> Iterable[Phrase]:
    for name, told in data["derived"].items():
        for phrase in told.get("phrases", ()):
            yield Phrase(_stems(phrase), Sense("derived", name))
    for name, phrases in data["per"].items():
        for phrase in phrases:
            yield Phrase(_stems(phrase), Sense("per", name))
    for kind in ("factor", "ratio"):
        for phrase in data[kind]:
            yield Phrase(_stems(phrase), Sense(kind))


def _from_trades(known: list[Phrase]) -> Iterable[Phrase]:
    """How firms of a trade are called, where no word at the end says that a firm is meant: “neocloud”, “test house”."""
    firms = {p.stems for p in known if p.sense.kind in ("class", "noun")}
    for trade in trades().values():
        for stems in map(_stems, trade.words):
            if stems[-1:] not in firms:
                yield Phrase(stems, Sense("class", "Company"))


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped vocabulary. Raises SettingsError when a vocabulary file is wrong."""
    data, idioms = read_yaml("qa", "questions.yaml"), read_yaml("qa", "idioms.yaml")
    only = {
        _stems(phrase): Sense("metric", name, weak=True) for name, phrases in data["only"].items() for phrase in phrases
    }
    phrases = [
        p
        for p in (
            *_from_vocabulary(),
            *_from_questions(data),
            *_from_idioms(idioms),
            *_from_plans(read_yaml("qa", "plans.yaml")),
        )
        if p.sense.kind != "metric" or p.stems not in only
    ]
    phrases += [Phrase(stems, sense) for stems, sense in only.items()]
    phrases += _from_trades(phrases)
    plain = [word for words in read_yaml("qa", "light.yaml").values() for word in words]
    light, empty = (
        frozenset(s for word in words for s in (lemma(str(word)), str(word)))
        for words in ((*data["light"], *plain), data["light"])
    )
    roles = tuple(frozenset(" ".join(lemmas(r)) for r in group) for group in data["roles"])
    same = {lemma(word): lemma(group[0]) for group in data["same_things"] for word in group}
    return Lexicon(phrases, light, empty, roles, same)
