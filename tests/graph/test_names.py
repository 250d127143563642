"""Names: their normal form, finding them in running text, and resolving what a user types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue import CatalogueEntry, catalogue
from graph.text.name_tokens import fold, fold_name, normalise
from graph.text.names import NameMatcher
from tests.clock import growth, seconds


@dataclass(frozen=True)
class Thing:
    label: str
    type: str = "Company"
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def matcher() -> NameMatcher[CatalogueEntry]:
    return NameMatcher(catalogue().entries)


Found = list[tuple[str, str]]


def found(matcher: NameMatcher[CatalogueEntry], text: str) -> Found:
    """Surface and label of every certain, whole name."""
    return [(s.surface, s.candidates[0].label) for s in matcher.find(text) if not s.uncertain and not s.extends]


# ---------------------------------------------------------------- the normal form of a name


@pytest.mark.parametrize(
    ("name", "folded", "normal"),
    [
        ("NVIDIA Corp.", "nvidia corp", "nvidia"),
        ("J.P. Morgan", "jp morgan", "jp morgan"),
        ("AT&T", "at and t", "at and t"),
        ("Command R+", "command r plus", "command r plus"),
        ("Moody's", "moody", "moody"),
        ("Renée James", "renee james", "renee james"),
        ("ＧＰＵ", "gpu", "gpu"),
        ("GPT-5", "gpt 5", "gpt 5"),
        ("H20", "h 20", "h 20"),
        ("华为技术有限公司", "华为技术有限公司", "华为技术"),
        ("Holdings", "holdings", "holdings"),
        ("Samsung Electronics Co., Ltd.", "samsung electronics co ltd", "samsung electronics"),
        ("", "", ""),
    ],
)
def test_normal_forms(name: str, folded: str, normal: str):
    assert fold_name(name) == folded
    assert normalise(name) == normal


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str):
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold(fold(name)) == fold(name)


# ---------------------------------------------------------------- finding names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nvidia sold H20s to 字节跳动.", [("Nvidia", "Nvidia"), ("H20s", "H20"), ("字节跳动", "ByteDance")]),
        ("Seedance2.0 beats Seedance 1.0.", [("Seedance2.0", "Seedance 2.0"), ("Seedance 1.0", "Seedance 1.0")]),
        ("Bank of China lends in China.", [("Bank of China", "Bank of China"), ("China", "China")]),
        ("It is Samsung SDI, not Samsung.", [("Samsung SDI", "Samsung SDI"), ("Samsung", "Samsung Electronics")]),
        ("Both Trainium2 and Trainium 3", [("Trainium2", "Trainium2"), ("Trainium 3", "Trainium3")]),
        ("the Ascend 910C and the 910B", [("Ascend 910C", "Ascend 910C"), ("910B", "Ascend 910B")]),
        ("shares of TSMC (TSM)", [("TSMC", "TSMC"), ("TSM", "TSMC")]),
        ("Micron Technology Inc. rose", [("Micron Technology Inc", "Micron Technology")]),
        ("SoftBank Corp. is not SoftBank", [("SoftBank Corp", "SoftBank Corp"), ("SoftBank", "SoftBank")]),
        ("Microsoft's Cobalt", [("Microsoft", "Microsoft"), ("Cobalt", "Microsoft Cobalt")]),
        ("cobalt from Congo", [("cobalt", "cobalt metal"), ("Congo", "Congo")]),
        ("GaN and SiC, said Gan. Info, sic.", [("GaN", "gallium nitride"), ("SiC", "silicon carbide")]),
        ("TSMC's 2nm process", [("TSMC", "TSMC"), ("2nm process", "2-nanometer process")]),
        (
            "Samsung Electronics' Taylor fab",
            [("Samsung Electronics", "Samsung Electronics"), ("Taylor fab", "Samsung Taylor fab")],
        ),
        ("for $3m or a 100 A fuse, tell us", []),
        ("an arm of the target; oracle; meta", []),
        ("Write to press@nvidia.com or read nvidia.com.", []),
        ("a U.S.-based, Arm-based and TSMC-made chip", [("U.S.", "United States"), ("Arm", "Arm"), ("TSMC", "TSMC")]),
        ("deals with Meta and Arm", [("Meta", "Meta"), ("Arm", "Arm")]),
        ("", []),
    ],
)
def test_find(matcher: NameMatcher[CatalogueEntry], text: str, names: Found):
    assert found(matcher, text) == names


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Target was missed by far this quarter, again.", "Target"),
        ("Meta raised it. Oracle did so as well.", "Meta"),
        ("Why Apple Needs Better Chips Right Now", "Apple"),
    ],
)
def test_a_common_word_is_uncertain_where_its_capital_proves_nothing(text: str, surface: str):
    things = [Thing(label, ambiguous=(label,)) for label in ("Target", "Meta", "Apple", "Oracle")]
    first = NameMatcher(things).find(text)[0]
    assert (first.surface, first.uncertain) == (surface, True)


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of Samsung opened.",
        "He left Samsung Biologics in May.",
        "They met yesterday at the Korea Samsung Hall of fame.",
        "He banks with 三星证券 now.",
    ],
)
def test_a_name_inside_a_longer_unknown_name_says_so(text: str):
    spans = NameMatcher([Thing("Samsung", aliases=("三星",))]).find(text)
    assert [span.extends for span in spans] == [True]


@pytest.mark.parametrize("text", ["Samsung CEO Han left.", "South Korea's Samsung rose.", "Chairman of Samsung"])
def test_titles_and_owners_are_no_part_of_a_name(text: str):
    spans = NameMatcher([Thing("Samsung")]).find(text)
    assert [span.extends for span in spans] == [False]


def test_a_meta_analysis_is_no_firm(matcher: NameMatcher[CatalogueEntry]):
    assert matcher.find("Meta-analysis shows it.") == []


def test_a_shared_name_has_all_its_bearers(matcher: NameMatcher[CatalogueEntry]):
    (span,) = matcher.find("about Cobalt")
    assert {e.label for e in span.candidates} == {"Microsoft Cobalt", "cobalt metal"}


def test_where_a_capital_proves_nothing_the_common_word_s_own_bearer_stays(matcher: NameMatcher[CatalogueEntry]):
    (span,) = matcher.find("Cobalt got dearer.")
    assert ([e.label for e in span.candidates], span.uncertain) == (["cobalt metal"], False)


def test_every_label_and_alias_is_found_as_it_stands(matcher: NameMatcher[CatalogueEntry]):
    lost = [
        (e.label, name)
        for e in catalogue().entries
        for name in e.names
        if not any(e in s.candidates for s in matcher.find(f"of {name},") if s.end - s.start >= len(name) - 1)
    ]
    assert lost == []


NAMES = st.sampled_from(sorted(name for e in catalogue().entries for name in e.names))
PIECES = st.lists(NAMES | st.text(max_size=12) | st.sampled_from([" ", ", ", "'s ", "-", "\n", "的", "&"]), max_size=10)


@given(PIECES.map("".join))
def test_spans_are_exact_in_order_and_never_overlap(matcher: NameMatcher[CatalogueEntry], text: str):
    spans = matcher.find(text)
    assert all(text[s.start : s.end] == s.surface and s.surface.strip() and s.candidates for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(PIECES.map("".join))
def test_text_before_does_not_move_what_is_found(matcher: NameMatcher[CatalogueEntry], text: str):
    def bare(t: str, shift: int) -> list[tuple[int, str]]:
        return [(s.start - shift, s.surface) for s in matcher.find(t)]

    assert bare("\n" + text, 1) == bare(text, 0)


# ---------------------------------------------------------------- resolving a name


@pytest.mark.parametrize(
    ("name", "label", "reason"),
    [
        ("nvidia", "Nvidia", "its label"),
        ("the Nvidia", "Nvidia", "its label"),
        ("hon hai", "Foxconn", "its alias"),
        ("688256", "Cambricon", "its ticker"),
        ("NASDAQ:MU", "Micron Technology", "its ticker"),
        ("Big Blue", "IBM", "its nickname"),
        ("Cambricon Ltd", "Cambricon", "its name but for the legal form"),
        ("阿里巴巴", "Alibaba", "its alias"),
    ],
)
def test_own_names_score_above_nine_tenths(matcher: NameMatcher[CatalogueEntry], name: str, label: str, reason: str):
    best = matcher.resolve(name)[0]
    assert (best.entry.label, best.reason) == (label, reason)
    assert best.score > 0.9


def test_bearers_alike_come_with_equal_scores(matcher: NameMatcher[CatalogueEntry]):
    both = matcher.resolve("cobalt")
    assert [(c.entry.label, c.score) for c in both] == [("Microsoft Cobalt", 0.99), ("cobalt metal", 0.99)]
    assert [c.entry.label for c in matcher.resolve("cobalt", type="Chip")] == ["Microsoft Cobalt"]


def test_the_label_goes_before_a_name_but_for_the_legal_form(matcher: NameMatcher[CatalogueEntry]):
    assert [c.entry.label for c in matcher.resolve("SoftBank")] == ["SoftBank", "SoftBank Corp"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Nvdia", "Nvidia"),
        ("Cambricorn", "Cambricon"),
        ("Huawai", "Huawei"),
        ("Texas Instrument", "Texas Instruments"),
    ],
)
def test_misspellings_are_only_suggested(matcher: NameMatcher[CatalogueEntry], name: str, label: str):
    suggestions = matcher.resolve(name)
    assert suggestions[0].entry.label == label
    assert all(c.score <= 0.9 for c in suggestions)
    assert "spelled like" in suggestions[0].reason


def test_another_number_is_another_thing(matcher: NameMatcher[CatalogueEntry]):
    assert "Trainium2" not in {c.entry.label for c in matcher.resolve("Trainium7")}
    assert "H100" not in {c.entry.label for c in matcher.resolve("H101")}


def test_initials_are_suggested():
    firm = Thing("Pell Street Partners")
    assert [(c.entry, c.score, c.reason) for c in NameMatcher([firm]).resolve("PSP")] == [(firm, 0.85, "its initials")]


@pytest.mark.parametrize("name", ["", "  ", "—", "qqqqqqqq"])
def test_nonsense_resolves_to_nothing(matcher: NameMatcher[CatalogueEntry], name: str):
    assert matcher.resolve(name) == []


def test_limit(matcher: NameMatcher[CatalogueEntry]):
    assert [c.entry.label for c in matcher.resolve("cobalt", limit=1)] == ["Microsoft Cobalt"]


@given(st.text(max_size=30))
def test_resolving_never_fails_and_ranks_by_score(matcher: NameMatcher[CatalogueEntry], name: str):
    scores = [c.score for c in matcher.resolve(name)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


# ---------------------------------------------------------------- speed


def test_a_matcher_of_a_thousand_things_takes_less_than_100_ms():
    entries = catalogue().entries

    assert seconds(lambda: NameMatcher(entries)) / len(entries) * 1000 < 0.1


def test_finding_is_linear_in_the_text(matcher: NameMatcher[CatalogueEntry]):
    text = "In May, Nvidia sold GB300 NVL72 racks to Microsoft, which built them into Azure, and to the U.S. military. "

    assert growth(matcher.find, text, 50 * len(text), 500 * len(text)) < 20  # ten times the text
