"""Executing questions that a risk report answers: what it found, with the claims that it cites and its caveats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from graph.errors import QueryError, UnknownError
from graph.model import Claim, EntityRef, Quantity
from qa.answer import Amount, Status, Truth, Value
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.risk.chokepoints import chokepoints
from qa.risk.concentrate import concentration
from qa.risk.customers import customers
from qa.risk.envelope import Measure, Result, Row
from qa.risk.lens import Lens
from qa.risk.loops import loops
from qa.risk.pairs import meets
from qa.risk.signal_rules import signal_rules
from qa.risk.substitutes import substitutes
from qa.run_fact import hedges

_FIRST = 6
_SEEN = ("found", "disputed", "planned")
_OWN = frozenset(("own_kind", "deployed", "design_help", "own_words"))
"""The signs of a design of the customer's own."""
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
    except (UnknownError, QueryError) as problem:
        found = unknown(str(problem))
    return replace(found, trust=_TRUST) if found.status == "unknown" else found


def lens_of(view: View) -> Lens:
    """The lens of a report that looks as the question does."""
    return Lens(min_confidence=view.min_confidence, include_unreliable=view.unreliable)


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
        backs = {cells[0] for cells in legs if cells[2] == "invests in" and _same(cells[1], who)}
        chosen = tuple(row for row in chosen if row.cells[0] in backs)
    if not chosen:
        about = f" through {who.label}" if who else ""
        return unknown(f"the graph holds no loop of financing{about}; that means unknown, not none")
    numbers = {row.cells[0] for row in chosen}
    sides = (3,) if backing else (1,) if who is None else (1, 3)
    ends = (cells[side] for cells in legs if cells[0] in numbers and cells[2] == "invests in" for side in sides)
    values = tuple(ref for ref in _unique(ends) if who is None or ref.id not in who.ids)
    told = [
        f"{', '.join(map(str, row.cells[5]))} ({row.cells[2]})"
        for row in chosen[:_FIRST]
        if isinstance(row.cells[5], tuple)
    ]
    claims = _cited(view, result, chosen[:_FIRST])
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


def _signs(view: View, query: Query) -> Outcome:
    """What in the claims says that a customer may come to do without its supplier; never a forecast."""
    supplier = query.options[0] if query.options else Node()
    result = customers(view.facts.store, supplier.ids[0], lens=lens_of(view))
    known = {ref.id: ref for row in result.table("customers").rows if isinstance(ref := row.cells[0], EntityRef)}
    who = query.owner
    if who is not None and not set(who.ids) & set(known):
        return unknown(f"no claim says that {who.label} buys from {supplier.label}")
    rows = [row for row in result.table("signals").rows if row.cells[2] in _SEEN]
    rows = [row for row in rows if (_same(row.cells[0], who) if who else _threat(row, own=query.part == "own"))]
    if not rows:
        sign = f"{who.label if who else 'any customer'} may come to do without {supplier.label}"
        return unknown(f"the graph holds no sign that {sign}; that means unknown, not none")
    claims = _cited(view, result, rows)
    values = _unique(row.cells[0] for row in rows)
    status: Status = "partial" if query.confirmed else "answered"
    return Outcome(status, values, claims, _told(rows), (*hedges(claims), "signs in the claims, no forecast"))


def signs_of(view: View, supplier: Node, customer: Node) -> tuple[tuple[Claim, ...], str]:
    """The claims and words of signs, more than supporting ones, that a customer may come to do without a supplier."""
    result = customers(view.facts.store, supplier.ids[0], lens=lens_of(view))
    rows = [
        row
        for row in result.table("signals").rows
        if row.cells[2] in _SEEN and _same(row.cells[0], customer) and _threat(row, own=False)
    ]
    return _cited(view, result, rows), _told(rows)


