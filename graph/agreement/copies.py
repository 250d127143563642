"""Which documents are copies of one text: syndicated, cut, slightly reworded, with another headline or boilerplate.

Texts are compared by their shingles, overlapping runs of three words (of five characters where the script has no
spaces): sketches (`graph.agreement.sketch`) estimate how many two texts share, their index finds the pairs without
comparing all with all. Two texts are copies if they share `SHARED` of the shorter one's shingles and `FIGURES` of the
fewer numbers (without them it is a template filled in anew); one with more than `LONGER` times the shingles of the
other quotes it rather than copies it. What these bounds were measured on is in
docs/decisions/0008-agreement-and-change.md.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph.agreement.groups import joined
from graph.agreement.sketch import Alike, Sketch, likeness, sketch

SHARED = 0.4
FIGURES = 0.5
LONGER = 3.0
_WORDS, _CHARACTERS = 3, 5
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d{_UNSPACED}]+")
_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(29))


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text for comparison: the sketch and number of its shingles, and its numbers."""

    sketch: Sketch
    shingles: int
    numbers: frozenset[str]

    def copies(self, other: Signature) -> bool:
        """Whether the two texts are copies; see the head of this file. Symmetric."""
        short, long = sorted((self, other), key=lambda signature: signature.shingles)
        if not short.shingles or long.shingles > LONGER * short.shingles:
            return False
        alike = likeness(short.sketch, long.sketch)
        shared = alike * (short.shingles + long.shingles) / (1 + alike)
        return shared >= SHARED * short.shingles and _figures_agree(short.numbers, long.numbers)


def sign(text: str) -> Signature:
    """The signature of a text; one without words has none in common with any."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _WORD.findall(plain)
    characters = [] if plain.isascii() else _CHARACTER.findall(plain)
    hashes = np.unique(np.concatenate([_runs(words, _WORDS), _runs(characters, _CHARACTERS)]))
    return Signature(sketch(hashes), len(hashes), frozenset(word for word in words if word[0].isdigit()))


@dataclass
class Copies:
    """The documents that are copies of each other. `signature` gives a document's (None: its text is not known).

    Signatures are asked for once, when a document is first compared.
    """

    signature: Callable[[str], Signature | None] = lambda _: None
    _known: dict[str, Signature | None] = field(default_factory=dict)
    _copies: dict[str, set[str]] = field(default_factory=dict)
    _index: Alike = field(default_factory=Alike)

    def groups(self, documents: Iterable[str]) -> list[list[str]]:
        """The documents (ids) in groups of copies, singles included, in the order given."""
        listed = list(dict.fromkeys(documents))
        if len(listed) < 2:
            return [[document] for document in listed]
        for document in listed:
            self._add(document)
        here = set(listed)
        return joined(listed, ((a, b) for a in listed for b in sorted(here.intersection(self._copies.get(a, ())))))

    def _add(self, document: str) -> None:
        if document in self._known:
            return
        own = self._known[document] = self.signature(document)
        if own is None or not own.shingles:
            return
        for other in self._index.find(own.sketch):
            theirs = self._known[str(other)]
            if theirs is not None and own.copies(theirs):
                self._copies.setdefault(document, set()).add(str(other))
                self._copies.setdefault(str(other), set()).add(document)
        self._index.add(document, own.sketch)


def _runs(tokens: list[str], size: int) -> npt.NDArray[np.uint64]:
    """A 32-bit hash of every run of so many tokens; of all of them if there are fewer."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    of_token = np.fromiter((zlib.crc32(token.encode()) for token in tokens), dtype=np.uint64, count=len(tokens))
    size = min(size, len(tokens))
    runs = np.zeros(len(tokens) - size + 1, dtype=np.uint64)
    for place in range(size):
        runs = (runs ^ of_token[place : place + len(runs)]) * _MIX[0]
        runs ^= runs >> _MIX[1]
    return runs & np.uint64(0xFFFFFFFF)


def _figures_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= FIGURES * min(len(a), len(b))
