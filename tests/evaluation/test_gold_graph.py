"""Gold rows as a graph: what they claim, where, and that gold scored against itself is perfect."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.evaluation.claims_score import ClaimScorer
from api.evaluation.drive import claims_of
from api.evaluation.gold import GoldClaim, read_claims, read_entities, read_questions
from api.evaluation.gold_graph import GoldNames, gold_documents
from api.evaluation.labels import Labels
from api.evaluation.sentences import lost_anchors, spans
from graph.errors import SettingsError, SourceError
from graph.model import EntityRef, Quantity
from tests.evaluation.cases import ENTITIES, SELLS, TEXT, document, metric, relation


def test_a_row_becomes_a_claim_with_its_sentence_as_the_quote() -> None:
    rows = [
        relation("Acme Corporation", "supplies", "Borealis", qualifiers=(("item", "wafers"),)),
        metric("Acme", "revenue", 5_000_000_000, None, "USD", period="2025", attributed_to="Mr. Doe"),
    ]
    batch = gold_documents({"01-acme": document()}, {"01-acme": rows}, GoldNames(ENTITIES))["01-acme"]
    sells, sales = batch.claims
    assert sells.subject == EntityRef("e:acme", "Acme", "Company")
    assert sells.evidence[0].quote == SELLS
    assert sells.qualifiers == (("item", "wafers"),)
    assert sales.object == Quantity(Decimal(5_000_000_000), None, "USD")
    assert (sales.period and sales.period.start and sales.period.start.isoformat()) == "2025-01-01"
    assert (sales.attributed_to, sales.origins) == ("Mr. Doe", ("Mr. Doe",))
    assert [entity.label for entity in batch.entities] == ["Acme", "Borealis"]


def test_one_fact_in_two_sentences_is_one_claim_with_two_pieces_of_evidence() -> None:
    rows = [relation("Acme", "supplies", "Borealis"), relation("Acme", "supplies", "Borealis")]
    again = GoldClaim(**{name: getattr(rows[1], name) for name in rows[1].__slots__} | {"sentence": 1})
    batch = gold_documents({"a": document()}, {"a": [rows[0], again]}, GoldNames(ENTITIES))["a"]
    assert [len(claim.evidence) for claim in batch.claims] == [2]


def test_a_row_for_a_sentence_that_is_not_there_is_an_error() -> None:
    row = relation("Acme", "supplies", "Borealis")
    far = GoldClaim(**{name: getattr(row, name) for name in row.__slots__} | {"sentence": 9})
    with pytest.raises(SettingsError, match="sentence 9"):
        gold_documents({"a": document()}, {"a": [far]}, GoldNames(ENTITIES))


_LABELS = st.sampled_from(["Acme", "Borealis", "Acme Corporation", "Cirrus 2", "Delta Wafers"])
_COMMON = {
    "core": st.booleans(),
    "group": st.sampled_from([None, "a"]),
    "modality": st.sampled_from(["asserted", "reported", "projected", "possible", "opinion"]),
    "polarity": st.booleans(),
    "attributed_to": st.sampled_from([None, "Daily Ledger"]),
}
_RELATIONS = st.builds(
    relation, _LABELS, st.sampled_from(["supplies", "uses", "competesWith"]), _LABELS, **_COMMON
)  # fmt: skip
_METRICS = st.builds(
    metric,
    _LABELS,
    st.sampled_from(["revenue", "capex"]),
    st.integers(0, 9),
    st.none() | st.integers(10, 20),
    st.sampled_from(["USD", "percent"]),
    basis=st.sampled_from(["level", "change", "share"]),
    period=st.sampled_from([None, "2025", "2025-Q3"]),
    scope=st.sampled_from([None, "memory", "AI chips"]),
    **_COMMON,
)


@settings(deadline=None)
@given(st.lists(_RELATIONS | _METRICS, min_size=1, max_size=8))
def test_gold_against_itself_is_perfect(rows: list[GoldClaim]) -> None:
    claims = claims_of(gold_documents({"a": document()}, {"a": rows}, GoldNames(ENTITIES)))["a"]
    score = ClaimScorer(Labels(ENTITIES)).page("a", rows, claims, TEXT)
    for tally in (score.entity, score.relation, score.metric_strict, score.metric_relaxed):
        assert (tally.gold, tally.predicted) == (tally.found, tally.right)
    assert score.modality.precision == score.attribution.precision == 1.0
    assert (score.missed, score.wrong, score.near, score.violations) == ((), (), (), 0)


def test_sentences_of_gold_start_with_each_line_and_pass_over_abbreviations() -> None:
    said = [TEXT[start:end] for start, end in spans(TEXT)]
    assert said == [SELLS, "Acme's sales were 5 billion dollars in 2025, Mr. Doe said.", "Share this"]


def test_an_anchor_that_is_not_in_its_sentence_is_named() -> None:
    row = relation("Acme", "supplies", "Borealis")
    fields = {name: getattr(row, name) for name in row.__slots__}
    lost = lost_anchors(
        TEXT, [row, GoldClaim(**fields | {"anchor": "Acme glass"}), GoldClaim(**fields | {"sentence": 9})]
    )
    assert lost == [
        "not in sentence 0: glass (Acme supplies Borealis)",
        "no sentence 9: Acme supplies Borealis",
    ]


def test_gold_files_that_are_missing_or_malformed_are_one_clear_line(tmp_path: Path) -> None:
    for read in (read_claims, read_entities, read_questions):
        with pytest.raises(SourceError, match=r"evaluation file missing: .*none\.json"):
            read(tmp_path / "none.json")
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{not json\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="not one JSON object a line"):
        read_claims(bad)
    bad.write_text(json.dumps({"s": "Acme"}) + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"bad\.jsonl:1: gold row without 's_type'"):
        read_claims(bad)
