"""Names that are a segment of the firm at hand, not a firm: “Advanced Packaging Solutions (APS) revenue rose by 5%”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import EntityRef
from ingest.metrics.terms import Term, terms
from ingest.parsed import Mention, Sentence

_OF_THE_WHOLE = re.compile(r"^\W*(?:[Ww]ithin (?:it|that|this)|[Oo]f (?:which|that|this))\b|\bof which\W*$")
_SOLD = ("revenue", "operatingProfit", "operatingMargin", "grossMargin", "orders")
_BRACKETED = 3  # tokens of “(APS)”


def drop_segments(read: Sequence[Sentence], focus: EntityRef) -> None:
    """Take the mentions of segments out of a text that is surely about one firm, so that they scope its figures."""
    found = {
        mention.entity.id
        for sentence in read
        for mention in sentence.mentions
        if mention.entity is not None and mention.entity != focus and _is_segment(sentence, mention)
    }
    for sentence in read if found else ():
        sentence.drop(found)


def _is_segment(sentence: Sentence, mention: Mention) -> bool:
    if mention.how != "new" or mention.entity is None or mention.entity.type != "Company":
        return False
    told = any(term.metric in _SOLD and _names_part(sentence, mention, term) for term in terms(sentence))
    return told or _part_that_earns(sentence, mention)


def _names_part(sentence: Sentence, mention: Mention, term: Term) -> bool:
    """“X Solutions revenue”, “X Solutions (XS) revenue”: the name stands before the metric as its first part."""
    between = sentence.doc[mention.last + 1 : term.first]
    if term.first <= mention.last or mention.first == mention.last or sentence.doc[mention.root].dep_ == "poss":
        return False
    bracketed = len(between) == _BRACKETED and between[0].text == "(" and between[2].text == ")"
    return not len(between) or bracketed


def _part_that_earns(sentence: Sentence, mention: Mention) -> bool:
    """“…, of which X contributed $2bn”, “Within it, X generated $1bn”."""
    lead = sentence.text[: sentence.doc[mention.first].idx]
    return sentence.doc[mention.root].dep_ == "nsubj" and bool(_OF_THE_WHOLE.search(lead))
