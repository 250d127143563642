from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.agreement.copies import Copies, sign
from tests.agreement.texts import cut, framed, reworded, story

_CHINESE = (
    "晶圆代工厂昨日宣布将在明年扩大先进封装产能，以满足人工智能芯片客户的需求，公司表示新厂将于第三季度投产。"
    "分析师认为，供应紧张的局面还会持续一段时间，存储芯片价格也因此上涨，多家云服务商已提前签订长期合同。"
)
_CHINESE_OTHER = (
    "晶圆代工厂公布的季度财报显示，公司营收同比增长三成，毛利率略有下降，管理层把原因归结为海外工厂的折旧。"
    "董事会同时批准了新的股票回购计划，并任命了一位负责研发的副总裁，他此前在一家设计公司工作多年。"
)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: reworded(text, 0.05),
        lambda text: cut(text, 0.5),
        framed,
        lambda text: framed(cut(reworded(text, 0.05), 0.6)),
        str.upper,
    ],
    ids=["same", "reworded", "cut", "framed", "all of it", "capitals"],
)
def test_a_copy_is_one(change: Callable[[str], str]) -> None:
    for seed in range(8):
        text = story(seed)
        assert sign(text).copies(sign(change(text)))
        assert sign(change(text)).copies(sign(text))


def test_another_event_of_the_same_firm_is_none() -> None:
    signatures = [sign(story(seed)) for seed in range(12)]
    assert not [(a, b) for a in signatures for b in signatures if a is not b and a.copies(b)]


def test_a_template_filled_in_anew_is_none() -> None:
    def results(year: int) -> str:
        line = "Revenue of segment number {} was ${} billion, a rise of {}% on the year before, the company said."
        return "\n".join(line.format(n, n * 13 + year, n + year % 100) for n in range(20))

    assert not sign(results(2024)).copies(sign(results(2055)))


def test_a_quotation_is_none() -> None:
    text = story(1)
    assert not sign(cut(text, 0.1)).copies(sign(text))


def test_scripts_without_spaces() -> None:
    assert sign(_CHINESE).copies(sign("另一个标题\n" + _CHINESE.replace("昨日", "周三")))
    assert not sign(_CHINESE).copies(sign(_CHINESE_OTHER))


def test_texts_without_words() -> None:
    assert not sign("").copies(sign(""))
    assert not sign("…").copies(sign(story(1)))
    assert sign("Short.").copies(sign("short"))


def test_groups_come_in_the_order_given_whatever_was_asked_before() -> None:
    texts = {"a": story(1), "b": story(2), "c": framed(story(1)), "d": cut(story(2), 0.6)}
    copies = Copies({name: sign(text) for name, text in texts.items()}.get)
    assert copies.groups(["d", "a", "c", "b"]) == [["d", "b"], ["a", "c"]]
    assert copies.groups(["a", "b"]) == [["a"], ["b"]]
    assert copies.groups(["x", "a"]) == [["x"], ["a"]]


def test_a_text_is_signed_once() -> None:
    asked: list[str] = []

    def signature(name: str):  # type: ignore[no-untyped-def]
        asked.append(name)
        return sign(story(len(name)))

    copies = Copies(signature)
    copies.groups(["a", "bb"])
    copies.groups(["a", "bb", "ccc"])
    assert asked == ["a", "bb", "ccc"]
    copies.groups(["dddd"])
    assert asked == ["a", "bb", "ccc"]
