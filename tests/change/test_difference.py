from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.change.difference import difference
from graph.change.documents import changed_documents
from graph.errors import SettingsError
from graph.judgements import Proposal
from graph.store.oxigraph import OxigraphStore
from tests.change.news import lists, news, on, revenue, since, store_of, supplies
from tests.graph.samples import relation

LEAK = "people familiar with it"
RUMOUR = supplies(modality="reported", attributed_to=LEAK, origins=(LEAK,))


def told_at(*instants: datetime) -> OxigraphStore:
    """A store whose removals take place at these instants."""
    clock = iter(instants)
    return OxigraphStore(clock=lambda: next(clock))


def test_what_came_in_is_new_and_what_went_is_gone() -> None:
    store = told_at(on(20))
    for batch in (news(1, "one", supplies()), news(5, "two", revenue("12"))):
        store.put(batch)
    store.remove(news(1, "one").document.id)
    assert since(store, 3) == {"new": [revenue("12").id], "gone": [supplies().id]}
    assert since(store, 3, until=10) == {"new": [revenue("12").id]}
    assert since(store, 6) == {"gone": [supplies().id]}
    assert since(store, 6, until=10) == {}
    assert since(store, 22) == {}


def test_a_new_edition_changes_what_it_says_otherwise() -> None:
    kept = relation("Arbor", "supplies", "Cindra")
    store = store_of(news(1, "one", revenue("12"), kept, supplies()), news(5, "one", revenue("13"), kept))
    found = difference(store, on(3))
    assert lists(found) == {"changed": [revenue("13").id], "gone": [supplies().id]}
    (step,) = found.changed
    assert (step.before.id, step.fields) == (revenue("12").id, ("object",))
    assert step.before.evidence[0].quote == "Sentence 0 of one on day 1."
    assert step.after.evidence[0].quote == "Sentence 0 of one on day 5."


def test_further_documents_change_the_evidence_only() -> None:
    found = difference(store_of(news(1, "one", supplies()), news(5, "two", supplies())), on(3))
    assert lists(found) == {"changed": [supplies().id]}
    (step,) = found.changed
    assert step.fields == ("evidence",)
    assert (len(step.before.evidence), len(step.after.evidence)) == (1, 2)


def test_documents_that_leave_a_claim_change_it_too() -> None:
    store = told_at(on(6))
    for batch in (news(1, "one", supplies()), news(2, "two", supplies())):
        store.put(batch)
    store.remove(news(2, "two").document.id)
    (step,) = difference(store, on(3)).changed
    assert (len(step.before.evidence), len(step.after.evidence), step.fields) == (2, 1, ("evidence",))


@pytest.mark.parametrize(
    "fields",
    [{}, {"attributed_to": "Brightfab"}, {"attributed_to": "Brightfab", "modality": "reported"}],
    ids=str,
)
def test_a_rumour_is_confirmed(fields: dict[str, Any]) -> None:
    firm = supplies(**fields)
    found = difference(store_of(news(1, "one", RUMOUR), news(5, "two", firm)), on(3))
    assert lists(found) == {"confirmed": [firm.id]}
    assert found.confirmed[0].before.id == RUMOUR.id


def test_what_may_be_is_confirmed_by_what_is() -> None:
    may = supplies(modality="possible")
    assert since(store_of(news(1, "one", may), news(5, "two", supplies())), 3) == {"confirmed": [supplies().id]}


def test_another_rumour_confirms_nothing() -> None:
    again = supplies(modality="reported", attributed_to="analysts", origins=("analysts",))
    assert since(store_of(news(1, "one", RUMOUR), news(5, "two", again)), 3) == {"new": [again.id]}


def test_what_stood_firm_before_is_no_news() -> None:
    told = supplies(attributed_to="Brightfab", origins=("Brightfab",))
    store = store_of(news(1, "one", RUMOUR), news(2, "two", supplies()), news(5, "three", told))
    assert since(store, 3) == {"new": [told.id]}


@pytest.mark.parametrize("other", [{"qualifiers": (("item", "lasers"),)}, {"scope": "in Europe"}], ids=str)
def test_the_same_of_something_else_confirms_nothing(other: dict[str, Any]) -> None:
    own: dict[str, Any] = {"qualifiers": (("item", "wafers"),), "scope": "in Japan"}
    firm = supplies(**(own | other))
    store = store_of(news(1, "one", supplies(modality="possible", **own)), news(5, "two", firm))
    assert since(store, 3) == {"new": [firm.id]}


def test_an_amount_is_confirmed_by_one_that_agrees() -> None:
    plan = revenue("12", modality="projected", attributed_to="Arbor")
    assert since(store_of(news(1, "one", plan), news(5, "two", revenue("12"))), 3) == {"confirmed": [revenue("12").id]}
    assert since(store_of(news(1, "one", plan), news(5, "two", revenue("14"))), 3) == {"new": [revenue("14").id]}


