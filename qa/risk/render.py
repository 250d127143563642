"""A risk report as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from graph.identity import plain
from qa.risk.report import Party, Path, Quote, Report, Share

HEADINGS = {
    "exposure": ("Depends on as suppliers", "Depends on as customers"),
    "dependents": ("Depend on it as their supplier", "Depend on it as their customer"),
}


def render(report: Report, *, parties: int = 20) -> str:
    """The report in lines of text: the parties by tier, at most `parties` a list, coverage, assumptions, evidence."""
    return "\n".join(_lines(report, parties))


def share_text(share: Share) -> str:
    """A share in words: “40 % of Nvidia's revenue (disclosed)”, “at least 12 %”, “unknown”."""
    if share.basis is None:
        return "share unknown"
    marks = ", ".join(filter(None, (share.basis, share.period, share.note)))
    return f"{_range(share)} of {share.whose}'s {share.what} ({marks})"


def _lines(report: Report, limit: int) -> Iterator[str]:
    day = f", as of {report.as_of}" if report.as_of else ""
    target = f" to {report.to.label}" if report.to else ""
    yield f"{report.kind.capitalize()} of {report.entity.label}{target}{day}"
    if report.to:
        yield f"  {share_text(report.share)}"
        if report.all_tiers and report.all_tiers.low:
            yield f"  over all tiers: {share_text(report.all_tiers)}"
    for heading, found in zip(HEADINGS[report.kind], (report.suppliers, report.customers), strict=True):
        yield from _party_lines(heading, found, limit)
    if report.to:
        yield from ("", "Paths")
        yield from (f"  {_path(path)}" for path in report.paths)
    if report.groups:
        yield from ("", "Disclosed shares that name no single party")
        yield from (f"  {group.part}: {share_text(group.share)} {_marks(group.evidence)}" for group in report.groups)
    yield from ("", f"Coverage: {report.coverage.said}", "Assumptions:", *(f"  {note}" for note in report.assumptions))
    shown = _cited(report, limit)
    if shown:
        yield from ("", "Evidence")
        yield from (_quote(quote) for quote in report.evidence if quote.n in shown)


def _party_lines(heading: str, parties: Sequence[Party], limit: int) -> Iterator[str]:
    yield from ("", heading)
    if not parties:
        yield "  none known"
    for party in parties[:limit]:
        yield f"  tier {party.tier}  {party.entity.label}: {share_text(party.share)}"
        yield f"          {_path(party.paths[0])}"
    if len(parties) > limit:
        yield f"  … and {len(parties) - limit} more"


def _path(path: Path) -> str:
    said = " → ".join(f"{step.said} {_marks(step.evidence)}" for step in path.steps)
    return said if len(path.steps) == 1 or path.share.basis is None else f"{said} = {_range(path.share)}"


def _range(share: Share) -> str:
    low, high = share.low or Decimal(0), Decimal(100) if share.high is None else share.high
    if share.value is not None:
        return f"{plain(share.value)} %"
    if high >= 100:
        return f"at least {plain(low)} %"
    return f"at most {plain(high)} %" if not low else f"{plain(low)}–{plain(high)} %"


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def _cited(report: Report, limit: int) -> set[int]:
    listed = [party.paths[0] for found in (report.suppliers, report.customers) for party in found[:limit]]
    paths = [*listed, *(report.paths if report.to else ())]
    steps = {n for path in paths for step in path.steps for n in step.evidence}
    return steps | {n for group in report.groups for n in group.evidence}


def _quote(quote: Quote) -> str:
    day = f", {quote.published}" if quote.published else ""
    said = f", says {quote.attributed_to}" if quote.attributed_to else ""
    return f"  [{quote.n}] “{quote.quote}” — {quote.title or quote.document}{day} ({quote.modality}{said})"
