"""How many costly things may run at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from graph.errors import StoreError


class Slots:
    """`number` places; who finds none free waits, and is sent away when it takes too long."""

    def __init__(self, number: int) -> None:
        self._places = BoundedSemaphore(number)

    @contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Hold a place while the block runs. Raises StoreError if none was free within `seconds`."""
        if not self._places.acquire(timeout=seconds):
            raise StoreError("too many queries run already; try again in a moment")
        try:
            yield
        finally:
            self._places.release()
