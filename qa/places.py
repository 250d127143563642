"""One place under its several names: “American”, “U.S.” and “US” say the same of a part."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.catalogue import catalogue
from qa.words import lemmas


@cache
def _names() -> dict[str, frozenset[str]]:
    """The stems of one-word names and adjectives of places, each with all those of its place."""
    out: dict[str, frozenset[str]] = {}
    for entry in catalogue().entries:
        if entry.type == "Place":
            stems = frozenset(s[0] for name in (*entry.names, *entry.demonyms) if len(s := lemmas(name)) == 1)
            out |= dict.fromkeys(stems, stems)
    return out


def missing(asked: Iterable[str], told: frozenset[str]) -> set[str]:
    """The stems that are not told, not even by another name of the same place.

    >>> missing(["american", "smartphon"], frozenset({"u.s", "commercial"}))
    {'smartphon'}
    """
    return {stem for stem in asked if stem not in told and not _names().get(stem, frozenset()) & told}
