"""BM25 over what a graph says of each node, one passage a node: the baseline that reads no structure."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.evaluation.foreign.asked import REFUSED, Said
from api.evaluation.foreign.facts import Facts, Node, stems


class Passages:
    """The passage nearest to a question, and in it the value whose property shares most words with the question."""

    def __init__(self, facts: Facts) -> None:
        import bm25s

        self._facts = facts
        self._nodes = list(facts.out)
        passages = [self._words(node) for node in self._nodes]
        self._known = frozenset(word for passage in passages for word in passage)
        self._index: Any = bm25s.BM25()
        self._index.index(passages or [[""]], show_progress=False)

    def ask(self, question: str) -> Said:
        """One value, or the node's name if no property is asked for; refused where no word is known."""
        asked = stems(question)
        known = [word for word in asked if word in self._known]
        if not known:
            return REFUSED
        scores = self._index.get_scores(known)
        best = int(np.argmax(scores))
        node = self._nodes[best]
        links = self._facts.out[node]
        property_, _ = self._facts.best(dict.fromkeys(p for p, _ in links), asked)
        values = [value for p, value in links if p == property_] or [node]
        return Said("answered", tuple((self._facts.cell(value),) for value in values), float(scores[best]))

    def _words(self, node: Node) -> list[str]:
        facts = self._facts
        return [
            *stems(facts.label(node)),
            *(word for p, value in facts.out[node] for word in (*facts.term(p), *stems(facts.label(value)))),
        ]
