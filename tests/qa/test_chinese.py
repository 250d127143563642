"""Questions in Chinese: every example of chinese.yaml, and answers on the graph."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Entity, EntityRef
from qa.answer import Amount, Answer
from qa.chinese import UNREAD, Put, Row, chinese, in_english
from qa.engine import Engine
from qa.names import Names
from tests.qa.firms import firms_store

TODAY = date(2026, 1, 31)
NAMES = Names([Entity(id=f"e:{n.lower()}", label=n, type="Company", claims=3) for n in ("A", "B")])


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(firms_store())


@pytest.mark.parametrize("row", chinese().rows, ids=[row.means for row in chinese().rows])
def test_examples(row: Row) -> None:
    assert row.examples
    for example in row.examples:
        asked, english = example.split(" => ")
        assert in_english(asked + "？", NAMES, TODAY) == Put(english + "?")


def test_metrics_by_all_their_chinese_names() -> None:
    for term, label in chinese().words["n"].items():
        assert in_english(f"A的{term}是多少", NAMES, TODAY) == Put(f"what is the {label} of A?")


def test_traditional_characters_are_the_same_question() -> None:
    assert in_english("A的供應商有哪些？", NAMES, TODAY) == in_english("A的供应商有哪些？", NAMES, TODAY)


@pytest.mark.parametrize(
    ("asked", "english"),
    [
        ("A在2025年第三季度的营收是多少？", "what is the revenue of A in Q3 2025?"),
        ("去年A的净利润是多少？", "what is the net profit of A in 2025?"),
        ("从2024年到2025年A的营收增长了多少？", "by how much did the revenue of A change from 2024 to 2025?"),
        ("请问，A 的毛利率超过 50% 吗？", "is the gross margin of A 超过 50%?"),
    ],
)
def test_times_and_amounts(asked: str, english: str) -> None:
    assert in_english(asked, NAMES, TODAY) == Put(english)


@pytest.mark.parametrize(
    "text", ["Who supplies A?", "", "Who makes 麒麟 for A?", "Who owns 字节跳动 and TikTok in China?"]
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert in_english(text, NAMES, TODAY) is None


def test_why_it_is_not_understood() -> None:
    assert in_english("小米的供应商有哪些？", NAMES, TODAY) == Put(reason="“小米” is not in the graph")
    assert in_english("天气怎么样，今天适合出门散步吗", NAMES, TODAY) == Put(reason=UNREAD)


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ("Arbor的供应商有哪些？", ["Brightfab", "Cindra"]),
        ("谁生产Kestrel？", ["Brightfab"]),
        ("Arbor设计了哪些芯片？", ["Kestrel", "Merlin"]),
        ("Arbor和Brightfab谁的营收更高？", ["Brightfab"]),
    ],
)
def test_answers(engine: Engine, asked: str, labels: list[str]) -> None:
    answer = engine.ask(asked)
    assert sorted(v.label for v in answer.values if isinstance(v, EntityRef)) == labels
    assert answer.claims


def test_a_talk(engine: Engine) -> None:
    first = engine.ask("Arbor2025年的营收是多少？")
    second = engine.ask("2024年呢？", after=first)
    third = engine.ask("那Brightfab呢？", after=first)
    assert [_billions(a) for a in (first, second, third)] == [[13, 12], [9], [20]]


def test_refusals(engine: Engine) -> None:
    strange = engine.ask("小米的供应商有哪些？")
    assert (strange.status, strange.values) == ("unknown", ())
    assert strange.answer == "I don't know: “小米” is not in the graph."
    assert UNREAD in engine.ask("为什么Arbor要自研芯片？").answer


@given(st.text(alphabet="谁的有哪些公司供应商客户是不吗如果停止采购，？营收2025年A B", max_size=30))
def test_any_characters(text: str) -> None:
    put = in_english(text, NAMES, TODAY)
    assert put is None or bool(put.text) != bool(put.reason)


def _billions(answer: Answer) -> list[int]:
    return [int(v.quantity.low / 10**9) for v in answer.values if isinstance(v, Amount) and v.quantity.low is not None]
