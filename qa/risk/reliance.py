"""How much of a firm hangs on each other one over the tiers, when not all shares are known: bounds first, draws after.

Exposure follows what is disclosed; here the gaps are filled by the ladder, and the draws say how sure the order is. Row
of B + B² + … as in tiers.py, each way stopping where it comes back to the firm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph.contract import Json
from graph.errors import SettingsError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cascade.pace import Pace
from qa.risk.cite import Citations
from qa.risk.envelope import Cell, Chart, Column, Measure, Result, Row, Table
from qa.risk.lens import Lens
from qa.risk.paths.trace import MAX_TIERS, other_than
from qa.risk.report import Basis, Path, Share
from qa.risk.simulate import coverage
from qa.risk.whatif.coupling import Coupled, couple
from qa.risk.whatif.flows import flows
from qa.risk.whatif.montecarlo import HIGH, LIKELY, LOW, RIGHT, columns, percentiles, shares
from qa.risk.whatif.notes import assumptions
from qa.risk.whatif.scenario import MOST_DRAWS
from qa.risk.whatif.segments import Adder
from qa.risk.whatif.tables import bar, drawn
from qa.risk.whatif.tracing import Steps, Way, percent

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places, Vector

Side = Literal["suppliers", "customers"]
SIDES: tuple[Side, ...] = ("suppliers", "customers")
WAY: dict[Side, Way] = {"suppliers": "downstream", "customers": "upstream"}
OF: dict[Side, str] = {"suppliers": "purchases", "customers": "revenue"}
LISTED = 100
METHOD = (
    "reliance: shares multiplied along paths and added up over tiers (rows of B + B² + …), with shares as likely, at "
    "both ends of their bounds, and drawn at random"
)


def reliance(
    store: Store,
    entity_id: str,
    *,
    to: str | None = None,
    side: Side = "suppliers",
    tiers: int = 4,
    lens: Lens | None = None,
    closed: bool = False,
    draws: int = 1000,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Result:
    """The share of an entity's purchases (of its revenue: side customers) that hangs on each party, or on `to` alone.

    Nothing is known where no trade leads: the measure then is unknown. Raises UnknownError for an id that is not there,
    SettingsError for numbers out of range, QueryError if `to` is the entity itself, StoppedError when `stop()` is true.
    """
    look = lens or Lens()
    if side not in SIDES or not 1 <= tiers <= MAX_TIERS or not 0 <= draws <= MOST_DRAWS:
        said = f"side {side}, tiers {tiers}, draws {draws}"
        raise SettingsError(f"{said}: give suppliers or customers, 1 to {MAX_TIERS} tiers, 0 to {MOST_DRAWS} draws")
    entity = look.entity(store, entity_id)
    goal = other_than(entity, look.entity(store, to)) if to else None
    net = couple(flows(store, look), "linear", closed=closed)
    asked = {"to": to, "side": side, "tiers": tiers, "closed": closed, "draws": draws, "seed": seed}
    return _Reliance(net, entity, goal, side, tiers, look, asked).result(draws, seed, Pace(progress, stop))


@dataclass(frozen=True, slots=True)
class _Reliance:
    """One report in the making."""

    net: Coupled
    entity: EntityRef
    goal: EntityRef | None
    side: Side
    tiers: int
    look: Lens
    asked: Json

    @property
    def ends(self) -> tuple[Places, Places]:
        """Of each trade, who depends and whom it depends on."""
        web = self.net.web
        return (web.buyer, web.seller) if self.side == "suppliers" else (web.seller, web.buyer)

    def result(self, draws: int, seed: int, pace: Pace) -> Result:
        """The whole report."""
        net, start = self.net, self.net.place.get(self.entity.id)
        cited = Citations(net.flows.documents)
        bounds = np.zeros((net.web.firms, 4)) if start is None else self._bounds(start)
        rows = [int(n) for n in np.flatnonzero(bounds[:, HIGH] > 0)]
        rows.sort(key=lambda n: (-bounds[n, LIKELY], -bounds[n, HIGH], n))
        over = self._drawn(start, rows, draws, seed, pace) if start is not None and rows and draws else None
        best = self._paths(start) if start is not None else {}
        chosen = [n for n in rows if self.goal is None or list(net.flows.firms)[n] == self.goal.id][:LISTED]
        steps = Steps(net, cited)
        paths = {n: steps.path(best[n], WAY[self.side]) for n in chosen}
        lines = tuple(self._row(n, bounds[n], paths[n], rows, over) for n in chosen)
        used = sorted({trade for n in rows for trade in best[n]})
        labels = [firm.label for firm in net.flows.firms.values()]
        ways = [(n, WAY[self.side]) for n in used]
        return Result(
            kind="reliance",
            title=f"How much of {self.entity.label} hangs on {self.goal.label if self.goal else f'its {self.side}'}",
            entity=self.entity,
            measure=self._measure(chosen, bounds, paths),
            tables=(Table("parties", "On whom it hangs", _columns(self.side), lines),),
            coverage=coverage(net.flows, np.array(used, dtype=np.intp)),
            method=METHOD,
            assumptions=tuple(assumptions(net, ways, "linear", bool(self.asked["closed"]), draws)) if used else (),
            evidence=cited.quotes,
            paths=tuple(paths[n] for n in chosen),
            charts=(
                Chart("bars", "Share over the tiers", "percent", tuple(bar(labels[n], bounds[n]) for n in chosen[:20])),
            ),
            as_of=self.look.as_of,
            known_at=self.look.known_at,
            asked=self.asked
            | {name: getattr(self.look, name) for name in ("impute", "min_confidence", "include_unreliable")},
        )

    def _bounds(self, start: int) -> Vector:
        side = self.net.inputs if self.side == "suppliers" else self.net.sales
        return over_tiers(*self.ends, columns(side.ends(), self.net.certain), start, self.tiers, self.net.web.firms)

    def _drawn(self, start: int, rows: Sequence[int], draws: int, seed: int, pace: Pace) -> Vector:
        """Shares over the tiers (rows, draws)."""
        found, begin = np.zeros((len(rows), draws)), 0
        for inputs, sales in shares(self.net, draws, seed):
            pace.check()
            block = slice(begin, begin + inputs.shape[1])
            some = inputs if self.side == "suppliers" else sales
            found[:, block] = over_tiers(*self.ends, some, start, self.tiers, self.net.web.firms)[rows]
            begin = block.stop
            pace.done(begin, draws)
        return found

    def _paths(self, start: int) -> dict[int, list[int]]:
        """The trades of the likeliest path to each party within the tiers; the shortest where none is likely at all."""
        source, target = self.ends
        side = self.net.inputs if self.side == "suppliers" else self.net.sales
        value, _, high = side.ends()
        weight = np.maximum(value, high * 1e-6)
        best: dict[int, tuple[float, list[int]]] = {}
        front: dict[int, tuple[float, list[int]]] = {start: (1.0, [])}
        for _ in range(self.tiers):
            ahead: dict[int, tuple[float, list[int]]] = {}
            for node in sorted(front):
                strength, way = front[node]
                for trade in np.flatnonzero(source == node):
                    other, strong = int(target[trade]), strength * float(weight[trade])
                    if other != start and strong > ahead.get(other, (0.0, []))[0]:
                        ahead[other] = strong, [*way, int(trade)]
            for node, found in ahead.items():
                if node not in best or found[0] > best[node][0]:
                    best[node] = found
            front = ahead
        return {node: way for node, (_, way) in best.items()}

    def _share(self, ends: Vector, path: Path) -> Share:
        value, low, high = (percent(float(ends[n])) for n in (LIKELY, LOW, HIGH))
        return Share(self.entity.label, OF[self.side], value, low, high, _basis(path))

    def _row(self, row: int, ends: Vector, path: Path, rows: Sequence[int], over: Vector | None) -> Row:
        share = self._share(ends, path)
        right = replace(share, value=None, low=percent(float(ends[RIGHT])))
        spread: Cell = None
        first: Cell = None
        if over is not None:
            at = list(rows).index(row)
            most = over.max(axis=0)
            top = (over == most) & (most > 0)
            spread = drawn(percentiles(over[at]), _basis(path))
            first = percent(float((top[at] / np.maximum(top.sum(axis=0), 1)).mean()))
        said = " → ".join(step.said for step in path.steps)
        evidence = tuple(dict.fromkeys(n for step in path.steps for n in step.evidence))
        party = list(self.net.flows.firms.values())[row]
        return Row((party, len(path.steps), share, right, spread, first, said), evidence)

    def _measure(self, chosen: Sequence[int], bounds: Vector, paths: dict[int, Path]) -> Share | Measure:
        """The share that hangs on the party asked for, or on the first."""
        if not chosen:
            whom = f" to {self.goal.label}" if self.goal else ""
            note = f"no trade leads from {self.entity.label}{whom} within {self.tiers} tiers: unknown, not nothing"
            return Share(self.entity.label, OF[self.side], note=note)
        share = self._share(bounds[chosen[0]], paths[chosen[0]])
        party = list(self.net.flows.firms.values())[chosen[0]].label
        return replace(share, note=f"on {party}, over {self.tiers} tiers")


def over_tiers(source: Places, target: Places, some: Vector, start: int, tiers: int, firms: int) -> Vector:
    """Row `start` of B + … + B^tiers (firms, columns), at most 1, with ways ending where they come back to the start.

    Trade e says that `some[e]` (columns) of `source[e]` hangs on `target[e]`.
    """
    add = Adder(target, firms)
    now = np.zeros((firms, some.shape[1]))
    now[start] = 1.0
    total = np.zeros_like(now)
    for _ in range(tiers):
        now = add(now[source] * some)
        now[start] = 0.0
        total += now
    return np.minimum(total, 1.0)


def _basis(path: Path) -> Basis:
    bases = {step.share.basis for step in path.steps}
    weakest: tuple[Basis, ...] = ("assumed", "imputed")
    found = next((basis for basis in weakest if basis in bases), None)
    return found or ("disclosed" if len(path.steps) == 1 and bases == {"disclosed"} else "derived")


def _columns(side: Side) -> tuple[Column, ...]:
    return (
        Column("party", "Supplier" if side == "suppliers" else "Customer"),
        Column("tier", "Tier of its best path"),
        Column("share", "Share over the tiers"),
        Column("if_right", "If all claims are right"),
        Column("draws", "Over the draws (5 % to 95 %)"),
        Column("first", "Largest in % of draws"),
        Column("path", "By which way"),
    )
