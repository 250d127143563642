"""Stores of every kind for the contract tests: embedded, on a server in memory, on Virtuoso."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.store import OxigraphStore, Store
from graph.store.remote import RemoteStore
from graph.store.remote.client import Client
from tests.graph import servers

Fresh = Callable[..., Any]
"""Makes an empty store, open for writing; takes `clock`. A server has room for one at a time."""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Virtuoso]:
    """One Virtuoso for all tests."""
    if servers.PROGRAM is None:
        pytest.skip(servers.MISSING)
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture(params=["embedded", "server", "virtuoso"])
def fresh(request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """Every test that takes this runs once for each kind of store."""
    made: list[Store] = []

    def make(**options: Any) -> Store:
        if request.param == "embedded":
            store: Store = OxigraphStore(**options)
        elif request.param == "server":
            fake = servers.Fake()
            store = RemoteStore(fake.endpoint, client=Client(fake.endpoint, transport=fake), **options)
        else:
            running = request.getfixturevalue("virtuoso")
            running.wipe()
            store = RemoteStore(running.endpoint, **options)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()
