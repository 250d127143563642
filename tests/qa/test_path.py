from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Claim, EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.answer import Answer
from qa.engine import Engine
from qa.facts import Facts, View
from qa.lexicon import lexicon
from qa.query import Node, Query
from qa.run_path import run_path
from tests.graph import samples

NAMES = [f"Firm {letter}" for letter in "ABCDEFGH"]
TOLD = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(["asserted", "reported", "projected"]),
    st.booleans(),
)


def joined(*told: tuple[str, str, str, bool]) -> OxigraphStore:
    """A graph in which each first one supplies (or does not supply) the second, by so sure a sentence."""
    store = OxigraphStore()
    for number, (a, b, modality, polarity) in enumerate(told):
        claim = samples.relation(a, "supplies", b, modality=modality, polarity=polarity)
        store.put(samples.article(f"Article {number}", (f"{a} and {b} are in talks, number {number}.", claim)))
    return store


def length(answer: Answer) -> int | None:
    """How many steps the chain has, None without one; each has a claim (and may have those that oppose it)."""
    if answer.status == "unknown":
        return None
    steps = sum(isinstance(value, EntityRef) for value in answer.values) - 1
    assert len(answer.claims) >= steps
    return steps


@settings(max_examples=60, deadline=None)
@given(st.lists(TOLD, max_size=14))
def test_a_chain_is_as_short_as_can_be(told: list[tuple[str, str, str, bool]]) -> None:
    store = joined(*told)
    sure, hedged = nx.Graph(), nx.Graph()
    for claim in store.claims():
        assert isinstance(claim.object, EntityRef)
        if claim.polarity and claim.subject != claim.object:
            hedged.add_edge(claim.subject.label, claim.object.label)
            if claim.affirmed:
                sure.add_edge(claim.subject.label, claim.object.label)
    answer = Engine(store).ask("How is Firm A connected to Firm H?")
    wanted = next((n for g in (sure, hedged) if (n := steps(g)) is not None), None)
    assert length(answer) == wanted


def steps(graph: nx.Graph[str]) -> int | None:
    """How far apart the two are, None if farther than a chain may be."""
    if not {"Firm A", "Firm H"} <= set(graph) or not nx.has_path(graph, "Firm A", "Firm H"):
        return None
    found = int(nx.shortest_path_length(graph, "Firm A", "Firm H"))
    return found if found <= 4 else None


def test_a_firm_is_not_connected_to_itself() -> None:
    store = joined(("Firm A", "Firm A", "asserted", True), ("Firm A", "Firm B", "asserted", True))
    answer = Engine(store).ask("How is Firm A connected to Firm A?")
    assert answer.status == "unknown"


def test_the_query_shown_gives_the_claims_of_the_chain() -> None:
    store = joined(*((a, b, "asserted", True) for a, b in pairwise(NAMES[:4])))
    answer = Engine(store).ask("How is Firm A connected to Firm D?")
    shown = {row[0].value for query in answer.sparql.split("\n\n") for row in store.select(query).rows if row[0]}
    assert len(answer.claims) == 3
    assert {claim.rpartition(":")[2] for claim in answer.claims} <= {iri.rpartition("/")[2] for iri in shown}


def test_a_chain_through_a_hub_reads_only_the_claims_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    spread = [("Firm A", f"Spoke {n}", "asserted", True) for n in range(40)]
    store = joined(*spread, ("Firm A", "Firm H", "asserted", True))
    read: list[Claim] = []
    matching = OxigraphStore.matching

    def noted(self: OxigraphStore, **given: Any) -> list[Claim]:
        found = matching(self, **given)
        read.extend(found)
        return found

    monkeypatch.setattr(OxigraphStore, "matching", noted)
    ends = tuple(Node(ids=(samples.ref(name).id,), label=name) for name in ("Spoke 3", "Firm H"))
    outcome = run_path(View(Facts(store), lexicon()), Query("path", options=ends))
    assert outcome.lead == "Spoke 3 – Firm A – Firm H"
    assert len({claim.id for claim in read}) == 2
