"""The network after writes: what is brought up by what they touched is what would be built anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import TollgraphError
from graph.model import Claim
from graph.store import ClaimFilter, OxigraphStore
from graph.store.touched import Log, Touched
from graph.views.edges import Edges
from graph.views.network import network
from tests.graph import samples
from tests.graph.test_index import WRITES, write

VIEWS = [(True, None), (False, None), (True, frozenset({"uses"}))]
"""Affirmed or all, and which predicates."""


def drawn(graph: nx.MultiDiGraph[str]) -> tuple[Any, Any, Any]:
    """Nodes, and edges between each two in their order, from either end."""
    ahead = {(a, b): list(edges.items()) for a, near in graph.succ.items() for b, edges in near.items()}
    back = {(a, b): list(edges.items()) for b, near in graph.pred.items() for a, edges in near.items()}
    return dict(graph.nodes(data=True)), ahead, back


def views(store: OxigraphStore) -> list[Any]:
    return [drawn(network(store, affirmed=affirmed, predicates=of)) for affirmed, of in VIEWS]


def anew(store: OxigraphStore) -> list[Any]:
    return [drawn(Edges(store, affirmed=affirmed, predicates=of).build().graph) for affirmed, of in VIEWS]


@settings(max_examples=80, deadline=None)
@given(st.lists(WRITES, max_size=14))
def test_after_any_writes_it_is_as_if_built_anew(steps: list[Any]) -> None:
    store = OxigraphStore()
    for step in steps:
        try:
            write(store, step)
        except TollgraphError:
            continue
        if step[0] != "look":
            assert views(store) == anew(store)


def test_one_more_document_reads_only_the_claims_between_its_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    for batch in samples.many_batches(400):
        store.put(batch)
    network(store)
    asked: list[ClaimFilter | None] = []
    claims = OxigraphStore.claims

    def counting(self: OxigraphStore, where: ClaimFilter | None = None) -> Any:
        asked.append(where)
        return claims(self, where)

    monkeypatch.setattr(OxigraphStore, "claims", counting)
    sold = samples.relation("Firm 1", "supplies", "Firm 2")
    store.put(samples.article("Later", ("Firm 1 ships to Firm 2.", sold)))
    graph = network(store)
    assert sold.id in graph.get_edge_data("e:firm-1", "e:firm-2")
    assert asked == [ClaimFilter(subject="e:firm-1", object="e:firm-2")]


def test_a_network_that_was_handed_out_stays_as_it_was() -> None:
    store = OxigraphStore()
    store.put(samples.article("One", ("It sells.", samples.relation("Arbor", "supplies", "Birk"))))
    before = network(store)
    kept = drawn(before)
    store.put(samples.article("Two", ("It buys.", samples.relation("Birk", "supplies", "Arbor"))))
    assert network(store).number_of_edges() == 2
    assert drawn(before) == kept
    assert nx.is_frozen(network(store))


def test_the_days_of_documents_that_state_a_claim_are_those_of_now() -> None:
    store = OxigraphStore()
    sold = samples.relation("Arbor", "supplies", "Birk")

    def published() -> Any:
        return network(store).get_edge_data("e:arbor", "e:birk")[sold.id]["published"]

    store.put(samples.article("One", ("It sells.", sold), published=date(2026, 3, 1)))
    assert published() == date(2026, 3, 1)
    store.put(samples.article("Two", ("It sells.", sold), published=date(2026, 1, 1)))
    assert published() == date(2026, 1, 1)
    store.remove(store.documents()[1].id)
    assert published() == date(2026, 3, 1)


def test_a_log_tells_what_it_remembers() -> None:
    log = Log()
    log.add(3, Touched(everything=True))
    log.add(5, Touched(documents={"d:a"}, claims={"c:a"}))
    log.add(6, Touched(documents={"d:b"}, claims={"c:b"}, entities={"e:b"}))
    assert log.since(2).everything
    assert log.since(3) == Touched({"d:a", "d:b"}, {"c:a", "c:b"}, {"e:b"})
    assert log.since(5) == Touched({"d:b"}, {"c:b"}, {"e:b"})
    assert log.since(6) == log.since(7) == Touched()


def test_a_log_forgets_what_is_too_much() -> None:
    log = Log()
    log.add(0, Touched(everything=True))
    log.add(1, Touched(claims={f"c:{n}" for n in range(30_000)}))
    log.add(2, Touched(claims={f"c:{n}" for n in range(30_000)}))
    assert log.since(0).everything
    assert len(log.since(1).claims) == 30_000
    log.add(3, Touched(claims={f"c:{n}" for n in range(60_000)}))
    assert log.since(2).everything
    assert log.since(3) == Touched()


def test_a_look_at_the_past_is_built_anew() -> None:
    store = OxigraphStore()
    store.put(samples.article("One", ("It sells.", samples.relation("Arbor", "supplies", "Birk"))))
    then = date(9999, 1, 1)
    assert network(store, as_of=then).number_of_edges() == 1
    assert store.at(as_of=then).touched(0) is None
    store.put(samples.article("Two", ("It buys.", samples.relation("Birk", "supplies", "Arbor"))))
    assert network(store, as_of=then).number_of_edges() == 2


def test_touched_names_documents_claims_and_entities() -> None:
    store = OxigraphStore()
    sold: Claim = samples.relation("Arbor", "supplies", "Birk")
    store.put(samples.article("One", ("It sells.", sold)))
    assert store.touched(0) is None
    version = store.version()
    assert store.touched(version) == Touched()
    store.put(samples.article("Two", ("It buys.", other := samples.relation("Birk", "uses", "Cedar"))))
    found = store.touched(version)
    assert found is not None
    assert found.claims == {other.id}
    assert found.entities == {"e:birk", "e:cedar"}
    assert found.renamed == {"e:cedar"}
    assert found.documents == {store.documents()[1].id}
