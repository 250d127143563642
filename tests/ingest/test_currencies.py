"""Sums that leave their currency open."""

from __future__ import annotations

import pytest

from graph.model import Quantity
from ingest.metrics.currencies import house_currency
from tests.ingest.reading import extract


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Daily letter | Taipei | NT dollars unless otherwise stated", "TWD"),
        ("Chip news | Yuan unless marked", "CNY"),
        ("Euros except where noted\n\nInfineon sold more.", "EUR"),
        ("Results of TSMC\nAll figures are in US dollars.", "USD"),
        ("(figures in yen)", "JPY"),
        ("The yuan rose unless stated otherwise.", None),
        ("All figures are in the annex.", None),
        ("", None),
    ],
)
def test_what_a_page_says_its_sums_are_in(text: str, code: str | None) -> None:
    assert house_currency(text) == code


def _sums(text: str) -> list[tuple[float, str]]:
    found = [c.object for c in extract(text) if isinstance(c.object, Quantity)]
    return sorted((float(q.low or 0), q.unit) for q in found)


def test_bare_millions_are_of_the_page_not_of_the_last_sum() -> None:
    text = (
        "Board letter | Shanghai | Yuan unless marked\n\nBiren sold shares for HK$4.85 billion.\n\n"
        "Moore Threads had revenue of 785 million in 2025, against 438 million in 2024."
    )
    assert [one for one in _sums(text) if one[1] != "HKD"] == [(438e6, "CNY"), (785e6, "CNY")]


def test_a_sign_of_two_currencies_goes_by_the_home_of_the_firm() -> None:
    text = (
        "Shortage in China hits carmakers\n\nBeijing and Shanghai are worried, and so is Huawei, the Chinese giant.\n\n"
        "Honda's revenue was ¥21 trillion in 2025.\n\nHuawei's revenue was ¥880 billion in 2025."
    )
    assert _sums(text) == [(880e9, "CNY"), (21e12, "JPY")]


def test_a_conversion_in_the_text_goes_before_the_home_of_the_firm() -> None:
    assert _sums("Honda's revenue in its Chinese venture was ¥160 billion ($22 billion) in 2025.") == [(160e9, "CNY")]
