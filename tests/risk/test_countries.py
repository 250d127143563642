from dataclasses import replace

from graph.identity import claim_id
from graph.model import Claim
from qa.risk.holders.countries import Home, countries, country_of
from qa.risk.lens import Lens
from tests.graph.samples import ref, relation
from tests.risk.facts import located, store


def found(*claims: Claim) -> dict[str, Home]:
    return countries(Lens().seen(store(*claims)))


def within(place: str, wider: str) -> Claim:
    claim = replace(located(place, wider), subject=ref(place, "Place"))
    return replace(claim, id=claim_id(claim))


def test_a_country_is_taken_as_it_is_and_a_town_is_rolled_up() -> None:
    homes = found(located("Mill", "Germany"), located("Yard", "Leixlip"))
    assert (homes["e:mill"].entity, homes["e:mill"].basis) == (ref("Germany", "Place"), "disclosed")
    assert (homes["e:yard"].entity, homes["e:yard"].basis) == (ref("Ireland", "Place"), "derived")
    assert [len(homes[key].claims) for key in ("e:mill", "e:yard")] == [1, 1]


def test_a_place_that_nobody_listed_is_rolled_up_by_claims() -> None:
    home = found(located("Mill", "Kleindorf"), within("Kleindorf", "Grossdorf"), within("Grossdorf", "Germany"))[
        "e:mill"
    ]
    assert (home.entity, home.basis, len(home.claims)) == (ref("Germany", "Place"), "derived", 3)


def test_places_that_lead_round_or_nowhere_give_no_country() -> None:
    homes = found(located("Mill", "Kleindorf"), within("Kleindorf", "Grossdorf"), within("Grossdorf", "Kleindorf"))
    assert "e:mill" not in homes
    assert country_of(ref("Mill"), homes) == Home(None, (), None)
    assert "e:yard" not in found(located("Yard", "Europe"))


def test_several_countries_decide_nothing_where_the_catalogue_is_silent() -> None:
    home = found(located("Mill", "Japan"), located("Mill", "Germany"))["e:mill"]
    assert (home.entity, home.basis) == (None, "disclosed")
    assert [other.label for other in home.others] == ["Germany", "Japan"]
    assert len(home.claims) == 2


def test_a_branch_does_not_move_the_seat_of_a_firm_in_the_catalogue() -> None:
    home = found(located("TSMC", "Arizona"))["e:tsmc"]
    assert (home.entity, home.basis, home.claims) == (ref("Taiwan", "Place"), "assumed", ())
    assert home.note == "seat as the catalogue has it; also in United States"
    both = found(located("TSMC", "Arizona"), located("TSMC", "Taiwan"))["e:tsmc"]
    assert (both.basis, len(both.claims), both.note) == ("disclosed", 1, "also in United States")


def test_the_catalogue_alone_is_labelled_and_denials_do_not_count() -> None:
    home = found(relation("ASML", "supplies", "Mill"), located("Mill", "Japan", polarity=False))
    assert (home["e:asml"].entity, home["e:asml"].basis) == (ref("Netherlands", "Place"), "assumed")
    assert "e:mill" not in home


def test_a_country_is_its_own() -> None:
    home = found(located("Mill", "Japan"))["e:japan"]
    assert (home.entity, home.note) == (ref("Japan", "Place"), "is a country")
    assert country_of(ref("Hong Kong", "Place"), {}).entity == ref("China", "Place")
