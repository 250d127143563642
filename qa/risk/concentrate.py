"""The concentration report: how much of a market, of a firm's purchases or of its revenue lies with few.

By firm, by ultimate owner or by country. What no source discloses is a residual that bounds the index from both sides;
a provider known without a share is listed and is part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from graph.errors import SettingsError, UnknownError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cite import Citations
from qa.risk.concentrate_tables import index_table, narrower, parts_table, sources_table, unknown_table
from qa.risk.concentration import THRESHOLD, Concentration
from qa.risk.concentration import concentration as measured
from qa.risk.envelope import Chart, Measure, Point, Result
from qa.risk.holders.grouped import Grouped, grouped
from qa.risk.holders.paid import of_amounts
from qa.risk.holders.parts import Part, Whole, of_firm, of_market, periods, related
from qa.risk.holders.rollup import CATALOGUE, By, Groups
from qa.risk.interval import ZERO
from qa.risk.lens import Lens, Seen
from qa.risk.notes import AFFIRMED, unreliable
from qa.risk.paths.dependence import CUSTOMER, SUPPLIER
from qa.risk.report import Coverage
from qa.risk.rules import rules
from qa.risk.supply.claimed import Supply, supply
from qa.risk.whatif.flows import flows

Side = Literal["market", "suppliers", "customers"]

METHOD = (
    "concentration: Herfindahl–Hirschman index Σ s² in percent points, from Σ s² (what is not disclosed is dust) to "
    "Σ s² + R² (it is one more party); shares within bounds at the corner that makes the index least or greatest"
)
APPROXIMATE = "An approximate figure is read as rounded to its last digit other than zero: about 60 % is 55–65 %."
UNNAMED = (
    "Shares that one sentence lists for parties it does not name are those of different parties, none of them among "
    "those named."
)
AMOUNTS = (
    "No share is disclosed: shares are of the amounts that claims give, together. What else is paid is not in them, "
    "nor what a firm supplies to itself."
)
DIFFER = "Where sources of one period differ, a share is the range of their figures."


def concentration(
    store: Store,
    of: str,
    *,
    by: By = "firm",
    side: Side | None = None,
    percent: Decimal = THRESHOLD,
    lens: Lens | None = None,
) -> Result:
    """How concentrated `of` is: the id of a firm, or the id or words of a thing that has a market (“EUV scanners”).

    `side` chooses what of a firm: its `customers` (the default for a firm), its `suppliers`, or the `market` (for a
    thing). `percent`: how many parties reach it. Raises UnknownError for what is neither, SettingsError for a number
    out of range.
    """
    if not 0 < percent <= 100:
        raise SettingsError(f"percent is {percent}: ask for the parties that reach more than 0 and at most 100 %")
    lens = lens or Lens()
    graph = supply(store, lens)
    about, chosen = subject(store, graph, of, side, lens)
    whole = of_market(graph, about) if chosen == "market" else _of_firm(store, lens, about, _LISTS[chosen])
    groups = Groups(graph.seen, by)
    held = grouped(whole, groups)
    found = measured([one.interval for one in held.groups if one.interval], percent=percent)
    cited = Citations(graph.seen.documents)
    tables = (
        parts_table(whole, held.groups, by, cited),
        index_table(found, [one for one in held.groups if one.interval], percent, whole, by),
        unknown_table(whole, cited),
        sources_table(whole, graph.seen, cited),
        narrower(related(graph, about) if chosen == "market" else ()),
    )
    return Result(
        kind="concentration",
        title=f"Concentration of {whole.label} by {by}",
        entity=about,
        measure=_measure(whole, found, by),
        tables=tuple(table for table in tables if table.rows or table.key in ("shares", "index")),
        coverage=_coverage(whole),
        method=METHOD,
        assumptions=tuple(_assumptions(whole, held, found, by, graph.seen)),
        evidence=cited.quotes,
        charts=(_chart(whole, held, found),) if whole.disclosed else (),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={"of": about.id, "side": chosen, "by": by, "percent": f"{percent.normalize():f}", **lens.asked},
    )


_LISTS = {"customers": CUSTOMER, "suppliers": SUPPLIER}


def subject(store: Store, graph: Supply, of: str, side: Side | None, lens: Lens) -> tuple[EntityRef, Side]:
    """What is asked about, and which side of it. Raises UnknownError with the markets there are if it is nothing."""
    thing = graph.thing(of)
    if thing is not None and side in (None, "market"):
        return thing, "market"
    try:
        about = lens.entity(store, of)
    except UnknownError:
        shares = sorted(graph.refs[item].label for item in graph.market)
        known = f"shares are known for: {', '.join(shares)}" if shares else "no claim gives shares of a market"
        raise UnknownError(f"“{of}” is no entity, and no claim names providers of it; {known}") from None
    if side is None:
        side = "customers" if about.type in rules().firms else "market"
    return about, side


def _of_firm(store: Store, lens: Lens, firm: EntityRef, side: str) -> Whole:
    """By disclosed shares; where there are none, by the amounts that claims give."""
    whole = of_firm(lens.network(store), firm, side)
    return whole if whole.disclosed else of_amounts(flows(store, lens), firm, side, whole) or whole


def _measure(whole: Whole, found: Concentration, by: By) -> Measure:
    what = f"Herfindahl–Hirschman index of {whole.label} by {by}"
    if not whole.disclosed:
        return Measure(what, "points", note=f"no claim discloses a share of {whole.label}")
    low, high = round(found.hhi_low, 2), round(found.hhi_high, 2)
    words = {True: "highly concentrated (above 1,800)", False: "not highly concentrated (at most 1,800)"}
    note = words.get(bool(found.highly_concentrated), "") if found.highly_concentrated is not None else ""
    ids = tuple(dict.fromkeys(claim for part in whole.disclosed for claim in part.share.claims))
    period = "; ".join(filter(None, periods(whole.disclosed)))
    note = note or "may or may not be highly concentrated: 1,800 lies between the bounds"
    return Measure(what, "points", low if low == high else None, low, high, "derived", ids, period, note)


def _coverage(whole: Whole) -> Coverage:
    claims = {claim.id: claim for part in whole.parts for claim in part.claims}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    return Coverage(
        len(whole.parts), len(whole.disclosed), len(claims), len(documents), whole.parties.removesuffix("s")
    )


def _assumptions(whole: Whole, held: Grouped, found: Concentration, by: By, seen: Seen) -> Iterator[str]:
    yield AFFIRMED
    if whole.disclosed and found.residual:
        yield (
            f"Up to {found.residual:f} % of {whole.label} is not disclosed: it counts as dust at the lower bound, as "
            "one more party at the upper one, and never to those whose share is disclosed."
        )
    if found.over:
        yield _over(whole, found.over)
    if any("approximate" in part.share.note for part in whole.disclosed):
        yield APPROXIMATE
    if any(part.differ for part in whole.disclosed):
        yield DIFFER
    if whole.of_amounts:
        yield AMOUNTS
    if whole.unnamed:
        yield UNNAMED
    told = [period or "no period given" for period in periods(whole.disclosed)]
    if len(told) > 1:
        yield f"Shares of different periods are put together: {', '.join(told)}."
    if any(one.group.assumed for one in held.groups):
        yield CATALOGUE.get(by, CATALOGUE["owner"])
    yield from _left_out(held)
    yield from unreliable(seen.left_out)


def _over(whole: Whole, over: Decimal) -> str:
    """Shares above 100 %: by no more than half a point each they are rounded, beyond that something is wrong."""
    rounding = over <= Decimal("0.5") * len(whole.disclosed)
    why = "rounding" if rounding else "they overlap or one is wrong"
    return f"The shares add up to {100 + over:f} %: {why}; nothing is taken to be left."


def _left_out(held: Grouped) -> Iterator[str]:
    if held.places:
        named = ", ".join(part.party.label for part in held.places)
        yield f"Shares of whole countries are left out of a report by firm or owner: {named}."
    if held.inside:
        named = ", ".join(part.party.label for part in held.inside)
        yield f"Firms are not added to the shares of countries that are disclosed: {named}."
    for country in held.contradicted:
        yield f"The firms of {country} hold more than the share disclosed for {country}: one of the figures is wrong."
    open_ = [one.group.entity.label for one in held.groups if not one.group.known]
    if open_:
        yield f"Counted each by itself, as the sources do not settle where they belong: {', '.join(open_)}."


def _chart(whole: Whole, held: Grouped, found: Concentration) -> Chart:
    def point(label: str, low: Decimal, high: Decimal) -> Point:
        return Point(label, float((low + high) / 2), float(low), float(high))

    bars = [point(one.group.entity.label, one.interval.low, one.interval.high) for one in held.groups if one.interval]
    if found.residual:
        bars.append(point("not disclosed", max(ZERO, found.residual - _slack(whole.disclosed)), found.residual))
    return Chart("bars", f"Shares of {whole.label}", "percent", tuple(bars))


def _slack(parts: Iterable[Part]) -> Decimal:
    """By how much the shares may be above their lower bounds."""
    return sum((part.interval.high - part.interval.low for part in parts if part.interval), ZERO)
