"""A question cut into pieces: spans of the graph, and the words that compute, compare, order and negate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from qa.rdf.english import (
    AGGREGATES,
    COMPARATIVES,
    FILLER,
    IGNORED,
    NEGATIONS,
    NUMERALS,
    PATTERNS,
    STOP,
    SUPERLATIVES,
)
from qa.rdf.spans import Span
from qa.rdf.words import Token

Kind = Literal[
    "noun",
    "value",
    "number",
    "compare",
    "top",
    "aggregate",
    "count",
    "each",
    "not",
    "order",
    "match",
    "word",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `start` to `end`. `text` is the operator or the word; `hints` are stems of properties that the word
    implies (older: age); `number` goes with comparisons and with “top 3”.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    span: Span | None = None
    hints: tuple[str, ...] = ()
    number: str = ""


def pieces(words: Sequence[Token], spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The pieces of a question in their order."""
    at = {s.start: s for s in spans if not _only_people(words, s)}
    out: list[Piece] = []
    i = 0
    while i < len(words):
        span = at.get(i)
        piece = _operator(words, i, span, _cuts(i, spans)) or (_of_span(span) if span else _plain(words, i))
        if piece.kind != "word" or piece.text:
            out.append(piece)
        i = max(piece.end, i + 1)
    return tuple(out)


SHARED = frozenset({"share", "same"})


def _only_people(words: Sequence[Token], span: Span) -> bool:
    """Whether a span is just “people”, who are counted by no property here."""
    if span.end - span.start > 1 or words[span.start].stem not in ("person", "individual", "time"):
        return False
    if words[span.start].stem == "time":
        return span.score < 0.9 and words[span.start - 1].stem in ("most", "one", "many", "each", "least", "few")
    near = {w.stem for w in words[max(0, span.start - 3) : span.start]} | {
        w.stem for w in words[span.end : span.end + 1]
    }
    return span.score < 0.75 and not near & {"many", "number", "live", "more", "less", "total", "few"}


def _of_span(span: Span) -> Piece:
    best = span.meanings[0].sense if span.meanings else "value"
    return Piece("value" if best in ("value", "node") else "noun", span.start, span.end, span=span)


def _plain(words: Sequence[Token], i: int) -> Piece:
    token = words[i]
    if _number(token.text):
        return Piece("number", i, i + 1, number=_number(token.text))
    if token.stem in NUMERALS and (token.stem != "one" or _counted(words, i)):
        return Piece("number", i, i + 1, number=NUMERALS[token.stem])
    if token.stem in SHARED:
        return Piece("word", i, i + 1, text=token.stem)
    if token.stem in STOP or not token.text[0].isalnum():
        return Piece("word", i, i + 1, text=token.stem)
    if token.stem in IGNORED:
        return Piece("word", i, i + 1, text="")
    if len(token.text) > 6 and _misspelt(token.text.casefold()):
        return Piece("word", i, i + 1, text="")
    return Piece("unknown", i, i + 1, text=token.text)


def _misspelt(text: str) -> bool:
    """Whether a long word is one of the words that say how a question is put, with a slip."""
    return any(len(w) > 6 and abs(len(w) - len(text)) < 2 and DamerauLevenshtein.distance(w, text) == 1 for w in STOP)


def _numeral(text: str) -> bool:
    return text in NUMERALS or bool(_number(text))


def _counted(words: Sequence[Token], i: int) -> bool:
    """Whether “one” is a number here and no pronoun."""
    return i > 0 and words[i - 1].text.casefold() in ("only", "exactly", "just", "least", "most", "than", "over")


def _number(text: str) -> str:
    """A number without its thousands separators, "" if it is none.

    >>> _number("300,000"), _number("2.5"), _number("x")
    ('300000', '2.5', '')
    """
    bare = text.replace(",", "")
    return bare if bare.replace(".", "", 1).replace("-", "").isdigit() else ""


def _cuts(i: int, spans: Sequence[Span]) -> frozenset[int]:
    """Where a phrase that begins at a token may not end: inside a span that begins later."""
    return frozenset(end for s in spans if i < s.start < i + 6 for end in range(s.start + 1, s.end))


def _operator(words: Sequence[Token], i: int, span: Span | None, cuts: frozenset[int]) -> Piece | None:
    """The operator that begins at a token, if one does; the longest phrase counts."""
    if span is not None and (span.quoted or (span.end - span.start > 1 and span.score > 0.7)):
        return None
    stems = [w.stem for w in words]
    texts = [w.text.casefold() for w in words]
    for length in range(min(6, len(words) - i), 0, -1):
        phrase = " ".join(texts[i : i + length])
        found = PATTERNS.get(phrase) or PATTERNS.get(" ".join(stems[i : i + length]))
        if found and i + length not in cuts:
            kind, text = found
            if kind == "word" and any(w.stem == "as" for w in words[i : i + length]):
                text = "also"
            return Piece(kind, i, i + length, text=text)
    return _comparison(texts, i) or _single(texts, stems, i, span)


def _single(texts: Sequence[str], stems: Sequence[str], i: int, span: Span | None) -> Piece | None:
    text, base = texts[i], stems[i]
    following = texts[i + 1] if i + 1 < len(texts) else ""
    if f"{text} {following}" in SUPERLATIVES:
        direction, hints = SUPERLATIVES[f"{text} {following}"]
        return Piece("top", i, i + 2, text=direction, hints=hints, number="1")
    if text in SUPERLATIVES and not (span and span.score >= 0.95 and span.end - span.start > 1):
        direction, hints = SUPERLATIVES[text]
        end = i + 1
        number = "1"
        if following in NUMERALS or _number(following):
            number, end = NUMERALS.get(following) or _number(following), i + 2
        return Piece("top", i, end, text=direction, hints=hints, number=number)
    if text in ("top", "first", "last", "bottom") and (following in NUMERALS or _number(following)):
        count = NUMERALS.get(following) or _number(following)
        return Piece("top", i, i + 2, text="down" if text in ("top", "last") else "up", number=count)
    if (text in NUMERALS or _number(text)) and following in SUPERLATIVES and text != "one":
        direction, hints = SUPERLATIVES[following]
        return Piece("top", i, i + 2, text=direction, hints=hints, number=NUMERALS.get(text) or _number(text))
    if (base == "sort" or (text == "order" and i == 0)) and following != "of" and not (span and span.score > 0.9):
        return Piece("word", i, i + 1, text="sort")
    if base in AGGREGATES:
        return Piece("aggregate", i, i + 1, text=AGGREGATES[base])
    if text in NEGATIONS:
        return Piece("not", i, i + 1, text=text)
    return None


def _comparison(texts: Sequence[str], i: int) -> Piece | None:
    """“older than”, “more than”, “above”, “at least”, “between … and …”."""
    for length in (4, 3, 2, 1):
        phrase = " ".join(texts[i : i + length])
        if phrase in COMPARATIVES and len(texts) >= i + length:
            if phrase in ("only", "just") and not (texts[i + 1 : i + 2] and _numeral(texts[i + 1])):
                continue
            op, hints = COMPARATIVES[phrase]
            return Piece("compare", i, i + length, text=op, hints=hints)
    return None


def content(piece: Piece) -> bool:
    """Whether the piece says something about the graph's subject matter."""
    return piece.kind in ("noun", "value", "unknown")


def filler(text: str) -> bool:
    """Whether a word between two nouns does not part them."""
    return text in FILLER
