"""The tables of a report as rows of cells, for the page and for the terminal. The first row is the heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.evaluation.claims_score import PageScore
from api.evaluation.public.base import PublicResult
from api.evaluation.results import OURS, AnswersResult, ClaimsResult, EvaluationReport, Result, SpansResult
from api.evaluation.tally import Tally

Rows = list[list[str]]
DASH = "–"


def rate(value: float | None) -> str:
    """Three decimals, or a dash where nothing was measured.

    >>> rate(0.5), rate(1.0), rate(None)
    ('.500', '1.000', '–')
    """
    return DASH if value is None else f"{value:.3f}".removeprefix("0")


def summary(report: EvaluationReport) -> Rows:
    """All articles in one table: a row for each suite and measure, this project and the first baseline side by side."""
    rows = [["suite", "measured", OURS, "baseline"]]
    measured = [result for result in report.results if isinstance(result, SpansResult | ClaimsResult | AnswersResult)]
    for suite in dict.fromkeys(result.suite for result in measured):
        found = [result for result in measured if result.suite == suite]
        ours = [measured for result in found if result.system == OURS for measured in _measured(result)]
        first = next((result for result in found if result.system != OURS), None)
        theirs = dict(_measured(first)) if first else {}
        rows += [[suite, name, cell, theirs.get(name, DASH)] for name, cell in ours]
    return rows


def first_baselines(report: EvaluationReport) -> list[str]:
    """Which baseline stands in `summary`, suite by suite."""
    found: dict[str, str] = {}
    for result in report.results:
        if isinstance(result, ClaimsResult | AnswersResult) and result.system != OURS:
            found.setdefault(result.suite, result.system)
    return [f"{suite}: {system}" for suite, system in found.items()]


def public_sets(report: EvaluationReport) -> Rows:
    """The public sets: a row for each figure of each system; n is the number of gold units behind it."""
    found = [result for result in report.results if isinstance(result, PublicResult)]
    rows = [[r.suite, r.system, f.name, rate(f.value), str(f.n)] for r in found for f in r.figures]
    return [["suite", "system", "figure", "value", "n"], *rows]


def _measured(result: Result) -> Iterator[tuple[str, str]]:
    match result:
        case SpansResult():
            yield f"bad spans, {result.place}", f"{len(result.wrong)} of {result.pieces} in {result.claims} claims"
        case ClaimsResult():
            yield from _claims_measured(result.total)
        case AnswersResult():
            yield from _answers_measured(result)


def _claims_measured(score: PageScore) -> Iterator[tuple[str, str]]:
    yield "entities P / R / F1", prf(score.entity)
    yield "relations P / R / F1", prf(score.relation)
    yield "metric claims strict P / R / F1", prf(score.metric_strict)
    yield "metric claims relaxed P / R / F1", prf(score.metric_relaxed)
    yield "modality right", rate(score.modality.precision)
    yield "attribution right", rate(score.attribution.precision)


def _answers_measured(result: AnswersResult) -> Iterator[tuple[str, str]]:
    asked, refuse = len(result.outcomes), result.refusals
    yield "right or refused rightly", f"{rate(result.accuracy)} ({sum(o.right for o in result.outcomes)} of {asked})"
    yield "right", f"{result.count('right')} of {asked - refuse}"
    yield "wrong", f"{result.count('wrong')} of {asked - refuse}"
    yield "no answer", f"{result.count('no answer')} of {asked - refuse}"
    yield "refused rightly", f"{result.count('refused rightly')} of {refuse}"
    yield "answered instead of refused", f"{result.count('false answer')} of {refuse}"


def prf(tally: Tally) -> str:
    """Precision, recall and F1 in one cell."""
    return " / ".join(rate(x) for x in (tally.precision, tally.recall, tally.f1))


def pages(result: ClaimsResult) -> Rows:
    """A suite of claims article by article."""
    measured = ["entities", "relations", "metrics strict", "metrics relaxed", "modality", "attribution"]
    rows = [["article", *measured, "claims", "bad spans"]]
    for stem, score in result.pages.items():
        cells = [cell for _, cell in _claims_measured(score)]
        rows.append([stem, *cells, str(score.claims), str(score.violations)])
    return rows


def kinds(results: Sequence[AnswersResult]) -> Rows:
    """Kinds of question down, suites and systems across: right / asked."""
    rows = [["kind", *(f"{r.suite}: {r.system}" for r in results)]]
    for kind in sorted({kind for r in results for kind in r.by_kind}):
        counts = [r.by_kind.get(kind) for r in results]
        rows.append([kind, *(f"{right[0]} / {right[1]}" if right else DASH for right in counts)])
    return rows
