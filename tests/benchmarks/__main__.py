"""Speed and memory in one table: python -m tests.benchmarks [NAME…]. Exits 1 if a goal is missed."""

import sys

from rich.console import Console
from rich.table import Table

from tests.benchmarks import measures

MEASURES = {m.__name__: m for m in (measures.memory, measures.start_up, measures.ingest, measures.ask)}


def main(names: list[str]) -> int:
    """Run the measurements of those names (all: none) in the order of MEASURES."""
    if unknown := set(names) - set(MEASURES):
        print(f"no measurement {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    rows = [measure() for name, measure in MEASURES.items() if not names or name in names]
    table = Table("what", "measured", "goal", "", "detail")
    for row in rows:
        sign = "≤" if row.most else "≥"
        measured, goal = f"{row.value:.2f} {row.unit}", f"{sign} {row.goal:g} {row.unit}"
        table.add_row(row.name, measured, goal, "met" if row.met else "MISSED", row.detail)
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
