"""What a what-if result takes for granted, in sentences: only what bears on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qa.risk.notes import AFFIRMED, unreliable
from qa.risk.whatif.coupling import Coupled, Mode, Side
from qa.risk.whatif.tracing import Way
from qa.risk.whatif.turnover import as_decimal

TRADES = "Who uses, depends on or builds in what a firm sells is taken to buy it; other ties make no trade."
WHOLE = "What a source calls a share of orders or backlog counts as that share of revenue."
BOUNDS = (
    "Low and high hold whatever the shares are within what is disclosed. Low leaves out every trade whose claims may "
    "be misread; “if right” takes all claims as right. High takes nobody to stand in, as spare capacity is unknown."
)
DRAWS = (
    "A draw drops a trade as often as its claims are unsure, and draws what is not disclosed evenly between its bounds "
    "or around its likely share."
)
REST = "Whom no claim names counts as one more customer of each seller and one more supplier of each input."
CLOSED = "The graph is taken to name every customer and supplier (closed)."
REPLACED = (
    "A failing supplier is replaced as far as the rest of its market can, one unseen seller of average size in it."
)
IRREPLACEABLE = "No supplier is replaced by another (substitution off)."
HOW = {"imputed": "imputed by size or market share", "assumed": "assumed: split evenly, or set"}
INPUTS = {
    "generalised": "Every input is essential unless a rule of cascade.yaml or the scenario says otherwise.",
    "leontief": "Every input is essential: a firm makes no more than its scarcest input lets it.",
    "linear": "No input is essential: what is missing is missed in proportion.",
}


def assumptions(
    net: Coupled, reached: Sequence[tuple[int, Way]], mode: Mode, closed: bool, draws: int
) -> Iterator[str]:
    """The assumptions behind the trades that were reached."""
    yield AFFIRMED
    yield TRADES
    yield from _weights(net, reached)
    yield CLOSED if closed else REST
    yield INPUTS[mode]
    yield from (f"{why}." for why in sorted({net.whys[n] for n, way in reached if way == "downstream"} - {""}))
    yield from _markets(net, reached)
    yield REPLACED if net.web.standing is not None else IRREPLACEABLE
    yield from _sizes(net)
    yield BOUNDS
    if draws:
        yield DRAWS
    yield from _contradictions(net)
    yield from net.flows.notes
    yield from unreliable(net.flows.left_out)


def _weights(net: Coupled, reached: Sequence[tuple[int, Way]]) -> Iterator[str]:
    """How many of the shares are not disclosed."""
    ways: tuple[tuple[Way, Side, str], ...] = (("upstream", net.sales, "revenue"), ("downstream", net.inputs, "inputs"))
    for way, side, name in ways:
        numbers = [n for n, over in reached if over == way]
        for basis, how in (
            ("imputed", "imputed by size or market share"),
            ("assumed", "assumed: split evenly, or set"),
        ):
            count = sum(side.basis[n] == basis for n in numbers)
            if count:
                yield f"{count} of {len(numbers)} shares of {name} are {how}."
        if way == "upstream" and any("order book" in side.note[n] for n in numbers):
            yield WHOLE


def _markets(net: Coupled, reached: Sequence[tuple[int, Way]]) -> Iterator[str]:
    sellers = sorted({net.flows.trades[n].seller for n, way in reached if way == "downstream"})
    if sellers:
        shared = sum(net.flows.markets[firm].shared for firm in sellers)
        yield (
            "Suppliers of one market stand in for each other, inputs of different markets do not: claims put "
            f"{shared} of {len(sellers)} sellers in a market with others, each of the rest counts as its own."
        )


def _sizes(net: Coupled) -> Iterator[str]:
    """How firms are weighed against each other."""
    firms, known = len(net.flows.firms), len(net.size.known)
    if not known:
        yield "No firm's size is known: all count the same (assumed)."
    elif known < firms:
        rest = [v for firm, v in zip(net.flows.firms, net.size.value, strict=True) if firm not in net.size.known]
        usual = as_decimal(float(rest[0]))
        yield (
            f"The size of {known} of {firms} firms is known; the others count as the median of those, "
            f"{usual:,f} dollars a year (assumed)."
        )
    if known:
        yield "Amounts in other currencies are converted at reference rates, parts of a year scaled up to one."


def _contradictions(net: Coupled) -> Iterator[str]:
    """Shares that add up to more than all there is."""
    firms = net.flows.firms
    for side, whose in ((net.sales, "seller"), (net.inputs, "buyer")):
        over = side.shares.overfull[side.shares.of[side.at]]
        for firm in sorted({getattr(net.flows.trades[n], whose) for n in np.flatnonzero(over)}):
            what = "revenue" if whose == "seller" else "inputs"
            yield (
                f"The known shares of {firms[firm].label}'s {what} add up to above 100 %: they are scaled down to it; "
                "they overlap or one is wrong."
            )
