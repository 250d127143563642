"""Reading documents, entities and claims back from quads or a store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad

from graph.model import (
    Claim,
    Document,
    DocumentClaims,
    Entity,
    EntityRef,
    Evidence,
    Period,
    Quantity,
    Review,
    TextValue,
)
from graph.namespaces import (
    DCTERMS,
    ENTITY,
    EXTRACTOR,
    OA,
    OWL,
    PROV,
    QUALIFIER,
    QUANTITY,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    id_of,
    name_of,
    term,
)
from graph.rdf.terms import Properties, day, decimal, first, properties

Lookup = Callable[[str, str], Properties]
"""(node IRI, graph IRI) → what that graph says of the node."""

_TYPE = RDF + "type"
_CLAIM = term("Claim")
_EXTRACTED = PROV + "wasAttributedTo"


def decode(quads: Iterable[Quad]) -> DocumentClaims:
    """The batch whose graph these quads are. Claims and entities come by id, aliases and identifiers sorted."""
    pairs: defaultdict[str, list[Any]] = defaultdict(list)
    graph = ""
    for quad in quads:
        pairs[cast(NamedNode, quad.subject).value].append((quad.predicate, quad.object))
        graph = cast(NamedNode, quad.graph_name).value
    nodes = {name: properties(of) for name, of in pairs.items()}

    def lookup(name: str, _: str) -> Properties:
        return nodes.get(name, {})

    def refer(id: str) -> EntityRef:
        return entities[id].ref

    named = sorted((id_of(name), name) for name in nodes if name.startswith(ENTITY))
    entities = {known: entity_from(known, nodes[name]) for known, name in named}
    reader = ClaimReader(lookup, refer)
    claims = [reader.read(name, graph) for name, of in nodes.items() if _CLAIM in of.get(_TYPE, ())]
    found = nodes[graph]
    notes = first(found, term("notes"))
    return DocumentClaims(
        document_from(id_of(graph), found),
        tuple(entities.values()),
        tuple(sorted(claims, key=lambda claim: claim.id)),
        tuple(json.loads(notes)) if notes else (),
    )


def document_from(id: str, found: Properties) -> Document:
    """A document from its properties; `text` is "" if they leave it out."""
    ingested = first(found, PROV + "generatedAtTime")
    return Document(
        id=id,
        text=first(found, SCHEMA + "text") or "",
        title=first(found, SCHEMA + "name") or "",
        source=first(found, DCTERMS + "source") or "",
        sha256=first(found, term("sha256")) or "",
        published=day(first(found, SCHEMA + "datePublished")),
        outlet=first(found, SCHEMA + "publisher"),
        author=first(found, SCHEMA + "author"),
        ingested=datetime.fromisoformat(ingested) if ingested else None,
    )


def entity_from(id: str, found: Properties) -> Entity:
    """An entity from the properties that one graph gives it; the claim count stays 0."""
    identifiers = [("wikidata", same.removeprefix(WIKIDATA)) for same in found.get(OWL + "sameAs", ())]
    for pair in found.get(SCHEMA + "identifier", ()):
        name, _, value = pair.partition("=")
        identifiers.append((name, value))
    return Entity(
        id,
        first(found, RDFS + "label") or id,
        name_of(first(found, _TYPE) or ""),
        tuple(sorted(found.get(SKOS + "altLabel", ()))),
        tuple(sorted(identifiers)),
    )


class ClaimReader:
    """Reads claims one graph at a time; remembers the nodes that claims share, so use one a pass."""

    def __init__(self, lookup: Lookup, refer: Callable[[str], EntityRef]) -> None:
        self._lookup = lookup
        self._refer = refer
        self._periods: dict[str, Period] = {}
        self._usual: dict[str, str] = {}

    def read(self, claim: str, graph: str) -> Claim:
        """The claim as that graph (that document) states it."""
        found = self._lookup(claim, graph)
        (subject,), (predicate,) = found[term("subject")], found[term("predicate")]
        value = self._object(found, graph)
        written = value.text if isinstance(value, Quantity) else ""
        period = first(found, term("period"))
        origins = first(found, term("origins"))
        places = (self._evidence(place, graph, written) for place in found[PROV + "wasDerivedFrom"])
        return Claim(
            id=id_of(claim),
            subject=self._refer(id_of(subject)),
            predicate=name_of(predicate),
            object=value,
            evidence=tuple(sorted(places, key=place_of)),
            basis=cast(Any, first(found, term("basis"))),
            basis_period=first(found, term("basisPeriod")),
            of=first(found, term("of")),
            scope=first(found, term("scope")),
            period=self._period(period, graph) if period else None,
            modality=cast(Any, first(found, term("modality"))),
            polarity=term("polarity") not in found,
            attributed_to=first(found, term("attributedTo")),
            origins=tuple(json.loads(origins)) if origins else (),
            qualifiers=_qualifiers(found),
            confidence=Decimal(found[term("confidence")][0]),
            derived=term("derived") in found,
            extractor=self._extractor(first(found, _EXTRACTED), graph),
            review=_review(found),
            unreliable=term("unreliable") in found,
        )

    def _object(self, found: Properties, graph: str) -> EntityRef | Quantity | TextValue:
        value = first(found, term("object"))
        if value is None:
            return TextValue(found[term("objectText")][0])
        return self._quantity(value, graph) if value.startswith(QUANTITY) else self._refer(id_of(value))

    def _quantity(self, node: str, graph: str) -> Quantity:
        found = self._lookup(node, graph)
        equivalent = first(found, term("equivalent"))
        return Quantity(
            low=decimal(first(found, term("low"))),
            high=decimal(first(found, term("high"))),
            unit=found[term("unit")][0],
            approx=term("approx") in found,
            text=first(found, term("text")) or "",
            equivalent=self._quantity(equivalent, graph) if equivalent else None,
        )

    def _period(self, node: str, graph: str) -> Period:
        if node not in self._periods:
            found = self._lookup(node, graph)
            self._periods[node] = Period(
                day(first(found, term("start"))), day(first(found, term("end"))), found[term("text")][0]
            )
        return self._periods[node]

    def _evidence(self, node: str, graph: str, written: str) -> Evidence:
        found = self._lookup(node, graph)
        own = first(found, term("valueText"))
        return Evidence(
            document=id_of(found[OA + "hasSource"][0]),
            start=int(found[OA + "start"][0]),
            end=int(found[OA + "end"][0]),
            quote=found[OA + "exact"][0],
            value_text=written if own is None else own,
            locator=first(found, term("locator")) or "",
        )

    def _extractor(self, own: str | None, graph: str) -> str:
        if own is None:
            if graph not in self._usual:
                self._usual[graph] = first(self._lookup(graph, graph), _EXTRACTED) or EXTRACTOR
            own = self._usual[graph]
        return unquote(own.removeprefix(EXTRACTOR))


def place_of(evidence: Evidence) -> tuple[int, int, str, str]:
    """What evidence from one document is sorted by."""
    return evidence.start, evidence.end, evidence.value_text, evidence.locator


def _review(found: Properties) -> Review | None:
    status = first(found, term("reviewed"))
    if status is None:
        return None
    said = (found[term(name)][0] for name in ("reviewedIn", "reviewedBy", "reviewedAt", "reviewedWhy"))
    judgement, by, at, why = said
    return Review(cast(Any, status), id_of(judgement), by, datetime.fromisoformat(at), why)


def _qualifiers(found: Properties) -> tuple[tuple[str, str], ...]:
    names = [name for name in found if name.startswith(QUALIFIER)]
    return tuple(sorted((unquote(name.removeprefix(QUALIFIER)), value) for name in names for value in found[name]))
