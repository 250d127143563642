"""Sums of money that leave their currency unsaid: “bookings of €5.4 billion, of which 3.6 billion was for tools”."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.metrics.terms import metric, terms
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence

_SCALE = re.compile(r"\d\s?(?:bn|mn?|tn|k?mln|bln)\b|\b(?:million|billion|trillion)s?\b|[亿万]", re.IGNORECASE)


def give_currency(sentence: Sentence, topic: Topic) -> None:
    """Read bare millions and billions as money of the currency told last, where nothing in the sentence is counted.

    Updates the sentence's amounts and the topic's currency.
    """
    counted = any("money" not in metric(t.metric).units and not t.weak for t in terms(sentence) if not _rate(t.metric))
    for i, amount in enumerate(sentence.amounts):
        if amount.span.kind == "money" and "/" not in amount.span.quantity.unit:
            topic.currency = amount.span.quantity.unit
        elif topic.currency is not None and not counted and _is_bare(sentence, amount):
            quantity = replace(amount.span.quantity, unit=topic.currency)
            sentence.amounts[i] = Amount(
                replace(amount.span, quantity=quantity, kind="money"), amount.first, amount.last, amount.root
            )


def _rate(name: str) -> bool:
    return metric(name).units == ("percent",)


def _is_bare(sentence: Sentence, amount: Amount) -> bool:
    """Whether a number with a scale counts nothing that is named after it."""
    span = amount.span
    if span.kind != "count" or span.noun is not None or span.inherited or not _SCALE.search(span.quantity.text):
        return False
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    return not any(t.pos_ in ("NOUN", "PROPN", "ADJ") or t.text == "-" for t in following)
