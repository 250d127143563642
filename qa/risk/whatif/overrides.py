"""Puts what a scenario takes for granted in the place of what the claims say; every weight so set is labelled
assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.errors import SettingsError
from graph.model import EntityRef
from qa.risk.rules import rules
from qa.risk.whatif.finding import Finder
from qa.risk.whatif.flows import Flows, Trade
from qa.risk.whatif.markets import Level, Market, stems
from qa.risk.whatif.payments import Known
from qa.risk.whatif.scenario import Override, Scenario
from qa.risk.whatif.turnover import written

SET = "set by the scenario"


@dataclass(frozen=True, slots=True)
class Changed:
    """The flows as the scenario has them, and how essential inputs are where it says so, by market."""

    flows: Flows
    levels: Mapping[str, Level]


def overridden(finder: Finder, scenario: Scenario) -> Changed:
    """The flows with the overrides of a scenario. Raises SettingsError, QueryError, UnknownError for what is not
    there."""
    trades = {trade.pair: trade for trade in finder.flows.trades}
    firms = dict(finder.flows.firms)
    markets, revenues = dict(finder.flows.markets), dict(finder.flows.revenues)
    levels: dict[str, Level] = {}
    for override in scenario.overrides:
        if override.input:
            for number in finder.traded(override.input):
                if override.level is not None:
                    levels[finder.flows.market(finder.flows.trades[number]).name] = override.level
            continue
        if override.firm:
            firm = finder.firm(override.firm)
            _join(firm, firms, markets)
            if override.revenue is not None:
                revenues[firm.id] = _amount(override.revenue, "revenue")
            if override.market is not None:
                markets[firm.id] = _market(override.market, markets)
            continue
        pair, trade = _supply(override, finder, trades)
        if override.remove:
            del trades[pair]
            continue
        for end in (finder.firm(override.seller), finder.firm(override.buyer)):
            _join(end, firms, markets)
        trades[pair] = _weighed(trade, override)
    kept = {firm: firms[firm] for firm in sorted(firms)}
    changed = replace(
        finder.flows,
        firms=kept,
        trades=tuple(trades[pair] for pair in sorted(trades)),
        markets=markets,
        revenues=revenues,
    )
    return Changed(changed, levels)


def _supply(
    override: Override, finder: Finder, trades: Mapping[tuple[str, str], Trade]
) -> tuple[tuple[str, str], Trade]:
    """The trade that an override is about; a new one, without grounds, where it adds one."""
    seller, buyer = finder.firm(override.seller), finder.firm(override.buyer)
    if seller.id == buyer.id:
        raise SettingsError(f"{seller.label} cannot supply itself in a scenario: name two different firms")
    pair = (seller.id, buyer.id)
    if pair in trades:
        return pair, trades[pair]
    if not override.add:
        finder.trade(override.seller, override.buyer)  # raises, naming whom it does supply
    return pair, Trade(*pair, grounds=(), confidence=1.0)


def _weighed(trade: Trade, override: Override) -> Trade:
    """The trade with the weights that the override gives; a share set replaces an amount, and the other way round."""
    if override.item is not None:
        trade = replace(trade, items=(override.item,))
    if override.share is not None:
        trade = replace(trade, of_revenue=_exactly(override.share), amount=None)
    if override.purchases is not None:
        trade = replace(trade, of_purchases=_exactly(override.purchases), amount=None)
    if override.amount is not None:
        trade = replace(trade, amount=_amount(override.amount, "amount"), of_revenue=None)
    return trade


def _join(firm: EntityRef, firms: dict[str, EntityRef], markets: dict[str, Market]) -> None:
    """A firm that no claim lets trade comes in with a market of its own."""
    firms.setdefault(firm.id, firm)
    markets.setdefault(firm.id, Market(f"what {firm.label} sells", frozenset()))


def _market(name: str, markets: Mapping[str, Market]) -> Market:
    """The market of that name, or a new one."""
    words = stems(name, rules())
    for market in markets.values():
        if market.name == name or (words and market.words == words and market.shared):
            return replace(market, given=True)
    return Market(name, words, shared=True, given=True)


def _exactly(share: float) -> Known:
    return Known(share, share, "assumed", (), SET)


def _amount(text: str, key: str) -> Known:
    bounds = written(text)
    if bounds is None:
        raise SettingsError(f"`{key}: {text}` is no amount of money; write for example $3 billion, 2500 EUR or 1200000")
    return Known(*bounds, "assumed", (), SET)
