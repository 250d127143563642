"""Ending a long command from outside: Ctrl-C, or the SIGTERM of a system that shuts down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(Exception):  # noqa: N818 (no error: somebody wanted it)
    """The command was ended by a signal; says what it had done by then."""


class Interrupts:
    """Ctrl-C and SIGTERM as KeyboardInterrupt, but never in the middle of what must be whole."""

    def __init__(self) -> None:
        self._held = self._waiting = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """The handler of both signals."""
        if not self._held:
            raise KeyboardInterrupt
        self._waiting = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """A signal that comes while the block runs counts when it is over."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._waiting:
            raise KeyboardInterrupt


@contextmanager
def terminable() -> Iterator[Interrupts]:
    """SIGTERM ends the block as Ctrl-C does, so that the graph is closed in order."""
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    before = {number: signal.signal(number, interrupts) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
