"""Where in a table a claim is from: fragments of RFC 7111, such as `cell=17,2;17,5`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Claim

TABLES = "tables@"
"""What the names of extractors of tables begin with."""
_CELL = re.compile(r"(\d+),(\d+)")


def of_table(claims: Sequence[Claim]) -> bool:
    """Whether the claims of a document are from a table."""
    return bool(claims) and any(place.locator for place in claims[0].evidence)


def spoken(locator: str) -> str:
    """A locator in words: `cell=17,2;17,5` → “row 17, columns 2 and 5”; what is none comes back as it is."""
    kind, _, places = locator.partition("=")
    if kind == "row":
        return f"row {places}"
    cells = _CELL.findall(places)
    if kind != "cell" or len({row for row, _ in cells}) != 1:
        return locator
    columns = [column for _, column in cells]
    said = " and ".join(filter(None, (", ".join(columns[:-1]), columns[-1])))
    return f"row {cells[0][0]}, column{'s' if len(columns) > 1 else ''} {said}"
