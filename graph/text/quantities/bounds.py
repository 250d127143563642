"""Hedges around an amount: which bound it gives, whether it is approximate, and which way it moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from graph.text.quantities.joins import Joined
from graph.text.quantities.lexicon import Unit, alternatives, lexicon
from graph.text.quantities.model import Delta

_REACH = 40  # characters looked back for a hedge
_BEFORE = ("low", "high", "near", "just_over", "approx", "exact")
_AFTER = ("after_low", "after_high", "after_approx")
_RANKS = {"top", "tops"}  # “top 10”
_PLACES = {"near", "past", "beyond"}  # “near 5”
_COMPARISON = re.compile(r"(?:than|above|over|below|under|beyond|past)\Z", re.IGNORECASE)
_MOVED_TO = re.compile(
    r"\b(?:equal|equivalent|up|close|according|due|amount(?:s|ed|ing)?|comes?|came|thanks)\Z", re.IGNORECASE
)
_BOTH = re.compile(r",?[ ](?:and|but)[ ]|,[ ]|[，、]?[ ]?(?:并且|并|且|而|同时|的同时)?[ ]?")
_SENTENCE = re.compile(r"[.!?;。！？；]\s|\n")


@dataclass(frozen=True, slots=True)
class Bounded:
    """A joined amount with its bounds settled; `start` and `end` take the hedges in."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    approx: bool
    joined: Joined
    hedged: bool = False


@cache
def _last_letters(tables: tuple[str, ...]) -> frozenset[str]:
    words = lexicon().words
    return frozenset(form[-1].casefold() for table in tables for form in words[table])


def _may_end(text: str, end: int, tables: tuple[str, ...]) -> bool:
    """Whether a form of these tables can end right before `end`: cheap, since most amounts have none before them."""
    before = text[max(0, end - 3) : end].rstrip(" \u00a0")
    return before[-1:].casefold() in _last_letters(tables)


@cache
def _hedges(names: tuple[str, ...], *, after: bool) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{alternatives(lexicon().words[name])})" for name in names)
    if after:
        return re.compile(rf"(?i:[ \u00a0]?,?[ \u00a0]?(?:{groups}))(?![ ](?:than[ ])?[$€£¥]?\d)")
    return re.compile(rf"(?<![<>=])(?i:(?:{groups}))[ \u00a0]{{0,2}}\Z")


def settle(text: str, item: Joined, previous_end: int) -> Bounded | None:
    """The bounds that the words around `item` give it; None where those words make it a rank or the like (“top 10”)."""
    amount = item.amount
    hedged = amount.low_only or (item.worded and item.low != item.high)
    out = Bounded(item.start, item.end, item.low, None if amount.low_only else item.high, amount.approx, item, hedged)
    single = item.low == item.high
    for _ in range(2):
        if not _may_end(text, out.start, _BEFORE):
            break
        m = _hedges(_BEFORE, after=False).search(text, max(previous_end, out.start - _REACH), out.start)
        if not m:
            break
        word = m.group().strip().casefold()
        bare = amount.unit is None and amount.scale is None and not amount.grouped
        if bare and (word in _PLACES or word in _RANKS):
            return out if word in _PLACES else None
        if _COMPARISON.search(word) and previous_end and not text[previous_end : m.start()].strip():
            break  # the number before has it: 30 or more than 40, thirty under thirty
        if m.lastgroup == "exact":
            out = replace(out, hedged=True)
            break
        closer = _apply(replace(out, start=m.start()), str(m.lastgroup), single)
        if closer.low is None and closer.high is None:  # “more than up to”
            break
        out = closer
    m = _hedges(_AFTER, after=True).match(text, out.end)
    if m and not (m.group().endswith("+") and text[m.end() : m.end() + 1].isdigit()):  # “$2bn, +37%” is no $2bn or more
        wider = _apply(replace(out, end=m.end()), str(m.lastgroup).removeprefix("after_"), single)
        out = out if wider.low is None and wider.high is None else wider
    return out


