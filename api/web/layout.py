"""What every page has around it: head, masthead with navigation, footer."""

from __future__ import annotations

from graph.html import Html, join, tag
from graph.store.protocol import Counts

# cytoscape adds an inline <style>, which our policy forbids, unless an element of this id is there.
_CYTOSCAPE_STYLE = "__________cytoscape_stylesheet"

_PAGES = (("/", "Ask"), ("/entities", "Entities"), ("/documents", "Documents"))


def page(title: str, *body: str | None, here: str, counts: Counts, script: str | None = None) -> str:
    """A whole HTML document. `here` is the path of the navigation item to mark; `script` an ES module under /static."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/static/page.css", id=_CYTOSCAPE_STYLE),
        tag("script", type="module", src=f"/static/{script}") if script else None,
    )
    shown = tag("body", _skip(), _masthead(here), tag("main", *body, id="main", tabindex="-1"), _footer(counts))
    return "<!doctype html>\n" + tag("html", head, shown, lang="en")


def _skip() -> Html:
    return tag("a", "Skip to content", href="#main", class_="skip")


def _masthead(here: str) -> Html:
    links = [tag("a", label, href=path, aria_current="page" if path == here else None) for path, label in _PAGES]
    return tag(
        "header",
        tag("a", "Tollgraph", href="/", class_="wordmark"),
        tag("nav", *links, aria_label="Pages"),
        class_="masthead",
    )


def _footer(counts: Counts) -> Html:
    held = (
        f"{plural(counts.documents, 'document')}, {plural(counts.entities, 'entity', 'entities')}, "
        f"{plural(counts.claims, 'claim')}. Every answer is drawn from them, and from nothing else."
    )
    links = join(
        *(tag("a", "API", href="/openapi.json"), " · ", tag("a", "SPARQL", href="/sparql?query=" + _SAMPLE_QUERY)),
        *(" · ", tag("a", "Vocabulary", href="/ontology"), " · ", tag("a", "Export", href="/v1/export?format=trig")),
    )
    return tag("footer", tag("p", held), tag("p", links))


_SAMPLE_QUERY = "SELECT%20DISTINCT%20%3Fp%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%20100"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 claim`, `1,204 claims`, `2 entities`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
