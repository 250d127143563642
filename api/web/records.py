"""The page of one entity (drawing and claims) and of one document (text with a passage marked)."""

from __future__ import annotations

from urllib.parse import urlencode

from api.phrases import circumstances, object_text, predicate_label, standing
from api.web.layout import page, plural
from api.web.listings import document_link, entity_link, table
from graph.html import Html, join, tag
from graph.model import Claim, Document, Entity, EntityRef, Evidence
from graph.store.protocol import Counts

PAGE_ROWS = 50
_MEMOS = (
    ("exposure", "On whom it depends"),
    ("dependents", "Who depends on it"),
    ("customers", "How it depends on its customers"),
)


def entity_page(entity: Entity, claims: list[Claim], titles: dict[str, str], *, first: int, counts: Counts) -> str:
    """`claims` are at most `PAGE_ROWS` of the entity's, from the one `first` on. `titles` by document id."""
    rows: list[list[str | None]] = [
        [_statement(c), circumstances(c), tag("span", standing(c), class_="hedge"), _sources(c, titles)] for c in claims
    ]
    sheet = tag(
        "div",
        tag("h1", entity.label),
        tag("p", _facts(entity), class_="facts"),
        tag("h2", "Connections"),
        _drawing(entity),
        _memos(entity),
        tag("h2", plural(entity.claims, "claim")),
        table(["Claim", "Scope and time", "Standing", "Said where"], rows, label=f"Claims about {entity.label}"),
        _pager(entity, first),
        class_="sheet",
    )
    return page(f"{entity.label} · Tollgraph", sheet, here="/entities", counts=counts, script="entity.js")


def document_page(document: Document, *, start: int | None, end: int | None, counts: Counts) -> str:
    """The stored text; the code points `start` … `end` are marked if both lie in it."""
    text = document.text
    if start is not None and end is not None and 0 <= start < end <= len(text):
        body = join(text[:start], tag("mark", text[start:end], id="quote"), text[end:])
    else:
        body = join(text)
    facts = [document.outlet, document.author, document.published.isoformat() if document.published else None]
    sheet = tag(
        "div",
        tag("h1", document.title or document.source),
        tag("p", " · ".join(f for f in (*facts, document.source) if f), class_="facts"),
        tag("div", body, class_="article"),
        class_="sheet whole",
    )
    return page(f"{document.title or document.source} · Tollgraph", sheet, here="/documents", counts=counts)


def _facts(entity: Entity) -> Html:
    parts: list[str] = [entity.type]
    if entity.aliases:
        parts.append("also called " + ", ".join(entity.aliases[:8]))
    for name, value in entity.identifiers:
        link = f"https://www.wikidata.org/wiki/{value}" if name == "wikidata" else None
        parts.append(join(f"{name} ", tag("a", value, href=link, rel="noreferrer")) if link else f"{name} {value}")
    return join(parts[0], *(join(" · ", part) for part in parts[1:]))


def _drawing(entity: Entity) -> Html:
    hint = "Choose a line to read the claims it stands for; choose a name to go there. Dashed: hedged or denied."
    return tag(
        "div",
        tag("div", class_="canvas", role="img", aria_label=f"Drawing of what {entity.label} is connected to"),
        tag("div", tag("p", hint), class_="beside", aria_live="polite"),
        id="drawing",
        class_="drawing",
        data_entity=entity.id,
    )


def _memos(entity: Entity) -> Html:
    """The risk reports that are about one entity, as memos; customers only of who may have some."""
    reports = _MEMOS if entity.type == "Company" else _MEMOS[:2]
    links = (
        tag("li", tag("a", said, href=f"/v1/risk/{report}?{urlencode({'entity': entity.id, 'format': 'html'})}"))
        for report, said in reports
    )
    return join(tag("h2", "Memos"), tag("ul", *links, class_="memos"))


def _statement(claim: Claim) -> Html:
    verb = f" {predicate_label(claim.predicate)} "
    if isinstance(claim.object, EntityRef):
        return join(_link(claim.subject), verb, _link(claim.object))
    return join(_link(claim.subject), verb, tag("strong", object_text(claim.object)))


def _link(entity: EntityRef) -> Html:
    return tag("a", entity.label, href=entity_link(entity.id))


def _quoted(item: Evidence, titles: dict[str, str]) -> Html:
    link = tag("a", titles.get(item.document, item.document), href=document_link(item.document, item.start, item.end))
    return join(tag("q", item.quote), tag("small", link))


def _sources(claim: Claim, titles: dict[str, str]) -> Html:
    return join(*(_quoted(item, titles) for item in claim.evidence))


def _pager(entity: Entity, first: int) -> Html | None:
    total = entity.claims
    if total <= PAGE_ROWS:
        return None
    link = entity_link(entity.id)
    back = tag("a", "Earlier", href=f"{link}?first={max(0, first - PAGE_ROWS)}") if first else None
    more = tag("a", "Further", href=f"{link}?first={first + PAGE_ROWS}") if first + PAGE_ROWS < total else None
    where = f"{first + 1}–{min(first + PAGE_ROWS, total)} of {total}"
    return tag("nav", back, tag("span", where), more, class_="pager", aria_label="Pages of claims")
