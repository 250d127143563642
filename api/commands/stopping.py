"""Ending a long command from outside: Ctrl-C, or the SIGTERM of a system that shuts down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class Stopped(Exception):  # noqa: N818 (no error: somebody wanted it)
    """The command was ended by a signal; says what it had done by then."""


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM is KeyboardInterrupt too while the block runs, so that the graph is closed in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
