import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import boilerplate
from ingest.datelines import Stamp, read_opening, read_stamp
from ingest.frontmatter import front_matter
from ingest.lines import MARKER
from ingest.passages import passages
from ingest.plain import INVISIBLE
from ingest.sentences import load_rules, sentences
from tests.shared import SHARED

ARTICLE = """\
NORTHFIELD DAILY
Home | Chips | Events
Vale sells its Oslo fab to Northfield
Price is half of what was asked
By Mette Lund
Friday, Sept. 5, 2025 | 12 comments

OSLO, Sept 5 (Fjord Wire) - Vale sold its fab on Thursday for 2.5 billion euros. Nobody named the bank.

WHAT NEXT
• Orders rise by 4.5% a year
• Margins widen

ADVERTISEMENT
Picture: the fab at night
"We are sold out for as long as I can see."
Northfield has 900 people there, said Ms. A. Berg of the firm, and it will keep every one of them for three more years.
Correction: An earlier version gave the price as 3 billion euros.
READ NEXT: Helium, again
Its shares rose.
Comments
Troll: Vale is bankrupt, trust me, I work there and everybody knows it.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in passages(text)]


def test_every_kind_in_one_messy_article():
    assert [kind for kind, _ in kinds(ARTICLE)] == [
        "dateline", "boilerplate", "title", "heading", "dateline", "dateline",
        "dateline", "body", "heading", "bullet", "bullet", "boilerplate", "caption", "quote", "body", "correction",
        "boilerplate", "body", "boilerplate", "boilerplate",
    ]  # fmt: skip
    assert kinds(ARTICLE)[6:8] == [
        ("dateline", "OSLO, Sept 5 (Fjord Wire) -"),
        ("body", "Vale sold its fab on Thursday for 2.5 billion euros. Nobody named the bank."),
    ]


def line_kind(line: str) -> tuple[str, str]:
    """Kind and rule of a line, markers aside."""
    marker = MARKER.match(line)
    rule = boilerplate.match(line[marker.end() :] if marker else line)
    return (rule.kind, rule.name) if rule else ("", "")


@pytest.mark.parametrize(
    ("rule", "line"), [pytest.param(r, x, id=f"{r.name}: {x[:40]}") for r in boilerplate.rules() for x in r.examples]
)
def test_boilerplate_examples(rule: boilerplate.Rule, line: str):
    assert line_kind(line)[0] == rule.kind


@pytest.mark.parametrize("line", [x for r in boilerplate.rules() for x in r.but])
def test_lines_of_an_article_are_no_boilerplate(line: str):
    assert line_kind(line) == ("", "")


def test_every_rule_has_examples_both_ways():
    assert [r.name for r in boilerplate.rules() if not r.examples or not r.but] == []


def test_a_comments_link_above_the_article_does_not_hide_it():
    text = "Vale sells fab\nComments\nVale sold its fab in Oslo to Northfield for 2.5 billion euros."
    assert [kind for kind, _ in kinds(text)] == ["title", "boilerplate", "body"]


def test_a_list_of_links_ends_where_the_article_goes_on():
    body = "Vale sold its fab in Oslo to Northfield for 2.5 billion euros on Thursday."
    text = f"Vale sells fab\n\n{body}\n\nRelated articles\n\nHelium, again\n\nCobalt explained\n\n{body}"
    assert [kind for kind, _ in kinds(text)] == ["title", "body", *["boilerplate"] * 3, "body"]


def test_a_cautionary_section_ends_at_the_next_heading():
    text = (
        "Vale grows\nVale grew.\nForward-Looking Statements\nWe may be wrong about it.\nAbout Vale\nVale makes chips."
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "body", "boilerplate", "boilerplate", "heading", "body"]


def test_a_firms_portrait_below_its_press_release_is_text_and_what_follows_is_not():
    body = (
        "Vale Chips opened a fab in Oslo for 3 billion dollars, which will make 30,000 wafers a month for Northfield."
    )
    foot = ["About Vale Chips", "Vale Chips makes memory.", "About Northfield Inc.", "Northfield rents out servers."]
    links = [
        "Related articles",
        "Helium, again",
        "3 Comments",
        "Troll: Vale is bankrupt, I work there and know it all.",
    ]
    found = kinds("\n\n".join(["Vale Chips opens a fab", body, body, *foot, *links]))
    assert [kind for kind, _ in found] == ["title", "body", "body", "heading", *["body"] * 3, *["boilerplate"] * 4]
    plain = kinds("\n\n".join(["Vale Chips opens a fab", body, body, "About Turns", "Vale Chips had ruled it out."]))
    assert [kind for kind, _ in plain] == ["title", "body", "body", "heading", "body"]


def test_front_matter_gives_the_title_once():
    fenced = "---\ntitle: Vale grows\ndate: 2025-09-05\n---\nVale grew by a third.\n"
    assert kinds(fenced)[1:3] == [("dateline", "title:"), ("title", "Vale grows")]
    bare = "Title: Vale grows\nDate: 2025-09-05\n\nVale grows\n\nVale grew by a third.\n"
    assert [kind for kind, _ in kinds(bare)] == ["dateline", "dateline", "title", "body"]
    assert front_matter("Revenue: 3 billion\nVale grew.").fields == ()
    assert front_matter("---\nVale grew by a third.").end == 0


def test_markdown_and_hard_wrapped_lines():
    text = (
        "# Vale grows\n\n> We are sold out\n\nVale said on Friday that it\nwould sell its fab in Oslo to\nNorthfield."
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "quote", "body"]


def test_one_line_alone_is_a_statement():
    assert kinds("Vale supplies Northfield") == [("body", "Vale supplies Northfield")]
    assert passages("") == [] == passages(" \r\n\t\ufeff\n")


@given(st.lists(st.sampled_from(ARTICLE.splitlines()) | st.text(max_size=60), max_size=12).map("\n".join))
def test_passages_cover_all_that_is_not_blank_in_order(text: str):
    found = passages(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(text[p.start : p.end] for p in found)
    blank = re.compile(rf"[\s{INVISIBLE}]+")
    assert blank.sub("", kept) == blank.sub("", text)
    for passage in found:
        spans = sentences(text, passage)
        assert all(passage.start <= a < b <= passage.end for a, b in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(text[a:b].strip() == text[a:b] for a, b in spans)


@pytest.mark.parametrize("example", load_rules()["examples"], ids=lambda e: e["text"][:40])
def test_sentence_examples(example: dict):
    text = example["text"]
    found = [text[a:b] for p in passages(text) for a, b in sentences(text, p)]
    assert found == example["sentences"]


def test_a_bullet_is_a_sentence_without_its_marker():
    text = "Vale grew by a third.\n• revenue of 3.5 billion;\n2) margins. They rose."
    found = [[text[a:b] for a, b in sentences(text, p)] for p in passages(text)]
    assert found == [["Vale grew by a third."], ["revenue of 3.5 billion;"], ["margins.", "They rose."]]


def test_crlf_and_byte_order_mark_stay_out_of_sentences():
    text = "\ufeffVale grows\r\n\r\nVale grew. It hired.\r\n"
    assert [text[a:b] for p in passages(text) for a, b in sentences(text, p)] == [
        "Vale grows",
        "Vale grew.",
        "It hired.",
    ]


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("Posted Saturday, Sept. 6, 2025", Stamp(9, 6, 2025, 5)),
        ("28 July 2025", Stamp(7, 28, 2025)),
        ("December 17, 2025, 4:01 p.m. Eastern Time", Stamp(12, 17, 2025)),
        ("Thursday 27 November 2025 07.05 GMT", Stamp(11, 27, 2025, 3)),
        ("2025-12-17T10:00:00Z", Stamp(12, 17, 2025)),
        ("2025年9月18日", Stamp(9, 18, 2025)),
        ("By Mette Lund, 5 September 2025", Stamp(9, 5, 2025)),
        ("Oslo, Jan 5", Stamp(1, 5)),
        ("17/12/2025", Stamp(12, 17, 2025)),
        ("5/6/2025", None),
        ("31 June 2025", None),
        ("May 2025", None),
        ("the Sept. 5, 2025 filing", None),
    ],
)
def test_stamps(line: str, stamp: Stamp | None):
    assert read_stamp(line) == stamp


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        ("OSLO, Jan 9 (Fjord Wire) - Vale grew.", "Vale grew."),
        ("BERGEN, Norway, Dec. 17, 2025 /Fjordwire/ -- Vale grew.", "Vale grew."),
        ("BERGEN — Vale grew.", "Vale grew."),
        ("Bergen, Norway – Vale grew.", "Vale grew."),
        ("(Fjord) -- Vale grew.", "Vale grew."),
        ("NVIDIA — a chip designer — grew.", None),
        ("Vale (VAL) - the maker of chips - grew.", None),
        ("Vale, Northfield – and others – grew.", None),
    ],
)
def test_agency_openings(paragraph: str, rest: str | None):
    opening = read_opening(paragraph)
    assert (paragraph[opening.end :] if opening else None) == rest


@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_no_gold_sentence_is_boilerplate():
    """Every sentence that the gold anchors a core claim in stays part of the article."""
    assert SHARED is not None
    lost = []
    for gold in sorted((SHARED / "dev/gold").glob("*.jsonl")):
        text = (SHARED / "dev/texts" / f"{gold.stem}.txt").read_bytes().decode("utf-8")
        kept = " ".join(text[p.start : p.end] for p in passages(text) if p.kind != "boilerplate")
        kept = kept.casefold().replace("’", "'")
        for row in map(json.loads, gold.read_text("utf-8").splitlines()):
            lost += [(gold.stem, row["anchor"]) for word in row["anchor"].split() if word.casefold() not in kept]
    assert lost == []
