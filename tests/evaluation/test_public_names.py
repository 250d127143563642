"""MEANTIME, FIRE and the forecasts: how their rows are read and scored, on rows of our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.evaluation.public import finnumclaim, fire, meantime
from api.evaluation.public.base import PublicResult
from api.evaluation.public.meantime_gold import read_articles
from api.evaluation.public.tokens import join
from graph.errors import SettingsError, SourceError


def _values(result: PublicResult) -> dict[str, float | None]:
    return {f.name: f.value for f in result.figures}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_tokens_become_running_text_with_their_places() -> None:
    words = join(["Orvanta", "'s", "profit", "(", "$", "5", "million", ")", "rose", "3", "%", "."])
    assert words.text == "Orvanta's profit ($5 million) rose 3%."
    assert [words.text[start:end] for start, end in words.places[3:7]] == ["(", "$", "5", "million"]
    assert words.text[slice(*words.span(4, 6))] == "$5 million"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    sentences = [
        ["Intel", "buys", "lasers"],
        ["June", "3", ",", "2010"],
        ["Intel", "bought", "lasers", "from", "Orvanta", ",", "a", "start-up", ",", "in", "Texas", "."],
        ["It", "makes", "chips", "."],
    ]
    _write(tmp_path / "sentences.jsonl", [{"doc": "a/1", "sent_id": i, "tokens": t} for i, t in enumerate(sentences)])
    marked = [
        (0, [0], "ORG", "i", "PROPN"),
        (2, [0], "ORG", "i", "PROPN"),
        (2, [4, 5, 6, 7], "ORG", "o", "PROPN"),
        (2, [6, 7], "ORG", "o", "NOUN"),
        (2, [10], "LOC", "t", "PROPN"),
        (3, [0], "ORG", "i", "PRON"),
        (9, [0], "ORG", "i", "PROPN"),
    ]
    rows = [
        {
            "conll_doc_key": "a/1",
            "sent_id": sentence,
            "tokens_number": numbers,
            "mention_type": kind,
            "coref_chain": chain,
            "mention_head_pos": head,
        }
        for sentence, numbers, kind, chain, head in marked
    ]
    _write(tmp_path / "entities_mentions.jsonl", rows)
    return tmp_path


def test_meantime_takes_the_names_of_the_annotated_sentences(news: Path) -> None:
    (article,) = read_articles(news)
    cores = [(m.kind, article.text[slice(*m.core)]) for m in article.mentions if m.core]
    assert cores == [("ORG", "Intel"), ("ORG", "Intel"), ("ORG", "Orvanta"), ("LOC", "Texas")]


def test_meantime_scores_names_and_what_pronouns_mean(news: Path) -> None:
    ours, spacy = meantime.measure(news, lambda _: None)
    values = _values(ours)
    assert [values[f"{kind} F1"] for kind in ("ORG", "LOC")] == [1.0, 1.0]
    assert (values["PRO F1"], values["coreference P"]) == (None, 1.0)
    assert ours.misses == ()
    assert (spacy.suite, spacy.system) == ("meantime", "spaCy's labels")


ROW = {
    "tokens": ["Revenue", "rose", "10", "%", "to", "$", "5", "million", "in", "2012", "."],
    "entities": [
        {"type": "FinancialEntity", "start": 0, "end": 1},
        {"type": "Quantity", "start": 2, "end": 4},
        {"type": "Money", "start": 5, "end": 8},
        {"type": "Date", "start": 9, "end": 10},
    ],
    "relations": [
        {"head": 0, "tail": 1, "type": "ValueChangeIncreaseby"},
        {"head": 0, "tail": 2, "type": "Value"},
        {"head": 2, "tail": 3, "type": "Valuein"},
        {"head": 0, "tail": 3, "type": "Propertyof"},
    ],
}


def test_fire_finds_the_level_the_change_and_the_date(tmp_path: Path) -> None:
    _write(tmp_path / "fire_dev.jsonl", [ROW])
    ours, nearest = fire.measure(tmp_path, lambda _: None)
    values = _values(ours)
    assert [values[name] for name in ("Money span F1", "Date span F1", "Value F1", "ValueChange F1")] == [1.0] * 4
    assert values["money–metric–date R"] == 1.0
    assert _values(nearest)["ValueChange F1"] == 0.0


def test_fire_says_which_row_is_broken(tmp_path: Path) -> None:
    _write(tmp_path / "fire_dev.jsonl", [{"tokens": []}])
    with pytest.raises(SettingsError, match=r"fire_dev\.jsonl:1: row without 'entities'"):
        fire.measure(tmp_path, lambda _: None)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("the firm expects revenue of $5 million next year.", True),
        ("it forecasts the margin to fall to 40%.", True),
        ("revenue was $5 million, above the estimate of $4 million.", False),
        ("sales rose 5% in may.", False),
    ],
)
def test_the_first_figure_says_whether_a_row_looks_ahead(text: str, ahead: bool) -> None:
    assert list(finnumclaim.looks_ahead([text])) == [ahead]


def test_forecasts_are_scored_beside_a_pattern(tmp_path: Path) -> None:
    for kind in ("arpts", "ec"):
        path = tmp_path / f"gold_{kind}_numclaim-train-5768.csv"
        path.write_text("text,label\nit expects sales of $5 million.,1\nsales were $4 million.,0\n", encoding="utf-8")
    ours, pattern = finnumclaim.measure(tmp_path, lambda _: None)
    assert _values(ours) == _values(pattern) == dict.fromkeys(_values(ours), 1.0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="numclaim"):
        finnumclaim.measure(tmp_path, lambda _: None)
