"""A risk report as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import wrap

from graph.identity import plain
from qa.risk.report import Group, Party, Path, Quote, Report, Share

HEADINGS = {
    "exposure": ("Depends on as suppliers", "Depends on as customers"),
    "dependents": ("Depend on it as their supplier", "Depend on it as their customer"),
}
MARKS = 3


def render(report: Report, *, parties: int = 20, width: int = 80) -> str:
    """The report in lines of at most `width` columns: the parties by tier, coverage, assumptions, evidence.

    At most `parties` a list and `MARKS` quotes a step are shown; the JSON has all.
    """
    return "\n".join(line for text, hang in _lines(report, parties) for line in _wrapped(text, hang, width))


def share_text(share: Share) -> str:
    """A share in words: “40 % of Nvidia's revenue (disclosed)”, “at least 12 %”, “unknown”."""
    if share.basis is None:
        return "share unknown"
    marks = ", ".join(filter(None, (share.basis, share.period, share.note)))
    return f"{_range(share)} of {share.whose}'s {share.what} ({marks})"


Line = tuple[str, int]
"""A paragraph, and how far its further lines are indented."""


def _wrapped(text: str, hang: int, width: int) -> list[str]:
    return wrap(text, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False) or [""]


def _lines(report: Report, limit: int) -> Iterator[Line]:
    yield from _head(report)
    if report.to is None:
        for heading, found in zip(HEADINGS[report.kind], (report.suppliers, report.customers), strict=True):
            yield from _party_lines(heading, found, limit)
    elif report.paths:
        yield from (("", 0), ("Paths", 0))
        yield from ((f"  {_path(path)}", 4) for path in report.paths)
    if _groups(report):
        yield from (("", 0), ("Disclosed shares that name no single party", 0))
        yield from ((f"  {g.part}: {share_text(g.share)} {_marks(g.evidence)}", 4) for g in _groups(report))
    yield from (("", 0), (f"Coverage: {report.coverage.said}", 2), ("Assumptions:", 0))
    yield from ((f"  {note}", 4) for note in report.assumptions)
    shown = _cited(report, limit)
    if shown:
        yield from (("", 0), ("Evidence", 0))
        yield from ((_quote(quote), 6) for quote in report.evidence if quote.n in shown)


def _head(report: Report) -> Iterator[Line]:
    day = f", as of {report.as_of}" if report.as_of else ""
    day += f", as known at {report.known_at:%Y-%m-%d %H:%M} UTC" if report.known_at else ""
    target = f" to {report.to.label}" if report.to else ""
    yield f"{report.kind.capitalize()} of {report.entity.label}{target}{day}", 2
    if report.to is None:
        return
    if not report.paths:
        yield f"  no path from {report.entity.label} to {report.to.label} is known", 4
        return
    yield f"  {share_text(report.share)}", 4
    if report.all_tiers and report.all_tiers.low:
        yield f"  over all tiers: {share_text(report.all_tiers)}", 4


def _party_lines(heading: str, parties: Sequence[Party], limit: int) -> Iterator[Line]:
    yield from (("", 0), (heading, 0))
    if not parties:
        yield "  none known", 0
    for party in parties[:limit]:
        yield f"  tier {party.tier}  {party.entity.label}: {share_text(party.share)}", 10
        yield f"          {_path(party.paths[0])}", 12
    if len(parties) > limit:
        yield f"  … and {len(parties) - limit} more", 0


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
    return "".join(f"[{n}]" for n in sorted(numbers[:MARKS]))


def _cited(report: Report, limit: int) -> set[int]:
    """The numbers that the text shows."""
    listed = [party.paths[0] for found in (report.suppliers, report.customers) for party in found[:limit]]
    paths = report.paths if report.to else listed
    steps = {n for path in paths for step in path.steps for n in step.evidence[:MARKS]}
    return steps | {n for group in _groups(report) for n in group.evidence[:MARKS]}


def _groups(report: Report) -> Sequence[Group]:
    """Groups are part of the whole picture of one entity; between two they are beside the point."""
    return report.groups if report.to is None else ()


def _quote(quote: Quote) -> str:
    day = f", {quote.published}" if quote.published else ""
    said = f", says {quote.attributed_to}" if quote.attributed_to else ""
    return f"  [{quote.n}] “{quote.quote}” — {quote.title or quote.document}{day} ({quote.modality}{said})"
