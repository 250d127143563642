"""Which of the same stretch in neighbouring years is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graph.text.periods.model import Context, Days

_MONTH, _QUARTER, _LONG_AGO, _SOON, _NEARLY = 31, 80, 315, 45, 10  # days


def make_day(year: int, month: int, day: int) -> Days | None:
    """One day as a stretch; None if the calendar has no such day."""
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made, made


def pick(stretches: Sequence[Days | None], ctx: Context) -> Days | None:
    """Of the same stretch in neighbouring years, the one meant: the latest that has begun; the next if looking ahead;
    looking back, a quarter or half that is over.

    Where no verb says which, a day or month is the coming one if that is weeks away and the other nearly a year ago.
    """
    known = [s for s in stretches if s is not None]
    if ctx.reference is None or not known:
        return None
    if ctx.future:
        return min((s for s in known if s[1] >= ctx.reference), default=known[-1])
    begun = max((s for s in known if s[0] <= ctx.reference), default=known[0])
    if ctx.past and (begun[1] - begun[0]).days > _QUARTER and (begun[1] - ctx.reference).days > _NEARLY:
        return max((s for s in known if s[1] < begun[0]), default=begun)
    coming = min((s for s in known if s[0] > ctx.reference), default=begun)
    short = (begun[1] - begun[0]).days <= _MONTH
    if (
        short
        and not ctx.past
        and (ctx.reference - begun[0]).days > _LONG_AGO
        and (coming[0] - ctx.reference).days < _SOON
    ):
        return coming
    return begun


def around(ctx: Context) -> range:
    """The years in which an unnamed year may lie."""
    year = ctx.reference.year if ctx.reference else 2000
    return range(year - 1, year + 2)
