"""`tollgraph risk dependents`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from api.commands.risk.common import EntityArgument, TiersOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.report import Report


def dependents(asked: Asked, entity: EntityArgument, tiers: TiersOption = 4) -> Report:
    """Who depends on an entity, as its customer or as its supplier."""
    from qa.risk.dependents import dependents as measure

    return measure(asked.store, asked.named(entity), tiers=tiers, **asdict(asked.lens))
