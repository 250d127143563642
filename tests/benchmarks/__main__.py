"""Speed and memory in one table: python -m tests.benchmarks [NAME…] [--claims N,N…]. Exits 1 if a goal is missed.

`--claims` are the sizes for `scale` and `answers`; 100,000 take some minutes.
"""

import sys
from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.benchmarks import answers, cascade, cuts, measures, passages, whatif

MEASURES: dict[str, Callable[[], measures.Row | list[measures.Row]]] = {
    m.__name__: m
    for m in (
        measures.memory,
        measures.flat,
        measures.growth,
        measures.start_up,
        measures.ingest,
        measures.ask,
        passages.passages,
        answers.answers,
        measures.scale,
        cascade.cascade,
        cuts.cuts,
        whatif.whatif,
    )
}


def main(names: list[str]) -> int:
    """Run the measurements of those names (none: all), print the table."""
    if "--claims" in names:
        at = names.index("--claims")
        sizes = tuple(int(size) for size in names[at + 1].split(","))
        names = names[:at] + names[at + 2 :]
        MEASURES["answers"] = partial(answers.answers, sizes)
        MEASURES["scale"] = partial(measures.scale, sizes, sizes[-1] if len(sizes) == 1 else sizes[-2])
    if unknown := set(names) - set(MEASURES):
        print(f"no measurement {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    table = Table("what", "measured", "goal", "", "detail")
    missed = 0
    for name in names or MEASURES:
        try:
            found = MEASURES[name]()
        except Exception as error:  # noqa: BLE001 - one that breaks must not hide the others
            missed += 1
            table.add_row(name, "–", "–", "FAILED", escape(f"{type(error).__name__}: {error}"))
            continue
        for row in found if isinstance(found, list) else [found]:
            missed += not row.met
            measured, goal = f"{row.value:.2f} {row.unit}", f"{'≤' if row.most else '≥'} {row.goal:g} {row.unit}"
            table.add_row(row.name, measured, goal, "met" if row.met else "MISSED", row.detail)
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
