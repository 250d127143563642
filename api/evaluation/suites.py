"""The suites by name: the place whose data each needs, and how it is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.evaluation import new_names, news, passages
from api.evaluation.bench import Bench
from api.evaluation.foreign import measure as foreign
from api.evaluation.places import DEV, SAMPLES
from api.evaluation.public import core, finnumclaim, fire, knowledgenet, meantime, recognizers
from api.evaluation.public.base import Progress
from api.evaluation.results import Result

Benches = Mapping[str, Bench]


@dataclass(frozen=True, slots=True)
class Suite:
    """What is measured, on the data of the place it `needs`."""

    needs: str
    measure: Callable[[Benches], list[Result]]


@dataclass(frozen=True, slots=True)
class PublicSuite:
    """What is measured on a public set: `needs` is its folder among the data of the development folder."""

    needs: str
    measure: Callable[[Path, Progress], Sequence[Result]]


SUITES: Mapping[str, Suite | PublicSuite] = {
    "spans": Suite(SAMPLES, lambda benches: [bench.spans() for bench in benches.values()]),
    "samples-claims": Suite(SAMPLES, lambda benches: benches[SAMPLES].claims()),
    "samples-questions": Suite(SAMPLES, lambda benches: benches[SAMPLES].answers()),
    "dev-claims": Suite(DEV, lambda benches: benches[DEV].claims()),
    "dev-questions": Suite(DEV, lambda benches: benches[DEV].answers()),
    "dev-questions-on-gold": Suite(DEV, lambda benches: benches[DEV].answers_on_gold()),
    "own-questions": Suite(SAMPLES, lambda benches: benches[SAMPLES].own_answers()),
    "own-questions-on-gold": Suite(SAMPLES, lambda benches: benches[SAMPLES].own_answers_on_gold()),
    "new-names": Suite(
        SAMPLES, lambda benches: [r for bench in benches.values() if bench.place.gold for r in new_names.measure(bench)]
    ),
    "passages": Suite(
        SAMPLES, lambda benches: [r for bench in benches.values() if bench.place.gold for r in passages.measure(bench)]
    ),
    "news-items": Suite(SAMPLES, lambda benches: news.measure(benches[SAMPLES])),
    "core": PublicSuite("core", core.measure),
    "knowledgenet": PublicSuite("knowledgenet", knowledgenet.measure),
    "recognizers": PublicSuite("recognizers_text", recognizers.measure),
    "meantime": PublicSuite("meantime", meantime.measure),
    "fire": PublicSuite("fire", fire.measure),
    "finnumclaim": PublicSuite("finnumclaim", finnumclaim.measure),
    "spider-rdf": PublicSuite("kgqa/spider-rdf", partial(foreign.suite, "spider-rdf")),
    "spider-synonyms": PublicSuite("kgqa/spider-rdf", partial(foreign.suite, "spider-synonyms")),
    "sparc": PublicSuite("kgqa/spider-rdf", partial(foreign.suite, "sparc")),
    "cosql": PublicSuite("kgqa/spider-rdf", partial(foreign.suite, "cosql")),
    "acme-insurance": PublicSuite("kgqa/acme-insurance", partial(foreign.suite, "acme-insurance")),
    "metaqa": PublicSuite("kgqa/metaqa", partial(foreign.suite, "metaqa")),
    "abstention": PublicSuite("kgqa", foreign.abstention),
}