def combine(text: str, items: Sequence[Bounded]) -> list[Bounded]:
    """“above 10 and below 20”: a lower and an upper bound of one unit next to each other are one range."""
    out: list[Bounded] = []
    for item in items:
        made = _combined(text, out[-1], item) if out else None
        if made:
            out[-1] = made
        else:
            out.append(item)
    return out


def _combined(text: str, a: Bounded, b: Bounded) -> Bounded | None:
    first, second = (a, b) if a.high is None else (b, a)
    if first.low is None or first.high is not None or second.high is None or second.low is not None:
        return None
    if not _BOTH.fullmatch(text[a.end : b.start]):
        return None
    unit, other = b.joined.amount.unit, a.joined.amount.unit
    if other is None and unit is not None and a.joined.amount.scale is None and not a.joined.amount.grouped:
        first, second = (_in_unit(x, unit) if x is a else x for x in (first, second))
        other = unit
    if (other and (other.name, other.kind)) != (unit and (unit.name, unit.kind)):
        return None
    if first.low is None or second.high is None or first.low >= second.high:
        return None
    return replace(b, start=a.start, low=first.low, high=second.high, approx=a.approx or b.approx)


def _in_unit(item: Bounded, unit: Unit) -> Bounded:
    """A bare bound in the unit that is said only once, after the other: “at least 3 but no more than 5 gigawatts”."""
    low, high = (None if value is None else value * unit.factor for value in (item.low, item.high))
    return replace(item, low=low, high=high)


def _apply(item: Bounded, hedge: str, single: bool) -> Bounded:
    if hedge == "approx" or (hedge == "near" and not single):
        return replace(item, approx=True, hedged=True)
    if hedge == "near":
        return replace(item, approx=True, hedged=True)
    vague = item.approx and item.joined.amount.form not in ("fraction", "halved")
    if hedge in ("low", "just_over"):
        return replace(item, high=None, approx=hedge == "just_over" or vague, hedged=True)
    low = item.low if item.joined.amount.low_only or not single else None
    return replace(item, low=None if single else low, high=item.joined.high, approx=vague, hedged=True)


@cache
def _movement(name: str, before: bool) -> re.Pattern[str]:
    words = alternatives(lexicon().words[name])
    fillers = "|".join(lexicon().words["between"])
    return re.compile(
        rf"(?i:(?:{words})(?:[ ](?:{fillers}))?)[ \u00a0]?\Z" if before else rf"(?i:[ \u00a0-](?:{words}))"
    )


def delta_of(text: str, item: Bounded, *, origin: bool) -> Delta | None:
    """How the wording says the amount moved. `origin`: an amount with “from” stands earlier in the sentence."""
    if item.joined.move:
        return item.joined.move
    before = text[max(0, item.start - _REACH) : item.start].rstrip()
    if before.endswith((" from", "从")) and (before.endswith("从") or _any_movement(before)):
        return "from"
    if before.endswith(" to") and not _MOVED_TO.search(before[:-3]) and (origin or _any_movement(before)):
        return "to"
    amount = item.joined.amount
    if amount.signed and text[amount.start] == "+":
        return "up"
    if amount.form == "halved":
        return "down"
    changeable = amount.unit is not None and amount.unit.kind in ("percent", "points", "multiple")
    for name in ("up", "down"):
        if _may_end(text, item.start, (name, "between")) and _movement(name, True).search(
            text, max(0, item.start - _REACH), item.start
        ):
            return "up" if name == "up" else "down"
        if (changeable or amount.unit is not None) and _movement("after_" + name, False).match(text, item.end):
            return "up" if name == "up" else "down"
    return "by" if before.endswith(" by") and changeable else None


@cache
def _any_word() -> re.Pattern[str]:
    words = lexicon().words
    return re.compile(rf"(?i:{alternatives([*words['up'], *words['down']])})")


def _any_movement(before: str) -> bool:
    """Whether a word of rising or falling stands in the last words before, inside the same sentence."""
    return bool(_any_word().search(_SENTENCE.split(before)[-1]))
