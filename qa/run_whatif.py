"""What-if questions: signs that a customer may leave, who could stand in for a supplier, who is hit if one stops."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import QueryError, UnknownError
from graph.model import Claim
from qa.answer import Status
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.report_rows import cited, lens_of, refs, same, unique
from qa.risk.customer.signal_rules import signal_rules
from qa.risk.customers import customers
from qa.risk.envelope import Measure, Row
from qa.risk.simulate import simulate
from qa.risk.substitutes import substitutes
from qa.risk.whatif.scenario import Scenario, Shock
from qa.run_fact import hedges

_FIRST = 6
_SEEN = ("found", "disputed", "planned")
_OWN = frozenset(("own_kind", "deployed", "design_help"))
"""The signs of a design of the customer's own."""


def signs(view: View, query: Query) -> Outcome:
    """What in the claims says that a customer may come to do without its supplier; never a forecast."""
    supplier = query.options[0] if query.options else Node()
    result = customers(view.facts.store, supplier.ids[0], lens=lens_of(view))
    known = {ref.id for row in result.table("customers").rows for ref in refs(row.cells[0])}
    who = query.owner
    if who is not None and not set(who.ids) & known:
        return unknown(f"no claim says that {who.label} buys from {supplier.label}")
    rows = [row for row in result.table("signals").rows if row.cells[2] in _SEEN]
    rows = [row for row in rows if (same(row.cells[0], who) if who else _threat(row, own=query.part == "own"))]
    if not rows:
        sign = f"{who.label if who else 'any customer'} may come to do without {supplier.label}"
        return unknown(f"the graph holds no sign that {sign}; that means unknown, not none")
    claims = cited(view, result, rows)
    values = unique(row.cells[0] for row in rows)
    status: Status = "partial" if query.confirmed else "answered"
    return Outcome(status, values, claims, _told(rows), (*hedges(claims), "signs in the claims, no forecast"))


def signs_of(view: View, supplier: Node, customer: Node) -> tuple[tuple[Claim, ...], str]:
    """The claims and words of signs, more than supporting ones, that a customer may come to do without a supplier."""
    result = customers(view.facts.store, supplier.ids[0], lens=lens_of(view))
    rows = [
        row
        for row in result.table("signals").rows
        if row.cells[2] in _SEEN and same(row.cells[0], customer) and _threat(row, own=False)
    ]
    return cited(view, result, rows), _told(rows)


def stand_ins_of(view: View, supplier: Node, buyer: Node) -> tuple[tuple[Claim, ...], str]:
    """The claims and words of other providers of what one supplies to another; none if it is no supplier of it."""
    try:
        result = substitutes(view.facts.store, supplier.ids[0], customer=buyer.ids[0], lens=lens_of(view))
    except (QueryError, UnknownError):
        return (), ""
    rows = [row for row in result.table("substitutes").rows if row.cells[2] == "provider"]
    told = [f"{ref.label} ({row.cells[0]})" for row in rows for ref in refs(row.cells[1]) if not same(ref, buyer)]
    return cited(view, result, rows[:_FIRST]), ", ".join(dict.fromkeys(told[:_FIRST]))


def stopped(view: View, query: Query) -> Outcome:
    """Who loses if somebody stops: the firms in the order of their steps from it, and what they surely lose."""
    who = query.owner or Node()
    label = view.facts.store.entity(who.ids[0]).label
    shock = Shock("firm", label, 1.0, "buying" if query.part.lower().startswith(_BUYING) else "selling")
    result = simulate(view.facts.store, Scenario((shock,), draws=0), lens=lens_of(view))
    rows = [row for row in result.table("losses").rows if not same(row.cells[0], who)]
    rows.sort(key=lambda row: (int(str(row.cells[1])), -_surely(row)))
    if not rows:
        return unknown("the graph holds nobody who would be hit; that means unknown, not none")
    told = []
    for row in rows[:_FIRST]:
        loses = f", at least {_surely(row):.0f} % of its output" if _surely(row) else ""
        told.append(f"{', '.join(ref.label for ref in refs(row.cells[0]))} ({row.cells[1]} steps away{loses})")
    claims = cited(view, result, rows[:_FIRST])
    notes = ("who is hit by the trades that the graph names", "how hard is not known where no share is disclosed")
    lead = "; ".join(told).replace("(1 steps", "(1 step")
    return Outcome("answered", unique(row.cells[0] for row in rows), claims, lead, (*hedges(claims), *notes))


_BUYING = ("stops buying", "stopped buying", "stops order", "stopped order", "stops spend", "stopped spend")


def _surely(row: Row) -> float:
    """What a firm loses at least if the claims are right, in percent; 0 where its shares are not disclosed."""
    right = row.cells[5]
    known = isinstance(right, Measure) and right.basis == "derived" and right.low is not None
    return float(right.low) if known and isinstance(right, Measure) and right.low else 0.0


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
        who = ", ".join(ref.label for ref in refs(row.cells[0]))
        standing = str(row.cells[3]) if row.cells[2] == "found" else f"{row.cells[2]}, {row.cells[3]}"
        parts.append(f"{who} {labels[str(row.cells[1])]} ({standing})")
    return "; ".join(parts)
