"""The supply graph of AND and OR that claims make: what a thing or a firm needs, and who provides each of it.

A thing needs all of its inputs (what is part of it, what it uses, what it depends on); an input is had from any of its
providers, or as any of its kinds. A firm needs what it uses and what it is supplied with. What a supplier
supplies without a claim that names it is kept apart in `unnamed`: neither needed nor replaceable for certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef
from graph.store.protocol import Store
from graph.views.cache import per_version
from qa.risk.lens import Lens, Seen
from qa.risk.supply.items import Items, SupplyRules, supply_rules
from qa.risk.supply.market import Held, gives_share, held

MADE, SOLD, DESIGNED, HOLDS = "makes it", "sells it", "designs it", "holds a share of its market"


@dataclass(frozen=True, slots=True)
class Provider:
    """`party` provides something: `how` (MADE, SOLD, DESIGNED, HOLDS), by these claims."""

    party: EntityRef
    how: tuple[str, ...]
    claims: tuple[Claim, ...]
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """An input that is needed, by these claims."""

    item: EntityRef
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """By id of a thing or a party: its `needs`; `relied_on`: parties, each group named in one sentence and any of it
    enough; `unnamed`: suppliers of what no claim names; `offers`: whatever things a party makes, sells, designs or
    holds a share of. By id of a thing: its `providers`, its `kinds`, the claims of its `market`.
    """

    refs: Mapping[str, EntityRef]
    needs: Mapping[str, tuple[Need, ...]]
    providers: Mapping[str, tuple[Provider, ...]]
    kinds: Mapping[str, tuple[Need, ...]]
    relied_on: Mapping[str, tuple[tuple[Provider, ...], ...]]
    unnamed: Mapping[str, tuple[Provider, ...]]
    offers: Mapping[str, tuple[Need, ...]]
    market: Mapping[str, tuple[Claim, ...]]
    items: Items
    seen: Seen

    def thing(self, name: str) -> EntityRef | None:
        """The thing of that name or id of which claims say something here; None if there is none."""
        found = self.refs.get(name) or self.items.of(name)
        if found is None or found.type not in supply_rules().things:
            return None
        known = any(found.id in of for of in (self.providers, self.needs, self.kinds, self.market))
        return self.refs.get(found.id, found) if known else None


def supply(store: Store, lens: Lens) -> Supply:
    """The supply graph of a store through a lens; built once a version of the store."""
    then = lens.store(store)
    key = ("supply", lens.min_confidence, lens.include_unreliable)
    return per_version(then, key, lambda: _build(lens.seen(store), Items(then.entities(), supply_rules())))


class _Making:
    """Claims by what they say of supply, while the graph is built."""

    def __init__(self, items: Items, rules: SupplyRules) -> None:
        self.items, self.rules = items, rules
        self.refs: dict[str, EntityRef] = {}
        self.roles: defaultdict[str, defaultdict[str, defaultdict[str, list[Claim]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self.needs: defaultdict[str, defaultdict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        self.kinds: defaultdict[str, defaultdict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        self.relied_on: defaultdict[str, defaultdict[object, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        self.unnamed: defaultdict[str, defaultdict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        self.market: defaultdict[str, list[Claim]] = defaultdict(list)

    def take(self, claim: Claim) -> None:
        """Sort one affirmed claim in."""
        other, rules = claim.object, self.rules
        if claim.predicate == rules.share:
            item = self.items.of_claim(claim) if gives_share(claim) else None
            if item is not None:
                self.market[self._ref(item)].append(claim)
                self._provides(claim.subject, item, HOLDS, claim)
        elif not isinstance(other, EntityRef) or other.id == claim.subject.id:
            return
        elif claim.predicate == rules.kind:
            self.kinds[self._ref(other)][self._ref(claim.subject)].append(claim)
        elif claim.predicate in (rules.made, rules.sold, rules.designed):
            self._made(claim, claim.subject, other)
        elif claim.predicate in rules.needs:
            ends = (claim.subject, other) if rules.needs[claim.predicate] else (other, claim.subject)
            self._needed(claim, *ends)

    def _made(self, claim: Claim, maker: EntityRef, other: EntityRef) -> None:
        """Someone makes, sells or designs a thing, or makes or sells it for a client."""
        how = {self.rules.made: MADE, self.rules.sold: SOLD, self.rules.designed: DESIGNED}[claim.predicate]
        if self._thing(other):
            self._provides(maker, other, how, claim)
            return
        item = self.items.of_claim(claim)
        if item is None:
            self.unnamed[self._ref(other)][self._ref(maker)].append(claim)
            return
        self._provides(maker, item, how, claim)
        self.needs[self._ref(other)][self._ref(item)].append(claim)

    def _needed(self, claim: Claim, needs: EntityRef, needed: EntityRef) -> None:
        if self._thing(needed) and (self._thing(needs) or self.rules.needs[claim.predicate]):
            self.needs[self._ref(needs)][self._ref(needed)].append(claim)
            return
        if not self.rules.needs[claim.predicate]:  # a firm that is part of another is no input of it
            return
        item = self.items.of_claim(claim)
        if item is not None:
            self._provides(needed, item, SOLD, claim)
            self.needs[self._ref(needs)][self._ref(item)].append(claim)
            return
        self._ref(needed)
        place = next(((e.document, e.start, e.end) for e in claim.evidence), claim.id)
        self.relied_on[self._ref(needs)][place].append(claim)

    def _provides(self, party: EntityRef, item: EntityRef, how: str, claim: Claim) -> None:
        if not self._thing(party):
            self.roles[self._ref(item)][self._ref(party)][how].append(claim)

    def _thing(self, entity: EntityRef) -> bool:
        return entity.type in self.rules.things

    def _ref(self, entity: EntityRef) -> str:
        self.refs.setdefault(entity.id, entity)
        return entity.id


def _build(seen: Seen, items: Items) -> Supply:
    made = _Making(items, supply_rules())
    for claim in seen.claims:
        if claim.affirmed:
            made.take(claim)
    published = {d.id: d.published for d in seen.documents.values() if d.published}
    shares = {item: {one.provider.id: one for one in held(claims, published)} for item, claims in made.market.items()}
    return Supply(
        refs=made.refs,
        needs={who: _needs(made, found) for who, found in made.needs.items()},
        providers={item: _providers(made, item, shares.get(item, {})) for item in made.roles},
        kinds={kind: _needs(made, found) for kind, found in made.kinds.items()},
        relied_on={
            who: tuple(_relied_on(made, who, claims) for claims in at.values()) for who, at in made.relied_on.items()
        },
        unnamed={
            who: tuple(Provider(made.refs[party], (SOLD,), tuple(claims)) for party, claims in sorted(found.items()))
            for who, found in made.unnamed.items()
        },
        offers=_offers(made),
        market={item: tuple(claims) for item, claims in made.market.items()},
        items=items,
        seen=seen,
    )


def _needs(made: _Making, found: Mapping[str, list[Claim]]) -> tuple[Need, ...]:
    return tuple(Need(made.refs[item], tuple(claims)) for item, claims in sorted(found.items()))


def _offers(made: _Making) -> dict[str, tuple[Need, ...]]:
    """Things by party, with all claims that connect the two."""
    found: defaultdict[str, list[Need]] = defaultdict(list)
    for item, parties in sorted(made.roles.items()):
        for party, how in parties.items():
            claims = {claim.id: claim for said in how.values() for claim in said}
            found[party].append(Need(made.refs[item], tuple(claims.values())))
    return {party: tuple(offers) for party, offers in found.items()}


def _relied_on(made: _Making, who: str, claims: Iterable[Claim]) -> tuple[Provider, ...]:
    """The parties that one sentence names as relied on."""
    by_party: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        ends = [end for end in (claim.subject, claim.object) if isinstance(end, EntityRef) and end.id != who]
        by_party[ends[0].id].append(claim)
    return tuple(Provider(made.refs[party], (SOLD,), tuple(found)) for party, found in sorted(by_party.items()))


def _providers(made: _Making, item: str, shares: Mapping[str, Held]) -> tuple[Provider, ...]:
    """Who provides a thing. Of a kind of thing, all who make, sell, design or hold a share of it; of a particular
    product those who make it, and only if nobody says who does, those who sell or design it: a designer is no second
    maker. Nor is one who has it made by others, or who holds nothing of its market.
    """
    roles = made.roles[item]
    particular = any(DESIGNED in how for how in roles.values()) and not _kind(item)
    makers = any(MADE in how for how in roles.values())
    counted = (
        (MADE,) if particular and makers else (MADE, SOLD, DESIGNED) if particular else (MADE, SOLD, DESIGNED, HOLDS)
    )
    found = []
    for party, how in sorted(roles.items()):
        kept = tuple(role for role in counted if role in how)
        claims = {claim.id: claim for role in kept for claim in how[role]}
        client = MADE not in how and makers and item in made.needs.get(party, ())
        nothing = party in shares and not shares[party].interval.high
        if kept and not client and not nothing:
            found.append(Provider(made.refs[party], kept, tuple(claims.values()), shares.get(party)))
    return tuple(found)


def _kind(item: str) -> bool:
    """Whether it is a kind of thing that many firms make: in the catalogue without a maker."""
    entry = catalogue().by_id(item)
    return entry is not None and entry.maker is None
