"""What our engine got wrong in question suites, question by question, for whoever works on the parser.

This quotes the data sets, so it is a file to read and to throw away, no part of a report. Nothing of what is held out
stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from api.evaluation.foreign.abstention import Abstention
from api.evaluation.foreign.asked import Asked, Said
from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.results import OURS, AnswersResult, EvaluationReport
from graph.contract import Json

_ROWS = 12


def write_misses(report: EvaluationReport, path: Path) -> None:
    """Write the misses, one JSON object a line. Raises OSError as the file system says it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in misses(report))
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def misses(report: EvaluationReport) -> Iterator[Json]:
    """One object a miss of ours, with question, gold, and what was said and understood."""
    for result in report.results:
        if result.system != OURS:
            continue
        match result:
            case AnswersResult() if not result.held_out:
                yield from _of_answers(result)
            case GraphAnswers():
                yield from (_row(result.suite, o.asked, o.said, o.cause) for o in result.listed)
            case Abstention():
                yield from (_row(result.suite, t.asked, t.said, t.verdict) for t in result.misses)
            case _:
                pass


def _row(suite: str, asked: Asked, said: Said, cause: str) -> Json:
    return {
        "suite": suite,
        "id": asked.id,
        "graph": asked.graph,
        "kind": asked.kind,
        "after": asked.after,
        "question": asked.text,
        "cause": cause,
        "gold_query": asked.query,
        "gold": _some(asked.gold),
        "said": _some([[cell[0] if cell else None for cell in row] for row in said.rows]),
        "answer": said.prose,
        "understood": said.understood,
        "query": said.query,
        "confidence": said.confidence,
    }


def _some(rows: Iterable[Iterable[Any]]) -> Json:
    listed = [list(row) for row in rows]
    return {"n": len(listed), "rows": listed[:_ROWS]}


def _of_answers(result: AnswersResult) -> Iterator[Json]:
    for outcome in result.outcomes:
        if not outcome.right:
            said = outcome.answer or {}
            yield {
                "suite": result.suite,
                "id": outcome.question.id,
                "kind": outcome.question.kind,
                "after": outcome.question.after,
                "question": outcome.question.text,
                "cause": outcome.verdict,
                "gold": outcome.question.gold,
                "said": said.get("values"),
                "answer": said.get("answer"),
                "understood": said.get("interpretation"),
            }
