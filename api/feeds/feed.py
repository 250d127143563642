"""A feed before it is written: what its entries say, and when it last changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.phrases import predicate_label
from graph.change.watch import Watch, watch_named, watches
from graph.change.watched import Touched, touched
from graph.identity import digest
from graph.model import EntityRef
from graph.namespaces import STORE, iri
from graph.store.protocol import Store
from qa.verbalise import sentence

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim. `id` stays the same as long as the claim is; `link` is the page it was read from, if it was one."""

    id: str
    title: str
    quote: str
    source: str
    link: str | None
    published: datetime
    updated: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The claims that touch a watch list (or any of them), the latest first."""

    id: str
    title: str
    updated: datetime
    entries: tuple[Entry, ...]

    @property
    def etag(self) -> str:
        """Changes whenever what a reader sees does."""
        return digest(self.id, self.title, repr(self.entries))


def feed(store: Store, name: str | None = None, *, limit: int = 50) -> Feed:
    """The feed of one watch list; of all together without a name. Raises UnknownError for a list that is not there."""
    lists = [watch_named(store, name)] if name is not None else watches(store)
    entries = tuple(_entry(item) for item in touched(store, lists, limit=limit))
    updated = max((entry.updated for entry in entries), default=_NEVER)
    return Feed(_id(lists if name is not None else []), _title(name), updated, entries)


def _id(lists: Sequence[Watch]) -> str:
    return f"{STORE}/feed" + "".join(f"/{digest(watch.name)}" for watch in lists)


def _title(name: str | None) -> str:
    return f"Tollgraph: {name}" if name is not None else "Tollgraph: all watch lists"


def _entry(item: Touched) -> Entry:
    claim, document = item.claim, item.document
    evidence = next(e for e in claim.evidence if e.document == document.id)
    other = (claim.object.label,) if isinstance(claim.object, EntityRef) else ()
    where = document.outlet or document.title or document.source
    day = f", {document.published.isoformat()}" if document.published else ""
    return Entry(
        id=iri(claim.id),
        title=sentence(claim),
        quote=evidence.quote,
        source=where + day,
        link=document.source if document.source.startswith(("http://", "https://")) else None,
        published=item.first,
        updated=item.last,
        tags=(claim.subject.label, predicate_label(claim.predicate), *other, claim.modality, *item.watches),
    )
