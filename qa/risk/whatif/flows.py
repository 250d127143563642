"""The sales network that cascades run on: who sells to whom, and what claims disclose of how much.

    flows(store, lens) → Flows(firms, trades, markets, revenues, …)

Its trades are the dependences between firms: who depends on a firm's products is taken to buy them. What is not
disclosed stays open here; `coupling.py` fills it in by the ladder of missing weights and labels it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.model import Claim, Document, EntityRef
from graph.store.protocol import Store
from graph.views.cache import per_version
from qa.risk.lens import Lens, Seen
from qa.risk.names import Names
from qa.risk.paths.dependence import CUSTOMER, SUPPLIER, Arc, Ground
from qa.risk.paths.network import Dependences
from qa.risk.report import Share
from qa.risk.rules import Rules, rules
from qa.risk.whatif.markets import Market, market_of, markets
from qa.risk.whatif.payments import Known, Pair, payments
from qa.risk.whatif.turnover import Money, revenues


@dataclass(frozen=True, slots=True)
class Trade:
    """`seller` supplies `buyer`, ids of firms. Each weight is None where nothing is known.

    `of_revenue`: share of the seller's revenue; `of_purchases`: of all that the buyer purchases; `of_market`: the
    seller's share of the market, standing in for its share of what the buyer needs of that; `amount`: what is paid in
    a year. `confidence` is that of the best ground, 1 where somebody has judged it. `items` are the products, in
    words.
    """

    seller: str
    buyer: str
    grounds: tuple[Ground, ...]
    confidence: float
    items: tuple[str, ...] = ()
    of_revenue: Known | None = None
    of_purchases: Known | None = None
    of_market: Known | None = None
    amount: Known | None = None

    @property
    def pair(self) -> Pair:
        """Seller and buyer."""
        return self.seller, self.buyer

    @property
    def weighed(self) -> bool:
        """Whether anything of how much is disclosed."""
        return any(known is not None for known in (self.of_revenue, self.of_purchases, self.amount))


@dataclass(frozen=True, slots=True)
class Flows:
    """`firms` by id, in the order of ids; `trades` in the order of their pairs; `markets` and `revenues` by firm id."""

    firms: Mapping[str, EntityRef]
    trades: tuple[Trade, ...]
    markets: Mapping[str, Market]
    revenues: Mapping[str, Known]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    left_out: int = 0
    notes: tuple[str, ...] = ()

    def market(self, trade: Trade) -> Market:
        """In which market a trade is."""
        return market_of(trade.items, self.markets[trade.seller])

    def claims_of(self, trade: Trade) -> tuple[Claim, ...]:
        """The claims behind a trade and its weights, each once."""
        weights = (trade.of_revenue, trade.of_purchases, trade.of_market, trade.amount)
        ids = [name for known in weights if known is not None for name in known.claims]
        found = {claim.id: claim for ground in trade.grounds for claim in ground.claims}
        found |= {name: self.claims[name] for name in ids if name in self.claims}
        return tuple(found.values())


def flows(store: Store, lens: Lens | None = None) -> Flows:
    """The trades between the firms of a store through a lens; built once a version of the store."""
    look = lens or Lens()
    then = look.store(store)
    key = ("flows", look.min_confidence, look.impute, look.include_unreliable)
    return per_version(then, key, lambda: _build(look.seen(store), look.network(store), then))


def ended(trade: Trade, day: date) -> bool:
    """Whether every ground of the trade has a claim whose period is over by the day."""
    return bool(trade.grounds) and all(
        any(c.period is not None and c.period.end is not None and c.period.end < day for c in ground.claims)
        for ground in trade.grounds
    )


def _build(seen: Seen, network: Dependences, store: Store) -> Flows:
    known = rules()
    arcs = dict(_pairs(network, known))
    names = Names(store.entities(), known.nobody)
    published = {d.id: d.published for d in seen.documents.values() if d.published}
    amounts = payments(seen.claims, arcs, names, known)
    trades = tuple(_trade(pair, arcs[pair], amounts.get(pair)) for pair in sorted(arcs))
    refs = {end.id: end for found in arcs.values() for arc in found for end in (arc.source, arc.target)}
    sold: defaultdict[str, list[str]] = defaultdict(list)
    for trade in trades:
        sold[trade.seller].extend(trade.items)
    firms = {firm: refs[firm] for firm in sorted(refs)}
    sizes = {firm: _size(money) for firm, money in revenues(seen.claims, published).items() if firm in refs}
    behind = {claim.id: claim for claim in seen.claims}
    return Flows(
        firms=firms,
        trades=trades,
        markets=markets(tuple(firms), seen.claims, sold),
        revenues=sizes,
        claims=behind,
        documents=seen.documents,
        left_out=seen.left_out,
        notes=_notes(seen.claims),
    )


def _notes(claims: Sequence[Claim]) -> tuple[str, ...]:
    """What was left out on the way."""
    own = sum(
        claim.predicate == "supplies" and isinstance(claim.object, EntityRef) and claim.subject.id == claim.object.id
        for claim in claims
    )
    return (f"What a firm supplies to itself is left out ({own} claim{'s' if own > 1 else ''}).",) if own else ()


def _pairs(network: Dependences, known: Rules) -> Iterable[tuple[Pair, list[Arc]]]:
    """The arcs of both lists between two firms, by (seller, buyer)."""
    found: defaultdict[Pair, list[Arc]] = defaultdict(list)
    for kind in (SUPPLIER, CUSTOMER):
        for arcs in network.out[kind].values():
            for arc in arcs:
                firms = arc.source.type in known.firms and arc.target.type in known.firms
                if firms and arc.source.id != arc.target.id:
                    ends = (arc.source.id, arc.target.id) if kind == CUSTOMER else (arc.target.id, arc.source.id)
                    found[ends].append(arc)
    return found.items()


def _trade(pair: Pair, arcs: Sequence[Arc], amount: Known | None) -> Trade:
    grounds = {tuple(c.id for c in ground.claims): ground for arc in arcs for ground in arc.grounds}
    shares = {arc.list: arc.share for arc in arcs}
    bought, sold = shares.get(SUPPLIER), shares.get(CUSTOMER)
    claims = {c.id: c for ground in grounds.values() for c in ground.claims}
    through = [thing.label for ground in grounds.values() for thing in ground.through]
    items = [value for claim in claims.values() for name, value in claim.qualifiers if name == "item"]
    return Trade(
        *pair,
        grounds=tuple(grounds.values()),
        confidence=max((_certainty(ground) for ground in grounds.values()), default=1.0),
        items=tuple(dict.fromkeys((*items, *through))),
        of_revenue=_disclosed(sold),
        of_purchases=_disclosed(bought),
        of_market=_imputed(bought),
        amount=amount,
    )


def _certainty(ground: Ground) -> float:
    """How sure a ground is: all its claims must be right."""
    sure = 1.0
    for claim in ground.claims:
        sure *= float(claim.certainty)
    return sure


def _disclosed(share: Share | None) -> Known | None:
    if share is None or share.basis != "disclosed":
        return None
    low, high = float(share.low or 0) / 100, 1.0 if share.high is None else float(share.high) / 100
    note = f"share of {share.what}" + (f"; {share.note}" if share.note else "")
    return Known(low, high, "disclosed", share.claims, note)


def _imputed(share: Share | None) -> Known | None:
    if share is None or share.basis != "imputed" or share.value is None or not share.claims:
        return None
    value = float(share.value) / 100
    return Known(value, value, "imputed", share.claims, share.note)


def _size(money: Money) -> Known:
    return Known(money.low, money.high, "disclosed", tuple(claim.id for claim in money.claims))
