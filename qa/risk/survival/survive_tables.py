"""The tables of a survive report: the suppliers lost, who fills in, the numbers that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.risk.cite import Citations
from qa.risk.envelope import Column, Measure, Row, Table
from qa.risk.report import Basis
from qa.risk.survival.outages import Outage
from qa.risk.survival.plan import Range
from qa.risk.survival.plan_claims import Filled

TOLERANCE = 1e-9


def survival(filled: Filled, outage: Outage) -> Measure:
    """For how long the firm lasts: at worst to at best; no bounds and “for ever” where the others make it all."""
    low, high = outage.lasts
    unit, claims = f"{filled.plan.period}s", tuple(claim.id for claim in filled.claims)
    if low is None:
        return Measure("time to survive", unit, None, None, None, basis_of(filled), claims, note="for ever")
    top = None if high is None or outage.open else _decimal(high)
    least = _decimal(low)
    return Measure("time to survive", unit, least if top == least else None, least, top, basis_of(filled), claims)


def outage_table(filled: Filled, outages: Sequence[Outage], cited: Citations) -> Table:
    """A row an outage, the one survived for the shortest time first."""
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
            cost = Measure("cost until recovery", plan.money, low if low == high else None, low, high, basis_of(filled))
        cells = (lost_names(filled, outage), made, survival(filled, outage), recovers, _verdict(outage), cost)
        rows.append(Row(cells, cited.cite(filled.claims)))
    return Table("outages", "Suppliers lost", columns, tuple(rows))


def fill_table(filled: Filled, outages: Sequence[Outage]) -> Table:
    """At worst, what each of the others makes of each input until the supplier is back, and what stays missing."""
    plan = filled.plan
    columns = (Column("lost", "Lost"), Column("input", "Input"), Column("maker", "Made by"), Column("units", "Units"))
    rows = []
    for outage in (outage for outage in outages if outage.worst is not None):
        made, missing = outage.worst.made, outage.worst.missing  # type: ignore[union-attr]
        for j, need in enumerate(plan.needs):
            found = [(maker.name, float(made[i, j])) for i, maker in enumerate(plan.makers)]
            found.append(("nobody", float(missing[j])))
            for name, units in (pair for pair in found if pair[1] > TOLERANCE):
                exact = _decimal(units)
                amount = Measure(f"{need.name} until recovery", plan.unit, exact, exact, exact, basis_of(filled))
                rows.append(Row((lost_names(filled, outage), need.name, name, amount)))
    return Table("fill_in", "Who fills in, at worst", columns, tuple(rows), "One of the ways that cost the least.")


def _verdict(outage: Outage) -> str:
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


def data_table(filled: Filled, cited: Citations) -> Table:
    """A row a number of the plan, with where it comes from."""
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


def lost_names(filled: Filled, outage: Outage) -> str:
    """The suppliers that are out, in words."""
    return " and ".join(filled.plan.makers[i].name for i in outage.out)


def basis_of(filled: Filled) -> Basis:
    """Derived if claims give every number, else assumed, as the plan is."""
    return "derived" if all(number.claims for number in filled.numbers) else "assumed"


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 6))).normalize() + 0
