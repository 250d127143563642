"""The two lists: entities (with a search box) and documents."""

from __future__ import annotations

from urllib.parse import quote

from api.web.layout import page
from graph.html import Html, tag
from graph.model import Document, Entity
from graph.store.protocol import Counts


def entity_link(entity_id: str) -> str:
    """The page of an entity."""
    return f"/entity/{quote(entity_id, safe='')}"


def document_link(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of a document; with `start` and `end` (code points) that passage is marked there."""
    link = f"/document/{quote(document_id, safe='')}"
    return link if start is None else f"{link}?start={start}&end={end}#quote"


def table(heads: list[str], rows: list[list[str | None]], *, label: str) -> Html:
    """A table; a head that ends in # is a column of numbers."""
    classes = ["number" if head.endswith("#") else None for head in heads]
    names = [head.rstrip("#") for head in heads]
    head = [tag("th", name, scope="col", class_=c) for name, c in zip(names, classes, strict=True)]
    body = [
        tag("tr", *(tag("td", cell, class_=c, data_head=n) for cell, c, n in zip(row, classes, names, strict=True)))
        for row in rows
    ]
    return tag(
        "div", tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), aria_label=label), class_="scroll"
    )


def entities_page(entities: list[Entity], query: str, counts: Counts) -> str:
    """Entities, most claims first, narrowed by `query`."""
    search = tag(
        "form",
        tag("label", "Find an entity", for_="find", class_="visually-hidden"),
        tag("input", id="find", name="q", value=query, type="search", placeholder="Company, chip, model, person …"),
        tag("button", "Find", type="submit"),
        class_="plain",
        role="search",
    )
    rows: list[list[str | None]] = [
        [tag("a", e.label, href=entity_link(e.id)), e.type, ", ".join(e.aliases[:6]), str(e.claims)] for e in entities
    ]
    found = (
        table(["Name", "Type", "Also called", "Claims#"], rows, label="Entities")
        if rows
        else tag("p", f"Nothing in the graph is called “{query}”." if query else "The graph is still empty.")
    )
    return page(
        "Entities · Tollgraph",
        tag("div", tag("h1", "Entities"), search, found, class_="sheet"),
        here="/entities",
        counts=counts,
    )


def documents_page(documents: list[Document], counts: Counts) -> str:
    """All documents in order of ingest."""
    rows: list[list[str | None]] = [
        [tag("a", d.title or d.source, href=document_link(d.id)), d.outlet or "", _day(d), d.source] for d in documents
    ]
    found = (
        table(["Title", "Outlet", "Published", "Source"], rows, label="Documents")
        if rows
        else tag("p", "No documents yet. Add some with: tollgraph ingest FILE")
    )
    return page(
        "Documents · Tollgraph",
        tag("div", tag("h1", "Documents"), found, class_="sheet"),
        here="/documents",
        counts=counts,
    )


def _day(document: Document) -> str:
    return document.published.isoformat() if document.published else "not dated"
