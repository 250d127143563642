"""The supply of one target as gates of AND and OR: its inputs, their providers, and what those need in turn.

A thing works with one of its sources (a provider, or one of its kinds) and all of its inputs; a party while its group
(the firm, its owner, its country) is not hit and its own inputs work. Names: `t|` a thing, `s|` its sources, `p|` a
party, `n|` a need that any of several things meets, `r|` one that any of several parties does, `e|` the event that a
group fails.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.errors import SettingsError
from graph.model import Claim, EntityRef
from qa.risk.holders.rollup import Group, Groups
from qa.risk.supply.claimed import Need, Provider, Supply
from qa.risk.supply.gates import All, Any
from qa.risk.supply.items import supply_rules
from qa.risk.supply.places import firms_first

NEGLIGIBLE = Decimal(2)
MAX_TIERS = 10


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw: `tiers` steps of suppliers' suppliers; `unnamed` counts each supply that no claim names as an input
    of its own; who surely has no more than `negligible` percent of a market does not count as an alternative.

    Raises SettingsError for numbers out of range.
    """

    tiers: int = 4
    unnamed: bool = False
    negligible: Decimal = NEGLIGIBLE

    def __post_init__(self) -> None:
        if not 1 <= self.tiers <= MAX_TIERS:
            raise SettingsError(f"tiers is {self.tiers}: follow between 1 and {MAX_TIERS} tiers")
        if not 0 <= self.negligible < 100:
            raise SettingsError(f"negligible is {self.negligible}: give a percentage from 0 to below 100")


@dataclass(frozen=True, slots=True)
class Source:
    """A provider of an input as drawn, under the group that it counts under."""

    provider: Provider
    group: Group


@dataclass(slots=True)
class Drawn:
    """`inputs`: whatever the target hangs on, with who needs it (by claims) and its sources. `open_`: inputs of which
    no claim names a provider. `aside`: providers too small to count. `unnamed`: suppliers of what no claim names, each
    with its client. `cut_short`: some suppliers have inputs beyond the tiers drawn.
    """

    about: EntityRef
    target: str
    gates: dict[str, All | Any] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    inputs: dict[str, EntityRef] = field(default_factory=dict)
    needed_by: dict[str, dict[str, tuple[EntityRef, tuple[Claim, ...]]]] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    kinds: dict[str, tuple[Need, ...]] = field(default_factory=dict)
    aside: list[tuple[EntityRef, Provider]] = field(default_factory=list)
    unnamed: list[tuple[EntityRef, Provider]] = field(default_factory=list)
    cut_short: bool = False

    @property
    def open_(self) -> list[EntityRef]:
        """Inputs that no claim says anybody provides."""
        return [ref for key, ref in self.inputs.items() if not self.sources.get(key) and not self.kinds.get(key)]


def drawn(graph: Supply, target: EntityRef, groups: Groups, how: Drawing) -> Drawn:
    """The gates below a thing or a firm. A firm that is the target is never hit itself: its inputs are."""
    return _Drawer(graph, target, groups, how).draw()


