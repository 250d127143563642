"""What must hold of a what-if result whatever the network, the shares and the shock."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Claim, EntityRef
from qa.risk.envelope import Measure, Result
from qa.risk.simulate import simulate
from qa.risk.whatif.scenario import Scenario, Shock, Stops
from tests.graph.samples import relation
from tests.risk.facts import bounded_share, buys, store

FIRMS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
ITEMS = ["", "racks", "modules"]
Deal = tuple[str, str, str, int, int, int, int]
TINY = Decimal("0.001")


def deals() -> st.SearchStrategy[list[Deal]]:
    percent = st.integers(0, 100)
    row = st.tuples(
        st.sampled_from(FIRMS),
        st.sampled_from(FIRMS),
        st.sampled_from(ITEMS),
        st.integers(5, 10),
        percent,
        percent,
        percent,
    )
    return st.lists(row.filter(lambda r: r[0] != r[1]), min_size=1, max_size=9, unique_by=lambda r: r[:2])


def claims(rows: list[Deal]) -> list[Claim]:
    """A supply a row; every other one with bounds of its share of revenue, every third with a share of purchases."""
    made = []
    for n, (seller, buyer, item, sure, one, other, bought) in enumerate(rows):
        qualifiers = (("item", item),) if item else ()
        made.append(relation(seller, "supplies", buyer, qualifiers=qualifiers, confidence=Decimal(sure) / 10))
        if n % 2:
            made.append(bounded_share(seller, buyer, str(min(one, other)), str(max(one, other)), confidence=Decimal(1)))
        if n % 3 == 2:
            made.append(buys(buyer, seller, str(bought), confidence=Decimal(1)))
    return made


def measures(result: Result, column: str) -> dict[str, Measure]:
    table = result.table("losses")
    at = [c.key for c in table.columns].index(column)
    return {cast(EntityRef, row.cells[0]).label: cast(Measure, row.cells[at]) for row in table.rows}


shocks = st.builds(
    lambda name, size, stops: Shock("firm", name, size / 10, cast(Stops, stops)),
    st.sampled_from(FIRMS),
    st.integers(1, 10),
    st.sampled_from(["buying", "selling", "both"]),
)


@settings(deadline=None, max_examples=40)
@given(deals(), shocks, st.sampled_from(["linear", "leontief", "generalised"]), st.booleans(), st.booleans())
def test_the_bounds_contain_every_draw(
    rows: list[Deal], shock: Shock, mode: str, closed: bool, substitution: bool
) -> None:
    graph = store(*claims(rows), *(relation("Omega", "competesWith", firm) for firm in FIRMS))
    scenario = Scenario((shock,), mode=mode, closed=closed, substitution=substitution, draws=60)  # type: ignore[arg-type]
    result = simulate(graph, scenario)
    drawn, bounds, right = (measures(result, name) for name in ("draws", "loss", "if_right"))
    for firm, middle in drawn.items():
        ends = bounds[firm]
        numbers = (ends.low, middle.low, middle.value, middle.high, ends.high)
        assert all(a <= b + TINY for a, b in pairwise(numbers)), (firm, numbers)  # type: ignore[operator]
        assert ends.low <= right[firm].low + TINY  # type: ignore[operator]
        assert ends.low - TINY <= ends.value <= ends.high + TINY  # type: ignore[operator]
    assert all(
        float(result.measure.low) - 0.001 <= point.value <= float(result.measure.high) + 0.001  # type: ignore[arg-type, operator]
        for chart in result.charts
        if chart.kind == "distribution"
        for point in chart.points
    )


@settings(deadline=None, max_examples=30)
@given(deals(), shocks, st.booleans())
def test_a_larger_shock_never_helps(rows: list[Deal], shock: Shock, substitution: bool) -> None:
    graph = store(*claims(rows), *(relation("Omega", "competesWith", firm) for firm in FIRMS))
    smaller = Shock("firm", shock.name, shock.size / 2, shock.stops)
    small, large = (simulate(graph, Scenario((one,), substitution=substitution, draws=40)) for one in (smaller, shock))
    for column in ("loss", "downstream", "upstream", "draws", "if_right"):
        more = measures(large, column)
        for firm, less in measures(small, column).items():
            for end in ("value", "low", "high"):
                low, high = getattr(less, end), getattr(more[firm], end)
                assert low is None or low <= high + TINY, (column, firm, end)
    assert small.measure.value is None or small.measure.value <= large.measure.value + TINY  # type: ignore[operator]


@settings(deadline=None, max_examples=20)
@given(deals(), shocks, st.randoms())
def test_the_order_of_claims_and_shocks_changes_no_number(rows: list[Deal], shock: Shock, random: object) -> None:
    made = claims(rows)
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = Shock("firm", "Alpha", 0.3)
    rivals = [relation("Omega", "competesWith", firm) for firm in FIRMS]
    first = simulate(store(*made, *rivals), Scenario((shock, other), draws=30))
    second = simulate(store(*shuffled, *rivals), Scenario((other, shock), draws=30))
    for column in ("loss", "draws"):
        one, two = (
            {firm: json.dumps(m.to_json() | {"claims": []}) for firm, m in measures(result, column).items()}
            for result in (first, second)
        )
        assert one == two
    assert (first.measure.value, first.measure.low, first.measure.high) == (
        second.measure.value,
        second.measure.low,
        second.measure.high,
    )
