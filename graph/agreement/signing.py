"""What is kept of a text to tell its copies by: see `graph.agreement.copies`, which loads this when it is needed."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.agreement.sketch import Sketch, likeness, sketch

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
        """Whether the two texts are copies; see `graph.agreement.copies`. Symmetric."""
        short, long = sorted((self, other), key=lambda signature: signature.shingles)
        if not short.shingles or long.shingles > LONGER * short.shingles:
            return False
        alike = likeness(short.sketch, long.sketch)
        shared = alike * (short.shingles + long.shingles) / (1 + alike)
        return shared >= SHARED * short.shingles and _figures_agree(short.numbers, long.numbers)


def signed(text: str) -> Signature:
    """The signature of a text; one without words has none in common with any."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _WORD.findall(plain)
    characters = [] if plain.isascii() else _CHARACTER.findall(plain)
    hashes = np.unique(np.concatenate([_runs(words, _WORDS), _runs(characters, _CHARACTERS)]))
    return Signature(sketch(hashes), len(hashes), frozenset(word for word in words if word[0].isdigit()))


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
