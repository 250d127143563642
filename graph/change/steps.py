"""What a later claim makes of an earlier one on the same matter: it confirms a rumour, denies it, or says it anew."""

from __future__ import annotations

from collections.abc import Hashable

from graph.agreement.amounts import can_both_hold, same_amount, within
from graph.agreement.matters import covers, folded, matter
from graph.agreement.sources import Sources
from graph.agreement.times import same_period
from graph.agreement.voices import named_origin
from graph.model import Claim, EntityRef, Period, Quantity

_FIRMNESS = {"opinion": 0, "possible": 0, "projected": 1, "reported": 2, "asserted": 3}


def confirms(later: Claim, earlier: Claim, sources: Sources) -> bool:
    """Whether a claim says more firmly what was a rumour: with less of a hedge, or by name what nobody stood for.

    What confirms is affirmed, and is no hearsay itself.
    """
    if not (later.affirmed and earlier.polarity) or hearsay(later) or not same_statement(later, earlier, sources):
        return False
    return _FIRMNESS[later.modality] > _FIRMNESS[earlier.modality] or (hearsay(earlier) and not _softer(later, earlier))


def denies(later: Claim, earlier: Claim, sources: Sources) -> bool:
    """Whether a claim denies flatly what another said, however surely."""
    flat = not later.polarity and later.modality in ("asserted", "reported")
    return flat and earlier.polarity and same_statement(earlier, later, sources)


def hearsay(claim: Claim) -> bool:
    """Whether nobody in particular stands for a claim: “people familiar”, “reportedly”."""
    told = bool(claim.attributed_to) or claim.modality == "reported"
    return told and named_origin(claim) is None


def statement(claim: Claim) -> Hashable:
    """The key by which the next edition of a text says the same thing anew: what it is about, and for which period."""
    period = claim.period
    when = (period.start, period.end) if period and (period.start or period.end) else _words(period)
    other = claim.object.id if isinstance(claim.object, EntityRef) else None
    return claim.subject.id, claim.predicate, other, matter(claim), when


def _softer(later: Claim, earlier: Claim) -> bool:
    return _FIRMNESS[later.modality] < _FIRMNESS[earlier.modality]


def same_statement(narrow: Claim, wide: Claim, sources: Sources) -> bool:
    """Whether two claims say (or deny) one thing of one time; a denial must take in all that was said."""
    if matter(narrow) is None or matter(narrow) != matter(wide):
        return False
    a, b = narrow.object, wide.object
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        alike = can_both_hold(a, b) if wide.polarity else same_amount(a, b) or within(a, b)
        return bool(alike) and (same_period(narrow, wide, sources) or _same_words(narrow, wide))
    if isinstance(a, EntityRef) and isinstance(b, EntityRef):
        sides = {narrow.subject.id, a.id} == {wide.subject.id, b.id}
        items = covers(wide, narrow) if not wide.polarity else covers(wide, narrow) or covers(narrow, wide)
        return sides and items and _may_overlap(narrow.period, wide.period)
    return False


def _same_words(a: Claim, b: Claim) -> bool:
    """Whether neither period could be resolved and both are worded alike (or missing)."""
    resolved = any(c.period and (c.period.start or c.period.end) for c in (a, b))
    return not resolved and _words(a.period) == _words(b.period)


def _words(period: Period | None) -> str:
    return folded(period.text) if period else ""


def _may_overlap(a: Period | None, b: Period | None) -> bool:
    """Whether two periods meet; one that is not known may."""
    if a is None or b is None:
        return True
    late = max((day for day in (a.start, b.start) if day), default=None)
    soon = min((day for day in (a.end, b.end) if day), default=None)
    return late is None or soon is None or late <= soon
