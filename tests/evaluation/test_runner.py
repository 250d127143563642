"""A whole run over the shipped briefings, its page, its table and the command."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from api import evaluation
from api.cli import run as tollgraph
from api.evaluation import runner
from api.evaluation.claims_score import PageScore
from api.evaluation.markdown import page
from api.evaluation.places import Place, shared_places
from api.evaluation.results import AnswersResult, ClaimsResult, EvaluationReport, SpansResult
from api.evaluation.suites import SUITES
from api.evaluation.tables import rate, summary
from graph.errors import SettingsError, SourceError
from graph.settings import Settings
from tests.evaluation.cases import SELLS, TEXT, answer, measures, metric, named, question, relation, says
from tests.evaluation.clock import NOW
from tests.evaluation.test_answers_score import SCORER as ANSWERS
from tests.evaluation.test_claims_score import SCORER as CLAIMS

OWN_SUITES = (
    "spans",
    "samples-claims",
    "samples-questions",
    "own-questions",
    "own-questions-on-gold",
    "new-names",
    "passages",
    "news-items",
)
DEV_SUITES = ("dev-claims", "dev-questions", "dev-questions-on-gold")
PUBLIC_SUITES = (
    *("core", "knowledgenet", "recognizers", "meantime", "fire", "finnumclaim"),
    *("spider-rdf", "spider-synonyms", "sparc", "cosql", "acme-insurance", "metaqa", "abstention"),
)


@pytest.fixture(scope="module")
def alone() -> Iterator[None]:
    """As in a checkout with nothing beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "beside_checkout", lambda: None)
        yield


@pytest.fixture(scope="module")
def report(alone: None) -> EvaluationReport:
    return evaluation.run(settings=Settings(), now=NOW)


def test_a_run_without_development_data_measures_the_briefings_and_says_what_it_skipped(
    report: EvaluationReport,
) -> None:
    assert tuple(dict.fromkeys(result.suite.partition(",")[0] for result in report.results)) == OWN_SUITES
    assert tuple(skipped.suite for skipped in report.skipped) == (*DEV_SUITES, *PUBLIC_SUITES)
    assert all("no development data" in skipped.reason for skipped in report.skipped)
    assert report.problems == ()


def test_every_piece_of_evidence_of_the_briefings_stands(report: EvaluationReport) -> None:
    (spans,) = (result for result in report.results if isinstance(result, SpansResult))
    assert (spans.documents, spans.wrong) == (25, ())
    assert 0 < spans.claims <= spans.pieces


def test_extraction_and_answers_are_above_their_baselines(report: EvaluationReport) -> None:
    scored = [result for result in report.results if isinstance(result, ClaimsResult)]
    assert len({result.suite for result in scored}) == 3  # the briefings, and the news items of two writers
    for claims, baseline in zip(scored[::2], scored[1::2], strict=True):
        assert claims.suite == baseline.suite
        for name in ("entity", "relation", "metric_strict", "metric_relaxed"):
            assert (getattr(claims.total, name).f1 or 0) > (getattr(baseline.total, name).f1 or 0), name
    found = [result for result in report.results if isinstance(result, AnswersResult)]
    assert len({result.suite for result in found}) == 11
    for result in found:
        ours, *baselines = (r for r in found if r.suite == result.suite)
        assert len(baselines) == 3
        for baseline in baselines:
            assert (ours.accuracy or 0) > (baseline.accuracy or 0), (result.suite, baseline.system)
            assert ours.count("false answer") <= baseline.count("false answer"), (result.suite, baseline.system)


