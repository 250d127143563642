"""What a report takes for granted, in sentences: only what bears on the report at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from qa.risk.paths.dependence import Arc
from qa.risk.report import Path, Share

AFFIRMED = "Only what is asserted or reported makes a dependence; plans, possibilities, opinions and denials do not."
APPROXIMATE = "Approximate figures are taken as written: the texts give no width."
BOUNDED = "Bounds left by disclosed shares take parties of different names to be different firms."
IMPUTED = "Imputed shares assume that a buyer buys as its market does; their bounds stay those that are known."
EVEN = "Evenly imputed shares assume that the graph knows every party."


def assumptions(arcs: Sequence[Arc], paths: Iterable[Path], today: date | None) -> tuple[str, ...]:
    """The assumptions behind these arcs and paths. `today` is the day after which a period counts as over."""
    shares = [arc.share for arc in arcs]
    noted = [AFFIRMED]
    if any("approximate" in share.note for share in shares):
        noted.append(APPROXIMATE)
    if any(share.basis == "derived" for share in shares):
        noted.append(BOUNDED)
    imputed = [share for share in shares if share.basis == "imputed"]
    if any(share.claims for share in imputed):
        noted.append(IMPUTED)
    if any(not share.claims for share in imputed):
        noted.append(EVEN)
    noted += _mixed(paths)
    noted += _too_much(shares)
    over = sum(_over(arc, today) for arc in arcs) if today else 0
    if over:
        noted.append(f"{over} of the dependences rest on claims about periods that are over: they may have ended.")
    return tuple(noted)


def unreliable(left_out: int) -> tuple[str, ...]:
    """What is said of claims that were left out because only unreliable sources make them."""
    if not left_out:
        return ()
    claims = "1 claim" if left_out == 1 else f"{left_out} claims"
    return (f"{claims} of sources judged unreliable, anywhere in the graph, left out.",)


def _mixed(paths: Iterable[Path]) -> list[str]:
    mixed = {path.share.what for path in paths if path.share.basis is not None and " × " in path.share.what}
    return [f"A path multiplies shares of different totals: {what}." for what in sorted(mixed)]


def _too_much(shares: Iterable[Share]) -> list[str]:
    """Disclosed shares of one total and period that sum to more than all of it."""
    sums: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for share in shares:
        if share.basis == "disclosed" and share.low:
            sums[share.whose, share.what, share.period] += share.low
    return [
        f"The disclosed shares of {whose}'s {what} add up to above 100 %: they overlap or one is wrong."
        for (whose, what, _), total in sorted(sums.items())
        if total > 100
    ]


def _over(arc: Arc, today: date) -> bool:
    """Whether every ground of the arc has a claim whose period ended before `today`."""
    return all(any(c.period and c.period.end and c.period.end < today for c in g.claims) for g in arc.grounds)
