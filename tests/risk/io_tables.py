"""The BEA 2017 detail tables as an industry-by-industry coefficient matrix (industry technology assumption)."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array


def _table(path: Path) -> tuple[list[str], list[str], np.ndarray]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    values = np.array([[float(cell) if cell not in ("", "NA") else 0.0 for cell in row[1:]] for row in rows])
    return [row[0] for row in rows], header[1:], values


def coefficients(folder: Path) -> tuple[list[str], csr_array]:
    """(industry codes, A) with A = D B: D the market shares of the make table, B the inputs per unit of output."""
    industries, made, make = _table(folder / "Detail_Make_2017_AfterRedef_17sch.csv.gz")
    used, users, use = _table(folder / "Detail_Use_2017_PRO_AfterRedef_17sch.csv.gz")
    names = [code for code in industries if not code.startswith("T0") and code in users]
    goods = [code for code in made if not code.startswith("T0") and code in used]
    v = make[np.ix_([industries.index(c) for c in names], [made.index(c) for c in goods])]
    u = use[np.ix_([used.index(c) for c in goods], [users.index(c) for c in names])]
    q, g = v.sum(axis=0), v.sum(axis=1)
    shares = np.divide(v, q, out=np.zeros_like(v), where=q > 0)
    inputs = np.divide(u, g, out=np.zeros_like(u), where=g > 0)
    return names, csr_array(shares @ inputs)
