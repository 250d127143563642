"""Puts a report together: walks both lists of the dependence network one way and cites what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from graph.errors import QueryError, SettingsError
from graph.model import EntityRef
from qa.risk.cite import Citations, say
from qa.risk.lens import Lens
from qa.risk.notes import assumptions, unreliable
from qa.risk.paths.dependence import CUSTOMER, SUPPLIER, Arc
from qa.risk.paths.disclosure import share_of
from qa.risk.paths.network import Dependences
from qa.risk.paths.shares import product, totals
from qa.risk.paths.walk import Reach, Trail, between, dependee, depender, walk
from qa.risk.paths.weights import blank
from qa.risk.report import Coverage, Group, Party, Path, Report, Share, Step

LISTED = 100
PATHS = 3
MAX_TIERS = 10


@dataclass(frozen=True, slots=True)
class Options(Lens):
    """How to trace. Raises SettingsError for numbers out of range."""

    tiers: int = 4

    def __post_init__(self) -> None:
        Lens.__post_init__(self)
        if not 1 <= self.tiers <= MAX_TIERS:
            raise SettingsError(f"tiers is {self.tiers}: trace between 1 and {MAX_TIERS} tiers")


@dataclass(slots=True)
class Tracer:
    """One report in the making. `outward` asks on whom `entity` depends; otherwise, who depends on it."""

    network: Dependences
    entity: EntityRef
    options: Options
    outward: bool
    cited: Citations = field(init=False)
    steps: dict[tuple[str, str, str], Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cited = Citations(self.network.documents)

    def report(self, kind: str, method: str, to: EntityRef | None = None) -> Report:
        """The report; `to` narrows the lists to one party and adds every path to it."""
        reached = {name: self._walk(name) for name in (SUPPLIER, CUSTOMER)}
        chosen = {name: _chosen(reached[name], to) for name in reached}
        first = [self._path(reach.trails[0]) for found in chosen.values() for reach in found]
        groups = tuple(self._groups(reached))
        listed = {name: tuple(self._party(reach) for reach in chosen[name]) for name in chosen}
        answer = next((name for name in listed if listed[name] and listed[name][0].total.basis), SUPPLIER)
        trails = self._trails(to) if to else []
        paths = tuple(self._path(trail) for trail in trails) if to else tuple(first)
        arcs = _once(trails) if to else [arc for name in reached for arc in self._traced(name, reached[name])]
        notes = assumptions(arcs, paths, self._today()) + unreliable(self.network.left_out)
        hidden = sum(len(found) for found in reached.values()) - len(first)
        if hidden and to is None:
            notes += (f"{hidden} further parties are not listed: at most {LISTED} a list, nearest and largest first.",)
        return Report(
            kind=kind,
            entity=self.entity,
            to=to,
            share=listed[answer][0].total if to and listed[answer] else blank(answer, self.entity.label),
            suppliers=listed[SUPPLIER],
            customers=listed[CUSTOMER],
            groups=groups,
            paths=paths,
            coverage=coverage_of(arcs),
            method=method,
            assumptions=notes,
            evidence=self.cited.quotes,
            as_of=self.options.as_of,
            known_at=self.options.known_at,
            all_tiers=self._all_tiers(answer, to) if to else None,
        )

    def _walk(self, name: str) -> dict[str, Reach]:
        arcs = (self.network.out if self.outward else self.network.into)[name]
        return walk(arcs, self.entity.id, self.options.tiers, dependee if self.outward else depender)

    def _traced(self, name: str, reached: dict[str, Reach]) -> Iterator[Arc]:
        """Every arc that the walk went along, once."""
        arcs = (self.network.out if self.outward else self.network.into)[name]
        yield from arcs.get(self.entity.id, ())
        for node, reach in reached.items():
            if reach.tier < self.options.tiers:
                yield from arcs.get(node, ())

    def _party(self, reach: Reach) -> Party:
        nearest = reach.trails[0]
        other = nearest[-1].target if self.outward else nearest[-1].source
        whose = self.entity if self.outward else other
        what = totals([arc.share for arc in self._ordered(nearest)])
        share, total = (bounds.share(whose.label, what) for bounds in (reach.at, reach.total))
        paths = tuple(self._path(trail) for trail in reach.trails[:PATHS])
        return Party(other, reach.tier, share, total, paths)

    def _ordered(self, trail: Trail) -> Trail:
        """From who depends to whom it depends on."""
        return trail if self.outward else trail[::-1]

    def _path(self, trail: Trail) -> Path:
        ordered = self._ordered(trail)
        shares = [arc.share for arc in ordered]
        share = product(shares).share(ordered[0].source.label, totals(shares))
        return Path(tuple(self._step(arc) for arc in ordered), share)

    def _trails(self, to: EntityRef) -> list[Trail]:
        ways = (
            between(self.network.out[name], self.entity.id, to.id, self.options.tiers, self.network.into[name])
            for name in (SUPPLIER, CUSTOMER)
        )
        return [trail for trails in ways for trail in trails]

    def _step(self, arc: Arc) -> Step:
        key = (arc.list, arc.source.id, arc.target.id)
        if key not in self.steps:
            first = arc.grounds[0]
            said = "; ".join(say(claim) for claim in first.claims)
            claims = {c.id: c for ground in arc.grounds for c in ground.claims}
            claims |= {n: self.network.claims[n] for n in arc.share.claims}
            cited = self.cited.cite(claims.values())
            self.steps[key] = Step(arc.source, arc.target, said, first.through, arc.share, tuple(claims), cited)
        return self.steps[key]

    def _groups(self, reached: dict[str, dict[str, Reach]]) -> Iterator[Group]:
        """Shares of parts of the entity's own totals; inward, of the totals of those that depend on it directly."""
        owners = {name: [self.entity.id] for name in reached}
        if not self.outward:
            owners = {name: [n for n, reach in found.items() if reach.tier == 1] for name, found in reached.items()}
        for name, ids in owners.items():
            for item in (item for owner in ids for item in self.network.groups.get(owner, ()) if item.list == name):
                yield Group(item.part, share_of([item]), self.cited.cite([item.claim]))

    def _all_tiers(self, name: str, to: EntityRef) -> Share | None:
        """At least this share over any number of tiers: disclosed lower bounds only, by a linear solve."""
        arcs = [arc for group in self.network.out[name].values() for arc in group if arc.share.low]
        if not arcs:
            return None
        from graph.views.sparse import share_matrix  # SciPy: only where there is something to solve
        from qa.risk.tiers import all_tiers

        matrix = share_matrix((a.source.id, a.target.id, float(a.share.low or 0) / 100) for a in arcs)
        start, goal = matrix.index(self.entity.id), matrix.index(to.id)
        if start is None or goal is None:
            return None
        what = totals([arc.share for arc in arcs])
        try:
            found = Decimal(str(round(float(all_tiers(matrix.matrix, start)[goal]) * 100, 6)))
        except QueryError as problem:
            return Share(self.entity.label, what, note=str(problem))
        return (
            Share(self.entity.label, what, None, found, None, "derived", note="disclosed shares only")
            if found
            else None
        )

    def _today(self) -> date | None:
        """The day of the report: `as_of`, else the latest day of a document."""
        days = [d.published for d in self.network.documents.values() if d.published]
        return self.options.as_of or max(days, default=None)


