"""spaCy's attribute ruler at a fraction of its time: what its patterns give to a word of a tag and a part is kept.

The ruler matches some two hundred patterns on every sentence. All but a handful look at one token only: its tag, its
dependency and, for some words, its form. A sentence with a word of the others goes to the ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import MorphAnalysis, Token
    from spacy.vocab import Vocab

_SEEN = {"TAG", "LOWER", "DEP", "IS_SPACE"}  # what a pattern may look at


class _Given(NamedTuple):
    """What the ruler gives a token; a lemma of 0 is none."""

    pos: int
    morph: MorphAnalysis
    lemma: int


def quick(ruler: AttributeRuler, vocab: Vocab) -> Callable[[Doc], Doc]:
    """A component that does to a Doc what the ruler does; the ruler itself if it has patterns of other kinds."""
    patterns = [pattern for row in ruler.patterns for pattern in row["patterns"]]
    tokens = [token for pattern in patterns for token in pattern]
    if any(set(token) - _SEEN for token in tokens):
        return cast("Callable[[Doc], Doc]", ruler)
    words, forms = _words(t["LOWER"] for t in tokens if "LOWER" in t)
    matters = vocab.add_flag(lambda text: text.lower() in words or any(f.search(text.lower()) for f in forms))
    rare = {value for pattern in patterns if len(pattern) > 1 for value in _needed(pattern, vocab)}
    kept: dict[tuple[int, int, int], _Given] = {}

    def apply(doc: Doc) -> Doc:
        if any(t.dep in rare or t.lower in rare or t.is_space for t in doc):
            return ruler(doc)
        for token in doc:
            key = (token.tag, token.dep, token.lower if token.check_flag(matters) else 0)
            given = kept.get(key)
            if given is None:
                given = kept[key] = _one(ruler, vocab, token)
            token.pos, token.morph = given.pos, given.morph
            if given.lemma:
                token.lemma = given.lemma
        return doc

    return apply


def _words(conditions: Iterator[Any]) -> tuple[set[str], list[re.Pattern[str]]]:
    """The words that patterns name, and the forms that they give as regular expressions."""
    words: set[str] = set()
    forms: list[re.Pattern[str]] = []
    for condition in conditions:
        if isinstance(condition, str):
            words.add(condition)
        else:
            words.update(condition.get("IN", ()))
            forms += [re.compile(condition["REGEX"])] if "REGEX" in condition else []
    return words, forms


def _needed(pattern: list[dict[str, Any]], vocab: Vocab) -> list[int]:
    """The first word or dependency that a pattern of several tokens cannot do without."""
    for token in pattern:
        for name in ("LOWER", "DEP"):
            if isinstance(token.get(name), str):
                return [vocab.strings.add(token[name])]
    return []


def _one(ruler: AttributeRuler, vocab: Vocab, token: Token) -> _Given:
    """What the ruler gives such a token, found on a Doc of its own."""
    doc = Doc(vocab, words=[token.text])
    doc[0].tag, doc[0].dep = token.tag, token.dep
    ruler(doc)
    return _Given(doc[0].pos, doc[0].morph, doc[0].lemma)
