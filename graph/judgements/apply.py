"""What a document says once judgements are applied to what was computed from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.identity import claim_id
from graph.judgements.edits import edited
from graph.judgements.rulings import ClaimRuling, Rulings
from graph.model import Claim, DocumentClaims, Entity, EntityRef, Review


def apply(rulings: Rulings, batch: DocumentClaims) -> DocumentClaims:
    """The corrected batch; the same one if no judgement bears on it.

    Edits come first, then splits and merges, then names and types, so that the order of judgements on different things
    does not matter. Rejected claims go, and claims that a merge leaves between an entity and itself.
    """
    if not rulings.touch(batch):
        return batch
    traced = tuple(trace(rulings, batch))
    claims = [claim for _, claim in traced if claim is not None]
    entities = _entities(rulings, batch, claims)
    return replace(batch, entities=tuple(entities.values()), claims=tuple(_named(c, entities) for c in claims))


def trace(rulings: Rulings, batch: DocumentClaims) -> Iterator[tuple[str, Claim | None]]:
    """Each claim's id as computed, and the claim as corrected (without new labels), None if it goes."""
    doubtful = rulings.unreliable(batch.document)
    for claim in batch.claims:
        ruling = rulings.claims.get(claim.id)
        if ruling is not None and ruling.rejected:
            yield claim.id, None
            continue
        made = _moved(rulings, claim, edited(claim, ruling.fields) if ruling else claim, batch.document.id)
        if made is not None and ruling is not None:
            made = replace(made, review=_review(ruling))
        yield claim.id, made and (replace(made, unreliable=True) if doubtful else made)


def _moved(rulings: Rulings, computed: Claim, claim: Claim, document: str) -> Claim | None:
    """The claim between the entities that are meant, with the id that fits what it now says."""
    subject = rulings.meant(claim.subject, document, computed.id)
    value = claim.object
    if isinstance(value, EntityRef):
        value = rulings.meant(value, document, computed.id)
        if value.id == subject.id and claim.subject != claim.object:
            return None
    made = replace(claim, subject=subject, object=value)
    return claim if made == computed else replace(made, id=claim_id(made))


def _review(ruling: ClaimRuling) -> Review:
    last = ruling.last
    return Review("accepted" if last.kind == "accept" else "edited", last.id, last.by, last.at, last.why)


def _entities(rulings: Rulings, batch: DocumentClaims, claims: Iterable[Claim]) -> dict[str, Entity]:
    """The entities that the corrected document names, by id: own names first, then those of what was merged in."""
    found: dict[str, Entity] = {}
    document = batch.document.id
    for entity in sorted(batch.entities, key=lambda e: rulings.meant(e.ref, document).id != e.id):
        meant = rulings.meant(entity.ref, document)
        if meant.id == entity.id:
            found[entity.id] = entity
        else:
            names = (entity.label, *entity.aliases) if rulings.root(entity.ref).id == meant.id else ()
            found[meant.id] = _joined(found.get(meant.id) or _new(meant), names, entity if names else None)
    for claim in claims:
        for ref in (claim.subject, claim.object):
            if isinstance(ref, EntityRef):
                found.setdefault(ref.id, _new(ref))
    for gone in _emptied(batch, claims):
        found.pop(gone, None)
    return {known: _judged(rulings, entity) for known, entity in found.items()}


def _joined(entity: Entity, names: tuple[str, ...], other: Entity | None) -> Entity:
    new = tuple(name for name in dict.fromkeys(names) if name not in (entity.label, *entity.aliases))
    identifiers = {*entity.identifiers, *(other.identifiers if other else ())}
    return replace(entity, aliases=(*entity.aliases, *new), identifiers=tuple(sorted(identifiers)))


def _emptied(batch: DocumentClaims, claims: Iterable[Claim]) -> set[str]:
    """Entities of which the batch claims something and the corrected claims nothing more."""
    return _mentioned(batch.claims) - _mentioned(claims)


def _mentioned(claims: Iterable[Claim]) -> set[str]:
    return {ref.id for claim in claims for ref in (claim.subject, claim.object) if isinstance(ref, EntityRef)}


def _new(ref: EntityRef) -> Entity:
    return Entity(ref.id, ref.label, ref.type)


def _judged(rulings: Rulings, entity: Entity) -> Entity:
    """The entity by the name and type that it was given; its own name stays an alias."""
    label = rulings.labels.get(entity.id, entity.label)
    aliases = entity.aliases if label == entity.label else (*entity.aliases, entity.label)
    return replace(
        entity,
        label=label,
        type=rulings.types.get(entity.id, entity.type),
        aliases=tuple(name for name in dict.fromkeys(aliases) if name != label),
    )


def _named(claim: Claim, entities: dict[str, Entity]) -> Claim:
    value = claim.object
    return replace(
        claim,
        subject=entities[claim.subject.id].ref,
        object=entities[value.id].ref if isinstance(value, EntityRef) else value,
    )
