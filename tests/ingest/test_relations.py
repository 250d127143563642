"""The relation frames: every example of the rules, and sentences that must give nothing."""

import pytest

from graph.catalogue import catalogue
from graph.errors import SettingsError
from ingest.relations.frames import Frame, _frame, frames
from tests.ingest.reading import edges, extract

EXAMPLES = [(frame, text, wanted) for frame in frames().all for text, wanted in frame.examples]


def _label(name: str) -> str:
    """The label under which the catalogue holds a name, the name itself if it does not."""
    found = catalogue().lookup(name)
    return found[0].label if found else name


@pytest.mark.parametrize(("frame", "text", "wanted"), EXAMPLES, ids=[f"{f.name}: {t[:40]}" for f, t, _ in EXAMPLES])
def test_every_example_of_the_rules_gives_its_relations(frame: Frame, text: str, wanted: str) -> None:
    found = edges(text)
    for pair in wanted.split(", "):
        subject, target = pair.split(" | ")
        assert (_label(subject), frame.predicate, _label(target)) in found


def test_nearly_every_frame_has_an_example() -> None:
    assert [frame.name for frame in frames().all if not frame.examples] == ["money-from"]


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia and AMD both fell on Monday.",
        "Shares of Broadcom rose 3% in New York.",
        "The weather in Hsinchu was fine, and TSMC held a picnic.",
        "A former chief executive of Intel spoke at the fair.",
        "Analysts at Morgan Stanley met in London.",
        "Samsung showed a fridge.",
    ],
)
def test_a_sentence_without_a_relation_gives_none(text: str) -> None:
    assert not [edge for edge in edges(text) if edge[1] not in ("locatedIn", "develops")]


def test_direction_does_not_depend_on_the_voice() -> None:
    active = edges("TSMC manufactures the B200.")
    passive = edges("The B200 is manufactured by TSMC.")
    assert active == passive == {("TSMC", "manufactures", "B200"), ("TSMC", "manufactures", "Nvidia")}


def test_a_customer_is_supplied_and_does_not_supply() -> None:
    found = edges("Microsoft, Nvidia's largest customer, is designing a chip.")
    assert ("Nvidia", "supplies", "Microsoft") in found
    assert ("Microsoft", "supplies", "Nvidia") not in found


def test_one_relation_told_twice_is_one_claim_with_two_pieces_of_evidence() -> None:
    claims = extract("SK hynix supplies memory to Nvidia.\n\nNvidia buys memory from SK hynix.")
    assert [(c.subject.label, c.predicate, len(c.evidence)) for c in claims] == [("SK hynix", "supplies", 2)]


def test_a_relation_keeps_its_stake_and_its_item() -> None:
    stake = next(c for c in extract("SoftBank owns about 87% of Arm.") if c.predicate == "investsIn")
    assert dict(stake.qualifiers)["stake"] == "87"
    item = next(c for c in extract("Micron sells memory to Nvidia.") if c.predicate == "supplies")
    assert dict(item.qualifiers)["item"] == "memory"


def test_a_denied_relation_is_kept_as_denied() -> None:
    claim = next(c for c in extract("Nvidia does not supply chips to Huawei.") if c.predicate == "supplies")
    assert (claim.subject.label, claim.polarity) == ("Nvidia", False)


def test_a_frame_that_makes_no_sense_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="frame “odd”: no relation “befriends”"):
        _frame({"name": "odd", "predicate": "befriends", "examples": []})
    with pytest.raises(SettingsError, match="frame “odder”"):
        _frame({"name": "odder", "predicate": "supplies", "examples": [], "verb": ["sell"]})


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("AMD co-developed the chip with OpenAI.", ("AMD", "partnersWith", "OpenAI")),
        ("Founded in 1946 and headquartered in Michigan, Nvidia sells chips.", ("Nvidia", "locatedIn", "Michigan")),
        ("Nvidia is a company headquartered in Santa Clara.", ("Nvidia", "locatedIn", "Santa Clara")),
        ("T-Head is owned and operated by Alibaba.", ("T-Head", "subsidiaryOf", "Alibaba")),
        ("A unit of Alibaba, T-Head sells chips.", ("T-Head", "subsidiaryOf", "Alibaba")),
        ("As a subsidiary of Alibaba, T-Head sells chips.", ("T-Head", "subsidiaryOf", "Alibaba")),
        ("Firms that SoftBank has invested in include Arm and OpenAI.", ("SoftBank", "investsIn", "OpenAI")),
        (
            "Broadcom's clients include Google in California; Meta, a network; and OpenAI.",
            ("Broadcom", "supplies", "Meta"),
        ),
    ],
)
def test_sides_are_found_where_english_leaves_them_out(text: str, edge: tuple[str, str, str]) -> None:
    assert edge in edges(text)


@pytest.mark.parametrize(
    "text",
    [
        "SoftBank sold its stake in Nvidia to Alibaba.",
        "SoftBank agreed to sell Arm to Nvidia.",
        "OpenAI secured funding from Nvidia.",
    ],
)
def test_firms_stakes_and_money_are_no_supplies(text: str) -> None:
    assert not [edge for edge in edges(text) if edge[1] == "supplies"]


def test_posts_held_together_are_one_claim() -> None:
    (claim,) = (c for c in extract("Hock Tan is the president and CEO of Broadcom.") if c.predicate == "leads")
    assert dict(claim.qualifiers) == {"role": "president and CEO"}


def test_further_frames_need_the_types_of_both_sides() -> None:
    with pytest.raises(SettingsError, match="no relation “listedOn”"):
        _frame({"name": "x", "predicate": "listedOn", "verbs": ["list"], "examples": []}, "elsewhere.yaml")


def test_what_somebody_is_merely_called_states_no_relation() -> None:
    found = edges("Alphabet met Meta. Google's parent buys chips from Nvidia.")
    assert ("Nvidia", "supplies", "Alphabet") in found
    assert not [edge for edge in found if edge[1] == "subsidiaryOf"]
