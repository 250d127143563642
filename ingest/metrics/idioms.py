"""Sums that an idiom explains: “$3bn in the red”, “$2bn is to go into new plants”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.metrics.links import Link, clause_of
from ingest.parsed import Amount, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_AFTER = re.compile(r"\s*in the (?P<colour>red|hole|black)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\bin the (?P<colour>red|black)\b(?:\s+\w+){0,2},?\s+(?:by|to the tune of)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_FLOWING = frozenset(["go", "flow"])
_INTO = frozenset(["into", "toward", "towards"])


def by_idiom(sentence: Sentence, root: Token, amount: Amount) -> Link | None:
    """The metric of a sum by an idiom; None if there is none."""
    text = sentence.text
    found = _AFTER.match(text, amount.span.end) or _BEFORE.search(text, 0, amount.span.start)
    if found is not None:
        loss = found["colour"].lower() != "black"
        return Link("netProfit", clause_of(root), None, loss, verb=True)
    if (verb := put_into(root)) is not None:
        return Link("investment", verb, None, verb=True)
    return None


def put_into(root: Token) -> Token | None:
    """The verb in “$2bn is to go into new plants”, of the sum's root."""
    if root.dep_ != "nsubj":
        return None
    verbs = (root.head, *(c for c in root.head.children if c.dep_ == "xcomp"))
    return next((v for v in verbs if v.lemma_ in _FLOWING and any(c.lower_ in _INTO for c in v.children)), None)
