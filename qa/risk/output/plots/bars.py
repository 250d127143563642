"""Horizontal bars; whiskers show the bounds, a pale bar reaches to where the value may lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.risk.envelope import Chart, Point
from qa.risk.output.plots.scale import scale
from qa.risk.output.plots.style import BLUE, INK, PALE, label
from qa.risk.output.plots.told import point_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = 20
_LETTER = 0.0105  # of the width of the axes


def height(chart: Chart) -> float:
    """Inches: a bar a line."""
    return 0.38 * min(len(chart.points), SHOWN) + 0.9


def draw(axes: Axes, chart: Chart) -> None:
    """The first points from the top, the number beside each bar."""
    points = chart.points[:SHOWN]
    most = max((_end(point) for point in points), default=0.0)
    said = [point_text(point, chart.unit) for point in points]
    edge = most if most > 0 else 1.0
    limit = edge / (1 - min(0.5, _LETTER * max(map(len, said))) - 0.02)
    for row, point in enumerate(points):
        _bar(axes, row, point, edge)
        known = _end(point) if point.high is not None or point.low is None else edge
        axes.text(known + limit * 0.015, row, said[row], va="center", fontsize=8, color=INK)
    axes.set_yticks(range(len(points)), [label(point.label, 30) for point in points])
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.set_xlim(min(0.0, *(point.value or 0.0 for point in points)), limit)
    axes.tick_params(axis="y", length=0)
    more = len(chart.points) - len(points)
    axes.set_xlabel(f"and {more} more" if more else "", loc="left")
    scale(axes, chart.unit)
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= edge * 1.001])


def _bar(axes: Axes, row: int, point: Point, edge: float) -> None:
    """`edge` is where an open bound is drawn to."""
    low, high = point.low, point.high
    sure = point.value if point.value is not None else low
    if sure is None and high is None:
        return
    if high is not None and point.value is None:
        axes.barh(row, high - (low or 0.0), left=low or 0.0, height=0.6, color=PALE, edgecolor=BLUE, linestyle="--")
    if sure is not None:
        axes.barh(row, sure, height=0.6, color=BLUE, alpha=0.85)
    if (low is None and high is None) or low == high == point.value:
        return
    ends = (low or 0.0, edge if high is None else high)
    axes.plot(ends, (row, row), color=INK, linewidth=1.3, solid_capstyle="butt")
    axes.plot(ends[:1], (row,), marker="|", markersize=9, color=INK)
    marker, size = ("|", 9) if high is not None else (">", 5)
    axes.plot(ends[1:], (row,), marker=marker, markersize=size, color=INK)


def _end(point: Point) -> float:
    return max((one for one in (point.value, point.low, point.high) if one is not None), default=0.0)
