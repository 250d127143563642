"""The period of a figure: its own, the one of the figure before, the report's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from graph.model import Period
from ingest.metrics.basis import Reading
from ingest.metrics.belonging import Last
from ingest.metrics.links import Link
from ingest.metrics.owners import FLOWS
from ingest.metrics.revised import revised
from ingest.metrics.times import back, belongs_elsewhere, looks_back, own_period, shifted
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence, When

_REPORTED = {"quarter", "half", "fiscal_quarter", "fiscal_year", "year", "span"}
_SHORTEST_FLOW = 25  # days: nobody reports the revenue of a Wednesday
_COMPARED = re.compile(
    r"\b(?:against|versus|vs\.?|(?:compar(?:ed|es|ing)|up|down) (?:with|to|from)|than)\b[^,;]{0,40}$", re.IGNORECASE
)
_ESTIMATED = re.compile(
    r"\b(?:analysts?|average|consensus|estimates?d?|expect\w*|forecasts?|guidance|guided?|outlook|poll(?:ed)?|predicted"
    r"|previously|pencilled|targets?|earlier|said)\b",
    re.IGNORECASE,
)
_QUARTERLY = re.compile(r"quarter|three", re.IGNORECASE)
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_QUARTER = 80  # days, nearly
_FORECASTS = frozenset(["forecast", "guidance", "estimate", "target", "outlook", "projection", "plan", "prediction"])
_STARTING = frozenset(["begin", "commence", "expire", "start"])
_SETTING = frozenset(
    ["announce", "disclose", "expect", "forecast", "give", "guide", "issue", "offer", "plan", "point", "predict",
     "promise", "publish", "reckon", "set", "talk"]
)  # fmt: skip


def period_of(
    sentence: Sentence, amount: Amount, found: Link, reading: Reading, topic: Topic, last: Last | None
) -> Period | None:
    """The days that a figure is for; None if nothing says so."""
    main = last.period if last is not None and last.link.metric == found.metric else None
    usual = _usual(sentence, amount, topic, last) if found.metric in FLOWS else None
    if reading.basis != "change":
        moved = shifted(sentence, amount, main or usual)
        if moved is not None:
            topic.base = 3 if _QUARTERLY.search(moved.text) else 12
            return moved
    elif main is not None:
        return main
    when = _of_term(sentence, found) or own_period(sentence, amount)
    if when is not None and found.metric in ("orders", "investment") and _begins(sentence, when):
        when = None
    if when is not None and not _reference(sentence, when) and not (found.metric in FLOWS and too_short(when)):
        return _whole(when, flow=found.metric in FLOWS)
    if amount.span.delta != "from" and not compared_with(sentence, amount, found, last):
        return main or usual
    return _before_then(sentence, amount, main, found, topic)


def _begins(sentence: Sentence, when: When) -> bool:
    """Whether a period only says when a deal starts or ends: “over five years from 2027”, “due to start in 2027”."""
    lead = sentence.doc[when.first - 1].lower_ if when.first else ""
    if lead in ("from", "starting", "beginning", "commencing"):
        return True
    root = sentence.doc[when.root]
    verb = root.head.head if root.dep_ == "pobj" else root.head
    return verb.lemma_.lower() in _STARTING


def _before_then(sentence: Sentence, amount: Amount, main: Period | None, found: Link, topic: Topic) -> Period | None:
    """The period of a figure that the one before is compared with: the same for an estimate or a forecast that is
    revised, else as long before as the text's last comparison told.
    """
    if revised(sentence, amount, open_still=main is not None and _open(main, topic.published)):
        return main
    start = max((a.span.end for a in sentence.amounts if a.last < amount.first), default=0)
    lead = sentence.text[max(0, start) : amount.span.start]
    if main is None or _ESTIMATED.search(lead) or ahead(main, topic.published):
        return main if amount.span.delta != "from" or _ESTIMATED.search(lead) else None
    return back(main, months=topic.base) if topic.base and found.metric in FLOWS else None


def _open(period: Period, published: date | None) -> bool:
    return published is not None and period.end is not None and period.end > published


def compared_with(sentence: Sentence, amount: Amount, found: Link, last: Last | None) -> bool:
    """Whether a figure only stands beside the one before: “$5bn, compared with $4bn in July and $3bn a year ago”."""
    if last is None:
        return False
    between = sentence.doc[last.amount.last + 1 : amount.first]
    named = found.term is not None and found.term.first > last.amount.last
    if (
        last.compared
        and not named
        and any(t.lower_ == "and" for t in between)
        and not any(t.pos_ in ("VERB", "AUX") for t in between)
    ):
        return True
    return bool(_COMPARED.search(sentence.text[last.amount.span.end : amount.span.start]))


def _of_term(sentence: Sentence, found: Link) -> When | None:
    """“11% of 2025 revenue”, “third-quarter sales rose”: the period right before the metric's name."""
    if found.term is None:
        return None
    return next((w for w in sentence.periods if 0 < found.term.first - w.last <= 1 and not looks_back(w)), None)


