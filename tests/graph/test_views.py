from datetime import date
from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnknownError
from graph.store.oxigraph import OxigraphStore
from graph.views.cache import KEPT, per_version
from graph.views.network import connection, neighbourhood, network
from graph.views.paths import shortest_paths
from tests.graph.samples import article, relation, sample_batches
from tests.risk.facts import says, stored


@pytest.fixture
def store() -> OxigraphStore:
    return stored(*sample_batches())


def test_only_affirmed_relations_are_edges(store: OxigraphStore) -> None:
    graph = network(store)
    edges = sorted((a, data["predicate"], b) for a, b, data in graph.edges(data=True))
    assert edges == [
        ("e:doubao", "uses", "e:h20"),
        ("e:jensen-huang", "leads", "e:nvidia"),
        ("e:nvidia", "supplies", "e:bytedance"),
        ("e:tsmc", "manufactures", "e:seedchip"),
        ("e:平头哥", "competesWith", "e:bytedance"),
    ]
    (supplies,) = graph.get_edge_data("e:nvidia", "e:bytedance").values()
    assert len(supplies["claim"].evidence) == 2  # both articles say so: one claim, one edge
    assert graph.nodes["e:h20"] == {"label": "H20", "type": "Chip"}
    everything = network(store, affirmed=False)
    assert {"possible"} == {
        data["modality"] for _, _, data in everything.out_edges("e:huawei", data=True) if data["polarity"]
    }


def test_parallel_claims_are_parallel_edges() -> None:
    store = stored(
        says("One", relation("Nvidia", "supplies", "Cloud", qualifiers=(("item", "cards"),))),
        says(
            "Two",
            relation("Nvidia", "supplies", "Cloud", qualifiers=(("item", "switches"),), attributed_to="A broker"),
            relation("Cloud", "investsIn", "Nvidia", confidence=Decimal("0.7")),
            published=date(2025, 1, 1),
        ),
    )
    graph = network(store)
    assert graph.number_of_edges("e:nvidia", "e:cloud") == 2
    assert graph.number_of_edges("e:cloud", "e:nvidia") == 1
    claims = {claim.id for claim in store.claims()}
    assert {key for _, _, key in graph.edges(keys=True)} == claims
    (data,) = graph.get_edge_data("e:cloud", "e:nvidia").values()
    assert (data["predicate"], data["confidence"], data["published"]) == ("investsIn", Decimal("0.7"), date(2025, 1, 1))


def test_filters() -> None:
    store = stored(
        says("Old", relation("A", "supplies", "B"), published=date(2024, 1, 1)),
        says("New", relation("B", "supplies", "C"), relation("A", "competesWith", "C")),
    )
    assert set(network(store, as_of=date(2025, 1, 1)).nodes) == {"e:a", "e:b"}
    assert [data["predicate"] for *_, data in network(store, predicates=["competesWith"]).edges(data=True)] == [
        "competesWith"
    ]


def test_a_view_is_built_once_per_version(store: OxigraphStore) -> None:
    first = network(store)
    assert network(store) is first
    assert network(store, affirmed=False) is not first
    store.put(says("Later", relation("A", "supplies", "B")))
    assert "e:a" in network(store)
    with pytest.raises(Exception, match="Frozen graph"):
        first.add_node("e:x")


def test_the_cache_drops_what_was_not_used_lately(store: OxigraphStore) -> None:
    made = [per_version(store, number, lambda number=number: [number]) for number in range(KEPT + 1)]
    assert per_version(store, KEPT, list) is made[KEPT]
    assert per_version(store, 0, lambda: ["again"]) == ["again"]


def test_neighbourhood_counts_evidence() -> None:
    deal = relation("Nvidia", "supplies", "Cloud")
    store = stored(says("One", deal, relation("TSMC", "supplies", "Nvidia")), says("Two", deal))
    nodes, edges = neighbourhood(store, "e:cloud")
    assert [(n.entity.label, n.hops, n.evidence) for n in nodes] == [("Cloud", 0, 2), ("Nvidia", 1, 3)]
    assert [(e.source, e.predicate, e.target, e.evidence) for e in edges] == [("e:nvidia", "supplies", "e:cloud", 2)]
    assert edges[0].claims == (deal.id,)
    assert {n.entity.label for n in neighbourhood(store, "e:cloud", depth=2).nodes} == {"Cloud", "Nvidia", "TSMC"}


