from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from graph.agreement.amounts import can_both_hold, within
from graph.model import Quantity
from graph.text.quantities import find_quantities
from tests.graph.samples import amount, exactly
from tests.graph.strategies import quantities


def read(text: str) -> Quantity:
    (span,) = find_quantities(text)
    return span.quantity


@pytest.mark.parametrize(
    ("one", "other", "hold"),
    [
        ("$12 billion", "$13 billion", False),
        ("$12 billion", "$12.4 billion", True),
        ("$12.1 billion", "$12.4 billion", False),
        ("$12 billion", "$12,040,000,000", True),
        ("158 billion yuan", "160 billion yuan", False),
        ("158 billion yuan", "near 160 billion yuan", True),
        ("150 billion yuan", "about 160 billion yuan", False),
        ("between $70 billion and $72 billion", "$71.3 billion", True),
        ("between $70 billion and $72 billion", "$74 billion", False),
        ("above 70%", "76%", True),
        ("above 70%", "70%", True),
        ("above 70%", "61%", False),
        ("above 70%", "below 80%", True),
        ("above 70%", "below 60%", False),
        ("30,000 chips", "30,412 chips", True),
        ("30,000 chips", "31,412 chips", False),
        ("$5 million", "$5 billion", False),
    ],
)
def test_amounts_as_written(one: str, other: str, hold: bool) -> None:
    assert can_both_hold(read(one), read(other)) is hold
    assert can_both_hold(read(other), read(one)) is hold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$12 billion", "€12 billion"),
        ("3%", "3 percentage points"),
        ("12 chips", "$12"),
        ("a threefold increase", "12 chips"),
    ],
)
def test_other_units_are_not_compared(one: str, other: str) -> None:
    assert can_both_hold(read(one), read(other)) is None


def test_currencies_are_compared_by_the_conversion_that_a_text_gives() -> None:
    yuan = replace(exactly("160000000000", "CNY", text="160 billion yuan"), equivalent=read("$22 billion"))
    assert can_both_hold(yuan, read("$22.8 billion")) is True
    assert can_both_hold(yuan, read("$26 billion")) is False
    assert can_both_hold(read("$26 billion"), yuan) is False
    assert can_both_hold(yuan, read("€20 billion")) is None


def test_a_conversion_is_not_asked_where_the_units_are_the_same() -> None:
    yuan = replace(exactly("160000000000", "CNY", text="160 billion yuan"), equivalent=read("$22 billion"))
    other = replace(exactly("190000000000", "CNY", text="190 billion yuan"), equivalent=read("$22 billion"))
    assert can_both_hold(yuan, other) is False


def test_without_wording_whole_thousands_are_no_digits() -> None:
    assert can_both_hold(exactly("12000000000", "USD"), exactly("12400000000", "USD")) is True
    assert can_both_hold(exactly("12000000000", "USD"), exactly("13000000000", "USD")) is False


@pytest.mark.parametrize(
    ("narrow", "wide", "inside"),
    [
        ("75%", "above 70%", True),
        ("above 60%", "above 70%", False),
        ("above 80%", "above 70%", True),
        ("$3", "3%", False),
    ],
)
def test_within(narrow: str, wide: str, inside: bool) -> None:
    assert within(read(narrow), read(wide)) is inside


@given(quantities, quantities)
def test_symmetric_and_never_at_odds_with_itself(a: Quantity, b: Quantity) -> None:
    assert can_both_hold(a, b) == can_both_hold(b, a)
    assert can_both_hold(a, a) is True
    assert can_both_hold(a, replace(a, approx=not a.approx, text="")) is True


def test_more_rounding_never_makes_a_conflict() -> None:
    for value in (Decimal(n) / 10 for n in range(100, 140)):
        exact = exactly(str(value), "percent", text=f"{value}%")
        if can_both_hold(exact, exactly("12.0", "percent", text="12.0%")):
            assert can_both_hold(exact, exactly("12", "percent", text="12%"))


def test_no_bounds_at_all() -> None:
    assert can_both_hold(amount(None, None, "USD"), exactly("5", "USD")) is True
