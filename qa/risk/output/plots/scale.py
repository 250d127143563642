"""The axis of numbers, with their unit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from qa.risk.output.words import amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICKS = 6


def scale(axes: Axes, unit: str) -> None:
    """Numbers along the bottom as the report words them: “40 %”, “USD 2 billion”."""
    axes.xaxis.set_major_formatter(lambda value, _: amount(Decimal(str(round(value, 9))), unit))
    axes.locator_params(axis="x", nbins=_TICKS, integer=unit == "count")
