"""Fiscal periods of a question by the calendar of the firm that it names: “FQ3 26”, “the first half of fiscal 2025”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from graph.catalogue import catalogue
from graph.text.periods import PeriodSpan, find_periods

_SAID = re.compile(r"\b(?:fiscal|financial)\b|\bF(?:Y|Q[1-4])", re.I)
_COUNTED = re.compile(r"\b(?:this|next|last|current|coming|previous)\b", re.I)
_CALENDAR = "12-31"


def by_own_calendar(text: str, periods: list[PeriodSpan], firms: Iterable[str], today: date) -> list[PeriodSpan]:
    """The periods, those that are said to be fiscal (not “this fiscal year”) by the year of the firms (ids) that are
    named; as they were found where the catalogue knows no year of theirs, or several.
    """
    told = ((p, text[p.start : p.end]) for p in periods)
    fiscal = [p for p, said in told if _SAID.search(said) and not _COUNTED.search(said)]
    entries = [entry for i in firms if (entry := catalogue().by_id(i)) is not None and entry.type == "Company"]
    ends = {entry.fiscal_year_end or _CALENDAR for entry in entries}
    if not fiscal or len(ends) != 1:
        return periods
    again = {(p.start, p.end): p for p in find_periods(text, reference=today, fiscal_year_end=ends.pop())}
    return [again.get((p.start, p.end), p) if p in fiscal else p for p in periods]
