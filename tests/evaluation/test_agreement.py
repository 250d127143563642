"""Our scorer against the one that comes with the development data, on the same claims and answers."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from api.evaluation import shared
from api.evaluation.answers_score import AnswerScorer
from api.evaluation.bench import Bench
from api.evaluation.claims_score import ClaimScorer
from api.evaluation.drive import claims_of
from api.evaluation.gold_graph import GoldNames, gold_documents
from api.evaluation.markdown import page
from api.evaluation.places import shared_places
from api.evaluation.results import AnswersResult
from api.evaluation.runner import run
from api.evaluation.sentences import lost_anchors, spans
from graph.contract import Json
from graph.errors import SourceError
from graph.settings import Settings
from tests.evaluation.clock import NOW
from tests.shared import SHARED

needs_shared = pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")


@pytest.fixture(scope="module")
def bench() -> Bench:
    assert SHARED is not None
    return Bench(shared_places(SHARED)[0], settings=Settings(), now=NOW, progress=lambda _: None)


@pytest.fixture(scope="module")
def dev(bench: Bench) -> Path:
    assert bench.gold.scorer is not None
    return bench.gold.scorer


def spoilt(claims: list[Json], seed: int) -> list[Json]:
    """Claims of which many are wrong in one way or another."""
    dice = random.Random(seed)
    out = []
    for claim in claims:
        match dice.randrange(9):
            case 0:
                continue
            case 1:
                claim = claim | {"subject": claim["object"], "object": claim["subject"]}
            case 2:
                claim = claim | {"period": None, "scope": "somewhere"}
            case 3:
                claim = claim | {"modality": "opinion", "attributed_to": "Nobody"}
            case 4:
                claim = claim | {"polarity": not claim["polarity"]}
            case 5:
                claim = claim | {"evidence": [e | {"start": e["start"] + 1} for e in claim["evidence"]]}
            case 6:
                claim = claim | {"subject": claim["subject"] | {"label": "the " + claim["subject"]["label"].upper()}}
            case _:
                pass
        out.append(claim)
    return out


@needs_shared
@pytest.mark.shared
def test_both_scorers_say_the_same_of_claims(bench: Bench, dev: Path) -> None:
    gold = claims_of(gold_documents(bench.corpus.documents, bench.rows, GoldNames(bench.entities)))
    scorer = ClaimScorer(bench.labels)
    for seed in (None, 1, 2):
        claims = {stem: rows if seed is None else spoilt(rows, seed) for stem, rows in gold.items()}
        pages = {s: scorer.page(s, rows, claims[s], bench.corpus.texts[s]) for s, rows in bench.rows.items()}
        official = shared.score_claims(dev, claims)
        assert shared.claims_agree(official, pages)
        recall = official["total"]["metric_strict"]["recall"]
        assert recall == 1.0 if seed is None else recall < 1.0
        assert (official["total"]["evidence_violations"] > 0) is (seed is not None)


@needs_shared
@pytest.mark.shared
def test_both_scorers_say_the_same_of_answers(bench: Bench, dev: Path) -> None:
    document = next(iter(bench.corpus.documents.values()))
    first = {"source": document.source, "start": 0, "end": 9, "quote": document.text[:9]}
    answers = {}
    for number, question in enumerate(bench.questions):
        gold = question.gold
        values = [{"entity": {"id": "e:x", "label": label, "type": "Company"}} for label in gold["entities"]]
        values += [json.loads(json.dumps(gold["quantity"], default=float))] if gold["quantity"] else []
        values += [{"boolean": gold["boolean"]}] if gold["boolean"] is not None else []
        status = ("answered", gold["status"], "unknown")[number % 3]
        suggestions = ["one", "two"] if status == "ambiguous" else []
        said = " ".join(words[0] for words in gold.get("says", ()))
        answers[question.id] = {"status": status, "values": values if status == "answered" else [], "answer": said}
        answers[question.id] |= {"suggestions": suggestions, "evidence": [first] * (number % 4)}
    outcomes = AnswerScorer(bench.labels, bench.corpus.texts).outcomes(bench.questions, answers)
    ours = AnswersResult("dev-questions", "made up", outcomes)
    official = shared.score_answers(dev, answers)
    assert shared.answers_agree(official, ours)
    assert official["by_kind"] == ours.to_json()["by_kind"]
    assert len(official["evidence_violations"]) == ours.violations
    assert 0.0 < (ours.accuracy or 0) < 1.0


@needs_shared
@pytest.mark.shared
def test_sentences_are_counted_as_the_gold_counts_them(bench: Bench) -> None:
    for stem, text in bench.corpus.texts.items():
        assert lost_anchors(text, bench.rows[stem]) == [], stem
        assert all(text[start:end].strip() == text[start:end] for start, end in spans(text)), stem


@needs_shared
@pytest.mark.shared
def test_articles_on_the_bench_hold_the_characters_of_their_files(bench: Bench) -> None:
    for stem, document in bench.corpus.documents.items():
        assert document.text == (bench.place.texts / f"{stem}.txt").read_bytes().decode("utf-8"), stem


@needs_shared
@pytest.mark.shared
def test_the_page_of_the_development_suites_quotes_none_of_their_articles(bench: Bench) -> None:
    assert SHARED is not None
    report = run(["dev-claims", "dev-questions"], settings=Settings(), now=NOW, shared=SHARED)
    assert report.problems == ()
    written = _runs(page(report))
    for stem, text in bench.corpus.texts.items():
        assert written & _runs(text) == set(), stem


def _runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_a_scorer_that_is_missing_or_fails_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"evaluation file missing: .*score\.py"):
        shared.score_claims(tmp_path, {})
    (tmp_path / "score.py").write_text("raise SystemExit('no such gold')\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"score\.py failed: no such gold"):
        shared.score_answers(tmp_path, {})
    (tmp_path / "score.py").write_text("print('fine')\n", encoding="utf-8")
    with pytest.raises(SourceError, match="did not print JSON"):
        shared.score_claims(tmp_path, {})
