"""Shares of what claims say is paid: where no share is disclosed, but amounts are, as in input–output tables."""

from __future__ import annotations

from decimal import Decimal

from graph.model import EntityRef
from qa.risk.holders.parts import Part, Whole
from qa.risk.interval import HUNDRED, ZERO, Interval
from qa.risk.paths.dependence import CUSTOMER
from qa.risk.report import Share
from qa.risk.whatif.flows import Flows, Trade
from qa.risk.whatif.payments import Known

FEWEST = 2
_PLACES = Decimal("1e-9")


def of_amounts(flows: Flows, firm: EntityRef, side: str, without: Whole) -> Whole | None:
    """The suppliers or customers of a firm by the amounts that claims give, the others as in `without`.

    None where fewer than two amounts are known: one would be all of itself. Amounts within bounds make shares within
    bounds, least where the others are greatest.
    """
    sold = side == CUSTOMER
    trades = [t for t in flows.trades if (t.seller if sold else t.buyer) == firm.id and t.amount and t.amount.high > 0]
    if len(trades) < FEWEST:
        return None
    amounts = {(t.buyer if sold else t.seller): (t, t.amount) for t in trades if t.amount}
    low, high = (sum((Decimal(str(getattr(a, end))) for _, a in amounts.values()), ZERO) for end in ("low", "high"))
    what = f"{'sales' if sold else 'purchases'} of a known amount"
    parts = [_part(flows, firm, what, party, trade, amount, low, high) for party, (trade, amount) in amounts.items()]
    parts += [part for part in without.parts if part.party.id not in amounts]
    return Whole(f"{firm.label}'s {what}", without.parties, tuple(parts), without.groups, of_amounts=True)


def _part(
    flows: Flows, firm: EntityRef, what: str, party: str, trade: Trade, amount: Known, low: Decimal, high: Decimal
) -> Part:
    mine = Decimal(str(amount.low)), Decimal(str(amount.high))
    least, most = (_share(own, all_ - other + own) for own, other, all_ in ((*mine, high), (*mine[::-1], low)))
    interval = Interval(min(least, most), max(least, most))
    value = interval.low if interval.exact else None
    share = Share(firm.label, what, value, interval.low, interval.high, "derived", amount.claims, note=amount.note)
    return Part(flows.firms[party], share, interval, flows.claims_of(trade))


def _share(own: Decimal, whole: Decimal) -> Decimal:
    return (own * HUNDRED / whole).quantize(_PLACES) if whole else ZERO
