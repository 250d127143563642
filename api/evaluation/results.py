"""What a run measured, as plain values with their JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from api.evaluation.answers_score import Outcome
from api.evaluation.claims_score import PageScore
from graph.contract import Json

OURS = "tollgraph"


@dataclass(frozen=True, slots=True)
class ClaimsResult:
    """Claims of one system on one suite, article by article. `official` is what the suite's own scorer printed.

    `agrees` says whether that scorer and ours gave the same numbers; None where there is no other scorer.
    """

    suite: str
    system: str
    pages: Mapping[str, PageScore]
    official: Json | None = None
    agrees: bool | None = None

    @property
    def total(self) -> PageScore:
        """The sum over articles."""
        return reduce(add, self.pages.values())

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
    """Answers of one system to one question file."""

    suite: str
    system: str
    outcomes: tuple[Outcome, ...]
    official: Json | None = None
    agrees: bool | None = None

    def count(self, verdict: str) -> int:
        """How many questions ended so."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)

    @property
    def accuracy(self) -> float:
        """Right and rightly refused, of all."""
        return sum(outcome.right for outcome in self.outcomes) / len(self.outcomes)

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

    def to_json(self) -> Json:
        """Counts, rates and the ids behind them."""
        return {
            "suite": self.suite,
            "system": self.system,
            "questions": len(self.outcomes),
            "accuracy": self.accuracy,
            "verdicts": dict(Counter(outcome.verdict for outcome in self.outcomes)),
            "by_kind": {kind: {"right": right, "of": of} for kind, (right, of) in self.by_kind.items()},
            "evidence_violations": self.violations,
            "false_answers": [o.question.id for o in self.outcomes if o.verdict == "false answer"],
            "wrong_answers": [o.question.id for o in self.outcomes if o.verdict == "wrong"],
            "scorers_agree": self.agrees,
        }


Result = ClaimsResult | AnswersResult


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All results of one run, with the version measured and the day."""

    version: str
    day: str
    results: tuple[Result, ...]

    def to_json(self) -> Json:
        """The `--json` shape of `tollgraph eval`."""
        return {"version": self.version, "date": self.day, "results": [result.to_json() for result in self.results]}
