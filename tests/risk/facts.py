"""Claims in a line each: says(…) → stored(…). Every claim gets a sentence of its own as evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.identity import claim_id
from graph.model import Claim, DocumentClaims
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import amount, article, exactly, metric, ref, relation


def share(owner: str, party: str, percent: str, *, metric_name: str = "revenue", **fields: Any) -> Claim:
    """“party is percent of owner's revenue”, the way extraction writes it."""
    value = exactly(percent, "percent", text=f"{percent}%", approx=fields.pop("approx", False))
    return metric(owner, metric_name, value, basis="share", scope=party, **fields)


def bounded_share(owner: str, party: str, low: str | None, high: str | None, **fields: Any) -> Claim:
    return metric(owner, "revenue", amount(low, high, "percent"), basis="share", scope=party, **fields)


def buys(buyer: str, supplier: str, percent: str, **fields: Any) -> Claim:
    """“supplier takes percent of buyer's capital spending”."""
    return share(buyer, supplier, percent, metric_name="capex", **fields)


def holds(provider: str, percent: str, market: str, **fields: Any) -> Claim:
    """“provider has percent of the market”; `low` and `high` in its place for bounds, `place=True` for a country."""
    low, high = fields.pop("low", percent), fields.pop("high", percent)
    value = amount(low, high, "percent", approx=fields.pop("approx", False), text=f"{percent}%")
    place = fields.pop("place", False)
    claim = metric(provider, "marketShare", value, scope=market, **fields)
    claim = replace(claim, subject=ref(provider, "Place")) if place else claim
    return replace(claim, id=claim_id(claim))


def link(subject_: str, predicate: str, object_: str, **fields: Any) -> Claim:
    """A relation of which the object is a Product, and so is the subject unless `subject` names another type."""
    kind = fields.pop("subject", "Product")
    claim = relation(subject_, predicate, object_, **fields)
    claim = replace(claim, subject=ref(subject_, kind), object=ref(object_, "Product"))
    return replace(claim, id=claim_id(claim))


def located(what: str, place: str, **fields: Any) -> Claim:
    """“what is in place”, the place as a Place."""
    claim = replace(relation(what, "locatedIn", place, **fields), object=ref(place, "Place"))
    return replace(claim, id=claim_id(claim))


def says(title: str, *claims: Claim, published: date | None = date(2026, 3, 1)) -> DocumentClaims:
    """One document with these claims, a numbered sentence each."""
    return article(
        title, *((f"Sentence {n} of {title}.", claim) for n, claim in enumerate(claims)), published=published
    )


def stored(*batches: DocumentClaims) -> OxigraphStore:
    """The real store, in memory, with these documents."""
    store = OxigraphStore()
    for batch in batches:
        store.put(batch)
    return store


def store(*claims: Claim) -> OxigraphStore:
    return stored(says("Notes", *claims))
