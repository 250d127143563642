"""What a page's JSON-LD (schema.org) says of its article: headline, day, publisher, authors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ingest.document import Metadata, parse_day

_ARTICLES = ("Article", "BlogPosting", "Report")
_DEEPEST = 6


def article_data(blocks: list[str]) -> Metadata:
    """The metadata of the first article among the page's JSON-LD blocks; blocks that are no JSON are passed over."""
    for block in blocks:
        try:
            found = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found, _DEEPEST):
            if any(str(kind).endswith(_ARTICLES) for kind in _list(node.get("@type"))):
                return Metadata(
                    title=_name(node.get("headline")) or _name(node.get("name")),
                    published=parse_day(_name(node.get("datePublished")) or ""),
                    outlet=_name(node.get("publisher")),
                    author="; ".join(dict.fromkeys(filter(None, map(_name, _list(node.get("author")))))) or None,
                )
    return Metadata()


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object in the value, outermost first."""
    if isinstance(value, dict):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inside if depth else ():
        yield from _nodes(item, depth - 1)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str | None:
    """A name that is given as text, or as an object that bears it; addresses are none."""
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) and name.strip() and "://" not in name else None
