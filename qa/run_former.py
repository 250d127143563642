"""Executing questions for who had a post before, or has it since: by claims that somebody does not lead any more."""

from __future__ import annotations

from datetime import timedelta

from graph.model import Claim, EntityRef
from qa.choosing import has_role, in_words
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern

_NEAR = 500  # characters between a sentence and the one that speaks of the other holder
_LATELY = timedelta(days=430)  # how long after the end of a post it is told without its day


def run_former(view: View, query: Query) -> Outcome:
    """Those who held a post until somebody else did or some time; or, at the stage “after”, those who hold it since."""
    found = _after(view, query) if query.stage == "after" else _before(view, query)
    if not found:
        who = query.owner.label if query.owner else "the one who leads now"
        return unknown(f"no claim tells who came {query.stage} {who}", trust=0.5)
    refs = list({c.subject.id: c.subject for c in found}.values())
    return Outcome("answered", tuple(refs), tuple(found), in_words(refs), hedges(found))


def _before(view: View, query: Query) -> list[Claim]:
    """The claims of those whose post is over, at the firm named or at that of their successor."""
    person = query.owner.ids if query.owner else ()
    where = query.link.given.ids if query.link else ()
    told = [c for c in view.claims(Pattern(subjects=person, predicates=("replaces",))) if person and _of_person(c)]
    gone = {c.object.id for c in told if isinstance(c.object, EntityRef)}
    held = [c for c in view.claims(Pattern(subjects=person, predicates=("leads",))) if person and c.affirmed]
    firms = where or tuple(c.object.id for c in held if isinstance(c.object, EntityRef))
    over = [c for c in _leading(view, firms) if not c.polarity and c.subject.id not in person]
    if person:
        over = [c for c in over if c.subject.id in gone or any(_handed_over(c, h) for h in held)]
    return [c for c in over if _in_post(view, c, query) and _then(view, c, query)]


def _after(view: View, query: Query) -> list[Claim]:
    """The claims of those who lead since the one named does not, told beside that."""
    person = query.owner.ids if query.owner else ()
    where = query.link.given.ids if query.link else ()
    left = [c for c in view.claims(Pattern(subjects=person, predicates=("leads",))) if not c.polarity]
    left = [c for c in left if isinstance(c.object, EntityRef) and (not where or c.object.id in where)]
    told = [c for c in view.claims(Pattern(objects=person, predicates=("replaces",))) if _of_person(c)]
    now = [c for c in _leading(view, tuple(_firm(c) for c in left)) if c.affirmed and c.subject.id not in person]
    if told:
        firms = {_firm(c) for c in left} | {*where}
        heads = {c.subject.id for c in now if not where or _firm(c) in firms}
        return [c for c in told if not where or c.subject.id in heads]
    return [c for c in now if any(_handed_over(old, c) for old in left) and _in_post(view, c, query)]


def _leading(view: View, firms: tuple[str, ...]) -> list[Claim]:
    return view.claims(Pattern(objects=firms, predicates=("leads",))) if firms else []


def _of_person(claim: Claim) -> bool:
    """Whether a claim says that one person takes the place of another."""
    other = claim.object
    return claim.affirmed and isinstance(other, EntityRef) and {claim.subject.type, other.type} == {"Person"}


def _firm(claim: Claim) -> str:
    return claim.object.id if isinstance(claim.object, EntityRef) else ""


def _handed_over(old: Claim, new: Claim) -> bool:
    """Whether a post went from the one to the other: told in one sentence, or close by of the same post."""
    posts = [dict(c.qualifiers).get("role", "").lower().removesuffix(" (former)") for c in (old, new)]
    far = _apart(old, new) if _firm(old) == _firm(new) else 10**9
    return far == 0 or (far <= _NEAR and posts[0] != "" and posts[0] in posts[1])


def _apart(a: Claim, b: Claim) -> int:
    """How many characters lie between the sentences of two claims; a great many if they stand in no one document."""
    return min(
        (abs(x.start - y.start) for x in a.evidence for y in b.evidence if x.document == y.document), default=10**9
    )


def _in_post(view: View, claim: Claim, query: Query) -> bool:
    """Whether the post is the one asked for: by the claim, by its sentence, or by what is told beside it."""
    if has_role(claim, query):
        return True
    if dict(claim.qualifiers).get("role"):
        return False
    near = [c for c in _leading(view, (_firm(claim),)) if _apart(c, claim) <= _NEAR and has_role(c, query)]
    said = " ".join(e.quote.lower() for e in claim.evidence)
    return bool(near) or any(word in said for word in query.role)


def _then(view: View, claim: Claim, query: Query) -> bool:
    """Whether the post may have ended when the question takes it to."""
    end = query.period.end if query.period else None
    if end is None:
        return True
    if claim.period is not None and claim.period.end is not None:
        return abs(claim.period.end - end) < _LATELY
    told = view.facts.published(claim)
    return told is None or abs(told - end) < _LATELY