def test_what_stood_is_denied() -> None:
    denial = supplies(polarity=False, attributed_to="Brightfab")
    found = difference(store_of(news(1, "one", RUMOUR), news(5, "two", denial)), on(3))
    assert lists(found) == {"denied": [denial.id]}
    assert found.denied[0].before.id == RUMOUR.id
    assert "polarity" in found.denied[0].fields


def test_corrections_change_claims_too() -> None:
    store = told_at(on(6), on(7), on(8))
    for batch in (news(1, "one", supplies(), revenue("12")), news(2, "two", revenue("12"))):
        store.put(batch)
    rejected = store.judge(Proposal("reject", supplies().id, "me", "misread"))
    changes = {
        "object": {"low": 13000000000, "high": 13000000000, "unit": "USD", "approx": False, "text": "$13 billion"}
    }
    store.judge(Proposal("edit", revenue("12").id, "me", "misread", changes))
    found = difference(store, on(3))
    assert [claim.id for claim in found.gone] == [supplies().id]
    assert [(step.before.id, step.fields) for step in found.changed] == [(revenue("12").id, ("object",))]
    store.revoke(rejected.id, by="me", why="read again")
    assert since(store, 7, until=9) == {"new": [supplies().id]}


def test_only_what_changed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    old = [news(1, f"old-{n}", relation(f"Firm {n}", "supplies", "Cindra")) for n in range(5)]
    store = store_of(*old, news(5, "two", revenue("12")))
    read: list[str] = []
    original = OxigraphStore.claims

    def counting(self: Any, where: Any = None) -> Any:
        found = list(original(self, where))
        read.extend(claim.id for claim in found)
        return iter(found)

    monkeypatch.setattr("graph.store.reader.Reader.claims", counting)
    assert since(store, 3) == {"new": [revenue("12").id]}
    assert set(read) == {revenue("12").id}


def test_documents_are_listed_by_the_bookkeeping() -> None:
    one, two = news(1, "one", supplies()), news(5, "two", revenue("12"))
    store = store_of(one, two, news(7, "one"))
    assert changed_documents(store, on(3)) == sorted([one.document.id, two.document.id])
    assert changed_documents(store, on(3), on(6)) == [two.document.id]
    assert changed_documents(store, datetime(2026, 3, 8)) == []
    with pytest.raises(SettingsError, match="turn them round"):
        changed_documents(store, on(6), on(3))


def test_from_the_beginning_all_is_new() -> None:
    store = store_of(news(1, "one", supplies()), news(2, "two", revenue("12")))
    found = difference(store, datetime(1970, 1, 1, tzinfo=UTC))
    assert lists(found) == {"new": sorted([supplies().id, revenue("12").id])}


def test_a_source_judged_unreliable_changes_what_it_says_and_back() -> None:
    store = OxigraphStore(clock=iter((on(10), on(20))).__next__)
    for batch in (
        news(1, "one", supplies(), outlet="Quay Times"),
        news(2, "two", revenue("12"), outlet="Harbour Post"),
    ):
        store.put(batch)
    made = store.judge(Proposal("unreliable", "Quay Times", "ann", "made up"))
    (step,) = difference(store, on(5)).changed
    assert (step.after.id, step.fields, step.before.unreliable, step.after.unreliable) == (
        supplies().id, ("unreliable",), False, True,
    )  # fmt: skip
    store.revoke(made.id, by="ann", why="it was right")
    (step,) = difference(store, on(15)).changed
    assert (step.fields, step.after.unreliable) == (("unreliable",), False)
    assert lists(difference(store, on(5))) == {}


def test_a_claim_accepted_is_a_change_of_its_review() -> None:
    store = OxigraphStore(clock=lambda: on(10))
    store.put(news(1, "one", supplies()))
    store.judge(Proposal("accept", supplies().id, "ann", "read it"))
    (step,) = difference(store, on(5)).changed
    assert (step.fields, step.before.review) == (("review",), None)


def test_what_an_edit_or_a_merge_makes_of_a_claim_is_a_change() -> None:
    store = OxigraphStore(clock=lambda: on(10))
    store.put(news(1, "one", supplies(), revenue("12"), relation("Brightworks", "uses", "Loom")))
    store.judge(Proposal("merge", "e:brightfab", "ann", "one firm", {"into": "e:brightworks"}))
    store.judge(
        Proposal(
            "edit",
            revenue("12").id,
            "ann",
            "misread",
            {"period": {"start": "2026-01-01", "end": "2026-12-31", "text": "2026"}},
        )
    )
    found = difference(store, on(5))
    assert (found.new, found.gone) == ((), ())
    assert sorted((step.after.subject.id, step.fields) for step in found.changed) == [
        ("e:arbor", ("period",)),
        ("e:brightworks", ("subject",)),
    ]
