"""Spans of a question: names, phrases of the lexicon, amounts, periods; and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from graph.model import Quantity
from graph.text.periods import PeriodSpan, find_periods
from graph.text.quantities import find_quantities
from qa.lexicon import Lexicon, Sense
from qa.names import NameHit, Names
from qa.query import Span
from qa.words import Token, tokens

_DEICTIC = re.compile(
    r"\b(this|next|last|the current|the coming|the previous|previous|current) (?:fiscal |financial |calendar )?"
    r"(quarter|year|month|half|week)\b",
    re.I,
)
_FISCAL = re.compile(r"\b(?:fiscal|financial)\b", re.I)
_RELATIVE = re.compile(
    r"\b(?:the |a |one )?(year|quarter|(?:three|3|twelve|12) months) (before|earlier|after|later|previous|ago)\b",
    re.I,
)
_BEFORE = re.compile(r"\b(before|prior to|until|after|since)\s+(?:the\s+)?$", re.I)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Item:
    """One annotated stretch of tokens [start, end): a name, senses of a phrase, or a plain word."""

    start: int
    end: int
    text: str
    name: NameHit | None = None
    senses: tuple[Sense, ...] = ()
    token: Token | None = None

    def sense(self, kind: str) -> Sense | None:
        """The sense of one kind, if there is one."""
        return next((s for s in self.senses if s.kind == kind), None)

    def all(self, kind: str) -> tuple[Sense, ...]:
        """All senses of one kind."""
        return tuple(s for s in self.senses if s.kind == kind)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A question with its spans. `items` cover the tokens in order; gaps of phrases stay items of their own."""

    text: str
    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    names: tuple[NameHit, ...]
    speakers: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    period: Span | None
    relative: str | None
    unknown: tuple[str, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the tokens."""
        return tuple(t.lemma for t in self.tokens)

    def has(self, kind: str) -> bool:
        """Whether some span has a sense of the kind."""
        return any(i.sense(kind) for i in self.items)


def annotate(
    text: str, *, names: Names, lexicon: Lexicon, today: date, speakers: Mapping[tuple[str, ...], str] | None = None
) -> Annotated:
    """All spans of a question. `today` is what “this quarter” counts from; `speakers` are the graph's sources by
    stems.
    """
    words = tokens(text)
    hits = [h for h in names.find(text) if not _common(h, names, lexicon)]
    periods = [p for p in find_periods(text, reference=today) if not _inside(p.start, p.end, hits)]
    period = _period(text, periods)
    busy = [(p.start, p.end) for p in periods]
    hits = [h for h in hits if not _inside(h.start, h.end, periods)]
    amounts = [q for q in find_quantities(text) if not _inside(q.start, q.end, [*periods, *hits])]
    amounts = [q for q in amounts if q.kind != "count" or _large(q.quantity)]
    busy += [(q.start, q.end) for q in amounts]
    items = _items(text, words, hits, busy, lexicon, speakers or {})
    relative = _RELATIVE.search(text)
    return Annotated(
        text,
        words,
        items,
        tuple(hits),
        tuple(s.name for i in items for s in i.all("speaker")),
        tuple(q.quantity for q in amounts),
        period,
        f"{_step(relative[1])} {relative[2]}".lower() if relative else None,
        _unknown(items, words),
    )


def _step(words: str) -> str:
    """“three months” as a quarter, “twelve months” as a year."""
    number, _, months = words.lower().partition(" ")
    return ("quarter" if number in ("three", "3") else "year") if months else number


def _common(hit: NameHit, names: Names, lexicon: Lexicon) -> bool:
    """Whether an entity's name is but a common noun that the lexicon knows (“customers”, “cloud companies”)."""
    if not set(hit.ids) <= names.generic:
        return False
    stems = tokens(hit.text)
    last = lexicon.find(stems, len(stems) - 1)
    return bool(last) or stems[-1].lemma in lexicon.light


def _large(amount: Quantity) -> bool:
    """Whether a bare number is an amount that a claim may state, not “two” or “five” of something."""
    value = amount.low if amount.low is not None else amount.high
    return value is not None and value >= 100


def _inside(start: int, end: int, spans: Sequence[_Placed]) -> bool:
    return any(s.start <= start and end <= s.end and (s.end - s.start) > (end - start) for s in spans)


def _period(text: str, periods: list[PeriodSpan]) -> Span | None:
    found = [p for p in periods if p.period.start or p.period.end or p.kind in ("fiscal_quarter", "fiscal_year")]
    if not found:
        counted = _DEICTIC.search(text)
        return Span(None, None, counted[0], bool(_FISCAL.search(counted[0])), True) if counted else None
    best = max(found, key=lambda p: p.end - p.start)
    wording = text[best.start : best.end]
    before = _BEFORE.search(text[: best.start])
    relation: Literal["in", "before", "after"] = "in"
    if before:
        relation = "before" if before[1].lower() in ("before", "prior to", "until") else "after"
    deictic = bool(_DEICTIC.search(wording))
    return Span(best.period.start, best.period.end, wording, bool(_FISCAL.search(wording)), deictic, relation)


def _items(
    text: str,
    words: tuple[Token, ...],
    hits: list[NameHit],
    busy: list[tuple[int, int]],
    lexicon: Lexicon,
    speakers: Mapping[tuple[str, ...], str],
) -> tuple[Item, ...]:
    taken: dict[int, Item] = {}
    used: set[int] = set()
    for hit in hits:
        covered = [i for i, t in enumerate(words) if t.start < hit.end and t.end > hit.start]
        if covered:
            taken[covered[0]] = Item(covered[0], covered[-1] + 1, hit.text, name=hit)
            used |= set(covered)
    for start, end in busy:
        used |= {i for i, t in enumerate(words) if t.start < end and t.end > start}
    longest = max(map(len, speakers), default=0)
    for i in range(len(words)):
        if i in used:
            continue
        end = _speaker_end(words, i, speakers, longest) if words[i].capital else 0
        if end and not used & set(range(i, end)):
            label = speakers[tuple(t.lemma for t in words[i:end])]
            taken[i] = Item(i, end, text[words[i].start : words[end - 1].end], senses=(Sense("speaker", label),))
            used |= set(range(i, end))
            continue
        for found in lexicon.find(words, i):
            if not used & set(found.covered):
                senses = _all_senses(lexicon, words, found.start, found.covered)
                taken[i] = Item(
                    i, found.covered[-1] + 1, text[words[i].start : words[found.covered[-1]].end], senses=senses
                )
                used |= set(found.covered)
                break
        else:
            taken[i] = Item(i, i + 1, words[i].text, token=words[i])
            used.add(i)
    return tuple(taken[i] for i in sorted(taken))


def _speaker_end(words: tuple[Token, ...], at: int, speakers: Mapping[tuple[str, ...], str], longest: int) -> int:
    """Where the longest source's name beginning at `at` ends; 0 if none begins there."""
    for end in range(min(len(words), at + longest), at, -1):
        if tuple(t.lemma for t in words[at:end]) in speakers:
            return end
    return 0


def _all_senses(lexicon: Lexicon, words: tuple[Token, ...], at: int, covered: tuple[int, ...]) -> tuple[Sense, ...]:
    """Senses of every phrase that covers exactly these words."""
    return tuple(dict.fromkeys(s for f in lexicon.find(words, at) if f.covered == covered for s in f.senses))


def _unknown(items: tuple[Item, ...], words: tuple[Token, ...]) -> tuple[str, ...]:
    """Capitalised runs that are no known name and do not open the question: names the graph lacks."""
    out: list[str] = []
    for item in items:
        token = item.token
        if token is None or not token.capital or item.start == 0 or (token.text.isupper() and len(token.text) <= 4):
            continue
        if not any(c.isupper() for c in token.text):
            continue
        if out and item.start > 0 and words[item.start - 1].text == out[-1].split()[-1]:
            out[-1] += " " + token.text
        else:
            out.append(token.text)
    return tuple(out)
