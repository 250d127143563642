"""`GET` of entities, claims and the neighbourhood for drawing."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query

from api import models
from api.clocks import resolve_then
from api.http.clocks import When
from api.names import check_predicate, check_type, resolve
from api.phrases import predicate_label
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract
from graph.agreement.view import agreement
from graph.model import Claim
from graph.store.protocol import ClaimFilter, Store
from graph.views.timeline import Sources, dated, timeline
from ingest.retract import document_named

router = APIRouter(prefix="/v1", tags=["reading"])

About = Annotated[str | None, Query(description="Entity id, label or alias.")]
Limit = Annotated[int, Query(ge=1, le=1000)]


@router.get("/entities", response_model=models.Entities, responses=documented(404, 422))
def entities(
    using: Using, when: When, q: str | None = None, type: str | None = None, limit: Limit = 100
) -> ContractJson:
    """Entities, most claims first; `q` matches labels and aliases."""
    found = when.look(using.store).entities(q, type=check_type(type) if type is not None else None, limit=limit)
    return ContractJson({"items": [contract.entity(e) for e in found]})


@router.get("/entities/{entity}", response_model=models.Entity, responses=documented(404, 409, 422))
def entity(using: Using, when: When, entity: str) -> ContractJson:
    """One entity by id, label or alias."""
    return ContractJson(contract.entity(resolve(when.look(using.store), entity)))


@router.get("/entities/{entity}/timeline", response_model=models.Timeline, responses=documented(404, 409, 422))
def entity_timeline(using: Using, when: When, entity: str, predicate: str | None = None) -> ContractJson:
    """The claims with an entity by their valid periods, then by publication, undated ones last."""
    then = when.look(using.store)
    found = resolve_then(using.store, then, entity)
    events = timeline(then, found.id, predicate=check_predicate(predicate) if predicate is not None else None)
    return ContractJson({"entity": contract.entity_ref(found.ref), "items": [event.to_json() for event in events]})


@router.get("/claims", response_model=models.Claims, responses=documented(404, 409, 422))
def claims(
    using: Using,
    when: When,
    about: About = None,
    subject: About = None,
    object: About = None,
    predicate: str | None = None,
    document: Annotated[str | None, Query(description="One document (id, source or title).")] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Limit = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
    after: Annotated[str | None, Query(description="Only claims that come after this one (an id).")] = None,
) -> ContractJson:
    """A page of claims by ingest of their first document and their place in it; every filter that is set narrows.

    To go through many, give `next` of one page as `after` of the following one: that costs the same for every page.
    """
    store, then = using.store, when.look(using.store)
    where = ClaimFilter(
        about=resolve_then(store, then, about).id if about is not None else None,
        subject=resolve_then(store, then, subject).id if subject is not None else None,
        object=resolve_then(store, then, object).id if object is not None else None,
        predicate=check_predicate(predicate) if predicate is not None else None,
        document=then.document(document_named(then, document)).id if document is not None else None,
        min_confidence=min_confidence,
    )
    documents = Sources(then)
    found = list(then.claims(replace(where, limit=limit + 1, offset=offset, after=after)))
    page = [_told(then, claim, documents) for claim in found[:limit]]
    last = found[limit - 1].id if len(found) > limit else None
    told = {"total": then.count_claims(where), "limit": limit, "offset": offset, "next": last, "items": page}
    return ContractJson(told)


@router.get("/claims/{claim}", response_model=models.Claim, responses=documented(404, 422))
def claim(using: Using, when: When, claim: str) -> ContractJson:
    """One claim with all its evidence."""
    then = when.look(using.store)
    return ContractJson(_told(then, then.claim(claim), Sources(then)))


def _told(then: Store, claim: Claim, documents: Sources) -> contract.Json:
    """A claim with when it was published and taken in, and how many stand behind it."""
    sources = contract.sources(claim, agreement(then).origins([claim]))
    return contract.claim(claim) | dated(claim, documents) | sources


@router.get("/graph", response_model=models.Graph, responses=documented(404, 409, 422))
def graph(
    using: Using,
    when: When,
    entity: Annotated[str, Query(description="The centre: entity id, label or alias.")],
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many entities.")] = 60,
) -> ContractJson:
    """The neighbourhood of an entity for drawing: hedged and denied claims stand as edges that are not `affirmed`."""
    from graph.views.network import neighbourhood

    then = when.look(using.store)
    found = neighbourhood(then, resolve(then, entity).id, depth=depth, limit=limit, affirmed=False)
    nodes = [contract.entity_ref(n.entity) | {"hops": n.hops, "evidence": n.evidence} for n in found.nodes]
    edges = [
        {
            "source": e.source,
            "target": e.target,
            "predicate": e.predicate,
            "label": predicate_label(e.predicate),
            "claims": list(e.claims),
            "evidence": e.evidence,
            "affirmed": e.affirmed,
        }
        for e in found.edges
    ]
    return ContractJson({"nodes": nodes, "edges": edges})
