"""Cascades at growing sizes, each in a process of its own: python -m tests.benchmarks.cascade FIRMS LINKS

A made-up supply network with a few large firms and many small ones, the same for the same numbers. Times are of the
processor. Plain Python plays the same scenarios on the same network, networkx follows the same links.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from qa.risk.cascade import Network, esri, esri_draws, prepare, spread, tiers_from
from tests.benchmarks.measures import Row
from tests.risk.plain_esri import PlainEsri

SIZES = ((1_000, 3_900), (10_000, 46_000), (100_000, 483_000), (243_000, 1_100_000))
FLOORS = {1_000: 33, 10_000: 22, 100_000: 11.6}  # times faster than plain Python was an earlier sparse batch
KINDS = {"replaced": True, "kept": False}  # substitution; without, in a network closed in itself, most is lost
SECTORS = 80
MANY = {1_000: 1_000, 10_000: 1_000, 100_000: 300}  # scenarios; further up a hundred
PLAYED_PLAINLY = {1_000: 100, 10_000: 20, 100_000: 2}  # further up one
DRAWS = 1_000


def cascade(sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Row]:
    """A scenario of many, one what-if, a trace and draws, against plain Python and networkx; minutes."""
    found = []
    for firms, links in sizes:
        command = [sys.executable, "-m", "tests.benchmarks.cascade", str(firms), str(links)]
        found.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    last = found[-1]
    firms = f"{last['firms']:,} firms"
    rows = [_scenario(at, kind) for kind in KINDS for at in found]
    rows.append(_growth(found))
    whatif = f"from amounts to losses, {last['what-if rounds']} rounds; {last['ready']:.2f} s on a network made ready"
    rows.append(Row(f"cascade, one what-if, {firms}", last["what-if"], "s", 0.3, True, whatif))
    for way in ("downstream", "upstream"):
        trace, walk = last[f"trace {way}"], last[f"networkx {way}"]
        detail = f"{walk / trace:.0f} × faster than networkx; {last[f'reached {way}']:,} firms"
        rows.append(Row(f"trace {way}, all tiers, {firms}", trace, "s", 0.1, True, detail))
    rows.append(Row(f"cascade, peak memory, {firms}", last["peak"], "GB", 2, True, f"{last['links']:,} links"))
    first = found[0]
    detail = f"{first['links']:,} links, {first['draw rounds']:.1f} rounds on average"
    rows.append(Row(f"{DRAWS:,} draws, {first['firms']:,} firms", first["draws"], "s", 2, True, detail))
    return rows


def _scenario(at: dict[str, Any], kind: str) -> Row:
    name = f"cascade against plain Python, {at['firms']:,} firms{'' if kind == 'replaced' else ', nobody replaced'}"
    ours, plain = f"{at[kind]:.3g} ms a scenario of many", f"plain Python {at[f'{kind} plain']:,.0f} ms"
    detail = f"{ours}, {at[f'{kind} rounds']:.1f} rounds; {plain}; ESRI differs by {at[f'{kind} apart']:.1g} at most"
    return Row(name, at[f"{kind} ratio"], "×", FLOORS.get(at["firms"], 11.6), False, detail)


def _growth(found: list[dict[str, Any]]) -> Row:
    """Of the time a link and scenario."""
    a_link = [at["replaced"] / at["links"] for at in found]
    detail = ", ".join(f"{at['firms']:,}: {x / a_link[0]:.2f} ×" for at, x in zip(found, a_link, strict=True))
    name = f"cascade, time a link, {found[-1]['firms']:,} firms against {found[0]['firms']:,}"
    return Row(name, a_link[-1] / a_link[0], "×", 2, True, detail)


def network(firms: int, links: int) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Flows, sectors, essentiality. Firms are drawn as ends of links by sizes that fall off as a power."""
    luck = np.random.default_rng(firms)
    ends, sizes = [], []
    for _ in range(2):
        size = (1 - luck.random(firms)) ** (-1 / 1.5)
        ends.append(luck.choice(firms, 3 * links, p=size / size.sum()))
        sizes.append(size)
    pairs = ends[0].astype(np.int64) * firms + ends[1]
    pairs = luck.permutation(np.unique(pairs[ends[0] != ends[1]]))[:links]
    seller, buyer = np.divmod(pairs, firms)
    amounts = luck.lognormal(0, 1, links) * np.sqrt(sizes[0][seller] * sizes[1][buyer])
    flows = csr_array((amounts, (seller, buyer)), shape=(firms, firms))
    return flows, luck.integers(0, SECTORS, firms), luck.choice(3, (SECTORS, SECTORS), p=(0.2, 0.5, 0.3))


