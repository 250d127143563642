"""A catalogue that lacks whatever a text names: the text is read as if nobody had heard of its firms and products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from graph.catalogue import Catalogue, CatalogueEntry
from graph.text.name_tokens import fold_name
from graph.text.names import NameMatcher

_KEPT = frozenset({"Place", "Technology"})
_THINGS = frozenset({"Chip", "Product", "Model"})
_REFERENCES = ("parent", "family", "maker", "organization", "metonym_for")


def without_named(known: Catalogue, text: str) -> Catalogue:
    """The catalogue without the entries that a text names, and without those that their absence lets a text name.

    Places, technologies and kinds of thing that are nobody's (DRAM, copper) stay: those are there tomorrow, too.
    """
    entries = known.entries
    while named := {e.id for s in NameMatcher(entries).find(text) for e in s.candidates if _is_masked(e)}:
        entries = tuple(e for e in entries if e.id not in named)
    return Catalogue(_mended(entries))


def _is_masked(entry: CatalogueEntry) -> bool:
    kind = entry.type in _THINGS and not (entry.maker or entry.family)
    return not kind and entry.type not in _KEPT


def _mended(entries: Iterable[CatalogueEntry]) -> Iterator[CatalogueEntry]:
    """The entries without references to those that are gone, and without names that are shared no more."""
    left = tuple(entries)
    labels = {e.label for e in left}
    bearers: dict[str, set[str]] = {}
    for entry in left:
        for name in entry.names:
            bearers.setdefault(fold_name(name), set()).add(entry.id)
    for entry in left:
        changes: dict[str, Any] = {field: None for field in _REFERENCES if getattr(entry, field) not in labels}
        changes["shared"] = tuple(name for name in entry.shared if len(bearers[fold_name(name)]) > 1)
        yield replace(entry, **changes)
