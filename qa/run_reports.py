"""Executing questions that a risk report answers: what it found, with the claims that it cites and its caveats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.errors import QueryError, UnknownError
from graph.model import Claim, EntityRef, Quantity
from qa.answer import Amount, Truth, Value
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.risk.chokepoints import chokepoints
from qa.risk.concentrate import concentration
from qa.risk.customers import customers
from qa.risk.envelope import Measure, Result, Row
from qa.risk.lens import Lens
from qa.risk.loops import loops
from qa.run_fact import hedges

_FIRST = 6
_SIDES = {
    **dict.fromkeys(("customer", "customers", "client", "clients", "buyers", "sales", "revenue"), "customers"),
    **dict.fromkeys(("supplier", "suppliers", "supply", "purchases", "purchasing"), "suppliers"),
}


def run_report(view: View, query: Query) -> Outcome:
    """The report that the question asks for, put as an answer; unknown, with the reason, where it found nothing."""
    if query.names:
        return unknown(f"{', '.join(query.names)} is not in the graph")
    try:
        return _RUN[query.report](view, query)
    except (UnknownError, QueryError) as problem:
        return unknown(str(problem))


def lens_of(view: View) -> Lens:
    """The lens of a report that looks as the question does."""
    return Lens(min_confidence=view.min_confidence, include_unreliable=view.unreliable)


def _loops(view: View, query: Query) -> Outcome:
    """Who puts money into whom that buys from it. Without a name: investors whose own customers they back."""
    who = query.owner
    result = loops(view.facts.store, who.ids[0] if who else None, lens=lens_of(view))
    rows = result.table("loops").rows
    legs = [row.cells for row in result.table("legs").rows]
    pairs = [row for row in rows if isinstance(row.cells[1], tuple) and len(row.cells[1]) == 2]
    chosen = [row for row in (pairs if who is None or query.confirmed else rows)]
    if who is not None and query.confirmed:
        backs = {cells[0] for cells in legs if cells[2] == "invests in" and _same(cells[1], who)}
        chosen = [row for row in chosen if row.cells[0] in backs]
    if not chosen:
        about = f" through {who.label}" if who else ""
        return unknown(f"the graph holds no loop of financing{about}; that means unknown, not none")
    numbers = {row.cells[0] for row in chosen}
    values = _unique(
        cells[1 if who is None else 3] for cells in legs if cells[0] in numbers and cells[2] == "invests in"
    )
    told = [
        f"{', '.join(map(str, row.cells[5]))} ({row.cells[2]})"
        for row in chosen[:_FIRST]
        if isinstance(row.cells[5], tuple)
    ]
    claims = _cited(view, result, chosen[:_FIRST])
    notes = tuple(note for note in result.assumptions if "by the catalogue" in note or "in the catalogue" in note)
    answer: tuple[Value, ...] = (Truth(True), *values) if query.confirmed else values
    return Outcome("answered", answer, claims, "; ".join(told), (*hedges(claims), *notes))


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


def _signs(view: View, query: Query) -> Outcome:
    """What in the claims says that a customer may come to do without its supplier; never a forecast."""
    supplier = query.options[0] if query.options else Node()
    result = customers(view.facts.store, supplier.ids[0], lens=lens_of(view))
    known = {ref.id: ref for row in result.table("customers").rows if isinstance(ref := row.cells[0], EntityRef)}
    who = query.owner
    if who is not None and not set(who.ids) & set(known):
        return unknown(f"no claim says that {who.label} buys from {supplier.label}")
    rows = [row for row in result.table("signals").rows if row.cells[2] in ("found", "disputed", "planned")]
    rows = [row for row in rows if (_same(row.cells[0], who) if who else _threat(row, own=query.part == "own"))]
    if not rows:
        subject = who.label if who else "any customer"
        return unknown(
            f"the graph holds no sign that {subject} may come to do without {supplier.label}; that means unknown, not none"
        )
    told = [f"{_label(row)} {str(row.cells[1]).removeprefix('customer ')} ({_standing(row)})" for row in rows]
    claims = _cited(view, result, rows)
    values = _unique(row.cells[0] for row in rows)
    status = "partial" if query.confirmed else "answered"
    return Outcome(status, values, claims, "; ".join(told), (*hedges(claims), "signs in the claims, no forecast"))


def _chokepoints(view: View, query: Query) -> Outcome:
    """Who alone could stop it; failing that, who could together."""
    target = query.owner or Node()
    result = chokepoints(view.facts.store, target.ids[0], lens=lens_of(view))
    makers = {*target.ids, *(name for node in query.options for name in node.ids)}
    rows = [row for row in result.table("cuts").rows if not _ids(row) & makers]
    if not rows:
        return unknown(
            f"the graph holds no supply of {target.label} that somebody could stop; that means unknown, not none"
        )
    least = min(int(str(row.cells[0])) for row in rows)
    chosen = [row for row in rows if row.cells[0] == least][:_FIRST]
    claims = _cited(view, result, chosen)
    values = _unique(ref for row in chosen if isinstance(row.cells[1], tuple) for ref in row.cells[1])
    told = "; ".join(
        " and ".join(ref.label for ref in row.cells[1] if isinstance(ref, EntityRef))
        for row in chosen
        if isinstance(row.cells[1], tuple)
    )
    lead = told if least == 1 else f"nobody alone; together: {told}"
    note = "among the suppliers that the graph names; others may exist"
    return Outcome("answered", values, claims, lead, (*hedges(claims), note))


_RUN: Mapping[str, Callable[[View, Query], Outcome]] = {
    "loops": _loops,
    "concentration": _concentration,
    "signs": _signs,
    "chokepoints": _chokepoints,
}


def _cited(view: View, result: Result, rows: Iterable[Row]) -> tuple[Claim, ...]:
    """The claims behind rows of a report, in the order in which it cites them."""
    quotes = {quote.n: quote.claims for quote in result.evidence}
    names = dict.fromkeys(name for row in rows for n in row.evidence for name in quotes.get(n, ()))
    return tuple(view.facts.claim(name) for name in names)


def _unique(cells: Iterable[object]) -> tuple[EntityRef, ...]:
    return tuple({cell.id: cell for cell in cells if isinstance(cell, EntityRef)}.values())


def _same(cell: object, node: Node) -> bool:
    return isinstance(cell, EntityRef) and cell.id in node.ids


def _ids(row: Row) -> set[str]:
    return (
        {cell.id for cell in row.cells[1] if isinstance(cell, EntityRef)} if isinstance(row.cells[1], tuple) else set()
    )


def _threat(row: Row, *, own: bool) -> bool:
    """Whether a sign is more than supporting; of a design of the customer's own only if that is asked."""
    if own:
        return "own" in str(row.cells[1]) or "same kind of thing itself" in str(row.cells[1])
    return not str(row.cells[3]).startswith("supporting")


def _label(row: Row) -> str:
    return row.cells[0].label if isinstance(row.cells[0], EntityRef) else ""


def _standing(row: Row) -> str:
    return str(row.cells[3]) if row.cells[2] == "found" else f"{row.cells[2]}, {row.cells[3]}"


def _points(found: Measure) -> str:
    ends = [f"{end:,.0f}" for end in (found.low, found.high) if end is not None]
    return "–".join(dict.fromkeys(ends))
