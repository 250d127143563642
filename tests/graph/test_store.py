from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.errors import QueryError, StoreError, UnknownError
from graph.model import Claim, DocumentClaims
from graph.namespaces import iri
from graph.rdf import encode
from graph.store import ClaimFilter, Counts, OxigraphStore, Store, Term, open_store
from tests.graph import samples
from tests.graph.conftest import Fresh
from tests.graph.strategies import batches

CHIPS, MARGINS = samples.sample_batches()
SHARED_CLAIM = CHIPS.claims[0].id


@pytest.fixture
def store(fresh: Fresh) -> Store:
    made: Store = fresh()
    made.put(CHIPS)
    made.put(MARGINS)
    return made


def graph_of(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_counts_and_version(store: Store) -> None:
    assert store.counts() == Counts(documents=2, entities=10, claims=13)
    assert store.version() == 2


def test_documents_come_in_order_of_ingest_without_text(store: Store) -> None:
    assert [d.title for d in store.documents()] == [CHIPS.document.title, MARGINS.document.title]
    assert store.documents()[0] == replace(CHIPS.document, text="")


def test_a_document_comes_with_its_text(store: Store) -> None:
    assert store.document(CHIPS.document.id) == CHIPS.document


def test_claims_come_by_document_and_place(store: Store) -> None:
    found = list(store.claims())
    assert SHARED_CLAIM in {c.id for c in found[:2]}
    assert [c.evidence[0].document for c in found] == [CHIPS.document.id] * 7 + [MARGINS.document.id] * 6
    assert [c.evidence[0].start for c in found[:7]] == sorted(c.evidence[0].start for c in CHIPS.claims)
    assert {c.id for c in found} == {c.id for c in (*CHIPS.claims, *MARGINS.claims)}


def test_claims_are_matched_on_any_of_several(store: Store) -> None:
    def ids(**given: tuple[str, ...]) -> list[str]:
        return [claim.id for claim in store.matching(**given)]

    held = list(store.claims())

    def fitting(keep: Callable[[Claim], bool]) -> list[str]:
        return sorted(claim.id for claim in held if keep(claim))

    assert ids() == fitting(lambda claim: True)
    assert ids(predicates=("supplies", "uses")) == fitting(lambda claim: claim.predicate in ("supplies", "uses"))
    subjects = ("e:nvidia", "e:doubao", "e:nobody")
    assert ids(subjects=subjects) == fitting(lambda claim: claim.subject.id in subjects)
    both = fitting(lambda claim: "e:bytedance" in (claim.subject.id, getattr(claim.object, "id", "")))
    assert ids(either=("e:bytedance",)) == both
    assert ids(subjects=("e:nvidia",), predicates=("supplies",), objects=("e:bytedance",)) == [SHARED_CLAIM]
    assert ids(objects=("e:nobody",)) == []


def test_speakers_days_documents_and_entities_by_id(store: Store) -> None:
    said = {claim.attributed_to for claim in store.claims()} - {None}
    assert said
    assert store.speakers() == sorted(name for name in said if name)
    days = [document.published for document in store.documents() if document.published]
    assert store.last_day() == max(days)
    assert [document.id for document in store.documents(["d:none", MARGINS.document.id])] == [MARGINS.document.id]
    assert store.document_ids() == [document.id for document in store.documents()] != []
    (nvidia,) = store.each_entity(["e:nvidia", "e:nobody"])
    assert nvidia == store.entity("e:nvidia")


def test_what_is_touched_is_told_or_not_known(store: Store) -> None:
    version = store.version()
    store.counts()
    store.remove(MARGINS.document.id)
    touched = store.touched(version)
    if touched is not None:
        assert touched.documents == {MARGINS.document.id}
        assert touched.claims == {claim.id for claim in MARGINS.claims}


def test_the_same_claim_of_two_documents_is_one_with_both_passages(store: Store) -> None:
    claim = store.claim(SHARED_CLAIM)
    assert [e.document for e in claim.evidence] == [CHIPS.document.id, MARGINS.document.id]
    assert claim.confidence == Decimal("0.93")


@pytest.mark.parametrize("batch", [CHIPS, MARGINS], ids=lambda b: b.document.title)
def test_every_quote_is_in_its_document(store: Store, batch: DocumentClaims) -> None:
    for claim in store.claims(ClaimFilter(document=batch.document.id)):
        for place in claim.evidence:
            assert store.document(place.document).text[place.start : place.end] == place.quote


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (ClaimFilter(about="e:bytedance"), 4),
        (ClaimFilter(subject="e:bytedance"), 1),
        (ClaimFilter(object="e:bytedance"), 3),
        (ClaimFilter(predicate="grossMargin"), 2),
        (ClaimFilter(predicate="grossMargin", about="e:nvidia"), 1),
        (ClaimFilter(document=MARGINS.document.id), 7),
        (ClaimFilter(about="e:nvidia", document=MARGINS.document.id), 3),
        (ClaimFilter(as_of=date(2026, 2, 9)), 0),
        (ClaimFilter(as_of=date(2026, 2, 10)), 7),
        (ClaimFilter(as_of=date(2026, 3, 1)), 13),
        (ClaimFilter(min_confidence=0.93), 1),
        (ClaimFilter(about="e:nobody"), 0),
    ],
)
def test_filters(store: Store, where: ClaimFilter, count: int) -> None:
    assert len(list(store.claims(where))) == count


