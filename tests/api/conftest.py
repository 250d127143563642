"""Graphs on disk for the tests of api/: the two invented articles, and the shipped briefings read by the pipeline."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.commands.demo import take_in
from graph.settings import Settings
from graph.store import open_store
from tests.graph.samples import sample_batches


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample articles; not to be written."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    with open_store(folder, write=True) as store:
        for batch in sample_batches():
            store.put(batch)
    return folder


@pytest.fixture(scope="session")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the briefings of ingest/samples as the pipeline reads them; not to be written."""
    folder = tmp_path_factory.mktemp("briefings") / "graph"
    with open_store(folder, write=True) as store:
        take_in(store, Settings(), shown=False)
    return folder


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph that a test may write."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))
