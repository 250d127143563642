"""The ladder of missing weights: the parts of one whole, each with how its share was come by.

    disclosed value → disclosed interval → proportional to size within the same product → uniform

What the known parts leave goes to those without a figure and to one more party, the rest: whom no claim names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.risk.report import Basis
from qa.risk.whatif.allot import Part, Whole
from qa.risk.whatif.flows import Trade
from qa.risk.whatif.payments import Known

LEAST_LEFT = 0.02  # of an input for those without a market share, where the others' add up to all of it


@dataclass(frozen=True, slots=True)
class Row:
    """A whole in the making: for each part the trade it is of, and how its share was come by."""

    whole: Whole
    trades: tuple[int, ...]
    basis: tuple[Basis, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """By what parts without a figure are likely to share what is left: `weights` None is evenly; `most` bounds them."""

    like: str
    weights: tuple[float, ...] | None = None
    most: tuple[float | None, ...] = ()


def parts_of(numbers: Sequence[int], known: Sequence[Known | None], likely: Likely, closed: bool) -> Row:
    """Known parts with their bounds; the others by the likely weights if all of these have one, else evenly."""
    weights, like = likely.weights, likely.like
    open_ = [n for n, item in enumerate(known) if item is None]
    sized = weights is not None and len(open_) > 1 and all(weights[n] > 0 for n in open_)
    mean = sum(weights[n] for n in open_) / len(open_) if weights is not None and sized and open_ else 1.0
    parts = []
    basis: list[Basis] = []
    note = []
    for n, item in enumerate(known):
        if item is not None:
            parts.append(Part(item.low, item.high))
            basis.append(item.basis)
            note.append(item.note)
            continue
        weight = weights[n] / mean if weights is not None and sized else 1.0
        parts.append(Part(high=likely.most[n] if likely.most else None, weight=weight))
        basis.append("imputed" if sized else "assumed")
        rest = "" if closed else ", the rest counting as one more party"
        note.append(f"by {like}{rest}" if sized else f"evenly{rest}")
    return Row(Whole(tuple(parts), 0.0 if closed else 1.0), tuple(numbers), tuple(basis), tuple(note))


def by_market_share(
    numbers: Sequence[int], trades: Sequence[Trade], known: Sequence[Known | None], closed: bool
) -> Row | None:
    """Known parts with their bounds, the others by the market shares of the suppliers; None if no open one has one."""
    open_ = [n for n, item in enumerate(known) if item is None]
    given = {n: market.low for n in open_ if (market := trades[n].of_market) is not None and market.low > 0}
    if not given:
        return None
    left = max(1.0 - sum(given.values()), LEAST_LEFT)
    others = len(open_) - len(given) + (not closed)
    weight = {n: given.get(n, left / max(others, 1)) for n in open_}
    parts = tuple(Part(k.low, k.high) if k else Part(weight=weight[n]) for n, k in enumerate(known))
    basis: tuple[Basis, ...] = tuple(
        k.basis if k else "imputed" if n in given else "assumed" for n, k in enumerate(known)
    )
    notes = tuple(k.note if k else _market_note(trades[n]) for n, k in enumerate(known))
    return Row(Whole(parts, 0.0 if closed else left / others), tuple(numbers), basis, notes)


def _market_note(trade: Trade) -> str:
    return trade.of_market.note if trade.of_market else "evenly of what market shares leave"


def within(mine: Known | None, same: Sequence[Known | None], all_: Sequence[Known | None]) -> Known | None:
    """A share of all purchases as a share of one kind of input: of that, the rest may be all that is left, or
    nothing."""
    if mine is None or mine.high <= 0:
        return mine
    left = max(1.0 - sum(item.low for item in all_ if item is not None), 0.0)
    others_high = sum(item.high for item in same if item is not None)
    others_low = sum(item.low for item in same if item is not None)
    low = mine.low / (mine.low + others_high + left) if mine.low else 0.0
    return replace(
        mine, low=low, high=mine.high / (mine.high + others_low), note=f"{mine.note}; as a share of this input"
    )


def part(amount: Known | None, total: Known | None) -> Known | None:
    """An amount as a share of a total that is disclosed."""
    if amount is None or total is None or total.low <= 0:
        return None
    high = min(amount.high / total.low, 1.0)
    return Known(min(amount.low / total.high, high), high, _derived(amount, total), amount.claims, "amount ÷ revenue")


def paid(amounts: Sequence[Known | None]) -> list[Known | None] | None:
    """Amounts as shares of their sum, if all are known."""
    known = [item for item in amounts if item is not None]
    if len(known) != len(amounts) or any(item.low <= 0 for item in known):
        return None
    low, high = sum(item.low for item in known), sum(item.high for item in known)
    note, basis = "amount ÷ the amounts of all that are known", _derived(*known)
    return [
        Known(k.low / (k.low + high - k.high), k.high / (k.high + low - k.low), basis, k.claims, note) for k in known
    ]


def by_amounts(amounts: Sequence[Known | None]) -> Likely | None:
    """By the amounts that are known, an unknown one counting as much as they do on average; None without any.

    Of a total that is at least the sum of the known amounts, none of them is more than its part of that sum.
    """
    known = [item for item in amounts if item is not None and item.low > 0]
    if not known:
        return None
    least = sum(item.low for item in known)
    mean = sum((item.low + item.high) / 2 for item in known) / len(known)
    weights = tuple((item.low + item.high) / 2 if item is not None and item.low > 0 else mean for item in amounts)
    most = tuple(
        item.high / (least - item.low + item.high) if item is not None and item.low > 0 else None for item in amounts
    )
    return Likely("the amounts that are known", weights, most)


def _derived(*from_: Known) -> Basis:
    """What follows from amounts is derived, unless one of them is assumed."""
    return "assumed" if any(known.basis == "assumed" for known in from_) else "derived"
