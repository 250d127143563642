"""What must hold of any network of disclosed shares."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store.oxigraph import OxigraphStore
from graph.views.sparse import share_matrix
from qa.risk.dependents import dependents
from qa.risk.exposure import exposure
from qa.risk.report import Report
from qa.risk.tiers import tier
from tests.graph.samples import relation
from tests.risk.facts import buys, store

FIRMS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
Rows = list[tuple[str, str, int]]


def pairs(percent: st.SearchStrategy[int]) -> st.SearchStrategy[Rows]:
    row = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), percent).filter(lambda r: r[0] != r[1])
    return st.lists(row, min_size=1, max_size=12, unique_by=lambda r: r[:2])


def forward(rows: Rows) -> Rows:
    """Only rows from a name to a later one: no cycle."""
    return [row for row in rows if FIRMS.index(row[0]) < FIRMS.index(row[1])]


def network(rows: Rows) -> OxigraphStore:
    deals = [relation(seller, "supplies", buyer) for buyer, seller, _ in rows]
    return store(*deals, *(buys(*row[:2], str(row[2])) for row in rows), relation("Alpha", "competesWith", "Epsilon"))


def totals(report: Report) -> dict[str, Decimal]:
    return {p.entity.label: p.total.value or Decimal(0) for p in report.suppliers}


@settings(deadline=None, max_examples=40)
@given(pairs(st.integers(1, 40)).map(forward).filter(bool))
def test_tiers_are_powers_of_the_share_matrix(rows: Rows) -> None:
    matrix = share_matrix([(a, b, share / 100) for a, b, share in rows] + [("Alpha", "Epsilon", 0.0)])
    report = exposure(network(rows), "e:alpha", impute="no")
    start = matrix.index("Alpha")
    assert start is not None
    for party in report.suppliers:
        place = matrix.index(party.entity.label)
        assert place is not None
        assert float(party.share.value or 0) == pytest.approx(
            tier(matrix.matrix, start, party.tier)[place] * 100, abs=1e-5
        )


@settings(deadline=None, max_examples=40)
@given(pairs(st.integers(1, 100)), st.integers(1, 6))
def test_no_share_above_a_hundred_without_a_note_and_bounds_hold(rows: Rows, tiers: int) -> None:
    report = exposure(network(rows), "e:alpha", tiers=tiers)
    for party in report.suppliers:
        assert 1 <= party.tier <= tiers
        for share in (party.share, party.total):
            if share.low is not None and share.high is not None:
                assert share.low <= share.high
                assert share.low <= 100 or share.note
            if share.value is not None and share.basis != "imputed":
                assert share.low == share.high == share.value or share.high == 100 <= share.value


@settings(deadline=None, max_examples=40)
@given(pairs(st.integers(1, 50)))
def test_more_tiers_never_take_away(rows: Rows) -> None:
    graph = network(rows)
    fewer, more = totals(exposure(graph, "e:alpha", tiers=2)), totals(exposure(graph, "e:alpha", tiers=4))
    assert fewer.keys() <= more.keys()
    assert all(more[label] >= share for label, share in fewer.items())


@settings(deadline=None, max_examples=40)
@given(pairs(st.integers(1, 50)).map(forward).filter(bool))
def test_halving_every_share_halves_tier_one_and_quarters_tier_two(rows: Rows) -> None:
    whole = exposure(network([(a, b, 2 * share) for a, b, share in rows]), "e:alpha")
    half = exposure(network(rows), "e:alpha")
    for one, other in zip(whole.suppliers, half.suppliers, strict=True):
        assert one.entity == other.entity
        assert one.share.value is not None
        assert other.share.value is not None
        assert one.share.value == pytest.approx(other.share.value * 2**one.tier, abs=Decimal("0.00002"))


@settings(deadline=None, max_examples=40)
@given(pairs(st.integers(1, 50)))
def test_dependents_are_exposure_read_backwards(rows: Rows) -> None:
    graph = network(rows)
    for party in dependents(graph, "e:epsilon").suppliers:
        there = exposure(graph, party.entity.id, to="e:epsilon")
        assert there.suppliers[0].tier == party.tier
        assert there.suppliers[0].share.low == party.share.low
