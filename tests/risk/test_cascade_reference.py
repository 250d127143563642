import json
from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_array

from qa.risk.cascade import esri
from tests.shared import SHARED, needs_shared

_FILE = SHARED / "data" / "risk_reference" / "esri_glcascade_reference.json" if SHARED else None
_CASES: list[dict[str, Any]] = json.loads(_FILE.read_text()) if _FILE and _FILE.exists() else []


@pytest.mark.shared
@needs_shared
def test_there_are_thirteen_reference_cases() -> None:
    assert len(_CASES) == 13


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_reference(case: dict[str, Any]) -> None:
    firms, edges = case["n"], np.array(case["edges"])
    flows = coo_array((edges[:, 2], edges[:, :2].astype(int).T), shape=(firms, firms))
    shock = np.eye(firms) if case["psi_columns"] == "identity" else np.array(case["psi_columns"]).T
    found = esri(
        flows,
        case["sector"],
        case["essentiality"],
        shock,
        substitution=case["substitution"],
        tolerance=1e-12,
        revenue=case["revenue"],
        cost=case["costs"],
    )
    near = 1e-6 if case["name"].startswith("random") else 1e-9  # the random networks have cycles
    assert pytest.approx(np.array(case["h_loss_down"]), abs=near) == found.downstream.T
    assert pytest.approx(np.array(case["h_loss_up"]), abs=near) == found.upstream.T
    assert found.esri == pytest.approx(case["esri"], abs=near)
    out = flows.sum(axis=1) / flows.sum()
    assert out @ found.downstream == pytest.approx(case["esri_down"], abs=near)
    assert out @ found.upstream == pytest.approx(case["esri_up"], abs=near)
