"""A chart in words: numbers of its points, and the chart itself for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qa.risk.envelope import Chart, Point
from qa.risk.output.words import extent

_NAMED = 8


def point_text(point: Point, unit: str) -> str:
    """The number of a point with its bounds; “unknown” if there is neither."""
    return extent(_exact(point.value), _exact(point.low), _exact(point.high), unit)


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 6)))


def told(chart: Chart) -> str:
    """The title and the first points, or the percentiles of a distribution."""
    if chart.kind == "distribution":
        low, middle, high = (point_text(Point("", n), chart.unit) for n in percentiles(drawn(chart)))
        return f"{chart.title}: 5 % of {len(drawn(chart))} draws below {low}, half below {middle}, 95 % below {high}"
    names = (f"{p.label} → {p.target}" if p.target else p.label for p in chart.points[:_NAMED])
    said = "; ".join(f"{name}: {point_text(p, chart.unit)}" for name, p in zip(names, chart.points, strict=False))
    more = len(chart.points) - _NAMED
    return f"{chart.title}. {said}" + (f"; and {more} more" if more > 0 else "")


def drawn(chart: Chart) -> list[float]:
    """The values of a chart that are known."""
    return [point.value for point in chart.points if point.value is not None]


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The values that 5, 50 and 95 percent lie below."""
    import numpy as np

    low, middle, high = (float(n) for n in np.percentile(values, (5, 50, 95)))
    return low, middle, high
