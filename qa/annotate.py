"""Spans of a question: names, phrases of the lexicon, amounts, periods; and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol

from graph.catalogue import catalogue
from graph.model import Quantity
from graph.text.periods import PeriodSpan, find_periods
from graph.text.quantities import find_quantities
from qa.lexicon import Lexicon, Sense
from qa.names import NameHit, Names
from qa.query import Span
from qa.units import UnitSpan, find_units
from qa.words import Token, lemmas, tokens

_DEICTIC = re.compile(
    r"\b(this|next|last|the current|the coming|the previous|previous|current) (?:fiscal |financial |calendar )?"
    r"(quarter|year|month|half|week)\b",
    re.I,
)
_SAME_OF = re.compile(
    r"\b(?:same|corresponding|like|equivalent) (?:months|quarter|period|half|time|three months)[a-z ]{0,12}?"
    r"((?:19|20)\d\d)\b",
    re.I,
)
_MAKER = re.compile(r"[a-z]{3,}-?makers?", re.I)
_FISCAL = re.compile(r"\b(?:fiscal|financial)\b", re.I)
_RELATIVE = re.compile(
    r"\b(?:the |a |one )?(year|quarter|twelve months|12 months|three months|3 months) "
    r"(before|earlier|after|later|previous|ago|prior)\b"
    r"|\b(?:the )(following|preceding|prior|next) (year|quarter)\b",
    re.I,
)
_MONTHS = {"twelve months": "year", "12 months": "year", "three months": "quarter", "3 months": "quarter"}
_AFTER = {"following", "next"}
_COUNTED = re.compile(r"\b(a|one|two|three|four|five) years? (before|after|prior to)\s+$", re.I)
_DETERMINERS = {"the", "a", "an", "its", "their", "his", "her"}
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
    words: int = 1

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
    periods: tuple[Span, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()

    @property
    def unit(self) -> str | None:
        """The unit that the question names, such as a currency."""
        return next((s.name for item in self.items for s in item.all("unit")), None)

    @property
    def year_of_same(self) -> int | None:
        """The year of “the same months of 2024”."""
        found = _SAME_OF.search(self.text)
        return int(found[1]) if found else None

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
    hits = [h for h in names.find(text) if not _common(h, names, lexicon) and h.text not in catalogue().demonyms]
    hits = sorted([*(_governed(h, names) for h in hits), *_metonyms(words, hits, names)], key=lambda h: h.start)
    periods = [p for p in find_periods(text, reference=today) if not _inside(p.start, p.end, hits)]
    period = _period(text, periods)
    busy = [(p.start, p.end) for p in periods]
    hits = [h for h in hits if not _inside(h.start, h.end, periods)]
    amounts = [q for q in find_quantities(text) if not _inside(q.start, q.end, [*periods, *hits])]
    amounts = [q for q in amounts if q.kind != "count" or _large(q.quantity)]
    busy += [(q.start, q.end) for q in amounts]
    units = [u for u in find_units(text) if not any(s < u.end and u.start < e for s, e in busy)]
    hits = [h for h in hits if not any(u.start <= h.start and h.end <= u.end for u in units)]
    items = _items(text, words, hits, busy, lexicon, speakers or {}, units)
    relative = _RELATIVE.search(text)
    return Annotated(
        text,
        words,
        items,
        tuple(hits),
        tuple(s.name for i in items for s in i.all("speaker")),
        tuple(q.quantity for q in amounts),
        period,
        _counted(relative) if relative else None,
        _unknown(items, words),
        tuple(s for p in periods if p.period.start and p.period.end for s in _apart(text, p, today)),
        {s.name: _ids_of(s.name, names) for i in items for s in i.all("demonym")},
        frozenset(i for h in hits for i in h.ids if names.entities[i].type == "Place"),
    )


def _counted(relative: re.Match[str]) -> str:
    """“twelve months earlier”, “the following year” as unit and way: “year earlier”, “year after”."""
    if relative[3]:
        return f"{relative[4]} {'after' if relative[3].lower() in _AFTER else 'before'}".lower()
    unit = relative[1].lower()
    return f"{_MONTHS.get(unit, unit)} {relative[2].lower()}"


def _ids_of(label: str, names: Names) -> tuple[str, ...]:
    """The entities of exactly that name."""
    return next((h.ids for h in names.find(label) if h.text == label), ())


def _governed(hit: NameHit, names: Names) -> NameHit:
    """A capital with the government that its name may stand for."""
    if not all(names.entities[i].type == "Place" for i in hit.ids):
        return hit
    meant = next((e.metonym_for for e in catalogue().lookup(hit.text) if e.metonym_for), None)
    found = names.find(meant) if meant else []
    return replace(hit, ids=(*hit.ids, *found[0].ids)) if found else hit


def _metonyms(words: tuple[Token, ...], hits: list[NameHit], names: Names) -> list[NameHit]:
    """Capitals that no entity is called by, for the government that they stand for."""
    out: list[NameHit] = []
    for word in words:
        if not word.capital or any(h.start < word.end and word.start < h.end for h in hits):
            continue
        meant = next((e.metonym_for for e in catalogue().lookup(word.text) if e.metonym_for), None)
        found = names.find(meant) if meant else []
        if found:
            out.append(NameHit(word.start, word.end, word.text, found[0].ids))
    return out


def _common(hit: NameHit, names: Names, lexicon: Lexicon) -> bool:
    """Whether an entity's name is but a common noun that the lexicon knows (“customers”, “cloud companies”)."""
    if not set(hit.ids) <= names.generic and not (hit.text.islower() and _so_written(hit, names)):
        return False
    stems = tokens(hit.text)
    last = lexicon.find(stems, len(stems) - 1)
    return bool(last) or stems[-1].lemma in lexicon.light


