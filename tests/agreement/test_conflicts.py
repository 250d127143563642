from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.agreement import DISAGREEMENTS, Conflict, conflicts
from graph.agreement.pairs import Kind
from graph.model import Claim, Document, Period, Quantity
from graph.text.quantities import find_quantities
from tests.agreement.telling import MARCH, paper, said, shown
from tests.graph.samples import metric, relation, year

ALL: tuple[Kind, ...] = (*DISAGREEMENTS, "guidance", "revised")
ONE, TWO, THREE = paper("one"), paper("two", MARCH + timedelta(days=9)), paper("three", MARCH + timedelta(days=20))
QUARTER = Period(date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025")


def revenue(text: str, *documents: Document, **fields: Any) -> Claim:
    (span,) = find_quantities(text)
    return said(metric("Arbor", "revenue", span.quantity, **({"period": year(2025)} | fields)), *documents)


def found(*claims: Claim, kinds: tuple[Kind, ...] = ALL) -> list[Conflict]:
    return conflicts(claims, [ONE, TWO, THREE], kinds=kinds)


def test_two_figures_for_one_thing() -> None:
    (conflict,) = found(revenue("$12 billion", ONE), revenue("$13 billion", TWO, attributed_to="Harbour Post"))
    assert (conflict.kind, conflict.subject.label, conflict.predicate) == ("figures", "Arbor", "revenue")
    assert conflict.period == year(2025)
    first, second = conflict.sides
    assert isinstance(first.value, Quantity)
    assert (first.value.text, first.standing, first.speakers) == ("$12 billion", "actual", ())
    assert [(s.document, s.title, s.published) for s in first.sources] == [(ONE.id, "Title of one", MARCH)]
    assert second.speakers == ("Harbour Post",)
    assert [origin.name for origin in second.origins] == ["harbour post"]


@pytest.mark.parametrize(
    "fields",
    [
        {"period": year(2024)},
        {"period": QUARTER},
        {"period": None},
        {"period": Period(None, None, "lately")},
        {"period": Period(date(2025, 2, 1), date(2026, 1, 31), "fiscal 2026")},
        {"scope": "servers"},
        {"basis": "share", "of": "the market"},
        {"modality": "possible"},
        {"qualifiers": (("item", "wafers"),)},
        {"polarity": False},
    ],
    ids=str,
)
def test_what_is_said_of_something_else_is_no_conflict(fields: dict[str, Any]) -> None:
    assert found(revenue("$12 billion", ONE), revenue("$13 billion", TWO, **fields)) == []


def test_a_scope_is_compared_by_its_words() -> None:
    pair = revenue("$12 billion", ONE, scope="the AI servers"), revenue("$13 billion", TWO, scope="AI server")
    assert shown(found(*pair)) == [("figures", ["actual $12 billion", "actual $13 billion"])]


def test_fiscal_calendars_may_differ_by_days() -> None:
    a = revenue("$12 billion", ONE, period=Period(date(2025, 7, 28), date(2025, 10, 26), "third fiscal quarter"))
    b = revenue("$13 billion", TWO, period=Period(date(2025, 8, 1), date(2025, 10, 31), "the quarter to October"))
    assert len(found(a, b)) == 1


def test_an_author_who_states_two_values_means_two_things() -> None:
    assert found(revenue("$12 billion", ONE), revenue("$13 billion", ONE)) == []
    assert found(revenue("$12 billion", ONE, TWO), revenue("$13 billion", ONE)) == []
    assert len(found(revenue("$12 billion", ONE, TWO), revenue("$13 billion", ONE, THREE))) == 1
    assert len(found(revenue("$12 billion", ONE), revenue("$13 billion", ONE, attributed_to="Harbour Post"))) == 1


def test_guidance_then_actual_is_no_disagreement() -> None:
    plan = revenue("$12 billion", paper("early", date(2025, 5, 1)), modality="projected", attributed_to="Arbor")
    fact = revenue("$14 billion", TWO)
    documents = [paper("early", date(2025, 5, 1)), TWO]
    assert conflicts([plan, fact], documents) == []
    assert shown(conflicts([plan, fact], documents, kinds=ALL)) == [
        ("guidance", ["guidance $12 billion", "actual $14 billion"])
    ]


def test_a_forecast_of_what_is_known_already_differs() -> None:
    late = revenue("$12 billion", THREE, modality="projected", attributed_to="Tern Research")
    assert shown(found(revenue("$14 billion", ONE), late)) == [
        ("estimates", ["actual $14 billion", "guidance $12 billion"])
    ]


def test_what_is_said_before_the_period_ends_is_no_actual() -> None:
    early = paper("early", date(2025, 11, 1))
    pair = [revenue("$12 billion", early), revenue("$14 billion", TWO)]
    assert conflicts(pair, [early, TWO]) == []


def test_estimates_of_two_differ_those_of_one_are_revised() -> None:
    tern = revenue("$12 billion", ONE, modality="projected", attributed_to="Tern Research")
    gull = revenue("$14 billion", TWO, modality="projected", attributed_to="Gull Securities")
    anew = revenue("$14 billion", TWO, modality="projected", attributed_to="Tern Research")
    assert [c.kind for c in found(tern, gull)] == ["estimates"]
    assert [c.kind for c in found(tern, anew)] == ["revised"]


def test_a_figure_that_its_outlet_puts_right_is_revised() -> None:
    first = paper("first", MARCH, outlet="Harbour Post")
    later = paper("later", MARCH + timedelta(days=2), outlet="Harbour Post")
    other = paper("other", MARCH + timedelta(days=2), outlet="Quay Times")

    def kinds(*claims: Claim) -> list[Kind]:
        return [c.kind for c in conflicts(claims, [first, later, other], kinds=ALL)]

    old, new = revenue("$12 billion", first), revenue("$13 billion", later)
    assert kinds(old, new) == ["revised"]
    assert kinds(old, revenue("$13 billion", other)) == ["figures"]
    assert kinds(revenue("$12 billion", first, other), new) == ["figures"]
    assert kinds(revenue("$12 billion", first, attributed_to="Tern Research"), new) == ["figures"]


def test_opinions_differ() -> None:
    rosy = revenue("$14 billion", TWO, modality="opinion", attributed_to="Gull Securities")
    assert [c.kind for c in found(revenue("$12 billion", ONE), rosy)] == ["opinions"]


def test_a_denied_amount_is_at_odds_with_that_amount_alone() -> None:
    denial = revenue("$12 billion", TWO, polarity=False, attributed_to="Arbor")
    assert [c.kind for c in found(revenue("$12 billion", ONE), denial)] == ["denied"]
    assert found(revenue("$13 billion", ONE), denial) == []


def supplies(*documents: Document, **fields: Any) -> Claim:
    return said(relation("Brightfab", "supplies", "Cindra", **fields), *documents)


def test_affirmed_and_denied() -> None:
    denial = supplies(TWO, polarity=False, attributed_to="Brightfab")
    assert shown(found(supplies(ONE), denial)) == [("denied", ["actual Cindra", "actual not Cindra"])]
    assert found(supplies(ONE, modality="possible"), denial) == []
    assert found(supplies(ONE, modality="projected"), denial) == []


def test_a_denial_of_one_item_leaves_the_others() -> None:
    denial = supplies(TWO, polarity=False, qualifiers=(("item", "HBM"),))
    assert found(supplies(ONE), denial) == []
    assert len(found(supplies(ONE, qualifiers=(("item", "HBM"),)), denial)) == 1
    assert len(found(supplies(ONE, qualifiers=(("item", "lasers"),)), supplies(TWO, polarity=False))) == 1


def test_affirmed_at_one_time_and_denied_at_another() -> None:
    old = paper("old", date(2023, 1, 1))
    ended = supplies(TWO, polarity=False)
    assert conflicts([supplies(old), ended], [old, TWO]) == []
    assert conflicts([supplies(ONE, period=year(2021)), ended], [ONE, TWO]) == []
    assert len(conflicts([supplies(ONE, period=Period(date(2021, 1, 1), None, "since 2021")), ended], [ONE, TWO])) == 1


def test_a_symmetric_relation_reads_both_ways() -> None:
    a = said(relation("Arbor", "partnersWith", "Cindra"), ONE)
    b = said(relation("Cindra", "partnersWith", "Arbor", polarity=False), TWO)
    assert [c.kind for c in found(a, b)] == ["denied"]


def owned(subject: str, by: str, *documents: Document, **fields: Any) -> Claim:
    return said(relation(subject, "subsidiaryOf", by, **fields), *documents)


def test_two_owners_at_one_time() -> None:
    assert shown(found(owned("Delvex", "Arbor", ONE), owned("Delvex", "Cindra", TWO))) == [
        ("exclusive", ["actual Arbor", "actual Cindra"])
    ]
    assert found(owned("Delvex", "Arbor", ONE), owned("Delvex", "Cindra", ONE)) == []
    assert found(owned("Delvex", "Arbor", ONE, period=year(2020)), owned("Delvex", "Cindra", TWO)) == []


def test_the_owner_of_an_owner_is_no_rival() -> None:
    chain = owned("Delvex", "Arbor", ONE), owned("Delvex", "Cindra", TWO), owned("Arbor", "Cindra", ONE)
    assert found(*chain) == []


def test_many_may_hold_at_once() -> None:
    def ordered(text: str, *documents: Document, **fields: Any) -> Claim:
        (span,) = find_quantities(text)
        return said(metric("Arbor", "orders", span.quantity, period=year(2025), **fields), *documents)

    assert found(ordered("$2 billion", ONE), ordered("$5 billion", TWO)) == []
    assert len(found(ordered("$2 billion", ONE, scope="lasers"), ordered("$5 billion", TWO, scope="lasers"))) == 1
    assert found(supplies(ONE), said(relation("Brightfab", "supplies", "Delvex"), TWO)) == []


def test_without_a_period_only_what_holds_for_a_while_and_is_said_together() -> None:
    def staff(text: str, *documents: Document) -> Claim:
        (span,) = find_quantities(text)
        return said(metric("Arbor", "headcount", span.quantity), *documents)

    year_later = paper("later", MARCH + timedelta(days=300))
    assert len(found(staff("4,200 employees", ONE), staff("5,100 employees", TWO))) == 1
    assert conflicts([staff("4,200 employees", ONE), staff("5,100 employees", year_later)], [ONE, year_later]) == []


def test_all_sides_of_one_matter_stand_together() -> None:
    (conflict,) = found(
        revenue("$12 billion", ONE),
        revenue("$12 billion", TWO, modality="reported", attributed_to="Harbour Post"),
        revenue("$13 billion", TWO),
        revenue("$15 billion", THREE),
    )
    assert [len(side.claims) for side in conflict.sides] == [2, 1, 1]
    assert len(conflict.sides[0].origins) == 2


amounts = st.sampled_from(["$12 billion", "$12.4 billion", "about $13 billion", "above $13 billion", "$9bn to $11bn"])
statements = st.builds(
    lambda text, days, fields: revenue(text, paper(f"p{days}", MARCH + timedelta(days=days)), **fields),
    amounts,
    st.integers(0, 4),
    st.fixed_dictionaries(
        {"period": st.sampled_from([year(2025), year(2026), QUARTER]), "polarity": st.booleans()},
        optional={
            "modality": st.sampled_from(["asserted", "reported", "projected", "possible", "opinion"]),
            "attributed_to": st.sampled_from(["Arbor", "Gull Securities", "people familiar with it"]),
        },
    ),
)
PAPERS = [paper(f"p{days}", MARCH + timedelta(days=days)) for days in range(5)]


@given(st.lists(statements, max_size=6, unique_by=lambda c: c.id), st.randoms())
def test_order_does_not_matter_and_strangers_change_nothing(claims: list[Claim], random: Any) -> None:
    before = conflicts(claims, PAPERS, kinds=ALL)
    shuffled = random.sample(claims, len(claims))
    assert conflicts(shuffled, random.sample(PAPERS, 5), kinds=ALL) == before
    stranger = said(metric("Cindra", "revenue", revenue("$99 billion").object, period=year(2025)), PAPERS[0])
    assert conflicts([*claims, stranger], PAPERS, kinds=ALL) == before


@given(statements)
def test_no_claim_is_at_odds_with_itself_or_its_equal(claim: Claim) -> None:
    equal = said(replace(claim, id="c:" + "0" * 16, attributed_to="Somebody Else"), PAPERS[4])
    assert conflicts([claim, claim], PAPERS, kinds=ALL) == []
    if claim.polarity:
        assert conflicts([claim, equal], PAPERS, kinds=ALL) == []
