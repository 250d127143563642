"""What the period grammar finds, and what it resolves against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.model import Period

Kind = Literal[
    "year", "quarter", "half", "month", "day", "span", "fiscal_year", "fiscal_quarter", "deadline", "since", "relative"
]
Bound = Literal["by", "since", "until"]
NamedBy = Literal["end", "start"]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """One phrase of time: `text[start:end] == period.text`, “by”, “since” and “until” included, “in” and “for” not.

    Days are inclusive. “since” has no end, “until” no start; a phrase that cannot be resolved has neither.
    """

    start: int
    end: int
    period: Period
    kind: Kind
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read against.

    `reference` is the day of publication. `fiscal_end` is the month in which the firm's fiscal year ends (None: not
    known); `named_by` says whether that year bears the number of the calendar year it ends or starts in. `anchor` is
    the quarter, half or longer stretch that the text speaks of, `anchor_year` the year last named. `future` is set
    where the sentence looks ahead, `past` where a verb says that it looks back. `day_first` says how the text writes
    dates in digits (None: not known).
    """

    reference: date | None
    fiscal_end: int | None = None
    named_by: NamedBy = "end"
    anchor: Days | None = None
    anchor_year: int | None = None
    future: bool = False
    past: bool = False
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase read: its kind and days (None if they cannot be known). `anchors`: later phrases may lean on it."""

    kind: Kind
    days: Days | None
    anchors: bool = False
