"""The gold of the shipped briefings: it fits their texts, the vocabulary and the catalogue, and itself."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from api.evaluation.bench import Bench
from api.evaluation.claims_score import ClaimScorer
from api.evaluation.drive import claims_of
from api.evaluation.gold import GoldClaim
from api.evaluation.gold_graph import GoldNames, gold_documents
from api.evaluation.places import sample_place
from api.evaluation.quantities import days_of
from api.evaluation.sentences import lost_anchors
from graph.catalogue import catalogue
from graph.settings import Settings
from graph.vocabulary import vocabulary
from tests.evaluation.clock import NOW

STEMS = sorted(path.stem for path in sample_place().texts.glob("*.txt"))
MODALITIES = {"asserted", "reported", "projected", "possible", "opinion"}


@cache
def bench() -> Bench:
    return Bench(sample_place(), settings=Settings(), now=NOW, progress=lambda _: None)


def every_row() -> list[GoldClaim]:
    return [row for rows in bench().rows.values() for row in rows]


def test_every_briefing_has_gold_and_a_source() -> None:
    assert len(STEMS) == 25
    assert set(bench().rows) == set(STEMS)
    sources = (sample_place().texts / "SOURCES.md").read_text(encoding="utf-8")
    assert [stem for stem in STEMS if stem not in sources] == []
    assert [p.stem for p in sorted(Path(bench().gold.claims).glob("*.jsonl"))] == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_every_row_names_a_sentence_that_holds_its_anchor(stem: str) -> None:
    assert lost_anchors(bench().corpus.texts[stem], bench().rows[stem]) == []


@pytest.mark.parametrize("stem", STEMS)
def test_gold_against_itself_is_perfect(stem: str) -> None:
    batch = gold_documents(bench().corpus.documents, {stem: bench().rows[stem]}, GoldNames(bench().entities))
    score = ClaimScorer(bench().labels).page(
        stem, bench().rows[stem], claims_of(batch)[stem], bench().corpus.texts[stem]
    )
    for tally in (score.entity, score.relation, score.metric_strict, score.metric_relaxed):
        assert (tally.precision, tally.recall, tally.f1) == (1.0, 1.0, 1.0)
    assert score.modality.precision == score.attribution.precision == 1.0
    assert (score.missed, score.wrong, score.violations) == ((), (), 0)


def test_rows_speak_the_vocabulary() -> None:
    book = vocabulary()
    for row in every_row():
        assert row.predicate in (book.metrics if row.is_metric else book.relations), row
        assert {type_ for _, type_ in row.names} <= set(book.types), row
        assert {row.modality, *row.ok.get("modality", ())} <= MODALITIES, row
        assert set(row.ok) <= {"modality", "attributed_to", "period", "scope", "polarity"}, row
        assert row.basis in (("level", "change", "share") if row.is_metric else (None,)), row


def test_periods_and_amounts_of_rows_can_be_read() -> None:
    for row in every_row():
        for period in row.allowed("period"):
            days = days_of(period)
            assert days is None or (days[0] and days[1] and days[0] <= days[1]), row
        if row.is_metric:
            low, high = row.object["low"], row.object["high"]
            assert (low, high) != (None, None), row
            assert low is None or high is None or low <= high, row


def test_readings_of_one_statement_come_from_one_sentence() -> None:
    for stem, rows in bench().rows.items():
        units: dict[str, set[int]] = {}
        for row in rows:
            if row.group is not None:
                units.setdefault(row.group, set()).add(row.sentence)
        assert {unit: found for unit, found in units.items() if len(found) > 1} == {}, stem


def test_every_name_in_a_row_is_a_gold_entity_of_that_type() -> None:
    types = {name: set(entity.types) for entity in bench().entities for name in (entity.label, *entity.aliases)}
    assert [(row.describe(), n, t) for row in every_row() for n, t in row.names if t not in types.get(n, ())] == []


def test_types_of_gold_entities_are_those_of_the_catalogue() -> None:
    for entity in bench().entities:
        entries = catalogue().lookup(entity.label)
        fitting = [entry for entry in entries if {entry.type, *entry.also} & set(entity.types)]
        assert not entries or fitting, entity


def test_whatever_label_the_catalogue_gives_a_gold_entity_is_understood() -> None:
    for entity in bench().entities:
        for entry in catalogue().lookup(entity.label):
            if entry.type in entity.types:
                assert bench().labels.same(entity.label, entry.label), (entity.label, entry.label)


def test_questions_of_many_kinds_about_pages_that_are_there() -> None:
    questions = bench().questions
    ids = [question.id for question in questions]
    assert len(set(ids)) == len(ids) == 85
    assert len({question.kind for question in questions}) >= 15
    pages = {stem[:2] for stem in STEMS}
    for number, question in enumerate(questions):
        assert set(question.pages) <= pages, question
        assert question.after is None or question.after in ids[:number], question
        assert question.gold["status"] in ("answered", "unknown", "ambiguous"), question
        holds_something = any(question.gold.get(key) not in (None, []) for key in ("entities", "quantity", "boolean"))
        assert holds_something is (question.gold["status"] == "answered"), question


def test_amounts_and_names_that_questions_expect_stand_in_the_gold_of_their_pages() -> None:
    for question in bench().questions:
        rows = [row for stem, rows in bench().rows.items() if stem[:2] in question.pages for row in rows]
        names = [name for row in rows for name, _ in row.names] + [row.attributed_to for row in rows]
        for label in question.gold["entities"]:
            assert any(name and bench().labels.same(label, name) for name in names), question
        if question.gold["quantity"] and question.kind in ("fact", "time", "hedged", "followup"):
            wanted = {key: question.gold["quantity"][key] for key in ("low", "high", "unit")}
            stakes = [
                {"low": s, "high": s, "unit": "percent"} for row in rows for k, s in row.qualifiers if k == "stake"
            ]
            said = [{key: row.object[key] for key in ("low", "high", "unit")} for row in rows if row.is_metric]
            assert _bounds(wanted) in [_bounds(amount) for amount in said + stakes], question


def _bounds(amount: dict[str, object]) -> tuple[str, ...]:
    return tuple(re.sub(r"\.0$", "", str(amount[key])) for key in ("low", "high", "unit"))


def test_a_pair_disagrees_and_a_pair_is_nearly_the_same() -> None:
    output = [
        (stem[:2], row.object["low"], row.object["high"])
        for stem, rows in bench().rows.items()
        for row in rows
        if (row.subject, row.predicate, row.period) == ("Huawei", "shipments", "2025") and row.basis == "level"
    ]
    assert output == [("06", None, 200000), ("11", 805000, 805000)]
    wire, evening = (bench().corpus.texts[stem].split() for stem in (STEMS[1], STEMS[11]))
    assert 0.8 < SequenceMatcher(None, wire, evening, autojunk=False).ratio() < 1
