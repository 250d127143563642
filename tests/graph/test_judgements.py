"""The corrections desk of the store: what each kind of judgement does, and that it can be undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph import contract
from graph.errors import QueryError, SettingsError, StoreError, TollgraphError, UnknownError
from graph.judgements import Judgement, Kind, Proposal, decode_judgements, encode_judgements
from graph.model import Period, Quantity
from graph.rdf import decode
from graph.store import ClaimFilter, OxigraphStore, Store, open_store
from graph.store.history import DEFAULT
from tests.graph import samples
from tests.graph.conftest import Fresh

CHIPS, MARGINS = samples.sample_batches()
SUPPLY, USES, CAPEX, MAYBE, DENIED, PACKAGED, RIVAL = (claim.id for claim in CHIPS.claims)
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def hourly() -> Callable[[], datetime]:
    hours = iter(range(10_000))
    return lambda: NOW + timedelta(hours=next(hours))


@pytest.fixture
def store(fresh: Fresh) -> Store:
    made: Store = fresh(clock=hourly())
    for batch in (CHIPS, MARGINS):
        made.put(batch)
    return made


def judge(store: Store, kind: Kind, target: str, why: str = "read it", **value: Any) -> Judgement:
    return store.judge(Proposal(kind, target, "ann", why, value))


def documents_of(store: Store) -> set[str]:
    return {str(quad) for document in store.documents() for quad in store.quads(document.id)}


def shown(store: Store, **where: Any) -> list[tuple[str, str, str]]:
    found = store.claims(ClaimFilter(**where))
    return [(c.subject.label, c.predicate, getattr(c.object, "label", getattr(c.object, "text", ""))) for c in found]


def entity(label: str, type: str = "Company") -> dict[str, str]:
    return contract.entity_ref(samples.ref(label, type))


def test_an_accepted_claim_carries_who_when_and_why(store: Store) -> None:
    made = judge(store, "accept", SUPPLY, "the filing says so")
    claim = store.claim(SUPPLY)
    assert claim.review is not None
    assert contract.claim(claim)["review"] == {
        "status": "accepted",
        "judgement": made.id,
        "by": "ann",
        "at": "2026-04-01T12:00:00+00:00",
        "why": "the filing says so",
    }
    assert contract.parse_claim(contract.claim(claim)) == claim
    assert (claim.confidence, claim.certainty) == (Decimal("0.93"), Decimal(1))
    assert [c.id for c in store.claims(ClaimFilter(min_confidence=0.99))] == [SUPPLY]
    assert made.behind == (SUPPLY,)
    assert made.before == {name: value for name, value in contract.claim(CHIPS.claims[0]).items() if name != "evidence"}
    rows = store.select(
        "SELECT DISTINCT ?why { ?c tg:reviewedIn ?j . GRAPH ?g { ?j a tg:Judgement ; tg:why ?why } }"
    ).rows
    assert [row[0].value for row in rows if row[0]] == ["the filing says so"]


def test_a_rejected_claim_is_gone_from_every_document_and_kept_in_words(store: Store) -> None:
    made = judge(store, "reject", SUPPLY, "it is about another year")
    assert not list(store.claims(ClaimFilter(subject="e:nvidia", predicate="supplies")))
    with pytest.raises(UnknownError, match="no claim"):
        store.claim(SUPPLY)
    assert store.select("SELECT DISTINCT ?s { ?s tg:supplies ?o }").rows == ()
    (kept,) = store.judgements(about=SUPPLY)
    assert (kept, kept.before["subject"]["label"], kept.before["predicate"]) == (made, "Nvidia", "supplies")
    assert store.judgements(about="e:nobody") == []


def test_an_entity_of_which_nothing_is_claimed_any_more_goes_along(store: Store) -> None:
    judge(store, "reject", RIVAL)
    assert "e:平头哥" not in {e.id for e in store.entities()}


def test_an_edited_claim_says_what_it_was_given(store: Store) -> None:
    made = judge(
        store, "edit", CAPEX, "misread the yuan",
        object={"low": 17 * 10**10, "high": 18 * 10**10, "unit": "CNY", "text": "170 to 180 billion yuan"},
        period={"start": "2027-01-01", "end": "2027-12-31", "text": "2027"},
        modality="asserted", attributed_to=None, scope="chips",
    )  # fmt: skip
    (claim,) = store.claims(ClaimFilter(predicate="capex"))
    assert claim.object == Quantity(Decimal(17 * 10**10), Decimal(18 * 10**10), "CNY", False, "170 to 180 billion yuan")
    assert claim.period == Period(date(2027, 1, 1), date(2027, 12, 31), "2027")
    assert (claim.modality, claim.attributed_to, claim.scope) == ("asserted", None, "chips")
    assert claim.id != CAPEX
    assert claim.evidence == CHIPS.claims[2].evidence
    assert claim.review is not None
    assert (claim.review.status, claim.review.judgement) == ("edited", made.id)
    with pytest.raises(UnknownError):
        store.claim(CAPEX)


def test_an_edit_may_turn_a_relation_around(store: Store) -> None:
    judge(store, "edit", RIVAL, subject=entity("ByteDance"), object=entity("平头哥"), polarity=False)
    assert shown(store, object="e:平头哥") == [("ByteDance", "competesWith", "平头哥")]
    (claim,) = store.claims(ClaimFilter(object="e:平头哥"))
    assert not claim.polarity


def test_edits_add_up_and_the_later_wins(store: Store) -> None:
    judge(store, "edit", CAPEX, scope="chips", modality="reported")
    (claim,) = store.claims(ClaimFilter(predicate="capex"))
    judge(store, "edit", claim.id, scope="servers")
    (claim,) = store.claims(ClaimFilter(predicate="capex"))
    assert (claim.scope, claim.modality) == ("servers", "reported")
    assert [j.behind for j in store.judgements()] == [(CAPEX,), (CAPEX,)]


def test_of_contradicting_judgements_the_later_wins_and_both_stay_on_record(store: Store) -> None:
    judge(store, "reject", USES)
    accepted = judge(store, "accept", USES)
    review = store.claim(USES).review
    assert review is not None
    assert (review.status, review.judgement) == ("accepted", accepted.id)
    store.revoke(accepted.id, by="bob", why="too soon")
    assert not shown(store, predicate="uses")
    assert [(j.kind, j.revoked is not None) for j in store.judgements()] == [("reject", False), ("accept", True)]


def test_a_merge_moves_claims_names_and_identifiers(store: Store) -> None:
    made = judge(store, "merge", "e:cambricon", into="e:nvidia")
    assert made.value == {"into": entity("Nvidia")}
    nvidia = store.entity("e:nvidia")
    assert {"Cambricon", "NVDA"} <= set(nvidia.aliases)
    assert {c.subject.label for c in store.claims(ClaimFilter(predicate="grossMargin"))} == {"Nvidia"}
    with pytest.raises(UnknownError):
        store.entity("e:cambricon")
    assert {c.id for c in decode(store.quads(MARGINS.document.id)).claims}.isdisjoint(
        c.id for c in MARGINS.claims if c.subject.id == "e:cambricon"
    )


def test_a_merge_drops_claims_between_the_two_and_revoking_brings_them_back(store: Store) -> None:
    before = documents_of(store)
    made = judge(store, "merge", "e:平头哥", into="e:bytedance")
    assert not shown(store, predicate="competesWith")
    store.revoke(made.id, by="ann", why="they are two")
    assert documents_of(store) == before


def test_merges_follow_one_another_and_never_in_a_circle(store: Store) -> None:
    first = judge(store, "merge", "e:tsmc", into="e:huawei")
    with pytest.raises(QueryError, match=rf"e:huawei is merged|e:tsmc is merged into e:huawei already \({first.id}\)"):
        judge(store, "merge", "e:huawei", into="e:tsmc")
    judge(store, "merge", "e:huawei", into="e:nvidia")
    assert {c.subject.id for c in store.claims(ClaimFilter(object="e:seedchip"))} == {"e:nvidia"}
    with pytest.raises(QueryError, match="a circle"):
        judge(store, "merge", "e:nvidia", into="e:tsmc")
    with pytest.raises(QueryError, match="into itself"):
        judge(store, "merge", "e:nvidia", into="e:nvidia")
    with pytest.raises(UnknownError, match=rf"e:tsmc is merged into e:huawei \({first.id}\)"):
        judge(store, "rename", "e:tsmc", label="x")
    store.revoke(first.id, by="ann", why="no")
    assert {c.subject.id for c in store.claims(ClaimFilter(object="e:seedchip"))} == {"e:nvidia", "e:tsmc"}


def test_a_judged_claim_stays_judged_when_a_merge_is_revoked(store: Store) -> None:
    merge = judge(store, "merge", "e:nvidia", into="e:huawei")
    (claim,) = (c for c in store.claims(ClaimFilter(predicate="supplies")) if c.modality == "asserted")
    made = judge(store, "accept", claim.id)
    assert made.behind == (SUPPLY,)
    store.revoke(merge.id, by="ann", why="no")
    review = store.claim(SUPPLY).review
    assert review is not None
    assert review.judgement == made.id


def test_a_merge_of_what_an_edit_or_a_split_brought_in_is_undone(store: Store) -> None:
    judge(store, "edit", RIVAL, subject=entity("Cambricon"))
    judge(store, "split", "e:tsmc", new=entity("Other"), documents=[CHIPS.document.id])
    before = documents_of(store)
    merges = [judge(store, "merge", name, into="e:huawei") for name in ("e:cambricon", "e:other")]
    assert {c.subject.id for c in store.claims(ClaimFilter(predicate="competesWith"))} == {"e:huawei"}
    assert {c.subject.id for c in store.claims(ClaimFilter(object="e:seedchip"))} == {"e:huawei"}
    for merged in merges:
        store.revoke(merged.id, by="ann", why="no")
    assert documents_of(store) == before


def test_a_split_moves_the_mentions_of_one_document(store: Store) -> None:
    judge(store, "split", "e:nvidia", new={"id": "e:nvidia-cloud", "label": "Nvidia Cloud", "type": "Company"},
          documents=[MARGINS.document.id])  # fmt: skip
    assert shown(store, document=MARGINS.document.id, predicate="leads") == [("Jensen Huang", "leads", "Nvidia Cloud")]
    assert sorted(shown(store, predicate="supplies", object="e:bytedance")) == [
        ("Huawei", "supplies", "ByteDance"),
        ("Nvidia", "supplies", "ByteDance"),
        ("Nvidia Cloud", "supplies", "ByteDance"),
    ]
    cloud = store.entity("e:nvidia-cloud")
    assert (cloud.label, cloud.identifiers) == ("Nvidia Cloud", ())


def test_a_split_of_one_claim_leaves_the_others(store: Store) -> None:
    leads = next(c.id for c in MARGINS.claims if c.predicate == "leads")
    judge(store, "split", "e:nvidia", new={"id": "e:nv", "label": "NV", "type": "Organization"}, claims=[leads])
    assert shown(store, predicate="leads") == [("Jensen Huang", "leads", "NV")]
    assert len(shown(store, about="e:nvidia")) == 2


def test_renaming_keeps_the_old_name_as_an_alias(store: Store) -> None:
    judge(store, "rename", "e:tsmc", label="Taiwan Semi")
    found = store.entity("e:tsmc")
    assert (found.label, "TSMC" in found.aliases) == ("Taiwan Semi", True)
    assert ("Taiwan Semi", "manufactures", "SeedChip") in shown(store, about="e:tsmc")
    judge(store, "merge", "e:huawei", into="e:tsmc")
    assert store.entity("e:tsmc").label == "Taiwan Semi"


def test_retyping(store: Store) -> None:
    judge(store, "retype", "e:h20", type="Product")
    assert store.entity("e:h20").type == "Product"
    assert next(store.claims(ClaimFilter(object="e:h20"))).object == samples.ref("H20", "Product")


@pytest.mark.parametrize("source", ["Example Wire", "example wire", CHIPS.document.id])
def test_claims_of_unreliable_sources_alone_are_marked(store: Store, source: str) -> None:
    judge(store, "unreliable", source)
    marked = {c.id for c in store.claims() if c.unreliable}
    assert marked == {USES, CAPEX, MAYBE, DENIED, PACKAGED, RIVAL}
    assert contract.claim(store.claim(USES))["unreliable"] is True
    assert "unreliable" not in contract.claim(store.claim(SUPPLY))


def test_a_domain_covers_its_hosts_and_may_be_named_in_advance(store: Store) -> None:
    judge(store, "unreliable", "news.example")
    assert all(c.unreliable for c in store.claims())
    judge(store, "unreliable", "gossip.example")
    store.put(
        samples.article(
            "New", ("A sells to B.", samples.relation("A", "supplies", "B")), source="https://www.gossip.example/1"
        )
    )
    assert next(store.claims(ClaimFilter(subject="e:a"))).unreliable


REFUSED: list[tuple[Kind, str, dict[str, Any], type[TollgraphError], str]] = [
    ("accept", "c:0000000000000000", {}, UnknownError, "no claim c:0000000000000000 .* `tollgraph claims` lists them"),
    ("accept", "e:nvidia", {}, UnknownError, "is no claim id"),
    ("edit", CAPEX, {}, SettingsError, "needs a field to change: subject, predicate"),
    ("edit", CAPEX, {"confidence": 1}, SettingsError, "“confidence” cannot be edited; the fields are subject"),
    ("edit", CAPEX, {"modality": "sure"}, SettingsError, 'modality cannot be "sure"; give asserted'),
    ("edit", CAPEX, {"polarity": "no"}, SettingsError, "give true or false"),
    ("edit", CAPEX, {"period": {"start": "2027-01-01", "end": "2026-01-01"}}, SettingsError, "days in order"),
    ("edit", CAPEX, {"object": {"low": 5, "high": 4, "unit": "USD"}}, SettingsError, "object cannot be"),
    ("edit", CAPEX, {"object": entity("Nvidia")}, SettingsError, "capex takes an amount"),
    ("edit", CAPEX, {"predicate": "supplies"}, SettingsError, "supplies takes an entity"),
    ("edit", CAPEX, {"predicate": "feeds"}, SettingsError, "a relation or metric of"),
    ("merge", "e:none", {"into": "e:nvidia"}, UnknownError, "no entity e:none"),
    ("merge", "e:nvidia", {"into": "e:none"}, UnknownError, "no entity e:none"),
    ("split", "e:nvidia", {"new": entity("X")}, SettingsError, "needs documents or claims"),
    ("split", "e:nvidia", {"new": entity("X"), "documents": ["d:0"]}, UnknownError, "no document d:0"),
    ("split", "e:nvidia", {"new": entity("X"), "claims": ["c:0"]}, UnknownError, "no claim c:0"),
    ("split", "e:nvidia", {"documents": [CHIPS.document.id]}, SettingsError, "id, label and type of the new entity"),
    ("rename", "e:nvidia", {"label": " "}, SettingsError, "at least one letter"),
    ("retype", "e:nvidia", {"type": "Firm"}, SettingsError, "no entity type “Firm”; the types are Company"),
    ("unreliable", "Nobody's Gazette", {}, UnknownError, "no document comes from “Nobody's Gazette”"),
]


@pytest.mark.parametrize(("kind", "target", "value", "error", "message"), REFUSED)
def test_what_cannot_be_judged_is_refused_and_nothing_changes(
    store: Store, kind: Kind, target: str, value: dict[str, Any], error: type[TollgraphError], message: str
) -> None:
    before, version = documents_of(store), store.version()
    with pytest.raises(error, match=message):
        judge(store, kind, target, **value)
    assert (documents_of(store), store.version(), store.judgements()) == (before, version, [])


def test_who_and_why_are_required(store: Store) -> None:
    with pytest.raises(SettingsError, match="needs “why”"):
        judge(store, "accept", SUPPLY, " ")
    with pytest.raises(SettingsError, match="needs “by”"):
        store.judge(Proposal("accept", SUPPLY, "", "x"))
    made = judge(store, "accept", SUPPLY)
    with pytest.raises(SettingsError, match="needs “why”"):
        store.revoke(made.id, by="ann", why="")


def test_revoking(store: Store) -> None:
    before = documents_of(store)
    made = judge(store, "accept", SUPPLY)
    gone = store.revoke(made.id, by="bob", why="wrong year")
    assert documents_of(store) == before
    assert store.judgements() == [gone]
    assert gone.to_json()["revoked"] == {"by": "bob", "at": "2026-04-01T13:00:00+00:00", "why": "wrong year"}
    with pytest.raises(QueryError, match=r"was revoked already, by bob on 2026-04-01: wrong year"):
        store.revoke(made.id, by="ann", why="again")
    with pytest.raises(UnknownError, match="no judgement v:0 on record: `tollgraph judgements` lists them"):
        store.revoke("v:0", by="ann", why="x")


def test_judgements_survive_taking_in_again_and_retraction(store: Store) -> None:
    judge(store, "reject", SUPPLY)
    judge(store, "merge", "e:tsmc", into="e:huawei")
    judged = documents_of(store)
    store.put(CHIPS)
    assert documents_of(store) == judged
    store.remove(CHIPS.document.id)
    assert not shown(store, predicate="supplies")
    store.put(replace(CHIPS, claims=tuple(replace(c, extractor="rules@9") for c in CHIPS.claims)))
    assert {c.subject.label for c in store.claims(ClaimFilter(object="e:seedchip"))} == {"Huawei"}
    assert not list(store.claims(ClaimFilter(subject="e:nvidia", predicate="supplies")))


def test_judgements_are_known_from_when_they_were_made_until_revoked(store: Store) -> None:
    rejected = judge(store, "reject", SUPPLY)
    merged = judge(store, "merge", "e:tsmc", into="e:huawei")
    store.put(
        replace(CHIPS, document=replace(CHIPS.document, ingested=NOW + timedelta(days=1)), claims=CHIPS.claims[:1])
    )
    store.revoke(rejected.id, by="ann", why="no")

    def then(**since: float) -> tuple[bool, set[str]]:
        view = store.at(known_at=NOW + timedelta(**since))
        makers = {c.subject.label for c in view.claims(ClaimFilter(object="e:seedchip"))}
        return any(c.id == SUPPLY for c in view.claims()), makers

    assert then(hours=-1) == (True, {"Huawei", "TSMC"})
    assert then(hours=0) == (False, {"Huawei", "TSMC"})
    assert then(hours=1) == (False, {"Huawei"})
    assert then(hours=25) == (True, set())
    past = store.at(known_at=NOW + timedelta(hours=2))
    assert [j.id for j in past.judgements()] == [rejected.id, merged.id]
    assert all(j.revoked is None for j in past.judgements())
    assert store.at(known_at=NOW - timedelta(hours=1)).judgements() == []
    with pytest.raises(StoreError, match="for reading"):
        past.judge(Proposal("accept", SUPPLY, "a", "b"))
    with pytest.raises(StoreError, match="for reading"):
        past.revoke(merged.id, by="a", why="b")
    with pytest.raises(StoreError, match="for reading"):
        past.record([])


def test_judgements_as_quads_come_after_the_documents_and_read_back(store: Store) -> None:
    judge(store, "edit", CAPEX, object={"low": 1.5, "high": None, "unit": "USD"})
    judge(store, "unreliable", "Example Wire")
    store.revoke(judge(store, "accept", SUPPLY).id, by="b", why="c")
    held = store.judgements()
    quads = list(store.quads())
    names = [str(quad.graph_name) for quad in quads]
    assert names.index("<https://w3id.org/tollgraph/judgements>") == len(names) - len(encode_judgements(held))
    assert decode_judgements(quads[names.index("<https://w3id.org/tollgraph/judgements>") :]) == held
    assert not any(quad.graph_name == DEFAULT for quad in quads)


def test_judgements_of_another_store_are_taken_over(store: Store) -> None:
    judge(store, "reject", SUPPLY)
    judge(store, "rename", "e:tsmc", label="Taiwan Semi")
    store.revoke(judge(store, "accept", USES).id, by="b", why="c")
    other = OxigraphStore()
    other.record(store.judgements())
    for batch in (MARGINS, CHIPS):
        other.put(batch)
    assert documents_of(other) == documents_of(store)
    assert other.judgements() == store.judgements()
    version = other.version()
    other.record(store.judgements())
    assert other.version() == version


def test_judgements_outlive_the_process(tmp_path: Path) -> None:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(CHIPS)
        made = judge(store, "reject", SUPPLY)
        version = store.version()
    with open_store(tmp_path / "g", write=True) as store:
        assert store.judgements() == [made]
        assert store.version() == version
        store.put(MARGINS)
        assert not list(store.claims(ClaimFilter(subject="e:nvidia", predicate="supplies")))
        later = judge(store, "accept", USES)
        assert later.at >= made.at
    with open_store(tmp_path / "g") as store, pytest.raises(StoreError, match="opened for reading"):
        judge(store, "accept", USES)
