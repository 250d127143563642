"""docs/evaluation.md: the tables of a run, then what it got wrong, to read.

Articles that are not shipped are not quoted: of those, only ids, predicates, labels and amounts are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from api.evaluation.answers_score import Outcome
from api.evaluation.claims_score import PageScore
from api.evaluation.foreign.abstention import Abstention
from api.evaluation.foreign.result import HELD_OUT, GraphAnswers
from api.evaluation.gold import GoldClaim, amount_in_words
from api.evaluation.public.base import PublicResult
from api.evaluation.results import OURS, AnswersResult, ClaimsResult, EvaluationReport
from api.evaluation.tables import Rows, first_baselines, kinds, pages, public_sets, summary
from api.evaluation.tables_questions import graphs, losses, questions, refusals
from graph.contract import Json

_LONGEST_QUOTE = 160


def page(report: EvaluationReport) -> str:
    """The whole page; the same report gives the same page."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: EvaluationReport) -> Iterator[str]:
    claims = [r for r in report.results if isinstance(r, ClaimsResult)]
    answers = [r for r in report.results if isinstance(r, AnswersResult)]
    measured: list[ClaimsResult | AnswersResult] = [*claims, *answers]
    ours = [r for r in measured if r.system == OURS and not (isinstance(r, ClaimsResult) and r.totals_only)]
    yield "# Evaluation"
    yield ""
    yield f"Written by `tollgraph eval` (version {report.version}); do not edit. What is measured, and how:"
    yield "[decision 4](decisions/0004-evaluation.md). P / R / F1 are precision, recall and their harmonic mean."
    yield ""
    yield from _section("Scores", summary(report))
    if named := first_baselines(report):
        yield f"Baselines, measured in the same run: {'; '.join(named)}."
        yield ""
    yield from _agreement(measured)
    yield from _public(report)
    yield from _questions(report)
    yield from (f"Not run: {s.suite} ({s.reason}).\n" for s in report.skipped)
    if answers:
        yield from _section("Questions by kind: right / asked", kinds(answers))
    for result in claims:
        if result.system == OURS and not result.totals_only:
            yield from _section(f"{result.suite} by article", pages(result))
    if ours:
        yield "## Misses"
        yield ""
        yield from (f"- [{r.suite}](#{r.suite}-in-detail)" for r in ours)
        yield ""
    for found in ours:
        yield f"## {found.suite} in detail"
        yield ""
        yield from _claim_misses(found) if isinstance(found, ClaimsResult) else _answer_misses(found)
    yield from _public_misses(report)
    yield from _graph_misses(report)


def _section(title: str, rows: Rows) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    head, *body = rows
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from (_row(cells) for cells in body)
    yield ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(_one_line(cell).replace("|", "\\|") for cell in cells) + " |"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _agreement(results: Iterable[ClaimsResult | AnswersResult]) -> Iterator[str]:
    checked = [r for r in results if r.agrees is not None]
    if checked:
        yield "The dev suites are measured with the scorer of their own folder, run as a program, and again with ours:"
        yield ", ".join(f"{r.suite} ({r.system}) {'agree' if r.agrees else '**differ**'}" for r in checked) + "."
        yield ""


def _public(report: EvaluationReport) -> Iterator[str]:
    table = public_sets(report)
    if table[1:]:
        yield from _section("Public sets", table)


def _questions(report: EvaluationReport) -> Iterator[str]:
    """The suites of questions: all systems, then suite by suite, then what is refused."""
    table = questions(report)
    if table[1:]:
        yield from _section("Questions", table)
        yield "Shares of all questions: right (or rightly refused), wrong, not answered. Precision: right of what was"
        yield "answered, and of the surest quarter, half and three quarters of all questions. Strict: with all columns"
        yield "and duplicates as in gold."
        yield ""
    for suite in dict.fromkeys(r.suite for r in report.results if isinstance(r, GraphAnswers)):
        yield from _section(f"{suite} by graph and kind: right / asked", graphs(report, suite))
    if refusals(report)[1:]:
        yield from _section("Questions without an answer", refusals(report))
        yield from _section("What refusing costs", losses(report))


