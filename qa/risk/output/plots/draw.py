"""Draws charts to SVG and PNG: the same chart gives the same bytes."""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from graph.errors import SettingsError
from qa.risk.envelope import Chart
from qa.risk.output.plots import bars, distribution, flow
from qa.risk.output.plots.style import TITLE, WIDTH, settings
from qa.risk.output.plots.told import told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI = 160
_DRAWING = threading.Lock()  # matplotlib's settings are one for the whole process
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')


class Drawing(Protocol):
    """How a kind of chart is drawn: `height` in inches, then onto axes."""

    def height(self, chart: Chart) -> float:
        """Inches that it needs."""

    def draw(self, axes: Axes, chart: Chart) -> None:
        """Draw it."""


_KINDS: dict[str, Drawing] = {"bars": bars, "flow": flow, "distribution": distribution}


def picture(charts: Sequence[Chart], format: str, kind: str) -> bytes:
    """All charts of a report (`kind`), one below the other, as “svg” or “png”.

    Raises SettingsError if there is none to draw.
    """
    drawn = [chart for chart in charts if chart.points]
    if not drawn:
        raise SettingsError(f"this {kind} report has nothing to draw; ask for text, csv, markdown or html")
    return _render(drawn, format, titled=True)


def inline_svg(charts: Sequence[Chart]) -> list[tuple[str, str]]:
    """Each chart as an `<svg>` element to stand in a page, told in words for who cannot see it; and its title."""
    return [(_inline(chart), chart.title) for chart in charts if chart.points]


def _inline(chart: Chart) -> str:
    text = _render([chart], "svg", titled=False).decode()
    element = _GROUP_ID.sub(r"\1", text[text.index("<svg") :])
    return element.replace("<svg", f'<svg role="img" aria-label="{escape(told(chart))}"', 1).strip()


def _render(charts: Sequence[Chart], format: str, *, titled: bool) -> bytes:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    heights = [_KINDS[chart.kind].height(chart) + (0.4 if titled else 0) for chart in charts]
    stream = io.BytesIO()
    width = max(flow.width(chart) if chart.kind == "flow" else WIDTH for chart in charts)
    with _DRAWING, matplotlib.rc_context(settings()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")  # drawn as a box; SVG keeps the letter
        figure = Figure(figsize=(width, sum(heights)), layout="constrained")
        FigureCanvasAgg(figure)
        grid = figure.subplots(len(charts), 1, squeeze=False, height_ratios=heights)
        for axes, chart in zip(grid[:, 0], charts, strict=True):
            _KINDS[chart.kind].draw(axes, chart)
            if titled:
                axes.set_title(chart.title, **TITLE)
        none: dict[str, Any] = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
        figure.savefig(stream, format=format, dpi=_DPI, metadata=none, transparent=not titled)
    return stream.getvalue()
