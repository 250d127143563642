"""A store whose articles come in on days of one month, a claim or a few each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from graph.change.difference import Difference, difference
from graph.model import Claim, DocumentClaims
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import article, exactly, metric, relation, year


def on(day: int, hour: int = 12) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def news(day: int, name: str, *claims: Claim, **fields: Any) -> DocumentClaims:
    """An article of that name that came in and was published on that day; every claim has its own sentence."""
    told = [(f"Sentence {n} of {name} on day {day}.", claim) for n, claim in enumerate(claims)]
    source = f"https://news.example/{name}"
    return article(name, *told, source=source, published=date(2026, 3, day), ingested=on(day, 9), **fields)


def store_of(*batches: DocumentClaims) -> OxigraphStore:
    made = OxigraphStore()
    for batch in batches:
        made.put(batch)
    return made


def supplies(**fields: Any) -> Claim:
    return relation("Brightfab", "supplies", "Cindra", **fields)


def revenue(billions: str, **fields: Any) -> Claim:
    value = exactly(f"{billions}000000000", "USD", text=f"${billions} billion")
    return metric("Arbor", "revenue", value, **({"period": year(2025)} | fields))


def lists(found: Difference) -> dict[str, list[str]]:
    """The lists that are not empty, by the ids of their (later) claims."""
    steps = {name: [step.after.id for step in getattr(found, name)] for name in ("changed", "confirmed", "denied")}
    claims = {name: [claim.id for claim in getattr(found, name)] for name in ("new", "gone")}
    return {name: sorted(ids) for name, ids in (steps | claims).items() if ids}


def since(store: OxigraphStore, day: int, until: int | None = None) -> dict[str, list[str]]:
    return lists(difference(store, on(day), on(until) if until else None))
