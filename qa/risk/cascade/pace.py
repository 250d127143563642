"""How a long simulation says how far it is, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.errors import QueryError


class StoppedError(QueryError):
    """A simulation that its caller stopped before its end; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`progress` gets (scenarios done, of how many) after each block; `stop` is asked in every round."""

    progress: Callable[[int, int], None] | None = None
    stop: Callable[[], bool] | None = None

    def check(self) -> None:
        """Raises StoppedError when asked to stop."""
        if self.stop is not None and self.stop():
            raise StoppedError("the simulation was stopped before its end; run it again for a result")

    def done(self, scenarios: int, of: int) -> None:
        """Say how far it is."""
        if self.progress is not None:
            self.progress(scenarios, of)

    def blocks(self, scenarios: int, width: int) -> Iterator[slice]:
        """Blocks of so many scenarios, each told as done when the next is asked for."""
        for begin in range(0, scenarios, width):
            block = slice(begin, min(begin + width, scenarios))
            yield block
            self.done(block.stop, scenarios)
