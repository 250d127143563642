from datetime import date

import pytest

from graph.model import Claim, DocumentClaims, Period
from qa.risk.customer.pairs import Ends, Pair
from qa.risk.customer.signal_rules import Wording, signal_rules
from qa.risk.customer.signals import FINDERS, Signal, read_signals
from qa.risk.lens import Lens
from tests.graph.samples import article, exactly, metric, ref, relation
from tests.risk.facts import says, stored

RULES = signal_rules()
SOLD = relation("Startup", "supplies", "Cloud")
MADE = relation("Startup", "develops", "H20")


def signals(*batches: DocumentClaims, group: tuple[str, ...] = ()) -> dict[str, Signal]:
    seen = Lens().seen(stored(*batches))
    firms = frozenset({"e:cloud", *group})
    pair = Pair(Ends.of(seen.claims), ref("Startup"), ref("Cloud"), firms, date(2026, 3, 1))
    return {signal.sign.name: signal for signal in read_signals(pair)}


def found(*claims: Claim) -> dict[str, Signal]:
    return signals(says("Notes", SOLD, MADE, *claims))


def told(sentence: str, *claims: Claim) -> dict[str, Signal]:
    return signals(says("Notes", SOLD, MADE), article("Told", (sentence, *claims)))


@pytest.mark.parametrize("name", RULES.wordings)
def test_wordings_do_what_their_examples_say(name: str) -> None:
    wording: Wording = RULES.wordings[name]
    assert [text for text in wording.finds if not wording.found(text)] == []
    assert [text for text in wording.spares if wording.found(text)] == []


def test_every_pattern_has_an_example() -> None:
    bare = [p.pattern for w in RULES.wordings.values() for p in w.patterns if not any(map(p.search, w.finds))]
    assert bare == []


def test_every_sign_has_its_finder() -> None:
    assert [sign.name for sign in RULES.signs] == list(FINDERS)


def test_nothing_in_the_graph_is_unknown_not_absent() -> None:
    states = {signal.state for signal in found().values()}
    assert states == {"not found in the graph"}
    assert {(signal.strength, signal.claims) for signal in found().values()} == {("", ())}


def test_a_product_of_the_same_kind() -> None:
    own = relation("Cloud", "develops", "SeedChip")
    signal = found(own)["own_kind"]
    assert (signal.state, signal.strength) == ("found", "strong: asserted, 1 document")
    assert [claim.object for claim in signal.claims] == [ref("SeedChip")]
    model = relation("Cloud", "develops", "Doubao")
    memory = relation("Cloud", "develops", "HBM")
    assert found(model, memory)["own_kind"].state == "not found in the graph"


def test_the_items_sold_tell_the_kind() -> None:
    sold = relation("Startup", "supplies", "Cloud", qualifiers=(("item", "HBM3E stacks"),))
    chip = relation("Cloud", "develops", "SeedChip")
    assert signals(says("Notes", sold, MADE, chip))["own_kind"].state == "not found in the graph"


@pytest.mark.parametrize(
    ("fields", "state", "strength"),
    [
        ({"modality": "reported"}, "found", "strong: reported, 1 document"),
        ({"modality": "projected"}, "planned", "strong: projected, 1 document"),
        ({"modality": "possible"}, "planned", "strong: possible, 1 document"),
        ({"polarity": False}, "denied", "strong: denied, 1 document"),
    ],
)
def test_plans_and_denials_are_listed_as_such(fields: dict[str, object], state: str, strength: str) -> None:
    signal = found(relation("Cloud", "develops", "SeedChip", **fields))["own_kind"]
    assert (signal.state, signal.strength) == (state, strength)


def test_affirmed_and_denied_is_disputed() -> None:
    both = (relation("Cloud", "develops", "SeedChip"), relation("Cloud", "develops", "SeedChip", polarity=False))
    assert found(*both)["own_kind"].state == "disputed"


def test_a_product_that_replaces_the_suppliers() -> None:
    own = relation("Cloud", "develops", "SeedChip")
    assert found(own, relation("SeedChip", "replaces", "H20"))["replaces"].state == "found"
    assert found(own, relation("H20", "competesWith", "SeedChip"))["replaces"].state == "found"
    assert found(own, relation("H20", "replaces", "SeedChip"))["replaces"].state == "not found in the graph"


