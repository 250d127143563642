"""How two claims on one matter stand to each other: at odds, in what way, or not at all."""

from __future__ import annotations

from typing import Literal

from graph.agreement.amounts import can_both_hold, same_amount, within
from graph.agreement.matters import covers, one_of_many
from graph.agreement.sources import Sources
from graph.agreement.times import foretold, overlapping, same_period
from graph.model import Claim, EntityRef, Quantity

Standing = Literal["actual", "guidance", "possible", "opinion"]
Kind = Literal["figures", "estimates", "opinions", "denied", "exclusive", "guidance", "revised"]

DISAGREEMENTS: tuple[Kind, ...] = ("figures", "estimates", "opinions", "denied", "exclusive")
"""The kinds that are disagreements. `guidance` (then an actual) and `revised` (guidance, or a figure that
an outlet puts right itself) are the course of things."""


def standing(claim: Claim, sources: Sources) -> Standing:
    """Whether a claim states what is, what will be, what may be, or what somebody thinks."""
    if claim.modality in ("possible", "opinion"):
        return "possible" if claim.modality == "possible" else "opinion"
    return "guidance" if claim.modality == "projected" or foretold(claim, sources) else "actual"


def opposition(a: Claim, b: Claim, sources: Sources) -> Kind | None:
    """How two claims of one matter (`matters.matter`) oppose each other; None where both can hold.

    Symmetric; a claim never opposes itself. What is only possible opposes nothing.
    """
    if a.id == b.id or not _at_odds(a, b, sources) or sources.one_voice_says_both(a, b):
        return None
    kinds = {standing(a, sources), standing(b, sources)}
    if "possible" in kinds:
        return None
    if a.polarity != b.polarity or isinstance(a.object, EntityRef):
        return _stated(a, b, kinds)
    return _differing(a, b, kinds, sources)


def _at_odds(a: Claim, b: Claim, sources: Sources) -> bool:
    """Whether two claims, taken as plain statements of one time, cannot both be true."""
    if isinstance(a.object, Quantity) and isinstance(b.object, Quantity):
        if one_of_many(a) or not (a.polarity or b.polarity) or not same_period(a, b, sources):
            return False
        if a.polarity and b.polarity:
            return can_both_hold(a.object, b.object) is False
        said, denied = (a.object, b.object) if a.polarity else (b.object, a.object)
        return same_amount(said, denied) or within(said, denied)
    if isinstance(a.object, EntityRef) and isinstance(b.object, EntityRef):
        if {a.subject.id, a.object.id} != {b.subject.id, b.object.id}:  # as may be for an exclusive relation alone
            return a.polarity and b.polarity and overlapping(a, b, sources)
        yes, no = (a, b) if a.polarity else (b, a)
        return a.polarity != b.polarity and covers(no, yes) and overlapping(a, b, sources)
    return False


def _stated(a: Claim, b: Claim, kinds: set[Standing]) -> Kind | None:
    """What to call it that a statement is denied, or that two exclude each other: only among statements of a kind."""
    if len(kinds) > 1:
        return None
    if a.polarity and b.polarity:
        return "exclusive" if "opinion" not in kinds else None
    return "opinions" if "opinion" in kinds else "denied"


def _differing(a: Claim, b: Claim, kinds: set[Standing], sources: Sources) -> Kind | None:
    """What to call it that two amounts cannot both hold, by what each claims to be and by whose word it is."""
    if kinds == {"actual"}:
        return "revised" if sources.corrects_itself(a, b) else "figures"
    if kinds == {"actual", "guidance"}:
        plan, fact = (a, b) if standing(a, sources) == "guidance" else (b, a)
        return "guidance" if _foreseen(plan, fact, sources) else "estimates"
    if sources.speakers(a) & sources.speakers(b):
        return "revised" if sources.first_said(a) != sources.first_said(b) else None
    return "opinions" if "opinion" in kinds else "estimates"


def _foreseen(plan: Claim, fact: Claim, sources: Sources) -> bool:
    """Whether a forecast was made before its period ended or before the fact was known; so too where no date tells."""
    said, known = sources.first_said(plan), sources.first_said(fact)
    end = plan.period.end if plan.period else None
    return said is None or (end is not None and said <= end) or known is None or said <= known
