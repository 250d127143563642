"""Executing questions that a risk report answers: what it found, with the claims that it cites and its caveats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import EntityRef, Quantity
from qa.answer import Amount, Status, Truth, Value
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.report_rows import cited, lens_of, refs, same, unique
from qa.risk.chokepoints import chokepoints
from qa.risk.concentrate import concentration
from qa.risk.envelope import Measure
from qa.risk.loops import loops
from qa.risk.substitutes import substitutes
from qa.run_fact import hedges
from qa.run_whatif import signs, stopped

_FIRST = 6
_TRUST = 0.9
"""The whole question was understood: its reason tells more than that of another reading."""
_SIDES = {
    **dict.fromkeys(("customer", "customers", "client", "clients", "buyers", "sales", "revenue"), "customers"),
    **dict.fromkeys(("supplier", "suppliers", "supply", "purchases", "purchasing"), "suppliers"),
}


def run_report(view: View, query: Query) -> Outcome:
    """The report that the question asks for, put as an answer; unknown, with the reason, where it found nothing."""
    try:
        found = _RUN[query.report](view, query) if not query.names else unknown("a name is not in the graph")
    except (UnknownError, QueryError, SettingsError) as problem:
        found = unknown(str(problem))
    return replace(found, trust=_TRUST) if found.status == "unknown" else found


def _loops(view: View, query: Query) -> Outcome:
    """Who puts money into whom that buys from it, if that is asked (`part`); else all loops through somebody.

    Without a name: investors whose own customers they back, or (`part`) those customers.
    """
    who, backing = query.owner, bool(query.part)
    result = loops(view.facts.store, who.ids[0] if who else None, lens=lens_of(view))
    rows = result.table("loops").rows
    legs = [row.cells for row in result.table("legs").rows]
    pairs = tuple(row for row in rows if isinstance(row.cells[1], tuple) and len(row.cells[1]) == 2)
    chosen = pairs if who is None or backing else rows
    if who is not None and backing:
        backs = {cells[0] for cells in legs if cells[2] == "invests in" and same(cells[1], who)}
        chosen = tuple(row for row in chosen if row.cells[0] in backs)
    if not chosen:
        about = f" through {who.label}" if who else ""
        return unknown(f"the graph holds no loop of financing{about}; that means unknown, not none")
    numbers = {row.cells[0] for row in chosen}
    sides = (3,) if backing else (1,) if who is None else (1, 3)
    ends = (cells[side] for cells in legs if cells[0] in numbers and cells[2] == "invests in" for side in sides)
    values = tuple(ref for ref in unique(ends) if who is None or ref.id not in who.ids)
    told = [
        f"{', '.join(map(str, row.cells[5]))} ({row.cells[2]})"
        for row in chosen[:_FIRST]
        if isinstance(row.cells[5], tuple)
    ]
    claims = cited(view, result, chosen[:_FIRST])
    notes = tuple(note for note in result.assumptions if "by the catalogue" in note or "in the catalogue" in note)
    affirmed = any(row.cells[2] == "affirmed" for row in chosen)
    answer: tuple[Value, ...] = (Truth(True), *values) if query.confirmed and affirmed else values
    status: Status = "partial" if query.confirmed and not affirmed else "answered"
    return Outcome(status, answer, claims, "; ".join(told), (*hedges(claims), *notes))


def _concentration(view: View, query: Query) -> Outcome:
    """The index of concentration with its bounds."""
    of = query.owner.ids[0] if query.owner else query.part
    side = _SIDES.get(query.part)
    result = concentration(view.facts.store, of, side=side, lens=lens_of(view))  # type: ignore[arg-type]
    found = result.measure
    if found.basis is None or not isinstance(found, Measure):
        return unknown(f"{found.note}; that means unknown, not evenly spread")
    claims = tuple(view.facts.claim(name) for name in found.claims)
    value = Quantity(found.low, found.high, "points")
    lead = f"{found.what}: {_points(found)} points; {found.note}"
    period = (f"shares of {found.period}",) if found.period else ()
    return Outcome("answered", (Amount(value, derived=True),), claims, lead, (*hedges(claims), *period))


def _chokepoints(view: View, query: Query) -> Outcome:
    """Who alone could stop it; failing that, who could together."""
    target = query.owner or Node()
    result = chokepoints(view.facts.store, target.ids[0], lens=lens_of(view))
    makers = {*target.ids, *(name for node in query.options for name in node.ids)}
    rows = [row for row in result.table("cuts").rows if not {ref.id for ref in refs(row.cells[1])} & makers]
    if not rows:
        return unknown(
            f"the graph holds no supply of {target.label} that somebody could stop; that means unknown, not none"
        )
    least = min(int(str(row.cells[0])) for row in rows)
    chosen = [row for row in rows if row.cells[0] == least][:_FIRST]
    claims = cited(view, result, chosen)
    values = unique(ref for row in chosen if isinstance(row.cells[1], tuple) for ref in row.cells[1])
    told = "; ".join(
        " and ".join(ref.label for ref in row.cells[1] if isinstance(ref, EntityRef))
        for row in chosen
        if isinstance(row.cells[1], tuple)
    )
    lead = told if least == 1 else f"nobody alone; together: {told}"
    note = "among the suppliers that the graph names; others may exist"
    return Outcome("answered", values, claims, lead, (*hedges(claims), note))


def _substitutes(view: View, query: Query) -> Outcome:
    """Who else provides what one supplies to another; failing that, who is said to rival it."""
    supplier, buyer = query.owner or Node(), query.options[0] if query.options else Node()
    result = substitutes(view.facts.store, supplier.ids[0], customer=buyer.ids[0], lens=lens_of(view))
    rows = [row for row in result.table("substitutes").rows if not same(row.cells[1], buyer)]
    rows = [row for row in rows if row.cells[2] == "provider"] or rows
    if not rows:
        what = f"another provider of what {supplier.label} supplies"
        return unknown(f"no claim names {what}; that means unknown, not none")
    values = unique(row.cells[1] for row in rows)
    told = [f"{ref.label} ({row.cells[2]} of {row.cells[0]})" for row in rows for ref in refs(row.cells[1])]
    claims = cited(view, result, rows[:_FIRST])
    note = "whether they have capacity to spare, and are qualified, is a matter of its own"
    return Outcome("answered", values, claims, "; ".join(told[:_FIRST]), (*hedges(claims), note))


_RUN: Mapping[str, Callable[[View, Query], Outcome]] = {
    "loops": _loops,
    "concentration": _concentration,
    "signs": signs,
    "stopped": stopped,
    "chokepoints": _chokepoints,
    "substitutes": _substitutes,
}


def _points(found: Measure) -> str:
    ends = [f"{end:,.0f}" for end in (found.low, found.high) if end is not None]
    return "–".join(dict.fromkeys(ends))
