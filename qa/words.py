"""Tokens and stems of a question: one regular expression and suffix rules, no language model.

The lexicon is stemmed by the same rules: what counts is that both sides agree, not that the stem is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.text.plurals import singular
from graph.vocabulary import read_yaml

_TOKEN = re.compile(
    r"(?<=\w)['’]s?(?!\w)|[$€£¥]?\d[\d.,]*\d%?|[$€£¥]?\d%?|[^\W_](?:[\w&+]|[-./](?=[^\W_]))*|[?!.,:;%]", re.UNICODE
)
_VOWEL = re.compile(r"[aeiouy]")

IRREGULAR: Mapping[str, str] = {
    form: word for word, forms in read_yaml("qa", "irregular.yaml").items() for form in forms
}
_WHOLE = frozenset(
    {
        "be",
        "have",
        "do",
        "people",
        "this",
        "series",
        "less",
        "most",
        "does",
        "which",
        "whose",
        "there",
        "where",
        "will",
        "shall",
        "some",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token with its character offsets; `lemma` is lower case."""

    text: str
    lemma: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it looks like a name: a capital or a digit beside letters."""
        return self.text[0].isupper() or (any(c.isdigit() for c in self.text) and any(c.isalpha() for c in self.text))

    @property
    def past(self) -> bool:
        """Whether it looks like a past form or participle."""
        return self.lemma != self.text.lower() and not self.text.lower().endswith(("s", "ing"))


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The stem that stands for all forms of one word.

    >>> [lemma(w) for w in ("suppliers", "supplies", "designed", "making", "make", "H20s", "shipped", "exceeds")]
    ['supplier', 'supply', 'design', 'mak', 'mak', 'h20', 'ship', 'exceed']
    """
    low = unicodedata.normalize("NFKC", word).casefold()
    low = low.strip(".,-/") or low
    low = IRREGULAR.get(low, low)
    if low in _WHOLE or len(low) <= 3:
        return low
    if any(c.isdigit() for c in low):
        return low[:-1] if low.endswith("s") else low
    return _bare(_suffix(low))


def _suffix(low: str) -> str:
    if (one := singular(low)) is not None:
        return one
    if low.endswith("eed"):
        return low
    for suffix in ("ing", "ed"):
        stem = low[: -len(suffix)]
        if low.endswith(suffix) and len(stem) >= 2 and _VOWEL.search(stem):
            return stem
    return low


def _bare(stem: str) -> str:
    """Without a final e or a doubled consonant; British -re as -er."""
    if stem.endswith("tre"):
        return stem[:-2] + "er"
    stem = stem[:-1] if stem.endswith("e") and len(stem) > 3 else stem
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou" else stem


def begins(stem: str) -> str:
    """How every word of a stem begins, however it is inflected; empty where that cannot be told.

    >>> [begins(lemma(w)) for w in ("companies", "H20s", "Rubin", "bought")]
    ['compa', 'h20', 'rub', '']
    """
    part = stem if any(c.isdigit() for c in stem) else stem[: max(3, len(stem) - 2)]
    odd = any(not form.startswith(part) and lemma(form) == stem for form in IRREGULAR)
    return "" if odd or len(part) < 3 or not part.isascii() else part


def begun(names: Iterable[str]) -> tuple[str, ...]:
    """How the words begin that every claim must have which bears out all these names."""
    return tuple(dict.fromkeys(part for name in names for stem in lemmas(name) if (part := begins(stem))))


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text; a possessive ending is a token of its own (`'s`)."""
    out = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        base = "'s" if word in ("'", "’", "'s", "’s") else lemma(word)
        out.append(Token(word, base, match.start(), match.end()))
    return tuple(out)


def lemmas(text: str) -> tuple[str, ...]:
    """The lemmas of a phrase, punctuation left out."""
    return tuple([lemma(word) for word in _TOKEN.findall(text) if word[0].isalnum() or word[0] in "$€£¥"])
