"""“Did X develop Y without Z?”: whether somebody did something with no part of another in it."""

from __future__ import annotations

from graph.model import Claim
from qa.answer import Truth
from qa.draft import Draft
from qa.facts import View
from qa.mention import mention
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.run_fact import hedges
from qa.sparql import Pattern

_NEAR = 0.8  # the sentence speaks of it


def unaided(draft: Draft, readings: list[Query]) -> list[Query]:
    """The readings of a question for yes or no as ones for whether somebody else had no part in it; as they are where
    nobody is named behind “without”.
    """
    at = next((i for i in range(len(draft.items)) if draft.lemma(i) == "without"), None)
    behind = draft.named(at, at + 2) if at is not None else ()
    if not behind or draft.question.kinds.get(behind[0].ids[0]) not in ("Company", "Organization", "Person"):
        return readings
    other = behind[0]
    return [
        Query("unaided", owner=q.owner, link=q.link, options=(other,), about=_but(q.about, other), period=q.period)
        for q in readings
        if q.owner is not None and q.link is not None and other.ids not in (q.owner.ids, q.link.given.ids)
    ]


def _but(nodes: tuple[Node, ...], other: Node) -> tuple[Node, ...]:
    return tuple(n for n in nodes if n.ids != other.ids)


def run_unaided(view: View, query: Query) -> Outcome:
    """No where a claim has the other in it: as one who did the same, or who worked with the first on it. Silence is no
    answer.
    """
    assert query.owner is not None
    assert query.link is not None
    other, thing = query.options[0], query.link.given
    same = view.claims(Pattern(subjects=other.ids, predicates=query.link.relations, objects=thing.ids))
    beside = ("partnersWith", *query.link.relations)
    with_them = view.claims(Pattern(subjects=other.ids, predicates=beside, objects=query.owner.ids))
    back = view.claims(Pattern(subjects=query.owner.ids, predicates=("partnersWith",), objects=other.ids))
    near = [c for c in (*with_them, *back) if mention(view, c, thing) >= _NEAR]
    found = tuple(c for c in dict.fromkeys((*same, *near)) if c.affirmed and not _without(view, c))
    if not found:
        return unknown(f"no claim says what part {other.label} had in it, nor that it had none")
    return Outcome("answered", (Truth(False),), found[:3], "No", hedges(found[:3]))


def _without(view: View, claim: Claim) -> bool:
    return "without" in view.facts.quote_stems(claim)
