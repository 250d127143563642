"""Spans of a question: names, phrases of the lexicon, amounts, periods; and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Protocol

from graph.catalogue import catalogue
from graph.model import Quantity
from graph.text.periods import find_periods
from graph.text.quantities import find_quantities
from qa.dated import RELATIVE, against, apart, asked_period, counted_from, two_ends
from qa.degrees import graded, moving
from qa.lexicon import Lexicon, Sense
from qa.names import NameHit, Names
from qa.naming import governed, ids_of, is_common, metonyms, plain_nouns
from qa.own_calendar import by_own_calendar
from qa.phrases import PREPOSITIONS
from qa.revision import revision
from qa.spans import Annotated, Item
from qa.units import UnitSpan, find_units
from qa.words import Token, lemma, lemmas, tokens

_MAKER = re.compile(r"[a-z]{3,}-?makers?", re.I)
_ENDS = {".", "?", "!", ":"}
_FACTORS = set(lemmas("double triple quadruple treble halve"))  # verbs that say how an amount moved
_DETERMINERS = {"the", "a", "an", "its", "their", "his", "her", "whose"}


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def annotate(
    text: str,
    *,
    names: Names,
    lexicon: Lexicon,
    today: date,
    speakers: Mapping[tuple[str, ...], str] | None = None,
    known: tuple[NameHit, ...] = (),
) -> Annotated:
    """All spans of a question. `today` is what “this quarter” counts from; `speakers` are the graph's sources by
    stems; `known` are names that need not be looked for.
    """
    told = revision(text)
    text = told.text
    words = tokens(text)
    hits = [h for h in names.find(text) if not is_common(h, names, lexicon) and h.text not in catalogue().demonyms]
    nouns = plain_nouns(hits, lexicon)
    hits = [h for h in hits if h not in nouns and not any(h.start < k.end and k.start < h.end for k in known)]
    hits = [*(governed(h, names) for h in hits), *known]
    hits = sorted([*hits, *metonyms(words, hits, names)], key=lambda h: h.start)
    periods = by_own_calendar(text, find_periods(text, reference=today), (i for h in hits for i in h.ids[:1]), today)
    periods = [p for p in periods if not _inside(p.start, p.end, hits)]
    relative = RELATIVE.search(text)
    if relative:
        periods = [p for p in periods if p.end <= relative.start() or relative.end() <= p.start] or periods
    period = asked_period(text, periods)
    busy = [(p.start, p.end) for p in periods]
    hits = [h for h in hits if not _inside(h.start, h.end, periods)]
    amounts = [q for q in find_quantities(text) if not _inside(q.start, q.end, [*periods, *hits])]
    amounts = [
        q for q in amounts if (q.kind != "count" or _large(q.quantity)) and lemma(text[q.start : q.end]) not in _FACTORS
    ]
    busy += [(q.start, q.end) for q in amounts]
    units = [u for u in find_units(text) if not any(s < u.end and u.start < e for s, e in busy)]
    hits = [h for h in hits if not any(u.start <= h.start and h.end <= u.end for u in units)]
    items = _items(text, words, hits, busy, lexicon, speakers or {}, units)
    kinds = {i: names.entities[i].type for h in hits for i in h.ids}
    items = moving(graded(items, words, kinds), words)
    return Annotated(
        text,
        words,
        items,
        tuple(hits),
        tuple(s.name for i in items for s in i.all("speaker")),
        tuple(q.quantity for q in amounts),
        period,
        counted_from(relative) if relative else None,
        _unknown(items, words, lexicon.light),
        apart(
            s
            for p in periods
            if p.period.start and (p.period.end or p.kind == "since")
            for s in two_ends(text, p, today)
        ),
        {s.name: ids_of(s.name, names) for i in items for s in i.all("demonym")},
        kinds,
        told,
        against(text),
    )


def _large(amount: Quantity) -> bool:
    """Whether a bare number is an amount that a claim may state, not “two” or “five” of something."""
    value = amount.low if amount.low is not None else amount.high
    return value is not None and value >= 100


def _inside(start: int, end: int, spans: Sequence[_Placed]) -> bool:
    return any(s.start <= start and end <= s.end and (s.end - s.start) > (end - start) for s in spans)


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
    timed = {i for i, t in enumerate(words) for s, e in busy if t.start < e and t.end > s}
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
            apart = _before_a_time(words, found.covered[-1], timed) or _noun_at_end(words, found.covered)
            if not used & set(found.covered) and not apart:
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


_TIMED = {"in", "for", "by", "at", "on", "from", "to"}
_ALONE = {"next", "last", "this"}


def _before_a_time(words: tuple[Token, ...], last: int, timed: set[int]) -> bool:
    """Whether a phrase would end with the preposition of a period: “rise in” of “rise in Q3 2025”; not before one that
    takes none: “take in next quarter”.
    """
    after = last + 1 + (last + 1 < len(words) and words[last + 1].lemma == "the")
    bare = after == last + 1 < len(words) and words[after].lemma in _ALONE
    return words[last].lemma in _TIMED and after in timed and not bare


def _noun_at_end(words: tuple[Token, ...], covered: tuple[int, ...]) -> bool:
    """Whether the verb that a phrase with a gap ends with stands as a noun: “how much does … reduce the cost”."""
    last = covered[-1]
    gap = len(covered) > 1 and covered[-2] != last - 1
    led = words[last - 1].lemma in _DETERMINERS | PREPOSITIONS | {"'s"} or words[last].text.lower() == "costs"
    return gap and words[covered[0]].lemma == "how" and words[last].lemma == "cost" and led


def _nouns(items: list[Item], words: tuple[Token, ...]) -> tuple[Item, ...]:
    """The items without the senses of a verb for a word that stands as a noun: “X's rivals”, “since its debut”."""
    out = list(items)
    for i, item in enumerate(items):
        if item.words == 1 and item.text.lower().endswith("ed") and (item.sense("verb") or item.sense("class")):
            senses = tuple(s for s in item.senses if s.kind not in ("noun", "class"))
            out[i] = replace(item, senses=senses, token=None if senses else words[item.start])
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


