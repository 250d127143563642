"""Exposure over any number of tiers in a weighted network, by linear algebra.

B[i, j] is the share (0–1) of i's total that comes from j. Tier k is B^k; all tiers are (I − B)⁻¹ − I (Leontief), which
counts a cycle as often as it is run through. Input-output tables have buyers in columns: there B is Aᵀ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.errors import QueryError, SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[np.float64]


def tier(matrix: csr_array, start: int, k: int) -> Vector:
    """Row `start` of B^k: the exposure of one party at exactly k steps, shape (n,)."""
    row = _unit(matrix, start)
    for _ in range(k):
        row = matrix.T @ row
    return row


def all_tiers(matrix: csr_array, start: int) -> Vector:
    """Row `start` of (I − B)⁻¹ − I, shape (n,): one sparse solve. Raises QueryError where the sum diverges."""
    unit = _unit(matrix, start)
    return _solve(matrix.T, unit) - unit


def all_tiers_into(matrix: csr_array, goal: int) -> Vector:
    """Column `goal` of (I − B)⁻¹ − I, shape (n,): the exposure of every party to one."""
    unit = _unit(matrix, goal)
    return _solve(matrix, unit) - unit


def multipliers(coefficients: csr_array) -> Vector:
    """Output multipliers of an input-output table A (inputs in rows, buyers in columns): column sums of (I − A)⁻¹."""
    return _solve(coefficients.T, np.ones(coefficients.shape[0]))


def output_for(coefficients: csr_array, demand: Vector) -> Vector:
    """Total output x that a final demand f needs: x = (I − A)⁻¹ f."""
    return _solve(coefficients, demand)


def influence(weights: csr_array, alpha: float) -> Vector:
    """Influence vector v = (α/n)[I − (1−α)W′]⁻¹ 1 of Acemoglu et al. (2012), shape (n,); it sums to 1.

    `weights[i, j]` is the share of i's inputs that come from j, rows sum to 1; 0 < alpha ≤ 1 is the labour share.
    """
    if not 0 < alpha <= 1:
        raise SettingsError(f"alpha is {alpha}: the labour share must be above 0 and at most 1")
    n = weights.shape[0]
    return _solve((1 - alpha) * weights.T, np.full(n, alpha / n))


def _unit(matrix: csr_array, at: int) -> Vector:
    unit = np.zeros(matrix.shape[0])
    unit[at] = 1.0
    return unit


def _solve(matrix: csr_array, right: Vector) -> Vector:
    """(I − M)⁻¹ r. The sum of all tiers exists only if the solution is finite and, for shares, not negative."""
    import warnings

    from scipy.sparse import eye_array
    from scipy.sparse.linalg import MatrixRankWarning, spsolve

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MatrixRankWarning)  # reported below as an error with a way out
        solution: Vector = spsolve((eye_array(matrix.shape[0]) - matrix).tocsc(), right)
    if not np.all(np.isfinite(solution)) or np.any(solution < -1e-9):
        raise QueryError("the shares add up to 100 % or more around a cycle: no sum over all tiers; trace fewer tiers")
    return solution