def test_as_of_leaves_later_passages_out(store: Store) -> None:
    (claim,) = store.claims(ClaimFilter(predicate="supplies", as_of=date(2026, 2, 10)))
    assert [e.document for e in claim.evidence] == [MARGINS.document.id]
    assert claim.confidence == Decimal("0.8")


def test_removing_a_document_takes_only_its_own_claims(store: Store) -> None:
    store.remove(CHIPS.document.id)
    assert {c.id for c in store.claims()} == {c.id for c in MARGINS.claims}
    assert [e.document for e in store.claim(SHARED_CLAIM).evidence] == [MARGINS.document.id]
    assert "e:huawei" not in {e.id for e in store.entities()}
    assert store.counts().documents == 1
    assert store.version() == 3


def test_put_and_remove_leave_no_trace(fresh: Fresh) -> None:
    store, untouched = fresh(), OxigraphStore()
    untouched.put(CHIPS)
    for batch in (MARGINS, CHIPS, CHIPS):
        store.put(batch)
    store.remove(MARGINS.document.id)
    assert graph_of(store) == graph_of(untouched)
    assert store.version() == 4


@settings(max_examples=40, deadline=None)
@given(batches(), batches())
def test_a_replaced_document_is_exactly_the_new_one(old: DocumentClaims, new: DocumentClaims) -> None:
    store = OxigraphStore()
    store.put(replace(old, document=replace(old.document, id=new.document.id), claims=()))
    store.put(new)
    assert graph_of(store) == {str(quad) for quad in encode(new)}


def test_entities_count_claims_and_carry_names(store: Store) -> None:
    first = store.entities()[0]
    assert (first.label, first.claims) == ("ByteDance", 4)
    assert first.aliases == ("字节跳动",)
    assert first.identifiers == (("wikidata", "Q55606242"),)
    assert store.entity("e:bytedance") == first


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("nvidia", ["Nvidia"]),
        ("NVIDIA corp", ["Nvidia"]),
        ("hua", ["Huawei", "Jensen Huang"]),
        ("dance", ["ByteDance"]),
        ("Jenson Huang", ["Jensen Huang"]),
        ("字节跳动", ["ByteDance"]),
        ("713418", ["TSMC"]),
        ("zzz", []),
    ],
)
def test_finding_entities(store: Store, query: str, labels: list[str]) -> None:
    assert [e.label for e in store.entities(query)] == labels


def test_exact_names_come_before_beginnings_and_parts(fresh: Fresh) -> None:
    store = fresh()
    said = [samples.relation(name, "supplies", "Zed") for name in ("AlphaChina", "China Mobile", "China")]
    store.put(samples.article("Three", ("They all supply Zed.", *said)))
    assert [e.label for e in store.entities("china")] == ["China", "China Mobile", "AlphaChina"]


def test_entities_by_type_and_limit(store: Store) -> None:
    assert [e.label for e in store.entities(type="Person")] == ["Jensen Huang"]
    assert len(store.entities(limit=2)) == 2


def test_select(store: Store) -> None:
    found = store.select("SELECT DISTINCT ?who WHERE { ?who tg:supplies entity:bytedance }")
    assert found.variables == ("who",)
    assert found.rows == ((Term("iri", "https://w3id.org/tollgraph/entity/nvidia"),),)


