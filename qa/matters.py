"""Where the claims stand that may contradict one: on its matter, as close by as the index can tell."""

from __future__ import annotations

from dataclasses import replace

from graph.agreement.times import WEEK
from graph.model import Claim, EntityRef, Quantity
from graph.store.protocol import Days
from graph.vocabulary import vocabulary
from qa.sparql import Pattern


def begun_on(claim: Claim) -> int | None:
    """The day on which the period of an amount begins."""
    start = claim.period.start if isinstance(claim.object, Quantity) and claim.period else None
    return start.toordinal() if start else None


def around(claim: Claim) -> tuple[Pattern, Pattern]:
    """Where the claims on the matter of one stand: with all of its subject; and closer by, for a relation between its
    two ends, for an amount with periods that begin when its own does.
    """
    subject, predicates = claim.subject.id, (claim.predicate,)
    relation = vocabulary().relations.get(claim.predicate)
    symmetric = relation is not None and relation.symmetric
    wide = Pattern(
        subjects=() if symmetric else (subject,), predicates=predicates, either=(subject,) if symmetric else ()
    )
    if not isinstance(claim.object, EntityRef):
        begins = claim.period.start if claim.period else None
        first, last = (begins - WEEK, begins + WEEK) if begins else (None, None)
        return wide, replace(wide, days=Days(first, last, beginning=True))
    ends = (subject, claim.object.id)
    if symmetric:
        return wide, Pattern(subjects=ends, predicates=predicates, objects=ends)
    return wide, Pattern(subjects=ends[:1], predicates=predicates, objects=ends[1:])
