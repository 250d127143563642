"""Whether a claim that somebody makes or sells something is of the goods, and of the place, that a question names."""

from __future__ import annotations

import re

from graph.model import Claim, EntityRef
from qa.facts import View
from qa.mention import mention
from qa.query import Node
from qa.sparql import Pattern

_THINGS = {"Chip", "Model", "Product", "Technology"}
_IN_FIELDS = 2.0
_SITE = r"(?:'s|’s)?\s+(?:plants?|fabs?|factory|factories|sites?|works|campus)\b"


def made_there(view: View, claim: Claim, place: Node) -> bool:
    """By the place of what is made, by that of the plant that makes it, or by the words “in the place”."""
    ends = [claim.subject.id] if claim.subject.type == "Facility" else []
    ends += [claim.object.id] if isinstance(claim.object, EntityRef) else []
    seats = view.claims(Pattern(subjects=tuple(ends), predicates=("locatedIn",), objects=place.ids)) if ends else []
    return any(c.affirmed for c in seats) or any(_told_in(e.quote, _names(view, place)) for e in claim.evidence)


def of_the_goods(view: View, claim: Claim, named: tuple[Node, ...]) -> bool:
    """Whether a claim that says what is supplied says so of the goods among the named; one that does not may."""
    entities = view.facts.names.entities
    goods = [n for n in named if any(i in entities and entities[i].type in _THINGS for i in n.ids)]
    item = dict(claim.qualifiers).get("item")
    return not item or all(mention(view, claim, node) >= _IN_FIELDS for node in goods)


def _names(view: View, place: Node) -> list[str]:
    known = (view.facts.names.entities.get(i) for i in place.ids)
    names = {name for entity in known if entity is not None for name in (entity.label, *entity.aliases)}
    return sorted({place.label, *names}, key=lambda name: (-len(name), name))


def _told_in(quote: str, names: list[str]) -> bool:
    """Whether a sentence says that something is in the place, or at a site of it."""
    name = "|".join(map(re.escape, filter(None, names)))
    within = rf"\b(?:in|at|on)\s+(?:the\s+)?(?:[A-Z][\w-]*,?\s+){{0,2}}(?:{name})\b"
    return re.search(within, quote) is not None or re.search(rf"\b(?:{name}){_SITE}", quote) is not None
