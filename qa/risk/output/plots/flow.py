"""Links between columns of boxes: as wide as their share, dashed where no share is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.risk.envelope import Chart, Point
from qa.risk.output.plots.layers import Layers, layers
from qa.risk.output.plots.style import BLUE, GREY, INK, ORANGE, WIDTH, label
from qa.risk.output.plots.told import point_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BOX = 0.29
_TALL = 0.36
_WIDEST = 11.0
_LANE = 0.45
_COLUMN = 1.45  # inches
_LETTERS = 9  # of a name that fit into an inch of columns


def width(chart: Chart) -> float:
    """Inches: room for names in every column."""
    return max(WIDTH, _COLUMN * layers(chart.points).columns)


def height(chart: Chart) -> float:
    """Inches: a box a line in the fullest column, and room below for links that lead back."""
    found = layers(chart.points)
    return 0.52 * (found.rows + _below(found)) + 0.6


def draw(axes: Axes, chart: Chart) -> None:
    """Who depends stands left of whom it depends on; links back to an earlier column run below, in orange."""
    found = layers(chart.points)
    top = max((point.value or point.low or 0.0 for point in found.links), default=0.0)
    whole = 100.0 if chart.unit == "percent" else top or 1.0
    back = [link for link in found.links if found.back(link)]
    for link in found.links:
        (x0, y0), (x1, y1) = found.places[link.label], found.places[link.target]
        if link in back:
            low = found.rows / 2 + 0.9 + _LANE * back.index(link)
            curve = [(x0 + 0.08, y0 + _TALL), (x0 + 0.08, low), (x1 - 0.08, low), (x1 - 0.08, y1 + _TALL)]
            _link(axes, link, curve, whole, ORANGE)
            said = ((x0 + x1) / 2, (y0 + y1) / 8 + _TALL / 4 + 0.75 * low), "center"
        else:
            begin, end = (x0 + _BOX, y0), (x1 - _BOX, y1)
            middle = (begin[0] + end[0]) / 2
            _link(axes, link, [begin, (middle, y0), (middle, y1), end], whole, BLUE)
            said = (begin, "left") if found.inward else (end, "right")
        _number(axes, _short(link, chart.unit), *said, _wide(link, whole))
    letters = int(_LETTERS * width(chart) / found.columns)
    for name, place in found.places.items():
        _box(axes, name, place, letters)
    axes.set_xlim(-0.5, found.columns - 0.5)
    axes.set_ylim(found.rows / 2 + 0.1 + _below(found), -found.rows / 2 - 0.1)
    axes.set_axis_off()


def _below(found: Layers) -> float:
    """Lines of room for links that lead back."""
    back = sum(found.back(link) for link in found.links)
    return 0.8 + 0.75 * _LANE * back if back else 0.0


def _box(axes: Axes, name: str, place: tuple[int, float], letters: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    more = name.startswith("and ") and name.strip().endswith("more")
    corner = (place[0] - _BOX, place[1] - _TALL)
    axes.add_patch(
        FancyBboxPatch(
            corner,
            2 * _BOX,
            2 * _TALL,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor="white",
            edgecolor=GREY if more else INK,
            linewidth=0.8,
            linestyle="--" if more else "-",
            zorder=3,
        )
    )
    axes.text(
        *place,
        label(name.strip(), min(letters, 26), 2 if letters > 15 else 3),
        ha="center",
        va="center",
        fontsize=7.5 if letters > 15 else 7,
        zorder=4,
    )


def _wide(link: Point, whole: float) -> float:
    size = link.value if link.value is not None else link.low
    return 1.0 + _WIDEST * min(size or 0.0, whole) / whole


def _link(axes: Axes, link: Point, curve: Sequence[tuple[float, float]], whole: float, color: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    known = bool(link.value or link.low)
    axes.add_patch(
        PathPatch(
            Path(curve, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]),
            fill=False,
            edgecolor=color if known else GREY,
            alpha=0.55 if known else 0.9,
            linewidth=_wide(link, whole),
            linestyle="-" if known else (0, (4, 3)),
            capstyle="butt",
            zorder=1,
        )
    )


def _short(link: Point, unit: str) -> str:
    """Its value, or its bounds where there is none: the table has both."""
    return point_text(Point("", link.value) if link.value is not None else link, unit)


def _number(axes: Axes, said: str, place: tuple[float, float], side: str, wide: float) -> None:
    """The number of a link beside its end (`side` of the text), above the line."""
    if said != "unknown":
        beside = ({"left": 4, "right": -4, "center": 0}[side], wide / 2 + 1)
        axes.annotate(said, place, beside, textcoords="offset points", ha=side, va="bottom", fontsize=7, zorder=5)
