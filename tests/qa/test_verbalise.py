"""Claims as sentences: which way an amount points is said in words."""

from __future__ import annotations

from typing import Any

import pytest

from qa.verbalise import sentence
from tests.graph.samples import exactly, metric, relation, year

CASES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("netProfit", "-724", "CNY", "Acme's net loss is ¥724", {}),
    ("netProfit", "724", "CNY", "Acme's net profit is ¥724", {}),
    (
        "operatingProfit",
        "-7",
        "USD",
        "Acme's operating loss (chips) is projected at 7 (2026)",
        {"text": "7", "scope": "chips", "modality": "projected", "period": year(2026)},
    ),
    ("netProfit", "-724", "CNY", "Acme's net loss is reportedly ¥724", {"text": "−¥724", "modality": "reported"}),
    ("revenue", "-12", "percent", "Acme's revenue fell by 12%", {"text": "12%", "basis": "change"}),
    ("revenue", "450", "percent", "Acme's revenue rose by 450%", {"text": "450%", "basis": "change"}),
    (
        "revenue",
        "-12",
        "percent",
        "Acme's revenue may fall by 12%",
        {"text": "12%", "basis": "change", "modality": "possible"},
    ),
    (
        "revenue",
        "12",
        "percent",
        "Acme's revenue reportedly rose by 12%",
        {"text": "12%", "basis": "change", "modality": "reported"},
    ),
    (
        "revenue",
        "-12",
        "percent",
        "Acme's revenue is said not to have fallen by 12%",
        {"text": "12%", "basis": "change", "polarity": False},
    ),
    ("revenue", "0", "percent", "The change in Acme's revenue is 0%", {"text": "0%", "basis": "change"}),
]


@pytest.mark.parametrize(("name", "value", "unit", "said", "fields"), CASES)
def test_signs_become_words(name: str, value: str, unit: str, said: str, fields: dict[str, Any]) -> None:
    rest = dict(fields)
    text = rest.pop("text", "¥" + value.removeprefix("-"))
    assert sentence(metric("Acme", name, exactly(value, unit, text=text), **rest)) == said


@pytest.mark.parametrize(
    ("predicate", "modality", "said"),
    [
        ("supplies", "asserted", "Acme is said not to supply Borel"),
        ("investsIn", "reported", "Acme is said not to invest in Borel"),
        ("partOf", "asserted", "Acme is said not to be part of Borel"),
        ("dependsOn", "possible", "Acme possibly does not depend on Borel"),
        ("subsidiaryOf", "possible", "Acme possibly is not a subsidiary of Borel"),
    ],
)
def test_denials_of_relations(predicate: str, modality: str, said: str) -> None:
    assert sentence(relation("Acme", predicate, "Borel", polarity=False, modality=modality)) == said


def test_a_firm_is_not_manufactured_its_goods_are() -> None:
    assert sentence(relation("Acme", "manufactures", "Nvidia")) == "Acme manufactures for Nvidia"
    denied = relation("Acme", "manufactures", "Nvidia", polarity=False, qualifiers=(("item", "GPUs"),))
    assert sentence(denied) == "Acme is said not to manufacture for Nvidia (GPUs)"