def test_units_of_the_customer_count() -> None:
    claims = (SOLD, MADE, relation("Lab", "develops", "SeedChip"))
    assert signals(says("Notes", *claims), group=("e:lab",))["own_kind"].state == "found"
    assert signals(says("Notes", *claims))["own_kind"].state == "not found in the graph"


def test_deployment() -> None:
    own = relation("Cloud", "develops", "SeedChip")
    for claim in (
        relation("Cloud", "uses", "SeedChip"),
        relation("TSMC", "manufactures", "SeedChip"),
        metric("SeedChip", "shipments", exactly("20000", "count")),
    ):
        assert claim.subject.label in str(found(own, claim)["deployed"].claims[0].subject.label)
    assert found(relation("Cloud", "uses", "H20"))["deployed"].state == "not found in the graph"


def test_deployment_in_the_words_of_a_sentence() -> None:
    people = metric("Cloud", "headcount", exactly("300", "count"), scope="chip unit")
    signal = told("The 300 people of its chip unit have the first accelerator in volume production.", people)
    assert signal["deployed"].state == "found"
    assert signal["chip_team"].state == "found"
    other = told(
        "Its 300 cooks have the canteen up and running.", metric("Cloud", "headcount", exactly("300", "count"))
    )
    assert (other["deployed"].state, other["chip_team"].state) == ("not found in the graph",) * 2


def test_hiring() -> None:
    spent = metric("Cloud", "rndSpend", exactly("5", "USD"), modality="reported")
    signal = told("The cloud firm is recruiting processor engineers in three cities for $5.", spent)["chip_team"]
    assert (signal.state, signal.strength) == ("found", "supporting: reported, 1 document")


def test_a_stop_gap() -> None:
    sold = relation("Startup", "supplies", "Cloud", modality="reported")
    signal = told("The startup sells to the cloud firm as a stopgap, people there say.", sold)["stop_gap"]
    assert (signal.state, len(signal.claims)) == ("found", 1)
    other = relation("Maker", "supplies", "Cloud")
    assert told("The maker sells it racks as a stopgap.", other)["stop_gap"].state == "not found in the graph"


def test_an_end() -> None:
    denied = relation("Startup", "supplies", "Cloud", polarity=False)
    assert found(denied)["ending"].state == "found"
    over = relation("Startup", "supplies", "Cloud", period=Period(None, date(2025, 12, 31), "until the end of 2025"))
    assert found(over)["ending"].state == "found"
    running = relation("Startup", "supplies", "Cloud", period=Period(None, date(2026, 12, 31), "until the end of 2026"))
    assert found(running)["ending"].state == "not found in the graph"
    planned = relation("Startup", "supplies", "Cloud", modality="projected")
    assert told("The cloud firm will stop buying from the startup next year.", planned)["ending"].state == "planned"


def test_help_with_a_design() -> None:
    with_maker = relation("Cloud", "partnersWith", "Maker")
    assert told("The two design an accelerator together.", with_maker)["design_help"].state == "found"
    assert told("The two run a canteen together.", with_maker)["design_help"].state == "not found in the graph"
    with_supplier = relation("Cloud", "partnersWith", "Startup")
    assert told("The two design an accelerator.", with_supplier)["design_help"].state == "not found in the graph"


def test_another_maker_bought() -> None:
    claims = (relation("Cloud", "acquires", "Maker"), relation("Maker", "develops", "SeedChip"))
    assert found(*claims)["bought_maker"].state == "found"
    assert found(relation("Cloud", "acquires", "Bakery"))["bought_maker"].state == "not found in the graph"


def test_other_sources_of_the_same_kind() -> None:
    others = (
        relation("Maker", "supplies", "Cloud", qualifiers=(("item", "GPUs"),)),
        relation("Mill", "supplies", "Cloud", qualifiers=(("item", "glass cloth"),)),
        relation("Rumour", "supplies", "Cloud", qualifiers=(("item", "GPUs"),), modality="possible"),
    )
    signal = found(*others)["other_sources"]
    assert [claim.subject.label for claim in signal.claims] == ["Maker"]
