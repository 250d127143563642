"""The words of an identifier: cut by separators and case, and where letters run together."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from qa.rdf.words import ranks, stem

_UNKNOWN = 26.0
_SHORT = frozenset({"id", "no", "of", "in", "by", "to", "is", "has", "num", "uid", "ref"})
_SPELT = {"fname": ["first", "name"], "lname": ["last", "name"], "dob": ["date", "of", "birth"], "uid": ["uid"]}


def split(name: str) -> tuple[str, ...]:
    """The words of an identifier: by separators, case and digits, and where letters run together, by a word list.

    >>> split("hasStartDate"), split("net_worth_millions"), split("surfacearea"), split("IndepYear")
    (('has', 'start', 'date'), ('net', 'worth', 'millions'), ('surface', 'area'), ('indep', 'year'))
    """
    parts = [p for piece in re.findall(r"[^\W\d_]+|\d+", name) for p in _by_case(piece)]
    glued = name.isascii() and " " not in name and (name.islower() or name.isupper())
    out: list[str] = []
    for part in parts:
        out.extend(_segment(part.lower()) if glued and len(part) > 4 else [part.lower()])
    return tuple(out)


def _by_case(piece: str) -> list[str]:
    """Cut where a capital follows a small letter, and before the last capital of a row of them.

    >>> _by_case("policyHolderID"), _by_case("HTTPServer")
    (['policy', 'Holder', 'ID'], ['HTTP', 'Server'])
    """
    cuts = [0]
    for i in range(1, len(piece)):
        rises = piece[i].isupper() and not piece[i - 1].isupper()
        last = piece[i - 1].isupper() and piece[i].isupper() and i + 1 < len(piece) and piece[i + 1].islower()
        if rises or last:
            cuts.append(i)
    return [piece[a:b] for a, b in pairwise([*cuts, len(piece)])]


@lru_cache(maxsize=50_000)
def _segment(word: str) -> list[str]:
    """The likeliest cut of letters run together; one word where that is as likely."""
    if word in _SPELT:
        return _SPELT[word]
    if word in ranks() or word.removesuffix("s") in ranks() or stem(word) in ranks() or not ranks():
        return [word]
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        options = [
            (best[start][0] + _cost(word[start:end]), [*best[start][1], word[start:end]])
            for start in range(max(0, end - 16), end)
        ]
        best.append(min(options, key=lambda o: o[0]))
    cut = best[-1][1]
    weak = any(len(p) < 3 and p not in _SHORT for p in cut)
    return [word] if weak or len(cut) > 5 or not any(len(p) > 2 and p in ranks() for p in cut) else cut


def _cost(piece: str) -> float:
    """How unlikely a piece is as a word of a name."""
    if piece in _SHORT:
        return 5.0 if piece in ("id", "no", "num", "of") else 12.0
    rank = ranks().get(piece, ranks().get(_base(piece)))
    if rank is None or len(piece) < 3:
        return _UNKNOWN + 3.0 * len(piece) if len(piece) > 2 else _UNKNOWN * 2
    return 8.0 + rank / 1500


def _base(piece: str) -> str:
    """A word without an ending of nouns, if what is left is long enough to be a word."""
    for ending in ("ancy", "ency", "ship", "ment", "er", "or", "s"):
        if piece.endswith(ending) and len(piece) - len(ending) >= 4:
            return piece[: -len(ending)]
    return piece