def _graph_misses(report: EvaluationReport) -> Iterator[str]:
    """Questions on foreign graphs that came out otherwise, by cause, as ids: none of their text."""
    for result in report.results:
        if result.system != OURS or not isinstance(result, GraphAnswers | Abstention):
            continue
        pairs = result.to_json()["misses"].items()
        causes = sorted({cause for _, cause in pairs}) if pairs else []
        if causes:
            yield f"## {result.suite} in detail"
            yield ""
            yield f"Misses by cause; of {', '.join(sorted(HELD_OUT))} only totals are shown."
            yield ""
            yield from (f"- {cause}: {'; '.join(name for name, why in pairs if why == cause)}" for cause in causes)
            yield ""


def _public_misses(report: EvaluationReport) -> Iterator[str]:
    """The rows of public sets that came out otherwise than in gold: ids and labels, none of their text."""
    for result in report.results:
        if isinstance(result, PublicResult) and result.misses:
            yield f"## {result.suite} in detail"
            yield ""
            yield from (f"- {line}" for line in result.misses)
            yield ""


def _claim_misses(result: ClaimsResult) -> Iterator[str]:
    yield "missed: a core fact that no claim states, at its sentence of the article; near: stated, but for another"
    yield "period or scope; wrong: a claim that gold does not have."
    yield ""
    for stem, score in result.pages.items():
        lines = list(_page_misses(score, quoted=result.quotable))
        if lines:
            yield f"### {stem}"
            yield ""
            yield from lines
            yield ""


def _page_misses(score: PageScore, *, quoted: bool) -> Iterator[str]:
    yield from (f"- missed: {row.describe()} (sentence {row.sentence})" for row in score.missed)
    yield from (f"- near: {_near_line(row, claim)}" for row, claim in score.near)
    yield from (f"- wrong: {_claim_line(claim, quoted=quoted)}" for claim in score.wrong)


def _near_line(row: GoldClaim, claim: Json) -> str:
    wanted = f"gold {_days(row.period)}, scope {row.scope or 'none'}"
    return (
        f"{row.describe()} ({claim['id']}): {wanted}; said {_days(claim['period'])}, scope {claim['scope'] or 'none'}"
    )


def _days(period: Any) -> str:
    if not isinstance(period, dict):
        return str(period or "no period")
    return f"{period.get('start') or '?'}/{period.get('end') or '?'}"


def _claim_line(claim: Json, *, quoted: bool) -> str:
    object_ = claim["object"]
    if "unit" in object_:
        said = f"{claim['basis'] or 'level'} {amount_in_words(object_)}"
    else:
        said = object_["label"] if "label" in object_ else object_["text"] if quoted else "(an event in words)"
    denied = "" if claim["polarity"] else "not "
    line = f"{claim['subject']['label']} {denied}{claim['predicate']} {said} ({claim['id']})"
    return f"{line}: “{_quote(claim)}”" if quoted and claim["evidence"] else line


def _quote(claim: Json) -> str:
    quote = _one_line(claim["evidence"][0]["quote"])
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"


def _answer_misses(result: AnswersResult) -> Iterator[str]:
    if result.held_out:
        yield "Held out: only totals are shown."
        yield ""
        return
    missed = [outcome for outcome in result.outcomes if not outcome.right]
    yield from (_outcome_line(outcome, quoted=result.quotable) for outcome in missed)
    if not missed:
        yield "None."
    yield ""


def _outcome_line(outcome: Outcome, *, quoted: bool) -> str:
    question = outcome.question
    line = f"- {question.id} ({question.kind}): {outcome.verdict}"
    if not quoted:
        return line
    said = (outcome.answer or {}).get("answer") or "nothing"
    return f"{line}. {question.text} → {_one_line(said)}"
