"""Mentions that the caller knows already: a marked pair of firms, the names of an annotated text. The pipeline reads
around them as around names that it found itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.names.evidence import votes_by_type
from ingest.names.lexicon import name_lexicon
from ingest.parsed import Mention, Sentence, stretch
from ingest.plain import plain

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REST = 3  # words of a name that may follow the given stretch


@dataclass(frozen=True, slots=True)
class Given:
    """Characters [start, end) of a document that stand for an entity; `types` are those that it may have.

    Where there are several, the surroundings choose, and the first is preferred; the others stay possible.
    """

    start: int
    end: int
    id: str
    label: str
    types: tuple[str, ...] = ("Company",)


def mark_given(text: str, sentences: Sequence[Sentence], given: Sequence[Given]) -> None:
    """Add the given mentions to the sentences of the text that they start in, where no other stands already."""
    for known in given:
        for sentence in sentences:
            if sentence.start <= known.start < sentence.end:
                _mark(text, sentence, known, given)


def _mark(text: str, sentence: Sentence, known: Given, given: Sequence[Given]) -> None:
    start, end = (len(plain(text[sentence.start : at])) for at in (known.start, min(known.end, sentence.end)))
    where = stretch(sentence.doc, start, end)
    if where is None or sentence.covered(where[0], where[1]):
        return
    following = min((g.start for g in given if g.start >= known.end), default=sentence.end)
    stop = len(plain(text[sentence.start : following]))
    first, last = where[0], _whole_name(sentence.doc, where[2], where[1], stop)
    root = sentence.doc[first : last + 1].root.i
    spoken = votes_by_type(sentence, first, last, name_lexicon()) if len(known.types) > 1 else {}
    types = sorted(known.types, key=lambda kind: -spoken.get(kind, 0))
    refs = tuple(EntityRef(known.id, known.label, kind) for kind in types)
    sentence.add(Mention(first, last, root, sentence.text[start:end], "new", refs[0], candidates=refs))


def _whole_name(doc: Doc, root: int, last: int, stop: int) -> int:
    """The last token of the name, where the given stretch leaves its end out: “Brackwell” of “Brackwell Limited”.

    `stop` is the character where the next given mention starts.
    """
    head = doc[root].head
    rest = doc[last + 1 : head.i + 1]
    if doc[root].dep_ not in ("compound", "nmod") or not 0 < len(rest) <= _REST:
        return last
    return head.i if all(t.tag_ in ("NNP", "NNPS") and t.idx < stop for t in rest) else last
