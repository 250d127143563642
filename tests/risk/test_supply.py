from decimal import Decimal

from graph.model import Claim
from qa.risk.lens import Lens
from qa.risk.supply.claimed import DESIGNED, HOLDS, MADE, SOLD, Supply, supply
from tests.graph.samples import article, relation
from tests.risk.facts import holds, link, store, stored


def graph(*claims: Claim) -> Supply:
    return supply(store(*claims), Lens())


def providers(found: Supply, item: str) -> dict[str, tuple[str, ...]]:
    return {p.party.label: p.how for p in found.providers.get(item, ())}


def needs(found: Supply, who: str) -> list[str]:
    return [need.item.label for need in found.needs.get(who, ())]


def test_inputs_are_parts_and_what_is_used() -> None:
    found = graph(
        link("blade", "partOf", "rotor"),
        link("rotor", "uses", "casting"),
        link("Mill", "uses", "lathe", subject="Company"),
    )
    assert needs(found, "e:rotor") == ["blade", "casting"]
    assert needs(found, "e:mill") == ["lathe"]
    assert needs(found, "e:blade") == []


def test_a_kind_of_thing_is_had_from_all_who_provide_it() -> None:
    found = graph(
        link("Mill", "manufactures", "rotor", subject="Company"),
        holds("Yard", "30", "global rotor shipments"),
        holds("Ghost", "0", "rotor market"),
        relation("Forge", "supplies", "Crane", qualifiers=(("item", "rotors"),)),
    )
    assert providers(found, "e:rotor") == {"Mill": (MADE,), "Yard": (HOLDS,), "Forge": (SOLD,)}
    yard = next(p for p in found.providers["e:rotor"] if p.party.label == "Yard")
    assert yard.held is not None
    assert yard.held.value == Decimal(30)
    assert needs(found, "e:crane") == ["rotor"]


def test_the_designer_of_a_product_is_no_second_maker_of_it() -> None:
    designed = link("Mill", "develops", "Whirl 3", subject="Company")
    sold = relation("Mill", "supplies", "Crane", qualifiers=(("item", "Whirl 3"),))
    made = link("Foundry", "manufactures", "Whirl 3", subject="Company")
    assert providers(graph(designed, sold), "e:whirl-3") == {"Mill": (SOLD, DESIGNED)}
    assert providers(graph(designed, sold, made), "e:whirl-3") == {"Foundry": (MADE,)}


def test_a_maker_for_a_client_provides_the_item_that_the_client_needs() -> None:
    found = graph(relation("Foundry", "manufactures", "Mill", qualifiers=(("item", "housings"),)))
    assert providers(found, "item:housing") == {"Foundry": (MADE,)}
    assert needs(found, "e:mill") == ["housings"]


def test_who_has_a_thing_made_and_sells_it_is_no_second_maker() -> None:
    found = graph(
        relation("Foundry", "manufactures", "Mill", qualifiers=(("item", "housings"),)),
        relation("Mill", "supplies", "Crane", qualifiers=(("item", "housings"),)),
        relation("Yard", "supplies", "Crane", qualifiers=(("item", "housings"),)),
    )
    assert providers(found, "item:housing") == {"Foundry": (MADE,), "Yard": (SOLD,)}


def test_supplies_without_an_item_are_kept_apart() -> None:
    found = graph(relation("Forge", "supplies", "Mill"), relation("Foundry", "manufactures", "Mill"))
    assert [p.party.label for p in found.unnamed["e:mill"]] == ["Forge", "Foundry"]
    assert (found.needs, found.providers) == ({}, {})


def test_parties_named_in_one_sentence_as_relied_on_are_one_group() -> None:
    both = (relation("Mill", "dependsOn", "Forge"), relation("Mill", "dependsOn", "Kiln"))
    held = stored(
        article(
            "Notes", ("Mill relies on Forge and Kiln.", *both), ("And on Yard.", relation("Mill", "dependsOn", "Yard"))
        )
    )
    groups = supply(held, Lens()).relied_on["e:mill"]
    assert sorted([p.party.label for p in group] for group in groups) == [["Forge", "Kiln"], ["Yard"]]


def test_kinds_are_no_parts() -> None:
    found = graph(link("steam turbine", "kindOf", "turbine"), link("turbine", "partOf", "plant"))
    assert [need.item.label for need in found.kinds["e:turbine"]] == ["steam turbine"]
    assert needs(found, "e:turbine") == []


def test_denials_plans_and_things_of_itself_are_nothing() -> None:
    found = graph(
        link("blade", "partOf", "rotor", polarity=False),
        link("Mill", "manufactures", "rotor", subject="Company", modality="projected"),
        link("rotor", "partOf", "rotor"),
    )
    assert (found.needs, found.providers) == ({}, {})


def test_a_market_of_a_place_only_names_no_thing() -> None:
    found = graph(holds("Mill", "90", "China's market"), holds("Mill", "10", "home market"))
    assert found.market == {}
    assert found.thing("China's market") is None


def test_a_thing_by_its_words_whatever_their_number_and_order() -> None:
    found = graph(holds("Mill", "90", "market for marine rotors"))
    thing = found.thing("marine rotor")
    assert thing is not None
    assert (thing.id, thing.label) == ("item:marine-rotor", "marine rotors")
    assert found.thing("Mill") is None
