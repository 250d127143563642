"""What is derived from the vocabulary: ontology and shapes (the JSON-LD context is in test_export)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import rdflib
from hypothesis import given, settings
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef
from rdflib.collection import Collection

from graph.errors import SettingsError, UnknownError
from graph.model import DocumentClaims
from graph.namespaces import PREFIXES, TG, term
from graph.ontology import ontology, turtle
from graph.rdf import encode
from graph.shapes import Finding, check, shapes, validate
from graph.store import OxigraphStore
from graph.vocabulary import records, vocabulary
from tests.graph import samples
from tests.graph.strategies import batches

DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def tg(name: str) -> URIRef:
    return URIRef(TG + name)


def members(graph: rdflib.Graph, node: rdflib.term.Node | None) -> list[str]:
    head = graph.value(node, OWL.unionOf)
    return [str(item).removeprefix(TG) for item in Collection(graph, head)] if head else [str(node).removeprefix(TG)]


def test_every_name_of_the_vocabulary_is_in_the_ontology() -> None:
    graph = ontology()
    named = {str(node).removeprefix(TG) for node in graph.subjects(RDFS.label)}
    known = vocabulary()
    assert {*known.types, *known.relations, *known.metrics} <= named
    assert set(graph.subjects(RDF.type, tg("Metric"))) == {tg(name) for name in known.metrics}


def test_relations_have_direction_domain_range_and_inverse() -> None:
    graph = ontology()
    assert members(graph, graph.value(tg("supplies"), RDFS.domain)) == ["Company", "Organization"]
    assert members(graph, graph.value(tg("leads"), RDFS.domain)) == ["Person"]
    assert graph.value(tg("suppliedBy"), OWL.inverseOf) == tg("supplies")
    assert (tg("competesWith"), RDF.type, OWL.SymmetricProperty) in graph
    assert (tg("supplies"), RDF.type, OWL.SymmetricProperty) not in graph


def test_classes_reuse_known_vocabularies() -> None:
    graph = ontology()
    assert (tg("Person"), RDFS.subClassOf, URIRef("https://schema.org/Person")) in graph
    assert (tg("Claim"), RDFS.subClassOf, URIRef("http://www.w3.org/ns/prov#Entity")) in graph
    assert (tg("revenue"), SKOS.altLabel, rdflib.Literal("营收", "zh")) in graph
    assert members(graph, graph.value(tg("object"), RDFS.range)) == ["Entity", "Quantity"]


def test_ontology_holds_no_loose_ends() -> None:
    graph = rdflib.Graph().parse(data=turtle(), format="turtle")
    assert len(graph) == len(ontology())
    loose = {n for n in graph.subjects() if isinstance(n, rdflib.BNode)} - set(graph.objects())
    assert loose == set()


def test_every_written_property_is_described() -> None:
    described = {PREFIXES[p.iri.partition(":")[0]] + p.iri.partition(":")[2] for p in records.properties().values()}
    plain = {term(name) for name in vocabulary().relations} | {str(RDF.type)}
    for batch in samples.sample_batches():
        written = {quad.predicate.value for quad in encode(batch)}
        assert {name for name in written - plain if "/qualifier/" not in name} <= described


def test_names_mean_one_thing_and_hide_no_prefix() -> None:
    names = {*records.properties(), *vocabulary().types, *vocabulary().relations, *vocabulary().metrics}
    assert names.isdisjoint({*PREFIXES, "id", "type"})


def test_a_wrong_record_is_told() -> None:
    row = {"class": "tg:X", "target": {}, "description": "", "properties": {"a": {"range": "string", "oops": 1}}}
    with pytest.raises(SettingsError, match=r"records\.yaml: entry “X”: .*oops.*see the comment at its top"):
        records._record("X", row)


def test_samples_fit_the_shapes() -> None:
    chips, margins = samples.sample_batches()
    assert check(encode(chips)) == []
    (found,) = check(encode(margins))
    assert (found.property, found.message, found.violation) == ("tg:predicate", "is not in the vocabulary", False)


def test_validate_reads_one_document_of_a_store() -> None:
    with OxigraphStore() as store:
        store.put(samples.chips_article())
        assert validate(store, samples.chips_article().document.id) == []
        with pytest.raises(UnknownError, match="no document d:none"):
            validate(store, "d:none")


@settings(max_examples=15, deadline=None)
@given(batches())
def test_whatever_is_encoded_has_the_right_shape(batch: DocumentClaims) -> None:
    known = [replace(c, predicate="supplies") for c in batch.claims]
    for found in check(encode(replace(batch, claims=tuple(known)))):
        assert found.property in ("tg:low", "tg:start") or not found.violation


Change = Callable[[list[Quad]], list[Quad]]


def without(name: str) -> Change:
    return lambda quads: [quad for quad in quads if quad.predicate.value != name]


def changed(name: str, value: Literal | NamedNode) -> Change:
    return lambda quads: [
        Quad(q.subject, q.predicate, value, q.graph_name) if q.predicate.value == name else q for q in quads
    ]


@pytest.mark.parametrize(
    ("change", "property", "message"),
    [
        (without("http://www.w3.org/ns/prov#wasDerivedFrom"), "prov:wasDerivedFrom", "Less than 1 values"),
        (without("http://www.w3.org/ns/oa#exact"), "oa:exact", "Less than 1 values"),
        (without(term("modality")), "tg:modality", "Less than 1 values"),
        (without("https://schema.org/text"), "schema:text", "Less than 1 values"),
        (without(term("object")), None, "has not exactly one of object, objectText"),
        (changed(term("modality"), Literal("sure")), "tg:modality", "Value Literal"),
        (changed(term("confidence"), Literal("1.5", datatype=DECIMAL)), "tg:confidence", "Value is not <="),
        (changed(term("low"), Literal("1e3")), "tg:low", "Value is not Literal with datatype"),
        (changed(term("high"), Literal("1", datatype=DECIMAL)), "tg:low", "Value of"),
        (changed(str(RDF.type), NamedNode(term("Ghost"))), "rdf:type", "has not one of the entity types"),
    ],
)
def test_what_breaks_the_shape(change: Change, property: str | None, message: str) -> None:
    found = [each for each in check(change(encode(samples.chips_article()))) if each.violation]
    assert any(each.property == property and message in each.message for each in found), found


def test_a_relation_between_unexpected_types_is_a_warning() -> None:
    odd = samples.relation("H20", "supplies", "Nvidia")
    found = check(encode(samples.article("Odd", ("It supplies.", odd))))
    message = "is no domain of supplies: expected Company, Organization"
    assert found == [Finding("entity:h20", "rdf:type", message, violation=False)]


def test_shapes_cover_every_kind_of_node_and_relation() -> None:
    named = {str(shape).removeprefix(TG) for shape in shapes().subjects(RDF.type, SH.NodeShape)}
    assert {f"{name}Shape" for name in records.records()} <= named
    assert {f"{name}RangeShape" for name in vocabulary().relations} <= named


def test_an_inverted_period_is_found() -> None:
    claim = samples.metric("Nvidia", "revenue", samples.exactly("5", "USD"), period=samples.year(2025))
    assert claim.period is not None
    turned = replace(claim, period=replace(claim.period, start=claim.period.end, end=claim.period.start))
    found = check(encode(samples.article("Turned", ("It earned.", turned))))
    assert [each.property for each in found] == ["tg:start"]
    assert check(encode(samples.article("Right", ("It earned.", claim)))) == []
