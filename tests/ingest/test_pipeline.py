"""The pipeline as a whole: exact spans, determinism, odd texts, and the article of record."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Claim, EntityRef, Quantity
from ingest.given import Given
from tests.ingest.reading import document, extract, pipeline
from tests.shared import SHARED, needs_shared

SENTENCES = (
    "SK hynix supplies memory to Nvidia.",
    "“We buy from TSMC,” said Lisa Su, the chief executive of AMD.",
    "Cambricon's 毛利率 climbed above 50% in 2025.",
    "ByteDance may spend ¥160 billion (about $22 billion) on capex in 2026.",
    "It also depends on Broadcom – for now.",
    "Subscribe to our newsletter for more stories.",
    "About Acme: Acme is the world's leading maker of things.",
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.sampled_from([" ", "\n", "\n\n", " \u3000\n"]))
def test_every_quote_is_the_text_at_its_place(chosen: list[str], joint: str) -> None:
    text = joint.join(chosen)
    for claim in extract(text):
        assert claim.evidence
        for item in claim.evidence:
            assert text[item.start : item.end] == item.quote
            assert item.value_text in item.quote


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    _holds(text)


BITS = st.sampled_from(
    [*SENTENCES, *"\n\r\t\0 \xa0\u00ad\u200b\u2028\ud800“”‘’\"'()[]|#>•-–—,.;:!?%$¥€…。，「」", "\r\n",
     "Nvidia", "AMD's", "said", "5", "$5 bn", "2026", "Title:", "---", "By ", "Read more:",
     "毛利率", "supplies", "Operator:", "\u0301", "👩‍🔬"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(BITS | st.text(st.characters(), max_size=8), max_size=40).map("".join))
def test_no_mixture_makes_it_fail(text: str) -> None:
    _holds(text)


def _holds(text: str) -> None:
    for claim in extract(text):
        assert claim.evidence
        for item in claim.evidence:
            assert text[item.start : item.end] == item.quote
            assert item.value_text in item.quote


def test_the_same_text_gives_the_same_claims() -> None:
    text = "\n".join(SENTENCES)
    assert extract(text) == extract(text)


@pytest.mark.parametrize("text", ["", " \n\n ", "毛利率。", "$$$ 5 5 5 %%%", "Nvidia " * 3000])
def test_odd_texts_pass(text: str) -> None:
    assert isinstance(pipeline().extract(document(text)).claims, tuple)


def test_every_entity_that_a_claim_names_is_listed() -> None:
    found = pipeline().extract(document("Nvidia supplies ByteDance. Lisa Su runs AMD."))
    named = {r.id for c in found.claims for r in (c.subject, c.object) if isinstance(r, EntityRef)}
    assert named == {e.id for e in found.entities} == {"e:nvidia", "e:bytedance", "e:lisa-su", "e:amd"}


def _of_record() -> tuple[Claim, ...]:
    assert SHARED is not None
    return extract((SHARED / "articles" / "bytedance-silicon.txt").read_text(encoding="utf-8"), published=None)


@needs_shared
def test_the_article_of_record_gives_what_it_states() -> None:
    claims = _of_record()
    edges = {(c.subject.label, c.predicate, c.object.label) for c in claims if isinstance(c.object, EntityRef)}
    assert edges >= {
        ("ByteDance", "develops", "Seedance 2.0"),
        ("ByteDance", "develops", "Doubao"),
        ("ByteDance", "develops", "Jiyuan"),
        ("ByteDance", "develops", "ByteDance chips"),
        ("Google", "develops", "TPU"),
        ("Alibaba Cloud", "develops", "Alibaba Cloud chips"),
        ("Nvidia", "supplies", "ByteDance"),
        ("Cambricon", "supplies", "ByteDance"),
        ("Cambricon", "dependsOn", "ByteDance"),
    }
    figures = {
        (c.subject.label, c.predicate, c.basis): (
            c.object.low,
            c.object.high,
            c.object.unit,
            c.modality,
            c.attributed_to,
        )
        for c in claims
        if isinstance(c.object, Quantity)
    }
    assert figures[("ByteDance", "capex", "level")] == (160_000_000_000, 160_000_000_000, "CNY", "projected", None)
    assert figures[("ByteDance", "capex", "share")] == (50, 50, "percent", "projected", None)
    assert figures[("Nvidia", "grossMargin", "level")] == (70, None, "percent", "reported", "The Information")
    assert figures[("Cambricon", "grossMargin", "level")] == (50, None, "percent", "asserted", None)
    assert figures[("Cambricon", "revenue", "level")] == (6_000_000_000, None, "CNY", "reported", None)
    assert figures[("ByteDance", "headcount", "level")] == (500, None, "count", "reported", None)


@needs_shared
def test_the_article_of_record_gives_nothing_from_its_comments_and_links() -> None:
    labels = {r.label for c in _of_record() for r in (c.subject, c.object) if isinstance(r, EntityRef)}
    assert not labels & {"Moonshot AI", "Kimi K2.5", "MiniMax", "Huawei", "LeBron James"}
    capex = next(c for c in _of_record() if c.predicate == "capex" and c.basis == "level")
    assert (capex.period and capex.period.start, capex.period and capex.period.end) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
    )


def test_given_mentions_stand_before_names_that_are_found() -> None:
    text = "It acquired Tessaly Devices, a maker of valves, in 2019. Tessaly then sold its stake in Nvidia."
    known = [Given(0, 2, "given:1", "It"), Given(12, 27, "given:2", "Tessaly Devices", ("Product", "Company"))]
    found = [
        (f.subject, f.predicate, f.object.id, s.start)
        for s, f in pipeline().relations(pipeline().read(document(text), known))
    ]
    assert (EntityRef("given:1", "It", "Company"), "acquires", "given:2", 0) in found


def test_a_very_long_sentence_is_read_to_its_end_and_said() -> None:
    text = (
        "AMD grew.\n\nNvidia supplies chips to OpenAI, "
        + "as we said before, " * 400
        + "and AMD supplies chips to Oracle."
    )
    found = pipeline().extract(document(text))
    assert found.notes == ("sentences too long for one parse, read in pieces: 1, the first at character 11",)
    assert {("Nvidia", "OpenAI"), ("AMD", "Oracle")} <= {
        (c.subject.label, c.object.label) for c in found.claims if isinstance(c.object, EntityRef)
    }
    assert all(text[e.start : e.end] == e.quote and len(e.quote) <= 2000 for c in found.claims for e in c.evidence)