def test_of_the_held_out_part_only_totals_are_shown(report: EvaluationReport, tmp_path: Path) -> None:
    halves = [r for r in report.results if isinstance(r, AnswersResult) and r.suite.startswith("own-questions, ")]
    (held,) = (r for r in halves if r.held_out and r.system == "tollgraph")
    assert (held.suite, len(held.outcomes), held.refusals) == ("own-questions, fourth writer, held out", 100, 20)
    assert not {"false_answers", "wrong_answers", "unanswered"} & set(held.to_json())
    assert held.to_json()["refused_rightly"]["of"] == 20
    evaluation.write_misses(report, tmp_path / "misses.jsonl")
    ids = {o.question.id for o in held.outcomes}
    missed = [json.loads(line) for line in (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["suite"] for row in missed} >= {"own-questions, first writer, one half", "samples-questions"}
    assert not ids & {row["id"] for row in missed}
    page_of_half = page(report).partition("## own-questions, fourth writer, held out in detail")[2].partition("## ")[0]
    assert page_of_half.strip() == "Held out: only totals are shown."


def test_the_same_report_writes_the_same_bytes(report: EvaluationReport, tmp_path: Path) -> None:
    one, other = tmp_path / "new" / "one.md", tmp_path / "other.md"
    evaluation.write(report, one)
    evaluation.write(report, other)
    assert one.read_bytes() == other.read_bytes()
    text = one.read_text(encoding="utf-8")
    assert text.startswith("# Evaluation\n")
    for heading in ("## Scores", "## samples-claims by article", "## samples-questions in detail"):
        assert heading in text
    assert "Not run: dev-claims" in text


def test_a_second_run_gives_the_same_page(report: EvaluationReport, alone: None) -> None:
    twice = ("spans", "samples-claims", "samples-questions")
    before = tuple(r for r in report.results if r.suite.partition(",")[0] in twice)
    again = evaluation.run(twice, settings=Settings(), now=NOW)
    assert page(again) == page(replace(report, results=before, skipped=()))


def small_report(*, quotable: bool) -> EvaluationReport:
    gold = [relation("Acme", "acquires", "Borealis"), metric("Acme", "revenue", 5, None, "USD", period="2025")]
    claims = [says("Acme", "supplies", "Borealis", polarity=False), measures("Acme", "revenue", 5, None, "USD")]
    claims.append(says("Acme", "supplies", "Borealis") | {"object": {"text": "the first profit ever"}})
    outcomes = ANSWERS.outcomes([question(entities=["Acme"])], {"q1": answer(named("Borealis"), said="Borealis | [1]")})
    return EvaluationReport(
        "1.2.3",
        (
            SpansResult("spans", "samples", 1, 3, 3),
            ClaimsResult("x-claims", "tollgraph", {"01-acme": CLAIMS.page("01-acme", gold, claims, TEXT)}, quotable),
            ClaimsResult("x-claims", "baseline of verbs", {"01-acme": PageScore()}, quotable),
            AnswersResult("x-questions", "tollgraph", outcomes, quotable),
        ),
    )


def test_a_page_lists_what_was_missed_near_and_wrong() -> None:
    text = page(small_report(quotable=True))
    assert "- missed: Acme acquires Borealis (sentence 0)" in text
    assert "- near: Acme revenue level 5 to … USD (c:1): gold 2025, scope none; said no period, scope none" in text
    assert f"- wrong: Acme not supplies Borealis (c:1): “{SELLS}”" in text
    assert "Acme supplies the first profit ever" in text
    assert "- q1 (fact): wrong. Who? → Borealis | [1]" in text
    assert "x-claims: baseline of verbs" in text


def test_a_page_does_not_quote_articles_that_are_not_shipped() -> None:
    text = page(small_report(quotable=False))
    assert "- wrong: Acme not supplies Borealis (c:1)\n" in text
    assert "- q1 (fact): wrong\n" in text
    assert not any(words in text for words in (SELLS, "first profit", "Who?"))


def test_one_table_has_a_row_a_measure_and_the_baseline_beside() -> None:
    head, *rows = summary(small_report(quotable=True))
    assert head == ["suite", "measured", "tollgraph", "baseline"]
    cells = {(suite, measured): (ours, theirs) for suite, measured, ours, theirs in rows}
    assert cells["spans", "bad spans, samples"] == ("0 of 3 in 3 claims", "–")
    assert cells["x-claims", "metric claims relaxed P / R / F1"] == ("1.000 / 1.000 / 1.000", "– / – / –")
    assert cells["x-claims", "relations P / R / F1"] == (".000 / .000 / .000", "– / – / –")
    assert cells["x-questions", "right or refused rightly"] == (".000 (0 of 1)", "–")
    assert cells["x-questions", "wrong"] == ("1 of 1", "–")
    shown = io.StringIO()
    evaluation.print_report(small_report(quotable=True), Console(file=shown, width=160))
    assert shown.getvalue().count("x-claims") == 2
    assert "0 of 3 in 3 claims" in shown.getvalue()


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (0.0, ".000"), (0.0625, ".062"), (1.0, "1.000")])
def test_rates_have_three_decimals(value: float | None, shown: str) -> None:
    assert rate(value) == shown


