"""Lists of those who stand in a relation, chosen in the index: of thousands of claims only those shown are read."""

from __future__ import annotations

from graph.agreement.matters import covers
from graph.model import Claim, EntityRef
from graph.store.protocol import Joined
from graph.vocabulary import vocabulary
from qa.choosing import proper
from qa.facts import View
from qa.query import Link, Query
from qa.relate import Related, ends_of, fits_type, within
from qa.sparql import Pattern

_SHOWN = 2  # claims of each that an answer cites


def chosen(view: View, query: Query, link: Link, given: tuple[str, ...]) -> Related | None:
    """Those at the other end by firm claims, each with the first two, by label; None where choosing takes the claims
    themselves.
    """
    pattern = _pattern(link, given) if _plain(view, query) else None
    ends = view.joined(pattern) if pattern is not None else []
    out = frozenset[str]() if within(link) else frozenset(given)
    wanted = [one for one in ends if one.entity.id not in out and fits_type(one.entity, query.wanted)]
    told = _undenied(view, wanted)
    listed = sorted(((entity, ids) for entity, ids in told.items() if ids), key=lambda one: (one[0].label, one[1][0]))
    if not listed:
        return None
    claims = view.facts.each([claim for _, ids in listed for claim in ids])
    return proper({entity.id: (entity, [claims[claim] for claim in ids]) for entity, ids in listed})


def contradicted(claim: Claim, denied: list[Claim]) -> bool:
    """Whether what is only hearsay is denied by somebody, of the same two."""
    if claim.modality == "asserted":
        return False
    return any(no.predicate == claim.predicate and ends_of(no) == ends_of(claim) and covers(no, claim) for no in denied)


def _plain(view: View, query: Query) -> bool:
    """Whether any firm claim of the relation will do, and all that is asked of those at its other end is their type."""
    asked = (query.about, query.without, query.names, query.words, query.soft, query.must, query.role)
    period = query.period is not None and query.period.relation == "in"
    odd = query.narrow or query.strict_kind or query.highest or query.restriction or query.wish == "future"
    return view.free and not period and not odd and not any(asked)


def _pattern(link: Link, given: tuple[str, ...]) -> Pattern | None:
    """The claims of a link; None if these are of several sorts."""
    symmetric = {vocabulary().relations[name].symmetric for name in link.relations}
    if len(symmetric) != 1 or not given:
        return None
    if symmetric == {True}:
        return Pattern(predicates=link.relations, either=given) if len(given) == 1 else None
    return Pattern(
        predicates=link.relations,
        objects=given if link.asks == "subject" else (),
        subjects=() if link.asks == "subject" else given,
    )


def _undenied(view: View, ends: list[Joined]) -> dict[EntityRef, tuple[str, ...]]:
    """The first firm claims that join each end, without the hearsay that somebody denies."""
    held = view.facts.each([claim for one in ends for claim in one.contested])
    found = {}
    for one in ends:
        claims = [held[claim] for claim in one.contested]
        denied = [claim for claim in claims if not claim.polarity]
        heard = [claim.id for claim in claims if claim.polarity and not contradicted(claim, denied)]
        found[one.entity] = tuple(sorted((*one.claims, *heard))[:_SHOWN])
    return found
