"""Who says a thing and how firmly: speakers, sources at second hand, hedges, denials, direct speech."""

import pytest

from graph.model import Claim
from ingest.speakers import kind_of, speech
from tests.ingest.reading import extract

OPENAI = ("Nvidia", "supplies", "OpenAI")
BYTEDANCE = ("Nvidia", "supplies", "ByteDance")


def _one(text: str) -> Claim:
    (claim,) = extract(text)
    return claim


def _said(text: str) -> list[tuple[str, str | None]]:
    """The subject of each claim of a text and who says it."""
    return [(c.subject.label, c.attributed_to) for c in extract(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jensen Huang said Nvidia supplies chips to OpenAI.", "Jensen Huang"),
        ("Jensen Huang told reporters that Nvidia supplies chips to OpenAI.", "Jensen Huang"),
        ("“Nvidia supplies chips to OpenAI,” said Lisa Su.", "Lisa Su"),
        ("“Nvidia supplies chips to OpenAI,” Lisa Su said.", "Lisa Su"),
        ("“Nvidia supplies chips to OpenAI”, Lisa Su added on Monday.", "Lisa Su"),
        ("“For now,” said Lisa Su, “Nvidia supplies chips to OpenAI.”", "Lisa Su"),
        ("“Nvidia supplies chips to OpenAI,” Lisa Su said, “and that is good.”", "Lisa Su"),
        ("For now, Lisa Su said, Nvidia supplies chips to OpenAI.", "Lisa Su"),
        ("Nvidia supplies chips to OpenAI, Lisa Su said on Monday.", "Lisa Su"),
        ("As Lisa Su said, Nvidia supplies chips to OpenAI.", "Lisa Su"),
        ("Sam Altman noted the strain: Nvidia supplies chips to OpenAI.", "Sam Altman"),
        ("Nvidia said it supplies chips to OpenAI.", "Nvidia"),
        ("According to TrendForce, Nvidia supplies chips to OpenAI.", "TrendForce"),
        ("An analysis by TrendForce says that Nvidia supplies chips to OpenAI.", "TrendForce"),
        ("Nvidia supplies chips to OpenAI.", None),
    ],
)
def test_a_statement_keeps_its_speaker_and_stays_asserted(text: str, speaker: str | None) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, getattr(claim.object, "label", "")) == OPENAI
    assert (claim.attributed_to, claim.modality, claim.polarity) == (speaker, "asserted", True)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nvidia's revenue was $57 billion in 2025, according to Morgan Stanley.", "Morgan Stanley"),
        ("By JPMorgan's count, Nvidia's revenue was $57 billion in 2025.", "JPMorgan"),
        ("On TrendForce's estimate, Nvidia's revenue was $57 billion in 2025.", "TrendForce"),
        ("Nvidia's revenue was $57 billion, a note by Goldman Sachs said.", "Goldman Sachs"),
        ("Nvidia said its revenue was $57 billion.", "Nvidia"),
    ],
)
def test_a_figure_keeps_its_source(text: str, source: str) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, claim.attributed_to) == ("Nvidia", "revenue", source)
    assert claim.modality == "asserted"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nvidia supplies chips to ByteDance, according to The Information.", "The Information"),
        ("According to Reuters, Nvidia supplies chips to ByteDance.", "Reuters"),
        ("Reuters reported that Nvidia supplies chips to ByteDance.", "Reuters"),
        ("A Bloomberg report said that Nvidia supplies chips to ByteDance.", "Bloomberg"),
        ("Nvidia supplies chips to ByteDance, a Bloomberg report said.", "Bloomberg"),
        ("People familiar with the matter said Nvidia supplies chips to ByteDance.", "People familiar with the matter"),
        ("Sources said that Nvidia supplies chips to ByteDance.", "Sources"),
        ("Nvidia reportedly supplies chips to ByteDance.", None),
        ("Nvidia is said to supply chips to ByteDance.", None),
    ],
)
def test_a_source_at_second_hand_makes_it_reported(text: str, source: str | None) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, getattr(claim.object, "label", "")) == BYTEDANCE
    assert (claim.modality, claim.attributed_to, claim.affirmed) == ("reported", source, True)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Nvidia will supply chips to OpenAI.", "projected"),
        ("Nvidia agreed to supply chips to OpenAI.", "projected"),
        ("Nvidia plans to supply chips to OpenAI.", "projected"),
        ("Nvidia is expected to supply chips to OpenAI.", "projected"),
        ("Morgan Stanley expects Nvidia to supply OpenAI.", "projected"),
        ("Nvidia may supply chips to OpenAI.", "possible"),
        ("Nvidia could supply chips to OpenAI.", "possible"),
        ("If Nvidia supplies chips to OpenAI, the price will fall.", "possible"),
        ("Lisa Su believes that Nvidia supplies chips to OpenAI.", "opinion"),
    ],
)
def test_a_hedged_relation_is_no_edge(text: str, modality: str) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, getattr(claim.object, "label", "")) == OPENAI
    assert (claim.modality, claim.polarity, claim.affirmed) == (modality, True, False)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nvidia denied that it supplies chips to ByteDance.", "Nvidia"),
        ("Nvidia does not supply chips to ByteDance.", None),
        ("Nvidia stopped supplying chips to ByteDance.", None),
    ],
)
def test_a_denial_is_kept_as_one(text: str, speaker: str | None) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, getattr(claim.object, "label", "")) == BYTEDANCE
    assert (claim.polarity, claim.affirmed, claim.attributed_to) == (False, False, speaker)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia's revenue will be $90 billion in 2026.", [("Nvidia", "projected", None)]),
        ("Lisa Su said AMD's revenue will reach $40 billion in 2026.", [("AMD", "projected", "Lisa Su")]),
        ("Micron expects capex of $18 billion in 2026.", [("Micron Technology", "projected", "Micron Technology")]),
        ("Morgan Stanley estimates that Nvidia's revenue was $57 billion.", [("Nvidia", "opinion", "Morgan Stanley")]),
        (
            "Meta's capex will be $125 billion and Google roughly $180 billion.",
            [("Meta", "projected", None), ("Google", "projected", None)],
        ),
    ],
)
def test_a_figure_is_as_firm_as_its_sentence(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    assert [(c.subject.label, c.modality, c.attributed_to) for c in extract(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“We buy a lot. Nvidia supplies chips to OpenAI,” Jensen Huang said.",
            [("Nvidia", "Jensen Huang")],
        ),
        (
            "“Nvidia supplies chips to OpenAI,” Jensen Huang said. “Broadcom supplies chips to Google.”",
            [("Nvidia", "Jensen Huang"), ("Broadcom", "Jensen Huang")],
        ),
        (
            "“We have enough power,” said Sam Altman. “And Broadcom supplies chips to OpenAI.”",
            [("Broadcom", "Sam Altman")],
        ),
        (
            "“Nvidia supplies chips to OpenAI. It always has.” Sam Altman disagreed. “Broadcom supplies chips to "
            "Google,” he said.",
            [("Nvidia", None), ("Broadcom", "Sam Altman")],
        ),
        (
            "‘Nvidia supplies chips to OpenAI. Broadcom’s rivals’ chips are dear. Broadcom supplies chips to Google,’ "
            "Lisa Su said.",
            [("Nvidia", "Lisa Su"), ("Broadcom", "Lisa Su")],
        ),
        (
            "“Demand is strong,” said Lisa Su.\n\n“Nvidia supplies chips to OpenAI.”\n\nBroadcom supplies Google.",
            [("Nvidia", "Lisa Su"), ("Broadcom", None)],
        ),
        (
            "“Nvidia supplies chips to OpenAI,” said Lisa Su. “Broadcom supplies chips to Google,” said Sam Altman.",
            [("Nvidia", "Lisa Su"), ("Broadcom", "Sam Altman")],
        ),
        (
            "Lisa Su: Nvidia supplies chips to OpenAI. Broadcom supplies chips to Google.\n\nAMD supplies Oracle.",
            [("Nvidia", "Lisa Su"), ("Broadcom", "Lisa Su"), ("AMD", None)],
        ),
    ],
)
def test_a_quotation_over_two_sentences_has_one_speaker(text: str, wanted: list[tuple[str, str]]) -> None:
    assert _said(text) == wanted


