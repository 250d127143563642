"""When names, amounts, periods and scopes count as the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.evaluation.gold import GoldEntity
from api.evaluation.labels import Labels, inside, plain, with_catalogue_names
from api.evaluation.quantities import days_of, same_quantity, same_scope
from tests.evaluation.cases import ENTITIES, amount


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme", "acme", True),
        ("Acme", "The Acme Corporation", True),
        ("Acme", "Acme’s", True),
        ("Acme Corporation", "Acme", True),
        ("Acme", "Acme 2", False),
        ("Acme", "Acmeland", False),
        ("Acme", "Borealis", False),
        ("Acme", "", False),
        ("3 nanometre", "3nm process", True),
        ("U.S.", "US", True),
    ],
)
def test_labels_are_the_same_without_style_and_different_by_a_number(one: str, other: str, same: bool) -> None:
    assert Labels(ENTITIES).same(one, other) is same


def test_an_entity_needs_a_right_type_too() -> None:
    labels = Labels(ENTITIES)
    assert labels.same_entity("Borealis", "Company", {"label": "Borealis", "type": "Organization"})
    assert not labels.same_entity("Acme", "Company", {"label": "Acme", "type": "Product"})
    assert not labels.same_entity("Acme", "Company", None)
    assert labels.named_on("01-acme") == [("Daily Ledger", "Organization")]


@settings(deadline=None)
@given(st.text(alphabet="aBé3 ’'s.-nm", max_size=20))
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    once = plain(name)
    assert plain(once) == once or once.startswith("the ")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["acme", "borealis", "chip", "two"]), min_size=1, max_size=4))
def test_every_run_of_words_lies_inside_the_whole(words: list[str]) -> None:
    assert all(inside(" ".join(words[i:j]), " ".join(words)) for j in range(len(words) + 1) for i in range(j))


def test_the_catalogue_adds_its_names_but_never_one_of_another_entity() -> None:
    grown = with_catalogue_names(
        [
            GoldEntity("TSMC", ("Company",), (), ()),
            GoldEntity("Taiwan Semiconductor Manufacturing Company", ("Company",), (), ()),
            GoldEntity("ASML", ("Place",), (), ()),
            GoldEntity("Acme of Nowhere", ("Company",), (), ()),
        ]
    )
    assert "台积电" in grown[0].aliases
    assert "Taiwan Semiconductor Manufacturing Company" not in grown[0].aliases
    assert grown[2].aliases == grown[3].aliases == ()


@pytest.mark.parametrize(
    ("gold", "said", "tolerance", "same"),
    [
        (amount(5, 5, "USD"), amount(5, 5, "usd"), 0, True),
        (amount(5, 5, "CNY"), amount(5, 5, "RMB"), 0, True),
        (amount(5, 5, "percent"), amount(5.0, 5.0, "%"), 0, True),
        (amount(5, 5, "USD"), amount(5, 5, "EUR"), 0, False),
        (amount(70, None, "percent"), amount(70, None, "percent"), 0, True),
        (amount(70, None, "percent"), amount(70, 70, "percent"), 0, False),
        (amount(1000, 1000, "USD"), amount(1004, 1004, "USD"), 0.005, True),
        (amount(1000, 1000, "USD"), amount(1006, 1006, "USD"), 0.005, False),
        (amount(Decimal("72.4"), Decimal("72.4"), "percent"), amount(72.4, 72.4, "percent"), 0, True),
        (amount(5, 5, "USD") | {"abs": True}, amount(-5, -5, "USD"), 0, True),
        (amount(5, 5, "USD"), amount(-5, -5, "USD"), 0, False),
        (amount(5, 5, "USD"), {"label": "Acme"}, 0, False),
        (amount(5, 5, "USD"), None, 0, False),
    ],
)
def test_amounts_agree_in_bounds_and_unit(gold: Any, said: Any, tolerance: float, same: bool) -> None:
    assert same_quantity(gold, said, tolerance) is same


bounds = st.none() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)


@settings(deadline=None)
@given(bounds, bounds, st.sampled_from(["USD", "percent", "count"]))
def test_an_amount_is_itself(low: Decimal | None, high: Decimal | None, unit: str) -> None:
    assert same_quantity(amount(low, high, unit), amount(low, high, unit))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-Q4", ("2025-10-01", "2025-12-31")),
        ("2026-H1", ("2026-01-01", "2026-06-30")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ({"start": "2025-07-28", "end": "2025-10-26"}, ("2025-07-28", "2025-10-26")),
        ({"start": None, "end": None, "text": "soon"}, None),
        (None, None),
    ],
)
def test_periods_are_days(period: Any, days: Any) -> None:
    assert days_of(period) == days


@pytest.mark.parametrize(
    ("gold", "said", "same"),
    [
        (None, "memory", True),
        (None, None, True),
        ("AI chips", "chips for AI", True),
        ("the process", "process", False),
        ("memory", None, False),
    ],
)
def test_scopes_share_a_word_that_counts(gold: str | None, said: str | None, same: bool) -> None:
    assert same_scope(gold, said) is same
