"""Whether a system refuses what a graph cannot answer, and what it loses by it on what the graph can answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.evaluation.foreign.asked import Asked, Said
from api.evaluation.foreign.result import HELD_OUT
from api.evaluation.foreign.score import Outcome, faults, outcomes
from graph.contract import Json

SUITE = "abstention"
LOSS = 0.10
Refusal = Literal["refused", "said none", "false answer"]
REFUSALS: tuple[Refusal, ...] = ("refused", "said none", "false answer")


@dataclass(frozen=True, slots=True)
class Trial:
    """One question that has no answer, of the kind by which it was made."""

    asked: Asked
    said: Said

    @property
    def verdict(self) -> Refusal:
        """`said none` is an empty answer, no or 0: true of the graph, but not told from not knowing.

        An offer of choices is a refusal: nothing false was said.
        """
        if self.said.status != "answered":
            return "refused"
        cells = [cell for row in self.said.rows for cell in row]
        return "said none" if all(not cell or cell[0] in ("0", "false") for cell in cells) else "false answer"


@dataclass(frozen=True, slots=True)
class Abstention:
    """One system: the trials, and the outcomes of the same questions on the graphs as they were.

    A trial whose answer is the gold of the graph as it was is left out: what is left of the graph still says it.
    """

    system: str
    trials: tuple[Trial, ...]
    intact: tuple[Outcome, ...]
    known: int = 0
    suite: str = SUITE

    def count(self, verdict: Refusal, kind: str | None = None) -> int:
        """How many trials ended so, of a kind or of all."""
        return sum(t.verdict == verdict and kind in (None, t.asked.kind) for t in self.trials)

    @property
    def kinds(self) -> dict[str, int]:
        """How many trials there are of each kind."""
        names = sorted({t.asked.kind for t in self.trials})
        return {name: sum(t.asked.kind == name for t in self.trials) for name in names}

    @property
    def refused(self) -> float | None:
        """Refused, of all trials; None without trials."""
        return self.count("refused") / len(self.trials) if self.trials else None

    @property
    def nothing_false(self) -> float | None:
        """Refused or said to be none, of all trials; None without trials."""
        return 1 - self.count("false answer") / len(self.trials) if self.trials else None

    @property
    def lost(self) -> float | None:
        """Not answered, of the same questions where the graph has an answer; None without questions."""
        silent = sum(o.verdict == "no answer" for o in self.intact)
        return silent / len(self.intact) if self.intact else None

    @property
    def nothing_false_at_loss(self) -> float | None:
        """The same, if answers below a confidence are withheld as long as at most `LOSS` of the right answers go.

        None if the system gives no confidence or has nothing right.
        """
        right = [o.said.confidence for o in self.intact if o.right]
        false = [t.said.confidence for t in self.trials if t.verdict == "false answer"]
        sure = sorted(c for c in right if c is not None)
        if not self.trials or not sure or len(sure) < len(right) or None in false:
            return None
        least = sure[int(LOSS * len(sure))]
        kept = sum(c is not None and c >= least for c in false)
        return 1 - kept / len(self.trials)

    @property
    def misses(self) -> tuple[Trial, ...]:
        """False answers that may be shown."""
        return tuple(t for t in self.trials if t.verdict == "false answer" and t.asked.graph not in HELD_OUT)

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be: that the engine raises."""
        said = [(t.asked.id, t.said) for t in self.trials] + [(o.asked.id, o.said) for o in self.intact]
        return faults(self.suite, said)

    def to_json(self) -> Json:
        """Counts by kind, rates, and the ids of false answers."""
        return {
            "suite": self.suite,
            "system": self.system,
            "questions": len(self.trials),
            "refused": self.refused,
            "nothing_false": self.nothing_false,
            "by_kind": {k: {v: self.count(v, k) for v in REFUSALS} | {"of": n} for k, n in self.kinds.items()},
            "still_answered_by_what_is_left": self.known,
            "answerable": len(self.intact),
            "answerable_right": sum(o.right for o in self.intact),
            "answerable_lost": self.lost,
            "nothing_false_at_loss_of_right_answers": {f"{LOSS:.2f}": self.nothing_false_at_loss},
            "misses": {t.asked.id: t.verdict for t in self.misses},
        }


def judged(system: str, trials: Sequence[Trial], intact: Sequence[Outcome]) -> Abstention:
    """The trials that count, with what the same questions got before."""
    still = {o.asked.id for o in outcomes([t.asked for t in trials], {t.asked.id: t.said for t in trials}) if o.right}
    counted = tuple(t for t in trials if t.asked.id not in still)
    return Abstention(system, counted, tuple(intact), known=len(still))