class _Drawer:
    def __init__(self, graph: Supply, target: EntityRef, groups: Groups, how: Drawing) -> None:
        self.graph, self.target, self.groups, self.how = graph, target, groups, how
        self.things = supply_rules().things
        self.out = Drawn(target, self._name(target))
        self.waiting: deque[tuple[EntityRef, int]] = deque([(target, 0)])
        self.kinds: defaultdict[str, set[str]] = defaultdict(set)
        for kind, variants in graph.kinds.items():
            for variant in variants:
                self.kinds[variant.item.id].add(kind)

    def draw(self) -> Drawn:
        while self.waiting:
            entity, tier = self.waiting.popleft()
            if self._name(entity) in self.out.gates:
                continue
            if self._name(entity).startswith("t|"):
                self._thing(entity, tier)
            else:
                self._party(entity, tier)
        return self.out

    def _name(self, entity: EntityRef) -> str:
        known = self.graph.refs.get(entity.id, entity)
        return ("t|" if known.type in self.things else "p|") + entity.id

    def _thing(self, thing: EntityRef, tier: int) -> None:
        """A thing: one of its sources and all of its inputs."""
        self.out.inputs.setdefault(thing.id, thing)
        kinds = self.graph.kinds.get(thing.id, ())
        sources = self._sources(thing)
        self.out.kinds[thing.id], self.out.sources[thing.id] = kinds, sources
        self.out.gates["s|" + thing.id] = Any(
            (*(self._name(s.provider.party) for s in sources), *(self._name(kind.item) for kind in kinds))
        )
        self.out.gates[self._name(thing)] = All(("s|" + thing.id, *self._inputs(thing)))
        for kind in kinds:
            self._needs(kind.item, thing, kind.claims)
        self.waiting.extendleft((kind.item, tier) for kind in kinds)
        self.waiting.extendleft((need.item, tier) for need in self.graph.needs.get(thing.id, ()))
        self.waiting.extend((s.provider.party, tier + 1) for s in sources)

    def _party(self, party: EntityRef, tier: int) -> None:
        """A party: its group not hit, and its inputs as far as the tiers go."""
        own: tuple[str, ...] = ()
        if party.id != self.target.id:
            group = self.groups.of(party)
            self.out.groups["e|" + group.entity.id] = group
            own = ("e|" + group.entity.id,)
        below = any(party.id in of for of in (self.graph.needs, self.graph.relied_on, self.graph.unnamed))
        if tier >= self.how.tiers:
            self.out.cut_short = self.out.cut_short or below
            self.out.gates[self._name(party)] = All(own)
            return
        inputs = self._inputs(party)
        self.out.gates[self._name(party)] = All((*own, *inputs))
        self.waiting.extendleft((need.item, tier) for need in self.graph.needs.get(party.id, ()))
        for group_of in self.graph.relied_on.get(party.id, ()):
            self.waiting.extend((provider.party, tier + 1) for provider in group_of)
        if self.how.unnamed:
            self.waiting.extend((provider.party, tier + 1) for provider in self.graph.unnamed.get(party.id, ()))

    def _inputs(self, entity: EntityRef) -> list[str]:
        """The gates of what an entity needs; things of one kind, and parties named in one sentence, meet one need."""
        names = []
        for n, alike in enumerate(self._alike(self.graph.needs.get(entity.id, ()))):
            for need in alike:
                self._needs(need.item, entity, need.claims)
            names.append(self._either(f"n|{entity.id}|{n}", [self._name(need.item) for need in alike]))
        for n, providers in enumerate(self.graph.relied_on.get(entity.id, ())):
            names.append(self._reliance(entity, providers, n))
        for provider in self.graph.unnamed.get(entity.id, ()):
            self.out.unnamed.append((entity, provider))
            if self.how.unnamed:
                names.append(self._reliance(entity, (provider,), provider.party.id))
        return names

    def _reliance(self, entity: EntityRef, providers: Sequence[Provider], key: object) -> str:
        """An input that is named by its providers alone."""
        name = f"r|{entity.id}|{key}"
        label = f"what {entity.label} gets from {' or '.join(p.party.label for p in providers)}"
        self._needs(EntityRef(name, label, "Product"), entity, tuple(c for p in providers for c in p.claims))
        self.out.sources[name] = [Source(provider, self.groups.of(provider.party)) for provider in providers]
        return self._either(name, [self._name(provider.party) for provider in providers])

    def _needs(self, item: EntityRef, by: EntityRef, claims: tuple[Claim, ...]) -> None:
        self.out.inputs.setdefault(item.id, item)
        self.out.needed_by.setdefault(item.id, {})[by.id] = (by, claims)

    def _either(self, name: str, children: list[str]) -> str:
        self.out.gates[name] = Any(tuple(children))
        return name

    def _alike(self, needs: Iterable[Need]) -> list[list[Need]]:
        """Needs in groups that share a kind, each other one by itself."""
        found: list[tuple[set[str], list[Need]]] = []
        for need in needs:
            mine = self.kinds.get(need.item.id, set())
            fitting = next((one for one in found if one[0] & mine), None) if mine else None
            if fitting is None:
                found.append((set(mine), [need]))
            else:
                fitting[0].update(mine)
                fitting[1].append(need)
        return [alike for _, alike in found]

    def _sources(self, thing: EntityRef) -> list[Source]:
        """The providers that count: those not negligible (unless all are), and countries only without known firms."""
        known = self.graph.providers.get(thing.id, ())
        small = [p for p in known if p.held and p.held.interval.high <= self.how.negligible]
        counted = [p for p in known if p not in small]
        if counted:
            self.out.aside += [(thing, provider) for provider in small]
        chosen = counted or list(known)
        if self.groups.by != "country":
            chosen = firms_first(chosen, self.groups.homes)
        return [Source(p, self.groups.of(p.party)) for p in chosen]
