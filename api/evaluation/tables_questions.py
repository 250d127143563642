"""The tables of question suites, every system beside the others. The first row is the heading."""

from __future__ import annotations

from api.evaluation.foreign.abstention import LOSS, REFUSALS, Abstention
from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.foreign.score import COVERAGES, precision_at
from api.evaluation.results import AnswersResult, EvaluationReport
from api.evaluation.tables import Rows, rate


def questions(report: EvaluationReport) -> Rows:
    """Every system on every question suite: of all asked, what was right (or refused rightly), wrong, not answered."""
    rows = [
        ["suite", "system", "asked", "right", "wrong", "no answer", "precision", "at 25 %", "50 %", "75 %", "strict"]
    ]
    for result in report.results:
        if isinstance(result, AnswersResult):
            none = result.count("no answer") / len(result.outcomes) if result.outcomes else None
            cells = map(rate, [result.accuracy, result.wrong_rate, none, result.precision, None, None, None, None])
            rows.append([result.suite, result.system, str(len(result.outcomes)), *cells])
        elif isinstance(result, GraphAnswers):
            shares = [result.share(verdict) for verdict in ("right", "wrong", "no answer")]
            surest = [precision_at(result.outcomes, coverage) for coverage in COVERAGES]
            cells = map(rate, [*shares, result.precision, *surest, result.strict])
            rows.append([result.suite, result.system, str(len(result.outcomes)), *cells])
    return rows


def graphs(report: EvaluationReport, suite: str) -> Rows:
    """One suite on foreign graphs: graphs and kinds of question down, systems across, right / asked."""
    found = [r for r in report.results if isinstance(r, GraphAnswers) and r.suite == suite]
    rows = [["graph or kind", *(r.system for r in found)]]
    for counts in ([r.by_graph for r in found], [r.by_kind for r in found]):
        rows += [[part, *(f"{c[part][0]} / {c[part][1]}" for c in counts)] for part in counts[0]]
    return rows


def refusals(report: EvaluationReport) -> Rows:
    """Questions without an answer: by system and kind what became of them, and what the same questions lost."""
    rows = [["system", "kind", "asked", *REFUSALS]]
    for result in report.results:
        if isinstance(result, Abstention):
            for kind, asked in result.kinds.items():
                rows.append([result.system, kind, str(asked), *(str(result.count(v, kind)) for v in REFUSALS)])
            rows.append([result.system, "all", str(len(result.trials)), *(str(result.count(v)) for v in REFUSALS)])
    return rows


def losses(report: EvaluationReport) -> Rows:
    """What refusing costs: the same questions where the graph has an answer."""
    may_go = f"nothing false if {LOSS:.0%} of right answers may go"
    rows = [["system", "refused", "nothing false", "answerable", "right", "no answer", may_go]]
    for result in report.results:
        if isinstance(result, Abstention):
            right = sum(o.right for o in result.intact)
            refused = [rate(result.refused), rate(result.nothing_false)]
            cells = [*refused, str(len(result.intact)), str(right), rate(result.lost)]
            rows.append([result.system, *cells, rate(result.nothing_false_at_loss)])
    return rows
