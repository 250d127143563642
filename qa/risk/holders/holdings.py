"""Who holds how much of whom, as the claims say: one holding a pair of holder and firm, with bounds of the stake.

A holding is control where a claim calls the firm a subsidiary or says that it was bought, or where the stake is surely
above half. Older stakes of the same pair give way to newer ones; those of one day that differ make a range.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from graph.model import Claim, Document, EntityRef
from graph.text.quantities import find_quantities

HALF, ALL = Decimal(50), Decimal(100)
PREDICATES = ("subsidiaryOf", "acquires", "investsIn")


@dataclass(frozen=True, slots=True)
class Stake:
    """Percent of a firm; `above` where the low end itself is not in it (“more than half”)."""

    low: Decimal
    high: Decimal
    above: bool = False

    @property
    def majority(self) -> bool | None:
        """Whether it is more than half; None if the bounds lie on both sides."""
        if self.low > HALF or (self.above and self.low == HALF):
            return True
        return None if self.high > HALF else False


@dataclass(frozen=True, slots=True)
class Holding:
    """`holder` holds `stake` of `firm` (None: no claim says how much). `control` None: the stake leaves it open.

    `since` is the day of the purchase, or the last day on which the holding was said to stand; None: not known.
    """

    holder: EntityRef
    firm: EntityRef
    control: bool | None
    stake: Stake | None
    since: date | None
    claims: tuple[Claim, ...]


def read_stake(text: str | None) -> Stake | None:
    """A stake qualifier as bounds: “51” → 51–51, “more than half” → above 50. None if it gives no share.

    >>> read_stake("40-60%")
    Stake(low=Decimal('40'), high=Decimal('60'), above=False)
    """
    try:
        low = high = Decimal(text or "")
        above = False
    except InvalidOperation:
        spans = [span.quantity for span in find_quantities(text or "") if span.quantity.unit == "percent"]
        if len(spans) != 1:
            return None
        low, high = spans[0].low or Decimal(0), ALL if spans[0].high is None else spans[0].high
        above = spans[0].high is None and "at least" not in (text or "").lower()
    return Stake(low, high, above) if 0 <= low <= high <= ALL else None


def holdings(claims: Iterable[Claim], documents: Mapping[str, Document]) -> dict[str, tuple[Holding, ...]]:
    """The holdings in each firm, by its id: affirmed ones that had not ended by the day of the last document.

    Nobody holds itself. A purchase that a claim dates after that day is a plan and no holding.
    """
    published = {d.id: d.published for d in documents.values() if d.published}
    today = max(published.values(), default=None)
    pairs: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate not in PREDICATES or not claim.affirmed or not isinstance(claim.object, EntityRef):
            continue
        holder, firm = ends(claim)
        if holder.id != firm.id and not _out_of_time(claim, today) and _counts(claim):
            pairs[holder.id, firm.id].append(claim)
    found: defaultdict[str, list[Holding]] = defaultdict(list)
    for (_, firm_id), made in sorted(pairs.items()):
        found[firm_id].append(_holding(made, published))
    return {firm: tuple(items) for firm, items in found.items()}


def ends(claim: Claim) -> tuple[EntityRef, EntityRef]:
    """Holder and firm of a claim of ownership."""
    assert isinstance(claim.object, EntityRef)
    return (claim.object, claim.subject) if claim.predicate == "subsidiaryOf" else (claim.subject, claim.object)


def _counts(claim: Claim) -> bool:
    """Whether it says how much is held, or that all is; money put into a firm alone does not."""
    return claim.predicate != "investsIn" or _stake(claim) is not None


def _stake(claim: Claim) -> Stake | None:
    return read_stake(dict(claim.qualifiers).get("stake"))


def _out_of_time(claim: Claim, today: date | None) -> bool:
    """Whether a purchase is yet to come, or a holding is known by its end only (“until 2021”), and that is past."""
    period = claim.period
    if period is None or today is None:
        return False
    if claim.predicate == "acquires":
        return period.start is not None and period.start > today
    return period.start is None and period.end is not None and period.end < today


def _holding(claims: list[Claim], published: Mapping[str, date]) -> Holding:
    holder, firm = ends(claims[0])
    staked = [(day(claim, published) or date.min, stake, claim) for claim in claims if (stake := _stake(claim))]
    latest = max((when for when, _, _ in staked), default=None)
    now = [(stake, claim) for when, stake, claim in staked if when == latest]
    stake = _span([stake for stake, _ in now]) if now else None
    outright = [claim for claim in claims if claim.predicate != "investsIn" and _stake(claim) is None]
    control = True if outright else stake.majority if stake else None
    held = {claim.id: claim for claim in (*outright, *(claim for _, claim in now))}
    days = [found for claim in held.values() if (found := day(claim, published))]
    return Holding(holder, firm, control, stake, max(days, default=None), tuple(held.values()))


def _span(stakes: list[Stake]) -> Stake:
    low, high = min(stakes, key=lambda s: (s.low, s.above)), max(s.high for s in stakes)
    return Stake(low.low, high, low.above)


def day(claim: Claim, published: Mapping[str, date]) -> date | None:
    """The day of a purchase if the claim gives one; for a state, the last day on which it was said to hold."""
    if claim.period and (claim.period.end or claim.period.start):
        return claim.period.end or claim.period.start
    if claim.predicate == "acquires":
        return None
    return max((published[item.document] for item in claim.evidence if item.document in published), default=None)
