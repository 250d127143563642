"""The vocabulary as an OWL ontology."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.collection import Collection

from graph.jsonld import expand
from graph.namespaces import PREFIXES, TG, term
from graph.vocabulary import EntityType, Metric, Relation, vocabulary
from graph.vocabulary.records import Property, Record, properties, records


def ontology() -> rdflib.Graph:
    """Classes of entities and of nodes, relations with their inverses, metrics, and the properties of nodes."""
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    about = URIRef(TG.rstrip("#"))
    graph.add((about, RDF.type, OWL.Ontology))
    graph.add((about, RDFS.label, Literal("Tollgraph: who depends on whom, with evidence", "en")))
    for record in records().values():
        _record(graph, record)
    for item in {item.iri: item for item in properties().values() if item.iri.startswith("tg:")}.values():
        _property(graph, item)
    for kind in vocabulary().types.values():
        _type(graph, kind)
    for relation in vocabulary().relations.values():
        _relation(graph, relation)
    graph.add((_tg("Metric"), RDF.type, OWL.Class))
    graph.add((_tg("Metric"), RDFS.comment, Literal("What a claim may state an amount of.", "en")))
    for metric in vocabulary().metrics.values():
        _metric(graph, metric)
    return graph


def turtle() -> str:
    """The ontology as Turtle."""
    return ontology().serialize(format="turtle")


def _type(graph: rdflib.Graph, kind: EntityType) -> None:
    node = _tg(kind.name)
    graph.add((node, RDF.type, OWL.Class))
    graph.add((node, RDFS.subClassOf, _tg("Entity")))
    graph.add((node, RDFS.subClassOf, URIRef(expand(kind.schema))))
    graph.add((node, RDFS.label, Literal(kind.label, "en")))
    graph.add((node, RDFS.comment, Literal(kind.description, "en")))


def _relation(graph: rdflib.Graph, relation: Relation) -> None:
    node = _tg(relation.name)
    graph.add((node, RDF.type, OWL.ObjectProperty))
    graph.add((node, RDFS.label, Literal(relation.label, "en")))
    graph.add((node, RDFS.domain, _any_of(graph, map(_tg, relation.domain))))
    graph.add((node, RDFS.range, _any_of(graph, map(_tg, relation.range))))
    if relation.symmetric:
        graph.add((node, RDF.type, OWL.SymmetricProperty))
    if relation.inverse:
        inverse = _tg(relation.inverse)
        graph.add((inverse, RDF.type, OWL.ObjectProperty))
        graph.add((inverse, OWL.inverseOf, node))
        if relation.inverse_label:
            graph.add((inverse, RDFS.label, Literal(relation.inverse_label, "en")))
    if relation.schema:
        graph.add((node, RDFS.seeAlso, URIRef(expand(relation.schema))))


def _metric(graph: rdflib.Graph, metric: Metric) -> None:
    node = _tg(metric.name)
    graph.add((node, RDF.type, _tg("Metric")))
    graph.add((node, RDFS.label, Literal(metric.label, "en")))
    for name in (*metric.terms, *metric.losses):
        if name != metric.label and "*" not in name:
            graph.add((node, SKOS.altLabel, Literal(name, "en")))
    for name in metric.zh:
        graph.add((node, SKOS.altLabel, Literal(name, "zh")))


def _record(graph: rdflib.Graph, record: Record) -> None:
    node = URIRef(expand(record.cls))
    if record.extends:
        graph.add((node, RDF.type, OWL.Class))
        graph.add((node, RDFS.label, Literal(record.name.lower(), "en")))
        graph.add((node, RDFS.comment, Literal(record.description, "en")))
        graph.add((node, RDFS.subClassOf, URIRef(expand(record.extends))))


def _property(graph: rdflib.Graph, item: Property) -> None:
    node = URIRef(expand(item.iri))
    graph.add((node, RDF.type, OWL.DatatypeProperty if item.datatype else OWL.ObjectProperty))
    graph.add((node, RDFS.comment, Literal(item.description, "en")))
    if item.datatype:
        graph.add((node, RDFS.range, XSD[item.datatype]))
    elif not {"Predicate", "Resource"} & {*item.range}:
        classes = (URIRef(expand(records()[name].cls)) for name in item.range)
        graph.add((node, RDFS.range, _any_of(graph, classes)))
    holders = [r for r in records().values() if any(p.iri == item.iri for p in r.properties.values())]
    graph.add((node, RDFS.domain, _any_of(graph, (URIRef(expand(record.cls)) for record in holders))))


def _any_of(graph: rdflib.Graph, classes: Iterable[URIRef]) -> rdflib.IdentifiedNode:
    first, *others = classes
    if not others:
        return first
    union, members = rdflib.BNode(), rdflib.BNode()
    Collection(graph, members, [first, *others])
    graph.add((union, RDF.type, OWL.Class))
    graph.add((union, OWL.unionOf, members))
    return union


def _tg(name: str) -> URIRef:
    return URIRef(term(name))
