"""The nodes that claims point to: amounts, periods and passages."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from graph.identity import digest, plain
from graph.model import Evidence, Period, Quantity
from graph.namespaces import EVIDENCE, OA, PERIOD, PROV, QUANTITY, iri
from graph.rdf.terms import Triples, literal, node, tg


def quantity_node(amount: Quantity) -> NamedNode:
    """The node of an amount, named by its content."""
    equivalent = quantity_node(amount.equivalent).value if amount.equivalent else None
    parts = (plain(amount.low), plain(amount.high), amount.unit, str(amount.approx), amount.text, equivalent)
    return NamedNode(QUANTITY + digest(*parts))


def quantity(amount: Quantity) -> Triples:
    """An amount with its bounds, its words and its equivalent."""
    subject = quantity_node(amount)
    if amount.low is not None:
        yield subject, tg("low"), literal(amount.low)
    if amount.high is not None:
        yield subject, tg("high"), literal(amount.high)
    yield subject, tg("unit"), literal(amount.unit)
    if amount.approx:
        yield subject, tg("approx"), literal(True)
    if amount.text:
        yield subject, tg("text"), literal(amount.text)
    if amount.equivalent is not None:
        yield subject, tg("equivalent"), quantity_node(amount.equivalent)
        yield from quantity(amount.equivalent)


def period_node(period: Period) -> NamedNode:
    """The node of a period, named by its content."""
    return NamedNode(PERIOD + digest(str(period.start), str(period.end), period.text))


def period(value: Period) -> Triples:
    """A period with its days, so far as known, and its words."""
    subject = period_node(value)
    if value.start is not None:
        yield subject, tg("start"), literal(value.start)
    if value.end is not None:
        yield subject, tg("end"), literal(value.end)
    yield subject, tg("text"), literal(value.text)


def evidence(claim: NamedNode, place: Evidence, written: str) -> Triples:
    """The claim's link to a passage, and the passage. `written` is the claim's amount in words.

    Claims from one sentence share its node, unless the passage writes the amount in other words than the claim does.
    """
    name = f"{_quoted(place.document)}/{place.start}-{place.end}"
    own = place.value_text != written
    subject = NamedNode(EVIDENCE + name + (f"/{digest(place.value_text)}" if own else ""))
    yield claim, node(PROV + "wasDerivedFrom"), subject
    yield subject, node(OA + "hasSource"), NamedNode(iri(place.document))
    yield subject, node(OA + "start"), literal(place.start)
    yield subject, node(OA + "end"), literal(place.end)
    yield subject, node(OA + "exact"), literal(place.quote)
    if own:
        yield subject, tg("valueText"), literal(place.value_text)


@lru_cache(maxsize=256)
def _quoted(document: str) -> str:
    return quote(document[2:], safe="")