def test_scorers_that_differ_make_the_run_fail() -> None:
    differ = ClaimsResult("dev-claims", "tollgraph", {}, agrees=False)
    report = EvaluationReport("1.2.3", (differ, replace(differ, agrees=True)))
    assert report.problems == differ.problems
    assert "differ" in report.problems[0]
    assert "**differ**" in page(report)
    assert report.to_json()["problems"] == list(report.problems)


@pytest.mark.parametrize("name", DEV_SUITES)
def test_a_named_suite_without_its_data_is_an_error(name: str, alone: None) -> None:
    with pytest.raises(SettingsError, match=f"suite “{name}” cannot run: no development data"):
        evaluation.run([name], settings=Settings(), now=NOW)


def test_unknown_suites_and_folders_without_data_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no suite “speed”; there are spans, samples-claims"):
        evaluation.run(["speed"], settings=Settings(), now=NOW)
    with pytest.raises(SourceError, match="no folder dev in"):
        evaluation.run(["spans"], settings=Settings(), now=NOW, shared=tmp_path)
    (tmp_path / "dev" / "texts").mkdir(parents=True)
    with pytest.raises(SourceError, match=r"no \.txt articles in"):
        evaluation.run(["dev-claims"], settings=Settings(), now=NOW, shared=tmp_path)
    (tmp_path / "dev" / "texts" / "01-acme.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceError, match=r"evaluation file missing: .*entities\.json"):
        evaluation.run(["dev-claims"], settings=Settings(), now=NOW, shared=tmp_path)
    (tmp_path / "dev" / "entities.json").write_text("[]", encoding="utf-8")
    with pytest.raises(SourceError, match=r"evaluation file missing: .*01-acme\.jsonl"):
        evaluation.run(["dev-claims"], settings=Settings(), now=NOW, shared=tmp_path)


def test_further_articles_beside_the_development_data_are_checked_for_spans_only(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    assert [place.name for place in shared_places(tmp_path)] == ["dev"]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert shared_places(tmp_path)[1] == Place("articles", tmp_path / "articles")


def test_the_command_prints_json_and_writes_the_page(
    alone: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert tollgraph(["eval", "samples-claims", "--json", "--write", str(tmp_path / "e.md")]) == 0
    said = capsys.readouterr()
    ours, baseline = json.loads(said.out)["results"]
    assert (ours["suite"], ours["system"], len(ours["pages"])) == ("samples-claims", "tollgraph", 25)
    assert ours["total"]["evidence_violations"] == baseline["total"]["evidence_violations"] == 0
    assert said.err == ""
    assert "## samples-claims in detail" in (tmp_path / "e.md").read_text(encoding="utf-8")


def test_the_command_fails_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert tollgraph(["eval", "speed"]) == 2
    assert capsys.readouterr().err == f"tollgraph: no suite “speed”; there are {', '.join(SUITES)}\n"
    broken = EvaluationReport("1.2.3", (SpansResult("spans", "samples", 1, 1, 1, ("c:1: a.txt 0–4",)),))
    monkeypatch.setattr(evaluation, "run", lambda *_, **__: broken)
    assert tollgraph(["eval", "spans"]) == 1
    said = capsys.readouterr()
    assert "1 of 1 in 1 claims" in said.out
    assert said.err == "tollgraph: samples: evidence that does not stand in its text: 1 of 1, such as c:1: a.txt 0–4\n"
    monkeypatch.setattr(evaluation, "run", lambda *_, **__: EvaluationReport("1.2.3", ()))
    (tmp_path / "file").touch()
    assert tollgraph(["eval", "--write", str(tmp_path / "file" / "e.md")]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
