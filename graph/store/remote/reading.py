"""`Reading` off a server: what concerns all documents is counted there, not fetched."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from graph.model import Document, Entity, EntityRef
from graph.namespaces import ENTITY, OWL, RDFS, SCHEMA, SKOS, id_of, iri, name_of
from graph.rdf.decode import document_from, entity_from
from graph.rdf.merge import commonest
from graph.rdf.terms import TYPE, Node, Properties, node, properties, tg
from graph.store.protocol import Counts
from graph.store.reading import METADATA, Reading
from graph.store.remote.client import Client
from graph.store.remote.literals import received
from graph.store.remote.quads import RemoteQuads
from graph.store.remote.tables import each, paged

Said = dict[NamedNode, Counter[NamedNode | Literal]]
"""Predicate → value → how many documents say so."""

_LABEL = node(RDFS + "label")
_NAMING = (TYPE, _LABEL, *(node(name) for name in (SKOS + "altLabel", OWL + "sameAs", SCHEMA + "identifier")))
_OF_ENTITY = f'FILTER(STRSTARTS(STR(?e), "{ENTITY}"))'
_NAMES = "?e ?o (COUNT(DISTINCT ?g) AS ?n)"
_VOTES = (
    f"SELECT ?e ?p ?o (COUNT(DISTINCT ?g) AS ?n) {{ VALUES ?e {{ %s }} VALUES ?p {{ {_LABEL} {TYPE} }} "
    "GRAPH ?g { ?e ?p ?o } } GROUP BY ?e ?p ?o"
)
_INVOLVED = f"{{ GRAPH ?g {{ ?c {tg('subject')} ?e }} }} UNION {{ GRAPH ?g {{ ?c {tg('object')} ?e }} {_OF_ENTITY} }}"
_METADATA = (
    f"SELECT ?d ?p ?o {{ VALUES ?d {{ %s }} VALUES ?p {{ {' '.join(map(str, METADATA))} }} GRAPH ?d {{ ?d ?p ?o }} }}"
)
_AT_ONCE = 300


class RemoteReading(Reading):
    """Reads one version of a server's quads."""

    def __init__(self, quads: RemoteQuads, client: Client) -> None:
        super().__init__(quads)
        self._remote = quads
        self._client = client

    def ref(self, id: str) -> EntityRef:
        """The entity by the label and type that most documents give it; by its id if none names it."""
        if id not in self._refs:
            near = [id_of(name) for name in self._remote.taken_names(_AT_ONCE)]
            wanted = [id, *(other for other in near if other != id and other not in self._refs)]
            said: defaultdict[str, Said] = defaultdict(lambda: defaultdict(Counter))
            for row in each(self._client, _VOTES, map(iri, wanted), len(wanted)):
                said[id_of(row["e"].value)][row["p"]][row["o"]] = int(row["n"].value)
            for each_id in wanted:
                label, kind = (_winner(said[each_id], predicate) for predicate in (_LABEL, TYPE))
                self._refs[each_id] = EntityRef(each_id, label or each_id, name_of(kind))
        return self._refs[id]

    def document(self, id: str) -> Document:
        """One document, which must be there, with its text."""
        return document_from(id, super()._properties(iri(id), iri(id)))

    def counts(self) -> Counts:
        """Distinct documents, entities and claims."""
        entities, claims = (
            self._number(f"SELECT (COUNT(DISTINCT ?e) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}")
            for pattern in (f"?e {_LABEL} ?o {_OF_ENTITY}", f"?e {TYPE} {tg('Claim')}")
        )
        return Counts(len(self._order), entities, claims)

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        said = f"GRAPH ?g {{ ?c {tg('attributedTo')} ?by }}"
        found = (received(row["by"]) for row in paged(self._client, "DISTINCT ?by", said, "?by"))
        return sorted({name.value for name in found if isinstance(name, Literal)})

    def _of_predicate(self, claims: set[str], predicate: NamedNode) -> set[str]:
        """Those of the claims that have the predicate, asked for many at a time."""
        query = f"SELECT DISTINCT ?c {{ VALUES ?c {{ %s }} GRAPH ?g {{ ?c {tg('predicate')} {predicate} }} }}"
        return {row["c"].value for row in each(self._client, query, sorted(claims), _AT_ONCE)}

    def _properties(self, subject: str, graph: str) -> Properties:
        """Of the document's own node without its text, which claims do not ask for."""
        found = self._remote.light(NamedNode(subject), NamedNode(graph))
        return properties((quad.predicate, quad.object) for quad in found)

    def _number(self, query: str) -> int:
        (row,) = self._client.select(query).rows
        return int(row["n"].value)

    @cached_property
    def _documents(self) -> dict[str, Document]:
        ids = sorted(self._order, key=self._order.__getitem__)
        found: defaultdict[str, list[tuple[NamedNode, Node]]] = defaultdict(list)
        for row in each(self._client, _METADATA, map(iri, ids), _AT_ONCE):
            found[row["d"].value].append((row["p"], received(row["o"])))
        return {document: document_from(document, properties(found[iri(document)])) for document in ids}

    @cached_property
    def _entities(self) -> list[Entity]:
        said: defaultdict[str, Said] = defaultdict(lambda: defaultdict(Counter))
        for predicate in _NAMING:
            where = f"GRAPH ?g {{ ?e {predicate} ?o }} {_OF_ENTITY}"
            for row in paged(self._client, _NAMES, where, "?e", group="?e ?o"):
                said[row["e"].value][predicate][row["o"]] = int(row["n"].value)
        counts = {
            row["e"].value: int(row["n"].value)
            for row in paged(self._client, "?e (COUNT(DISTINCT ?c) AS ?n)", _INVOLVED, "?e", group="?e")
        }
        found = [_merged(id_of(name), of, counts.get(name, 0)) for name, of in said.items()]
        return sorted(found, key=lambda entity: (-entity.claims, entity.id))


def _winner(said: Said, predicate: NamedNode) -> str:
    return commonest(value.value for value in said[predicate].elements()) if said[predicate] else ""


def _merged(id: str, said: Said, claims: int) -> Entity:
    """The entity that `merge_entities` makes of what each document says."""
    whole = entity_from(id, properties((predicate, value) for predicate, of in said.items() for value in of))
    label = _winner(said, _LABEL) or id
    names = {value.value for value in said[_LABEL]} | set(whole.aliases)
    return replace(
        whole, label=label, type=name_of(_winner(said, TYPE)), aliases=tuple(sorted(names - {label})), claims=claims
    )
