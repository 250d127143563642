"""Derived views remember the store version they were built from and are rebuilt, or brought up, when it moves on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from graph.store.protocol import Store
from graph.store.touched import Touched

T = TypeVar("T")

KEPT = 16


class _Views:
    """The views of one store at one version, the least recently used dropped beyond `KEPT`."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.views: OrderedDict[Hashable, object] = OrderedDict()


@dataclass(slots=True)
class _Followed:
    """A view that is brought up, and the version it is of."""

    version: int
    view: object


_stores: WeakKeyDictionary[Store, _Views] = WeakKeyDictionary()
_followed: WeakKeyDictionary[Store, OrderedDict[Hashable, _Followed]] = WeakKeyDictionary()
_lasting: WeakKeyDictionary[Store, dict[Hashable, object]] = WeakKeyDictionary()
_lock = threading.RLock()


def per_version(store: Store, key: Hashable, build: Callable[[], T]) -> T:
    """`build()`, or what it returned before for the same key if the store has not been written since.

    What is returned is shared between callers and must not be changed. `key` names the builder and all its arguments.
    """
    with _lock:
        version = store.version()
        kept = _stores.get(store)
        if kept is None or kept.version != version:
            kept = _stores[store] = _Views(version)
        if key not in kept.views:
            kept.views[key] = build()
            while len(kept.views) > KEPT:
                kept.views.popitem(last=False)
        kept.views.move_to_end(key)
        return cast("T", kept.views[key])


def followed(store: Store, key: Hashable, build: Callable[[], T], follow: Callable[[T, Touched], T]) -> T:
    """`build()`, and after writes what `follow` makes of the view before and of what the writes touched.

    Built anew where the store cannot tell that. What is returned is shared and must not be changed, not by `follow`
    either, which may be told of writes that the view before has in it.
    """
    with _lock:
        version = store.version()
        kept = _followed.setdefault(store, OrderedDict())
        held = kept.pop(key, None)
        touched = store.touched(held.version) if held is not None and held.version != version else None
        if held is None or (held.version != version and touched is None):
            held = _Followed(version, build())
        elif touched is not None:
            held = _Followed(version, follow(cast("T", held.view), touched))
        kept[key] = held
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return cast("T", held.view)


def per_store(store: Store, key: Hashable, build: Callable[[], T]) -> T:
    """`build()`, made once for a store and kept through its writes: for memories whose parts know what they are of."""
    with _lock:
        kept = _lasting.setdefault(store, {})
        if key not in kept:
            kept[key] = build()
        return cast("T", kept[key])
