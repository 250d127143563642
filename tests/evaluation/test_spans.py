"""The check that a quote stands where it is said to stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.evaluation.results import SpansResult
from api.evaluation.spans import check_store, holds
from graph.model import DocumentClaims
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import chips_article


@pytest.mark.parametrize(
    ("item", "stands"),
    [
        ({"start": 0, "end": 4, "quote": "Acme"}, True),
        ({"start": 1, "end": 5, "quote": "Acme"}, False),
        ({"start": 0, "end": 4, "quote": "acme"}, False),
        ({"start": 0, "end": 0, "quote": ""}, False),
        ({"start": -4, "end": 100, "quote": "Acme"}, False),
        ({"start": "0", "end": 4, "quote": "Acme"}, False),
        ({"quote": "Acme"}, False),
        (None, False),
    ],
)
def test_evidence_stands_or_not(item: Any, stands: bool) -> None:
    assert holds("Acme sells.", item) is stands
    assert not holds(None, item)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 30))
def test_every_slice_of_a_text_stands_and_one_that_starts_later_does_not(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    item = {"start": start, "end": start + len(quote), "quote": quote}
    assert holds(text, item) is bool(quote)
    assert not holds(text, item | {"start": start + 1})


def test_a_store_whose_evidence_stands_has_nothing_wrong() -> None:
    batch = chips_article()
    check = check_store(_store(batch))
    pieces = sum(len(claim.evidence) for claim in batch.claims)
    assert (check.documents, check.claims, check.pieces, check.wrong) == (1, len(batch.claims), pieces, ())


@pytest.mark.parametrize(("later", "longer"), [(1, 1), (0, 1), (1, 0), (10_000, 10_000), (0, 10_000)])
def test_a_wrong_span_in_a_store_is_found_and_makes_the_run_fail(
    later: int, longer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.oxigraph.require", lambda *_: None)  # a store of before writes were checked
    batch = chips_article()
    first = batch.claims[0]
    moved = replace(first.evidence[0], start=first.evidence[0].start + later, end=first.evidence[0].end + longer)
    broken = replace(batch, claims=(replace(first, evidence=(moved,)), *batch.claims[1:]))
    pieces = sum(len(claim.evidence) for claim in broken.claims)
    check = check_store(_store(broken))
    assert len(check.wrong) == 1
    assert check.wrong[0].startswith(f"{first.id}: ")
    assert check.wrong[0].endswith(f"{moved.start}–{moved.end}")
    result = SpansResult("spans", "samples", check.documents, check.claims, check.pieces, check.wrong)
    assert result.problems == (
        f"samples: evidence that does not stand in its text: 1 of {pieces}, such as {check.wrong[0]}",
    )


def _store(batch: DocumentClaims) -> OxigraphStore:
    store = OxigraphStore()
    store.put(batch)
    return store
