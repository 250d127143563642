"""What is sent to a server and what comes back of it: nothing is lost that Virtuoso would lose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import StoreError
from graph.namespaces import XSD
from graph.store.remote.literals import EXACT, PIECE, back, out, received, sent

GRAPH, NODE, SAYS = (NamedNode(f"https://example.org/{name}") for name in ("graph", "node", "says"))


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("text", "kind", "wire"),
    [
        ("5", "decimal", "5.0"),
        ("-160000000000", "decimal", "-160000000000.0"),
        ("0.93", "decimal", "0.93"),
        ("7", "integer", "7"),
        ("2026-03-02T09:30:00.5Z", "dateTime", "2026-03-02T09:30:00.5Z"),
        ("true", "boolean", "true"),
    ],
)
def test_what_survives_is_sent_as_it_is_and_whole_decimals_with_a_point(text: str, kind: str, wire: str) -> None:
    made = sent(typed(text, kind))
    assert made == typed(wire, kind)
    assert received(made) == typed(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.1234567890123456", "decimal"),
        ("1.50", "decimal"),
        ("-0", "decimal"),
        ("2147483648", "integer"),
        ("1", "boolean"),
        ("0000-01-01", "date"),
        ("2026-03-02T09:30:00.50Z", "dateTime"),
        ("2026-03-02T09:30:00+08:00", "dateTime"),
        ("1e3", "double"),
    ],
)
def test_what_a_server_would_change_travels_as_text(text: str, kind: str) -> None:
    made = sent(typed(text, kind))
    assert isinstance(made, Literal)
    assert (made.value, made.datatype.value.startswith(EXACT)) == (text, True)
    assert received(made) == typed(text, kind)


@pytest.mark.parametrize(
    ("given_back", "kind", "text"),
    [("1", "boolean", "true"), ("0", "boolean", "false"), ("09:30:00.500Z", "dateTime", "09:30:00.5Z")],
)
def test_values_come_back_in_the_form_that_is_written(given_back: str, kind: str, text: str) -> None:
    day = "2026-03-02T" if kind == "dateTime" else ""
    assert received(typed(day + given_back, kind)) == typed(day + text, kind)


def test_languages_with_capitals_keep_them() -> None:
    term = Literal("字", language="zh-Hans")
    assert received(sent(term)) == term


@pytest.mark.parametrize("text", ["字" * 5_000 + '"\\\n\x00\x1b' * 3_000, "a" * 12_001, "b" * 2_000_000])
def test_long_texts_travel_in_pieces(text: str) -> None:
    quads = [Quad(NODE, SAYS, Literal(text), GRAPH), Quad(NODE, SAYS, Literal("short"), GRAPH)]
    wire = list(out(quads))
    assert all(len(str(quad.object)) < 20_000 for quad in wire)
    assert sum(quad.predicate.value.startswith(PIECE) for quad in wire) == -(-len(text) // 4_000)
    assert set(back(reversed(wire))) == set(quads)


def test_a_lost_piece_is_an_error_that_names_the_document() -> None:
    wire = list(out([Quad(NODE, SAYS, Literal("a" * 50_000), GRAPH)]))
    with pytest.raises(StoreError, match=r"example.org/node.*lost a part"):
        list(back(wire[1:]))


def test_iris_that_servers_cut_are_refused() -> None:
    with pytest.raises(StoreError, match="1500 at most"):
        list(out([Quad(NamedNode("urn:" + "x" * 2_000), SAYS, Literal("a"), GRAPH)]))


KINDS = ("decimal", "integer", "boolean", "date", "dateTime", "string", "base64Binary", "double")


@given(st.sampled_from(KINDS), st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(r"-?\d{1,20}(\.\d+)?"))
def test_any_literal_survives_the_way(kind: str, text: str) -> None:
    quad = Quad(NODE, SAYS, typed(text, kind), GRAPH)
    assert list(back(out([quad]))) == [quad]
