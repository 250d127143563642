"""Exposure: on whom an entity depends, tier by tier.

Shares multiply along a path and add up over paths: tier k is row `entity` of B^k, as in Leontief's series (tiers.py).
"""

from __future__ import annotations

from datetime import date, datetime

from graph.store.protocol import Store
from qa.risk.paths.trace import Options, Tracer, other_than
from qa.risk.paths.weights import Impute
from qa.risk.report import Report

METHOD = "exposure: shares multiplied along dependence paths, added over paths, tier by tier"


def exposure(
    store: Store,
    entity_id: str,
    *,
    to: str | None = None,
    tiers: int = 4,
    as_of: date | None = None,
    min_confidence: float | None = None,
    impute: Impute = "size",
    known_at: datetime | None = None,
    include_unreliable: bool = False,
) -> Report:
    """On which suppliers and on which customers `entity_id` depends; with `to`, how far on that one, by which paths.

    `suppliers`: whose products it buys, uses or builds in, as shares of its purchases. `customers`: who buys from it,
    as shares of its revenue. `impute`: "size" fills missing shares by market share where a claim gives one, "even"
    splits the rest evenly besides, "no" leaves them unknown. Raises UnknownError for an id that is not in the store,
    SettingsError for numbers out of range, QueryError if `to` is the entity itself.
    """
    options = Options(as_of, min_confidence, impute, known_at, include_unreliable, tiers)
    entity = options.entity(store, entity_id)
    goal = other_than(entity, options.entity(store, to)) if to else None
    return Tracer(options.network(store), entity, options, outward=True).report("exposure", METHOD, goal)
