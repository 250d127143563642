"""What became of the rows of a table: how many were read, what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph.contract import Json

_EXAMPLES = 3


@dataclass(slots=True)
class Tally:
    """Rows read, how many of them are `faulty`, and the faults by kind with the first few of each in words."""

    rows: int = 0
    faulty: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    _last: int = 0

    def fault(self, kind: str, row: int, words: str) -> None:
        """Note that something of a row was left out."""
        self.faulty += row != self._last
        self._last = row
        self.faults[kind] += 1
        first = self.examples.setdefault(kind, [])
        if len(first) < _EXAMPLES:
            first.append(f"row {row}: {words}")

    def lines(self) -> tuple[str, ...]:
        """Each kind of fault in a line, with its count and first examples."""
        return tuple(
            f"{count:,} skipped ({kind}): {'; '.join(self.examples[kind])}"
            + ("; …" if count > len(self.examples[kind]) else "")
            for kind, count in self.faults.items()
        )

    def to_json(self) -> Json:
        """Counts and examples for machines."""
        faults = [{"kind": k, "count": n, "examples": self.examples[k]} for k, n in self.faults.items()]
        return {"rows": self.rows, "rows_with_faults": self.faulty, "faults": faults}