@pytest.mark.parametrize("joint", [" ", "\n\n"])
def test_what_follows_a_quotation_is_not_the_speakers(joint: str) -> None:
    text = f"“Nvidia supplies chips to OpenAI,” said Lisa Su.{joint}Broadcom supplies chips to Google."
    assert _said(text) == [("Nvidia", "Lisa Su"), ("Broadcom", None)]


@pytest.mark.parametrize("kind", ["denied", "foreseen", "judged", "said"])
def test_every_verb_of_a_word_list_has_its_kind(kind: str) -> None:
    assert {verb: kind_of(verb) for verb in speech()[kind]} == dict.fromkeys(speech()[kind], kind)


def test_a_verb_of_doing_is_none_of_saying() -> None:
    assert kind_of("supply") is None


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia rejected a report that it supplies chips to Huawei.",
        "Nvidia no longer supplies chips to Huawei.",
    ],
)
def test_what_is_denied_or_over_is_never_affirmed(text: str) -> None:
    assert [(c.predicate, c.polarity) for c in extract(text)] == [("supplies", False)]


@pytest.mark.parametrize(
    "text",
    [
        "No single customer of CoreWeave accounts for more than 40% of revenue.",
        "None of Nvidia's customers contributed over 10% of its revenue in 2024.",
        "None of the firms that buy from Nvidia accounts for more than 30% of its revenue.",
        "Neither Meta nor Google accounts for more than 10% of CoreWeave's revenue.",
        "CoreWeave rents out servers. Nobody, the company insists, makes up more than about 35% of the backlog.",
    ],
)
def test_a_share_that_nobody_has_is_denied_and_makes_no_trade(text: str) -> None:
    claims = extract(text)
    assert claims
    assert {(c.predicate in ("revenue", "orders"), c.polarity) for c in claims} == {(True, False)}


def test_none_of_which_denies_nothing_of_what_stands_before() -> None:
    (claim,) = extract("AMD's revenue came to $9 billion in 2025, none of which had been foreseen.")
    assert (claim.predicate, claim.polarity) == ("revenue", True)


def test_no_fewer_than_is_no_denial() -> None:
    claims = extract("No fewer than 40% of Nvidia's sales come from Microsoft.")
    assert {(c.predicate, c.polarity) for c in claims} == {("supplies", True), ("revenue", True)}


def test_a_speaker_after_a_semicolon_has_not_said_what_stands_before() -> None:
    found = extract("Nvidia supplies chips to OpenAI; Sam Altman said Broadcom supplies chips to Google.")
    assert [(c.subject.label, c.attributed_to) for c in found] == [("Nvidia", None), ("Broadcom", "Sam Altman")]


def test_analysts_speak_of_another_firms_figures() -> None:
    found = extract("Broadcom's revenue rose to $18 billion. Analysts at Morgan Stanley said its capex was $2 billion.")
    assert {c.subject.label for c in found} == {"Broadcom"}


def test_the_sources_that_an_outlet_cites_are_kept() -> None:
    (claim,) = extract(
        "Reuters reported that Nvidia supplies chips to ByteDance, citing people familiar with the matter."
    )
    assert (claim.attributed_to, claim.origins) == ("Reuters", ("people familiar with the matter",))