def _chosen(reached: dict[str, Reach], to: EntityRef | None) -> list[Reach]:
    """The parties to list: the one asked for, or the first `LISTED`."""
    if to is not None:
        return [reached[to.id]] if to.id in reached else []
    return [reach for _, reach in sorted(reached.items(), key=lambda item: _rank(*item))[:LISTED]]


def _once(trails: Sequence[Trail]) -> list[Arc]:
    """The arcs of the trails, each once."""
    return list({(arc.list, arc.source.id, arc.target.id): arc for trail in trails for arc in trail}.values())


def _rank(node: str, reach: Reach) -> tuple[int, Decimal, int, str]:
    """Nearest first, then the largest share known, then the best evidence."""
    known = reach.at.low if reach.at.value is None else reach.at.value
    return reach.tier, -known, -min(arc.grounds[0].evidence for arc in reach.trails[0]), node


def coverage_of(arcs: Sequence[Arc]) -> Coverage:
    """How many of these dependences carry a disclosed share, and what they rest on."""
    claims = {claim.id: claim for arc in arcs for ground in arc.grounds for claim in ground.claims}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    return Coverage(len(arcs), sum(arc.share.basis == "disclosed" for arc in arcs), len(claims), len(documents))


def other_than(entity: EntityRef, goal: EntityRef) -> EntityRef:
    """`goal`, unless it is the entity itself: QueryError."""
    if goal.id == entity.id:
        raise QueryError(f"{entity.label} is asked about itself: name two different entities")
    return goal
