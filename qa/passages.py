"""Passages of the stored texts, found by words (BM25) and, if asked, by sense: for what the graph cannot answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.store.protocol import Store
from qa.words import tokens

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from qa.vectors import Vectors

_LINE = re.compile(r"[^\n]+")
_LONGEST = 600
_END = re.compile(r"[.!?。！？][\"'”’)\]]*\s*")
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_FUSION = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a stored document: `text == document.text[start:end]`."""

    document: str
    title: str
    source: str
    published: date | None
    start: int
    end: int
    text: str


def split(text: str) -> list[tuple[int, int]]:
    """Spans of at most about 600 characters: lines, long ones cut between sentences."""
    out: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        stop = line.start() + len(line[0].rstrip())
        while stop - start > _LONGEST:
            ends = [m.end() for m in _END.finditer(text, start, start + _LONGEST)]
            cut = ends[-1] if ends else start + _LONGEST
            out.append((start, min(cut, stop)))
            start = cut
        if stop > start:
            out.append((start, stop))
    return out


def terms(text: str) -> list[str]:
    """Stems for the index; Chinese, Japanese and Korean as pairs of characters."""
    words = [t.lemma for t in tokens(text) if t.text[0].isalnum() and not _CJK.search(t.text)]
    cjk = "".join(c if _CJK.match(c) else " " for c in text).split()
    return words + [run[i : i + 2] for run in cjk for i in range(max(1, len(run) - 1))]


class Passages:
    """An index over the passages of one version of the store."""

    def __init__(self, passages: list[Passage], *, vectors: Vectors | None = None) -> None:
        self._passages = passages
        self._vectors = vectors
        self._index: Any = None
        if passages:
            import bm25s  # 0.2 s that an answered question need not pay

            self._index = bm25s.BM25()
            self._index.index([terms(p.text) or [""] for p in passages], show_progress=False)
        self._sense = vectors.embed([p.text for p in passages]) if vectors and passages else None

    @classmethod
    def build(cls, store: Store, *, vectors: bool = False) -> Passages:
        """The index of all documents as they are now; with `vectors` also by sense (loads the sentence model)."""
        out: list[Passage] = []
        for brief in store.documents():
            document = store.document(brief.id)
            out += [
                Passage(document.id, document.title, document.source, document.published, a, b, document.text[a:b])
                for a, b in split(document.text)
            ]
        if not vectors:
            return cls(out)
        from qa.vectors import Vectors

        return cls(out, vectors=Vectors())

    def nearest(self, query: str, *, k: int = 5) -> list[Passage]:
        """The `k` nearest passages, best first; fewer if there are fewer that share a word or sense."""
        words = terms(query)[:200]
        if self._index is None or not words:
            return []
        scores = np.asarray(self._index.get_scores(words), dtype=float)
        by_words = [int(i) for i in np.argsort(-scores, kind="stable")[: 4 * k] if scores[i] > 0]
        rankings = [by_words]
        if self._vectors is not None and self._sense is not None:
            similar = self._sense @ self._vectors.embed([query])[0]
            rankings.append([int(i) for i in np.argsort(-similar, kind="stable")[: 4 * k]])
        fused: dict[int, float] = {}
        for ranking in rankings:
            for rank, i in enumerate(ranking):
                fused[i] = fused.get(i, 0.0) + 1.0 / (_FUSION + rank)
        return [self._passages[i] for i in sorted(fused, key=lambda i: (-fused[i], i))[:k]]

    def as_retriever(self, *, k: int = 5) -> BaseRetriever:
        """The index as a LangChain retriever; metadata holds document, title, source, published, start, end."""
        from qa.retriever import PassageRetriever

        return PassageRetriever(passages=self, k=k)
