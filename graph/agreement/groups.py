"""Things joined in pairs, as the groups that hang together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def joined(items: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The groups of the items that the pairs connect, each and all in the order of the items."""
    parent: dict[T, T] = {item: item for item in items}

    def root(item: T) -> T:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in pairs:
        parent[root(b)] = root(a)
    groups: dict[T, list[T]] = {}
    for item in parent:
        groups.setdefault(root(item), []).append(item)
    return list(groups.values())
