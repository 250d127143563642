"""The parts: windows, terms, BM25, the retriever, altered weights."""

from __future__ import annotations

import asyncio
import doctest
import math
from datetime import date
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.passages import Passages, sense, windows, wording
from qa.passages.article import article
from qa.passages.keeping import _fresh
from qa.passages.wording import Wording
from qa.passages.words import by_words
from tests.qa.passages import news as n


@pytest.mark.parametrize("module", [windows, wording])
def test_doctests(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_long_lines_are_cut_between_sentences_and_short_ones_taken_together() -> None:
    text = "Heading\n\n" + "A sentence of some words. " * 60 + "\nA bullet\nAnother"
    spans = windows.windows(text)
    assert all(b - a <= windows.LONGEST for a, b in spans)
    assert text[slice(*spans[0])].startswith("Heading\n\nA sentence")
    assert text[slice(*spans[-1])].endswith("A bullet\nAnother")
    assert [text[a:b][-1] for a, b in spans] == [".", ".", "r"]


@given(st.text(alphabet=st.sampled_from("ab .。\n寒 "), max_size=3_000))
def test_windows_hold_every_character_that_is_no_space(text: str) -> None:
    spans = windows.windows(text)
    assert all(0 < b - a <= windows.LONGEST and not text[a].isspace() for a, b in spans)
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert spans == sorted(spans)


def test_fields_above_a_text_are_in_no_window() -> None:
    text = "Title: Nvidia sells\nDate: 2026-02-03\n\nNvidia sells to Meta. Note: it did before."
    assert [text[start:stop] for start, stop in windows.windows(text)] == ["Nvidia sells to Meta. Note: it did before."]
    assert windows.windows("Note: a line alone") == [(0, 18)]


def test_scores_are_bm25() -> None:
    tables = _fresh(":memory:")
    tables.apply((b.document.id, article(b)) for b in (n.glass(), n.lasers()))
    lengths = np.array([20, 10], dtype=np.float32)
    first, other = by_words(tables.database, Wording(("oven", "unheard"), ()), lengths)
    rare = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    times = 3  # in the title, which counts with each passage, and once in the text
    slowed = 1.2 * (1 - 0.75 + 0.75 * 20 / 15)
    assert other == 0
    assert first == pytest.approx(rare * times * 2.2 / (times + slowed))


def test_other_words_for_a_metric_count_less_than_those_asked_for() -> None:
    store = n.news()
    for number, said in enumerate(("Vettr earned 3 crowns.", "Vettr made a net profit of 3 crowns.", "Vettr sang.")):
        store.put(n.glass(said, source=f"https://news.example/{number}"))
    found = Passages(store).search("What did Vettr earn?", k=3)
    assert [p.text.partition("\n")[2] for p in found][:2] == [
        "Vettr earned 3 crowns.",
        "Vettr made a net profit of 3 crowns.",
    ]


@pytest.mark.parametrize("size", [384, 300])
def test_the_closest_vectors_are_found_among_many(size: int) -> None:
    tables = _fresh(":memory:")
    luck = np.random.default_rng(1)
    rows = luck.normal(size=(5_000, size)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    sense.keep(tables.database, range(5_000), rows)
    near = rows[77] + 0.3 * rows[78]
    scores = sense.Sense(tables.database).by_sense(near, 5_000)
    assert list(np.argsort(-scores)[:2]) == [77, 78]
    assert np.count_nonzero(scores) <= sense.CLOSEST


def test_the_retriever_gives_documents_with_their_place() -> None:
    store = n.news()
    retriever = Passages(store).as_retriever(k=1, as_of=date(2026, 3, 2))
    (found,) = retriever.invoke("hotter ovens")
    place = found.metadata
    assert store.document(place["document"]).text[place["start"] : place["end"]] == found.page_content
    assert found.id == f"{place['document']}:0-{place['end']}"
    assert (place["title"], place["published"]) == ("Ovens at their limit", "2026-03-01")
    assert place["legs"]["words"]["rank"] == 1
    assert asyncio.run(retriever.ainvoke("hotter ovens")) == [found]