def _listed_name(items: tuple[Item, ...], i: int, words: tuple[Token, ...]) -> bool:
    """Whether a verb with a capital stands in a list of names: “A, B and Etched”; “A, Revenue” names what is asked."""
    before = [items[k] for k in range(i - 1, -1, -1) if items[k].text not in (",", "and", "or")]
    item = items[i]
    said = {sense.kind for sense in item.senses} == {"verb"}
    joined = i > 0 and items[i - 1].text in (",", "and", "or") and bool(before) and before[0].name is not None
    return joined and item.words == 1 and said and words[item.start].capital


def _unknown(items: tuple[Item, ...], words: tuple[Token, ...], light: Set[str]) -> tuple[str, ...]:
    """Capitalised runs, with their numbers, that are no known name and do not open the question, or, as words that say
    nothing, one of its sentences.
    """
    out: list[str] = []
    for i, item in enumerate(items):
        token = words[item.start] if _listed_name(items, i, words) else item.token
        if token and token.text.isdigit() and out and words[item.start - 1].text == out[-1]:
            out[-1] += " " + token.text
            continue
        if (
            token is None
            or not token.capital
            or item.start == 0
            or (words[item.start - 1].text in _ENDS and token.lemma in light)
            or token.lemma in _DETERMINERS
            or (token.text.isupper() and len(token.text) <= 4)
        ):
            continue
        if not any(c.isupper() for c in token.text):
            continue
        if out and item.start > 0 and words[item.start - 1].text == out[-1].split()[-1]:
            out[-1] += " " + token.text
        else:
            out.append(token.text)
    return tuple(out)
