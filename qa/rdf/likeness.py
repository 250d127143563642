"""Words that no label explains, read by sense: the class or property whose label is nearest in meaning.

The last resort, for questions that would be refused. A vector finds a nearest label for any word, so it must be near,
clearly nearer than any other, and say something that the words beside it do not say already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.text.encoder import Floats, Model
from qa.rdf.cache import cached_vectors
from qa.rdf.pieces import Piece
from qa.rdf.profile import Profile
from qa.rdf.spans import Meaning, Sense, Span
from qa.rdf.words import Token, ranks, stem

NEAR = 0.55
"""The least likeness (cosine) of a word and a label."""

CLEAR = 0.08
"""How much nearer it must be than the next label that shares no word with it."""

SURE = 2.0
"""What a reading with such words may cost."""

_SCORE = 0.8
_LEVEL = 0.03
_EXACT = 0.88
_LONGEST = 3
_MOST_LABELS = 600
_MOST_MEANINGS = 6
_EMPTY = frozenset({"has", "have", "is", "ref", "of", "the", "a", "id", "by", "no", "uid"})
_QUOTES = "'\"“”‘’`[]"


class Likeness:
    """The labels of a profile and their vectors, which are kept in a folder."""

    def __init__(self, profile: Profile, model: Model, folder: Path) -> None:
        self._profile = profile
        self._model = model
        self._terms: dict[str, list[tuple[Sense, str]]] = {}
        for text, sense, ref in _labels(profile):
            if text in self._terms or len(self._terms) < _MOST_LABELS:
                self._terms.setdefault(text, []).append((sense, ref))
        self._texts = list(self._terms)
        self._vectors = cached_vectors(folder, self._texts, model.embed)

    def spans(self, words: Sequence[Token], parts: Sequence[Piece], spans: Sequence[Span]) -> tuple[Span, ...] | None:
        """The spans of a question with those of unknown words that come near to a label; None if no word does, or if
        one only comes near to what another word names.
        """
        found: list[Span] = []
        for number, part in enumerate(parts):
            if any(s.start <= part.start < s.end for s in found) or not _common(words, parts, number):
                continue
            read = [r for window in _windows(parts, number) if (r := self._read(words, parts, window)) is not None]
            if read:
                found.append(max(read, key=lambda r: r[0])[1])
        kept = [s for s in spans if not any(f.start < s.end and s.start < f.end for f in found)]
        named = {m.ref for s in kept for m in s.meanings if m.score >= _EXACT}
        if not found or any(f.meanings[0].ref in named for f in found):
            return None
        return tuple(sorted([*kept, *found], key=lambda s: s.start))

    def _read(self, words: Sequence[Token], parts: Sequence[Piece], window: range) -> tuple[float, Span] | None:
        """What the words of some pieces mean, and how near they come; None if that is not near or not clear."""
        run = [parts[n] for n in window]
        allowed = self._allowed(parts, window)
        if not allowed.any():
            return None
        scores = self._scores(words, run)
        best = int(np.argmax(np.where(allowed, scores, -1)))
        own = set(self._texts[best].split())
        others = [score for text, score in zip(self._texts, scores, strict=True) if not own & set(text.split())]
        near = float(scores[best])
        known = [p for p in run if p.kind == "noun"]
        if near < NEAR or near - max(others, default=0.0) < CLEAR:
            return None
        if known and self._scores(words, known)[best] >= near:
            return None
        level = np.flatnonzero((scores >= near - _LEVEL) & allowed)
        meanings = [
            Meaning(sense, ref, round(_SCORE - (near - float(scores[n])), 3))
            for n in sorted(level, key=lambda n: -float(scores[n]))
            for sense, ref in self._terms[self._texts[n]]
        ]
        return near, Span(run[0].start, run[-1].end, tuple(meanings[:_MOST_MEANINGS]))

    def _scores(self, words: Sequence[Token], run: Sequence[Piece]) -> Floats:
        """How near the words of some pieces come to each label, with the last word as it stands or as its stem."""
        said = [w for p in run for w in words[p.start : p.end]]
        before = [w.text.casefold() for w in said[:-1]]
        texts = [" ".join([*before, last]) for last in (said[-1].text.casefold(), said[-1].stem)]
        return np.asarray((self._vectors @ self._model.embed(texts).T).max(axis=1))

    def _allowed(self, parts: Sequence[Piece], window: range) -> NDArray[np.bool_]:
        """Which labels may be meant: after a function, numbers; after a superlative, numbers and classes."""
        before = parts[window.start - 1].kind if window.start else ""
        if before not in ("aggregate", "top"):
            return np.ones(len(self._texts), dtype=bool)
        return np.array([any(self._orders(before, *term) for term in self._terms[t]) for t in self._texts], dtype=bool)

    def _orders(self, before: str, sense: Sense, ref: str) -> bool:
        return before == "top" if sense == "class" else self._profile.properties[ref].ordered


def _common(words: Sequence[Token], parts: Sequence[Piece], number: int) -> bool:
    """Whether a piece is an unknown English word and part of no name: written small, not quoted, and not beside an
    unknown word with a capital.
    """
    part = parts[number]
    own = words[part.start]
    if part.kind != "unknown" or not (own.stem in ranks() or own.text.casefold() in ranks()):
        return False
    if sum(w.text in _QUOTES for w in words[: part.start]) % 2:
        return False
    beside = [p for p in parts[max(0, number - 1) : number + 2] if p.kind == "unknown"]
    return not any(p.start and p.text[:1].isupper() for p in beside if p.end >= part.start and p.start <= part.end)


def _windows(parts: Sequence[Piece], number: int) -> Iterable[range]:
    """A piece alone, and with the nouns and unknown words directly beside it."""
    for first in range(max(0, number - _LONGEST + 1), number + 1):
        for last in range(number, min(len(parts), first + _LONGEST)):
            run = parts[first : last + 1]
            joined = all(a.end == b.start for a, b in pairwise(run))
            if joined and all(p.kind in ("unknown", "noun") for p in run):
                yield range(first, last + 1)


def _labels(profile: Profile) -> Iterable[tuple[str, Sense, str]]:
    """The wordings of classes, then of properties, the commonest first; of a property also without the words of its
    class, and none that is a class's.
    """
    classes = [c for c in profile.classes.values() if c.typed]
    named = {stem(" ".join(words)) for c in classes for words in (c.words, *c.names)}
    for cls in sorted(classes, key=lambda c: -c.count):
        for words in (cls.words, *cls.names):
            yield " ".join(words), "class", cls.iri
    for prop in sorted(profile.properties.values(), key=lambda p: -p.count):
        if prop.iri in profile.naming:
            continue
        own = {stem(w) for c in prop.domains if c in profile.classes for w in profile.classes[c].words}
        for words in (prop.words, *prop.names):
            full = [w for w in words if w not in _EMPTY]
            for text in dict.fromkeys((" ".join(full), " ".join(w for w in full if stem(w) not in own))):
                if text and stem(text) not in named:
                    yield text, "property", prop.iri
