"""Claims against gold: what counts as found, as right, as strictly right."""

from __future__ import annotations

from typing import Any

import pytest

from api.evaluation.claims_score import ClaimScorer, Match, PageScore
from api.evaluation.gold import GoldClaim
from api.evaluation.labels import Labels
from api.evaluation.tally import Tally
from graph.contract import Json
from tests.evaluation.cases import ENTITIES, TEXT, measures, metric, relation, says

SCORER = ClaimScorer(Labels(ENTITIES))
SUPPLIES = relation("Acme", "supplies", "Borealis")
SALES = metric("Acme", "revenue", 5, 5, "USD", period="2025", scope="wafers")
IN_2025 = {"start": "2025-01-01", "end": "2025-12-31", "text": "2025"}


def page(gold: list[GoldClaim], claims: list[Json]) -> PageScore:
    return SCORER.page("01-acme", gold, claims, TEXT)


@pytest.mark.parametrize(
    ("gold", "claim", "match"),
    [
        (SUPPLIES, says("Acme", "supplies", "Borealis"), Match.STRICT),
        (SUPPLIES, says("Borealis", "supplies", "Acme"), Match.NONE),
        (SUPPLIES, says("Acme", "acquires", "Borealis"), Match.NONE),
        (SUPPLIES, says("Acme", "supplies", "Borealis", polarity=False), Match.NONE),
        (SUPPLIES, says("Acme", "supplies", "Borealis", type_="Place"), Match.NONE),
        (relation("Acme", "competesWith", "Borealis"), says("Borealis", "competesWith", "Acme"), Match.STRICT),
        (
            relation("Acme", "supplies", "Borealis", ok={"polarity": [False]}),
            says("Acme", "supplies", "Borealis", polarity=False),
            Match.STRICT,
        ),
        (SALES, measures("Acme", "revenue", 5, 5, "USD", period=IN_2025, scope="wafers"), Match.STRICT),
        (SALES, measures("Acme", "revenue", 5, 5, "USD", period=IN_2025), Match.RELAXED),
        (SALES, measures("Acme", "revenue", 5, 5, "USD", scope="wafers"), Match.RELAXED),
        (SALES, measures("Acme", "revenue", 6, 6, "USD", period=IN_2025, scope="wafers"), Match.NONE),
        (SALES, measures("Acme", "revenue", 5, 5, "USD", basis="change", period=IN_2025), Match.NONE),
        (SALES, measures("Borealis", "revenue", 5, 5, "USD", period=IN_2025), Match.NONE),
        (SALES, says("Acme", "revenue", "Borealis"), Match.NONE),
    ],
)
def test_a_claim_matches_a_row(gold: GoldClaim, claim: Json, match: Match) -> None:
    assert SCORER.match(gold, claim) is match


def test_values_of_a_small_page() -> None:
    gold = [SUPPLIES, SALES, relation("Acme", "acquires", "Borealis")]
    claims = [
        says("Acme", "supplies", "Borealis", modality="reported"),
        says("Acme", "dependsOn", "Borealis"),
        measures("Acme", "revenue", 5, 5, "USD", attributed_to="Mr. Doe"),
    ]
    score = page(gold, claims)
    assert score.relation == Tally(gold=2, found=1, predicted=2, right=1)
    assert score.metric_relaxed == Tally(gold=1, found=1, predicted=1, right=1)
    assert score.metric_strict == Tally(gold=1, found=0, predicted=1, right=0)
    assert score.entity == Tally(gold=2, found=2, predicted=2, right=2)
    assert (score.modality.right, score.modality.predicted) == (1, 2)
    assert (score.attribution.right, score.attribution.predicted) == (1, 2)
    assert (score.claims, score.violations) == (3, 0)
    assert [row.predicate for row in score.missed] == ["acquires"]
    assert [claim["predicate"] for claim in score.wrong] == ["dependsOn"]
    assert [(row.predicate, claim["object"]["low"]) for row, claim in score.near] == [("revenue", 5)]


def test_readings_of_one_statement_are_one_unit_and_a_side_fact_is_never_missed() -> None:
    gold = [
        relation("Acme", "supplies", "Borealis", group="a"),
        relation("Acme", "manufactures", "Borealis", group="a"),
        relation("Acme", "partnersWith", "Borealis", core=False),
    ]
    none, side = page(gold, []), page(gold, [says("Borealis", "partnersWith", "Acme")])
    assert none.relation == Tally(gold=1, found=0, predicted=0, right=0)
    assert side.relation == Tally(gold=1, found=0, predicted=1, right=1)
    both = page(gold, [says("Acme", "supplies", "Borealis"), says("Acme", "manufactures", "Borealis")])
    assert both.relation == Tally(gold=1, found=1, predicted=2, right=2)


def test_an_entity_that_only_one_reading_names_is_not_core() -> None:
    gold = [relation("Acme", "supplies", "Borealis", group="a"), relation("Acme", "supplies", "Cirrus", group="a")]
    assert page(gold, []).entity.gold == 1


def test_names_beside_the_claims_are_right_when_said() -> None:
    said = says("Acme", "supplies", "Daily Ledger", type_="Organization")
    assert page([SUPPLIES], [said]).entity == Tally(gold=2, found=1, predicted=2, right=2)


def test_evidence_that_does_not_stand_is_counted() -> None:
    wrong = says("Acme", "supplies", "Borealis", evidence=[{"start": 1, "end": 5, "quote": "Acme"}])
    assert page([SUPPLIES], [wrong, says("Acme", "supplies", "Borealis", evidence=[])]).violations == 2


@pytest.mark.parametrize(
    ("gold", "said", "right"),
    [(None, None, 1), ("Doe", "Mr. Doe", 1), (None, "Doe", 0), ("Doe", None, 0), ("Doe", "Roe", 0)],
)
def test_a_speaker_is_named_as_gold_names_him(gold: str | None, said: str | None, right: int) -> None:
    rows = [relation("Acme", "supplies", "Borealis", attributed_to=gold)]
    assert page(rows, [says("Acme", "supplies", "Borealis", attributed_to=said)]).attribution.right == right


@pytest.mark.parametrize(
    ("tally", "rates"),
    [
        (Tally(), (None, None, None)),
        (Tally(gold=2), (None, 0.0, None)),
        (Tally(gold=2, found=0, predicted=3, right=0), (0.0, 0.0, 0.0)),
        (Tally(gold=4, found=2, predicted=2, right=2), (1.0, 0.5, 2 / 3)),
    ],
)
def test_rates_over_nothing_are_none(tally: Tally, rates: Any) -> None:
    assert (tally.precision, tally.recall, tally.f1) == rates


def test_pages_add_up() -> None:
    one, two = page([SUPPLIES], [says("Acme", "supplies", "Borealis")]), page([SUPPLIES], [])
    total = one + two
    assert total.relation == Tally(gold=2, found=1, predicted=1, right=1)
    assert total.missed == two.missed
    assert total.to_json()["relation"]["recall"] == 0.5
