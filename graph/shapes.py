"""SHACL shapes made from the vocabulary, and the check of a document's graph against them.

What breaks the shape of the data is a violation; what the vocabulary does not expect (an unknown predicate, a relation
between types that it does not name) is a warning, because types of entities are guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import rdflib
from pyoxigraph import Quad, RdfFormat, serialize
from rdflib import RDF, SH, XSD, BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.conform.finding import Finding, ordered
from graph.jsonld import compact, expand
from graph.namespaces import PREFIXES, term
from graph.store.protocol import Store
from graph.vocabulary import Relation, vocabulary
from graph.vocabulary.records import Property, Record, records

_TARGETS = {"class": SH.targetClass, "subjects_of": SH.targetSubjectsOf, "objects_of": SH.targetObjectsOf}


def validate(store: Store, document_id: str) -> list[Finding]:
    """What is amiss in a document's graph, violations first; empty if nothing. UnknownError if it is not there."""
    return check(store.quads(document_id))


def check(quads: Iterable[Quad]) -> list[Finding]:
    """What is amiss in the graph of these quads, violations first."""
    from pyshacl import validate as shacl

    lines = serialize((quad.triple for quad in quads), None, RdfFormat.N_TRIPLES) or b""
    data = rdflib.Graph().parse(data=lines, format="nt")
    _, report, _ = shacl(data, shacl_graph=shapes(), inference="none", do_owl_imports=False, meta_shacl=False)
    return ordered(_finding(report, result) for result in report.objects(None, SH.result))


@cache
def shapes() -> rdflib.Graph:
    """The shapes graph: a shape for each kind of node, and two for each relation (its domain and its range)."""
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    for record in records().values():
        _record(graph, record)
    entity = _shape(graph, "EntityType", SH.targetSubjectsOf, URIRef(expand("rdfs:label")))
    kinds = [URIRef(term(name)) for name in vocabulary().types]
    _property_shape(graph, entity, RDF.type, least=1, most=1, among=kinds, message="has not one of the entity types")
    for relation in vocabulary().relations.values():
        _relation(graph, relation)
    return graph


def _finding(report: rdflib.Graph, result: Node) -> Finding:
    path = report.value(result, SH.resultPath)
    return Finding(
        compact(str(report.value(result, SH.focusNode))),
        compact(str(path)) if isinstance(path, URIRef) else None,
        str(report.value(result, SH.resultMessage)),
        report.value(result, SH.resultSeverity) == SH.Violation,
    )


def _shape(graph: rdflib.Graph, name: str, target: URIRef, of: URIRef) -> URIRef:
    shape = URIRef(term(f"{name}Shape"))
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, target, of))
    return shape


def _record(graph: rdflib.Graph, record: Record) -> None:
    ((how, what),) = record.target.items()
    shape = _shape(graph, record.name, _TARGETS[how], URIRef(expand(what)))
    for item in record.properties.values():
        _property(graph, shape, record, item)
    if record.one_of:
        members = []
        for name in record.one_of:
            member, inner = BNode(), BNode()
            graph.add((member, SH.property, inner))
            graph.add((inner, SH.path, URIRef(expand(record.properties[name].iri))))
            graph.add((inner, SH.minCount, Literal(1)))
            members.append(member)
        graph.add((shape, SH.xone, _list(graph, members)))
        graph.add((shape, SH.message, Literal(f"has not exactly one of {', '.join(record.one_of)}")))


def _property(graph: rdflib.Graph, shape: URIRef, record: Record, item: Property) -> None:
    path = URIRef(expand(item.iri))
    said = _property_shape(
        graph,
        shape,
        path,
        least=1 if item.required else None,
        most=None if item.many else 1,
        among=[Literal(value) for value in item.values],
    )
    if item.datatype:
        graph.add((said, SH.datatype, XSD[item.datatype]))
    else:
        graph.add((said, SH.nodeKind, SH.IRI))
    for bound, limit in ((SH.minInclusive, item.least), (SH.maxInclusive, item.most)):
        if limit is not None:
            graph.add((said, bound, Literal(limit)))
    for order, other in ((SH.lessThan, item.below), (SH.lessThanOrEquals, item.not_above)):
        if other is not None:
            graph.add((said, order, URIRef(expand(record.properties[other].iri))))
    if item.range == ("Predicate",):
        known = [URIRef(term(name)) for name in (*vocabulary().relations, *vocabulary().metrics)]
        _property_shape(graph, shape, path, among=known, message="is not in the vocabulary", severity=SH.Warning)


def _relation(graph: rdflib.Graph, relation: Relation) -> None:
    path = URIRef(term(relation.name))
    for end, target, types in (
        ("Domain", SH.targetSubjectsOf, relation.domain),
        ("Range", SH.targetObjectsOf, relation.range),
    ):
        shape = _shape(graph, relation.name + end, target, path)
        kinds = [URIRef(term(name)) for name in types]
        message = f"is no {end.lower()} of {relation.name}: expected {', '.join(types)}"
        _property_shape(graph, shape, RDF.type, among=kinds, message=message, severity=SH.Warning)


def _property_shape(
    graph: rdflib.Graph,
    shape: URIRef,
    path: URIRef,
    *,
    least: int | None = None,
    most: int | None = None,
    among: Iterable[Node] = (),
    message: str | None = None,
    severity: URIRef = SH.Violation,
) -> BNode:
    said = BNode()
    graph.add((shape, SH.property, said))
    graph.add((said, SH.path, path))
    graph.add((said, SH.severity, severity))
    for count, limit in ((SH.minCount, least), (SH.maxCount, most)):
        if limit is not None:
            graph.add((said, count, Literal(limit)))
    if allowed := list(among):
        graph.add((said, SH["in"], _list(graph, allowed)))
    if message:
        graph.add((said, SH.message, Literal(message)))
    return said


def _list(graph: rdflib.Graph, members: Sequence[Node]) -> BNode:
    head = BNode()
    Collection(graph, head, list(members))
    return head
