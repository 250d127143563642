"""The IRIs of the graph: namespaces with their usual prefixes, and ids ↔ IRIs (`e:nvidia` ↔ `…/entity/nvidia`)."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote, unquote

from graph.errors import UnknownError
from graph.vocabulary import DATA, NAMESPACE

TG = NAMESPACE
ENTITY = DATA + "entity/"
CLAIM = DATA + "claim/"
DOCUMENT = DATA + "document/"
QUANTITY = DATA + "quantity/"
PERIOD = DATA + "period/"
EVIDENCE = DATA + "evidence/"
JUDGEMENT = DATA + "judgement/"
JUDGEMENTS = DATA + "judgements"
EXTRACTOR = DATA + "extractor/"
QUALIFIER = DATA + "qualifier/"
STORE = DATA + "store"

DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TIME = "http://www.w3.org/2006/time#"
WIKIDATA = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "tg": TG,
    "entity": ENTITY,
    "claim": CLAIM,
    "document": DOCUMENT,
    "judgement": JUDGEMENT,
    "qualifier": QUALIFIER,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "wd": WIKIDATA,
    "xsd": XSD,
}
"""Prefix → namespace; every SPARQL query may use them undeclared, every serialisation declares them."""

_KINDS = {"e:": ENTITY, "c:": CLAIM, "d:": DOCUMENT, "v:": JUDGEMENT}
_WHAT = {"e:": "entity", "c:": "claim", "d:": "document", "v:": "judgement"}


def iri(id: str) -> str:
    """The IRI of an entity, claim, document or judgement id: `e:sk-hynix` → `https://w3id.org/tollgraph/entity/sk-hynix`.

    Whatever is not an ASCII letter, digit or one of `-._~` is percent-encoded; `id_of` is the exact inverse.
    Raises UnknownError for a string that is no such id.
    """
    space = _KINDS.get(id[:2])
    if space is None or len(id) == 2:
        raise UnknownError(f"“{id}” is no id: ids look like e:nvidia, c:9f0c… or d:1c04…")
    return space + quote(id[2:], safe="")


def checked_iri(id: str, kind: str) -> str:
    """`iri(id)` for an id of one kind (`e:`, `c:`, `d:` or `v:`); UnknownError if it is of another."""
    if not id.startswith(kind):
        raise UnknownError(f"“{id}” is no {_WHAT[kind]} id: those begin with “{kind}”")
    return iri(id)


def id_of(iri: str) -> str:
    """The id of an IRI that `iri` made; UnknownError for any other."""
    for prefix, space in _KINDS.items():
        if iri.startswith(space):
            return prefix + unquote(iri.removeprefix(space))
    raise UnknownError(f"<{iri}> is no entity, claim, document or judgement of this graph")


@cache
def term(name: str) -> str:
    """The IRI of a term of the ontology, percent-encoded like ids: `supplies` → `…ontology#supplies`."""
    return TG + quote(name, safe="")


def name_of(iri: str) -> str:
    """The inverse of `term`."""
    return unquote(iri.removeprefix(TG))
