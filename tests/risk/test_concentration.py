import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SettingsError
from qa.risk.concentration import (
    concentration,
    cr,
    cr_bounds,
    fewest_to_reach,
    hhi,
    hhi_bounds,
    normalised,
    providers_to_reach,
    rescaled,
)
from qa.risk.interval import Interval, exactly, hull, of_quantity, width
from tests.graph.samples import amount
from tests.risk.io_tables import coefficients
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


def within(*bounds: tuple[float, float]) -> list[Interval]:
    return [Interval(Decimal(str(low)), Decimal(str(high))) for low, high in bounds]


def test_the_rest_is_dust_at_one_end_and_one_provider_at_the_other() -> None:
    found = concentration(percents(40))
    assert (found.hhi_low, found.hhi_high) == (1600, 5200)
    assert (found.top, found.top_high, found.top_three, found.top_three_high) == (40, 60, 40, 100)
    assert (found.providers, found.providers_low) == (None, 2)
    assert found.effective == (Decimal(10000) / 5200, Decimal(10000) / 1600)


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    [
        ([(50, 60), (40, 40)], 4100, 5200),  # 50² + 40² with 10 as dust; 60² + 40²
        ([(70, 100)], 4900, 10000),
        ([(20, 30), (10, 40)], 500, 5400),  # the whole rest to one nobody names: 20² + 10² + 70²
        ([(50, 60), (50, 70)], 5000, 5000),  # nothing left to move
        ([(70, 75), (40, 40)], 6500, 7225),  # above 100 at least: no rest, and both ends of the bounds
        ([], 0, 10000),
    ],
)
def test_bounds_of_shares_that_are_not_exact(shares: list[tuple[float, float]], low: int, high: int) -> None:
    assert hhi_bounds(within(*shares)) == (low, high)


def test_shares_that_rounding_takes_above_a_hundred() -> None:
    found = concentration(percents(83, 9, 9))
    assert (found.over, found.residual, found.hhi_low, found.hhi_high, found.top_three) == (1, 0, 7051, 7051, 101)
    assert rescaled(percents(83, 9, 9)) == pytest.approx(Decimal("6912.07"), abs=Decimal("0.01"))
    assert rescaled([]) is None


def test_normalised_index() -> None:
    assert normalised(percents(25, 25, 25, 25)) == 0
    assert normalised(percents(50, 30, 20)) == pytest.approx(Decimal("0.07"))
    assert normalised(percents(50, 30)) is None
    assert normalised(percents(100)) is None


@pytest.mark.parametrize(
    ("low", "high", "approx", "expected"),
    [
        ("50", "50", True, (45, 55)),
        ("70", None, False, (70, 100)),
        (None, "2", False, (0, 2)),
        ("62", "62", True, ("61.5", "62.5")),
        ("98", "98", True, ("97.5", "98.5")),
        ("13.5", "13.5", False, ("13.5", "13.5")),
        ("120", "120", False, None),
    ],
)
def test_a_quantity_as_an_interval(low: str | None, high: str | None, approx: bool, expected: tuple | None) -> None:
    found = of_quantity(amount(low, high, "percent", approx=approx))
    assert found == (expected and Interval(Decimal(str(expected[0])), Decimal(str(expected[1]))))


def test_intervals_add_up_and_enclose() -> None:
    both = within((20, 30), (60, 90))
    assert both[0].plus(both[1]) == Interval(Decimal(80), Decimal(100))
    assert hull(both) == Interval(Decimal(20), Decimal(90))
    assert (width(Decimal(0)), width(Decimal("33.3"))) == (Decimal("0.5"), Decimal("0.5"))
    assert of_quantity(amount("5", "5", "USD")) is None
    with pytest.raises(SettingsError, match="is empty"):
        Interval(Decimal(2), Decimal(1))


bounded = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40)), max_size=14)


