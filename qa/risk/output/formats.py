"""The formats of risk reports, by name: what each is called on the wire and on disk, and how it is written.

Light to import: the command line lists the names. What writes a format is loaded when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from graph.errors import SettingsError

if TYPE_CHECKING:
    from qa.risk.envelope import Result
    from qa.risk.report import Report


@dataclass(frozen=True, slots=True)
class Layout:
    """What a format may be told: the one table to write where only one fits (None: the first), columns of text."""

    table: str | None = None
    width: int = 80


@dataclass(frozen=True, slots=True)
class Format:
    """`write(report, layout)` gives its bytes."""

    media_type: str
    suffixes: tuple[str, ...]
    write: Callable[[Result | Report, Layout], bytes]
    binary: bool = False


def by_suffix(name: str) -> str | None:
    """The format that a file's name tells; None without a suffix. Raises SettingsError for a suffix of no format.

    >>> by_suffix("memo.md"), by_suffix("memo")
    ('markdown', None)
    """
    suffix = PurePath(name).suffix.lower()
    if not suffix:
        return None
    for known, one in FORMATS.items():
        if suffix in one.suffixes:
            return known
    raise SettingsError(f"{name} tells no format: give --format {'|'.join(FORMATS)}")


def _text(report: Result | Report, how: Layout) -> bytes:
    from qa.risk.output.text import text
    from qa.risk.output.traced import result_of

    return (text(result_of(report), width=how.width) + "\n").encode("utf-8", "backslashreplace")


def _json(report: Result | Report, _: Layout) -> bytes:
    from graph.contract import dumps

    return (dumps(report.to_json(), indent=2) + "\n").encode("utf-8", "backslashreplace")


def _csv(report: Result | Report, how: Layout) -> bytes:
    from qa.risk.output.csv_table import csv_table
    from qa.risk.output.traced import result_of

    return csv_table(result_of(report), how.table).encode("utf-8", "backslashreplace")


def _markdown(report: Result | Report, _: Layout) -> bytes:
    from qa.risk.output.markdown import markdown
    from qa.risk.output.traced import result_of

    return markdown(result_of(report)).encode("utf-8", "backslashreplace")


def _html(report: Result | Report, _: Layout) -> bytes:
    from qa.risk.output.html import html
    from qa.risk.output.traced import result_of

    return html(result_of(report)).encode("utf-8", "xmlcharrefreplace")


def _svg(report: Result | Report, _: Layout) -> bytes:
    return _picture(report, "svg")


def _png(report: Result | Report, _: Layout) -> bytes:
    return _picture(report, "png")


def _picture(report: Result | Report, format: str) -> bytes:
    from qa.risk.output.plots.draw import picture
    from qa.risk.output.traced import result_of

    return picture(result_of(report).charts, format, report.kind)


FORMATS = {
    "text": Format("text/plain", (".txt",), _text),
    "json": Format("application/json", (".json",), _json),
    "csv": Format("text/csv", (".csv",), _csv),
    "markdown": Format("text/markdown", (".md", ".markdown"), _markdown),
    "html": Format("text/html", (".html", ".htm"), _html),
    "svg": Format("image/svg+xml", (".svg",), _svg),
    "png": Format("image/png", (".png",), _png, binary=True),
}
