"""Whether two claims speak of the same time.

Amounts are compared only for one and the same period: both resolved to days that differ by no more than the week by
which fiscal calendars of 52 and 53 weeks move. A quarter is never the year that holds it. Without a period, an amount
is compared where the vocabulary says how long such an amount holds (`holds_days`). A relation without a period is taken
to hold for a quarter on either side of its publication.
"""

from __future__ import annotations

from datetime import date, timedelta

from graph.agreement.sources import Sources
from graph.model import Claim, Period
from graph.vocabulary import vocabulary

WEEK = timedelta(days=7)
_MONTH = timedelta(days=27)
_QUARTER = timedelta(days=92)


def same_period(a: Claim, b: Claim, sources: Sources) -> bool:
    """Whether two amounts are for the same period; see the head of this file."""
    x, y = _resolved(a.period), _resolved(b.period)
    if x is None and y is None:
        return not _worded(a) and not _worded(b) and _said_together(a, b, sources)
    if x is None or y is None:
        return False
    slack = WEEK if min(_length(x), _length(y)) >= _MONTH else timedelta(0)
    return _near(x.start, y.start, slack) and _near(x.end, y.end, slack)


def overlapping(a: Claim, b: Claim, sources: Sources) -> bool:
    """Whether two relations hold at a common time, as far as is known."""
    (start, end), (other_start, other_end) = _span(a, sources), _span(b, sources)
    return start <= other_end and other_start <= end


def foretold(claim: Claim, sources: Sources) -> bool:
    """Whether a claim can be nothing but a plan or a forecast: it was published before its period began.

    So too before the end of a period over which the amount accrues, as revenue does.
    """
    said, period = sources.first_said(claim), claim.period
    if said is None or period is None:
        return False
    begun = period.end if _accrues(claim) else period.start
    return begun is not None and said < begun


def _accrues(claim: Claim) -> bool:
    metric = vocabulary().metrics.get(claim.predicate)
    return metric is not None and metric.holds_days is None and not metric.several


def _resolved(period: Period | None) -> Period | None:
    return period if period is not None and (period.start or period.end) else None


def _worded(claim: Claim) -> bool:
    """Whether it names a time that could not be resolved to days."""
    return claim.period is not None and _resolved(claim.period) is None and bool(claim.period.text)


def _said_together(a: Claim, b: Claim, sources: Sources) -> bool:
    metric = vocabulary().metrics.get(a.predicate)
    first, second = sources.first_said(a), sources.first_said(b)
    if metric is None or metric.holds_days is None or first is None or second is None:
        return False
    return abs((first - second).days) <= metric.holds_days


def _length(period: Period) -> timedelta:
    return period.end - period.start if period.start and period.end else timedelta.max


def _near(a: date | None, b: date | None, slack: timedelta) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= slack


def _span(claim: Claim, sources: Sources) -> tuple[date, date]:
    period = _resolved(claim.period)
    if period is not None:
        return period.start or date.min, period.end or date.max
    said = sources.first_said(claim)
    return (said - _QUARTER, said + _QUARTER) if said else (date.min, date.max)