def test_neighbourhood_keeps_the_best_evidenced() -> None:
    twice = relation("Hub", "supplies", "Twice")
    store = stored(
        says("One", relation("Hub", "supplies", "Once"), twice, relation("Hub", "supplies", "Other")),
        says("Two", twice),
    )
    assert [n.entity.label for n in neighbourhood(store, "e:hub", limit=2).nodes] == ["Hub", "Twice"]


def test_neighbourhood_tells_hedged_edges_apart(store: OxigraphStore) -> None:
    edges = neighbourhood(store, "e:huawei", affirmed=False).edges
    assert {(e.predicate, e.affirmed) for e in edges} == {("supplies", False), ("manufactures", False)}


def test_an_entity_without_relations_stands_alone(store: OxigraphStore) -> None:
    nodes, edges = neighbourhood(store, "e:cambricon")
    assert [(n.entity.label, n.evidence) for n in nodes] == [("Cambricon", 0)]
    assert edges == ()


def test_unknown_entities_are_errors(store: OxigraphStore) -> None:
    with pytest.raises(UnknownError):
        neighbourhood(store, "e:nobody")
    with pytest.raises(UnknownError):
        connection(store, "e:nvidia", "e:nobody")


def test_connection_keeps_directions() -> None:
    store = stored(says("One", relation("Nvidia", "supplies", "Cloud"), relation("Startup", "supplies", "Cloud")))
    (path,) = connection(store, "e:nvidia", "e:startup")
    assert [(s.source.label, s.target.label, s.forward) for s in path] == [
        ("Nvidia", "Cloud", True),
        ("Cloud", "Startup", False),
    ]
    assert [c.predicate for s in path for c in s.claims] == ["supplies", "supplies"]


def test_connection_prefers_short_then_well_evidenced() -> None:
    good = (relation("A", "supplies", "Mid"), relation("Mid", "supplies", "B"))
    other = (relation("A", "supplies", "Side"), relation("Side", "supplies", "B"))
    long = (relation("A", "supplies", "X"), relation("X", "supplies", "Y"), relation("Y", "supplies", "B"))
    store = stored(says("One", *good, *other, *long), says("Two", *good))
    paths = connection(store, "e:a", "e:b")
    assert [[s.target.label for s in path] for path in paths] == [["Mid", "B"], ["Side", "B"]]
    assert connection(store, "e:a", "e:b", max_hops=1) == []
    assert connection(store, "e:a", "e:a") == []


def test_entities_apart_have_no_connection() -> None:
    store = stored(says("One", relation("A", "supplies", "B"), relation("C", "supplies", "D")))
    assert connection(store, "e:a", "e:d") == []


links = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")).filter(lambda p: p[0] != p[1]), min_size=1
)


@settings(deadline=None, max_examples=40)
@given(links)
def test_any_path_is_a_chain_of_claims(pairs: list[tuple[str, str]]) -> None:
    store = stored(article("Links", *((f"{a} to {b}.", relation(a, "supplies", b)) for a, b in pairs)))
    start, goal = (f"e:{name.lower()}" for name in (pairs[0][0], pairs[-1][1]))
    for path in connection(store, start, goal, max_hops=6):
        assert (path[0].source.id, path[-1].target.id) == (start, goal)
        for step in path:
            ends = (step.source.id, step.target.id) if step.forward else (step.target.id, step.source.id)
            assert all((c.subject.id, c.object.id) == ends for c in step.claims)  # type: ignore[union-attr]
    hops = {n.entity.id: n.hops for n in neighbourhood(store, start, depth=6).nodes}
    if goal != start and goal in hops:
        assert len(connection(store, start, goal, max_hops=6)[0]) == hops[goal]


@settings(deadline=None, max_examples=40)
@given(links, st.integers(1, 4))
def test_paths_are_all_the_shortest_ones(pairs: list[tuple[str, str]], most: int) -> None:
    graph = nx.MultiDiGraph(pairs)
    start, goal = pairs[0][0], pairs[-1][1]
    if start == goal:
        return
    found = list(shortest_paths(graph, start, goal, most))
    try:
        expected = sorted(nx.all_shortest_paths(graph.to_undirected(as_view=True), start, goal))
    except nx.NetworkXNoPath:
        expected = []
    assert sorted(found) == [path for path in expected if len(path) <= most + 1]
    assert found == list(shortest_paths(graph, start, goal, most))
