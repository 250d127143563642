"""A trace (exposure, dependents) in the shape that renderers read: a `Result` with the parties as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from qa.risk.envelope import Chart, Column, Measure, Point, Result, Row, Table
from qa.risk.output.words import cited, path_table, share_text
from qa.risk.report import Party, Path, Quote, Report, Share, Step

HEADINGS = {
    "exposure": ("Depends on as suppliers", "Depends on as customers"),
    "dependents": ("Depend on it as their supplier", "Depend on it as their customer"),
}
_COUNTED = {"exposure": "parties that {} depends on", "dependents": "parties that depend on {}"}
_PARTY = (Column("party", "Party"), Column("tier", "Tier"), Column("share", "Share at that tier"))
_TOTAL = Column("total", "Over all tiers traced")
_BY = Column("path", "By")


def result_of(report: Result | Report) -> Result:
    """The report as a `Result`: itself if it is one."""
    if isinstance(report, Result):
        return report
    return Result(
        kind=report.kind,
        title=f"{report.kind.capitalize()} of {report.entity.label}" + (f" to {report.to.label}" if report.to else ""),
        entity=report.entity,
        measure=_measure(report),
        tables=_between(report) if report.to else _listed(report),
        coverage=report.coverage,
        method=report.method,
        assumptions=report.assumptions,
        evidence=_evidence(report),
        charts=_charts(report),
        as_of=report.as_of,
        known_at=report.known_at,
    )


def _evidence(report: Report) -> tuple[Quote, ...]:
    """All quotes; between two parties, those of the paths from one to the other."""
    if report.to is None:
        return report.evidence
    kept = {n for path in report.paths for n in cited(path)}
    return tuple(quote for quote in report.evidence if quote.n in kept)


def _measure(report: Report) -> Measure | Share:
    """The share for the pair; for one entity, how many parties there are at least."""
    if report.to is not None:
        found = report.share
        if found.basis is not None:
            return found
        path = f"no path from {report.entity.label} to {report.to.label} is known"
        return replace(found, note="no claim gives the shares along a path" if report.paths else path)
    parties = Decimal(len({party.entity.id for party in (*report.suppliers, *report.customers)}))
    what = _COUNTED[report.kind].format(report.entity.label)
    if not parties:
        return Measure(what, "count", note="none is known here, which does not mean that there is none")
    return Measure(what, "count", low=parties, basis="derived")


def _listed(report: Report) -> tuple[Table, ...]:
    lists = (("supplier_dependence", report.suppliers), ("customer_dependence", report.customers))
    found = [
        _parties(key, heading, parties) for heading, (key, parties) in zip(HEADINGS[report.kind], lists, strict=True)
    ]
    if report.groups:
        columns = (Column("part", "Part"), Column("share", "Share"))
        rows = tuple(Row((group.part, group.share), group.evidence) for group in report.groups)
        found.append(Table("groups", "Disclosed shares that name no single party", columns, rows))
    return tuple(found)


def _parties(key: str, heading: str, parties: Sequence[Party]) -> Table:
    """The parties of a list by tier; what they add up to over all tiers only where it differs for one of them."""
    more = any(party.total != party.share for party in parties)
    columns = (*_PARTY, *((_TOTAL,) if more else ()), _BY)
    rows = []
    for party in parties:
        total = (party.total,) if more else ()
        path = party.paths[0]
        rows.append(Row((party.entity, party.tier, party.share, *total, path), cited(path)))
    return Table(key, heading, columns, tuple(rows))


def _between(report: Report) -> tuple[Table, ...]:
    found = report.all_tiers
    note = f"over all tiers: {share_text(found)}" if found and (found.low or found.note) else ""
    return (path_table(report.paths, note),)


def _charts(report: Report) -> tuple[Chart, ...]:
    """A flow from who depends to whom it depends on, a link a step of the best paths."""
    if report.to is not None:
        named = {f"How {report.entity.label} depends on {report.to.label}": report.paths}
    else:
        lists = zip(HEADINGS[report.kind], (report.suppliers, report.customers), strict=True)
        named = {
            f"{report.entity.label}: {heading.lower()}": tuple(party.paths[0] for party in parties)
            for heading, parties in lists
        }
    return tuple(Chart("flow", title, "percent", _links(paths)) for title, paths in named.items() if paths)


def _links(paths: Iterable[Path]) -> tuple[Point, ...]:
    """The steps of the paths, each once, from who depends."""
    steps = {(step.source.id, step.target.id): step for path in paths for step in path.steps}
    return tuple(_link(step) for step in steps.values())


def _link(step: Step) -> Point:
    numbers = (step.share.value, step.share.low, step.share.high)
    value, low, high = (None if one is None else float(one) for one in numbers)
    return Point(step.source.label, value, low, high, step.target.label)
