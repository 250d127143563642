"""Whom goods and capacity come from, whose things are meant, what was foreseen in a month, and who is first by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES.update({"Plume": "Chip", "Quill": "Chip", "Arm designs": "Technology"})


def _usd(billions: int, **told: Any) -> Any:
    return exactly(str(billions * 10**9), "USD", text=f"${billions} billion", **told)


def _share(percent: str) -> Any:
    return exactly(percent, "percent", text=f"{percent}%")


def _ode() -> dict[str, Any]:
    return {"attributed_to": "Ode Research", "origins": ("Ode Research",), "scope": "lasers", "period": year(2025)}


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Heron and its suppliers",
            (
                "Heron rents capacity from CoreWeave; Nvidia and Marvell sell it chips.",
                relation("CoreWeave", "supplies", "Heron"),
                relation("Nvidia", "supplies", "Heron"),
                relation("Marvell", "supplies", "Heron"),
            ),
            ("Arbor sells Cindra wafers.", relation("Arbor", "supplies", "Cindra", qualifiers=(("item", "wafers"),))),
            ("Cindra cannot do without Arbor.", relation("Cindra", "dependsOn", "Arbor")),
            (
                "Heron's Plume and Arbor's Quill are built on Arm designs.",
                relation("Plume", "uses", "Arm designs"),
                relation("Quill", "uses", "Arm designs"),
                relation("Heron", "uses", "Arm designs"),
            ),
            (
                "Heron designed the Plume, which Brightfab makes.",
                relation("Heron", "develops", "Plume"),
                relation("Brightfab", "manufactures", "Plume"),
            ),
            (
                "Ode Research gives Cindra 62% of the market for lasers in 2025 and Arbor 20%.",
                metric("Cindra", "marketShare", _share("62"), **_ode()),
                metric("Arbor", "marketShare", _share("20"), **_ode()),
            ),
            (
                "For 2025 Arbor foresaw $9 billion, ended up, by May, at $8 billion, then took in $7 billion.",
                metric("Arbor", "revenue", _usd(9), period=year(2025), modality="projected"),
                metric("Arbor", "revenue", _usd(8), period=year(2025), modality="projected"),
                metric("Arbor", "revenue", _usd(7), period=year(2025)),
            ),
            (
                "Cindra will now spend $2 billion in 2025, where $3 billion had been planned.",
                metric("Cindra", "capex", _usd(2), period=year(2025), modality="projected"),
                metric("Cindra", "capex", _usd(3), period=year(2025), modality="projected"),
            ),
            (
                "Cindra has 5 megawatts running and 9 megawatts under contract.",
                metric("Cindra", "capacity", exactly("5000000", "watt", text="5 megawatts")),
                metric("Cindra", "capacity", exactly("9000000", "watt", text="9 megawatts"), scope="under contract"),
            ),
            (
                "Both Brightfab and Delvex hold Arbor shares, Brightfab also Cindra's.",
                relation("Brightfab", "investsIn", "Arbor"),
                relation("Delvex", "investsIn", "Arbor"),
                relation("Brightfab", "investsIn", "Cindra"),
            ),
            source="https://news.example/heron",
            published=date(2025, 11, 3),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("From which companies is Heron renting computing capacity?", ["CoreWeave"]),
        ("Which companies depend on parts from Arbor?", ["Cindra"]),
        ("Which of the tech groups' own processors are built on Arm designs?", ["Plume", "Quill"]),
        ("Who makes Heron's Plume?", ["Brightfab"]),
        ("Which research firm says that Cindra leads the laser market?", ["Ode Research"]),
        ("As of May 2025, what did Arbor expect to sell in 2025?", ["$8 billion"]),
        ("Back in August 2025, what capex was Cindra planning for the year?", ["$3 billion"]),
        ("How many megawatts does Cindra have under contract?", ["9 megawatts"]),
        ("How many megawatts does Cindra have running (not just signed for)?", ["5 megawatts"]),
        ("Which investors are in both Arbor and Cindra?", ["Brightfab"]),
        ("Which companies does Arbor suply, i.e. sell to?", ["Cindra"]),
    ],
)
def test_it_is_answered(engine: Engine, question: str, expected: list[Any]) -> None:
    answer = engine.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Which companies does Arbor supply with memory?", "no claim says so"),
        ("Which research firm says that Arbor leads the laser market?", "Ode Research puts another there"),
        ("As of March 2026, what capex was Cindra planning for 2025?", "does not tell which of its figures"),
    ],
)
def test_it_is_refused(engine: Engine, question: str, reason: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, short(answer)) == ("unknown", [])
    assert reason in answer.answer
