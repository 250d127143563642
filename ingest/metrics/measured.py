"""One metric statement of a sentence, as the reader hands it to the claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.model import EntityRef, Period, Quantity
from ingest.metrics.basis import Reading
from ingest.parsed import Amount

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric statement; `trigger` carries it (for hedges and speakers), `guided` if a list of
    forecasts holds it.
    """

    subject: EntityRef
    metric: str
    quantity: Quantity
    reading: Reading
    scope: str | None
    period: Period | None
    trigger: Token
    amount: Amount
    guided: bool = False


def of_its_time(quantity: Quantity) -> Quantity:
    """“$2bn a year” as the sum of a year."""
    unit = quantity.unit.partition("/")[0]
    same = quantity.equivalent
    return replace(quantity, unit=unit, equivalent=of_its_time(same) if same is not None else None)


def negative(quantity: Quantity) -> Quantity:
    """The amount below zero, its conversion with it: a loss of ¥5bn ($700m) is −¥5bn (−$700m)."""
    low, high, same = quantity.low, quantity.high, quantity.equivalent
    return replace(
        quantity,
        low=-high if high is not None else None,
        high=-low if low is not None else None,
        equivalent=negative(same) if same is not None else None,
    )
