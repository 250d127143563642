from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.risk.owners import Owner
from qa.risk.readings import hhi_bounds, readings
from qa.risk.report import Share
from tests.graph.samples import ref, relation


def ranges(*pairs: tuple[int, int]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(low), Decimal(high)) for low, high in pairs]


@pytest.mark.parametrize(
    ("pairs", "bounds"),
    [
        ([], (0, 10000)),
        ([(87, 87)], (7569, 7738)),
        ([(30, 30), (30, 30), (20, 20), (20, 20)], (2600, 2600)),
        ([(50, 100)], (2500, 10000)),
        ([(40, 60)], (1600, 60 * 60 + 40 * 40)),
        ([(40, 60), (30, 50)], (2500, 60 * 60 + 40 * 40)),
        ([(70, 70), (50, 50)], (7400, 7400)),
    ],
)
def test_bounds_of_the_index(pairs: list[tuple[int, int]], bounds: tuple[int, int]) -> None:
    assert hhi_bounds(ranges(*pairs)) == bounds


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=3))
def test_bounds_hold_every_split(pairs: list[tuple[int, int]]) -> None:
    """Against all splits in steps of ten points, the rest as one customer."""
    given_ranges = ranges(*((10 * min(p), 10 * max(p)) for p in pairs))
    low, high = hhi_bounds(given_ranges)
    steps = [range(int(a), int(b) + 1, 10) for a, b in given_ranges]
    splits = [split for split in product(*steps) if sum(split) <= 100]
    if splits:
        sums = [sum(s * s for s in split) + (100 - sum(split)) ** 2 for split in splits]
        assert high == max(sums)
        assert low <= min(sum(s * s for s in split) for split in splits)


def test_many_ranges_keep_a_bound() -> None:
    many = ranges(*([(5, 10)] * 12))
    assert hhi_bounds(many) == (300, 1200 + 1600)


def share(percent: int, period: str = "2025") -> Share:
    value = Decimal(percent)
    return Share("Startup", "revenue", value, value, value, "disclosed", period=period)


def owner(label: str, firm: str, basis: str = "disclosed") -> Owner:
    claims = () if basis == "assumed" else (relation(firm, "subsidiaryOf", label),)
    return Owner(ref(label), claims, basis)  # type: ignore[arg-type]


def test_one_owner_makes_a_second_reading() -> None:
    held = {f"e:{x}": owner("Fund", x) for x in ("lab", "cloud")}
    apart, together = readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], held)
    assert (apart.rolled, apart.hhi, apart.top.entity.label, apart.rest) == (False, (4420, 4616), "lab", 14)
    assert (together.rolled, together.hhi, together.top.entity.label) == (True, (7396, 7592), "Fund")
    assert [member.label for member in together.top.members] == ["lab", "cloud"]
    assert len(together.top.control) == 2


def test_an_owner_without_evidence_makes_none() -> None:
    held = {f"e:{x}": owner("Fund", x, "assumed") for x in ("lab", "cloud")}
    assert [r.rolled for r in readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], held)] == [False]


def test_a_customer_that_owns_another() -> None:
    _, together = readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], {"e:lab": owner("cloud", "lab")})
    assert (together.top.entity.label, together.top.exact) == ("cloud", 86)


def test_periods_are_not_added() -> None:
    found = readings([(ref("lab"), share(62)), (ref("cloud"), share(87, "2024"))], {})
    assert [(r.period, r.hhi) for r in found] == [("2025", (3844, 3844 + 38 * 38)), ("2024", (7569, 7738))]


@given(st.lists(st.integers(1, 30), min_size=2, max_size=3))
def test_as_one_is_never_less_concentrated(percents: list[int]) -> None:
    firms = [(ref(f"Firm {i}"), share(percent)) for i, percent in enumerate(percents)]
    apart, together = readings(firms, {firm.id: owner("Fund", firm.label) for firm, _ in firms})
    assert together.hhi[0] >= apart.hhi[0]
    assert together.hhi[1] >= apart.hhi[1]
    assert together.rest == apart.rest
