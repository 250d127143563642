"""The front page: the ask box, with examples that this graph can answer."""

from __future__ import annotations

from urllib.parse import quote

from api.web.layout import page
from graph.html import Html, tag
from graph.store.protocol import Counts


def front_page(examples: tuple[str, ...], counts: Counts) -> str:
    """`examples` are questions that the graph answers; none when it is empty."""
    return page("Tollgraph", _ask(examples, counts), _result(), here="/", counts=counts, script="ask.js")


def _ask(examples: tuple[str, ...], counts: Counts) -> Html:
    lede = (
        "Every answer shows the sentences it rests on, and says so when the record is silent."
        if counts.documents
        else "There is nothing to ask yet. Add articles with: tollgraph ingest FILE"
    )
    form = tag(
        "form",
        tag(
            "div",
            tag("label", "Question", for_="question", class_="visually-hidden"),
            tag(
                "input",
                id="question",
                name="q",
                maxlength="1000",
                required=True,
                autofocus=True,
                autocomplete="off",
                enterkeyhint="go",
                placeholder="Who supplies … ?",
            ),
            tag("button", "Ask", type="submit"),
            class_="bar",
        ),
        tag(
            "p",
            tag("label", "As known on", for_="as-of"),
            tag("input", id="as-of", name="as_of", type="date"),
            class_="clock",
        ),
        id="ask",
        role="search",
    )
    links = [tag("li", tag("a", q, href=f"/?q={quote(q)}")) for q in examples]
    return tag(
        "div",
        tag("h1", "Who depends on whom in AI and chips"),
        tag("p", lede, class_="lede"),
        form,
        tag("ul", *links, class_="examples", aria_label="Example questions") if links else None,
        class_="ask",
    )


def _result() -> Html:
    return tag(
        "div",
        tag("section", id="answer", class_="answer", aria_live="polite", aria_label="Answer"),
        tag("aside", id="reader", class_="reader", aria_label="Article", hidden=True),
        id="result",
        class_="result alone",
    )
