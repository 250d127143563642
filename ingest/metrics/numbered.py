"""Sites that bear a name with a number and have their power in brackets behind it: “Ridgeway 2 (600MW)”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity import slug
from graph.model import EntityRef
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_MANY = 100  # sites of one name are fewer


def numbered_site(sentence: Sentence, at: Token) -> EntityRef | None:
    """The site whose power stands in brackets at a token; None if no such name is before the bracket."""
    amount = sentence.amount_at(at)
    opening = amount.first - 1 if amount is not None else 0
    doc = sentence.doc
    if amount is None or amount.span.quantity.unit != "watt" or opening < 2 or doc[opening].text not in ("(", "["):
        return None
    number, last = doc[opening - 1], doc[opening - 2]
    counted = number.text.isdecimal() and 0 < int(number.text) < _MANY
    if not counted or last.tag_ not in ("NNP", "NNPS") or not last.text[0].isupper():
        return None
    first = last
    while first.i and first.nbor(-1).tag_ in ("NNP", "NNPS") and first.nbor(-1).text[0].isupper():
        first = first.nbor(-1)
    held = sentence.mention_at(number) or sentence.mention_at(last)
    if held is not None and held.entity is not None and held.entity.type == "Facility":
        return held.entity
    label = str(doc[first.i : number.i + 1].text)
    return EntityRef("e:" + slug(label), label, "Facility")
