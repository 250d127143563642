"""Customer dependence: whose orders a supplier lives on, how concentrated they are, and who may come to do without it.

The top customer's share and the Herfindahl–Hirschman index come from disclosed shares of one total and period, once by
customers as named and once with those under common control as one (ASC 280-10-50-42), where claims say that they are.
Revenue at risk is Σ share × P(loss), over the customers with a disclosed share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.contract import Json
from graph.errors import QueryError
from graph.model import Claim, EntityRef
from graph.store.protocol import Store
from graph.views.cache import per_version
from qa.risk.cite import Citations
from qa.risk.customer.customer_tables import (
    Line,
    bloc_name,
    customer_table,
    reading_table,
    signal_table,
    top_share,
    unnamed_table,
)
from qa.risk.customer.losses import NO_CHANCE, Losses
from qa.risk.customer.pairs import Ends, Pair
from qa.risk.customer.readings import Reading, readings
from qa.risk.customer.signal_rules import signal_rules
from qa.risk.customer.signals import read_signals
from qa.risk.envelope import Chart, Point, Result
from qa.risk.holders.owners import Owner, owners
from qa.risk.lens import Lens
from qa.risk.notes import assumptions, unreliable
from qa.risk.paths.dependence import CUSTOMER, Arc
from qa.risk.paths.disclosure import Disclosure, share_of
from qa.risk.paths.network import Dependences
from qa.risk.paths.trace import coverage_of
from qa.risk.paths.weights import blank
from qa.risk.report import Share
from qa.risk.rules import rules

METHOD = (
    "customers: disclosed shares of the supplier's revenue; Herfindahl–Hirschman index with bounds for what is not "
    "disclosed; revenue at risk = Σ share × P(loss); signs of de-intermediation from claims"
)
LISTED = 50


@dataclass(slots=True)
class _Case:
    """One report in the making."""

    supplier: EntityRef
    network: Dependences
    ends: Ends
    owners: Mapping[str, Owner]
    today: date | None
    cited: Citations
    losses: Losses

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """The supplier's dependences on customers, the largest known share first."""
        arcs = self.network.out[CUSTOMER].get(self.supplier.id, ())
        return tuple(sorted(arcs, key=lambda arc: (-(arc.share.low or 0), arc.target.label)))

    @property
    def unnamed(self) -> list[Disclosure]:
        """Disclosed shares of customers that are no single party of the graph."""
        return [item for item in self.network.groups.get(self.supplier.id, ()) if item.list == CUSTOMER]


def customers(store: Store, entity_id: str, *, losses: Losses | None = None, lens: Lens | None = None) -> Result:
    """Whose orders `entity_id` depends on, and the signs that each of them may stop buying.

    Raises UnknownError for an id that is not in the store, QueryError for a loss of a firm that is no customer.
    """
    lens, losses = lens or Lens(), losses or Losses()
    supplier = lens.entity(store, entity_id)
    network, seen = lens.network(store), lens.seen(store)
    then = lens.store(store)
    key = (lens.min_confidence, lens.include_unreliable)
    found = per_version(then, ("owners", *key), lambda: owners(seen))
    ends = per_version(then, ("ends", *key), lambda: Ends.of(seen.claims))
    days = [document.published for document in seen.documents.values() if document.published]
    today = lens.as_of or max(days, default=None)
    case = _Case(supplier, network, ends, found, today, Citations(network.documents), losses)
    _check(case)
    return _result(case, lens)


def _check(case: _Case) -> None:
    known = {arc.target.id: arc.target.label for arc in case.arcs}
    for party in case.losses.named:
        if party not in known:
            listed = ", ".join(list(known.values())[:5]) or "none is known"
            raise QueryError(f"{party} is no customer of {case.supplier.label} in the graph; its customers: {listed}")


def _result(case: _Case, lens: Lens) -> Result:
    arcs = case.arcs
    found = sorted(_readings(case), key=lambda reading: _rank(reading, case))
    main = found[0] if found else None
    lines = _lines(case, arcs[:LISTED])
    head = _top(case, found, main)
    tables = (
        customer_table(lines, case.losses, case.cited),
        reading_table(case.supplier, found, _behind(case), case.losses, case.cited),
        signal_table(lines, case.cited),
        unnamed_table(case.unnamed, case.cited),
    )
    return Result(
        kind="customers",
        title=f"Customers of {case.supplier.label}",
        entity=case.supplier,
        measure=head,
        tables=tuple(table for table in tables if table.rows or table.key in ("customers", "signals")),
        coverage=coverage_of(arcs),
        method=METHOD,
        assumptions=_notes(case, arcs, lines, found),
        evidence=case.cited.quotes,
        charts=_charts(case, main),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked=_asked(case.losses, lens),
    )


def _asked(losses: Losses, lens: Lens) -> Json:
    return {
        "loss": {party: str(chance) for party, chance in sorted(losses.named.items())},
        "every": None if losses.every is None else str(losses.every),
        **lens.asked,
    }