def test_select_gives_literals_with_datatype_and_unbound(store: Store) -> None:
    query = "SELECT ?low ?none { ?q tg:low ?low ; tg:unit 'USD' } LIMIT 1"
    ((low, none),) = store.select(query).rows
    assert low == Term("literal", "22000000000", "http://www.w3.org/2001/XMLSchema#decimal")
    assert none is None


@pytest.mark.parametrize(("query", "message"), [("SELECT ?x {", "malformed SPARQL"), ("ASK {}", "only SELECT")])
def test_select_refuses(store: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        store.select(query)


def test_unknown_ids(store: Store) -> None:
    with pytest.raises(UnknownError, match="no document d:none"):
        store.document("d:none")
    with pytest.raises(UnknownError, match="no document d:none"):
        store.remove("d:none")
    with pytest.raises(UnknownError, match="no claim c:none"):
        store.claim("c:none")
    with pytest.raises(UnknownError, match="is no claim id"):
        store.claim("e:nvidia")
    with pytest.raises(UnknownError, match="did you mean e:nvidia") as caught:
        store.entity("e:nvidea")
    assert caught.value.suggestions[0] == "e:nvidia"


def test_the_label_that_most_documents_use_wins_everywhere(fresh: Fresh) -> None:
    store = fresh()
    for number, label in enumerate(["Hynix", "hynix", "Hynix"]):
        store.put(samples.article(f"N{number}", ("It sells.", samples.relation(label, "supplies", f"B{number}"))))
    assert {c.subject.label for c in store.claims()} == {"Hynix"}
    assert store.entity("e:hynix").aliases == ("hynix",)


def test_rdflib_view_holds_typed_literals(store: Store) -> None:
    import rdflib

    view = store.as_rdflib()
    tg = rdflib.Namespace("https://w3id.org/tollgraph/ontology#")
    nvidia = rdflib.URIRef("https://w3id.org/tollgraph/entity/nvidia")
    assert view.value(nvidia, rdflib.RDFS.label) == rdflib.Literal("Nvidia")
    lows = {low.toPython() for low in view.objects(None, tg.low)}
    assert Decimal("160000000000") in lows
    (row,) = view.query("SELECT DISTINCT ?l { entity:nvidia rdfs:label ?l }")
    assert row.l == rdflib.Literal("Nvidia")
    assert (nvidia, rdflib.RDFS.label, rdflib.Literal("Nvidia")) in view
    built = view.query("CONSTRUCT { ?e rdfs:label ?l } { ?e rdfs:label ?l }").graph
    assert built.value(nvidia, rdflib.RDFS.label) == rdflib.Literal("Nvidia")
    with pytest.raises(StoreError, match="for reading"):
        view.add((nvidia, rdflib.RDFS.label, rdflib.Literal("x")))


def test_rdflib_view_states_a_triple_once_and_names_its_graphs(store: Store) -> None:
    import rdflib

    view = store.as_rdflib()
    assert len(list(view.triples((None, None, None)))) == len(view)
    nvidia, label = rdflib.URIRef("https://w3id.org/tollgraph/entity/nvidia"), rdflib.RDFS.label
    assert list(view.objects(nvidia, label)) == [rdflib.Literal("Nvidia")]
    assert len(list(view.quads((nvidia, label, None, None)))) == 2
    one = view.graph(rdflib.URIRef(iri(CHIPS.document.id)))
    assert len(list(one)) == len(encode(CHIPS))


def test_readers_beside_a_writer_see_whole_documents(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "g") as store, ThreadPoolExecutor(3) as pool:
        writing = pool.submit(lambda: [store.put(batch) for batch in samples.many_batches(100, per_document=5)])

        def reading() -> list[int]:
            seen = []
            while not writing.done():
                seen.append(len(list(store.claims())))
                store.entities()
                store.select("SELECT DISTINCT ?s { ?s a tg:Claim }")
            return seen

        readers = [pool.submit(reading) for _ in range(2)]
        writing.result()
        counts = [count for reader in readers for count in reader.result()]
        assert {count % 5 for count in counts} <= {0}
        assert store.counts().claims == 100


def test_it_all_outlives_the_process_on_disk(tmp_path: Path) -> None:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(CHIPS)
        store.put(MARGINS)
        store.remove(MARGINS.document.id)
    with open_store(tmp_path / "g") as store:
        assert store.version() == 3
        assert graph_of(store) == {str(quad) for quad in encode(CHIPS)}
        with pytest.raises(StoreError, match="opened for reading"):
            store.put(MARGINS)
