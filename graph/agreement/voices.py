"""Who stands behind a statement, as a key that is equal for one and the same source.

A named source (“The Information”, “Reuters reported”) is that name, an executive whom the catalogue knows is the firm,
and “the company”, “annual report” are the firm that the statement is about. “People familiar with the matter” name
nobody: such a statement, like one without a source, stands on the document that makes it, and its outlet if known.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from graph.catalogue import catalogue
from graph.model import Claim, Document
from graph.text.name_tokens import fold_name
from graph.vocabulary import read_yaml


def named_origin(claim: Claim) -> str | None:
    """The farthest named source of the claim's chain, folded; None if it names nobody."""
    chain = tuple(dict.fromkeys((*((claim.attributed_to,) if claim.attributed_to else ()), *claim.origins)))
    own = _known(claim.subject.label)
    found = (_key(who, own) for who in reversed(chain))
    return next((key for key in found if key), None)


def outlet(document: Document) -> str | None:
    """The outlet of a document as `named_origin` would name it; None if it is not known."""
    return _known(document.outlet) if document.outlet else None


def _key(who: str, own: str) -> str | None:
    words = " ".join(unicodedata.normalize("NFKC", who).casefold().split())
    if words in _words("own"):
        return own
    return _known(who) if _names_somebody(who) else None


def _names_somebody(who: str) -> bool:
    """Whether a word of it is written as a name: a capital (beyond that of a common noun), or a script without case."""
    return any(word[:1] != word[:1].lower() or not word.isascii() for word in who.split() if not _common(word))


def _common(word: str) -> bool:
    return word.casefold().strip(",.;:“”\"'") in _words("anonymous")


@cache
def _known(name: str) -> str:
    """The name by which the catalogue calls it (an executive's is the firm's), folded."""
    bearers = catalogue().lookup(name)
    if len(bearers) != 1:
        return fold_name(name)
    return fold_name(bearers[0].organization or bearers[0].label)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in read_yaml("graph.agreement", "voices.yaml")[kind])
