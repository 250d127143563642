"""A histogram of draws with the values that 5, 50 and 95 percent of them lie below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.risk.envelope import Chart, Point
from qa.risk.output.plots.scale import scale
from qa.risk.output.plots.style import BLUE, INK, ORANGE
from qa.risk.output.plots.told import drawn, percentiles, point_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 40


def height(_: Chart) -> float:
    """Inches, whatever the draws."""
    return 3.2


def draw(axes: Axes, chart: Chart) -> None:
    """Bars of equal width, counts upwards."""
    values = drawn(chart)
    axes.hist(values, bins=_BINS if len(set(values)) > 1 else 1, color=BLUE, alpha=0.75)
    axes.margins(x=0.03)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * 1.25)
    named = zip(("5 %", "median", "95 %"), percentiles(values), (1.17, 1.09, 1.01), strict=True)
    for name, value, place in named:
        axes.axvline(value, color=ORANGE, linewidth=1.4, linestyle="-" if name == "median" else "--")
        right = value > sum(axes.get_xlim()) / 2
        said = f" {name}: {point_text(Point('', value), chart.unit)} "
        axes.text(value, high * place, said, ha="right" if right else "left", fontsize=8, color=INK)
    scale(axes, chart.unit)
    axes.set_ylabel(f"of {len(values):,} draws")
