"""The substitutes report: who else provides what a supplier supplies, with what headroom, and what that would save.

Other providers of the same input outside the shock, by claims; below them candidates, of which claims say only that
they replace or compete with the supplier or its product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cite import Citations
from qa.risk.envelope import Chart, Measure, Point, Result
from qa.risk.holders.rollup import CATALOGUE, By, Groups
from qa.risk.interval import HUNDRED, ZERO, Interval
from qa.risk.lens import Lens
from qa.risk.notes import AFFIRMED, unreliable
from qa.risk.report import Coverage
from qa.risk.supply.claimed import supply
from qa.risk.supply.stand_ins import Input, Substitute, chosen, lost_input, selling, stand_ins
from qa.risk.supply.stepping_in import SteppingIn
from qa.risk.supply.substitute_tables import inputs_table, loss_table, substitutes_table

METHOD = (
    "substitutes: other providers of an input outside the shock; headroom m · (100 − u) / u of the market from a share "
    "m and a use u of capacity; what is left of the loss by the what-if of ESRI at the size of the shock that is left"
)
ALIKE = "Providers of one input are taken to provide the same: qualification, quality and contracts are not considered."
USE = "The use of a firm's capacity is taken to be the same in all its plants, and its market share to be its output."
TAKEN = (
    "What a substitute takes over is taken off the shock at once: the time that it needs is not considered (survive)."
)
CANDIDATE = ("replaces", "competesWith")


def substitutes(
    store: Store,
    supplier: str,
    *,
    item: str | None = None,
    customer: str | None = None,
    by: By = "firm",
    lens: Lens | None = None,
) -> Result:
    """Who could stand in for `supplier` (an id): for one `item` (id or words), for what it supplies to a `customer`
    (id), or for all that it is known to supply. `by` widens the shock to its owner's firms or to its country.

    Raises UnknownError for an id that is not there, QueryError if no claim says that it supplies that.
    """
    lens = lens or Lens()
    graph = supply(store, lens)
    about, buyer = lens.entity(store, supplier), lens.entity(store, customer) if customer else None
    groups = Groups(graph.seen, by)
    inputs = [lost_input(graph, need, about, groups, guessed) for need, guessed in chosen(graph, about, item, buyer)]
    lost = tuple({party.id: party for one in inputs for party in one.lost}.values())
    stepping = SteppingIn(store, lens, selling(graph, lost, buyer) or (about,), buyer)
    found = [one for put in inputs for one in stand_ins(graph, put, groups, stepping)]
    cited = Citations(graph.seen.documents)
    tables = (substitutes_table(found, cited), inputs_table(inputs, cited), loss_table(stepping.loss().whole))
    return Result(
        kind="substitutes",
        title=_title(about, item, buyer, by),
        entity=about,
        measure=_measure(about, found),
        tables=tables,
        coverage=_coverage(found, inputs),
        method=METHOD,
        assumptions=tuple(_assumptions(found, inputs, groups, stepping)) + unreliable(graph.seen.left_out),
        evidence=cited.quotes,
        charts=_charts(found),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={"supplier": about.id, "item": item, "customer": buyer.id if buyer else None, "by": by, **lens.asked},
    )


def _title(about: EntityRef, item: str | None, buyer: EntityRef | None, by: By) -> str:
    wider = {"firm": "", "owner": " and its owner's other firms", "country": " and all of its country"}
    to = f" to {buyer.label}" if buyer else ""
    return f"Substitutes for {about.label}{wider[by]}" + (f" as a supplier of {item}{to}" if item else to)


def _measure(about: EntityRef, found: Sequence[Substitute]) -> Measure:
    """How much of what is lost the providers with known headroom could take over; those not known may do the rest."""
    what = f"part of what {about.label} supplies that other providers could take over"
    sure = [one for one in found if not one.candidate]
    if len({one.item.id for one in sure}) > 1:
        count = Decimal(len({one.party.id for one in sure}))
        return Measure(f"other providers of what {about.label} supplies", "count", count, count, None, "derived")
    known = [one.covers for one in sure if one.covers]
    if not known:
        note = "no headroom is known" if sure else "no other provider is known; that means unknown, not none"
        return Measure(what, "percent", note=note)
    low, high = (min(sum((getattr(c, end) for c in known), ZERO), HUNDRED) for end in ("low", "high"))
    top = high if len(known) == len(sure) else HUNDRED
    ids = tuple(dict.fromkeys(claim.id for one in sure for claim in one.room.claims))
    low, top = round(low, 2), round(top, 2)
    return Measure(what, "percent", low if low == top else None, low, top, "imputed", ids)


def _coverage(found: Sequence[Substitute], inputs: Sequence[Input]) -> Coverage:
    claims = {claim.id: claim for one in found for claim in (*one.claims, *one.room.claims)}
    claims |= {claim.id: claim for put in inputs for claim in put.claims}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    known = sum(one.room.spare is not None for one in found)
    return Coverage(len(found), known, len(claims), len(documents), "substitute", "a known headroom")


def _assumptions(
    found: Sequence[Substitute], inputs: Iterable[Input], groups: Groups, stepping: SteppingIn
) -> Iterator[str]:
    yield AFFIRMED
    if found:
        yield ALIKE
    if any(one.room.spare for one in found):
        yield USE
    if any(one.after.basis for one in found):
        yield TAKEN
    if stepping.loss().whole.basis is None:
        yield f"The loss cannot be computed: {stepping.loss().why}."
    guessed = [put.item.label for put in inputs if put.guessed]
    if guessed:
        named = ", ".join(guessed)
        yield f"No claim says what is supplied: it is taken to be what the supplier has a share of ({named})."
    if any(one.candidate for one in found):
        yield "Candidates are named only as replacing or rivalling: no claim says that they provide the input."
    if any(groups.of(one.party).assumed for one in found):
        yield CATALOGUE.get(groups.by, CATALOGUE["owner"])


def _charts(found: Sequence[Substitute]) -> tuple[Chart, ...]:
    points = tuple(_point(one, one.held.interval) for one in found if one.held)
    return (Chart("bars", "Share of the market of each substitute", "percent", points),) if points else ()


def _point(one: Substitute, share: Interval) -> Point:
    low, high = float(share.low), float(share.high)
    return Point(f"{one.party.label} ({one.item.label})", (low + high) / 2, low, high)
