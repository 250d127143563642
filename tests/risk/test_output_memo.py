import re
from html.parser import HTMLParser

from qa.risk.envelope import Column, Measure, Row, Table
from qa.risk.exposure import exposure
from qa.risk.output.html import html
from qa.risk.output.markdown import markdown
from qa.risk.output.traced import result_of
from tests.graph.samples import relation
from tests.risk.facts import store
from tests.risk.results import D, quote, result


def test_the_markdown_memo_is_whole() -> None:
    assert markdown(result()) == (
        r"""# Who makes \<T-glass\>, as of 2026-03-01, as known at 2026-03-02 09:30 UTC

**HHI: 2,500–4,025 points (derived).**

## Makers

shares of \*their\* revenue

| Maker | Share of its revenue | Places | Tier | Own | Note |
| --- | --- | --- | ---: | --- | --- |
| Weaver &amp; Sons \<Ltd\> | 57.5 % (50–60 %) of Weaver &amp; Sons \<Ltd\>'s revenue (disclosed, 2025) """
        r"""| Japan, Taiwan | 1 | yes | most \| of it[^1][^2] |
| =SUM(A1) | unknown |  | 2 | no | -1+1 |

## Countries

None known.

## Assumptions

- 1\. Names are firms.
- What is \*not\* known is unknown.

## Coverage

1 of 2 dependences traced with a disclosed share; 3 claims from 2 documents. What no document says is unknown, not zero.

Method: sum of squares.

[^1]: “Weaver makes \<b\>most\</b\> of it.” — Harbour Times, Glass \| and \<cloth\>, 2026-02-03 (reported, says a buyer)
[^2]: “Half, they say.” — Glass \| and \<cloth\>, 2026-02-03 (reported)
"""
    )


class Seen(HTMLParser):
    """What a page is made of: tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_the_page_has_the_answer_tables_notes_and_pictures() -> None:
    seen = Seen(html(result()))
    for words in (
        "Who makes <T-glass>, as of 2026-03-01",
        "HHI: 2,500–4,025 points (derived).",
        "What is *not* known is unknown.",
        "1 of 2 dependences traced with a disclosed share",
        "sum of squares.",
        "None known.",
        " — Harbour Times, Glass | and <cloth>, 2026-02-03 (reported, says a buyer)",
    ):
        assert words in seen.text
    assert [cell["scope"] for cell in seen.all("th")] == ["col"] * 6 + ["row"] * 2
    assert [table["aria-label"] for table in seen.all("table")] == ["Makers"]
    assert [link["href"] for link in seen.all("a")] == ["#note-1", "#note-2"]
    assert [note["id"] for note in seen.all("li") if "id" in note] == ["note-1", "note-2"]
    assert seen.all("html") == [{"lang": "en"}]


def test_the_picture_in_the_page_is_told_in_words_and_its_ids_do_not_clash() -> None:
    chart = result().charts[0]
    page = html(result(charts=(chart, chart)))
    first, second = Seen(page).all("svg")
    assert first["role"] == "img"
    assert first["aria-label"] == (
        "Makers of <T-glass>. Weaver & Sons <Ltd>: 57.5 % (50–60 %); =SUM(A1): unknown; A third: 5–20 %"
    )
    assert first == second
    groups = re.findall(r'<g id="', page)
    assert groups == []


def test_a_number_and_its_range_are_not_broken_apart() -> None:
    measure = Measure("loss", "percent", D("43.4"), D(5), D(60), "imputed", note="of what the network makes in a year")
    table = Table("losses", "Losses", (Column("loss", "loss"),), (Row((measure,), (1,)),))
    assert (
        '<span class="whole">43.4 %</span> <span class="whole">(5–60 %)</span> '
        "<span>(imputed, of what the network makes in a year)</span><sup>"
    ) in html(result(tables=(table,)))


def test_a_row_of_a_table_is_named_in_its_note() -> None:
    row = quote(1, "SK hynix, 62", locator="cell=17,2;17,5")
    memo = markdown(result(evidence=(row,)))
    assert "— Harbour Times, Glass \\| and \\<cloth\\>, row 17, columns 2 and 5, 2026-02-03 (reported" in memo


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = html(result())
    names = {tag for tag, _ in Seen(page).tags}
    assert not names & {"script", "link", "img", "iframe", "b"}
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_a_trace_cites_each_step_where_it_stands() -> None:
    graph = store(relation("Beta", "supplies", "Alpha"), relation("Gamma", "supplies", "Beta"))
    found = result_of(exposure(graph, "e:alpha"))
    assert "| Gamma | 2 | unknown | Beta supplies Alpha[^1] → Gamma supplies Beta[^2] |" in markdown(found)
    assert 'Beta supplies Alpha<sup><a href="#note-1" aria-label="note 1">1</a></sup> → Gamma' in html(found)
