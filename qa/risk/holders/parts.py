"""Who has which share of a whole, before any grouping: of a market for a thing, or of a firm's purchases or revenue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.model import Claim, EntityRef, Quantity
from qa.risk.interval import HUNDRED, ZERO, Interval, of_quantity
from qa.risk.paths.dependence import CUSTOMER, Arc
from qa.risk.paths.disclosure import Disclosure, share_of
from qa.risk.paths.network import Dependences
from qa.risk.report import Share
from qa.risk.supply.claimed import Supply
from qa.risk.supply.market import day, held

NOBODY = "unnamed:"


@dataclass(frozen=True, slots=True)
class Part:
    """`party` has `share` of the whole, by `claims`; `aside` are figures of other periods or totals that do not count.

    `interval` is the share with the width of an approximate figure; None where nothing discloses it.
    """

    party: EntityRef
    share: Share
    interval: Interval | None
    claims: tuple[Claim, ...]
    aside: tuple[Claim, ...] = ()
    differ: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """`label` names the whole in words, `parties` says what its holders are. `groups` are shares of no single party.

    `of_amounts`: the whole is the sum of the amounts that are known.
    """

    label: str
    parties: str
    parts: tuple[Part, ...]
    groups: tuple[Disclosure, ...] = ()
    of_amounts: bool = False

    @property
    def disclosed(self) -> tuple[Part, ...]:
        """The parts with a share."""
        return tuple(part for part in self.parts if part.interval is not None)

    @property
    def unnamed(self) -> bool:
        """Whether some parties have a share and no name."""
        return any(part.party.id.startswith(NOBODY) for part in self.parts)

    @property
    def undisclosed(self) -> tuple[Part, ...]:
        """Those known without one."""
        return tuple(part for part in self.parts if part.interval is None)


def of_market(graph: Supply, item: EntityRef) -> Whole:
    """The market for a thing: shares that claims give of it, then its other providers."""
    published = {d.id: d.published for d in graph.seen.documents.values() if d.published}
    label = f"the market for {item.label}"
    shares = held(graph.market.get(item.id, ()), published)
    parts = [Part(h.provider, h.share(item.label), h.interval, h.claims, h.older, h.differ) for h in shares]
    known = {part.party.id for part in parts}
    parts += [
        Part(provider.party, Share(item.label, "market"), None, provider.claims)
        for provider in graph.providers.get(item.id, ())
        if provider.party.id not in known
    ]
    return Whole(label, "providers", tuple(parts))


def of_firm(network: Dependences, firm: EntityRef, side: str) -> Whole:
    """The suppliers or customers of a firm (`side`): the total with most disclosed shares, all others known without."""
    arcs = network.out[side].get(firm.id, ())
    listed, groups = _unnamed(tuple(item for item in network.groups.get(firm.id, ()) if item.list == side))
    shown = [arc.share.what for arc in arcs if arc.share.basis == "disclosed"]
    totals = Counter([*shown, *(item.what for item in listed)])
    total = max(totals, key=lambda what: (totals[what], what), default="revenue" if side == CUSTOMER else "purchases")
    label, parties = f"{firm.label}'s {total}", "customers" if side == CUSTOMER else "suppliers"
    parts = [_of_arc(arc, total, network) for arc in arcs]
    parts += [_nobody(item, n) for n, item in enumerate(listed) if item.what == total]
    return Whole(label, parties, tuple(parts), groups)


def _unnamed(found: Sequence[Disclosure]) -> tuple[list[Disclosure], tuple[Disclosure, ...]]:
    """Shares of single parties that nobody names, and the shares of groups.

    “Four customers took 22 %, 15 %, 13 % and 11 %”: several figures of one sentence, total and period for the same
    words are those of as many parties.
    """
    together: defaultdict[object, list[Disclosure]] = defaultdict(list)
    for item in found:
        period = item.claim.period
        for place in {(e.document, e.start, e.end) for e in item.claim.evidence}:
            together[place, item.part.casefold(), item.what, period and (period.start, period.end)].append(item)
    listed: dict[str, Disclosure] = {}
    for items in together.values():
        figures = {item.low for item in items if item.low == item.high}
        if len(items) == len(figures) > 1 and sum(figures) <= HUNDRED and items[0].claim.period:
            listed |= {item.claim.id: item for item in items}
    return [*listed.values()], tuple(item for item in found if item.claim.id not in listed)


def _nobody(item: Disclosure, number: int) -> Part:
    """The part of a party that has a share and no name."""
    share = share_of([item])
    party = EntityRef(f"{NOBODY}{number}", f"one of “{item.part}” ({item.low:f} %)", "Company")
    return Part(party, share, Interval(item.low, item.high), (item.claim,))


def _of_arc(arc: Arc, total: str, network: Dependences) -> Part:
    grounds = [claim for ground in arc.grounds for claim in ground.claims]
    disclosing = [network.claims[claim] for claim in arc.share.claims]
    if arc.share.basis != "disclosed":
        blank = replace(arc.share, value=None, low=None, high=None, basis=None, claims=(), note="")
        return Part(arc.target, blank, None, _once(grounds))
    if arc.share.what != total:
        note = f"disclosed of {arc.share.what} only"
        blank = Share(arc.share.whose, total, note=note)
        return Part(arc.target, blank, None, _once(grounds), tuple(disclosing))
    low, high = arc.share.low or ZERO, HUNDRED if arc.share.high is None else arc.share.high
    wide = [interval for claim in disclosing if (interval := _approximate(claim))]
    interval = Interval(min([low, *(i.low for i in wide)]), max([high, *(i.high for i in wide)]))
    share = replace(arc.share, low=interval.low, high=interval.high)
    said = network.said.get((arc.list, arc.source.id, arc.target.id), ())
    aside = tuple(item.claim for item in said if item.claim.id not in arc.share.claims)
    differ = "sources differ" in arc.share.note
    return Part(arc.target, share, interval, _once([*disclosing, *grounds]), aside, differ)


def _approximate(claim: Claim) -> Interval | None:
    value = claim.object
    return of_quantity(value) if isinstance(value, Quantity) and value.approx else None


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())


def related(graph: Supply, item: EntityRef) -> tuple[tuple[EntityRef, int], ...]:
    """Other markets whose name has all words of this one, with the number of their claims: narrower definitions."""
    mine = graph.items.stems(item.label)
    found: defaultdict[str, int] = defaultdict(int)
    for other, claims in graph.market.items():
        if other != item.id and mine < graph.items.stems(graph.refs[other].label):
            found[other] = len(claims)
    return tuple((graph.refs[other], count) for other, count in sorted(found.items()))


def periods(parts: Sequence[Part]) -> tuple[str, ...]:
    """The periods of the shares, each once."""
    return tuple(dict.fromkeys(part.share.period for part in parts))


def latest(graph: Supply, parts: Iterable[Part]) -> date | None:
    """The last day that any of the shares speaks of."""
    published = {d.id: d.published for d in graph.seen.documents.values() if d.published}
    days = [day(claim, published) for part in parts for claim in part.claims]
    return max((one for one in days if one != date.min), default=None)
