"""The suites by name: the place whose data each needs, and how it is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.evaluation.bench import Bench
from api.evaluation.places import DEV, SAMPLES
from api.evaluation.results import Result

Benches = Mapping[str, Bench]


@dataclass(frozen=True, slots=True)
class Suite:
    """What is measured, on the data of the place it `needs`."""

    needs: str
    measure: Callable[[Benches], list[Result]]


SUITES: Mapping[str, Suite] = {
    "spans": Suite(SAMPLES, lambda benches: [bench.spans() for bench in benches.values()]),
    "samples-claims": Suite(SAMPLES, lambda benches: benches[SAMPLES].claims()),
    "samples-questions": Suite(SAMPLES, lambda benches: benches[SAMPLES].answers()),
    "dev-claims": Suite(DEV, lambda benches: benches[DEV].claims()),
    "dev-questions": Suite(DEV, lambda benches: benches[DEV].answers()),
    "dev-questions-on-gold": Suite(DEV, lambda benches: benches[DEV].answers_on_gold()),
}