def _chokepoints(view: View, query: Query) -> Outcome:
    """Who alone could stop it; failing that, who could together."""
    target = query.owner or Node()
    result = chokepoints(view.facts.store, target.ids[0], lens=lens_of(view))
    makers = {*target.ids, *(name for node in query.options for name in node.ids)}
    rows = [row for row in result.table("cuts").rows if not {ref.id for ref in _refs(row.cells[1])} & makers]
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


def _substitutes(view: View, query: Query) -> Outcome:
    """Who else provides what one supplies to another; failing that, who is said to rival it."""
    supplier, buyer = query.owner or Node(), query.options[0] if query.options else Node()
    result = substitutes(view.facts.store, supplier.ids[0], customer=buyer.ids[0], lens=lens_of(view))
    rows = [row for row in result.table("substitutes").rows if not _same(row.cells[1], buyer)]
    rows = [row for row in rows if row.cells[2] == "provider"] or rows
    if not rows:
        what = f"another provider of what {supplier.label} supplies"
        return unknown(f"no claim names {what}; that means unknown, not none")
    values = _unique(row.cells[1] for row in rows)
    told = [f"{ref.label} ({row.cells[2]} of {row.cells[0]})" for row in rows for ref in _refs(row.cells[1])]
    claims = _cited(view, result, rows[:_FIRST])
    note = "whether they have capacity to spare, and are qualified, is a matter of its own"
    return Outcome("answered", values, claims, "; ".join(told[:_FIRST]), (*hedges(claims), note))


_RUN: Mapping[str, Callable[[View, Query], Outcome]] = {
    "loops": _loops,
    "concentration": _concentration,
    "signs": _signs,
    "chokepoints": _chokepoints,
    "substitutes": _substitutes,
}


def _cited(view: View, result: Result, rows: Iterable[Row]) -> tuple[Claim, ...]:
    """The claims behind rows of a report, in the order in which it cites them.

    A sentence may bear out claims about others as well: those that name none of the row's entities count only where
    no other claim of the row does.
    """
    quotes = {quote.n: quote.claims for quote in result.evidence}
    found: dict[str, Claim] = {}
    for row in rows:
        named = {ref.id for cell in row.cells for ref in _refs(cell)}
        claims = [view.facts.claim(name) for n in row.evidence for name in quotes.get(n, ())]
        about = [claim for claim in claims if meets(claim, named)]
        found |= {claim.id: claim for claim in about or claims}
    return tuple(found.values())


def _unique(cells: Iterable[object]) -> tuple[EntityRef, ...]:
    return tuple({cell.id: cell for cell in cells if isinstance(cell, EntityRef)}.values())


def _same(cell: object, node: Node) -> bool:
    return isinstance(cell, EntityRef) and cell.id in node.ids


def _refs(cell: object) -> tuple[EntityRef, ...]:
    """The entities in a cell."""
    cells = cell if isinstance(cell, tuple) else (cell,)
    return tuple(one for one in cells if isinstance(one, EntityRef))


def _listed(cell: object) -> str:
    return ", ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _threat(row: Row, *, own: bool) -> bool:
    """Whether a sign is more than supporting; of a design of the customer's own only if that is asked."""
    if own:
        return str(row.cells[1]) in {sign.short for sign in signal_rules().signs if sign.name in _OWN}
    return not str(row.cells[3]).startswith("supporting")


def _told(rows: Iterable[Row]) -> str:
    """Signs in words: “Lab develops the same kind of thing itself (strong: asserted, 1 document)”."""
    labels = {sign.short: sign.label for sign in signal_rules().signs}
    parts = []
    for row in rows:
        who = ", ".join(ref.label for ref in _refs(row.cells[0]))
        standing = str(row.cells[3]) if row.cells[2] == "found" else f"{row.cells[2]}, {row.cells[3]}"
        parts.append(f"{who} {labels[str(row.cells[1])]} ({standing})")
    return "; ".join(parts)


def _points(found: Measure) -> str:
    ends = [f"{end:,.0f}" for end in (found.low, found.high) if end is not None]
    return "–".join(dict.fromkeys(ends))
