"""What a simulation gives, and the room that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import SettingsError

if TYPE_CHECKING:
    from qa.risk.cascade.checks import Places, Vector

MOST = 3 * 2**29  # bytes of losses that a result may hold


@dataclass(frozen=True, slots=True)
class Cascade:
    """What k scenarios do to n firms.

    `esri` (k,) is the share of all sales lost; `downstream`, `upstream` (n, k) the loss of each firm, 0–1, for want of
    inputs and of orders (no columns where losses were not kept); `rounds` (k,) the longer way of the two took.
    """

    esri: Vector
    downstream: Vector
    upstream: Vector
    rounds: Places

    def put(self, block: slice, sales: Vector, down: tuple[Vector, Places], up: tuple[Vector, Places]) -> None:
        """Fill a block of scenarios in: losses (n, scenarios) and rounds both ways; `sales` (n,) or (n, scenarios)."""
        weight = sales.reshape(len(sales), -1)
        total = weight.sum(axis=0)
        lost = np.einsum("ij,ij->j", *np.broadcast_arrays(weight, np.maximum(down[0], up[0])))
        self.esri[block] = np.divide(lost, total, out=np.zeros_like(lost), where=total > 0)
        self.rounds[block] = np.maximum(down[1], up[1])
        if self.downstream.size:
            self.downstream[:, block], self.upstream[:, block] = down[0], up[0]


def room(firms: int, scenarios: int, losses: bool) -> Cascade:
    """An outcome to be filled in. Raises SettingsError where losses are to be kept and would not fit."""
    kept = scenarios if losses else 0
    if 2 * 8 * firms * kept > MOST:
        raise SettingsError(
            f"the losses of {firms:,} firms in {scenarios:,} scenarios do not fit into memory; "
            "ask with losses=False for the index alone, or for fewer scenarios"
        )
    down, up = np.empty((firms, kept)), np.empty((firms, kept))
    return Cascade(np.empty(scenarios), down, up, np.empty(scenarios, dtype=np.int64))
