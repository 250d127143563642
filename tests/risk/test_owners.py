from datetime import date
from decimal import Decimal

import pytest

from graph.model import Claim, DocumentClaims, Period
from qa.risk.holders.holdings import Stake, read_stake
from qa.risk.holders.owners import Owner, owner_of, owners
from qa.risk.lens import Lens
from tests.graph.samples import article, ref, relation
from tests.risk.facts import says, stored


def owns(holder: str, firm: str, stake: str, **fields: object) -> Claim:
    return relation(holder, "investsIn", firm, qualifiers=(("stake", stake),), **fields)


def unit(firm: str, parent: str, **fields: object) -> Claim:
    return relation(firm, "subsidiaryOf", parent, **fields)


def buys(holder: str, firm: str, **fields: object) -> Claim:
    return relation(holder, "acquires", firm, **fields)


def on(*day: int) -> Period:
    return Period(date(*day), date(*day), "")


def found(*claims: Claim) -> dict[str, Owner]:
    return in_batches(says("Notes", *claims))


def in_batches(*batches: DocumentClaims) -> dict[str, Owner]:
    return owners(Lens().seen(stored(*batches)))


def test_the_climb_goes_to_the_top_and_keeps_its_claims() -> None:
    result = found(unit("Yard", "Mill"), buys("Holding", "Mill"), owns("Family", "Holding", "60"))["e:yard"]
    assert (result.entity.label, result.basis, result.standing) == ("Family", "derived", "owned")
    assert [entity.label for entity in result.through] == ["Mill", "Holding"]
    assert [claim.predicate for claim in result.claims] == ["subsidiaryOf", "acquires", "investsIn"]


def test_one_claim_is_disclosed_and_a_firm_without_an_owner_stands_for_itself() -> None:
    result = found(unit("Yard", "Mill"))
    assert (result["e:yard"].entity, result["e:yard"].basis) == (ref("Mill"), "disclosed")
    assert owner_of(ref("Mill"), result) == Owner(ref("Mill"), (), None)


@pytest.mark.parametrize(
    ("text", "low", "high", "majority"),
    [
        ("51", 51, 51, True),
        ("50", 50, 50, False),
        ("49.9%", "49.9", "49.9", False),
        ("more than half", 50, 100, True),
        ("at least 50%", 50, 100, None),
        ("40-60%", 40, 60, None),
        ("less than 50%", 0, 50, False),
        ("60-75%", 60, 75, True),
    ],
)
def test_stakes(text: str, low: object, high: object, majority: bool | None) -> None:
    stake = read_stake(text)
    assert stake is not None
    assert (stake.low, stake.high, stake.majority) == (Decimal(str(low)), Decimal(str(high)), majority)


@pytest.mark.parametrize("text", ["a seat on the board", "", "150", None])
def test_what_is_no_stake(text: str | None) -> None:
    assert read_stake(text) is None
    assert Stake(Decimal(0), Decimal(100)).majority is None


@pytest.mark.parametrize(
    "claim",
    [
        owns("Fund", "Mill", "50"),
        relation("Fund", "investsIn", "Mill"),
        buys("Fund", "Mill", modality="projected"),
        buys("Fund", "Mill", polarity=False),
        buys("Fund", "Mill", period=on(2026, 9, 1)),
        unit("Mill", "Fund", period=Period(None, date(2021, 12, 31), "until 2021")),
        unit("Mill", "Mill"),
    ],
    ids=["half", "no stake", "planned", "denied", "to come", "over", "itself"],
)
def test_what_makes_no_owner(claim: Claim) -> None:
    result = found(claim).get("e:mill")
    assert result is None or result.standing == "joint"


def test_a_stake_that_may_be_a_majority_is_left_open() -> None:
    result = found(owns("Fund", "Mill", "40-60%"))["e:mill"]
    assert (result.entity.label, result.standing, result.others) == ("Mill", "open", (ref("Fund"),))


def test_the_latest_stake_counts_and_two_of_one_day_make_a_range() -> None:
    earlier = says("Then", owns("Fund", "Mill", "60"), published=date(2024, 5, 1))
    later = says("Now", owns("Fund", "Mill", "30"), published=date(2026, 5, 1))
    assert "e:mill" not in in_batches(earlier, later)
    both = found(owns("Fund", "Mill", "45"), owns("Fund", "Mill", "55"))["e:mill"]
    assert (both.standing, len(both.claims)) == ("open", 2)


