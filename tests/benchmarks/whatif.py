"""What if at scale: 1,000 draws of a network of 1,000 firms and 4,000 trades, beside a plain-Python cascade."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from graph.model import EntityRef
from qa.risk.whatif.coupling import Coupled, couple
from qa.risk.whatif.flows import Flows, Trade
from qa.risk.whatif.markets import Market
from qa.risk.whatif.montecarlo import HIGH, TOLERANCE, ends, simulate_draws
from qa.risk.whatif.payments import Known
from qa.risk.whatif.spread import Blow
from tests.benchmarks.measures import Row
from tests.risk.plain_esri import PlainEsri

FIRMS, TRADES, DRAWS = 1000, 4000, 1000


def made(firms: int = FIRMS, trades: int = TRADES, seed: int = 1) -> Coupled:
    """A network drawn at random: a fifth of the trades with a disclosed share, the others without any figure."""
    rng = np.random.default_rng(seed)
    names = [f"e:{n:07}" for n in range(firms)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < trades:
        seller = int(firms * rng.random() ** 2)
        buyer = int(rng.integers(firms))
        if seller != buyer:
            pairs.add((seller, buyer))
    deals = []
    for seller, buyer in sorted(pairs):
        low = float(rng.random()) / 5
        known = Known(low, low + 0.1) if rng.random() < 0.2 else None
        deals.append(Trade(names[seller], names[buyer], (), 0.9, of_revenue=known))
    markets = {name: Market(f"market {n % 100}", frozenset((str(n % 100),)), True) for n, name in enumerate(names)}
    refs = {name: EntityRef(name, name[2:], "Company") for name in names}
    return couple(Flows(refs, tuple(deals), markets, {}, {}, {}), "leontief")


def whatif() -> list[Row]:
    """A thousand draws of a what-if, and what one costs against plain Python. Times are of the processor."""
    net = made()
    struck = np.zeros(FIRMS)
    struck[0] = 1.0
    blow = Blow(struck, struck, np.zeros(TRADES))
    bounds = ends(net, blow)
    simulate_draws(net, blow, bounds, 10, 1)
    taken = _timed(lambda: simulate_draws(net, blow, bounds, DRAWS, 1))
    value, _, _ = net.sales.ends()
    edges = list(zip(net.web.seller.tolist(), net.web.buyer.tolist(), np.maximum(value, 1e-9).tolist(), strict=True))
    assert net.web.standing is not None
    sectors = len(net.web.standing.unseen)
    needs = [[2] * sectors] * sectors
    plain = PlainEsri(FIRMS, edges, net.web.standing.sector.tolist(), needs, revenue=[1.0] * FIRMS)
    slow = _timed(lambda: plain.esri(struck.tolist(), TOLERANCE))
    detail = f"{FIRMS:,} firms, {TRADES:,} trades, {int((bounds.loss[:, HIGH] > 0).sum()):,} of them may lose"
    return [
        Row("what if, 1,000 draws", taken, "s", 2, True, detail),
        Row(
            "what if, a draw", slow / (taken / DRAWS), "×", 5, False, f"faster than plain Python, {slow * 1000:.0f} ms"
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
