"""The chokepoints report: which firms, owners or countries stop a product or a firm when they fail, alone or together.

Minimal cut sets (cuts.py) of the supply that claims describe (supply_gates.py). A probability only where probabilities
of failing are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.errors import QueryError
from graph.model import Claim, EntityRef
from graph.store.protocol import Store
from qa.risk.cite import Citations
from qa.risk.concentrate import subject
from qa.risk.envelope import Chart, Measure, Point, Result
from qa.risk.holders.rollup import CATALOGUE, By, Groups
from qa.risk.lens import Lens
from qa.risk.notes import AFFIRMED, unreliable
from qa.risk.report import Coverage
from qa.risk.supply.chokepoint_tables import cuts_table, supply_table, unknown_table
from qa.risk.supply.claimed import Supply, supply
from qa.risk.supply.cuts import MAX_ORDER, Cuts, cut_sets
from qa.risk.supply.supply_gates import Drawing, Drawn, drawn
from qa.risk.supply.top_event import Chance, check, top_event

METHOD = (
    "chokepoints: minimal cut sets over a graph of AND (all inputs are needed) and OR (any provider of an input will "
    "do); failure spreads from what is hit"
)
NEEDED = (
    "An entity is taken to need each input that a claim names, and to stop without it; kinds of one thing stand for "
    "each other."
)
STAND_IN = (
    "Any provider of an input is taken to be able to stand in for the others: capacity, qualification and contracts "
    "are not considered."
)
RUNNING = "Around a circle of supply, what is not hit keeps running."
INDEPENDENT = "Firms are taken to fail independently of each other."
LISTED = 100


@dataclass(frozen=True, slots=True)
class Failing:
    """Probabilities that firms (owners, countries) fail, by id or name; `each` for all that are not named."""

    named: Mapping[str, Decimal]
    each: Decimal | None = None

    @property
    def given(self) -> bool:
        """Whether there is any."""
        return bool(self.named) or self.each is not None


NOT_GIVEN = Failing({})


def chokepoints(
    store: Store,
    target: str,
    *,
    by: By = "firm",
    order: int = MAX_ORDER,
    how: Drawing | None = None,
    failing: Failing = NOT_GIVEN,
    lens: Lens | None = None,
) -> Result:
    """What stops `target`, the id of a firm, or the id or words of a thing: alone, and up to `order` together.

    Raises UnknownError for a target that is neither, SettingsError for numbers out of range, QueryError for a
    probability of somebody on whom the target does not hang.
    """
    lens, how = lens or Lens(), how or Drawing()
    graph = supply(store, lens)
    about, _ = subject(store, graph, target, None, lens)
    groups = Groups(graph.seen, by)
    drawing = drawn(graph, about, groups, how)
    cuts = cut_sets(drawing.gates, drawing.target, order)
    chances = _chances(drawing, failing)
    cited = Citations(graph.seen.documents)
    listed = cuts.sets[:LISTED]
    each = [_chance([cut], chances) for cut in listed] if failing.given else None
    tables = (
        cuts_table(drawing, listed, each, cited),
        supply_table(drawing, cited),
        unknown_table(drawing, how.unnamed, cited),
    )
    return Result(
        kind="chokepoints",
        title=f"Chokepoints of {about.label} by {by}",
        entity=about,
        measure=_measure(about, by, cuts, drawing, failing, chances),
        tables=tuple(table for table in tables if table.rows or table.key == "cuts"),
        coverage=_coverage(drawing),
        method=METHOD,
        assumptions=(
            *_assumptions(drawing, cuts, how, by, failing),
            *_unnamed(drawing, graph, groups, how),
            *unreliable(graph.seen.left_out),
        ),
        evidence=cited.quotes,
        charts=_charts(drawing, cuts, about),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={
            "target": about.id,
            "by": by,
            "order": order,
            "tiers": how.tiers,
            "unnamed": how.unnamed,
            "negligible": str(how.negligible),
            "failing": {name: str(chance) for name, chance in failing.named.items()},
            "each": None if failing.each is None else str(failing.each),
            **lens.asked,
        },
    )


def _chances(drawing: Drawn, failing: Failing) -> dict[str, float]:
    """Probabilities by event. Raises QueryError for a name that is none of the groups on which the target hangs."""
    by_name = {name: event for event, group in drawing.groups.items() for name in _names(group.entity)}
    found = {} if failing.each is None else dict.fromkeys(drawing.groups, float(failing.each))
    for name, chance in failing.named.items():
        event = by_name.get(name.casefold())
        if event is None:
            raise QueryError(
                f"“{name}” has a probability, but the target does not hang on it; leave it out or correct it"
            )
        found[event] = float(chance)
    check({drawing.groups[event].entity.label: chance for event, chance in found.items()})
    return found


def _names(entity: EntityRef) -> tuple[str, str]:
    return entity.id.casefold(), entity.label.casefold()


def _chance(cuts: Sequence[frozenset[str]], chances: Mapping[str, float]) -> Chance:
    """The probability of any of the cuts; of an event without one, anything from 0 to 1."""
    events = {event for cut in cuts for event in cut}
    low, high = (top_event(cuts, dict.fromkeys(events - chances.keys(), end) | dict(chances)) for end in (0.0, 1.0))
    return Chance(low.low, high.high)


def _measure(
    about: EntityRef, by: By, cuts: Cuts, drawing: Drawn, failing: Failing, chances: Mapping[str, float]
) -> Measure:
    known = any(drawing.sources.values())
    sure = not drawing.open_
    if failing.given and known:
        found = _chance(cuts.sets, chances)
        low, high = (Decimal(str(round(end, 6))) for end in (found.low, found.high))
        note = "" if cuts.complete else f"sets of more than {cuts.order} are not counted"
        top = high if high == 1 or (cuts.complete and sure) else None
        what, value = f"probability that {about.label} stops", low if low == high else None
        return Measure(what, "probability", value, low, top, "assumed", note=note)
    what = f"single points of failure of {about.label} by {by}"
    if not known:
        return Measure(what, "count", note="no claim names a provider of anything that it needs")
    single = Decimal(sum(len(cut) == 1 for cut in cuts.sets))
    note = "of the supply that claims name; there may be inputs and providers that none does"
    return Measure(what, "count", single, basis="derived", note=note)


def _coverage(drawing: Drawn) -> Coverage:
    """Inputs drawn, and how many of them have a provider that a claim names."""
    claims = {claim.id: claim for claim in _claims(drawing)}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    with_source = sum(1 for key in drawing.inputs if drawing.sources.get(key) or drawing.kinds.get(key))
    return Coverage(
        len(drawing.inputs), with_source, len(claims), len(documents), "input", "a provider that a claim names"
    )


def _claims(drawing: Drawn) -> Iterator[Claim]:
    for sources in drawing.sources.values():
        for source in sources:
            yield from source.provider.claims
    for needed in drawing.needed_by.values():
        for _, claims in needed.values():
            yield from claims


def _assumptions(drawing: Drawn, cuts: Cuts, how: Drawing, by: By, failing: Failing) -> Iterator[str]:
    yield from (AFFIRMED, NEEDED, STAND_IN, RUNNING)
    if open_ := drawing.open_:
        named = ", ".join(item.label for item in open_[:LISTED])
        yield f"No claim names a provider of some inputs, which are taken never to fail: {named}."
    if drawing.aside:
        named = ", ".join(sorted({provider.party.label for _, provider in drawing.aside}))
        yield f"Providers with at most {how.negligible.normalize():f} % of a market are no alternative: {named}."
    places = sorted(group.entity.label for group in drawing.groups.values() if group.entity.type == "Place")
    if places and by != "country":
        yield f"A country with a share whose firms no claim names stands for them: {', '.join(places)}."
    if drawing.cut_short:
        yield f"Suppliers beyond {how.tiers} tiers are not followed: what they need is not counted."
    if not cuts.complete:
        yield f"Sets of more than {cuts.order} that would stop it together are not counted."
    if len(cuts.sets) > LISTED:
        yield f"The first {LISTED} of {len(cuts.sets)} sets are listed."
    if any(group.assumed for group in drawing.groups.values()):
        yield CATALOGUE.get(by, CATALOGUE["owner"])
    if failing.given:
        yield INDEPENDENT
    if failing.each is not None:
        yield f"A probability of {failing.each:f} is assumed for each that none is given for."


def _unnamed(drawing: Drawn, graph: Supply, groups: Groups, how: Drawing) -> Iterator[str]:
    """What is said of supplies without what is supplied; not counted, how many single points they would make."""
    if not drawing.unnamed:
        return
    said = f"Supplies of which no claim says what is supplied: {len(drawing.unnamed)}"
    if how.unnamed:
        yield f"{said}; each counts as an input of its own."
        return
    worst = drawn(graph, drawing.about, groups, replace(how, unnamed=True))
    single = len(cut_sets(worst.gates, worst.target, 1).sets)
    yield f"{said}; they are not counted. Each an input of its own, the single points of failure would be {single}."


def _charts(drawing: Drawn, cuts: Cuts, about: EntityRef) -> tuple[Chart, ...]:
    """In how many cuts each group is: the one alone, then those that need others to fail with them."""
    counts: dict[str, list[int]] = {}
    for cut in cuts.sets:
        for event in cut:
            counts.setdefault(event, [0] * MAX_ORDER)[len(cut) - 1] += 1
    ranked = sorted(counts, key=lambda event: [-n for n in counts[event]])[:LISTED]
    points = tuple(Point(drawing.groups[event].entity.label, float(sum(counts[event]))) for event in ranked)
    return (Chart("bars", f"Cut sets of {about.label} in which each takes part", "count", points),) if points else ()
