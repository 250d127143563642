"""How much more a provider could supply, where claims tell its share of the market and how much capacity it uses.

With a share of m % and u % of capacity used, m · (100 − u) / u % of the market could be added, all plants taken alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.model import Claim, EntityRef, Quantity
from qa.risk.interval import HUNDRED, ZERO, Interval, of_quantity
from qa.risk.supply.claimed import Supply
from qa.risk.supply.market import Held, day

METRIC = "capacity"
NOT_KNOWN = "capacity not known"


@dataclass(frozen=True, slots=True)
class Headroom:
    """`used` percent of its capacity is in use, so `spare` percent of the market could be added; None: not known.

    `level` is a capacity for the thing in its own unit. `flag` says what is not known, "" if nothing is missing.
    """

    used: Interval | None
    level: Quantity | None
    spare: Interval | None
    claims: tuple[Claim, ...]
    flag: str


def headroom(graph: Supply, party: EntityRef, item: EntityRef, held: Held | None) -> Headroom:
    """The headroom of a party for a thing, by the latest claims."""
    published = {d.id: d.published for d in graph.seen.documents.values() if d.published}
    mine = [claim for claim in graph.seen.affirmed(METRIC) if claim.subject.id == party.id]
    use = _latest([claim for claim in mine if _of_capacity(claim, graph)], published)
    level = _latest([c for c in mine if c.basis == "level" and graph.items.of_claim(c) == item], published)
    used = of_quantity(use.object) if use and isinstance(use.object, Quantity) else None
    amount = level.object if level and isinstance(level.object, Quantity) else None
    spare = _spare(held.interval, used) if held and used and used.low else None
    flag = "" if spare else "no share of the market known" if used else "use not known" if amount else NOT_KNOWN
    return Headroom(used, amount, spare, tuple(claim for claim in (use, level) if claim), flag)


def cover(spare: Interval, lost: Interval) -> Interval:
    """The part of a lost share of the market that spare capacity makes up for, in percent, at most all."""
    low = min(spare.low * HUNDRED / lost.high, HUNDRED) if lost.high else HUNDRED
    high = min(spare.high * HUNDRED / lost.low, HUNDRED) if lost.low else HUNDRED
    return Interval(low, max(low, high))


def _spare(share: Interval, used: Interval) -> Interval:
    low, high = (m * (HUNDRED - u) / u if u else ZERO for m, u in ((share.low, used.high), (share.high, used.low)))
    return Interval(low, high)


def _of_capacity(claim: Claim, graph: Supply) -> bool:
    """Whether it says how much of its capacity a firm uses (“ran at 90 % of capacity”), not a part of its output."""
    return claim.basis == "share" and graph.items.stems(claim.of) == {METRIC}


def _latest(claims: list[Claim], published: Mapping[str, date]) -> Claim | None:
    return max(claims, key=lambda claim: (day(claim, published), claim.id), default=None)
