"""From the scores of each leg to one order: the best of each by rank, and copies of a passage under the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.agreement.signing import Signature, signed

DEEP = 100
"""How many of each leg take part."""

DAMPING = 60
WEIGHTS = {"words": 0.5, "sense": 0.5, "links": 1.0}
"""What a leg's rank counts; the walk along links begins at the best passages of the others, so it has them in it."""

LEGS = frozenset(WEIGHTS)
"""The ways to search: by words (BM25), by sense (sentence vectors), by links (PageRank from the entities named)."""

_ALIKE = 0.5
_SPACED = 16
"""Characters a word at most, on average, in a text with spaces."""


def best(scores: NDArray[np.float32], limit: int = DEEP) -> list[int]:
    """The passages with the highest scores above 0, best first; equal ones in their order."""
    if len(scores) > 4 * limit:
        bar = np.partition(scores, -limit)[-limit]
        chosen = np.flatnonzero(scores >= max(bar, np.finfo(np.float32).tiny))
    else:
        chosen = np.flatnonzero(scores > 0)
    order = np.argsort(-scores[chosen], kind="stable")[:limit]
    return [int(passage) for passage in chosen[order]]


def fused(legs: Mapping[str, Sequence[int]]) -> dict[int, float]:
    """Reciprocal rank fusion: passage → score, best first."""
    scores: dict[int, float] = {}
    for leg, ranking in legs.items():
        for rank, passage in enumerate(ranking, 1):
            scores[passage] = scores.get(passage, 0.0) + WEIGHTS[leg] / (DAMPING + rank)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


class Leaders:
    """The passages that are chosen to be shown, to tell their copies by (see graph.agreement.copies)."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._runs: dict[int, frozenset[tuple[str, ...]]] = {}
        self._signed: dict[int, Signature] = {}

    def add(self, passage: int, text: str) -> None:
        """One more is chosen."""
        self._texts[passage] = text
        self._runs[passage] = _runs(text)

    def of(self, text: str) -> int | None:
        """The passage of which this text is a copy, None if it is of none."""
        runs = _runs(text)
        suspect = [passage for passage, held in self._runs.items() if _alike(runs, held)]
        if not suspect:
            return None
        own = signed(text)
        return next((passage for passage in suspect if self._signature(passage).copies(own)), None)

    def _signature(self, passage: int) -> Signature:
        if passage not in self._signed:
            self._signed[passage] = signed(self._texts[passage])
        return self._signed[passage]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three words; of five characters in a text without spaces."""
    words: Sequence[str] = text.casefold().split()
    size = 3
    if len(words) * _SPACED < len(text):
        words, size = text, 5
    return frozenset(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two passages share so much that they may be copies: a quick look before the careful one."""
    return len(one & other) > _ALIKE * min(len(one), len(other))