def main(firms: int, links: int) -> dict[str, Any]:
    """All figures of one size; memory before the others are measured, which take more."""
    flows, sector, needs = network(firms, links)
    found: dict[str, Any] = {"firms": firms, "links": flows.nnz}
    made = {}
    for kind, substitution in KINDS.items():
        made[kind] = prepare(flows, sector, needs, substitution=substitution)
        found |= _many(made[kind], kind)
    start = int(np.argmax(flows.sum(axis=1)))
    largest = np.zeros(firms)
    largest[start] = 1
    whole = partial(esri, flows, sector, needs, largest)
    found["what-if"], result = min((_timed(whole) for _ in range(3)), key=lambda run: run[0])
    found |= {"ready": _timed(partial(spread, made["replaced"], largest))[0], "what-if rounds": int(result.rounds[0])}
    found |= _draws(flows, sector, needs, largest) if firms == SIZES[0][0] else {}
    found |= _trace(flows, start)
    found["peak"] = _peak()
    edges = list(zip(*(x.tolist() for x in flows.tocoo().coords), flows.data.tolist(), strict=True))
    found |= _walked(edges, start)
    for kind, substitution in KINDS.items():
        plain = PlainEsri(firms, edges, sector.tolist(), needs.tolist(), substitution)
        found |= _played(plain, made[kind], kind)
    return found


def _many(made: Network, kind: str) -> dict[str, Any]:
    many = _single(made.firms, MANY.get(made.firms, 100))
    spread(made, many[:, :1])
    spent, result = _timed(partial(spread, made, many, losses=False))
    return {kind: spent / many.shape[1] * 1000, f"{kind} rounds": mean(result.rounds.tolist())}


def _played(plain: PlainEsri, made: Network, kind: str) -> dict[str, Any]:
    few = _single(made.firms, PLAYED_PLAINLY.get(made.firms, 1))
    slow, found = _timed(lambda: [plain.esri(shock, 1e-2) for shock in few.toarray().T.tolist()])
    fast, result = _timed(partial(spread, made, few, losses=False))
    apart = max(abs(a - b) for a, b in zip(found, result.esri.tolist(), strict=True))
    return {f"{kind} ratio": slow / fast, f"{kind} plain": slow / len(found) * 1000, f"{kind} apart": apart}


def _single(firms: int, scenarios: int) -> csr_array:
    """One firm failing in each scenario."""
    failing = random.Random(firms).sample(range(firms), scenarios)
    return csr_array((np.ones(scenarios), (failing, range(scenarios))), shape=(firms, scenarios))


def _draws(flows: csr_array, sector: np.ndarray, needs: np.ndarray, shock: np.ndarray) -> dict[str, Any]:
    luck, (seller, buyer) = np.random.default_rng(1), flows.tocoo().coords
    amounts = flows.data[:, None] * luck.gamma(1, 1, (flows.nnz, DRAWS)) * (luck.random((flows.nnz, DRAWS)) < 0.8)
    spent, result = _timed(partial(esri_draws, seller, buyer, amounts, sector, needs, shock))
    return {"draws": spent, "draw rounds": mean(result.rounds.tolist())}


def _trace(flows: csr_array, start: int) -> dict[str, Any]:
    tiers_from(csr_array([[0, 1], [0, 0]]), 0)  # loads what it needs
    down, customers = _timed(partial(tiers_from, flows, start))
    up, suppliers = _timed(partial(tiers_from, flows, start, upstream=True))
    reached = {f"reached {way}": int((x > 0).sum()) for way, x in (("downstream", customers), ("upstream", suppliers))}
    return {"trace downstream": down, "trace upstream": up, **reached}


def _walked(edges: list[tuple[int, int, float]], start: int) -> dict[str, Any]:
    graph = nx.DiGraph((seller, buyer) for seller, buyer, _ in edges)
    walks = {"downstream": nx.descendants, "upstream": nx.ancestors}
    return {f"networkx {way}": _timed(partial(walk, graph, start))[0] for way, walk in walks.items()}


def _peak() -> float:
    """The most memory this process has had, in GB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024**2


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
