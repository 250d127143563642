"""What a run measured, as plain values with their JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from api.evaluation.answers_score import Outcome
from api.evaluation.claims_score import PageScore
from api.evaluation.foreign.abstention import Abstention
from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.public.base import PublicResult
from graph.contract import Json

OURS = "tollgraph"
_PLACES = 4
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SpansResult:
    """Evidence checked on the articles of one place; `wrong` names each piece that does not stand in its text."""

    suite: str
    place: str
    documents: int
    claims: int
    pieces: int
    wrong: tuple[str, ...] = ()
    system: str = OURS

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be."""
        if not self.wrong:
            return ()
        first = "; ".join(self.wrong[:_SHOWN])
        count = f"{len(self.wrong)} of {self.pieces}"
        return (f"{self.place}: evidence that does not stand in its text: {count}, such as {first}",)

    def to_json(self) -> Json:
        """Counts, and what is wrong."""
        return {
            "suite": self.suite,
            "system": self.system,
            "articles": self.place,
            "documents": self.documents,
            "claims": self.claims,
            "evidence": self.pieces,
            "evidence_violations": list(self.wrong),
        }


@dataclass(frozen=True, slots=True)
class ClaimsResult:
    """Claims of one system on one suite, article by article.

    `quotable`: whether a report may quote the articles. `agrees`: whether the scorer of the suite's own folder gave the
    same numbers as ours; None where there is no other scorer. `totals_only`: a report lists no misses.
    """

    suite: str
    system: str
    pages: Mapping[str, PageScore]
    quotable: bool = False
    agrees: bool | None = None
    totals_only: bool = False

    @property
    def total(self) -> PageScore:
        """The sum over articles."""
        return reduce(add, self.pages.values(), PageScore())

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be."""
        return _disagreement(self)

    def to_json(self) -> Json:
        """Scores by article and in total."""
        return {
            "suite": self.suite,
            "system": self.system,
            "total": self.total.to_json(),
            "pages": {stem: page.to_json() for stem, page in self.pages.items()},
            "scorers_agree": self.agrees,
        }


@dataclass(frozen=True, slots=True)
class AnswersResult:
    """Answers of one system to one question file; `quotable` and `agrees` as for claims. Of a `held_out` file only
    totals are shown: nobody may tune a parser on its misses.
    """

    suite: str
    system: str
    outcomes: tuple[Outcome, ...]
    quotable: bool = False
    agrees: bool | None = None
    held_out: bool = False

    def count(self, verdict: str) -> int:
        """How many questions ended so."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)

    @property
    def refusals(self) -> int:
        """How many questions gold refuses."""
        return sum(outcome.question.gold["status"] == "unknown" for outcome in self.outcomes)

    @property
    def accuracy(self) -> float | None:
        """Right and rightly refused, of all; None without questions."""
        return sum(outcome.right for outcome in self.outcomes) / len(self.outcomes) if self.outcomes else None

    @property
    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Right and asked, by kind of question."""
        asked = Counter(outcome.question.kind for outcome in self.outcomes)
        right = Counter(outcome.question.kind for outcome in self.outcomes if outcome.right)
        return {kind: (right[kind], asked[kind]) for kind in sorted(asked)}

    @property
    def violations(self) -> int:
        """Answers whose evidence does not stand in the text, or that say something without any."""
        return sum(outcome.bad_evidence for outcome in self.outcomes)

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be."""
        return _disagreement(self)

    @property
    def wrong_rate(self) -> float | None:
        """Wrong and false answers, of all; None without questions."""
        wrong = self.count("wrong") + self.count("false answer")
        return wrong / len(self.outcomes) if self.outcomes else None

    @property
    def precision(self) -> float | None:
        """Right of what was answered."""
        spoken = self.count("right") + self.count("wrong") + self.count("false answer")
        return self.count("right") / spoken if spoken else None

    def to_json(self) -> Json:
        """Counts, rates and, unless it is held out, the ids behind them."""
        ids = {
            "false_answers": self._ids("false answer"),
            "wrong_answers": self._ids("wrong"),
            "unanswered": self._ids("no answer"),
        }
        return {
            "suite": self.suite,
            "system": self.system,
            "questions": len(self.outcomes),
            "accuracy": self.accuracy,
            "wrong_answer_rate": self.wrong_rate,
            "verdicts": dict(sorted(Counter(outcome.verdict for outcome in self.outcomes).items())),
            "by_kind": {kind: {"right": right, "of": of} for kind, (right, of) in self.by_kind.items()},
            "evidence_violations": self.violations,
            "refused_rightly": {"right": self.count("refused rightly"), "of": self.refusals},
            **({} if self.held_out else ids),
            "scorers_agree": self.agrees,
        }

    def _ids(self, verdict: str) -> list[str]:
        return [outcome.question.id for outcome in self.outcomes if outcome.verdict == verdict]


Result = SpansResult | ClaimsResult | AnswersResult | PublicResult | GraphAnswers | Abstention


def _disagreement(result: ClaimsResult | AnswersResult) -> tuple[str, ...]:
    if result.agrees is not False:
        return ()
    return (
        f"{result.suite}, {result.system}: the scorer beside the gold and ours differ; api/evaluation must be mended",
    )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A suite that was not run, and why."""

    suite: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All results of one run, with the version measured and the suites left out."""

    version: str
    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What makes the run fail: evidence that does not stand, scorers that differ. Low scores do not."""
        return tuple(problem for result in self.results for problem in result.problems)

    def to_json(self) -> Json:
        """The `--json` shape of `tollgraph eval`; rates have four decimals."""
        return {
            "version": self.version,
            "results": [_rounded(result.to_json()) for result in self.results],
            "skipped": [{"suite": s.suite, "reason": s.reason} for s in self.skipped],
            "problems": list(self.problems),
        }


def _rounded(value: Any) -> Any:
    match value:
        case dict():
            return {key: _rounded(item) for key, item in value.items()}
        case float():
            return round(value, _PLACES)
        case _:
            return value
