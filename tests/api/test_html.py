import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from graph.html import Html, join, tag


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def test_markup_of_our_own_stays_and_text_is_escaped() -> None:
    assert tag("p", tag("b", "1 < 2"), " & more") == "<p><b>1 &lt; 2</b> &amp; more</p>"


def test_attributes_are_named_for_html_and_left_out_when_none() -> None:
    assert tag("input", name="q", required=True, value=None, aria_label='a"b') == (
        '<input name="q" required aria-label="a&quot;b">'
    )


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)), min_size=1))
def test_any_text_is_read_back_as_it_was_and_makes_no_element(text: str) -> None:
    page = read(tag("p", text, title=text))
    assert [name for name, _ in page.tags] == ["p"]
    assert "".join(page.text) == text
    assert page.tags[0][1]["title"] == text


def test_joining_nothing_is_empty_markup() -> None:
    joined = join(None, "")
    assert joined == ""
    assert isinstance(joined, Html)
    assert not re.search("<", joined)
