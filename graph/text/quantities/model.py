"""What the grammar finds: a quantity with its place in the text and what its wording says beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Quantity

Kind = Literal["money", "percent", "points", "count", "physical", "multiple"]
Delta = Literal["up", "down", "by", "to", "from"]


@dataclass(frozen=True, slots=True)
class QuantitySpan:
    """One amount: `text[start:end] == quantity.text`, hedges included, a conversion in brackets not.

    `noun` is the counted noun phrase (“chips” in “30,000 chips”; outside the span). `delta` says that the amount is a
    rise (“up”), a fall (“down”), a step of unsaid direction (“by”), or one end of a movement (“to”, “from”).
    `inherited` marks a bare number that took its unit from an earlier one: “700 GB a second, well above the old 400”.
    """

    start: int
    end: int
    quantity: Quantity
    kind: Kind
    noun: str | None = None
    delta: Delta | None = None
    inherited: bool = False
