"""Circular financing: ways that money takes round, from an investor through purchases back to it.

A loop has a leg on which money is put into a firm and another on which something is bought, so that part of what is
invested may come back as revenue. Each loop is listed once, those with the most money known first; a plan is a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.errors import SettingsError
from graph.model import Claim, EntityRef
from graph.store.protocol import Store
from graph.views.cache import per_version
from qa.risk.circles import STEPS, Circle, Circles, circles, counts, edges
from qa.risk.cite import Citations, say
from qa.risk.envelope import Chart, Column, Measure, Point, Result, Row, Table
from qa.risk.holders.owners import owners
from qa.risk.lens import Lens
from qa.risk.money import MONEY, ROLES, Leg, Payments
from qa.risk.names import Names
from qa.risk.notes import unreliable
from qa.risk.report import Coverage
from qa.risk.rules import rules

METHOD = (
    "loops: simple cycles of payments with an investment on one leg and a purchase on another, at most five firms "
    "long, ranked by the money that sources name"
)
LONGEST, MOST, LISTED = 5, 1000, 50
AMOUNTS = (
    "Amounts on different legs are of different payments and periods: the money known is a measure of size, not a sum "
    "that went round. Of several amounts on one leg the largest counts; other currencies at reference rates."
)
PLANS = "Plans and possibilities are in the loops and marked; a loop stands only if every leg of it is affirmed."


@dataclass(frozen=True, slots=True)
class _Loop:
    """The firms in order and the legs between each and the next; `stands` if no leg is only planned."""

    firms: tuple[EntityRef, ...]
    legs: tuple[Leg, ...]
    stands: bool

    @property
    def money(self) -> Decimal:
        """The dollars known, over all legs."""
        return sum((leg.known for leg in self.legs), Decimal(0))


def loops(store: Store, entity_id: str | None = None, *, longest: int = LONGEST, lens: Lens | None = None) -> Result:
    """The loops of the graph, or those through one firm. Raises SettingsError for a length outside 2–5."""
    lens = lens or Lens()
    if not 2 <= longest <= LONGEST:
        raise SettingsError(f"longest is {longest}: loops of 2 to {LONGEST} firms are looked for")
    entity = lens.entity(store, entity_id) if entity_id else None
    seen, then = lens.seen(store), lens.store(store)
    key = ("payments", lens.min_confidence, lens.include_unreliable)
    payments = per_version(
        then, key, lambda: Payments(seen.claims, Names(then.entities(), rules().nobody), owners(seen))
    )
    found, searched = _find(payments, longest, entity)
    cited = Citations(seen.documents)
    listed = found[:LISTED]
    tables = (_loop_table(listed, cited), _leg_table(listed, cited))
    legs = {id(leg): leg for loop in listed for leg in loop.legs}.values()
    return Result(
        kind="loops",
        title=f"Loops of financing through {entity.label}" if entity else "Loops of financing",
        entity=entity,
        measure=_count(found, searched.complete < longest),
        tables=tables,
        coverage=_coverage(list(legs)),
        method=METHOD,
        assumptions=_notes(listed, found, searched, longest, seen.left_out),
        evidence=cited.quotes,
        charts=_charts(listed),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={"longest": longest, **lens.asked},
    )


def _find(payments: Payments, longest: int, entity: EntityRef | None) -> tuple[list[_Loop], Circles]:
    ahead: dict[str, set[str]] = {}
    for payer, payee, _ in payments.legs:
        ahead.setdefault(payer, set()).add(payee)
    invested = {(a, b) for a, b, role in payments.legs if role == "invests in"}
    bought = {(a, b) for a, b, role in payments.legs if role != "invests in"}
    searched = circles(ahead, invested, bought, longest=longest, most=MOST, steps=STEPS)
    loops = [_loop(circle, payments) for circle in searched.found if entity is None or entity.id in circle]
    return sorted(loops, key=lambda loop: (-loop.money, not loop.stands, len(loop.firms), loop.firms[0].id)), searched


def _loop(circle: Circle, payments: Payments) -> _Loop:
    legs = [leg for edge in edges(circle) for role in ROLES if (leg := payments.legs.get((*edge, role)))]
    refs = {leg.payer.id: leg.payer for leg in legs}
    firm = [leg for leg in legs if not leg.planned]
    first = {(leg.payer.id, leg.payee.id) for leg in firm if leg.role == "invests in"}
    second = {(leg.payer.id, leg.payee.id) for leg in firm if leg.role != "invests in"}
    stands = all(edge in first | second for edge in edges(circle)) and counts(circle, first, second)
    return _Loop(tuple(refs[node] for node in circle), tuple(legs), stands)


def _count(found: Sequence[_Loop], stopped: bool) -> Measure:
    number = Decimal(len(found))
    claims = tuple(dict.fromkeys(name for loop in found[:LISTED] for leg in loop.legs for name in leg.claims))
    note = "the search stopped early: at least so many" if stopped else ""
    return Measure(
        "loops of financing", "count", None if stopped else number, number, None if stopped else number,
        "derived" if found else None, claims, note=note,
    )  # fmt: skip


def _loop_table(found: Sequence[_Loop], cited: Citations) -> Table:
    columns = (
        Column("loop", "Loop"),
        Column("firms", "Firms"),
        Column("standing", "Standing"),
        Column("money", "Money known"),
        Column("legs_with_amount", "Legs with an amount"),
        Column("said", "Who pays whom"),
    )
    rows = []
    for number, loop in enumerate(found, 1):
        named = sum(bool(leg.amounts) for leg in loop.legs)
        low = sum((leg.least for leg in loop.legs), Decimal(0)) or None
        money = Measure("money named on its legs", MONEY, None, low, None, "derived" if low else None)
        said = tuple(f"{leg.payer.label} {leg.role} {leg.payee.label}" for leg in loop.legs)
        standing = "affirmed" if loop.stands else "with a plan"
        cells = (number, loop.firms, standing, money, f"{named} of {len(loop.legs)}", said)
        rows.append(Row(cells, cited.cite(claim for leg in loop.legs for claim in _claims(leg))))
    return Table("loops", "Loops", columns, tuple(rows))


def _leg_table(found: Sequence[_Loop], cited: Citations) -> Table:
    columns = (
        Column("loop", "Loop"),
        Column("payer", "Who pays"),
        Column("role", "How"),
        Column("payee", "Whom"),
        Column("amount", "Amount"),
        Column("period", "Period"),
        Column("modality", "Modality"),
        Column("claims", "Claims"),
    )
    rows = []
    for number, loop in enumerate(found, 1):
        for leg in loop.legs:
            periods = dict.fromkeys(c.period.text for c in leg.claims.values() if c.period and c.period.text)
            said = tuple(dict.fromkeys(say(claim) for claim in leg.claims.values()))[:3]
            modality = f"plan ({leg.modality})" if leg.planned else leg.modality
            cells = (number, leg.payer, leg.role, leg.payee, amount_of(leg), tuple(periods), modality, said)
            rows.append(Row(cells, cited.cite(_claims(leg))))
    return Table("legs", "Legs", columns, tuple(rows))


def amount_of(leg: Leg) -> Measure:
    """The money on a leg: the one amount named as it is written, of several at least the largest, in dollars."""
    named = leg.amounts
    ids = tuple(dict.fromkeys(claim.id for claim, _ in named))
    what = f"{leg.payer.label} {leg.role} {leg.payee.label}"
    if not named:
        return Measure(what, MONEY)
    if len({(amount.low, amount.high, amount.unit) for _, amount in named}) == 1:
        one = named[0][1]
        value = one.low if one.low == one.high else None
        return Measure(
            what, one.unit, value, one.low, one.high, "disclosed", ids, note="approximate" if one.approx else ""
        )
    if not leg.least:
        return Measure(what, MONEY, note=f"{len(named)} amounts, none with a lower bound")
    return Measure(what, MONEY, None, leg.least, None, "derived", ids, note=f"the largest of {len(named)} amounts")


def _claims(leg: Leg) -> list[Claim]:
    return [*leg.claims.values(), *leg.control.values()]


def _charts(found: Sequence[_Loop]) -> tuple[Chart, ...]:
    legs = {(leg.payer.id, leg.payee.id, leg.role): leg for loop in found[:10] for leg in loop.legs}
    points = tuple(
        Point(leg.payer.label, float(leg.known) if leg.known else None, target=leg.payee.label) for leg in legs.values()
    )
    return (Chart("flow", "Who pays whom in the largest loops", MONEY, points),) if points else ()


def _coverage(legs: Sequence[Leg]) -> Coverage:
    claims = {claim.id: claim for leg in legs for claim in leg.claims.values()}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    return Coverage(len(legs), sum(bool(leg.amounts) for leg in legs), len(claims), len(documents), "leg", "an amount")


def _notes(
    listed: Sequence[_Loop], found: Sequence[_Loop], searched: Circles, longest: int, left_out: int
) -> tuple[str, ...]:
    notes = [PLANS, AMOUNTS] if listed else ["No loop in the graph does not say that there is none."]
    notes += sorted({note for loop in listed for leg in loop.legs for note in leg.assumed})
    if searched.complete < longest:
        notes.append(
            f"The search stopped early: all loops of up to {searched.complete} firms are in, longer ones in part."
        )
    if len(found) > len(listed):
        notes.append(f"{len(found) - len(listed)} further loops are not listed: at most {LISTED}.")
    return (*notes, *unreliable(left_out))
