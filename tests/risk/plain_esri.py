"""ESRI in plain Python, one scenario, every firm in every round: the equations of Diem et al. 2022 as they are printed.

What the engine is held to, and what the benchmarks compare it with.
"""

from collections import defaultdict
from collections.abc import Sequence

Edge = tuple[int, int, float]


class PlainEsri:
    """A network of (supplier, customer, amount) rows; `essentiality[supplier's sector][customer's sector]`."""

    def __init__(
        self,
        firms: int,
        edges: Sequence[Edge],
        sector: Sequence[int],
        essentiality: Sequence[Sequence[int]],
        substitution: bool = True,
        revenue: Sequence[float] | None = None,
        cost: Sequence[float] | None = None,
    ) -> None:
        self.firms, self.sector, self.substitution = firms, sector, substitution
        self.out, bought, by_sector = [0.0] * firms, [0.0] * firms, defaultdict[tuple[int, int], float](float)
        for i, j, amount in edges:
            self.out[i] += amount
            bought[j] += amount
            by_sector[sector[i], j] += amount
        self.essential: list[tuple[int, int, int, float]] = []  # supplier, customer, supplier's sector, Λd
        self.other: list[Edge] = []
        self.orders: list[Edge] = []
        for i, j, amount in edges:
            need = essentiality[sector[i]][sector[j]]
            known = 1.0 if cost is None else bought[j] / cost[j]
            if need == 2:
                self.essential.append((i, j, sector[i], amount / by_sector[sector[i], j] * known))
            elif need == 1:
                self.other.append((i, j, amount / bought[j] * known))
            self.orders.append((i, j, amount / (self.out if revenue is None else revenue)[i]))

    def downstream(self, shock: Sequence[float], tolerance: float) -> tuple[list[float], int]:
        """Losses for want of inputs, and rounds."""
        return self._settle(shock, tolerance, self._inputs)

    def upstream(self, shock: Sequence[float], tolerance: float) -> tuple[list[float], int]:
        """Losses for want of orders, and rounds."""
        return self._settle(shock, tolerance, self._sales)

    def esri(self, shock: Sequence[float], tolerance: float) -> float:
        """The share of all sales that is lost."""
        down, up = self.downstream(shock, tolerance)[0], self.upstream(shock, tolerance)[0]
        return sum(out * max(d, u) for out, d, u in zip(self.out, down, up, strict=True)) / sum(self.out)

    def _settle(self, shock, tolerance, level) -> tuple[list[float], int]:  # type: ignore[no-untyped-def]
        psi = [1.0 - s for s in shock]
        h, rounds = psi, 0
        while True:
            new = [max(0.0, min(p, x)) for p, x in zip(psi, level(h), strict=True)]
            rounds += 1
            change, h = max(abs(a - b) for a, b in zip(h, new, strict=True)), new
            if change <= tolerance:
                return [1.0 - x for x in h], rounds

    def _inputs(self, h: list[float]) -> list[float]:
        left = defaultdict[int, float](float)
        for i, level in enumerate(h):
            left[self.sector[i]] += self.out[i] * level
        sigma = [
            min(1.0, out / left[self.sector[i]]) if self.substitution and left[self.sector[i]] > 0 else 1.0
            for i, out in enumerate(self.out)
        ]
        missing, other = defaultdict[tuple[int, int], float](float), [0.0] * self.firms
        for i, j, k, share in self.essential:
            missing[j, k] += sigma[i] * share * (1 - h[i])
        for i, j, share in self.other:
            other[j] += sigma[i] * share * (1 - h[i])
        level = [1.0 - x for x in other]
        for (j, _), x in missing.items():
            level[j] = min(level[j], 1.0 - x)
        return level

    def _sales(self, h: list[float]) -> list[float]:
        missing = [0.0] * self.firms
        for i, j, share in self.orders:
            missing[i] += share * (1 - h[j])
        return [1.0 - x for x in missing]
