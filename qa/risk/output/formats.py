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
class Format:
    """`write(report, table)` gives its bytes; `table` is the key of the one table to write, where only one fits."""

    media_type: str
    suffixes: tuple[str, ...]
    write: Callable[[Result | Report, str | None], bytes]
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


def _text(report: Result | Report, _: str | None) -> bytes:
    from qa.risk.envelope import Result
    from qa.risk.output.text import text
    from qa.risk.render import render

    return (text(report) if isinstance(report, Result) else render(report)).encode()


def _json(report: Result | Report, _: str | None) -> bytes:
    from graph.contract import dumps

    return (dumps(report.to_json(), indent=2) + "\n").encode("utf-8", "backslashreplace")


FORMATS = {
    "text": Format("text/plain", (".txt",), _text),
    "json": Format("application/json", (".json",), _json),
}
