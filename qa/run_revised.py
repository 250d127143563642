"""Executing questions for a forecast as it was before, or is since, it was revised: which figure is the older."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from graph.model import Claim, Quantity
from graph.text.quantities import find_quantities
from graph.views.latest import first_published
from qa.facts import View
from qa.match import Fit
from qa.query import Query

_REACH = 4.0  # scores below the best that may still be the same figure, as it stood at another time
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter"
)
_GONE = re.compile(
    r"\b(?:from|rather than|instead of|against|compared with|versus|up on|down on|than (?:the|its|an?))\b[^,;.()]*$",
    re.I,
)
_WAS = re.compile(
    r"\b(?:was|were|had|having|old|earlier|previous(?:ly)?|former(?:ly)?|original(?:ly)?|initial(?:ly)?|prior|once|before"
    rf"|(?:in|its|an?) (?:early |mid-|late )?(?:{_MONTHS}))\b[^,;.()]*$",
    re.I,
)
_SINCE = re.compile(
    r"^[^,;.()]*?\b(?:had been|was|were|previously|earlier|before|ago|originally|initially|used to|old|promised)\b",
    re.I,
)
_NOW = re.compile(r"\b(?:now|to|new|currently|today)\b[^,;.()]*$", re.I)


def at_stage(view: View, found: list[Fit], query: Query) -> list[Fit]:
    """The figures that stood at the stage asked for, best first; none where the graph does not tell old from new."""
    if query.told:
        return _told_in(view, found, query)
    apart = old_and_new(view, found, query)
    if query.stage == "before":
        return apart[0] if apart else []
    return apart[1] if apart else found


def as_revised(view: View, found: list[Fit], query: Query) -> list[Fit]:
    """The figures without those of which their own sentence says that another came in their place, if it is there."""
    apart = old_and_new(view, found, query) if query.exclude is None else None
    if apart is None or _age(view, apart[0][0].claim)[0] <= _age(view, apart[1][0].claim)[0]:
        return found
    return [f for f in found if f not in apart[0]]


def _told_in(view: View, found: list[Fit], query: Query) -> list[Fit]:
    """The figures of which their sentence says that they were given in a month; else those published in it; else the
    older of two, if the newer came out later than the month of a year that is named.
    """
    month, _, year = query.told.partition(" ")
    near = [f for f in found if found[0].score - f.score <= _REACH and f.claim.modality != "asserted"]
    for close in (_dated, _nearest):
        said = [f for f in near if any(close(e.quote, _bounds(f.claim), month) for e in f.claim.evidence)]
        if said:
            return said
    others = {_bounds(f.claim) for f in near}
    days = {f.claim.id: first_published(f.claim, view.facts.documents) for f in near}
    then = [f for f in near if (day := days[f.claim.id]) and day.strftime("%B").lower() == month.lower()]
    if len(others) == 1 or then:
        return then if len(others) == 1 else []
    apart = old_and_new(view, found, query) if len(others) == 2 else None
    later = apart is not None and all(_after(days.get(f.claim.id), month, year) for f in apart[1])
    return apart[0] if apart is not None and later else []


def _after(day: date | None, month: str, year: str) -> bool:
    """Whether a day lies behind a month; no if that is a season, or its year is not named."""
    number = next((n for n in range(1, 13) if date(2000, n, 1).strftime("%B").lower() == month.lower()), None)
    return day is not None and number is not None and bool(year) and (day.year, day.month) > (int(year), number)


def _nearest(quote: str, bounds: tuple[object, ...], month: str) -> bool:
    """Whether of all amounts of a sentence this one stands nearest to the month."""
    at = re.search(rf"\b{re.escape(month)}\b", quote, re.I)
    amounts = find_quantities(quote)
    if at is None or not amounts:
        return False
    near = min(amounts, key=lambda a: max(a.start - at.end(), at.start() - a.end))
    return _is(near.quantity, bounds)


def _dated(quote: str, bounds: tuple[object, ...], month: str) -> bool:
    """Whether a month stands in the clause of an amount."""
    for found in find_quantities(quote):
        if _is(found.quantity, bounds):
            before = re.split(r"[,;()]", quote[max(0, found.start - 60) : found.start])[-1]
            after = re.split(r"[,;()]", quote[found.end : found.end + 60])[0]
            return month.lower() in f"{before} {after}".lower()
    return False


def old_and_new(view: View, found: list[Fit], query: Query) -> tuple[list[Fit], list[Fit]] | None:
    """The older and the newer of two figures for one thing, if the claims tell which is which."""
    near = [f for f in found if found[0].score - f.score <= _REACH]
    best = _most_figures(near)
    amounts = {_bounds(f.claim) for f in best}
    if len(amounts) < 2:
        return None
    ages = {f.claim.id: _age(view, f.claim) for f in best}
    oldest, newest = max(ages.values()), min(ages.values())
    old = [f for f in best if ages[f.claim.id] == oldest]
    new = [f for f in best if ages[f.claim.id] == newest]
    if oldest == newest or len({_bounds(f.claim) for f in old}) > 1:
        return None
    rose = _middle(new[0].claim) - _middle(old[0].claim)
    return None if rose * query.way < 0 else (old, new)


def _most_figures(near: list[Fit]) -> list[Fit]:
    """Those of one subject, scope, basis, period and unit, of which there are the most figures."""
    groups: dict[tuple[object, ...], list[Fit]] = {}
    for item in near:
        c = item.claim
        days = (c.period.start, c.period.end) if c.period else None
        if isinstance(c.object, Quantity) and c.modality != "asserted":
            groups.setdefault((c.subject.id, c.predicate, c.scope, c.basis, days, c.object.unit), []).append(item)
    return max(groups.values(), key=lambda g: (len({_bounds(f.claim) for f in g}), g[0].score), default=[])


def _age(view: View, claim: Claim) -> tuple[int, int]:
    """How old a figure is beside another: by the words about it in its sentence, then by the day of publication."""
    published = first_published(claim, view.facts.documents)
    said = max((_worded_age(e.quote, _bounds(claim)) for e in claim.evidence), default=0)
    return said, -(published.toordinal() if published else 0)


@lru_cache(maxsize=20_000)
def _worded_age(quote: str, bounds: tuple[object, ...]) -> int:
    for found in find_quantities(quote):
        if _is(found.quantity, bounds):
            before, after = quote[max(0, found.start - 60) : found.start], quote[found.end : found.end + 50]
            old = 2 * bool(_GONE.search(before)) + bool(_WAS.search(before)) + bool(_SINCE.match(after))
            return old - bool(_NOW.search(before))
    return 0


def _is(amount: Quantity, bounds: tuple[object, ...]) -> bool:
    """Whether an amount of a text has these bounds; “¥” alone does not tell yen from yuan."""
    return _plain((amount.low, amount.high, amount.unit)) == _plain(bounds)


def _plain(bounds: tuple[object, ...]) -> tuple[object, ...]:
    """The bounds with “money” for any currency."""
    *ends, unit = bounds
    return (*ends, "money" if isinstance(unit, str) and len(unit) == 3 and unit.isupper() else unit)


def _bounds(claim: Claim) -> tuple[object, ...]:
    amount = claim.object
    return (amount.low, amount.high, amount.unit) if isinstance(amount, Quantity) else ()


def _middle(claim: Claim) -> float:
    amount = claim.object
    known = [float(x) for x in (amount.low, amount.high) if x is not None] if isinstance(amount, Quantity) else []
    return sum(known) / len(known) if known else 0.0
