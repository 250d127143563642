"""Claims that disclose a share (“A is 40 % of B's revenue”), read as whose share of what; merged to one a pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.model import Claim, EntityRef, Quantity
from qa.risk.names import Names
from qa.risk.report import Share
from qa.risk.rules import Rules

HUNDRED = Decimal(100)
_DESCRIBED = re.compile(r"the [\w -]*?(?P<owner>[\w-]+)['’]s (?P<rest>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`party` (or, if it is no single party of the graph, `part` in words) has this share of `owner`'s `what`.

    `list` is "customer" where `owner` sells to the party and "supplier" where it buys from it.
    """

    list: str
    owner: EntityRef
    party: EntityRef | None
    part: str
    what: str
    low: Decimal
    high: Decimal
    claim: Claim


def read(claim: Claim, names: Names, rules: Rules) -> Disclosure | None:
    """The disclosure in a claim; None if it makes none, or only as a possibility or an opinion."""
    value = claim.object
    if claim.predicate not in rules.metrics or claim.basis != "share" or not isinstance(value, Quantity):
        return None
    if value.unit != "percent" or not (claim.affirmed or (claim.polarity and claim.modality == "projected")):
        return None
    low, high = value.low or Decimal(0), HUNDRED if value.high is None else value.high
    if not 0 <= low <= high <= HUNDRED:
        return None
    kind, what = rules.metrics[claim.predicate]
    types = rules.parties if kind == "customer" else None
    owner, whole = names.find(claim.of, rules.around_total, None)
    scope, single = names.find(claim.scope, rules.around_party, types)
    if owner is not None and owner.id != claim.subject.id:
        whole = whole and (claim.scope is None or (scope is not None and scope.id == owner.id))
        total = what if whole else f"{what} ({claim.scope or claim.of})"
        single = (types is None or claim.subject.type in types) and not names.nobody(claim.subject.label)
        party = claim.subject if whole and single else None
        return Disclosure(kind, owner.ref, party, claim.subject.label, total, low, high, claim)
    if claim.scope is None or (scope is not None and scope.id == claim.subject.id):
        return None
    whole = names.only(_undescribed(claim.of, rules), rules.around_total) if owner is None else whole
    total = what if whole else f"{what} ({claim.of})"
    party = scope.ref if scope is not None and single and whole else None
    return Disclosure(kind, claim.subject, party, claim.scope, total, low, high, claim)


def _undescribed(total: str | None, rules: Rules) -> str:
    """A total without a description of whose it is: “the chip designer's orders” → “orders”."""
    described = _DESCRIBED.match(total or "")
    return described["rest"] if described and described["owner"].lower() in rules.owners else total or ""


def merge(
    disclosures: Iterable[Disclosure], rules: Rules, published: dict[str, date]
) -> dict[tuple[str, str, str], Share]:
    """One share for each (list, owner id, party id): first total of dependence.yaml, affirmed before projected, latest.

    Figures of the same period that differ make a range; older ones are left out and counted in the note.
    """
    order = {what: rank for rank, (_, what) in enumerate(rules.metrics.values())}
    pairs: defaultdict[tuple[str, str, str], list[Disclosure]] = defaultdict(list)
    for item in disclosures:
        if item.party is not None:
            pairs[item.list, item.owner.id, item.party.id].append(item)
    return {pair: _latest(items, order, published) for pair, items in pairs.items()}


def share_of(items: list[Disclosure], left_out: int = 0) -> Share:
    """The share that disclosures of one period make together."""
    first = items[0]
    low, high = min(i.low for i in items), max(i.high for i in items)
    notes = [_words(first.claim)]
    if len({(i.low, i.high) for i in items}) > 1:
        notes.append("sources differ")
    if left_out:
        notes.append(f"{left_out} other figure{'s' if left_out > 1 else ''} left out")
    note = "; ".join(filter(None, notes))
    ids = tuple(i.claim.id for i in items)
    period = _span(first.claim)
    return Share(first.owner.label, first.what, low if low == high else None, low, high, "disclosed", ids, period, note)


def _latest(items: list[Disclosure], order: dict[str, int], published: dict[str, date]) -> Share:
    def rank(item: Disclosure) -> tuple[int, bool, date]:
        return -order[item.what], item.claim.affirmed, _day(item.claim, published)

    best = max(items, key=rank)
    same = [i for i in items if rank(i)[:2] == rank(best)[:2] and _same_period(i, best, published)]
    return share_of(same, len(items) - len(same))


def _same_period(a: Disclosure, b: Disclosure, published: dict[str, date]) -> bool:
    if a.claim.period and b.claim.period:
        return (a.claim.period.start, a.claim.period.end) == (b.claim.period.start, b.claim.period.end)
    return _day(a.claim, published) == _day(b.claim, published)


def _day(claim: Claim, published: dict[str, date]) -> date:
    if claim.period and claim.period.end:
        return claim.period.end
    return max((published.get(e.document, date.min) for e in claim.evidence), default=date.min)


def _words(claim: Claim) -> str:
    """Roundness, hedge and speaker of a share in a few words."""
    value = claim.object
    parts = [
        "approximate" if isinstance(value, Quantity) and value.approx else "",
        claim.modality if claim.modality != "asserted" else "",
        f"says {claim.attributed_to}" if claim.attributed_to else "",
    ]
    return ", ".join(filter(None, parts))


def _span(claim: Claim) -> str:
    period = claim.period
    if period is None:
        return ""
    return period.text or f"{period.start} to {period.end}"
