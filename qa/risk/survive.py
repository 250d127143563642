"""How long a firm goes on without each of its suppliers, and what it costs until the supplier is back.

The numbers come from a plan (plan.py); a capacity or a stock that it leaves out is taken from claims, if one gives it
in the plan's unit. Bounds: the worst and the best that the ranges allow, as more stock and capacity never shorten the
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import SettingsError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cite import Citations
from qa.risk.dependence import SUPPLIER
from qa.risk.envelope import Column, Measure, Result, Row, Table
from qa.risk.lens import Lens
from qa.risk.notes import unreliable
from qa.risk.plan import Plan, Range
from qa.risk.plan_claims import Filled, fill_in
from qa.risk.recovery import Provision, shortfall, time_to_survive
from qa.risk.report import Basis, Coverage

if TYPE_CHECKING:
    from qa.risk.recovery import Vector

METHOD = (
    "survive: time to survive and cost until recovery by linear programs (Simchi-Levi et al. 2015), the other "
    "suppliers filling in as far as their capacity goes"
)
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class _Outage:
    """The suppliers that are out (by their place in the plan), how long it lasts, and what comes of it."""

    out: tuple[int, ...]
    recover: Range | None
    lasts: tuple[float | None, float | None]
    open: bool
    cost: tuple[float, float | None] | None


def survive(store: Store, entity_id: str, plan: Plan, *, lost: Sequence[str] = (), lens: Lens | None = None) -> Result:
    """How long `entity_id` survives the loss of each supplier of the plan, or of those `lost` together.

    Raises SettingsError if a number is neither in the plan nor in the claims, or `lost` names no supplier of the plan.
    """
    lens = lens or Lens()
    entity = lens.entity(store, entity_id)
    filled = fill_in(plan, entity, lens.seen(store), lens.store(store))
    cited = Citations(lens.seen(store).documents)
    outages = [_outage(filled.plan, out) for out in _chosen(plan, lost)]
    tables = (_outage_table(filled, outages, cited), _data_table(filled, cited))
    return Result(
        kind="survive",
        title=f"How long {entity.label} survives the loss of a supplier",
        entity=entity,
        measure=_shortest(filled, outages),
        tables=tables,
        coverage=_coverage(filled),
        method=METHOD,
        assumptions=_notes(filled, entity, lens, store),
        evidence=cited.quotes,
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={"lost": list(lost), "period": plan.period, "suppliers": [maker.name for maker in plan.makers]},
    )


def _chosen(plan: Plan, lost: Sequence[str]) -> list[tuple[int, ...]]:
    names = [maker.name for maker in plan.makers]
    for name in lost:
        if name not in names:
            raise SettingsError(f"{name} is no supplier of the plan: it has {', '.join(names)}")
    return [tuple(names.index(name) for name in dict.fromkeys(lost))] if lost else [(i,) for i in range(len(names))]


def _outage(plan: Plan, out: tuple[int, ...]) -> _Outage:
    known = [plan.makers[i].recover for i in out]
    back = [recover for recover in known if recover is not None]
    recover = None
    if len(back) == len(known):
        highs = [r.high for r in back]
        recover = Range(max(r.low for r in back), None if None in highs else max(h for h in highs if h is not None))
    worst, best = _provision(plan, worst=True), _provision(plan, worst=False)
    lasts = (time_to_survive(worst, out), time_to_survive(best, out))
    open_ = any(r is not None and r.high is None for r in _supply(plan, out))
    cost = None
    if recover is not None and recover.high is not None:
        dear = shortfall(worst, out, recover.high).cost
        cost = (0.0 if open_ else shortfall(best, out, recover.low).cost, dear)
    return _Outage(out, recover, lasts, open_, cost)


def _supply(plan: Plan, out: tuple[int, ...]) -> list[Range | None]:
    """What may be larger than is known: stocks, and capacities of those that are not out."""
    return [*(need.stock for need in plan.needs), *(m.capacity for i, m in enumerate(plan.makers) if i not in out)]


def _provision(plan: Plan, *, worst: bool) -> Provision:
    def scarce(values: Sequence[Range | None]) -> Vector:
        return np.array([_end(value, low=worst) for value in values], float)

    def heavy(values: Sequence[Range | None]) -> Vector:
        return np.array([_end(value, low=not worst) for value in values], float)

    makes = np.array([[need.name in maker.makes for need in plan.needs] for maker in plan.makers], bool)
    return Provision(
        capacity=scarce([maker.capacity for maker in plan.makers]),
        demand=heavy([need.demand for need in plan.needs]),
        stock=scarce([need.stock for need in plan.needs]),
        loss=heavy([need.loss for need in plan.needs]),
        makes=makes,
    )


def _end(value: Range | None, *, low: bool) -> float:
    if value is None:
        return 0.0
    return value.low if low or value.high is None else value.high


def _shortest(filled: Filled, outages: Sequence[_Outage]) -> Measure:
    """The loss that the firm survives for the shortest time, at worst."""
    ended = [outage for outage in outages if outage.lasts[0] is not None]
    if not ended:
        return replace(_lasts(filled, outages[0]), what="shortest time to survive")
    worst = min(ended, key=lambda outage: outage.lasts[0] or 0.0)
    return replace(_lasts(filled, worst), what="shortest time to survive", note=f"without {_names(filled, worst)}")


def _lasts(filled: Filled, outage: _Outage) -> Measure:
    low, high = outage.lasts
    unit, claims = f"{filled.plan.period}s", tuple(claim.id for claim in filled.claims)
    if low is None:
        return Measure("time to survive", unit, None, None, None, _basis(filled), claims, note="for ever")
    top = None if high is None or outage.open else _decimal(high)
    least = _decimal(low)
    return Measure("time to survive", unit, least if top == least else None, least, top, _basis(filled), claims)


def _outage_table(filled: Filled, outages: Sequence[_Outage], cited: Citations) -> Table:
    plan = filled.plan
    columns = (
        Column("lost", "Lost"),
        Column("inputs", "What it makes"),
        Column("survives", "Time to survive"),
        Column("recovers", "Time to recover"),
        Column("verdict", "Verdict"),
        Column("cost", "Cost until recovery"),
    )
    rows = []
    for outage in sorted(outages, key=lambda o: (o.lasts[0] is None, o.lasts[0] or 0.0)):
        made = tuple(dict.fromkeys(item for i in outage.out for item in plan.makers[i].makes))
        back = outage.recover
        recovers = Measure("time to recover", f"{plan.period}s")
        if back is not None:
            recovers = _given("time to recover", back, f"{plan.period}s")
        cost = Measure("cost until recovery", plan.money)
        if outage.cost is not None:
            low, high = (None if end is None else _decimal(end) for end in outage.cost)
            cost = Measure("cost until recovery", plan.money, low if low == high else None, low, high, _basis(filled))
        cells = (_names(filled, outage), made, _lasts(filled, outage), recovers, _verdict(outage), cost)
        rows.append(Row(cells, cited.cite(filled.claims)))
    return Table("outages", "Suppliers lost", columns, tuple(rows))


def _verdict(outage: _Outage) -> str:
    """Whether the firm survives until the supplier is back."""
    low, high = outage.lasts
    if low is None:
        return "survives for ever"
    if outage.recover is None:
        return "time to recover not given"
    back = outage.recover
    if back.high is not None and low >= back.high - TOLERANCE:
        return "survives"
    if high is not None and not outage.open and high < back.low - TOLERANCE:
        return "does not survive"
    return "open: within the bounds it may or may not"


def _data_table(filled: Filled, cited: Citations) -> Table:
    columns = (Column("what", "Number"), Column("value", "Value"), Column("source", "From"))
    rows = []
    for number in filled.numbers:
        value = _given(number.what, number.value, number.unit)
        basis: Basis = "disclosed" if number.claims else "assumed"
        shown = replace(value, basis=basis, claims=tuple(claim.id for claim in number.claims))
        rows.append(Row((number.what, shown, "claims" if number.claims else "plan"), cited.cite(number.claims)))
    return Table("numbers", "What the times rest on", columns, tuple(rows))


def _given(what: str, value: Range, unit: str) -> Measure:
    low, high = _decimal(value.low), None if value.high is None else _decimal(value.high)
    return Measure(what, unit, low if low == high else None, low, high, "assumed")


def _names(filled: Filled, outage: _Outage) -> str:
    return " and ".join(filled.plan.makers[i].name for i in outage.out)


def _basis(filled: Filled) -> Basis:
    return "derived" if all(number.claims for number in filled.numbers) else "assumed"


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 6))).normalize() + 0


def _coverage(filled: Filled) -> Coverage:
    documents = {item.document for claim in filled.claims for item in claim.evidence}
    known = sum(bool(number.claims) for number in filled.numbers)
    return Coverage(len(filled.numbers), known, len(filled.claims), len(documents), "number", "a claim behind it")


def _notes(filled: Filled, entity: EntityRef, lens: Lens, store: Store) -> tuple[str, ...]:
    network = lens.network(store)
    notes = [
        "Numbers of the plan are taken as given; the plan names every supplier that could fill in.",
        "A missing unit of one input costs what the plan says, whatever else is missing; stocks are used as needed.",
    ]
    here = {maker.name for maker in filled.plan.makers} | {ref.label for ref in filled.named.values()}
    more = [arc.target.label for arc in network.out[SUPPLIER].get(entity.id, ()) if arc.target.label not in here]
    if more:
        shown = ", ".join(sorted(more)[:8]) + (" …" if len(more) > 8 else "")
        notes.append(f"The graph names further suppliers of {entity.label} that are not in the plan: {shown}.")
    if any(maker.recover is None for maker in filled.plan.makers):
        notes.append("Where no time to recover is given, no cost is worked out; give recover in the plan.")
    return (*notes, *unreliable(network.left_out))
