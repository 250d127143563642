"""docs/evaluation.md: the tables of a run, and what it got wrong, to read.

Articles that are not shipped are not quoted: of those, only ids, predicates and labels are listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.evaluation.answers_score import Outcome
from api.evaluation.claims_score import PageScore
from api.evaluation.results import OURS, AnswersResult, ClaimsResult, EvaluationReport
from api.evaluation.tables import answers_rows, claims_cells, claims_header, claims_rows, kinds_rows
from graph.contract import Json

_LONGEST_QUOTE = 160


def page(report: EvaluationReport) -> str:
    """The whole page."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: EvaluationReport) -> Iterator[str]:
    claims = [r for r in report.results if isinstance(r, ClaimsResult)]
    answers = [r for r in report.results if isinstance(r, AnswersResult)]
    yield "# Evaluation"
    yield ""
    yield f"Written by `make eval` on {report.day} for version {report.version}; do not edit. What is measured, and by which"
    yield "conventions: [decision 0004](decisions/0004-evaluation.md). Each cell is precision / recall / F1 unless said otherwise."
    yield ""
    if claims:
        yield from _section("Claims", claims_rows(claims))
    if answers:
        yield from _section("Questions", answers_rows(answers))
        yield from _section("Questions by kind: right / asked", kinds_rows(answers))
    yield from _agreement([*claims, *answers])
    for result in claims:
        if result.system == OURS:
            rows = [claims_header("article"), *([stem, *claims_cells(s)] for stem, s in result.pages.items())]
            yield from _section(f"{result.suite} by article", rows)
    for result in claims:
        if result.system == OURS:
            yield from _claim_misses(result)
    for answered in answers:
        if answered.system == OURS:
            yield from _answer_misses(answered)


def _section(title: str, rows: list[list[str]]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    head, *body = rows
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from (_row(cells) for cells in body)
    yield ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _agreement(results: list[ClaimsResult | AnswersResult]) -> Iterator[str]:
    checked = [r for r in results if r.agrees is not None]
    if not checked:
        return
    yield "The dev suites are measured with the scorer of their own folder, run as a program, and again with ours:"
    yield ", ".join(f"{r.suite} ({r.system}) {'agree' if r.agrees else '**differ**'}" for r in checked) + "."
    yield ""


def _shipped(suite: str) -> bool:
    return suite.startswith("sample-")


def _claim_misses(result: ClaimsResult) -> Iterator[str]:
    yield f"## {result.suite}: what was missed, what was wrong"
    yield ""
    for stem, score in result.pages.items():
        yield f"### {stem}"
        yield ""
        yield from _missed(score)
        yield from (f"- wrong: {_claim_line(claim, quoted=_shipped(result.suite))}" for claim in score.wrong)
        yield ""


def _missed(score: PageScore) -> Iterator[str]:
    yield from (f"- missed: {row.describe()} (sentence {row.sentence})" for row in score.missed)


def _claim_line(claim: Json, *, quoted: bool) -> str:
    object_ = claim["object"]
    if "unit" in object_:
        low, high = object_["low"], object_["high"]
        amount = f"{low}" if low == high else f"{'…' if low is None else low} to {'…' if high is None else high}"
        said = f"{claim.get('basis')} {amount} {object_['unit']}"
    else:
        said = object_.get("label") or object_.get("text", "")
    denied = "" if claim.get("polarity", True) else "not "
    line = f"{claim['subject']['label']} {denied}{claim['predicate']} {said}"
    return f"{line}: “{_quote(claim)}”" if quoted else line


def _quote(claim: Json) -> str:
    quote = " ".join(claim["evidence"][0]["quote"].split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"


def _answer_misses(result: AnswersResult) -> Iterator[str]:
    yield f"## {result.suite}: what was not right"
    yield ""
    for outcome in result.outcomes:
        if not outcome.right:
            yield _outcome_line(outcome, quoted=_shipped(result.suite))
    yield ""


def _outcome_line(outcome: Outcome, *, quoted: bool) -> str:
    question = outcome.question
    line = f"- {question.id} ({question.kind}): {outcome.verdict}"
    if not quoted:
        return line
    said = (outcome.answer or {}).get("answer") or "nothing"
    return f"{line}. {question.text} → {' '.join(said.split())}"
