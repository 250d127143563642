"""What kind of thing a pronoun can mean, by what it does or has: chips have successors, firms have customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.coreference.discourse import AGENTS
from ingest.names.lexicon import classifying_nouns
from ingest.speakers import kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTING = words("acting")
_OF_FIRMS, _OF_THINGS = words("of_firms"), words("of_things")
_FABRICATING = words("fabricating")
_DONE_TO_THINGS = words("done_to_things")
_FITS = {
    "Company": 1.0,
    "Organization": 0.4,
    "Chip": -0.3,
    "Model": -0.3,
    "Product": -0.6,
    "Facility": -0.4,
    "Technology": -0.8,
    "Place": -1.6,
}
_THINGS = ("Chip", "Model", "Product", "Facility", "Technology")
# “its successor”, “it is made”: a thing, if one is near
_MADE = {**_FITS, **dict.fromkeys(_THINGS, 3.0), "Company": 0.0}
_PARTIES = words("parties")


def fitting(token: Token) -> dict[str, float]:
    """Entity types that an “it” or “its” may mean by what it does or has, each with its bonus."""
    noun = token.head.lemma_.lower() if token.dep_ == "poss" else ""
    if noun in _OF_FIRMS:
        return {kind: fit for kind, fit in _FITS.items() if kind not in _THINGS or kind == "Facility"}
    if noun in _OF_THINGS:
        return _MADE
    verb = token.head.lemma_.lower()
    if token.dep_ in ("dobj", "nsubjpass") and verb in _FABRICATING:
        return {**_FITS, "Chip": 2.0, "Product": 1.5}  # “TSMC fabs it”
    if token.dep_ == "nsubj":
        if acts(token):
            return {kind: fit for kind, fit in _FITS.items() if kind not in _THINGS}
        if verb in ("be", "become", "remain"):
            return _by_predicate(token.head)
    if token.dep_ == "nsubjpass" and verb in _DONE_TO_THINGS:
        return _MADE
    if token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return {kind: fit for kind, fit in _FITS.items() if kind != "Place"}
    return _FITS


def _by_predicate(verb: Token) -> dict[str, float]:
    """“it is a chip” is no firm; “it's a truce” is nothing that has a name."""
    attribute = next((c for c in verb.children if c.dep_ == "attr" and c.tag_ == "NN"), None)
    if attribute is None:
        return _FITS
    kind = classifying_nouns().get(attribute.lower_)
    noun = attribute.lemma_.lower()
    if noun in _PARTIES or noun in _OF_FIRMS or kind in AGENTS:
        return {kind: fit for kind, fit in _FITS.items() if kind in AGENTS}
    if noun in _OF_THINGS or kind in _THINGS:
        return dict.fromkeys(_THINGS, 1.0)
    return {}


def acts(token: Token) -> bool:
    """Whether a pronoun does or has what only firms and people do or have."""
    lemma = token.head.lemma_.lower()
    if token.dep_ == "poss":
        return lemma in _OF_FIRMS
    return token.dep_ == "nsubj" and (lemma in _ACTING or kind_of(lemma) is not None)
