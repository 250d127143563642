"""Which claim is the latest, and claims in order of time."""

from __future__ import annotations

from datetime import date, timedelta

from graph.model import Period
from graph.store import OxigraphStore
from graph.views.latest import recency
from graph.views.timeline import Sources, dated, timeline
from tests.graph import samples


def revenue(value: str, period: Period | None, *, published: date | None, number: int) -> samples.DocumentClaims:
    said = samples.metric("Zed", "revenue", samples.exactly(value, "USD", text=f"${value}"), period=period)
    return samples.article(
        f"Report {number}", (f"Zed took in ${value}.", said), published=published,
        ingested=samples.INGESTED + timedelta(hours=number),
    )  # fmt: skip


def test_the_latest_is_the_latest_valid_then_the_latest_published() -> None:
    store = OxigraphStore()
    for batch in (
        revenue("1", samples.year(2024), published=date(2026, 2, 1), number=1),
        revenue("2", samples.year(2025), published=date(2026, 1, 1), number=2),
        revenue("3", samples.year(2025), published=date(2026, 1, 2), number=3),
        revenue("4", None, published=date(2025, 6, 1), number=4),
        revenue("5", None, published=None, number=5),
    ):
        store.put(batch)
    sources = Sources(store)
    ranked = sorted(store.claims(), key=lambda claim: recency(claim, sources), reverse=True)
    assert [getattr(claim.object, "text", "") for claim in ranked][:2] == ["$3", "$2"]
    assert getattr(ranked[-1].object, "text", "") == "$5"
    assert len(sources) == 5
    assert list(sources) == [document.id for document in store.documents()]
    assert sources.get("d:none") is None


def test_a_timeline_goes_by_validity_then_publication_and_marks_the_undated() -> None:
    store = OxigraphStore()
    for batch in (
        revenue("5", None, published=date(2020, 1, 1), number=1),
        revenue("4", Period(None, None, "lately"), published=date(2021, 1, 1), number=2),
        revenue("3", samples.year(2025), published=date(2026, 1, 2), number=3),
        revenue("2", samples.year(2025), published=date(2026, 1, 1), number=4),
        revenue("1", Period(date(2025, 1, 1), date(2025, 3, 31), "Q1"), published=date(2026, 5, 1), number=5),
    ):
        store.put(batch)
    found = timeline(store, "e:zed")
    assert [getattr(event.claim.object, "text", "") for event in found] == ["$1", "$2", "$3", "$5", "$4"]
    assert [event.undated for event in found] == [False, False, False, True, True]
    assert timeline(store, "e:zed", predicate="capex") == []
    assert dated(found[0].claim, Sources(store)) == {
        "published": {"first": "2026-05-01", "last": "2026-05-01"},
        "ingested": "2026-03-02T14:30:00+00:00",
    }


def test_a_claim_of_several_documents_has_the_days_of_all() -> None:
    store = OxigraphStore()
    for number, day in ((1, date(2026, 2, 1)), (2, date(2026, 1, 1)), (3, None)):
        store.put(revenue("1", samples.year(2024), published=day, number=number))
    (event,) = timeline(store, "e:zed")
    assert event.published == (date(2026, 1, 1), date(2026, 2, 1))
    assert event.ingested == samples.INGESTED + timedelta(hours=1)
    assert len(event.claim.evidence) == 3
