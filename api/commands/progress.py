"""A bar on stderr for what takes a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(words: str, *, shown: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A bar that is told `(done, total, of what)`, if stderr is a terminal; gone when it is over."""
    if not (shown and sys.stderr.isatty()):
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(words, total=None)

        def follow(done: int, total: int, name: str) -> None:
            progress.update(task, total=total, completed=done, description=escape(f"{words} {name}".rstrip()))

        yield follow
