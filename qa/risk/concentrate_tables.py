"""The tables of the concentration report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from graph.model import Claim, EntityRef
from qa.risk.cite import Citations, say
from qa.risk.concentration import Concentration, cr_bounds, hhi_bounds, normalised, rescaled
from qa.risk.envelope import Column, Measure, Row, Table
from qa.risk.holders.grouped import Member
from qa.risk.holders.parts import Whole
from qa.risk.holders.rollup import By
from qa.risk.interval import HUNDRED, Interval
from qa.risk.lens import Seen
from qa.risk.paths.disclosure import share_of
from qa.risk.report import Basis, Share
from qa.risk.supply.market import day


def parts_table(whole: Whole, groups: Sequence[Member], by: By, cited: Citations) -> Table:
    """The groups with a share, largest first, each with the parties in it if they are others than itself."""
    rows = []
    for one in groups:
        if one.interval is None:
            continue
        claims = [*(claim for part in one.parts for claim in part.claims), *one.group.claims]
        itself = [part.party.id for part in one.parts] == [one.group.entity.id]
        parties = () if itself else tuple(part.party for part in one.parts)
        rows.append(Row((one.group.entity, _share(one), parties, one.group.note), cited.cite(claims)))
    columns = (Column(by, by), Column("share", "share"), Column("parties", whole.parties))
    return Table("shares", f"Shares of {whole.label}", (*columns, Column("note", "note")), tuple(rows))


def _share(one: Member) -> Share:
    """The share of a group: that of its one party, or the sum over several."""
    disclosed = [part for part in one.parts if part.interval]
    if len(one.parts) == 1:
        return disclosed[0].share
    interval = one.interval or Interval(Decimal(0), HUNDRED)
    ids = tuple(dict.fromkeys(claim for part in disclosed for claim in part.share.claims))
    rest = len(one.parts) - len(disclosed)
    note = f"{rest} more without a disclosed share" if rest else ""
    period = "; ".join(dict.fromkeys(part.share.period for part in disclosed if part.share.period))
    first = disclosed[0].share
    value = interval.low if interval.exact and not rest else None
    basis: Basis = "disclosed" if len(disclosed) == 1 else "derived"
    high = interval.high if not rest else None
    return Share(first.whose, first.what, value, interval.low, high, basis, ids, period, note)


def index_table(found: Concentration, groups: Sequence[Member], percent: Decimal, whole: Whole, by: By) -> Table:
    """Every measure with its bounds; none where nothing is disclosed."""
    rows = []
    if shares := [one.interval for one in groups if one.interval]:
        measures = [*_measures(found, shares, percent, whole), *_worst(found, groups, by)]
        rows = [Row((measure.what, measure)) for measure in measures]
    return Table("index", "Measures", (Column("measure", "measure"), Column("value", "value")), tuple(rows))


def _measures(found: Concentration, shares: Sequence[Interval], percent: Decimal, whole: Whole) -> Iterator[Measure]:
    yield _bounds("Herfindahl–Hirschman index", "points", found.hhi_low, found.hhi_high)
    for n, words in ((1, "largest share (CR-1)"), (3, "three largest shares (CR-3)"), (5, "five largest (CR-5)")):
        if n <= max(len(shares), 1):
            yield _bounds(words, "percent", *cr_bounds(shares, n))
    most = None if found.providers is None else Decimal(found.providers)
    yield _bounds(f"{whole.parties} to reach {percent.normalize():f} %", "count", Decimal(found.providers_low), most)
    yield _bounds("as many of equal size", "count", *found.effective)
    yield _bounds("not disclosed, at most", "percent", found.residual, found.residual)
    exact = [share.low for share in shares if share.exact]
    if len(exact) == len(shares):
        even, scaled = normalised(exact), rescaled(exact)
        if found.over and scaled is not None:
            yield _bounds("index with the shares made to sum to 100 %", "points", scaled, scaled)
        if even is not None:
            yield _bounds("index normalised for the number of parties, 0 to 1", "ratio", even, even)


def _worst(found: Concentration, groups: Sequence[Member], by: By) -> Iterator[Measure]:
    """The index if undisclosed parties belong to the largest owner or country whose share is a sum over its firms."""
    held = [one for one in groups if one.interval]
    open_ = [one for one in held if all(part.party.type != "Place" for part in one.parts)]
    if by == "firm" or not found.residual or not open_:
        return
    largest = max(open_, key=lambda one: one.interval.low if one.interval else Decimal(0))
    joined = [Interval(one.interval.low, HUNDRED) if one is largest else one.interval for one in held if one.interval]
    yield _bounds(
        f"index if what is not disclosed belongs to {largest.group.entity.label}", "points", *hhi_bounds(joined)
    )


def _bounds(what: str, unit: str, low: Decimal, high: Decimal | None) -> Measure:
    low, high = round(low, 2), None if high is None else round(high, 2)
    return Measure(what, unit, low if low == high else None, low, high, "derived")


def unknown_table(whole: Whole, cited: Citations) -> Table:
    """Parties known without a share, and shares of no single party."""
    rows = []
    for part in whole.undisclosed:
        note = part.share.note or "share not disclosed"
        rows.append(Row((part.party, part.share, note), cited.cite((*part.claims, *part.aside))))
    rows += [
        Row((item.part, share_of([item]), "no single party: bounds nobody"), cited.cite([item.claim]))
        for item in whole.groups
    ]
    columns = (Column("party", "party"), Column("share", "share"), Column("note", "note"))
    return Table("unknown", f"Known {whole.parties} without a share that counts", columns, tuple(rows))


def sources_table(whole: Whole, seen: Seen, cited: Citations) -> Table:
    """Every figure of a party of which sources differ or figures of other times were left aside."""
    published = {d.id: d.published for d in seen.documents.values() if d.published}
    rows = []
    for part in whole.disclosed:
        if not (part.differ or part.aside):
            continue
        figures = [(claim, True) for claim in _figures(part.claims, part.share.claims)]
        for claim, counted in [*figures, *((claim, False) for claim in part.aside)]:
            rows.append(Row((part.party, say(claim), day(claim, published), counted), cited.cite([claim])))
    keys = (("party", "party"), ("figure", "figure"), ("day", "as of"), ("counted", "counted"))
    return Table("sources", "Figures that differ", tuple(Column(*pair) for pair in keys), tuple(rows))


def _figures(claims: Iterable[Claim], ids: Sequence[str]) -> list[Claim]:
    return [claim for claim in claims if claim.id in ids]


def narrower(found: Sequence[tuple[EntityRef, int]]) -> Table:
    """Markets of a narrower definition that claims give shares of."""
    rows = tuple(Row((item, count)) for item, count in found)
    columns = (Column("market", "market"), Column("claims", "claims"))
    return Table("narrower", "Narrower markets with shares of their own", columns, rows)