@given(bounded, st.randoms(use_true_random=False))
def test_no_division_of_the_whole_lies_outside_the_bounds(pairs: list[tuple[int, int]], random: Random) -> None:
    shares = [Interval(Decimal(low), Decimal(low + more)) for low, more in pairs]
    slack = 100 - sum(low for low, _ in pairs)
    if slack < 0:
        return
    chosen = []
    for low, more in random.sample(pairs, len(pairs)):
        taken = random.choice((0, min(more, slack), random.randint(0, min(more, slack))))
        slack -= taken
        chosen.append(Decimal(low + taken))
    pieces = [Decimal(slack)] if random.random() < 0.5 else [Decimal(slack) / 4] * 4
    low, high = hhi_bounds(shares)
    everybody = chosen + pieces
    assert low <= hhi(everybody) <= high
    for n in (1, 3):
        least, most = cr_bounds(shares, n)
        assert least <= cr(everybody, n) <= most
    reached = providers_to_reach(everybody)
    assert reached is not None
    assert fewest_to_reach(shares) <= reached
    surely = concentration(shares).providers
    assert surely is None or reached <= surely


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 25)), min_size=1, max_size=5))
def test_the_greatest_index_is_reached(pairs: list[tuple[int, int]]) -> None:
    slack = 100 - sum(low for low, _ in pairs)
    _, high = hhi_bounds([Interval(Decimal(low), Decimal(low + more)) for low, more in pairs])

    def best(rest: list[tuple[int, int]], left: int) -> int:
        if not rest:
            return left * left
        (low, more), *others = rest
        return (
            max((low + taken) ** 2 + best(others, left - taken) for taken in {0, min(more, left)})
            if left
            else sum(low * low for low, _ in rest)
        )

    assert best(pairs, slack) <= high


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=11, max_size=14))
def test_many_intervals_are_bounded_from_above(pairs: list[tuple[int, int]]) -> None:
    shares = [Interval(Decimal(low), Decimal(low + more)) for low, more in pairs]
    split = concentration(shares)
    exact = [exactly(share.low) for share in shares]
    assert split.hhi_high >= hhi_bounds(exact)[1]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _country_shares(folder: Path) -> dict[str, list[Decimal]]:
    shares: defaultdict[str, list[Decimal]] = defaultdict(list)
    countries = {row["provider_id"] for row in _rows(folder / "providers.csv") if row["provider_type"] == "country"}
    for row in _rows(folder / "provision.csv"):
        if row["share_provided"] and row["provider_id"] in countries:
            shares[row["provided_id"]].append(Decimal(row["share_provided"].rstrip("%")))
    return shares


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_semiconductor_inputs_by_country() -> None:
    assert SHARED is not None
    shares = _country_shares(SHARED / "data" / "eto")
    path = SHARED / "data" / "risk_reference" / "eto_concentration_reference.json"
    reference = [row for row in json.loads(path.read_text())["concentration"] if "hhi_raw" in row]
    assert len(reference) > 30
    for row in reference:
        found = concentration(shares[row["id"]])
        assert (float(found.hhi_low), float(found.top)) == (row["hhi_raw"], row["cr1"]), row["name"]
        assert float(found.top_three) == row["cr3"], row["name"]
        assert found.providers == row["n_countries_75pct"], row["name"]


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_semiconductor_inputs_that_one_country_can_cover() -> None:
    """Two of the 23 one-country items of the reference have no shares in the table; nor has their number."""
    assert SHARED is not None
    path = SHARED / "data" / "risk_reference" / "eto_concentration_reference.json"
    reference = json.loads(path.read_text())
    rows = reference["concentration"]
    assert sum(row["n_countries_75pct"] == 1 for row in rows) == 23
    assert sum(row["n_countries_75pct"] == 1 for row in rows if "hhi_raw" in row) == 21
    by_item = _country_shares(SHARED / "data" / "eto")
    assert sum(providers_to_reach(by_item[row["id"]]) == 1 for row in rows if "hhi_raw" in row) == 21
    for row in rows:
        if "hhi_norm" in row:
            assert rescaled(by_item[row["id"]]) == pytest.approx(Decimal(str(row["hhi_norm"])), abs=Decimal("0.05"))


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_inputs_of_industries() -> None:
    assert SHARED is not None
    reference = json.loads((SHARED / "data" / "risk_reference" / "misc_reference_2.json").read_text())["bea_input_hhi"]
    codes, matrix = coefficients(SHARED / "data" / "bea")
    for code, expected in reference.items():
        inputs = matrix.toarray()[:, codes.index(code)]
        shares = [Decimal(float(100 * value / inputs.sum())) for value in inputs]
        assert hhi(shares) == pytest.approx(Decimal(str(expected)), abs=Decimal("0.05")), code
