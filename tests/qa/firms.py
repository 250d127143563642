"""A small graph of invented firms with one claim of every kind that questions need."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from graph.model import Period
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import TYPES, amount, article, exactly, metric, relation, year

TYPES.update({"Kestrel": "Chip", "Merlin": "Chip", "Ines Roth": "Person"})
_Q3 = Period(date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025")


def _told(by: str) -> dict[str, object]:
    return {"attributed_to": by, "origins": (by,)}


def firms_store() -> OxigraphStore:
    """Two articles: how Arbor, Brightfab, Cindra and Delvex hang together, and what a rival paper makes of it."""
    store = OxigraphStore()
    store.put(
        article(
            "Arbor leans on two foundries",
            (
                "Brightfab makes the Kestrel for Arbor.",
                relation("Brightfab", "manufactures", "Kestrel"),
                relation("Brightfab", "supplies", "Arbor", qualifiers=(("item", "wafers"),)),
            ),
            (
                "Arbor designed the Kestrel and the Merlin.",
                relation("Arbor", "develops", "Kestrel"),
                relation("Arbor", "develops", "Merlin"),
            ),
            (
                "Cindra ships memory to Arbor.",
                relation("Cindra", "supplies", "Arbor", qualifiers=(("item", "memory"),)),
            ),
            ("Delvex may ship lasers to Arbor.", relation("Delvex", "supplies", "Arbor", modality="possible")),
            (
                "Arbor's revenue was $12 billion in 2025, after $9 billion in 2024.",
                metric("Arbor", "revenue", exactly("12000000000", "USD", text="$12 billion"), period=year(2025)),
                metric("Arbor", "revenue", exactly("9000000000", "USD", text="$9 billion"), period=year(2024)),
            ),
            (
                "Brightfab took in $20 billion in 2025.",
                metric("Brightfab", "revenue", exactly("20000000000", "USD", text="$20 billion"), period=year(2025)),
            ),
            (
                "Arbor's gross margin on servers is above 60%, said Ms Ode.",
                metric(
                    "Arbor",
                    "grossMargin",
                    amount("60", None, "percent", text="above 60%"),
                    scope="servers",
                    **_told("Ms Ode"),
                ),
            ),
            (
                "Brightfab's gross margin was 45% in the third quarter of 2025.",
                metric("Brightfab", "grossMargin", exactly("45", "percent", text="45%"), period=_Q3),
            ),
            (
                "Arbor plans capital spending of $3 billion in 2026.",
                metric(
                    "Arbor",
                    "capex",
                    exactly("3000000000", "USD", text="$3 billion"),
                    period=year(2026),
                    modality="projected",
                ),
            ),
            (
                "Arbor owns Delvex, whose chief executive is Ines Roth.",
                relation("Delvex", "subsidiaryOf", "Arbor"),
                relation("Ines Roth", "leads", "Delvex", qualifiers=(("role", "chief executive"),)),
            ),
            (
                "Brightfab, with 4,000 employees, denied supplying Cindra.",
                metric("Brightfab", "headcount", exactly("4000", "count", text="4,000")),
                relation("Brightfab", "supplies", "Cindra", polarity=False, **_told("Brightfab")),
            ),
            source="https://news.example/one",
            published=date(2026, 2, 1),
        )
    )
    store.put(
        article(
            "A second look at Arbor",
            (
                "Arbor's revenue came to $13 billion in 2025, by the count of the Harbour Post.",
                metric(
                    "Arbor",
                    "revenue",
                    exactly("13000000000", "USD", text="$13 billion"),
                    period=year(2025),
                    **_told("Harbour Post"),
                ),
            ),
            ("Cindra acquired Fennwick in 2023.", relation("Cindra", "acquires", "Fennwick", period=year(2023))),
            (
                "A blog reckons Cindra has 900 employees.",
                metric("Cindra", "headcount", exactly("900", "count", text="900"), confidence=Decimal("0.4")),
            ),
            source="https://news.example/two",
            published=date(2026, 3, 1),
        )
    )
    return store
