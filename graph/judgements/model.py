"""What a judgement is. `Proposal` is what somebody wants judged; the store makes it a `Judgement` or refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args

from graph.contract import Json, dumps
from graph.errors import QueryError, SettingsError
from graph.identity import digest

Kind = Literal["accept", "reject", "edit", "merge", "split", "rename", "retype", "unreliable"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_CLAIMS: tuple[Kind, ...] = ("accept", "reject", "edit")
OF_ENTITIES: tuple[Kind, ...] = ("merge", "split", "rename", "retype")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`target` is a claim id, an entity id, or (unreliable) a document id, an outlet or a domain.

    `value` says, by kind of judgement,
    edit: the fields to change, as in a claim's JSON · merge: {"into": entity id} · rename: {"label"} · retype: {"type"}
    split: {"label", "type", "documents": [ids], "claims": [ids]}, whose mentions become the new entity.
    """

    kind: Kind
    target: str
    by: str
    why: str
    value: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revocation:
    """Who took a judgement back, when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement on record.

    `behind` are the ids, as computed, of what stood behind the target when it was judged: claims for a claim, entities
    for an entity; they make the judgement hold whatever other judgements are revoked. `before` is the claim (without
    its passages) or entity as it was shown. `number` orders judgements of one instant.
    """

    id: str
    kind: Kind
    target: str
    by: str
    at: datetime
    why: str
    behind: tuple[str, ...] = ()
    value: Json = field(default_factory=dict)
    before: Json = field(default_factory=dict)
    number: int = 0
    revoked: Revocation | None = None

    def to_json(self) -> Json:
        """The JSON of command line and HTTP."""
        gone = self.revoked
        return {
            "id": self.id,
            "kind": self.kind,
            "target": self.target,
            "behind": list(self.behind),
            "value": self.value,
            "before": self.before,
            "by": self.by,
            "at": self.at.isoformat(),
            "why": self.why,
            "revoked": {"by": gone.by, "at": gone.at.isoformat(), "why": gone.why} if gone else None,
        }

    def about(self, name: str) -> bool:
        """Whether it concerns the claim, entity, document or source of that id or name."""
        return name in (self.id, self.target, *self.behind, *_ids(self.value))


def judgement_id(judgement: Judgement) -> str:
    """The id of a judgement from all that it says but its revocation."""
    said = (judgement.kind, judgement.target, dumps(judgement.value), judgement.by, judgement.why)
    return "v:" + digest(*said, *judgement.behind, judgement.at.isoformat(), str(judgement.number))


def known_at(judgements: Iterable[Judgement], at: datetime) -> list[Judgement]:
    """The judgements as they were on record at an instant."""
    made = [judgement for judgement in judgements if judgement.at <= at]
    return [replace(j, revoked=None) if j.revoked and j.revoked.at > at else j for j in made]


def revoked(judgement: Judgement, *, by: str, at: datetime, why: str) -> Judgement:
    """The judgement taken back. Raises QueryError if it is already, SettingsError without who or why."""
    if judgement.revoked is not None:
        gone = judgement.revoked
        raise QueryError(f"{judgement.id} was revoked already, by {gone.by} on {gone.at.date()}: {gone.why}")
    return replace(judgement, revoked=Revocation(said("by", by), at, said("why", why)))


def said(name: Literal["by", "why"], text: str) -> str:
    """Who judges, or why. Raises SettingsError if it is blank."""
    if not text.strip():
        raise SettingsError(f"a judgement needs “{name}”: say {'who judges' if name == 'by' else 'the reason'}")
    return text.strip()


def in_order(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements in the order in which they were made."""
    return sorted(judgements, key=lambda judgement: (judgement.at, judgement.number, judgement.id))


def _ids(value: Json) -> list[str]:
    found = [item for name in ("documents", "claims") for item in value.get(name, ())]
    return found + [value[name]["id"] for name in ("into", "new") if name in value]
