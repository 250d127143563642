"""Periods that are no time of a figure: what it is held against, when it was foreseen or said, when a deal begins."""

from __future__ import annotations

import re

from ingest.arguments import verb_name
from ingest.metrics.belonging import Last
from ingest.metrics.times import looks_back
from ingest.parsed import Amount, Sentence, When
from ingest.speakers import kind_of

_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_QUARTER = 80  # days, nearly
_FORECASTS = frozenset(["forecast", "guidance", "estimate", "target", "outlook", "projection", "plan", "prediction"])
_STARTING = frozenset(["begin", "commence", "expire", "start"])
_SETTING = frozenset(
    ["announce", "disclose", "expect", "forecast", "give", "guide", "issue", "offer", "plan", "point", "predict",
     "promise", "publish", "reckon", "set", "talk"]
)  # fmt: skip


def reference(sentence: Sentence, when: When) -> bool:
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
    return brief(when) and verb.lemma_.lower() in _SETTING and verb.dep_ in ("relcl", "acl", "advcl")


def begins(sentence: Sentence, when: When) -> bool:
    """Whether a period only says when a deal starts or ends: “over five years from 2027”, “due to start in 2027”."""
    lead = sentence.doc[when.first - 1].lower_ if when.first else ""
    if lead in ("from", "starting", "beginning", "commencing"):
        return True
    root = sentence.doc[when.root]
    verb = root.head.head if root.dep_ == "pobj" else root.head
    return verb.lemma_.lower() in _STARTING


def of_the_rest(amount: Amount, when: When, last: Last | None) -> bool:
    """Whether a period stands before the figure that has risen from this one: “that year: $5bn, up from $4bn”."""
    return amount.span.delta == "from" and last is not None and when.first < last.amount.first


def said_then(sentence: Sentence, amount: Amount, when: When) -> bool:
    """Whether a month is when somebody said a thing: “said this month that its profit would be $2bn”."""
    root = sentence.doc[when.root]
    verb = root.head.head if root.dep_ == "pobj" else root.head
    if not brief(when) or verb.pos_ != "VERB" or kind_of(verb_name(verb)) is None:
        return False
    told = [c for c in verb.children if c.dep_ == "ccomp"]
    return any(t in told for t in sentence.doc[amount.root].ancestors)


def brief(when: When) -> bool:
    """Whether a stretch is shorter than a quarter, or a season: a report's figures are for neither."""
    period = when.span.period
    if _SEASON.search(period.text):
        return True
    return bool(period.start and period.end and (period.end - period.start).days < _QUARTER)
