"""What is lost without a supplier, and what is left of that loss when others take over part of what it supplied.

Taking over a part c of a supply leaves a shock of 1 − c: the same scenario (simulate.py), smaller. The bounds of the
part become bounds of the loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.errors import QueryError, UnknownError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.envelope import Measure
from qa.risk.interval import HUNDRED, Interval
from qa.risk.lens import Lens
from qa.risk.simulate import simulate
from qa.risk.whatif.scenario import Scenario, Shock


@dataclass(frozen=True, slots=True)
class Loss:
    """`whole`: percent of output lost without the suppliers; unknown (no basis) where nothing can be passed on."""

    whole: Measure
    why: str = ""


class SteppingIn:
    """Runs the scenario of losing suppliers, to one customer or to all, at the size that is left."""

    def __init__(self, store: Store, lens: Lens, lost: Sequence[EntityRef], customer: EntityRef | None) -> None:
        self._store, self._lens, self._lost, self._customer = store, lens, lost, customer
        self._known: dict[float, Loss] = {}

    def loss(self, left: Decimal = HUNDRED) -> Loss:
        """What is lost when `left` percent of what the suppliers supply stays away."""
        size = float(left / HUNDRED)
        if size not in self._known:
            self._known[size] = self._run(size)
        return self._known[size]

    def after(self, cover: Interval | None) -> Measure:
        """What is lost when a part of it (percent) is taken over; not known which: from all of it to nothing."""
        whole = self.loss().whole
        what = f"{whole.what} when it steps in"
        if whole.basis is None:
            return Measure(what, whole.unit, note=self.loss().why)
        if cover is None:
            note = "capacity not known: from no help to full replacement"
            return Measure(what, whole.unit, None, Decimal(0), whole.high, "assumed", note=note)
        best, worst = self.loss(HUNDRED - cover.high).whole, self.loss(HUNDRED - cover.low).whole
        value = worst.value if cover.exact else None
        return Measure(what, whole.unit, value, best.low, worst.high, "imputed")

    def _run(self, size: float) -> Loss:
        if size <= 0:
            return Loss(Measure(self.loss().whole.what, "percent", Decimal(0), Decimal(0), Decimal(0), "derived"))
        scenario = Scenario(tuple(self._shock(party, size) for party in self._lost), draws=0)
        try:
            found = simulate(self._store, scenario, lens=self._lens)
        except (QueryError, UnknownError) as problem:
            return Loss(Measure("loss of output", "percent", note=str(problem)), str(problem))
        if not isinstance(found.measure, Measure):
            raise TypeError("a what-if measures a loss, not a share")
        if self._customer is None:
            return Loss(found.measure, found.measure.note)
        what = f"{self._customer.label}'s loss of output"
        for row in found.table("losses").rows:
            cell = row.cells[2]
            if row.cells[0] == self._customer and isinstance(cell, Measure):
                return Loss(Measure(what, "percent", cell.value, cell.low, cell.high, cell.basis, note=cell.note))
        return Loss(Measure(what, "percent", note="the what-if names no loss of it"), "the what-if names no loss of it")

    def _shock(self, party: EntityRef, size: float) -> Shock:
        if self._customer is not None:
            return Shock("supply", party.id, size, buyer=self._customer.id)
        return Shock("firm", party.id, size, stops="selling")
