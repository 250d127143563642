"""How tightly firms hang together: for every trade its share of revenue and of inputs, by the ladder (ladder.py).

Suppliers of one kind of input to a buyer are one whole, and so are all customers of a seller. Where `closed` says that
the graph names everybody, there is no rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from qa.risk.report import Basis
from qa.risk.whatif.allot import Allotment, allot
from qa.risk.whatif.flows import Flows, Trade
from qa.risk.whatif.ladder import Likely, Row, by_amounts, by_market_share, paid, part, parts_of, within
from qa.risk.whatif.markets import Level, level_of
from qa.risk.whatif.payments import Known
from qa.risk.whatif.scales import Scale, scales
from qa.risk.whatif.spread import Standing, Web

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Marks, Places, Vector

Mode = Literal["linear", "leontief", "generalised"]
MODES: tuple[Mode, ...] = ("linear", "leontief", "generalised")
LEVEL_NUMBER: Mapping[Level, int] = {"negligible": 0, "non-essential": 1, "essential": 2}


@dataclass(frozen=True, slots=True)
class Side:
    """One share for every trade, `at` being its place in the allotment; `basis` and `note` say how it was come by."""

    shares: Allotment
    at: Places
    basis: tuple[Basis, ...]
    note: tuple[str, ...]

    def ends(self) -> tuple[Vector, Vector, Vector]:
        """Likely value, low and high of each trade's share."""
        return self.shares.value[self.at], self.shares.low[self.at], self.shares.high[self.at]


@dataclass(frozen=True, slots=True)
class Coupled:
    """The network in numbers, trades and firms in the order of `flows`; `level` (trades,) is 0, 1 or 2.

    `exists` (trades,) is how sure it is that there is the trade at all; `whys` has for each the rule that made its
    input less than essential, "" for none.
    """

    flows: Flows
    web: Web
    sales: Side
    inputs: Side
    exists: Vector
    level: Places
    size: Scale
    whys: tuple[str, ...]

    @property
    def place(self) -> dict[str, int]:
        """The row of each firm."""
        return {firm: row for row, firm in enumerate(self.flows.firms)}

    @property
    def certain(self) -> Marks:
        """Marks the trades of which nobody doubts that they are."""
        return self.exists >= 1.0


def couple(
    flows: Flows,
    mode: Mode = "generalised",
    *,
    closed: bool = False,
    substitution: bool = True,
    levels: Mapping[str, Level] | None = None,
) -> Coupled:
    """The network in numbers. `levels` overrule how essential it is what a market (by its name) sells.

    Unseen sellers of a market together sell as much as an average known one, unless `closed`.
    """
    place = {firm: row for row, firm in enumerate(flows.firms)}
    seller = np.array([place[trade.seller] for trade in flows.trades], dtype=np.intp)
    buyer = np.array([place[trade.buyer] for trade in flows.trades], dtype=np.intp)
    names = tuple(sorted({market.name for market in flows.markets.values()}))
    number = {name: at for at, name in enumerate(names)}
    sector = np.array([number[flows.markets[firm].name] for firm in flows.firms], dtype=np.intp)
    level, whys = _levels(flows, mode, levels or {})
    size = scales(flows)
    sales = _side(_outgoing(flows, size, closed), len(flows.trades))
    inputs, group = _ingoing(flows, level, closed)
    unseen = np.zeros(len(names))
    if not closed and len(flows.firms):
        unseen = np.bincount(sector, size.value, len(names)) / np.bincount(sector, minlength=len(names))
    exists = np.array([trade.confidence for trade in flows.trades])
    standing = Standing(size.value, sector, unseen) if substitution else None
    web = Web(len(flows.firms), seller, buyer, group, standing)
    return Coupled(flows, web, sales, inputs, exists, level, size, whys)


def _side(rows: Sequence[Row], trades: int, kept: Callable[[Row, int], bool] = lambda _row, _trade: True) -> Side:
    at = np.zeros(trades, dtype=np.intp)
    basis: list[Basis] = ["assumed"] * trades
    note = [""] * trades
    place = 0
    for row in rows:
        for trade, of, why in zip(row.trades, row.basis, row.note, strict=True):
            if kept(row, trade):
                at[trade], basis[trade], note[trade] = place, of, why
            place += 1
    return Side(allot([row.whole for row in rows]), at, tuple(basis), tuple(note))


