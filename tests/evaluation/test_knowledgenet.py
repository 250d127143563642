"""KnowledgeNet: the marked entities of a passage, what is read of it, and the score; on made-up passages."""

import pytest

from api.evaluation.public.knowledgenet import figures, misses, ours, overlap, svo
from api.evaluation.public.knowledgenet_rows import Fact, Known, Passage, Span, known_entities, read_knowledgenet
from tests.ingest.reading import pipeline
from tests.shared import SHARED, needs_shared

ALL = frozenset({"SUBSIDIARY_OF", "CEO", "FOUNDED_BY", "HEADQUARTERS", "DATE_FOUNDED"})


def at(text: str, words: str) -> Span:
    """Where some words first stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def passage(text: str, *facts: tuple[str, str, str]) -> Passage:
    """A passage with its facts by their words."""
    known = tuple(Fact(name, at(text, one), at(text, other)) for name, one, other in facts)
    return Passage("1:0", text, 1, ALL, known, known_entities(text, known, {}))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Tessaly is a subsidiary of Brackwell Group.", ("SUBSIDIARY_OF", "Tessaly", "Brackwell Group")),
        ("A unit of Brackwell Group, Tessaly makes valves.", ("SUBSIDIARY_OF", "Tessaly", "Brackwell Group")),
        ("Ann Osk is the founder and CEO of Tessaly Devices.", ("CEO", "Tessaly Devices", "Ann Osk")),
        ("Ann Osk is the founder and CEO of Tessaly Devices.", ("FOUNDED_BY", "Tessaly Devices", "Ann Osk")),
        ("Tessaly is a foundry headquartered in Leeds.", ("HEADQUARTERS", "Tessaly", "Leeds")),
        ("Tessaly Devices was founded in 1987.", ("DATE_FOUNDED", "Tessaly Devices", "1987")),
    ],
)
def test_the_rules_tell_each_property(text: str, fact: tuple[str, str, str]) -> None:
    asked = passage(text, fact)
    assert set(asked.facts) <= ours(pipeline(), asked)


def test_what_is_denied_or_not_asked_is_not_told() -> None:
    text = "Tessaly is not a subsidiary of Brackwell Group."
    assert ours(pipeline(), passage(text, ("SUBSIDIARY_OF", "Tessaly", "Brackwell Group"))) == set()
    told = passage("Tessaly is a subsidiary of Brackwell Group.", ("SUBSIDIARY_OF", "Tessaly", "Brackwell Group"))
    unasked = Passage(told.id, told.text, told.fold, frozenset({"CEO"}), (), told.known)
    assert ours(pipeline(), unasked) == set()


def test_a_pronoun_without_a_link_is_who_stands_in_its_place() -> None:
    text = "Ann Osk runs Tessaly, which she founded."
    facts = [Fact("FOUNDED_BY", at(text, "Tessaly"), at(text, who)) for who in ("Ann Osk", "she")]
    known = {k.span: k.id for k in known_entities(text, facts, {})}
    assert known[at(text, "she")] == known[at(text, "Ann Osk")] == "ann osk"
    alone = known_entities("It is led by Ann Osk.", [Fact("CEO", (0, 2), (13, 20))], {})
    assert alone[0] == Known((0, 2), "it", ("Company", "Organization"))


def test_the_score_counts_mentions_as_the_set_does() -> None:
    text = "Tessaly, part of Brackwell Group, is in Leeds."
    asked = passage(text, ("SUBSIDIARY_OF", "Tessaly", "Brackwell Group"), ("HEADQUARTERS", "Tessaly", "Leeds"))
    partly = Fact("SUBSIDIARY_OF", at(text, "Tessaly"), at(text, "Brackwell"))
    wrong = Fact("CEO", at(text, "Leeds"), at(text, "Tessaly"))
    assert overlap(asked.facts[0], partly)
    found = {f.name: (f.value, f.n) for f in figures([asked], [{partly, wrong}])}
    assert found["text P"] == found["text R"] == found["text F1"] == (0.5, 2)
    assert found["SUBSIDIARY_OF F1"] == (1.0, 1)
    assert list(misses([asked], [{partly, wrong}])) == [
        "1:0: missed HEADQUARTERS (0, 7) → (40, 45)",
        "1:0: wrong CEO (40, 45) → (0, 7)",
    ]


def test_the_baseline_finds_plain_sentences() -> None:
    text = "Microsoft acquired Nokia in 2013."
    asked = passage(text, ("SUBSIDIARY_OF", "Nokia", "Microsoft"))
    assert svo(asked) == set(asked.facts)


@needs_shared
@pytest.mark.shared
def test_one_fold_is_scored_and_the_others_are_for_building() -> None:
    assert SHARED is not None
    scored, work = read_knowledgenet(SHARED / "data" / "knowledgenet")
    assert (len(scored), len(work)) == (475, 968)
    assert {p.fold for p in scored} == {3}
