"""Periods in text: years, quarters, fiscal years, days and relative phrases, resolved to inclusive calendar days.

    find_periods(text, reference=…)   every phrase of time
    period_of(phrase, reference=…)    one phrase by itself
    day_first(text)                   how a whole text writes dates in digits, for its sentences
    describe_period(period)           a period in good English; find_periods reads it back

examples.yaml shows what comes out and is run by the tests.
"""

from graph.text.periods.finder import find_periods
from graph.text.periods.model import PeriodSpan
from graph.text.periods.numeric import day_first
from graph.text.periods.wording import describe_period, period_of

__all__ = ["PeriodSpan", "day_first", "describe_period", "find_periods", "period_of"]
