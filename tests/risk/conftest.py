"""The shipped briefings with their gold claims as a store: no text is parsed for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.evaluation.bench import Bench
from api.evaluation.places import sample_place
from graph.settings import Settings
from graph.store.oxigraph import OxigraphStore


@pytest.fixture(scope="session")
def gold() -> OxigraphStore:
    """Not to be written."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    bench = Bench(sample_place(), settings=Settings(), now=now, progress=lambda _: None)
    store = OxigraphStore()
    for batch in bench.from_gold.values():
        store.put(batch)
    return store
