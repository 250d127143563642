"""Made-up articles for the passage index: short, each about something else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from graph.model import DocumentClaims
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import article, relation

FIRST, LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), datetime(2026, 3, 9, 9, 30, tzinfo=UTC)

OWNER = "Tarn Holding bought the bench maker Quillon for a sum that neither side would give."
CHIEF = "At Tarn Holding, the board has handed the chair to Odile Marsh after a long search."
GLASS = "Cloth of glass is short, and Vettr says that the ovens of its works cannot run any hotter than they do."
AGAIN = "Cloth of glass is short, and Vettr says the ovens of its works cannot run any hotter than they do now."
LASERS = "The lasers of Ammon cross the hall on a beam that visitors are told not to look into."
CHINESE = "寒溪半导体的产能仍然不足，客户要等到明年春天。"


def bench_owner(**fields: Any) -> DocumentClaims:
    """Who owns a firm."""
    return _article("A bench changes hands", OWNER, relation("Tarn Holding", "acquires", "Quillon"), **fields)


def new_chief(**fields: Any) -> DocumentClaims:
    """Who leads its owner, in an article that does not name the firm."""
    return _article("A new chair", CHIEF, relation("Odile Marsh", "leads", "Tarn Holding"), **fields)


def glass(text: str = GLASS, **fields: Any) -> DocumentClaims:
    """A shortage."""
    return _article("Ovens at their limit", text, **fields)


def lasers(**fields: Any) -> DocumentClaims:
    """Something else."""
    return _article("A walk through the hall", LASERS, **fields)


def chinese(**fields: Any) -> DocumentClaims:
    """An article without spaces."""
    return _article("产能", CHINESE, **fields)


def news() -> OxigraphStore:
    """A store in memory with one of each."""
    store = OxigraphStore(clock=lambda: LATER)
    for batch in (bench_owner(), new_chief(), glass(), lasers(), chinese()):
        store.put(batch)
    return store


def _article(title: str, text: str, *claims: Any, **fields: Any) -> DocumentClaims:
    fields.setdefault("source", f"https://news.example/{title}")
    fields.setdefault("published", date(2026, 3, 1))
    return article(title, (text, *claims), **fields)