def _levels(flows: Flows, mode: Mode, levels: Mapping[str, Level]) -> tuple[Places, tuple[str, ...]]:
    """How essential each trade is to its buyer, and the reasons of the rules that say so."""
    if mode != "generalised":
        return np.full(len(flows.trades), 2 if mode == "leontief" else 1, dtype=np.intp), ("",) * len(flows.trades)
    whys = []
    found = []
    for trade in flows.trades:
        market = flows.market(trade)
        level, why = (levels[market.name], "") if market.name in levels else level_of(market)
        whys.append(f"{market.name}: {level}, as {why}" if why else "")
        found.append(LEVEL_NUMBER[level])
    return np.array(found, dtype=np.intp), tuple(whys)


def _outgoing(flows: Flows, size: Scale, closed: bool) -> list[Row]:
    """The customers of each seller as shares of its revenue."""
    rows = []
    for seller, numbers in _by(flows, lambda trade: trade.seller).items():
        trades = [flows.trades[n] for n in numbers]
        paid_all = _all_paid(trades, flows)
        total = size.of(seller) if paid_all or seller in flows.revenues else None
        known = [trade.of_revenue or part(trade.amount, total) for trade in trades]
        likely = _likely(trades, [flows.revenues.get(trade.buyer) for trade in trades], "the customer's size")
        rows.append(parts_of(numbers, known, likely, closed or paid_all))
    return rows


def _ingoing(flows: Flows, level: Places, closed: bool) -> tuple[Side, Places]:
    """The suppliers of each buyer: as shares of each essential kind of input, the non-essential ones of all
    purchases."""
    group = np.full(len(flows.trades), -1, dtype=np.intp)
    rows: list[Row] = []
    pooled: set[int] = set()
    groups = 0
    for numbers in _by(flows, lambda trade: trade.buyer).values():
        purchases = [flows.trades[n].of_purchases for n in numbers]
        kinds: defaultdict[str, list[int]] = defaultdict(list)
        for n in numbers:
            if level[n] == 2:
                kinds[flows.market(flows.trades[n]).name].append(n)
        for members in kinds.values():
            group[members] = groups
            groups += 1
            rows.append(_kind(flows, purchases, members, closed))
        if any(level[n] < 2 for n in numbers):
            group[[n for n in numbers if level[n] == 1]] = groups
            groups += 1
            pooled.add(len(rows))
            rows.append(_pool(flows, numbers, purchases, closed))
    of_row = {id(row): at for at, row in enumerate(rows)}
    side = _side(rows, len(flows.trades), lambda row, trade: (of_row[id(row)] in pooled) == (level[trade] < 2))
    return side, group


def _kind(flows: Flows, everything: Sequence[Known | None], members: Sequence[int], closed: bool) -> Row:
    """The suppliers of one kind of input; `everything` are the shares of all purchases of the buyer that are known."""
    trades = [flows.trades[n] for n in members]
    amounts = paid([trade.amount for trade in trades])
    if amounts is not None:
        return parts_of(members, amounts, Likely(""), True)
    known = [within(t.of_purchases, [o.of_purchases for o in trades if o is not t], everything) for t in trades]
    row = by_market_share(members, trades, known, closed)
    likely = _likely(trades, [flows.revenues.get(trade.seller) for trade in trades], "the supplier's size")
    return row or parts_of(members, known, likely, closed)


def _pool(flows: Flows, bought: Sequence[int], known: Sequence[Known | None], closed: bool) -> Row:
    """All suppliers of a buyer as shares of all its purchases."""
    trades = [flows.trades[n] for n in bought]
    amounts = paid([trade.amount for trade in trades])
    if amounts is not None:
        return parts_of(bought, amounts, Likely(""), True)
    likely = _likely(trades, [flows.revenues.get(trade.seller) for trade in trades], "the supplier's size")
    return parts_of(bought, known, likely, closed)


def _all_paid(trades: Sequence[Trade], flows: Flows) -> bool:
    """Whether the amounts of all customers are known, and no revenue that might be more."""
    return trades[0].seller not in flows.revenues and all(t.amount is not None and t.amount.low > 0 for t in trades)


def _likely(trades: Sequence[Trade], sizes: Sequence[Known | None], like: str) -> Likely:
    """By what those without a figure are likely to share: the amounts that are known, else the sizes, else evenly."""
    amounts = by_amounts([trade.amount for trade in trades])
    if amounts is not None:
        return amounts
    if not any(sizes):
        return Likely(like)
    return Likely(like, tuple((size.low + size.high) / 2 if size else 0.0 for size in sizes))


def _by(flows: Flows, key: Callable[[Trade], str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, trade in enumerate(flows.trades):
        found[key(trade)].append(number)
    return {name: found[name] for name in sorted(found)}
