import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.risk.circles import circles, edges


def ahead(*pairs: str) -> dict[str, set[str]]:
    """“ab” is an edge from a to b."""
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
    return found


def pairs(*names: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in names]


def test_the_shortest_way_round() -> None:
    found = circles(ahead("ab", "ba", "bc"), pairs("ab"), pairs("ba"))
    assert (found.found, found.complete) == ((("a", "b"),), 5)


def test_both_kinds_of_edge_are_needed_and_not_the_same_one() -> None:
    assert circles(ahead("ab", "ba"), pairs("ab"), pairs("ab")).found == ()
    assert circles(ahead("ab", "ba"), pairs("ab"), pairs("ab", "ba")).found == (("a", "b"),)
    assert circles(ahead("ab", "ba"), [], pairs("ab", "ba")).found == ()


@pytest.mark.parametrize(("longest", "count"), [(2, 0), (4, 0), (5, 1)])
def test_the_length_is_bounded(longest: int, count: int) -> None:
    ring = ahead("ab", "bc", "cd", "de", "ea")
    assert len(circles(ring, pairs("ab"), pairs("cd"), longest=longest).found) == count


def test_it_says_where_it_stopped() -> None:
    names = "abcdefgh"
    full = {a: {b for b in names if b != a} for a in names}
    every = [(a, b) for a in names for b in names if a != b]
    cut = circles(full, every, every, most=30)
    assert (len(cut.found), cut.complete, {len(c) for c in cut.found[:28]}) == (30, 2, {2})
    spent = circles(full, every, every, steps=500)
    assert spent.complete == 1
    assert circles(full, every, every, longest=3, most=10_000).complete == 3


nodes = st.sampled_from("abcdef")
sets = st.sets(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]), max_size=16)


@settings(max_examples=150, deadline=None)
@given(sets, st.data())
def test_the_same_as_trying_all(found: set[tuple[str, str]], data: st.DataObject) -> None:
    ordered = sorted(found)
    first = {edge for edge in ordered if data.draw(st.booleans())}
    second = {edge for edge in ordered if data.draw(st.booleans())}
    graph = nx.DiGraph(ordered)
    wanted = set()
    for circle in nx.simple_cycles(graph, length_bound=5):
        around = list(edges(tuple(circle)))
        if any(a != b for a in around if a in first for b in around if b in second):
            at = circle.index(min(circle))
            wanted.add((*circle[at:], *circle[:at]))
    result = circles(ahead(*(a + b for a, b in ordered)), first, second).found
    assert len(result) == len(set(result))
    assert set(result) == wanted
    assert [len(circle) for circle in result] == sorted(map(len, result))
