"""Replacing, removing and forgetting documents, and looking at the graph as it was known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import StoreError, UnknownError
from graph.model import DocumentClaims
from graph.rdf import decode
from graph.store import ClaimFilter, Counts, OxigraphStore, Store, open_store
from graph.store.history import journal, newest
from tests.graph import samples
from tests.graph.conftest import Fresh
from tests.graph.strategies import batches

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def ticking(*instants: datetime) -> Callable[[], datetime]:
    left = list(instants)
    return lambda: left.pop(0)


def report(number: int, *, taken: int, firm: str = "Zed", published: date | None = date(2026, 3, 1)) -> DocumentClaims:
    """Document `number`, taken in on a day after START, about a firm."""
    said = samples.relation(firm, "supplies", f"Buyer {number}")
    return samples.article(
        f"Report {number}",
        (f"{firm} ships to Buyer {number}.", said),
        ingested=START + taken * DAY,
        published=published,
    )


def graph_of(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def subjects(store: Store, **clocks: object) -> list[str]:
    return [claim.subject.label for claim in store.claims(ClaimFilter(**clocks))]  # type: ignore[arg-type]


@pytest.fixture
def store(fresh: Fresh) -> Store:
    """Zed's report on day 0, replaced by Yam's on day 2; another on day 1, removed on day 3."""
    made: Store = fresh(clock=ticking(START + 3 * DAY))
    made.put(report(1, taken=0))
    made.put(report(2, taken=1, firm="Xor"))
    made.put(report(1, taken=2, firm="Yam"))
    made.remove(report(2, taken=1).document.id)
    return made


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (-0.1, []),
        (0, ["Zed"]),
        (0.9, ["Zed"]),
        (1, ["Zed", "Xor"]),
        (2, ["Xor", "Yam"]),
        (2.9, ["Xor", "Yam"]),
        (3, ["Yam"]),
        (99, ["Yam"]),
    ],
)
def test_claims_are_those_the_store_knew_then(store: Store, day: float, expected: list[str]) -> None:
    assert subjects(store, known_at=START + day * DAY) == expected


def test_a_look_at_the_past_answers_like_a_store(store: Store) -> None:
    then, first, second = store.at(known_at=START + DAY), report(1, taken=0), report(2, taken=1, firm="Xor")
    assert then.counts() == Counts(documents=2, entities=4, claims=2)
    assert [document.id for document in then.documents()] == [first.document.id, second.document.id]
    assert then.document(first.document.id) == first.document
    assert decode(then.quads(first.document.id)) == replace(first, claims=decode(then.quads(first.document.id)).claims)
    assert {e.label for e in then.entities()} == {"Zed", "Xor", "Buyer 1", "Buyer 2"}
    assert then.entity("e:zed").claims == 1
    assert then.claim(first.claims[0].id) == first.claims[0]
    assert then.version() == store.version()
    assert len(then.select("SELECT DISTINCT ?c { ?c a tg:Claim }").rows) == 2
    assert len(list(then.as_rdflib().query("SELECT DISTINCT ?c { ?c a tg:Claim }"))) == 2
    with then.snapshot() as folder:
        assert (folder / "CURRENT").exists()
    with pytest.raises(UnknownError, match="no entity e:yam"):
        then.entity("e:yam")
    with pytest.raises(UnknownError, match="no document"):
        store.at(known_at=START - DAY).quads(first.document.id)
    for change in (lambda: then.put(first), lambda: then.remove(first.document.id)):
        with pytest.raises(StoreError, match="for reading"):
            change()
    then.close()


def test_a_look_at_the_past_moves_with_the_store(store: Store) -> None:
    then = store.at(known_at=START + 9 * DAY)
    assert then.counts().claims == 1
    store.put(report(3, taken=8))
    assert then.counts().claims == 2
    assert store.at(known_at=START + 9 * DAY) is then
    assert store.at() is store


def test_both_clocks_narrow_together(store: Store) -> None:
    store.put(report(4, taken=4, firm="Late", published=date(2026, 3, 9)))
    store.put(report(5, taken=5, firm="Undated", published=None))
    assert subjects(store, as_of=date(2026, 3, 1)) == ["Yam"]
    assert subjects(store, as_of=date(2026, 3, 7)) == ["Yam", "Undated"]
    assert subjects(store, as_of=date(2026, 3, 9)) == ["Yam", "Late", "Undated"]
    assert subjects(store, as_of=date(2026, 3, 9), known_at=START + 4 * DAY) == ["Yam", "Late"]
    assert subjects(store, as_of=date(2026, 2, 28), known_at=START + DAY) == []
    view = store.at(as_of=date(2026, 3, 1)).at(as_of=date(2026, 3, 9), known_at=START + DAY)
    assert [claim.subject.label for claim in view.claims()] == ["Zed", "Xor"]


def test_an_instant_without_a_zone_is_in_utc(store: Store) -> None:
    assert subjects(store, known_at=datetime(2026, 3, 2, 9, 30)) == ["Zed"]
    assert subjects(store, known_at=datetime(2026, 3, 2, 9, 29)) == []


def test_the_former_batch_comes_back_from_the_journal(fresh: Fresh) -> None:
    store = fresh()
    for batch in samples.sample_batches():
        store.put(batch)
        known = decode(store.quads(batch.document.id))
        store.remove(batch.document.id)
        past = journal(store._quads)[-1]
        assert (past.action, past.written, past.version.began) == ("removed", store.version(), store.version() - 1)
        assert decode(past.quads()) == known


def test_a_clock_that_goes_back_breaks_no_order(fresh: Fresh) -> None:
    store = fresh(clock=ticking(START - 9 * DAY, START - 8 * DAY))
    store.put(report(1, taken=5, firm="First"))
    store.put(report(2, taken=1, firm="Second"))
    store.remove(report(1, taken=5).document.id)
    store.put(replace(report(3, taken=0), document=replace(report(3, taken=0).document, ingested=None)))
    assert subjects(store, known_at=START + 4 * DAY) == []
    assert subjects(store, known_at=START + 5 * DAY) == ["Second", "Zed"]
    assert store.document(report(2, taken=1).document.id).ingested == START + DAY


def test_the_clock_goes_on_after_opening_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(report(1, taken=5))
    with open_store(tmp_path / "g", write=True) as store:
        store.put(report(2, taken=1))
        assert subjects(store, known_at=START + 4 * DAY) == []
        assert len(subjects(store, known_at=START + 5 * DAY)) == 2


def test_forgetting_erases_the_past_of_one_document(store: Any) -> None:
    first, second = report(1, taken=0).document.id, report(2, taken=1).document.id
    store._clock = ticking(START + 4 * DAY, START + 5 * DAY)
    store.remove(first, forget=True)
    assert subjects(store, known_at=START + 2 * DAY) == ["Xor"]
    store.remove(second, forget=True)
    assert subjects(store, known_at=START + 2 * DAY) == []
    assert journal(store._quads) == []
    assert store.version() == 6
    left = store._quads.quads_for_pattern(None, None, None)
    assert {str(quad.subject) for quad in left} == {"<https://w3id.org/tollgraph/store>"}
    with pytest.raises(UnknownError, match="no document"):
        store.remove(second, forget=True)


def test_bookkeeping_stays_out_of_exports_and_counts(store: Store) -> None:
    assert {str(quad.graph_name) for quad in store.quads()} == {
        f"<https://w3id.org/tollgraph/document/{report(1, taken=0).document.id[2:]}>"
    }
    assert store.counts() == Counts(documents=1, entities=2, claims=1)
    for what in ("?x a ?type", "GRAPH ?g { ?x ?p ?o }", "?x rdfs:label ?label", "?x prov:wasDerivedFrom ?place"):
        if "?g" in what and not isinstance(store, OxigraphStore):
            continue  # the books of a server are a graph like others
        for row in store.select(f"SELECT DISTINCT ?x {{ {what} }}").rows:
            assert row[0] is not None
            assert "/store" not in row[0].value


def test_retracting_is_as_if_the_document_had_never_been(fresh: Fresh) -> None:
    first, second, third = report(1, taken=0), report(2, taken=1), report(3, taken=2)
    one, other = fresh(), OxigraphStore()
    for batch in (first, second, third):
        one.put(batch)
    one.remove(second.document.id)
    for batch in (first, third):
        other.put(batch)
    assert graph_of(one) == graph_of(other)
    one.put(report(3, taken=9, firm="Changed"))
    other.remove(third.document.id)
    other.put(report(3, taken=9, firm="Changed"))
    assert graph_of(one) == graph_of(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(batches(), min_size=1, max_size=4, unique_by=lambda b: b.document.id), st.data())
def test_any_sequence_of_writes_equals_a_fresh_store_of_what_is_left(
    given_batches: list[DocumentClaims], data: st.DataObject
) -> None:
    store, left = OxigraphStore(), dict[str, DocumentClaims]()
    known: list[tuple[datetime, dict[str, DocumentClaims]]] = []
    writes = st.tuples(st.sampled_from(given_batches), st.sampled_from(["put", "change", "remove", "forget"]))
    for batch, action in data.draw(st.lists(writes, max_size=8)):
        name = batch.document.id
        if action in ("remove", "forget"):
            if name not in left:
                continue
            del left[name]
            store.remove(name, forget=action == "forget")
            known = [(at, {n: b for n, b in was.items() if action == "remove" or n != name}) for at, was in known]
        else:
            left[name] = batch if action == "put" else replace(batch, claims=batch.claims[:1])
            store.put(left[name])
        assert store._last is not None
        known.append((store._last, dict(left)))
    fresh = OxigraphStore()
    for batch in left.values():
        fresh.put(batch)
    assert graph_of(store) == graph_of(fresh)
    for at, was in dict(known).items():
        fresh = OxigraphStore()
        for batch in was.values():
            fresh.put(batch)
        assert {str(quad) for quad in store.at(known_at=at).quads()} == graph_of(fresh)


@pytest.mark.parametrize("noted", [0, 1, 2, 4, 9])
def test_the_last_write_is_found_from_whatever_the_ledger_noted(noted: int) -> None:
    """Also where a process ended between database and ledger (2), or the database lost what was noted (9)."""
    made = OxigraphStore()
    made.put(report(1, taken=0))
    made.put(report(2, taken=1))
    made.put(report(1, taken=2, firm="Yam"))
    made.remove(report(2, taken=1).document.id)
    assert made.version() == newest(made._quads, noted) == 4
