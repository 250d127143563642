"""Figures that leave unsaid what they count: “a workforce of 640”, “its share rose two points”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.model import Quantity
from graph.text.quantities import QuantitySpan
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence

_BARE = re.compile(r"\d{2,3}(?:,\d{3})*")
_PEOPLE = frozenset(["headcount", "workforce", "payroll", "staff", "head count", "user base"])
_POINTS = frozenset(["point", "points"])
_RATES = frozenset(["grossMargin", "operatingMargin", "marketShare"])


def give_counts(sentence: Sentence, found: Sequence[Term]) -> None:
    """Read bare numbers as people where a word for all of them governs them, and “points” as those of a percentage
    where a rate is told. Updates the sentence's amounts.
    """
    if any(t.metric in _RATES for t in found) or any(a.span.kind == "percent" for a in sentence.amounts):
        sentence.amounts[:] = [_as_points(a) for a in sentence.amounts]
    whole = next((t for t in found if sentence.doc[t.first : t.last + 1].text.lower() in _PEOPLE), None)
    if whole is None:
        return
    dated = {i for w in sentence.periods for i in range(w.first, w.last + 1)}
    for token in sentence.doc[whole.first :]:
        preposition = token.head.lower_ if token.dep_ == "pobj" else ""
        counts = preposition in ("of", "from", "to", "at") and token.i == token.head.i + 1
        if token.text == "," or token.text == ";":
            break
        if counts and _BARE.fullmatch(token.text) and token.i not in dated and sentence.amount_at(token) is None:
            value = Decimal(token.text.replace(",", ""))
            span = QuantitySpan(
                token.idx,
                token.idx + len(token),
                Quantity(value, value, "count", False, token.text),
                "count",
                delta="from" if preposition == "from" else "to" if preposition == "to" else None,
            )
            sentence.amounts.append(Amount(span, token.i, token.i, token.i))


def _as_points(amount: Amount) -> Amount:
    """“up 3 points” beside a share or a margin."""
    span = amount.span
    if span.kind != "count" or (span.noun or "").lower() not in _POINTS:
        return amount
    return replace(amount, span=replace(span, quantity=replace(span.quantity, unit="percentage points"), kind="points"))
