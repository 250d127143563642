"""The nodes that claims point to: amounts, periods and passages."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from graph.identity import digest, plain
from graph.model import Evidence, Period, Quantity
from graph.namespaces import EVIDENCE, OA, PERIOD, PROV, QUANTITY, iri
from graph.rdf.terms import Node, Triples, literal, node, tg

_LOW, _HIGH, _UNIT, _TEXT = tg("low"), tg("high"), tg("unit"), tg("text")
_DERIVED = node(PROV + "wasDerivedFrom")
_SOURCE, _START, _END, _EXACT = (node(OA + name) for name in ("hasSource", "start", "end", "exact"))

Described = set[tuple[NamedNode, str]]
"""Passages with their quotes."""


def quantity_node(amount: Quantity) -> NamedNode:
    """The node of an amount, named by its content."""
    equivalent = quantity_node(amount.equivalent).value if amount.equivalent else None
    parts = (plain(amount.low), plain(amount.high), amount.unit, str(amount.approx), amount.text, equivalent)
    return NamedNode(QUANTITY + digest(*parts))


def quantity(amount: Quantity, subject: NamedNode) -> Triples:
    """An amount, whose node is `subject`, with its bounds, its words and its equivalent."""
    if amount.low is not None:
        yield subject, _LOW, literal(amount.low)
    if amount.high is not None:
        yield subject, _HIGH, literal(amount.high)
    yield subject, _UNIT, literal(amount.unit)
    if amount.approx:
        yield subject, tg("approx"), literal(True)
    if amount.text:
        yield subject, _TEXT, literal(amount.text)
    if amount.equivalent is not None:
        other = quantity_node(amount.equivalent)
        yield subject, tg("equivalent"), other
        yield from quantity(amount.equivalent, other)


@lru_cache(maxsize=1024)
def period(value: Period) -> tuple[tuple[NamedNode, NamedNode, Node], ...]:
    """A period, named by its content, with its days, so far as known, and its words."""
    subject = NamedNode(PERIOD + digest(str(value.start), str(value.end), value.text))
    days = (("start", value.start), ("end", value.end))
    said = [(subject, tg(name), literal(of)) for name, of in days if of is not None]
    return (*said, (subject, _TEXT, literal(value.text)))


def evidence(claim: NamedNode, place: Evidence, written: str, described: Described) -> Triples:
    """The claim's link to a passage, and the passage, unless it is `described` before; it is then.

    Claims from one sentence share its node, unless the passage writes the amount in other words than the claim does
    (`written` is the claim's amount in words) or they come from different cells of a row.
    """
    name = f"{_quoted(place.document)}/{place.start}-{place.end}"
    own = place.value_text != written
    apart = (place.value_text if own else None, *((place.locator,) if place.locator else ()))
    subject = NamedNode(EVIDENCE + name + (f"/{digest(*apart)}" if own or place.locator else ""))
    yield claim, _DERIVED, subject
    if (subject, place.quote) in described:
        return
    described.add((subject, place.quote))
    yield subject, _SOURCE, NamedNode(iri(place.document))
    yield subject, _START, literal(place.start)
    yield subject, _END, literal(place.end)
    yield subject, _EXACT, literal(place.quote)
    if own:
        yield subject, tg("valueText"), literal(place.value_text)
    if place.locator:
        yield subject, tg("locator"), literal(place.locator)


@lru_cache(maxsize=256)
def _quoted(document: str) -> str:
    return quote(document[2:], safe="")
