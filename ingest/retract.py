"""Taking a document out again, by whatever name the user has for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from graph.errors import AmbiguousError, UnknownError
from graph.identity import document_id
from graph.model import Document
from graph.namespaces import iri
from graph.store.protocol import Store
from ingest.sources import absolute
from ingest.tables.files import PARTS

_SUGGESTIONS = 3
_SUPPORTED = ("?node a tg:Claim", "?node rdfs:label ?label")


@dataclass(frozen=True, slots=True)
class Retraction:
    """The document taken out, and how many claims and entities went with it because nothing else supports them.

    A long table goes as a whole: `document` is the first of its `parts`.
    """

    document: Document
    claims: int
    entities: int
    parts: int = 1

    def to_json(self) -> dict[str, object]:
        """The `--json` shape: {"document", "title", "source", "claims", "entities"}."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "source": self.document.source,
            "claims": self.claims,
            "entities": self.entities,
        }


def retract(store: Store, name: str, *, forget: bool = False) -> Retraction:
    """Remove the document that `name` stands for (see `find_document`); a long table in all its parts.

    `forget` erases it from the history too, also if it is out already and `name` is its id, path or URL.
    """
    try:
        document = find_document(store, name)
    except AmbiguousError:
        raise
    except UnknownError as unknown:
        if parts := _parts(store, name):
            return _all_out(store, parts, forget)
        if not forget:
            raise
        return _forgotten(store, name, unknown)
    claims, entities = (_only(store, document.id, what) for what in _SUPPORTED)
    store.remove(document.id, forget=forget)
    return Retraction(document, claims, entities)


def _all_out(store: Store, parts: list[Document], forget: bool) -> Retraction:
    before = store.counts()
    for part in parts:
        store.remove(part.id, forget=forget)
    after = store.counts()
    table = replace(parts[0], title=parts[0].title.rpartition(", rows ")[0])
    return Retraction(table, before.claims - after.claims, before.entities - after.entities, len(parts))


def _parts(store: Store, name: str) -> list[Document]:
    """The parts of a long table, if that is the name of its file."""
    return [d for d in store.documents() if d.source.startswith((name + PARTS, absolute(name) + PARTS))]


def _forgotten(store: Store, name: str, unknown: UnknownError) -> Retraction:
    """Erases the history of a document that was retracted before."""
    source = "" if name.startswith("d:") else absolute(name)
    known = document_id(source) if source else name
    try:
        store.remove(known, forget=True)
    except UnknownError:
        raise UnknownError(
            f"{unknown}; what is out already goes by its id, path or address", unknown.suggestions
        ) from None
    return Retraction(Document(known, "", "", source, ""), 0, 0)


def _only(store: Store, document: str, what: str) -> int:
    """How many nodes of that description no other document has."""
    graph = f"<{iri(document)}>"
    other = f"GRAPH ?other {{ {what} }} FILTER (?other != {graph})"
    query = f"SELECT DISTINCT ?node {{ GRAPH {graph} {{ {what} }} FILTER NOT EXISTS {{ {other} }} }}"
    return len(store.select(query).rows)


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
        raise AmbiguousError(f"“{name}” fits {len(found)} documents: {', '.join(ids)}; name one by its id", ids)
    known = {name: d for d in documents for name in _names(d)}
    near = tuple(dict.fromkeys(known[n].title for n in get_close_matches(name.casefold(), known, _SUGGESTIONS, 0.5)))
    hint = f"did you mean “{near[0]}”?" if near else "`tollgraph documents` lists all"
    raise UnknownError(f"no document “{name}” in this graph; {hint}", near)


def document_named(store: Store, name: str) -> str:
    """The id of the document that `name` stands for: an id as it is, without a look at the list of all."""
    return name if name.startswith("d:") else find_document(store, name).id


def _names(document: Document) -> set[str]:
    path = PurePosixPath(unquote(urlsplit(document.source).path) if "://" in document.source else document.source)
    return {name.casefold() for name in (document.title, path.name, path.stem) if name}