def _so_written(hit: NameHit, names: Names) -> bool:
    """Whether the entity itself goes by the word in small letters, beside its name."""
    return all(hit.text in names.entities[i].aliases for i in hit.ids)


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
    return _span(text, max(found, key=lambda p: p.end - p.start))


def _apart(text: str, whole: PeriodSpan, today: date) -> list[Span]:
    """The two ends of “from 2024 to the first half of 2025”; a run of months is one period."""
    wording = text[whole.start : whole.end]
    ends = re.split(r"\s+(?:to|and|through)\s+", wording, maxsplit=1)
    if len(ends) == 2:
        found = [find_periods(end, reference=today) for end in ends]
        spans = [_span(e, f[0]) for e, f in zip(ends, found, strict=True) if len(f) == 1]
        if len(spans) == 2 and all(s.start and s.end and (s.end - s.start).days > 80 for s in spans):
            return spans
    return [_span(text, whole)]


def _span(text: str, best: PeriodSpan) -> Span:
    """A period of the question as asked for: with its wording and how the fact stands to it."""
    counted = _COUNTED.search(text[: best.start])
    if counted and best.period.start and best.kind == "year":
        return _years_from(best.period.start.year, counted, text[counted.start() : best.end])
    wording = text[best.start : best.end]
    before = _BEFORE.search(text[: best.start])
    relation: Literal["in", "before", "after"] = "in"
    if before:
        relation = "before" if before[1].lower() in ("before", "prior to", "until") else "after"
    deictic = bool(_DEICTIC.search(wording))
    return Span(best.period.start, best.period.end, wording, bool(_FISCAL.search(wording)), deictic, relation)


def _years_from(year: int, counted: re.Match[str], wording: str) -> Span:
    """“two years before 2026” as the year that it is."""
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}[counted[1].lower()]
    meant = year + count * (1 if counted[2].lower() == "after" else -1)
    return Span(date(meant, 1, 1), date(meant, 12, 31), wording)


