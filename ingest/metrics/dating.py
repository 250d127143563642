"""The period of a figure: its own, the one of the figure before, the report's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from graph.model import Period
from ingest.metrics.asides import begins, brief, of_the_rest, reference, said_then
from ingest.metrics.basis import Reading
from ingest.metrics.belonging import Last
from ingest.metrics.links import Link
from ingest.metrics.owners import FLOWS
from ingest.metrics.revised import revised
from ingest.metrics.times import aside_of, back, belongs_elsewhere, looks_back, of_an_aside, own_period, shifted
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
_THE_ONE_BEFORE = re.compile(r"\s*(?:in\s+)?the\s+(?:year|quarter)\s+before\b", re.IGNORECASE)
_EDGE = re.compile(r"\b(?P<which>end|close|start|beginning) of\b", re.IGNORECASE)
_QUARTERLY = re.compile(r"quarter|three", re.IGNORECASE)
_LONGEST_QUARTER = 100  # days


def period_of(
    sentence: Sentence, amount: Amount, found: Link, reading: Reading, topic: Topic, last: Last | None
) -> Period | None:
    """The days that a figure is for; None if nothing says so."""
    beside = last is not None and last.link.metric == found.metric
    main = last.period if last is not None and beside and not _told_aside(sentence, last.amount, amount) else None
    usual = _usual(sentence, amount, topic, last) if _is_flow(found) else None
    if reading.basis != "change":
        moved = shifted(sentence, amount, _named_last(sentence, amount, last) or main or usual)
        if moved is not None:
            topic.base = 3 if _QUARTERLY.search(moved.text) else 12
            return moved
    elif main is not None:
        return main
    when = _of_term(sentence, found) or own_period(sentence, amount)
    if when is not None and found.metric in ("orders", "investment") and begins(sentence, when):
        when = None
    if (
        when is not None
        and found.metric in FLOWS
        and (said_then(sentence, amount, when) or of_the_rest(amount, when, last))
    ):
        when = None
    if when is not None and not reference(sentence, when) and not (found.metric in FLOWS and too_short(when)):
        return _whole(when, flow=found.metric in FLOWS)
    compared = compared_with(sentence, amount, found, last) and not _of_another(sentence, amount)
    if amount.span.delta != "from" and not compared:
        return main or usual
    return _before_then(sentence, amount, main, found, topic)


def _named_last(sentence: Sentence, amount: Amount, last: Last | None) -> Period | None:
    """“$5bn for 2026, against $4bn in 2025 and $3bn the year before”: before the year that was named last."""
    if last is None or not last.compared or not _THE_ONE_BEFORE.match(sentence.text, amount.span.end):
        return None
    when = own_period(sentence, last.amount)
    return when.span.period if when is not None else None


def _of_another(sentence: Sentence, amount: Amount) -> bool:
    """“… against 145 million for Bolt”: what is compared is another's figure of the same time."""
    following = sentence.doc[amount.last + 1 : amount.last + 3]
    mention = sentence.mention_at(following[1]) if len(following) > 1 and following[0].lower_ in ("for", "at") else None
    return mention is not None and mention.named and mention.entity is not None and mention.entity.type != "Place"


def _told_aside(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether the figure before is told by the way, of the same thing: “capex, which had been $3bn, came to $5bn”."""
    clause = aside_of(sentence, before.root, amount)
    if clause is None or clause.head.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return clause.head.head in sentence.doc[amount.root].ancestors


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
    if found.metric not in FLOWS or main.start is None or main.end is None:
        return None
    if (main.end - main.start).days > _LONGEST_QUARTER:
        return back(main, years=1)  # what a year or half rose from is the one before
    return back(main, months=topic.base) if topic.base else None


def _is_flow(found: Link) -> bool:
    """Whether a figure is told for a stretch of time: “bookings” are, a backlog is not."""
    told = found.anchor.lemma_.lower()
    taken = found.metric == "orders" and (told in ("booking", "intake") or (told == "book" and found.verb))
    return taken or found.metric in FLOWS


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
    if not flow and period.start is not None and period.end is not None and (edge := _EDGE.search(period.text)):
        day = period.end if edge["which"].lower() in ("end", "close") else period.start
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - date.resolution
        return replace(period, start=day.replace(day=1), end=last)  # “at the end of June”
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
    if (told := _time_of_clause(sentence, amount)) is not None:
        return told
    if len(named := _own_frames(sentence, amount)) == 1:
        return named[0].span.period
    if last is not None and last.main is not None and not _turns_aside(sentence, last.amount, amount):
        return last.main
    if topic.period is not None:
        return topic.period
    if topic.aside is not None and topic.aside[0] == sentence.paragraph:
        return topic.aside[1]
    return None


def _time_of_clause(sentence: Sentence, amount: Amount) -> Period | None:
    """“… in the first half, when the loss came to $2bn”: the time that a clause is hung on."""
    doc = sentence.doc
    for when in sentence.periods:
        opened = [t.lower_ for t in doc[when.last + 1 : when.last + 3]]
        inside = when.last < amount.first and not any(t.text == ";" for t in doc[when.last : amount.first])
        if opened == [",", "when"] and inside and when.span.period.start:
            return when.span.period
    return None


def _own_frames(sentence: Sentence, amount: Amount) -> list[When]:
    """The quarters and years that a sentence's figures may share: none that is only compared with, none of a rival."""
    out, left_out = [], []
    for when in sentence.periods:
        if _apart(sentence, amount, when) or of_an_aside(sentence, amount, when):
            continue
        before = sentence.doc[max(0, when.first - 4) : when.first]
        compared = reference(sentence, when) or any(t.lower_ in ("from", "against", "versus", "since") for t in before)
        if when.span.kind in _REPORTED and when.span.period.start and not compared and not brief(when):
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


def ahead(period: Period, published: date | None) -> bool:
    """Whether most of a period was still to come on the day of publication."""
    if published is None or period.start is None or period.end is None:
        return False
    return period.start + (period.end - period.start) / 2 > published
