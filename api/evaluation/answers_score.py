"""Answers against gold questions: right, refused rightly, wrong, false answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.evaluation.gold import Question
from api.evaluation.labels import Labels, plain
from api.evaluation.quantities import same_quantity, unit_of
from api.evaluation.spans import answer_violates
from graph.contract import Json

COMPUTED = frozenset({"sum", "count", "comparison", "risk", "derived"})
Verdict = Literal["right", "refused rightly", "wrong", "false answer", "no answer"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with what became of it.

    `false answer`: something was said where gold refuses; `wrong`: where gold has another answer, or asks for choices;
    `no answer`: refused, or offered choices, where gold has an answer.
    """

    question: Question
    answer: Json | None
    verdict: Verdict
    bad_evidence: bool

    @property
    def right(self) -> bool:
        """Whether the question counts as right."""
        return self.verdict in ("right", "refused rightly")


class AnswerScorer:
    """Scores contract answers; `labels` are the names of the gold folder, `texts` its articles by stem."""

    def __init__(self, labels: Labels, texts: Mapping[str, str]) -> None:
        self._labels = labels
        self._texts = texts

    def outcomes(self, questions: Sequence[Question], answers: Mapping[str, Json]) -> tuple[Outcome, ...]:
        """One outcome a question; a missing answer is no refusal."""
        return tuple(self._outcome(question, answers.get(question.id)) for question in questions)

    def _outcome(self, question: Question, answer: Json | None) -> Outcome:
        bad = answer is not None and answer_violates(answer, self._texts)
        right = answer is not None and self.right(question, answer)
        spoke = answer is not None and answer.get("status") in ("answered", "partial")
        refuse = question.gold["status"] == "unknown"
        verdict: Verdict
        if right:
            verdict = "refused rightly" if refuse else "right"
        elif spoke:
            verdict = "false answer" if refuse else "wrong"
        else:
            verdict = "no answer"
        return Outcome(question, answer, verdict, bad)

    def right(self, question: Question, answer: Json) -> bool:
        """Whether an answer is what gold expects."""
        gold, values = question.gold, answer.get("values") or []
        status = answer.get("status", "unknown")
        match gold["status"]:
            case "unknown":
                return status == "unknown" and not values
            case "ambiguous":
                return status == "ambiguous" and bool(answer.get("suggestions"))
            case wanted if status != wanted and (wanted, status) != ("answered", "partial"):
                return False
        return (
            (gold["boolean"] is None or [v["boolean"] for v in values if "boolean" in v] == [gold["boolean"]])
            and self._amount(question, values)
            and all(_among(wanted, values) for wanted in gold.get("quantities", ()))
            and self._entities(gold, values)
            and _says(gold, answer)
        )

    def _amount(self, question: Question, values: Sequence[Json]) -> bool:
        wanted = question.gold["quantity"]
        if not wanted:
            return True
        wanted = {**wanted, "abs": question.gold.get("abs", False)}
        said = [v for v in values if "unit" in v and unit_of(v["unit"]) == unit_of(wanted["unit"])]
        agree = [same_quantity(wanted, v, wanted["tolerance"]) for v in said]
        return any(agree) if question.kind in COMPUTED else bool(agree) and all(agree)

    def _entities(self, gold: Json, values: Sequence[Json]) -> bool:
        wanted = gold["entities"]
        if not wanted:
            return True
        named, allowed = _named(values), [*wanted, *gold.get("optional_entities", ())]
        return all(any(self._labels.same(x, y) for y in named) for x in wanted) and all(
            any(self._labels.same(x, y) for x in allowed) for y in named
        )


def _among(wanted: Json, values: Sequence[Json]) -> bool:
    return any(same_quantity(wanted, value, wanted["tolerance"]) for value in values)


def _named(values: Sequence[Json]) -> list[str]:
    """Entities given as such; failing those, the ones that the amounts belong to."""
    owned = [value for value in values if value.get("entity")]
    entities: list[Any] = [v["entity"] for v in owned if "unit" not in v] or [v["entity"] for v in owned]
    return [x["label"] if isinstance(x, dict) else x for x in entities]


def _says(gold: Json, answer: Json) -> bool:
    prose = plain(answer.get("answer"))
    return all(any(plain(word) in prose for word in words) for words in gold.get("says", ()))
