"""What the cascade functions are given, checked: one clear line for each thing that makes no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from graph.errors import SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

    Vector: TypeAlias = NDArray[np.float64]
    Places: TypeAlias = NDArray[np.int64]

SLACK = 1e-9  # totals may fall short of the sum of their parts by this much of it: rounding, no contradiction


def amounts(flows: Any, name: str = "flows") -> csr_array:
    """Amounts between parties, zeros left out; a pair may stand there more than once. The caller's own is not touched.

    Raises SettingsError unless square, finite, not negative, and something at all.
    """
    from scipy.sparse import csr_array

    try:
        found = csr_array(flows, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{name} is no table of numbers; give a square matrix, sparse or dense") from error
    if found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise SettingsError(f"{name} has the shape {shape(found)}; give a square matrix, a row and a column a firm")
    if not np.all(np.isfinite(found.data)):
        raise SettingsError(f"{name} holds a number that is not finite{_cell(found, ~np.isfinite(found.data))}")
    if np.any(found.data < 0):
        raise SettingsError(f"{name} holds a negative amount{_cell(found, found.data < 0)}; turn that link round")
    if not np.all(found.data):
        found = found.copy()
        found.eliminate_zeros()
    if not found.nnz:
        raise SettingsError(f"{name} holds no link at all: there is no network to simulate; add at least one amount")
    return found


def sectors(sector: Any, essentiality: Any, firms: int) -> tuple[Places, NDArray[np.int8]]:
    """Sector numbers, one a firm, and the table of 0, 1, 2 that they index, as [supplier's sector, customer's]."""
    given, table = np.asarray(sector), np.asarray(essentiality)
    if given.shape != (firms,):
        raise SettingsError(f"sector has the shape {shape(given)}; give one number for each of {firms} firms")
    if not np.issubdtype(given.dtype, np.integer):
        raise SettingsError("sector holds something other than whole numbers; number the sectors from 0")
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise SettingsError(f"essentiality has the shape {shape(table)}; give a row and a column a sector")
    if not np.isin(table, (0, 1, 2)).all():
        raise SettingsError("essentiality holds a value other than 0 (negligible), 1 (non-essential), 2 (essential)")
    if given.min() < 0 or given.max() >= len(table):
        wrong = given.min() if given.min() < 0 else given.max()
        raise SettingsError(f"sector {wrong} is not among the {len(table)} sectors of essentiality, numbered from 0")
    return given.astype(np.int64), table.astype(np.int8)


def shocks(shock: Any, firms: int) -> csc_array:
    """Initial losses as sparse columns, one a scenario. Raises SettingsError unless (n,) or (n, k) within 0 to 1."""
    from scipy.sparse import csc_array, issparse

    given = shock if issparse(shock) else np.asarray(shock, dtype=np.float64)
    if given.ndim not in (1, 2) or given.shape[0] != firms or not all(given.shape):
        raise SettingsError(f"shock has the shape {shape(given)}; give {firms} numbers, or a column a scenario")
    found = csc_array(given.reshape(firms, -1), dtype=np.float64)
    if not np.all((found.data >= 0) & (found.data <= 1)):
        raise SettingsError("shock holds a number outside 0 to 1; give the share of a firm's output that fails")
    found.sum_duplicates()
    found.eliminate_zeros()
    return found


def total(given: Any, parts: Vector, name: str, of: str) -> Vector:
    """Totals that stand in for the sum of known parts, not a number meaning not known. Raises SettingsError if less."""
    if given is None:
        return parts
    found = np.asarray(given, dtype=np.float64)
    if found.shape != parts.shape:
        raise SettingsError(f"{name} has the shape {shape(found)}; give one number for each of {len(parts)} firms")
    found = np.where(np.isnan(found), parts, found)
    short = ~(np.isfinite(found) & (found >= parts * (1 - SLACK)))
    if short.any():
        at = int(np.argmax(short))
        raise SettingsError(
            f"{name} of firm {at} is {found[at]:g}, but its known {of} add up to {parts[at]:g}; "
            "raise it, or give NaN where it is not known"
        )
    return np.maximum(found, parts)


def rows(matrix: csr_array) -> Places:
    """The row of each number in a sparse matrix."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def added(at: NDArray[np.integer[Any]], parts: Vector, size: int) -> Vector:
    """Parts added up by place, shape (size,)."""
    return np.asarray(np.bincount(at, parts, size), dtype=np.float64)


def fraction(value: float, name: str) -> float:
    """A number above 0 and below 1. Raises SettingsError."""
    if not 0 < value < 1:
        raise SettingsError(f"{name} is {value}: it must be above 0 and below 1")
    return float(value)


def shape(given: Any) -> str:
    """The shape of an array in words."""
    return " × ".join(map(str, given.shape)) or "single number"


def _cell(found: csr_array, wrong: NDArray[np.bool_]) -> str:
    at = int(np.argmax(wrong))
    return f" (from {rows(found)[at]} to {found.indices[at]})"
