"""Short names that a document defines: “Ministry of Trade (MOT)”, “Orbital Wafer Works, or OWW”, “Parlune (帕伦)”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.parsed import Sentence, stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]

_OPENING = frozenset({"“", '"', "‘", "'", "``", "hereafter", "hereinafter", "the", "or", "formerly", "formally"})
_NAMING = frozenset({"“", '"', "hereafter", "hereinafter", "``", "formerly"})
_CLOSING = frozenset({"”", '"', "’", "'", "''"})
_CHINESE = re.compile(r"\s?[(（]([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,14})[)）]")
_LONGEST = 4


def definitions(sentence: Sentence, spans: Iterable[Span], new: frozenset[Span]) -> list[tuple[Span, Span]]:
    """(name, short name) as token ranges, where a sentence defines one; the short name is one of the `new` spans."""
    starts = {first: (first, last) for first, last in new}
    out: list[tuple[Span, Span]] = []
    for span in spans:
        at, said = _opens(sentence.doc, span[1] + 1)
        short = starts.get(at)
        if short is None or short == span:
            continue
        name, brief = _text(sentence.doc, span), _text(sentence.doc, short)
        if (said and _is_closed(sentence.doc, short[1] + 1)) or abbreviates(brief, name):
            out.append((span, short))
    return out


def _text(doc: Doc, span: Span) -> str:
    return str(doc[span[0] : span[1] + 1].text)


def _opens(doc: Doc, i: int) -> tuple[int, bool]:
    """The token after “(”, “, or” or “(hereafter ‘”, and whether words or quotation marks say that a name is given."""
    said = False
    if i + 1 >= len(doc) or not (doc[i].text == "(" or (doc[i].text == "," and doc[i + 1].lower_ == "or")):
        return -1, False
    i += 1
    for _ in range(_LONGEST):
        if i >= len(doc) or doc[i].lower_ not in _OPENING:
            break
        said = said or doc[i].lower_ in _NAMING
        i += 1
    return i, said


def _is_closed(doc: Doc, i: int) -> bool:
    return i < len(doc) and (doc[i].text in _CLOSING or doc[i].text == ")")


def abbreviates(short: str, name: str) -> bool:
    """Whether capitals are the initials of a name, small words left out or not, or its letters in order.

    >>> abbreviates("AMEC", "Advanced Micro-Fabrication Equipment"), abbreviates("OWW", "Orbital Wafer Works Inc.")
    (True, True)
    >>> abbreviates("FT", "Ministry of Trade")
    False
    """
    letters = short.replace(".", "").replace("-", "")
    if not 2 <= len(letters) <= 8 or sum(c.isupper() for c in letters) < 2 or " " in short:
        return False
    words = [w for w in re.split(r"[\s\-]+", name) if w and w.lower() not in ("of", "the", "and", "for", "&")]
    if len(words) < 2 or not words[0][0].isupper() or words[0][0] != letters[0]:
        return False
    rest = iter(name.lower())
    return all(c in rest for c in letters.lower())


def chinese_names(sentence: Sentence, spans: Iterable[Span]) -> list[tuple[Span, str]]:
    """(name, its Chinese, Japanese or Korean form) where one stands in brackets behind a name."""
    out: list[tuple[Span, str]] = []
    for first, last in spans:
        token = sentence.doc[last]
        hit = _CHINESE.match(sentence.text, token.idx + len(token))
        if hit:
            out.append(((first, last), hit.group(1)))
    return out


def occurrences(sentence: Sentence, name: str) -> list[Span]:
    """Where a name that is written without spaces stands, as token ranges that no mention covers."""
    out: list[Span] = []
    at = sentence.text.find(name)
    while at >= 0:
        where = stretch(sentence.doc, at, at + len(name))
        if where is not None and not sentence.covered(where[0], where[1]):
            out.append((where[0], where[1]))
        at = sentence.text.find(name, at + len(name))
    return out
