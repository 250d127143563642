"""The grammars against third-party specifications, where those lie beside the checkout: rates may rise, not fall."""

from decimal import Decimal

import pytest

from api.evaluation.recognizers import Miss, measure
from tests.shared import SHARED

FLOORS = {
    "currency": 0.96,
    "percent": 0.95,
    "number ranges": 0.91,
    "currency, Chinese": 0.95,
    "dates": 0.55,
    "date ranges": 0.66,
    "dates, Chinese": 0.6,
    "date ranges, Chinese": 0.77,
    "percent, Chinese": 0.74,
    "number ranges, Chinese": 0.70,
}


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="needs the development data beside the checkout")
def test_rates_hold() -> None:
    assert SHARED is not None
    rates = {rate.name: rate for rate in measure(SHARED / "data" / "recognizers_text")}
    if not rates:
        pytest.skip("the specifications are not there")
    assert {name: rates[name].share for name, floor in FLOORS.items() if (rates[name].share or 0) < floor} == {}


def test_a_folder_without_specifications_gives_no_rates(tmp_path) -> None:
    assert measure(tmp_path) == []


def test_a_rate_counts_items_and_rows_that_expect_nothing(tmp_path) -> None:
    folder = tmp_path / "English" / "NumberWithUnit"
    folder.mkdir(parents=True)
    resolved = (
        '{"Text": "5 euros", "Start": 3, "End": 9, "Resolution": {"value": "5", "unit": "Euro", "isoCurrency": "EUR"}}'
    )
    rows = f'[{{"Input": "It 5 euros", "Results": [{resolved}]}}, {{"Input": "It cost 7 euros", "Results": []}}]'
    (folder / "CurrencyModel.json").write_text(rows)
    (rate,) = measure(tmp_path)
    assert (rate.name, rate.right, rate.total, rate.share) == ("currency", 1, 2, 0.5)
    assert rate.misses == (Miss(1, None, ((Decimal(7), "EUR"),)),)
