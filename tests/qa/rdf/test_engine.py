"""Questions on graphs that the engine has never seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.settings import Settings
from qa.rdf.answer import Node, RdfAnswer, Value
from qa.rdf.engine import LONGEST, RdfEngine
from qa.rdf.rows import text_of
from qa.rdf.sources import Endpoint
from tests.qa.rdf.graphs import LIBRARY, ORCHARD, SHOP, WORLD, served, write


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RdfEngine]:
    folder = tmp_path_factory.mktemp("graphs")
    settings = Settings(cache=folder / "cache")
    texts = {"orchard": ORCHARD, "shop": SHOP, "library": LIBRARY, "world": WORLD}
    return {n: RdfEngine([write(folder, t, f"{n}.ttl")], settings=settings) for n, t in texts.items()}


def rows(answer: RdfAnswer) -> list[list[str]]:
    return sorted([text_of(c) for c in row] for row in answer.values)


CASES = [
    ("orchard", "How many farms are there?", [["3"]]),
    ("orchard", "Which farms are in Kent?", [["Brook End"], ["Hillside"]]),
    ("orchard", "What is the county of Long Acre?", [["Devon"]]),
    ("orchard", "Show the names of apple varieties that are red.", [["Discovery"], ["Sunset"]]),
    ("orchard", "Who bred Discovery?", [["Tom Reed"]]),
    ("orchard", "Which farms grow Discovery?", [["Brook End"], ["Hillside"]]),
    ("orchard", "Which farms opened after 1990?", [["Brook End"], ["Long Acre"]]),
    ("orchard", "What is the largest farm in Kent?", [["Brook End"]]),
    ("shop", "Which products cost more than 100?", [["Storm Tent"], ["Summit Rope"]]),
    ("shop", "What is the cheapest product?", [["Trail Lantern"]]),
    ("shop", "What is the heaviest product of Northfell?", [["Storm Tent"]]),
    ("shop", "Which brand makes the Pocket Stove?", [["Almura"]]),
    ("shop", "Who placed orders?", [["Ines Falk"], ["Rui Costa"]]),
    ("shop", "Which persons have not placed any order?", [["Lena Moe"]]),
    ("shop", "What is the total quantity of Trail Lantern?", [["7"]]),
    ("shop", "What is the average price of products by brand?", [["179.75", "Northfell"], ["92.5", "Almura"]]),
    ("shop", "List the products of brands in Norway.", [["Storm Tent"], ["Trail Lantern"]]),
    ("shop", "In which country is Almura headquartered?", [["Italy"]]),
    ("shop", "list products that are not discontinued", [["Pocket Stove"], ["Summit Rope"], ["Trail Lantern"]]),
    ("shop", "Which products are more expensive than the Pocket Stove?", [["Storm Tent"], ["Summit Rope"]]),
    ("shop", "Which products are above the average price?", [["Storm Tent"]]),
    ("shop", "How many products does each brand have?", [["Almura", "2"], ["Northfell", "2"]]),
    ("shop", "When was the Summit Rope released?", [["2020-09-09"]]),
    ("shop", "Which products are in the category lamps?", [["Trail Lantern"]]),
    ("shop", "Is Storm Tent discontinued?", [["true"]]),
    ("library", "What are the full names of members who are older than 30?", [["Eva Holt"], ["Pia Lund"]]),
    ("library", "How many members are from each home city?", [["Aarhus", "2"], ["Odense", "1"]]),
    ("library", "Show the titles of books borrowed by Pia Lund.", [["Old Maps"], ["Tides"]]),
    ("library", "Which books have no loans?", [["Kelp"]]),
    ("library", "List the titles of novels with more than 300 pages.", [["Kelp"]]),
    ("library", "Show the title of the book with the most loans.", [["Tides"]]),
    ("library", "Which members have more than one loan?", [["Pia Lund"]]),
    (
        "library",
        "Sort the full names of members by age in descending order.",
        [["Eva Holt"], ["Jon Vik"], ["Pia Lund"]],
    ),
    ("library", "List the top 2 books by number of pages.", [["Kelp"], ["Tides"]]),
    ("library", "Show the most common home city of members.", [["Aarhus"]]),
    ("world", "What is the capital of Norland?", [["Kaup"]]),
    ("world", "Who wrote Night Ferry?", [["Olga Brandt"]]),
    ("world", "How many books did Olga Brandt write?", [["2"]]),
    ("world", "Where was Ida Falk born?", [["Mera"]]),
    ("world", "When was Olga Brandt born?", [["1921-04-02"]]),
    ("world", "When did Olga Brandt die?", [["1999-11-08"]]),
    ("world", "Who is Olga Brandt married to?", [["Nils Orr"]]),
    ("world", "What is the population of Sudria?", [["18400000"]]),
    ("world", "Which countries have more than one official language?", [["Sudria"]]),
    ("world", "How many employees does Orrtech have?", [["1200"]]),
    ("world", "When was Orrtech founded?", [["1951"]]),
    ("world", "Which company was founded by a writer?", [["Mellow"]]),
    ("world", "List all books published after 1960.", [["Glass Hill"], ["Salt"]]),
    ("world", "Give me all writers born after 1950.", [["Ida Falk"]]),
    ("world", "What is the average number of pages of books by Olga Brandt?", [["250"]]),
    ("world", "Which person was born in the capital of Sudria?", [["Ida Falk"]]),
    ("world", "Which writers wrote more than one book?", [["Olga Brandt"]]),
    ("world", "Did Ida Falk write Salt?", [["false"]]),
]


@pytest.mark.parametrize(("graph", "question", "expected"), CASES)
def test_a_question_has_the_rows_that_it_asks_for(
    graphs: dict[str, RdfEngine], graph: str, question: str, expected: list[list[str]]
) -> None:
    answer = graphs[graph].ask(question)
    assert (answer.status, rows(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    ("graph", "question", "word"),
    [
        ("orchard", "How many tractors does Hillside have?", "tractors"),
        ("shop", "Which customers bought lamps?", "customers"),
        ("library", "What is the salary of Pia Lund?", "salary"),
        ("library", "What is the capital of Denmark?", "capital"),
        ("world", "Who composed Night Ferry?", "composed"),
        ("world", "What is the currency of Norland?", "currency"),
    ],
)
def test_a_word_that_the_graph_does_not_know_is_refused(
    graphs: dict[str, RdfEngine], graph: str, question: str, word: str
) -> None:
    answer = graphs[graph].ask(question)
    assert (answer.status, answer.values) == ("unknown", ())
    assert word in answer.answer


def test_a_condition_that_nothing_meets_is_no_answer(graphs: dict[str, RdfEngine]) -> None:
    answer = graphs["shop"].ask("Which products cost more than 9000?")
    assert (answer.status, answer.answer) == ("unknown", "I don't know: the graph holds nothing that fits.")
    assert "9000" in answer.sparql


def test_a_follow_up_edits_the_question_before(graphs: dict[str, RdfEngine]) -> None:
    shop = graphs["shop"]
    first = shop.ask("Which products cost more than 100?")
    count = shop.ask("How many of them are there?", after=first)
    prices = shop.ask("What are their prices?", after=first)
    top = shop.ask("Which of those is the heaviest?", after=first)
    assert [rows(a) for a in (count, prices, top)] == [[["2"]], [["120"], ["310"]], [["Summit Rope"]]]


def test_what_about_puts_one_value_in_the_place_of_another(graphs: dict[str, RdfEngine]) -> None:
    first = graphs["orchard"].ask("Which farms are in Kent?")
    assert rows(graphs["orchard"].ask("What about Devon?", after=first)) == [["Long Acre"]]


def test_an_answer_says_how_the_question_was_understood(graphs: dict[str, RdfEngine]) -> None:
    answer = graphs["shop"].ask("Which products cost more than 100?").to_json()
    assert answer["interpretation"] == "product; unit price of product above 100"
    assert answer["query"]["text"].startswith("SELECT DISTINCT ?x0 WHERE")
    assert answer["values"][0][0].keys() == {"iri", "label"}


def test_literals_keep_their_datatype(graphs: dict[str, RdfEngine]) -> None:
    answer = graphs["library"].ask("What is the age of Jon Vik?")
    assert answer.values == ((Value("19", "http://www.w3.org/2001/XMLSchema#integer"),),)


def test_a_node_comes_with_its_iri(graphs: dict[str, RdfEngine]) -> None:
    answer = graphs["orchard"].ask("Who bred Discovery?")
    assert answer.values == ((Node("http://example.org/orchard/p2", "Tom Reed"),),)


def test_an_endpoint_answers_as_a_file_does(tmp_path: Path) -> None:
    source = Endpoint("http://127.0.0.1:1/sparql", client=served(SHOP))
    engine = RdfEngine(source=source, settings=Settings(cache=tmp_path))
    assert rows(engine.ask("Which products cost more than 100?")) == [["Storm Tent"], ["Summit Rope"]]
    assert rows(engine.ask("Is Storm Tent discontinued?")) == [["true"]]


def test_a_profile_is_kept_and_read_again(tmp_path: Path) -> None:
    file, settings = write(tmp_path, SHOP), Settings(cache=tmp_path / "cache")
    first = RdfEngine([file], settings=settings).ask("How many brands are there?")
    kept = list((tmp_path / "cache").iterdir())
    again = RdfEngine([file], settings=settings).ask("How many brands are there?")
    assert (len(kept), rows(first), rows(again)) == (1, [["2"]], [["2"]])


def test_a_damaged_profile_is_made_anew(tmp_path: Path) -> None:
    file, settings = write(tmp_path, SHOP), Settings(cache=tmp_path / "cache")
    RdfEngine([file], settings=settings)
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b"no profile")
    assert rows(RdfEngine([file], settings=settings).ask("How many brands are there?")) == [["2"]]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.ttl", None, "No such file"),
        ("broken.ttl", "<a> <b> .", "no valid RDF"),
        ("notes.txt", "hello", "unknown kind of file"),
    ],
)
def test_a_file_that_is_no_graph_is_an_error(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        write(tmp_path, text, name)
    with pytest.raises(SourceError, match=message):
        RdfEngine([str(tmp_path / name)], settings=Settings(cache=tmp_path))


def test_a_question_beyond_measure_is_refused(graphs: dict[str, RdfEngine]) -> None:
    answer = graphs["shop"].ask("products " * LONGEST)
    assert (answer.status, "too long" in answer.answer) == ("unknown", True)


def test_an_answer_says_how_sure_it_is_and_a_refusal_does_not(graphs: dict[str, RdfEngine]) -> None:
    sure = graphs["orchard"].ask("How many farms are there?")
    assert sure.confidence is not None
    assert 0 < sure.confidence <= 1
    assert sure.to_json()["confidence"] == sure.confidence
    assert graphs["orchard"].ask("How many tractors does Hillside have?").confidence is None
