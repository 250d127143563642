"""Taking a document out again, by whatever name the user has for it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from graph.errors import AmbiguousError, UnknownError
from graph.model import Document
from graph.store.protocol import Store
from ingest.sources import absolute

_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Retraction:
    """The document taken out, and how many claims and entities went with it because nothing else supports them."""

    document: Document
    claims: int
    entities: int

    def to_json(self) -> dict[str, object]:
        """The `--json` shape: {"document", "title", "source", "claims", "entities"}."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "source": self.document.source,
            "claims": self.claims,
            "entities": self.entities,
        }


def retract(store: Store, name: str) -> Retraction:
    """Remove the document that `name` stands for; see `find_document` for names and errors."""
    document = find_document(store, name)
    before = store.counts()
    store.remove(document.id)
    after = store.counts()
    return Retraction(document, before.claims - after.claims, before.entities - after.entities)


def find_document(store: Store, name: str) -> Document:
    """The document (without its text) of an id, path, URL, file name, or title.

    Raises AmbiguousError if a file name or title fits several, UnknownError with near names if it fits none.
    """
    documents = store.documents()
    exact = [d for d in documents if name in (d.id, d.source) or d.source == absolute(name)]
    found = exact or [d for d in documents if name.casefold() in _names(d)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = tuple(d.id for d in found)
        raise AmbiguousError(f"“{name}” fits {len(found)} documents: {', '.join(ids)}; name one by its id.", ids)
    known = {name: d for d in documents for name in _names(d)}
    near = tuple(dict.fromkeys(known[n].title for n in get_close_matches(name.casefold(), known, _SUGGESTIONS, 0.5)))
    hint = f"did you mean “{near[0]}”?" if near else "`tollgraph documents` lists all."
    raise UnknownError(f"No document “{name}” in the graph; {hint}", near)


def _names(document: Document) -> set[str]:
    path = PurePosixPath(unquote(urlsplit(document.source).path) if "://" in document.source else document.source)
    return {name.casefold() for name in (document.title, path.name, path.stem) if name}
