"""Words that no label explains, read by sense: only where that is near, clear, and says something new."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.settings import Settings
from graph.text import encoder
from qa.rdf.engine import RdfEngine
from qa.rdf.rows import text_of
from tests.qa.rdf.graphs import LIBRARY, ORCHARD, SHOP, WORLD, write


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RdfEngine]:
    folder = tmp_path_factory.mktemp("graphs")
    settings = Settings(cache=folder / "cache")
    texts = {"orchard": ORCHARD, "shop": SHOP, "library": LIBRARY, "world": WORLD}
    return {n: RdfEngine([write(folder, t, f"{n}.ttl")], settings=settings) for n, t in texts.items()}


@pytest.mark.parametrize(
    ("graph", "question", "rows", "caveat"),
    [
        ("shop", "Which merchandise is heavier than 3000?", ["Summit Rope"], "“merchandise” read as “product”"),
        ("shop", "How many manufacturers are there?", ["2"], "“manufacturers” read as “brand”"),
        ("library", "How many borrowings are there?", ["3"], "“borrowings” read as “loan”"),
    ],
)
def test_an_unknown_word_is_read_as_the_label_that_means_the_same(
    graphs: dict[str, RdfEngine], graph: str, question: str, rows: list[str], caveat: str
) -> None:
    answer = graphs[graph].ask(question)
    assert (answer.status, sorted(text_of(row[0]) for row in answer.values)) == ("answered", rows)
    assert answer.caveats == (caveat,)


@pytest.mark.parametrize(
    ("graph", "question"),
    [
        ("world", "How many cars does Orrtech have?"),  # nothing near
        ("library", "Which female members are there?"),  # a restriction that is no label
        ("library", "Show the age of the member xelbrun."),  # no English word: a name
        ("orchard", "How many tractors does Hillside have?"),  # near to farms, but Hillside is one
        ("shop", "Which product is the costliest merchandise?"),  # only near to what is named already
    ],
)
def test_a_word_that_is_near_to_nothing_new_is_refused(graphs: dict[str, RdfEngine], graph: str, question: str) -> None:
    assert graphs[graph].ask(question).status == "unknown"


def test_vectors_of_labels_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, settings = write(tmp_path, SHOP), Settings(cache=tmp_path / "cache")
    question = "How many manufacturers are there?"
    assert RdfEngine([file], settings=settings).ask(question).answer == "2."
    asked: list[str] = []
    embed = encoder.Encoder.embed
    monkeypatch.setattr(encoder.Encoder, "embed", lambda self, texts: asked.extend(texts) or embed(self, texts))
    assert RdfEngine([file], settings=settings).ask(question).answer == "2."
    assert set(asked) == {"manufacturers", "manufacturer"}


def test_without_the_model_the_word_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_PACKAGE", "no_such_package")
    engine = RdfEngine([write(tmp_path, SHOP)], settings=Settings(cache=tmp_path / "cache"))
    assert "“manufacturers”" in engine.ask("How many manufacturers are there?").answer
    assert engine.ask("How many brands are there?").answer == "2."
