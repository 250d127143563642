"""`GET` of entities, claims and the neighbourhood for drawing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api import models
from api.names import check_predicate, check_type, resolve
from api.phrases import predicate_label
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract
from graph.store.protocol import ClaimFilter

router = APIRouter(prefix="/v1", tags=["reading"])

About = Annotated[str | None, Query(description="Entity id, label or alias.")]
Limit = Annotated[int, Query(ge=1, le=1000)]


@router.get("/entities", response_model=models.Entities, responses=documented(404, 422))
def entities(using: Using, q: str | None = None, type: str | None = None, limit: Limit = 100) -> ContractJson:
    """Entities, most claims first; `q` matches labels and aliases."""
    found = using.store.entities(q, type=check_type(type) if type else None, limit=limit)
    return ContractJson({"items": [contract.entity(e) for e in found]})


@router.get("/entities/{entity}", response_model=models.Entity, responses=documented(404, 409))
def entity(using: Using, entity: str) -> ContractJson:
    """One entity by id, label or alias."""
    return ContractJson(contract.entity(resolve(using.store, entity)))


@router.get("/claims", response_model=models.Claims, responses=documented(404, 409, 422))
def claims(
    using: Using,
    about: About = None,
    subject: About = None,
    object: About = None,
    predicate: str | None = None,
    document: str | None = None,
    as_of: date | None = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Limit = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ContractJson:
    """A page of claims in a stable order; every filter that is set narrows."""
    store = using.store
    where = ClaimFilter(
        about=resolve(store, about).id if about else None,
        subject=resolve(store, subject).id if subject else None,
        object=resolve(store, object).id if object else None,
        predicate=check_predicate(predicate) if predicate else None,
        document=store.document(document).id if document else None,
        as_of=as_of,
        min_confidence=min_confidence,
    )
    found = list(store.claims(where))
    page = [contract.claim(c) for c in found[offset : offset + limit]]
    return ContractJson({"total": len(found), "limit": limit, "offset": offset, "items": page})


@router.get("/claims/{claim}", response_model=models.Claim, responses=documented(404))
def claim(using: Using, claim: str) -> ContractJson:
    """One claim with all its evidence."""
    return ContractJson(contract.claim(using.store.claim(claim)))


@router.get("/graph", response_model=models.Graph, responses=documented(404, 409, 422))
def graph(
    using: Using,
    entity: Annotated[str, Query(description="The centre: entity id, label or alias.")],
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many entities.")] = 60,
    as_of: date | None = None,
) -> ContractJson:
    """The neighbourhood of an entity for drawing: hedged and denied claims stand as edges that are not `affirmed`."""
    from graph.views.network import neighbourhood

    centre = resolve(using.store, entity)
    found = neighbourhood(using.store, centre.id, depth=depth, limit=limit, affirmed=False, as_of=as_of)
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
