from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.agreement import origins
from graph.agreement.origins import alone, copies_of, independent
from graph.agreement.sources import Sources
from graph.model import Claim, Document
from tests.agreement.telling import MARCH, paper, said
from tests.agreement.texts import framed, story
from tests.graph.samples import relation


def supplies(*documents: Document, **fields: Any) -> Claim:
    return said(relation("Arbor", "supplies", "Cindra", **fields), *documents)


def of(claim: Claim, *documents: Document) -> list[tuple[str, int]]:
    return [(origin.name, len(origin.documents)) for origin in origins([claim], documents)[claim.id]]


def test_documents_of_several_outlets_are_independent() -> None:
    one, two, three = paper("one", outlet="Harbour Post"), paper("two", outlet="Gull Daily"), paper("three")
    assert of(supplies(one, two, three), one, two, three) == [(three.id, 1), ("gull daily", 1), ("harbour post", 1)]


def test_an_outlet_counts_once() -> None:
    one, two = paper("one", outlet="Reuters"), paper("two", outlet="Thomson Reuters")
    assert of(supplies(one, two), one, two) == [("reuters", 2)]


def test_copies_count_as_the_first_that_was_published() -> None:
    one = paper("one", MARCH, outlet="Harbour Post", text=story(1))
    two = paper("two", date(2026, 2, 27), outlet="Gull Daily", text=framed(story(1)))
    three = paper("three", text=story(2))
    assert of(supplies(one, two, three), one, two, three) == [(three.id, 1), ("gull daily", 2)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"attributed_to": "The Information"}, "the information"),
        ({"attributed_to": "Reuters", "origins": ("Reuters", "people familiar with the matter")}, "reuters"),
        ({"attributed_to": "Gull Daily", "origins": ("Gull Daily", "FT")}, "financial times"),
        ({"attributed_to": "the company"}, "arbor"),
        ({"attributed_to": "Arbor"}, "arbor"),
        ({"attributed_to": "annual report"}, "arbor"),
        ({"attributed_to": "Jensen Huang"}, "nvidia"),
    ],
    ids=str,
)
def test_a_named_origin_counts_once(fields: dict[str, Any], name: str) -> None:
    one, two = paper("one", outlet="Harbour Post"), paper("two", outlet="Gull Daily")
    assert of(supplies(one, two, **fields), one, two) == [(name, 2)]


@pytest.mark.parametrize(
    "who", ["people familiar with the matter", "Two people", "analysts", "知情人士", "same report"]
)
def test_nobody_in_particular_is_told_apart_by_the_text(who: str) -> None:
    one, two = paper("one", outlet="Harbour Post"), paper("two", outlet="Gull Daily")
    assert len(of(supplies(one, two, attributed_to=who, origins=(who,)), one, two)) == 2


def test_a_document_that_is_not_known_stands_for_itself() -> None:
    one, gone = paper("one", outlet="Harbour Post"), paper("gone")
    assert of(supplies(one, gone), one) == [(gone.id, 1), ("harbour post", 1)]


PAPERS = (
    paper("one", MARCH, outlet="Harbour Post", text=story(1)),
    paper("two", date(2026, 2, 27), outlet="Gull Daily", text=framed(story(1))),
    paper("three", text=story(1)),
    paper("four", MARCH, outlet="Harbour Post", text=story(2)),
    paper("five", text=story(3)),
)
CITED = st.lists(st.sampled_from(PAPERS), min_size=1, max_size=3, unique=True)
SAYERS = st.sampled_from((None, "people familiar with the plan", "Harbour Post", "Dr Ode"))


@given(st.lists(st.tuples(CITED, SAYERS), min_size=1, max_size=4))
def test_one_source_alone_is_told_as_by_all_origins(said_so: list[tuple[list[Document], str | None]]) -> None:
    claims = [supplies(*cited, attributed_to=by) for cited, by in said_so]
    sources = Sources(PAPERS)
    copies = copies_of(sources.documents)
    assert alone(claims, sources, copies) == (len(independent(claims, sources, copies)) == 1)
