"""What the figures of a name say that it is: only a model has parameters, only a thing draws so many watts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ingest.names.lexicon import NameLexicon
from ingest.parsed import Amount, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = ("VERB", "AUX")
_SITE_WATTS = 1_000_000  # a site's power, no chip's
_NEAR = 3  # tokens from a name to “with” and its figure


def figure_votes(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """The votes of the figures that the name at these tokens has: as the subject of their verb, or with them right
    behind it (“the X9, with 96 GB of memory”).
    """
    out: Counter[str] = Counter()
    root = sentence.doc[first : last + 1].root
    for amount in sentence.amounts:
        table = lexicon.figures.get(_kind(amount))
        if table and (_of_its_verb(sentence, amount, root) or _with_it(sentence, amount, last)):
            out.update(dict(table))
    return out


def _kind(amount: Amount) -> str:
    """What the table is asked for: the noun that is counted, else the unit."""
    quantity = amount.span.quantity
    if quantity.unit == "count":
        return (amount.span.noun or "").split()[-1].lower() if amount.span.noun else ""
    low = quantity.low if quantity.low is not None else quantity.high
    if quantity.unit == "watt":
        return "watt" if low is not None and low < _SITE_WATTS else "megawatt"
    return quantity.unit


def _of_its_verb(sentence: Sentence, amount: Amount, name: Token) -> bool:
    """“The X9 delivers 2 petaflops while drawing 700 watts”, “With 96 GB of memory, the X9 beats …”."""
    if name.dep_ not in ("nsubj", "nsubjpass"):
        return False
    token = sentence.doc[amount.root]
    while token.head != token and token.dep_ not in ("conj", "relcl", "ccomp", "parataxis"):
        if any(c.dep_ in ("nsubj", "nsubjpass") and c != name for c in token.children) and token != name.head:
            return False
        token = token.head
        if token == name.head:
            return bool(token.pos_ in _VERBS)
    return bool(token == name.head or (token.dep_ == "conj" and token.head == name.head))


def _with_it(sentence: Sentence, amount: Amount, last: int) -> bool:
    """“the X9, with 96 GB of memory, …”, “Orla, at 180bn parameters”."""
    between = [t.lower_ for t in sentence.doc[last + 1 : amount.first]]
    return (
        0 < len(between) <= _NEAR and between[-1] in ("with", "at") and all(t in (",", "with", "at") for t in between)
    )
