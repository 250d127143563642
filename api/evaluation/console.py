"""The tables of a report on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.evaluation.results import OURS, EvaluationReport
from api.evaluation.tables import Rows, public_sets, summary

if TYPE_CHECKING:
    from rich.console import Console


def print_report(report: EvaluationReport, console: Console) -> None:
    """Print what docs/evaluation.md has on top: the tables, then the suites that were skipped."""
    _print_table(summary(report), console, words=2)
    _print_table(public_sets(report), console, words=3)
    systems = dict.fromkeys(f"{r.suite}: {r.system}" for r in report.results if r.system != OURS)
    if systems:
        console.print(f"baselines: {'; '.join(systems)}", style="dim", soft_wrap=True)
    for skipped in report.skipped:
        console.print(f"skipped {skipped.suite}: {skipped.reason}", soft_wrap=True)


def _print_table(rows: Rows, console: Console, *, words: int) -> None:
    """Print a table unless it is empty; the first `words` columns hold words, the others numbers."""
    from rich.table import Table

    head, *body = rows
    if not body:
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, name in enumerate(head):
        table.add_column(name, justify="left" if number < words else "right", no_wrap=True)
    last = None
    for suite, *cells in body:
        table.add_row("" if suite == last else suite, *cells)
        last = suite
    console.print(table)
