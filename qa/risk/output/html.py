"""A risk report as a memo in one HTML file: nothing is loaded from elsewhere, pictures are part of the page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from graph.html import Html, join, tag
from qa.risk.envelope import Measure, Result, Row, Table
from qa.risk.output.plots.draw import inline_svg
from qa.risk.output.words import answer, headline, manner, marks, numeric, pieces, readable, source
from qa.risk.report import Quote

_SHORT = 24


def html(result: Result) -> str:
    """The memo: the answer in one sentence, pictures, tables, assumptions, coverage, numbered quotes."""
    title = headline(result)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Html((files("qa.risk.output") / "memo.css").read_text(encoding="utf-8"))),
    )
    return "<!doctype html>\n" + tag("html", head, tag("body", _main(result, title)), lang="en") + "\n"


def _main(result: Result, title: str) -> Html:
    return tag(
        "main",
        tag("h1", title),
        tag("p", f"{answer(result)}.", class_="answer"),
        tag("p", result.coverage.said, class_="soft"),
        *(_figure(svg, caption) for svg, caption in inline_svg(result.charts)),
        *(_section(table) for table in readable(result)),
        tag("h2", "Assumptions"),
        tag("ul", *(tag("li", note) for note in result.assumptions)),
        tag("h2", "Method"),
        tag("p", f"{result.method}."),
        *_notes(result.evidence),
    )


def _figure(svg: str, caption: str) -> Html:
    return tag("figure", Html(svg), tag("figcaption", caption))


def _section(table: Table) -> Html:
    note = tag("p", table.note, class_="soft") if table.note else None
    return join(tag("h2", table.title), note, _table(table) if table.rows else tag("p", "None known."))


def _table(table: Table) -> Html:
    classes = ["number" if numeric([row.cells[n] for row in table.rows]) else None for n in range(len(table.columns))]
    heads = (
        tag("th", column.label, scope="col", class_=kind) for column, kind in zip(table.columns, classes, strict=True)
    )
    body = tag("tbody", *(_row(row, classes) for row in table.rows))
    whole = tag("table", tag("thead", tag("tr", *heads)), body, aria_label=table.title)
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=f"Table: {table.title}")


def _row(row: Row, classes: Sequence[str | None]) -> Html:
    """A row whose first cell is its head."""
    last = len(row.cells) - 1
    cells = []
    for n, (cell, kind) in enumerate(zip(row.cells, classes, strict=True)):
        shown = [
            join(" " if place else "", _unbroken(said) if isinstance(cell, Measure) else said, _refs(found))
            for place, (said, found) in enumerate(pieces(cell))
        ]
        after = _refs(marks(row)) if n == last else None
        name, scope = ("td", None) if n else ("th", "row")
        cells.append(tag(name, *shown, after, scope=scope, class_=kind))
    return tag("tr", *cells)


def _unbroken(said: str) -> Html:
    """A number, its range and its basis, each kept on one line where it is short."""
    parts = said.replace(" (", "\n(").splitlines()
    spans = (tag("span", part, class_="whole" if len(part) <= _SHORT else None) for part in parts)
    return join(*(join(" " if place else "", span) for place, span in enumerate(spans)))


def _refs(numbers: Sequence[int]) -> Html | None:
    if not numbers:
        return None
    return tag("sup", *(tag("a", str(n), href=f"#note-{n}", aria_label=f"note {n}") for n in numbers))


def _notes(evidence: Sequence[Quote]) -> tuple[Html, ...]:
    if not evidence:
        return ()
    return tag("h2", "Evidence"), tag("ol", *map(_note, evidence), class_="notes")


def _note(quote: Quote) -> Html:
    number = str(quote.n)
    return tag("li", tag("q", quote.quote), f" — {source(quote)} ({manner(quote)})", id=f"note-{number}", value=number)
