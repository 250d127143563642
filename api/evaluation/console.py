"""The tables of a report on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.evaluation.results import AnswersResult, ClaimsResult, EvaluationReport
from api.evaluation.tables import Rows, answers_rows, claims_rows, kinds_rows

if TYPE_CHECKING:
    from rich.console import Console


def print_report(report: EvaluationReport, console: Console) -> None:
    """Print what docs/evaluation.md has on top: one table for claims, two for questions."""
    claims = [r for r in report.results if isinstance(r, ClaimsResult)]
    answers = [r for r in report.results if isinstance(r, AnswersResult)]
    if claims:
        _table("Claims (precision / recall / F1)", claims_rows(claims), console)
    if answers:
        _table("Questions", answers_rows(answers), console)
        _table("Questions by kind (right / asked)", kinds_rows(answers), console)


def _table(title: str, rows: Rows, console: Console) -> None:
    from rich.table import Table

    head, *body = rows
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number else "left")
    for cells in body:
        table.add_row(*cells)
    console.print(table)
