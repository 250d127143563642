"""Retrieval on gold questions: whether the passages found hold the sentences that bear the answer out.

Passages are sought in the graph that extraction makes of the articles. A passage holds a sentence if `HELD` of its
characters are in it. Recall counts the things that a question needs; a question of several sentences is complete when
all of them are found. Questions that follow others are left out: they do not say what they are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.evaluation.bench import Bench
from api.evaluation.drive import load
from api.evaluation.gold import Question, read_questions
from api.evaluation.passage_gold import Evidence, Sentence, Sought
from api.evaluation.places import HELD_OUT
from api.evaluation.public.base import Figure, PublicResult
from api.evaluation.results import OURS
from api.evaluation.sentences import spans
from qa.passages import Passage, Passages
from qa.passages.ranking import LEGS

HELD = 0.8
AT = (5, 8)

SYSTEMS = {
    OURS: LEGS - {"sense"},
    "with sense (TOLLGRAPH_VECTORS)": LEGS,
    "words alone (BM25)": frozenset({"words"}),
    "links alone (PageRank)": frozenset({"links"}),
    "sense alone (MiniLM)": frozenset({"sense"}),
}


def measure(bench: Bench) -> list[PublicResult]:
    """Ours, and each leg alone, on the questions of one place that have evidence; of a held-out part only figures."""
    evidence = Evidence(bench.rows, bench.entities)
    passages = Passages(load(bench.extracted), vectors=True)
    passages.follow()
    held = Held(bench)
    results = []
    for suite, questions, told in _papers(bench):
        sought = evidence.sought(questions)
        bench.tell(f"seeking passages for {len(sought)} questions")
        for system, legs in SYSTEMS.items():
            found = [held.by(passages.search(one.question.text, k=max(AT), legs=legs)) for one in sought]
            lines = tuple(misses(sought, found)) if told else ()
            results.append(PublicResult(suite, system, figures(sought, found), lines))
    return results


def _papers(bench: Bench) -> Iterator[tuple[str, Sequence[Question], bool]]:
    """Sets of questions by suite, and whether their misses are told."""
    suite = f"passages, {bench.place.name}"
    yield suite, bench.questions, True
    for part, path in bench.gold.own.items():
        yield f"{suite}, own questions, {part}", read_questions(path), part != HELD_OUT


class Held:
    """The sentences that passages of one place hold."""

    def __init__(self, bench: Bench) -> None:
        self._stems = {document.id: stem for stem, document in bench.corpus.documents.items()}
        self._spans = {stem: spans(text) for stem, text in bench.corpus.texts.items()}

    def by(self, passages: Sequence[Passage]) -> list[set[Sentence]]:
        """The sentences of each passage."""
        return [set(self._sentences(passage)) for passage in passages]

    def _sentences(self, passage: Passage) -> Iterator[Sentence]:
        stem = self._stems[passage.document]
        for number, (start, end) in enumerate(self._spans[stem]):
            if min(end, passage.end) - max(start, passage.start) >= HELD * (end - start):
                yield stem, number


def figures(sought: Sequence[Sought], found: Sequence[Sequence[set[Sentence]]]) -> tuple[Figure, ...]:
    """Recall and completeness by how many passages are looked at; `found` are the sentences of each passage."""
    out = []
    for depth in AT:
        hits = [_hits(one, passages[:depth]) for one, passages in zip(sought, found, strict=True)]
        several = [all(of) for one, of in zip(sought, hits, strict=True) if one.hops]
        every = [hit for of in hits for hit in of]
        out += [
            Figure(f"recall@{depth}", _mean(every), len(every)),
            Figure(f"complete@{depth}", _mean([all(of) for of in hits]), len(hits)),
            Figure(f"complete@{depth}, several sentences", _mean(several), len(several)),
        ]
    return tuple(out)


def misses(sought: Sequence[Sought], found: Sequence[Sequence[set[Sentence]]]) -> Iterator[str]:
    """The questions whose evidence is not all among the most passages that are looked at."""
    for one, passages in zip(sought, found, strict=True):
        hits = _hits(one, passages)
        if not all(hits):
            yield f"{one.question.id}: {hits.count(False)} of {len(hits)} not among {max(AT)}"


def _hits(one: Sought, passages: Sequence[set[Sentence]]) -> list[bool]:
    held = set[Sentence]().union(*passages)
    return [not need.isdisjoint(held) for need in one.needs]


def _mean(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