def test_contradictory_owners_are_both_reported_and_none_is_chosen() -> None:
    result = found(unit("Yard", "Mill"), unit("Mill", "North"), unit("Mill", "South"))
    assert (result["e:mill"].entity.label, result["e:mill"].standing) == ("Mill", "disputed")
    assert {other.label for other in result["e:mill"].others} == {"North", "South"}
    assert len(result["e:mill"].claims) == 2
    assert (result["e:yard"].entity.label, result["e:yard"].standing) == ("Mill", "owned")
    assert result["e:yard"].note == "who owns Mill is not settled: North and South (disputed)"


def test_a_chain_is_no_contradiction() -> None:
    result = found(unit("Yard", "Mill"), unit("Yard", "Holding"), unit("Mill", "Holding"))["e:yard"]
    assert (result.entity.label, [entity.label for entity in result.through]) == ("Holding", ["Mill"])


def test_a_joint_venture_is_named_in_one_sentence_or_by_its_halves() -> None:
    named = in_batches(
        article("Ventures", ("Mill is jointly run by North and South.", unit("Mill", "North"), unit("Mill", "South")))
    )["e:mill"]
    halves = found(owns("North", "Mill", "50"), owns("South", "Mill", "50"))["e:mill"]
    one = found(owns("North", "Mill", "50"))["e:mill"]
    assert [(r.standing, len(r.others)) for r in (named, halves, one)] == [("joint", 2), ("joint", 2), ("joint", 1)]
    assert named.entity.label == "Mill"


def test_a_majority_partner_owns_the_venture() -> None:
    assert found(owns("North", "Mill", "51"), owns("South", "Mill", "49"))["e:mill"].entity.label == "North"


def test_stakes_under_one_owner_add_up_to_a_majority() -> None:
    claims = (owns("North", "Mill", "30"), owns("Yard", "Mill", "25"), unit("Yard", "North"), unit("Shed", "Mill"))
    result = found(*claims)
    assert (result["e:mill"].entity.label, result["e:mill"].basis) == ("North", "derived")
    assert (result["e:mill"].note, len(result["e:mill"].claims)) == ("by the stakes of North and Yard together", 3)
    assert result["e:shed"].entity.label == "North"
    assert "e:mill" not in found(owns("North", "Mill", "30"), owns("Yard", "Mill", "25"))
    halves = found(owns("North", "Mill", "50"), owns("Yard", "Mill", "50"), unit("Yard", "North"))["e:mill"]
    assert (halves.entity.label, halves.standing) == ("North", "owned")


def test_stakes_that_add_up_step_by_step() -> None:
    claims = (
        *(owns("North", "Yard", "40"), owns("Barn", "Yard", "20"), unit("Barn", "North")),
        *(owns("Yard", "Mill", "26"), owns("North", "Mill", "26")),
    )
    assert found(*claims)["e:mill"].entity.label == "North"


def test_two_majorities_contradict_each_other() -> None:
    assert found(owns("North", "Mill", "70"), owns("South", "Mill", "60"))["e:mill"].standing == "disputed"


def test_a_dated_purchase_ends_what_stood_before_and_a_later_state_ends_it() -> None:
    before = says("Then", unit("Mill", "North"), published=date(2023, 3, 1))
    bought = says("Now", buys("South", "Mill", period=on(2025, 4, 1)), published=date(2025, 5, 1))
    result = in_batches(before, bought)["e:mill"]
    assert (result.entity.label, result.note) == ("South", "later than that of North")
    after = says("Next", unit("Mill", "North"), published=date(2026, 1, 1))
    assert in_batches(bought, after)["e:mill"].entity.label == "North"


def test_a_purchase_of_no_known_day_settles_nothing() -> None:
    assert found(buys("North", "Mill"), owns("South", "Mill", "51"))["e:mill"].standing == "disputed"


def test_a_circle_is_reported_and_left() -> None:
    result = found(unit("North", "South"), unit("South", "North"), unit("Yard", "North"))
    assert (result["e:north"].entity.label, result["e:north"].standing) == ("North", "circular")
    assert result["e:north"].others == (ref("South"),)
    assert result["e:yard"].note == "ownership leads round: North → South → North"


def test_a_denial_elsewhere_is_noted() -> None:
    assert found(unit("Yard", "Mill"), unit("Yard", "Mill", polarity=False))["e:yard"].note == "denied elsewhere"


def test_the_catalogue_stands_in_only_where_no_claim_says_anything() -> None:
    assumed = found(relation("Samsung SDI", "supplies", "Tesla"))["e:samsung-sdi"]
    assert (assumed.basis, assumed.claims, assumed.note) == ("assumed", (), "owner as the catalogue has it")
    told = found(unit("Mobileye", "Mill"))["e:mobileye"]
    assert (told.entity.label, told.basis) == ("Mill", "disclosed")
