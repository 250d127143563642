"""From what somebody wants judged to a judgement that can be recorded: checked against the graph, or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from graph import contract
from graph.contract import Json
from graph.errors import QueryError, SettingsError, UnknownError
from graph.judgements.edits import checked, edited
from graph.judgements.model import OF_CLAIMS, Judgement, Proposal, judgement_id, said
from graph.judgements.rulings import Rulings
from graph.model import EntityRef
from graph.namespaces import checked_iri
from graph.store.desk import behind_claim, behind_entity, documents_of, hidden_claim
from graph.store.reading import Reading
from graph.store.seam import Quads
from graph.vocabulary import vocabulary


class Clerk:
    """Makes judgements of proposals, by the state of the graph and the judgements in force."""

    def __init__(self, quads: Quads, reading: Reading, rulings: Rulings) -> None:
        self._quads = quads
        self._reading = reading
        self._rulings = rulings

    def judgement(self, proposal: Proposal, *, at: datetime, number: int) -> Judgement:
        """The judgement to record.

        Raises UnknownError for a target that is not there, SettingsError for a value that makes no sense or a missing
        reason, QueryError for a merge in a circle.
        """
        by, why = said("by", proposal.by), said("why", proposal.why)
        if proposal.kind in OF_CLAIMS:
            behind, value, before = self._of_claim(proposal)
        elif proposal.kind == "unreliable":
            behind, value, before = (), {}, self._source(proposal.target)
        else:
            behind, value, before = self._of_entity(proposal)
        made = Judgement("", proposal.kind, proposal.target, by, at, why, behind, value, before, number)
        return replace(made, id=judgement_id(made))

    def _of_claim(self, proposal: Proposal) -> tuple[tuple[str, ...], Json, Json]:
        checked_iri(proposal.target, "c:")
        behind = behind_claim(self._quads, proposal.target, self._rulings)
        if not behind:
            raise UnknownError(f"no claim {proposal.target} in this graph: `tollgraph claims` lists them")
        shown = self._reading.claim(proposal.target) or hidden_claim(self._quads, proposal.target)
        value = {name: self._own(item) for name, item in proposal.value.items()}
        if proposal.kind == "edit":
            checked(value)
            edited(shown, value)
        return behind, value, {name: item for name, item in contract.claim(shown).items() if name != "evidence"}

    def _of_entity(self, proposal: Proposal) -> tuple[tuple[str, ...], Json, Json]:
        target = self._shown(proposal.target)
        behind = behind_entity(self._quads, target.id, self._rulings)
        before = contract.entity_ref(target)
        match proposal.kind:
            case "merge":
                return behind, {"into": contract.entity_ref(self._into(target, proposal.value.get("into", "")))}, before
            case "split":
                return behind, self._parts(proposal.value), before
            case "rename":
                label = str(proposal.value.get("label", "")).strip()
                if not label:
                    raise SettingsError("a new name needs at least one letter")
                return behind, {"label": label}, before
            case _:
                return behind, {"type": _type(proposal.value.get("type", ""))}, before

    def _into(self, target: EntityRef, name: str) -> EntityRef:
        if name == target.id:
            raise QueryError(f"{target.label} ({name}) cannot be merged into itself; name two entities")
        merged = self._rulings.merged.get(name)
        if merged is not None and self._rulings.root(merged[0]).id == target.id:
            raise QueryError(
                f"{name} is merged into {target.id} already ({merged[1].id}), the other way round would be a circle; "
                f"revoke that first: tollgraph judge revoke {merged[1].id}"
            )
        return self._original(self._shown(name))

    def _shown(self, name: str) -> EntityRef:
        """An entity that is there. Raises UnknownError, saying which judgement took it away if one did."""
        checked_iri(name, "e:")
        if behind_entity(self._quads, name, self._rulings):
            return self._reading.ref(name)
        if name in self._rulings.merged:
            into, judgement = self._rulings.merged[name]
            raise UnknownError(
                f"{name} is merged into {into.id} ({judgement.id}): name that one, or revoke the judgement", (into.id,)
            )
        raise UnknownError(f"no entity {name} in this graph: `tollgraph entities` lists them")

    def _original(self, entity: EntityRef) -> EntityRef:
        """The entity by the label and type it had before it was judged: those judgements are applied to it anew."""
        for judgement in reversed(tuple(self._rulings.judgements)):
            if judgement.target == entity.id and judgement.kind in ("rename", "retype"):
                name = "label" if judgement.kind == "rename" else "type"
                entity = replace(entity, **{name: judgement.before[name]})
        return entity

    def _own(self, item: object) -> object:
        """The value of an edit; an entity in it by its own label."""
        if isinstance(item, dict) and item.keys() == {"id", "label", "type"}:
            return contract.entity_ref(self._original(EntityRef(item["id"], item["label"], _type(item["type"]))))
        return item

    def _parts(self, value: Json) -> Json:
        documents, claims = (list(dict.fromkeys(value.get(name) or ())) for name in ("documents", "claims"))
        if not documents and not claims:
            raise SettingsError("a split needs documents or claims whose mentions become the new entity")
        for document in documents:
            checked_iri(document, "d:")
            if not self._reading.has_document(document):
                raise UnknownError(f"no document {document} in this graph: `tollgraph documents` lists them")
        behind = [(claim, behind_claim(self._quads, claim, self._rulings)) for claim in claims]
        for claim, found in behind:
            if not found:
                raise UnknownError(f"no claim {claim} in this graph: `tollgraph claims` lists them")
        new = value.get("new") or {}
        if not str(new.get("label", "")).strip() or not str(new.get("id", "")).startswith("e:"):
            raise SettingsError("a split needs the id, label and type of the new entity")
        return {
            "new": {"id": new["id"], "label": new["label"].strip(), "type": _type(new.get("type", ""))},
            "documents": documents,
            "claims": sorted({claim for _, found in behind for claim in found}),
        }

    def _source(self, source: str) -> Json:
        """How many documents come from the source now. A domain may be named before anything comes from it."""
        count = sum(1 for _ in documents_of(self._quads, source))
        if not count and ("." not in source or " " in source):
            raise UnknownError(
                f"no document comes from “{source}”: name an outlet or a document of `tollgraph documents`, or a domain"
            )
        return {"documents": count}


def _type(name: object) -> str:
    known = tuple(vocabulary().types)
    if name not in known:
        raise SettingsError(f"there is no entity type “{name}”; the types are {', '.join(known)}")
    return str(name)
