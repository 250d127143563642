"""Executing questions about goods that are nobody's by name: who supplies wafers, who makes memory, who buys lasers."""

from __future__ import annotations

from graph.model import Claim, EntityRef
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.in_period import in_period
from qa.query import Link, Query, Side
from qa.relate import Related, borne_out, fits_type
from qa.sparql import Pattern
from qa.words import begun, lemma, lemmas

_PARTIES = ("Company", "Organization", "Person", "Place", "Facility")
_MAKING = ("manufactures", "develops")
_TAKING = ("uses", "dependsOn")


def means_goods(link: Link) -> bool:
    """Whether a link's other side is goods, or a kind of thing, that is no entity: “memory”, “chips”."""
    given = link.given
    return given.open and bool(given.types and lemmas(given.label)) and not {*given.types} & {*_PARTIES}


def of_goods(view: View, query: Query) -> tuple[Related, tuple[str, ...]]:
    """Who makes, sells, buys or uses the goods, with their claims; and from what that follows, if no claim says so."""
    if query.link is None:
        return {}, ()
    words = {*lemmas(query.link.given.label), *query.words}
    without = {i for node in query.without for i in node.ids}
    for number, (names, side) in enumerate(_ways(query.link)):
        found: Related = {}
        for claim in view.claims(Pattern(predicates=names, saying=begun(sorted(words - _kinds())))):
            ref = claim.subject if side == "subject" else claim.object
            meant = claim.affirmed and _about(claim, words, query.link.given.types) and _meets(view, claim, query)
            if meant and isinstance(ref, EntityRef) and fits_type(ref, query.wanted) and ref.id not in without:
                found.setdefault(ref.id, (ref, []))[1].append(claim)
        if found:
            labels = " or ".join(vocabulary().relations[name].label for name in names)
            return found, (f"inferred from “{labels}”",) if number else ()
    return {}, ()


def _meets(view: View, claim: Claim, query: Query) -> bool:
    """Whether a claim meets the question's other conditions: whom it must speak of, and when."""
    if borne_out(view, claim, query) is None:
        return False
    return query.period is None or claim.period is None or in_period(view, claim, query.period) is not None


def _about(claim: Claim, words: set[str], types: tuple[str, ...]) -> bool:
    """Whether a claim is about goods that go by all these words, or of the type where they name only that."""
    things = _things(claim)
    if not words - _kinds():
        return bool(words & things) or (isinstance(claim.object, EntityRef) and claim.object.type in types)
    return words - _kinds() <= things


def _ways(link: Link) -> list[tuple[tuple[str, ...], Side]]:
    """The relations that tell it, each with the side that is asked for: as asked, then those from which it follows."""
    taking = link.asks == "object" or {*link.relations} & {"acquires", *_TAKING}
    if taking:
        ways: list[tuple[tuple[str, ...], Side]] = [(("supplies",), "object"), (_TAKING, "subject")]
        return ways[::-1] if {*link.relations} & {*_TAKING} else ways
    ways = [(("supplies",), "subject"), (_MAKING, "subject")]
    return ways[::-1] if {*link.relations} & {*_MAKING} else ways


def _things(claim: Claim) -> frozenset[str]:
    """The stems of the things that a claim is about: what is traded, its part, and what is made or used."""
    said = [value for name, value in claim.qualifiers if name == "item"]
    said += [claim.scope] if claim.scope else []
    if isinstance(claim.object, EntityRef) and claim.object.type not in _PARTIES:
        said.append(claim.object.label)
    return frozenset(stem for text in said for stem in lemmas(text))


def _kinds() -> frozenset[str]:
    """The words that name no goods, but a type of thing: “chips”, “products”."""
    return frozenset(lemma(word) for kind in vocabulary().types.values() for word in kind.label.split())
