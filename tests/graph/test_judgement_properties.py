"""Whatever is judged, in whatever order: the graph is a function of the documents and the judgements in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import contract
from graph.errors import TollgraphError
from graph.judgements import Kind, Proposal
from graph.model import DocumentClaims
from graph.rdf import decode, encode
from graph.store import OxigraphStore
from tests.graph import samples

FIRMS = ("Ada", "Bea", "Cyd", "Dot")
START = datetime(2026, 3, 2, tzinfo=UTC)


def claims() -> st.SearchStrategy[Any]:
    pairs = st.permutations(FIRMS).map(lambda firms: firms[:2])
    relations = st.builds(
        lambda pair, predicate, modality: samples.relation(*pair[:1], predicate, pair[1], modality=modality),
        pairs,
        st.sampled_from(["supplies", "competesWith"]),
        st.sampled_from(["asserted", "possible"]),
    )
    amounts = st.builds(
        lambda firm, value: samples.metric(firm, "revenue", samples.exactly(str(value), "USD", text=f"${value}")),
        st.sampled_from(FIRMS),
        st.integers(1, 2),
    )
    return st.one_of(relations, amounts)


@st.composite
def articles(draw: st.DrawFn) -> list[DocumentClaims]:
    """Three small articles about the same four firms."""
    made = []
    for number in range(3):
        said = draw(st.lists(claims(), min_size=1, max_size=3))
        lines = [(f"Sentence {line} of {number}.", claim) for line, claim in enumerate(said)]
        made.append(
            samples.article(
                f"Article {number}", *lines, ingested=START + timedelta(minutes=number), outlet=f"Wire {number % 2}"
            )
        )
    return made


def propose(store: OxigraphStore, data: st.DataObject) -> None:
    """Judge something of what is shown; what cannot be judged so is left."""
    kind: Kind = data.draw(
        st.sampled_from(["accept", "reject", "edit", "merge", "split", "rename", "retype", "unreliable"])
    )
    shown = [claim.id for claim in store.claims()]
    named = [entity.id for entity in store.entities()]
    if not shown or not named:
        return
    claim, entity, other = (data.draw(st.sampled_from(held)) for held in (shown, named, named))
    fields = data.draw(st.sampled_from([{"scope": "x"}, {"modality": "reported"}, {"polarity": False}, "subject"]))
    values: dict[Kind, dict[str, Any]] = {
        "edit": {"subject": contract.entity_ref(store.entity(other).ref)} if isinstance(fields, str) else fields,
        "merge": {"into": other},
        "split": {
            "new": {"id": "e:eve", "label": "Eve", "type": "Company"},
            **data.draw(st.sampled_from([{"claims": [claim]}, {"documents": [store.documents()[0].id]}])),
        },
        "rename": {"label": data.draw(st.sampled_from(["Fay", "Gus"]))},
        "retype": {"type": "Chip"},
    }
    target = {"unreliable": "Wire 1"}.get(kind, claim if kind in ("accept", "reject", "edit") else entity)
    try:
        store.judge(Proposal(kind, target, "ann", "because", values.get(kind, {})))
    except TollgraphError:
        return


def graphs(store: OxigraphStore) -> set[str]:
    return {str(quad) for document in store.documents() for quad in store.quads(document.id)}


def everything(store: OxigraphStore) -> set[str]:
    """All quads but the numbers of writes and what became of judgements."""
    passing = ("/written>", "#written>", "#since>", "/judgement")
    return {text for quad in store._quads if not any(part in (text := str(quad)) for part in passing)}


def hourly() -> Any:
    hours = count(1)
    return lambda: START + timedelta(hours=next(hours))


@settings(max_examples=60, deadline=None)
@given(articles(), st.data())
def test_the_graph_is_a_function_of_documents_and_judgements(
    batches: list[DocumentClaims], data: st.DataObject
) -> None:
    store, left = OxigraphStore(clock=hourly()), dict[str, DocumentClaims]()
    known: list[tuple[datetime, set[str]]] = []
    for action in data.draw(
        st.lists(st.sampled_from(["put", "remove", "judge", "judge", "judge", "revoke"]), max_size=9)
    ):
        batch = data.draw(st.sampled_from(batches))
        if action == "put":
            store.put(batch)
            left[batch.document.id] = batch
        elif action == "remove" and batch.document.id in left:
            store.remove(batch.document.id)
            del left[batch.document.id]
        elif action == "judge":
            propose(store, data)
        elif action == "revoke" and (held := [j for j in store.judgements() if j.revoked is None]):
            store.revoke(data.draw(st.sampled_from(held)).id, by="bob", why="on reflection")
        if store._last is not None:
            known.append((store._last, graphs(store)))
        fresh = OxigraphStore()
        fresh.record(store.judgements())
        for batch in data.draw(st.permutations(list(left.values()))):
            fresh.put(batch)
        assert graphs(store) == graphs(fresh)
        for document in store.documents():
            quads = list(store.quads(document.id))
            assert set(encode(decode(quads))) == set(quads)
    for at, was in dict(known).items():
        assert graphs(store.at(known_at=at)) == was  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(articles(), st.data())
def test_revoking_all_leaves_no_trace(batches: list[DocumentClaims], data: st.DataObject) -> None:
    store, plain = OxigraphStore(clock=hourly()), OxigraphStore()
    for batch in batches:
        store.put(batch)
        plain.put(batch)
    for _ in range(data.draw(st.integers(0, 6))):
        propose(store, data)
    for judgement in data.draw(st.permutations(store.judgements())):
        store.revoke(judgement.id, by="bob", why="all of it")
    assert everything(store) == everything(plain)