def _items(
    text: str,
    words: tuple[Token, ...],
    hits: list[NameHit],
    busy: list[tuple[int, int]],
    lexicon: Lexicon,
    speakers: Mapping[tuple[str, ...], str],
    units: Sequence[UnitSpan],
) -> tuple[Item, ...]:
    taken: dict[int, Item] = {}
    used: set[int] = set()
    for unit in units:
        covered = [i for i, t in enumerate(words) if t.start < unit.end and t.end > unit.start]
        taken[covered[0]] = Item(
            covered[0], covered[-1] + 1, text[unit.start : unit.end], senses=(Sense("unit", unit.code),)
        )
        used |= set(covered)
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
        known = _known_source(words[i], speakers) if words[i].capital and not end else None
        if known:
            taken[i] = Item(i, i + 1, words[i].text, senses=(Sense("speaker", known),))
            used.add(i)
            continue
        if end and not used & set(range(i, end)):
            label = speakers[tuple(t.lemma for t in words[i:end])]
            taken[i] = Item(i, end, text[words[i].start : words[end - 1].end], senses=(Sense("speaker", label),))
            used |= set(range(i, end))
            continue
        place = catalogue().demonyms.get(words[i].text[:1].upper() + words[i].text[1:])
        if place is not None and words[i].text[0].isupper():
            taken[i] = Item(i, i + 1, words[i].text, senses=(Sense("demonym", place.label),))
            used.add(i)
            continue
        maker = _MAKER.fullmatch(words[i].text)
        if maker and not lexicon.find(words, i):
            taken[i] = Item(i, i + 1, words[i].text, senses=(Sense("class", "Company"),))
            used.add(i)
            continue
        for found in lexicon.find(words, i):
            if not used & set(found.covered):
                senses = _all_senses(lexicon, words, found.start, found.covered)
                taken[i] = Item(
                    i,
                    found.covered[-1] + 1,
                    text[words[i].start : words[found.covered[-1]].end],
                    senses=senses,
                    words=len(found.covered),
                )
                used |= set(found.covered)
                break
        else:
            taken[i] = Item(i, i + 1, words[i].text, token=words[i])
            used.add(i)
    return _nouns([taken[i] for i in sorted(taken)], words)


def _nouns(items: list[Item], words: tuple[Token, ...]) -> tuple[Item, ...]:
    """The items without the senses of a verb for a word that stands as a noun: “X's rivals”, “since its debut”."""
    out = list(items)
    for i, item in enumerate(items):
        noun = i and item.end == item.start + 1 and _determines(items[i - 1]) and not _before_name(items, i)
        if noun and item.sense("verb"):
            senses = tuple(s for s in item.senses if s.kind != "verb")
            out[i] = replace(item, senses=senses, token=None if senses else words[item.start])
    return tuple(out)


def _determines(item: Item) -> bool:
    return item.token is not None and (item.token.lemma == "'s" or item.text.lower() in _DETERMINERS)


def _before_name(items: list[Item], i: int) -> bool:
    return i + 1 < len(items) and items[i + 1].name is not None


def _known_source(word: Token, speakers: Mapping[tuple[str, ...], str]) -> str | None:
    """The source that the catalogue knows under this name: the EU for the European Union."""
    names = (tuple(lemmas(name)) for entry in catalogue().lookup(word.text) for name in entry.names)
    return next((speakers[stems] for stems in names if stems in speakers), None)


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
    """Capitalised runs, with their numbers, that are no known name and do not open the question."""
    out: list[str] = []
    for item in items:
        token = item.token
        if token and token.text.isdigit() and out and words[item.start - 1].text == out[-1]:
            out[-1] += " " + token.text
            continue
        if token is None or not token.capital or item.start == 0 or (token.text.isupper() and len(token.text) <= 4):
            continue
        if not any(c.isupper() for c in token.text):
            continue
        if out and item.start > 0 and words[item.start - 1].text == out[-1].split()[-1]:
            out[-1] += " " + token.text
        else:
            out.append(token.text)
    return tuple(out)