def _turns_aside(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether another time is told of between two figures: “… $3bn in 2024, when it lost $1bn”."""
    dated = {i for w in sentence.periods for i in range(w.first, w.last + 1)}
    return any(
        t.lower_ in ("when", "after", "before", "until", "since") and t.i not in dated
        for t in sentence.doc[before.last : amount.first]
    )


def _whole(when: When, *, flow: bool) -> Period:
    """A flow told “by the end of 2025” is that year's; a figure told “by the end of this month” the month's."""
    period = when.span.period
    if when.span.kind != "deadline" or period.start is None or period.end is None:
        return period
    start, end = period.start, period.end
    if flow and (start.month, end.month, end.day) == (12, 12, 31):
        return replace(period, start=start.replace(month=1, day=1))
    in_month = (start.year, start.month) == (end.year, end.month) and (end + date.resolution).day == 1
    return replace(period, start=start.replace(day=1)) if in_month else period


def _usual(sentence: Sentence, amount: Amount, topic: Topic, last: Last | None) -> Period | None:
    """The period of a figure that names none: the sentence's only one, else that of its first figure (“earned $2bn in
    the quarter on sales of $9bn”), the report's, the sentence before's.
    """
    if len(named := _own_frames(sentence, amount)) == 1:
        return named[0].span.period
    if last is not None and last.main is not None and not _turns_aside(sentence, last.amount, amount):
        return last.main
    if topic.period is not None:
        return topic.period
    if topic.aside is not None and topic.aside[0] == sentence.paragraph:
        return topic.aside[1]
    return None


def _own_frames(sentence: Sentence, amount: Amount) -> list[When]:
    """The quarters and years that a sentence's figures may share: none that is only compared with, none of a rival."""
    out, left_out = [], []
    for when in (w for w in sentence.periods if not _apart(sentence, amount, w)):
        before = sentence.doc[max(0, when.first - 4) : when.first]
        compared = _reference(sentence, when) or any(t.lower_ in ("from", "against", "versus", "since") for t in before)
        if when.span.kind in _REPORTED and when.span.period.start and not compared and not _brief(when):
            out.append(when)
        elif compared:
            left_out.append(when)
    left_out += [w for w in out if belongs_elsewhere(sentence, amount, w)]
    gone = {(w.span.period.start, w.span.period.end) for w in left_out}  # “… in the third quarter of 2024 (“Q3 2024”)”
    return [w for w in out if (w.span.period.start, w.span.period.end) not in gone]


def _apart(sentence: Sentence, amount: Amount, when: When) -> bool:
    low, high = sorted((amount.first, when.first))
    return any(t.text == ";" for t in sentence.doc[low:high])


def too_short(when: When) -> bool:
    """Whether a phrase names fewer days than a firm reports on."""
    period = when.span.period
    return bool(period.start and period.end and (period.end - period.start).days < _SHORTEST_FLOW)


def _brief(when: When) -> bool:
    """Whether a stretch is shorter than a quarter, or a season: a report's figures are for neither."""
    period = when.span.period
    if _SEASON.search(period.text):
        return True
    return bool(period.start and period.end and (period.end - period.start).days < _QUARTER)


def _reference(sentence: Sentence, when: When) -> bool:
    """A period that only says what a change is against, or when a forecast was made: “56% more than in 2024”,
    “unchanged from the prior quarter”, “its July forecast of …”, “… that it gave in August”.
    """
    near = sentence.doc[max(0, when.first - 5) : when.first]
    opened = max((t.i for t in near if t.text in (";", ":")), default=-1)
    if any(t.lower_ in ("than", "as") and t.i > opened and sentence.amount_at(t) is None for t in near):
        return True
    doc = sentence.doc
    if looks_back(when) and when.first and doc[when.first - 1].lower_ in ("from", "on", "over", "with"):
        return True
    return _of_a_forecast(sentence, when)


def _of_a_forecast(sentence: Sentence, when: When) -> bool:
    following = sentence.doc[when.last + 1 : when.last + 3]
    if when.span.kind == "month" and any(t.lemma_.lower() in _FORECASTS for t in following):
        return True
    head = sentence.doc[when.root].head
    verb = head.head if head.dep_ == "prep" else head
    return _brief(when) and verb.lemma_.lower() in _SETTING and verb.dep_ in ("relcl", "acl", "advcl")


def ahead(period: Period, published: date | None) -> bool:
    """Whether most of a period was still to come on the day of publication."""
    if published is None or period.start is None or period.end is None:
        return False
    return period.start + (period.end - period.start) / 2 > published
