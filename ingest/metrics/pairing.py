"""Rows of figures told in one breath: “revenue and profit were $5bn and $1bn respectively”, “AMD and Intel at 54% and
35%”: the first of one row belongs to the first of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from graph.model import EntityRef, Period
from ingest.metrics.links import clause_of
from ingest.metrics.owners import FIRMS
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence, When

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINS = frozenset(
    [",", "and", "or", "&", "its", "their", "the", "of", "in", "for", "to", "at", "about", "some", "'s", "’s"]
)
_LONGEST = 5  # words of a part
_BESIDE = frozenset(["against", "versus", "vs", "vs.", "with", "from", "to"])
_AFTER = 4  # tokens from a row to the period that it is of
_FOR_FIGURES = frozenset([",", "and", "or", "&", "about", "some", "to", "at"])


class _Placed(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


Part = TypeVar("Part", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What each amount of a row is paired with; keys are indices of the amounts' first tokens."""

    terms: dict[int, Term] = field(default_factory=dict)
    owners: dict[int, EntityRef] = field(default_factory=dict)
    periods: dict[int, Period] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)
    parties: dict[int, str] = field(default_factory=dict)
    earlier: dict[int, int] = field(default_factory=dict)


def pairs(sentence: Sentence, terms: Sequence[Term]) -> Pairs:
    """The pairings of a sentence; empty for most."""
    out = Pairs()
    told = any(t.lower_ == "respectively" for t in sentence.doc)
    firms = [m for m in sentence.mentions if m.entity is not None and m.entity.type in FIRMS and m.named]
    for row in _rows(sentence, sorted(sentence.amounts, key=lambda a: a.first), _FOR_FIGURES):
        if len({(a.span.kind, a.span.delta) for a in row}) > 1:
            continue
        before = row[0].first
        by_term = _row_of(sentence, [t for t in terms if t.last < before], len(row))
        if by_term and len({t.metric for t in by_term}) == len(row):
            out.terms.update(zip((a.first for a in row), by_term, strict=True))
        named = _row_of(sentence, [m for m in firms if m.last < before], len(row))
        if told and named and len({m.entity for m in named}) == len(row):
            out.owners.update((a.first, m.entity) for a, m in zip(row, named, strict=True) if m.entity is not None)
        items = _listed(sentence, row[0].first, len(row)) if told else None
        if items:
            out.items.update(zip((a.first for a in row), items, strict=True))
        dealt = (
            _row_of(sentence, [m for m in firms if m.first > row[-1].last], len(row)) if told and not named else None
        )
        if dealt is not None:  # “bought bonders worth $3m and $2m from Acme and Bolt, respectively”
            out.parties.update((a.first, m.entity.label) for a, m in zip(row, dealt, strict=True) if m.entity)
        when = _row_of(sentence, sentence.periods, len(row)) or _all_before(sentence, row[0].first, len(row))
        if told and (set_beside := _set_beside(sentence, row)):
            out.earlier.update(set_beside)
            then = next((w for w in sentence.periods if row[-1].last < w.first <= row[-1].last + _AFTER), None)
            out.periods.update({a.first: then.span.period for a in row} if then is not None else {})
        elif told and when:
            out.periods.update((a.first, w.span.period) for a, w in zip(row, when, strict=True))
    return out


def _set_beside(sentence: Sentence, row: Sequence[Amount]) -> dict[int, int]:
    """“A had 20% and B 14%, against 18% and 21% respectively in 2023”: which earlier figure each of a row is set
    beside, by their first tokens.
    """
    lead = sentence.doc[row[0].first - 1].lower_ if row[0].first else ""
    same = [a for a in sentence.amounts if a.last < row[0].first and a.span.kind == row[0].span.kind]
    if lead not in _BESIDE or len(same) != len(row):
        return {}
    return {a.first: b.first for a, b in zip(row, sorted(same, key=lambda a: a.first), strict=True)}


def _all_before(sentence: Sentence, before: int, length: int) -> list[When] | None:
    """The periods before a row if they are just so many: “sales were $3m in 2024 and $2m in 2025, profits …”."""
    dated = [w for w in sentence.periods if w.last < before and w.span.period.start]
    return dated if len(dated) == length else None


def _row_of(sentence: Sentence, parts: Sequence[Part], length: int) -> list[Part] | None:
    """The last row of just so many parts."""
    fitting = [row for row in _rows(sentence, sorted(parts, key=lambda p: p.first), _JOINS) if len(row) == length]
    return fitting[-1] if fitting else None


def _rows(sentence: Sentence, parts: Sequence[Part], joins: frozenset[str]) -> list[list[Part]]:
    """Parts that follow each other with nothing but joints between, at least two of them together."""
    rows: list[list[Part]] = []
    for part in parts:
        before = rows[-1][-1] if rows else None
        between = sentence.doc[before.last + 1 : part.first] if before is not None else None
        if between is not None and len(between) and all(t.lower_ in joins for t in between):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [row for row in rows if len(row) > 1]


def _listed(sentence: Sentence, before: int, length: int) -> list[str] | None:
    """So many coordinated nouns before the figures: “phones, tablets and watches made up 50%, 30% and 20%”."""
    for head in sentence.doc[:before]:
        if head.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "dative"):
            continue
        heads = [head]
        for t in head.subtree:
            if t.dep_ in ("conj", "appos") and t.head in heads and t.i < before:
                heads.append(t)
        if len(heads) == length:
            return [_phrase(sentence, t) for t in sorted(heads, key=lambda t: t.i)]
    return _listed_words(sentence, before, length)


def _listed_words(sentence: Sentence, before: int, length: int) -> list[str] | None:
    """So many parts between commas and “and” before the verb, however they are parsed: “printers, computing goods
    and parts made up …”.
    """
    verb = clause_of(sentence.doc[before])
    if verb.i >= before or verb.dep_ not in ("ROOT", "ccomp"):
        return None
    lead = str(sentence.doc[: verb.i].text)
    parts = [part.split() for part in re.split(r",?\s+and\s+|,\s+", lead)]
    if len(parts) != length or any(not 0 < len(part) <= _LONGEST for part in parts):
        return None
    return [" ".join(part) for part in parts]


def _phrase(sentence: Sentence, head: Token) -> str:
    words = [t for t in head.lefts if t.dep_ in ("compound", "amod", "nmod", "punct")]
    return str(sentence.doc[(words[0].i if words else head.i) : head.i + 1].text)
