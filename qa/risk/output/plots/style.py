"""What all charts look like: a palette that colour-blind people tell apart (Okabe and Ito), fonts, fixed SVG ids."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import Any

BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#8A8A8A", "#222222"
PALE = "#DCE9F2"

RC: Any = {
    "svg.hashsalt": "tollgraph",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,
}
TITLE: dict[str, Any] = {"loc": "left", "fontsize": 11, "fontweight": "bold"}


def label(text: str, width: int, lines: int = 2) -> str:
    """A name in at most so many lines, shortened with “…” where it does not fit.

    >>> label("Semiconductor Manufacturing International Corporation", 24)
    'Semiconductor\\nManufacturing…'
    """
    found = wrap(text, width) or [""]
    if len(found) <= lines:
        return "\n".join(found)
    last = shorten(f"{found[lines - 1]} …", width, placeholder="…").replace(" …", "…")
    return "\n".join((*found[: lines - 1], last))
