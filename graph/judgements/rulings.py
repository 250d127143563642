"""The judgements in force, by what they are about: contradictions resolved, the later judgement winning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graph.contract import Json
from graph.judgements.model import Judgement
from graph.model import Document, DocumentClaims, EntityRef


@dataclass(frozen=True, slots=True)
class ClaimRuling:
    """What holds of a claim: the last judgement on it, and the fields that all edits together change."""

    last: Judgement
    fields: Json

    @property
    def rejected(self) -> bool:
        """Whether the claim is out."""
        return self.last.kind == "reject"


@dataclass(frozen=True, slots=True)
class Split:
    """Mentions in these documents, or by these claims (ids as computed), mean `new`."""

    new: EntityRef
    documents: frozenset[str]
    claims: frozenset[str]


@dataclass(slots=True)
class Rulings:
    """The judgements that are not revoked, given in the order in which they were made."""

    judgements: Iterable[Judgement]
    claims: dict[str, ClaimRuling] = field(default_factory=dict)
    merged: dict[str, tuple[EntityRef, Judgement]] = field(default_factory=dict)
    splits: defaultdict[str, list[Split]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.judgements = tuple(judgement for judgement in self.judgements if judgement.revoked is None)
        for judgement in self.judgements:
            self._add(judgement)

    def touch(self, batch: DocumentClaims) -> bool:
        """Whether any judgement bears on the batch."""
        if not self.judgements:
            return False
        if any(claim.id in self.claims for claim in batch.claims) or self.unreliable(batch.document):
            return True
        named = {entity.id for entity in batch.entities}
        for claim in batch.claims:
            named |= {ref.id for ref in (claim.subject, claim.object) if isinstance(ref, EntityRef)}
        return any(not named.isdisjoint(held) for held in (self.merged, self.splits, self.labels, self.types))

    def unreliable(self, document: Document) -> bool:
        """Whether the document's source is judged unreliable."""
        return any(is_source(document, source) for source in self.sources)

    def meant(self, mention: EntityRef, document: str, claim: str | None = None) -> EntityRef:
        """The entity that a mention in a document (by a claim, id as computed) stands for."""
        found = mention
        for split in reversed(self.splits.get(mention.id, ())):
            if document in split.documents or claim in split.claims:
                found = split.new
                break
        return self.root(found)

    def root(self, entity: EntityRef) -> EntityRef:
        """What an entity has been merged into in the end; itself if it has not been merged."""
        for found in self.chain(entity):
            entity = found
        return entity

    def chain(self, entity: EntityRef) -> Iterator[EntityRef]:
        """An entity and, one by one, what it has been merged into."""
        seen = set[str]()
        while entity.id not in seen:
            yield entity
            seen.add(entity.id)
            entity = self.merged[entity.id][0] if entity.id in self.merged else entity

    def _add(self, judgement: Judgement) -> None:
        value = judgement.value
        match judgement.kind:
            case "accept" | "reject" | "edit":
                for claim in judgement.behind:
                    before = self.claims[claim].fields if claim in self.claims else {}
                    self.claims[claim] = ClaimRuling(judgement, before | value)
            case "merge":
                into = _ref(value["into"])
                if self.root(into).id != judgement.target:  # a circle can only come in from outside: `judge` refuses it
                    self.merged[judgement.target] = into, judgement
            case "split":
                split = Split(_ref(value["new"]), frozenset(value["documents"]), frozenset(value["claims"]))
                for entity in judgement.behind:
                    self.splits[entity].append(split)
            case "rename":
                self.labels[judgement.target] = value["label"]
            case "retype":
                self.types[judgement.target] = value["type"]
            case "unreliable":
                self.sources.add(judgement.target)


def is_source(document: Document, source: str) -> bool:
    """Whether a document comes from a source: the document's id, its outlet, or its domain (or one above it)."""
    if source == document.id:
        return True
    name, host = source.casefold(), domain(document)
    return name == (document.outlet or "").casefold() or name == host or host.endswith(f".{name}")


def domain(document: Document) -> str:
    """The host of a document's address without `www.`; "" for a file."""
    return (urlsplit(document.source).hostname or "").removeprefix("www.") if "://" in document.source else ""


def _ref(row: Json) -> EntityRef:
    return EntityRef(row["id"], row["label"], row["type"])
