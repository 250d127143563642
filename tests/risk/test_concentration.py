import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SettingsError
from qa.risk.concentration import concentration, cr, hhi, providers_to_reach
from tests.shared import SHARED


def percents(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_four_providers() -> None:
    found = concentration(percents(30, 30, 20, 20))
    assert (found.hhi_low, found.hhi_high, found.residual) == (2600, 2600, 0)
    assert (found.top, found.top_three, found.providers) == (30, 80, 3)
    assert found.highly_concentrated is True


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    [
        ((87,), 7569, 7738),  # one customer with 87 % of a chip start-up's half-year revenue
        ((62, 24), 4420, 4616),  # two customers of the same start-up a year later
        ((86,), 7396, 7592),  # the same two, as one under common control
    ],
)
def test_bounds_with_an_undisclosed_rest(shares: tuple[float, ...], low: int, high: int) -> None:
    found = concentration(percents(*shares))
    assert (found.hhi_low, found.hhi_high) == (low, high)


def test_bounds_on_both_sides_of_the_guideline_decide_nothing() -> None:
    assert concentration(percents(40)).highly_concentrated is None
    assert concentration(percents(*[10] * 10)).highly_concentrated is False


def test_shares_that_do_not_reach_the_threshold() -> None:
    assert providers_to_reach(percents(40, 20)) is None
    assert providers_to_reach(percents(40, 20), Decimal(50)) == 2


def test_a_negative_share_is_refused() -> None:
    with pytest.raises(SettingsError, match="-3 % is negative"):
        concentration(percents(50, -3))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_measures_stay_in_order(weights: list[int]) -> None:
    total = max(sum(weights), 1000)
    shares = [Decimal(100 * weight) / total for weight in weights]
    found = concentration(shares)
    assert found.hhi_low <= found.hhi_high <= Decimal("10000.000001")
    assert cr(shares, 1) <= cr(shares, 3) <= sum(shares) + Decimal("0.000001")
    assert hhi(shares) <= found.top * sum(shares) + Decimal("0.000001")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_semiconductor_inputs_by_country() -> None:
    assert SHARED is not None
    shares: defaultdict[str, list[Decimal]] = defaultdict(list)
    folder = SHARED / "data" / "eto"
    countries = {row["provider_id"] for row in _rows(folder / "providers.csv") if row["provider_type"] == "country"}
    for row in _rows(folder / "provision.csv"):
        if row["share_provided"] and row["provider_id"] in countries:
            shares[row["provided_id"]].append(Decimal(row["share_provided"].rstrip("%")))
    path = SHARED / "data" / "risk_reference" / "eto_concentration_reference.json"
    reference = [row for row in json.loads(path.read_text())["concentration"] if "hhi_raw" in row]
    assert len(reference) > 30
    for row in reference:
        found = concentration(shares[row["id"]])
        assert (float(found.hhi_low), float(found.top)) == (row["hhi_raw"], row["cr1"]), row["name"]
        assert float(found.top_three) == row["cr3"], row["name"]
        assert found.providers == row["n_countries_75pct"], row["name"]
