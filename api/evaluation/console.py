"""The tables of a report on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.results import EvaluationReport
from api.evaluation.tables import Rows, first_baselines, public_sets, summary
from api.evaluation.tables_questions import graphs, losses, questions, refusals

if TYPE_CHECKING:
    from rich.console import Console


def print_report(report: EvaluationReport, console: Console) -> None:
    """Print what docs/evaluation.md has on top: the tables, then the suites that were skipped."""
    _print_table(summary(report), console, words=2)
    _print_table(public_sets(report), console, words=3)
    _print_table(questions(report), console, words=2)
    for suite in dict.fromkeys(r.suite for r in report.results if isinstance(r, GraphAnswers)):
        _print_table(graphs(report, suite), console, words=1)
    _print_table(refusals(report), console, words=2)
    _print_table(losses(report), console, words=1)
    if named := first_baselines(report):
        console.print(f"baselines: {'; '.join(named)}", style="dim", soft_wrap=True)
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
