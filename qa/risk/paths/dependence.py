"""The dependence network that the claims make: arcs from who depends to whom it depends on, each with its grounds.

Products stand between firms: a user of a product depends on its developer, and a developer on what its products need.
Such an arc carries all the claims it is made of, and the products as `through`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model import Claim, EntityRef
from qa.risk.report import Share
from qa.risk.rules import Rules

SUPPLIER, CUSTOMER = "supplier", "customer"
GROUNDS = 5


@dataclass(frozen=True, slots=True)
class Ground:
    """Why one party depends on another: the claims in order, and the products they lead through."""

    claims: tuple[Claim, ...]
    through: tuple[EntityRef, ...] = ()

    @property
    def evidence(self) -> int:
        """How many quotes the weakest of its claims has."""
        return min(len(claim.evidence) for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Arc:
    """`source` depends on `target`, its supplier or customer. `grounds` are the most direct, best evidenced first."""

    list: str
    source: EntityRef
    target: EntityRef
    grounds: tuple[Ground, ...]
    share: Share


@dataclass(slots=True)
class _Links:
    """Grounds by (list, depender, dependee) while the network is built."""

    grounds: defaultdict[tuple[str, str, str], dict[tuple[str, ...], Ground]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    refs: dict[str, EntityRef] = field(default_factory=dict)

    def add(self, list: str, source: EntityRef, target: EntityRef, ground: Ground) -> None:
        self.refs[source.id], self.refs[target.id] = source, target
        self.grounds[list, source.id, target.id][tuple(c.id for c in ground.claims)] = ground


@dataclass(frozen=True, slots=True)
class _Direct:
    """One claim read as a dependence."""

    source: EntityRef
    target: EntityRef
    ground: Ground
    trade: bool


def links(
    claims: Iterable[Claim], rules: Rules, kind: Callable[[EntityRef], bool]
) -> tuple[dict[tuple[str, str, str], tuple[Ground, ...]], dict[str, EntityRef]]:
    """Grounds of every dependence in affirmed relation claims by (list, depender, dependee), and the parties by id.

    `kind` tells kinds of things, which many firms make: to use one is not to depend on each firm that develops it.
    """
    made = _Links()
    developers: defaultdict[str, dict[str, tuple[EntityRef, Claim]]] = defaultdict(dict)
    kinds: set[str] = set()
    direct: list[_Direct] = []
    for claim in claims:
        if not isinstance(claim.object, EntityRef) or not claim.affirmed:
            continue
        if claim.predicate == rules.developer:
            developers[claim.object.id].setdefault(claim.subject.id, (claim.subject, claim))
            if kind(claim.object):
                kinds.add(claim.object.id)
            else:
                made.add(SUPPLIER, claim.object, claim.subject, Ground((claim,)))
        elif claim.predicate in rules.relations:
            subject_depends, trade = rules.relations[claim.predicate]
            ends = (claim.subject, claim.object) if subject_depends else (claim.object, claim.subject)
            if ends[0].id != ends[1].id:
                direct.append(_Direct(*ends, Ground((claim,)), trade))
    direct = [item for item in direct if item.source.id not in developers.get(item.target.id, ())]
    direct += list(_behind(direct, {known: by for known, by in developers.items() if known not in kinds}, rules))
    direct += list(_lifted(direct, developers))
    sells = {(item.target.id, item.source.id) for item in direct if item.trade}
    for item in direct:
        firms = item.source.type in rules.firms and item.target.type in rules.firms
        if item.trade and firms:
            made.add(CUSTOMER, item.target, item.source, item.ground)
        to_customer = not item.trade and (item.source.id, item.target.id) in sells and firms
        made.add(CUSTOMER if to_customer else SUPPLIER, item.source, item.target, item.ground)
    return {key: _best(grounds.values()) for key, grounds in made.grounds.items()}, made.refs


def _behind(
    direct: list[_Direct], developers: Mapping[str, Mapping[str, tuple[EntityRef, Claim]]], rules: Rules
) -> Iterator[_Direct]:
    """Who depends on a product depends on its developer."""
    for item in direct:
        if item.target.type in rules.firms:
            continue
        for developer, claim in developers.get(item.target.id, {}).values():
            if developer.id != item.source.id:
                ground = Ground((*item.ground.claims, claim), (*item.ground.through, item.target))
                yield _Direct(item.source, developer, ground, trade=False)


def _lifted(
    direct: list[_Direct], developers: Mapping[str, Mapping[str, tuple[EntityRef, Claim]]]
) -> Iterator[_Direct]:
    """A developer depends on what its product depends on, other than itself and its own products."""
    for item in direct:
        for developer, claim in developers.get(item.source.id, {}).values():
            if developer.id != item.target.id and developer.id not in developers.get(item.target.id, {}):
                ground = Ground((claim, *item.ground.claims), (item.source, *item.ground.through))
                yield _Direct(developer, item.target, ground, item.trade)


def _best(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(grounds, key=lambda g: (len(g.claims), -g.evidence, g.claims[0].id))[:GROUNDS])
