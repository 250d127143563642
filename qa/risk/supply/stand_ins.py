"""What is lost with a supplier, and who claims say provides the same, or replaces or rivals it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import QueryError
from graph.model import Claim, EntityRef
from qa.risk.envelope import Measure
from qa.risk.holders.rollup import Groups
from qa.risk.interval import ZERO, Interval
from qa.risk.supply.claimed import Need, Supply
from qa.risk.supply.headroom import Headroom, cover, headroom
from qa.risk.supply.market import Held, held
from qa.risk.supply.places import firms_first
from qa.risk.supply.stepping_in import SteppingIn

CANDIDATE = ("replaces", "competesWith")


@dataclass(frozen=True, slots=True)
class Substitute:
    """`party` for `item`: a provider of it, or (`candidate`) only said to replace or rival `instead_of`."""

    item: EntityRef
    party: EntityRef
    how: str
    candidate: bool
    claims: tuple[Claim, ...]
    held: Held | None
    room: Headroom
    covers: Interval | None
    after: Measure


@dataclass(frozen=True, slots=True)
class Input:
    """An input that the supplier supplies: who is lost with it, and their share of its market. `guessed`: no claim says
    that this is what the customer gets."""

    item: EntityRef
    claims: tuple[Claim, ...]
    lost: tuple[EntityRef, ...]
    share: Interval | None
    guessed: bool = False


def chosen(graph: Supply, about: EntityRef, item: str | None, buyer: EntityRef | None) -> list[tuple[Need, bool]]:
    """What the supplier supplies of that, and whether that is only guessed from the markets it is in."""
    offers = graph.offers.get(about.id, ())
    said = ", ".join(need.item.label for need in offers)
    known = f"it is known to supply {said}" if said else "nothing that it supplies is known"
    if item is not None:
        thing = graph.thing(item)
        offers = tuple(need for need in offers if thing and need.item.id == thing.id)
        if not offers:
            raise QueryError(f"no claim says that {about.label} supplies “{item}”; {known}")
    if buyer is None:
        if not offers:
            raise QueryError(f"no claim says what {about.label} supplies: name another supplier, or add claims")
        return [(need, False) for need in offers]
    needed = {need.item.id: need for need in graph.needs.get(buyer.id, ())}
    sold = [(need, False) for need in offers if need.item.id in needed and _from(about, needed[need.item.id], buyer)]
    unnamed = [p for p in graph.unnamed.get(buyer.id, ()) if p.party.id == about.id]
    if sold:
        return sold
    if not unnamed:
        what = f"{item} to {buyer.label}" if item else buyer.label
        raise QueryError(f"no claim says that {about.label} supplies {what}; {known}")
    guessed = [need for need in offers if item is not None or need.item.id in graph.market]
    claims = unnamed[0].claims
    return [(Need(need.item, (*claims, *need.claims)), item is None) for need in guessed]


def _from(about: EntityRef, need: Need, buyer: EntityRef) -> bool:
    """Whether claims leave it to be from this supplier that the buyer gets an input: they name it, or no seller."""
    parties = {
        end.id
        for claim in need.claims
        for end in (claim.subject, claim.object)
        if isinstance(end, EntityRef) and end.id not in (buyer.id, need.item.id)
    }
    return not parties or about.id in parties


def lost_input(graph: Supply, need: Need, about: EntityRef, groups: Groups, guessed: bool) -> Input:
    """An input with those of its providers that the shock takes out."""
    group = groups.of(about).entity.id
    parties = [p.party for p in graph.providers.get(need.item.id, ())]
    lost = {p.id: p for p in (about, *(p for p in parties if groups.of(p).entity.id == group))}
    shares = {one.provider.id: one.interval for one in _shares(graph, need.item)}
    known = [shares[party] for party in lost if party in shares]
    share: Interval | None = None
    for interval in known:
        share = interval if share is None else share.plus(interval)
    return Input(need.item, need.claims, tuple(lost.values()), share, guessed)


def _shares(graph: Supply, item: EntityRef) -> tuple[Held, ...]:
    published = {d.id: d.published for d in graph.seen.documents.values() if d.published}
    return held(graph.market.get(item.id, ()), published)


def selling(graph: Supply, lost: Sequence[EntityRef], buyer: EntityRef | None) -> tuple[EntityRef, ...]:
    """Those of the lost that the customer is known to get anything from; all of them without one."""
    if buyer is None:
        return tuple(lost)
    items = {need.item.id for need in graph.needs.get(buyer.id, ())}
    unnamed = {p.party.id for p in graph.unnamed.get(buyer.id, ())}
    sellers = (
        party
        for party in lost
        if party.id in unnamed
        or any(
            buyer.id in (end.id for end in (c.subject, c.object) if isinstance(end, EntityRef))
            for need in graph.offers.get(party.id, ())
            if need.item.id in items
            for c in need.claims
        )
    )
    return tuple(sellers)


def stand_ins(graph: Supply, put: Input, groups: Groups, stepping: SteppingIn) -> Iterator[Substitute]:
    """Providers outside the shock, largest first; then candidates."""
    hit = {groups.of(party).entity.id for party in put.lost}
    shares = {one.provider.id: one for one in _shares(graph, put.item)}
    providers = graph.providers.get(put.item.id, ())
    particular = not any(p.party.id in {party.id for party in put.lost} for p in providers)
    known = [] if particular else firms_first(providers, groups.homes)
    outside = [p for p in known if groups.of(p.party).entity.id not in hit]
    taken = {p.party.id for p in outside}
    made = [_one(graph, put, p.party, ", ".join(p.how), p.claims, shares.get(p.party.id), stepping) for p in outside]
    yield from sorted(made, key=lambda one: (-(one.held.interval.low if one.held else ZERO), one.party.label))
    for party, how, claims in _candidates(graph, put):
        if groups.of(party).entity.id not in hit and party.id not in taken:
            taken.add(party.id)
            yield _one(graph, put, party, how, claims, shares.get(party.id), stepping, candidate=True)


def _one(
    graph: Supply,
    put: Input,
    party: EntityRef,
    how: str,
    claims: tuple[Claim, ...],
    share: Held | None,
    stepping: SteppingIn,
    candidate: bool = False,
) -> Substitute:
    room = headroom(graph, party, put.item, share)
    covers = cover(room.spare, put.share) if room.spare and put.share else None
    return Substitute(put.item, party, how, candidate, claims, share, room, covers, stepping.after(covers))


def _candidates(graph: Supply, put: Input) -> Iterator[tuple[EntityRef, str, tuple[Claim, ...]]]:
    """Whoever claims say replaces or rivals a lost firm or the input, and the providers of such a thing."""
    lost = {party.id for party in put.lost} | {put.item.id}
    for claim in graph.seen.affirmed(*CANDIDATE):
        other = claim.object
        if not isinstance(other, EntityRef):
            continue
        pairs = [(claim.subject, other)]
        if claim.predicate == "competesWith":
            pairs.append((other, claim.subject))
        for party, instead in pairs:
            if instead.id not in lost or party.id in lost:
                continue
            how = f"{'replaces' if claim.predicate == 'replaces' else 'competes with'} {instead.label}"
            providers = graph.providers.get(party.id, ())
            yield from ((p.party, f"{how}: {party.label}", (claim, *p.claims)) for p in providers)
            if not providers and instead.id != put.item.id:
                yield party, how, (claim,)