def _readings(case: _Case) -> list[Reading]:
    """With the largest unnamed customer, where it is larger than any that is named."""
    named = [(arc.target, arc.share) for arc in case.arcs]
    for item in case.unnamed:
        share = share_of([item])
        same = [s for _, s in named if (s.what, s.period) == (share.what, share.period) and s.basis == "disclosed"]
        single = signal_rules().largest.match(item.part.strip()) is not None
        if single and all(s.high is not None and s.high < item.low for s in same):
            named.append((EntityRef("", f"{item.part} (no name given)", "Company"), share))
    return readings(named, case.owners)


def _rank(reading: Reading, case: _Case) -> tuple[int, int, bool]:
    """Revenue before other totals, the latest period first, as named before rolled up."""
    order = [what for _, what in rules().metrics.values()]
    place = order.index(reading.what) if reading.what in order else len(order)
    shares = [arc.share for arc in case.arcs if (arc.share.what, arc.share.period) == (reading.what, reading.period)]
    claims = [case.network.claims[claim] for share in shares for claim in share.claims]
    ends = [c.period.end for c in claims if c.period and c.period.end]
    days = [d.published for c in claims for e in c.evidence if (d := case.network.documents.get(e.document))]
    last = max([*ends, *(day for day in days if day)], default=date.min)
    return place, -last.toordinal(), reading.rolled


def _top(case: _Case, found: Sequence[Reading], main: Reading | None) -> Share:
    """The share of the largest customer, common owners as one where claims say so."""
    if main is None:
        return blank(CUSTOMER, case.supplier.label)
    same = [reading for reading in found if (reading.what, reading.period) == (main.what, main.period)]
    bloc = same[-1].top
    behind = _behind(case)
    claims = tuple(claim.id for member in bloc.members for claim in behind.get(member.id, ()))
    note = f"largest customer: {bloc_name(bloc)}"
    return replace(top_share(case.supplier, same[-1], claims), note=note)


def _behind(case: _Case) -> dict[str, tuple[Claim, ...]]:
    """The claims that disclose the share of each customer, "" for an unnamed one; those of the supplier's revenue."""
    revenue = case.ends.said((case.supplier.id,), "revenue")
    whole = tuple(claim for claim in revenue if claim.basis == "level" and claim.affirmed and not claim.scope)
    found = {case.supplier.id: whole} | {
        arc.target.id: tuple(case.network.claims[name] for name in arc.share.claims) for arc in case.arcs
    }
    unnamed = tuple(item.claim for item in case.unnamed if signal_rules().largest.match(item.part.strip()))
    return found | ({"": unnamed} if unnamed else {})


def _lines(case: _Case, arcs: Sequence[Arc]) -> list[Line]:
    houses: defaultdict[str, set[str]] = defaultdict(set)
    for firm, held in case.owners.items():
        if held.standing == "owned":
            houses[held.entity.id] |= {firm, held.entity.id}
    lines = []
    for arc in arcs:
        owner = case.owners.get(arc.target.id)
        head = owner.entity.id if owner and owner.standing == "owned" else arc.target.id
        group = frozenset({arc.target.id, *houses.get(head, ())} - {case.supplier.id})
        signals = read_signals(Pair(case.ends, case.supplier, arc.target, group, case.today))
        grounds = {c.id: c for ground in arc.grounds for c in ground.claims}
        grounds |= {name: case.network.claims[name] for name in arc.share.claims}
        lines.append(Line(arc.target, owner, arc.share, tuple(grounds.values()), signals))
    return lines


def _charts(case: _Case, main: Reading | None) -> tuple[Chart, ...]:
    if main is None:
        return ()
    points = tuple(
        Point(b.entity.label, None if b.exact is None else float(b.exact), float(b.low), float(b.high))
        for b in main.blocs
    )
    return (Chart("bars", f"Customers' shares of {case.supplier.label}'s {main.what}", "percent", points),)


def _notes(case: _Case, arcs: Sequence[Arc], lines: Sequence[Line], found: Sequence[Reading]) -> tuple[str, ...]:
    notes = list(assumptions(arcs, (), case.today))
    if any(reading.rolled for reading in found):
        notes.append(
            "Customers under common control count as one where claims say so, in a reading of its own "
            "(ASC 280-10-50-42); an owner known from the catalogue alone does not count."
        )
    if found and case.losses.every is None and not case.losses.named:
        notes.append(NO_CHANCE)
    if any(line.assumed_owner for line in lines):
        notes.append("For signs, a firm and its owner as the catalogue has it are taken for one customer.")
    notes.append("A sign that is not found is not in the graph; that does not say that there is none.")
    if len(arcs) > LISTED:
        notes.append(f"{len(arcs) - LISTED} further customers are not listed: at most {LISTED}, largest share first.")
    return (*notes, *unreliable(case.network.left_out))
