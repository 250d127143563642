"""The tables of a report as rows of cells, for the page and for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from api.evaluation.claims_score import PageScore
from api.evaluation.results import AnswersResult, ClaimsResult
from api.evaluation.tally import Tally

Rows = list[list[str]]


def rate(value: float | None) -> str:
    """Three decimals, or a dash where nothing was measured."""
    return "–" if value is None else f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.2f}"


def _prf(tally: Tally) -> str:
    return " / ".join(rate(x) for x in (tally.precision, tally.recall, tally.f1))


def claims_header(first: str) -> list[str]:
    """Headings for the cells of `claims_cells`."""
    measured = ["entities", "relations", "metrics strict", "metrics relaxed"]
    return [first, *measured, "modality", "attribution", "claims", "bad spans"]


def claims_cells(score: PageScore) -> list[str]:
    """The figures of one article or total."""
    tallies = (score.entity, score.relation, score.metric_strict, score.metric_relaxed)
    rates = (score.modality.precision, score.attribution.precision)
    return [*map(_prf, tallies), *map(rate, rates), str(score.claims), str(score.violations)]


def claims_rows(results: Sequence[ClaimsResult]) -> Rows:
    """One row a system and suite."""
    return [claims_header("suite"), *([_name(r), *claims_cells(r.total)] for r in results)]


def answers_rows(results: Sequence[AnswersResult]) -> Rows:
    """One row a system and suite."""
    verdicts = ("right", "refused rightly", "wrong", "false answer", "no answer")
    head = ["suite", "questions", "accuracy", *verdicts, "bad spans"]
    return [
        head,
        *(
            [_name(r), str(len(r.outcomes)), rate(r.accuracy), *(str(r.count(v)) for v in verdicts), str(r.violations)]
            for r in results
        ),
    ]


def kinds_rows(results: Sequence[AnswersResult]) -> Rows:
    """Kinds of question down, suites across."""
    kinds = sorted({kind for r in results for kind in r.by_kind})
    rows = [["kind", *(_name(r) for r in results)]]
    for kind in kinds:
        counts = [r.by_kind.get(kind) for r in results]
        rows.append([kind, *(f"{right[0]} / {right[1]}" if right else "–" for right in counts)])
    return rows


def _name(result: ClaimsResult | AnswersResult) -> str:
    return f"{result.suite}: {result.system}"
