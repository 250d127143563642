"""Dependents: who depends on an entity, as its customer or as its supplier; what breaks if it goes."""

from __future__ import annotations

from datetime import date, datetime

from graph.store.protocol import Store
from qa.risk.paths.trace import Options, Tracer
from qa.risk.paths.weights import Impute
from qa.risk.report import Report

METHOD = "dependents: exposure read from the other side, each share of the dependent's own total"


def dependents(
    store: Store,
    entity_id: str,
    *,
    tiers: int = 4,
    as_of: date | None = None,
    min_confidence: float | None = None,
    impute: Impute = "size",
    known_at: datetime | None = None,
    include_unreliable: bool = False,
) -> Report:
    """Who depends on `entity_id`, in two lists that measure different things.

    `suppliers` (dependence on a supplier): who buys from it or uses what it makes, as shares of *their* purchases.
    `customers` (dependence on a customer): who sells to it, as shares of *their* revenue. Errors as in `exposure`.
    """
    options = Options(as_of, min_confidence, impute, known_at, include_unreliable, tiers)
    entity = options.entity(store, entity_id)
    return Tracer(options.network(store), entity, options, outward=False).report("dependents", METHOD)
