"""What all charts look like: a palette that colour-blind people tell apart (Okabe and Ito), fonts, fixed SVG ids."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import Any

BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#8A8A8A", "#222222"
PALE = "#DCE9F2"
WIDTH = 8.0  # inches

RC: Any = {
    "svg.hashsalt": "tollgraph",
    "svg.fonttype": "none",
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
# The first is part of matplotlib; one of the others draws Chinese, Japanese and Korean where it is installed.
_FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
)

TITLE: dict[str, Any] = {"loc": "left", "fontsize": 11, "fontweight": "bold"}


def settings() -> Any:
    """The settings to draw with, fonts among them that are there."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    return RC | {"font.family": [name for name in _FONTS if name in there]}


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
