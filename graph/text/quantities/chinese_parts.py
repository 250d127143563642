"""Parts in Chinese as percent: 百分之五, 千分之二, 三分之一, 三成五, 八五折, 一半."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from graph.text.quantities.amounts import Amount
from graph.text.quantities.lexicon import Unit
from graph.text.quantities.numbers import chinese_value

PERCENT = Unit("percent", "percent")
_ZH = "零〇一二两兩三四五六七八九"
_N = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})*(?:\.\d{{1,6}})?(?![\d.]*\d)|\d{{1,6}}(?:\.\d{{1,6}})?"
    rf"|[{_ZH}十百千]{{1,12}}(?:[点點][{_ZH}]{{1,6}})?)"
)
_WHOLE = {"百": 1, "千": 10, "万": 100, "萬": 100}
_OUT_OF = re.compile(rf"(?P<whole>[百千万萬])分之(?P<n>{_N})")
_FRACTION = re.compile(r"(?P<d>[二三四五六七八九十]|十[一二三四五六七八九])分之(?P<m>[一二两三四五六七八九])")
_TENTHS = re.compile(
    rf"(?<![{_ZH}十百千万亿第\d.])(?P<n>\d{{1,2}}(?:\.\d{{1,2}})?|[{_ZH}](?:[点點][{_ZH}])?|十|半)[ ]?成"
    rf"(?:(?P<half>半)|(?P<more>[{_ZH}])(?![{_ZH}十百千万亿个年月日倍]))?(?![立为功员就本果分都长交品份型熟行绩效因])"
)
_PRICE = re.compile(
    rf"(?<![{_ZH}十百千万亿\d.])(?P<n>\d(?:\.\d{{1,2}})?|\d\d|[{_ZH}][点點]?[{_ZH}]?|半|对|對)折(?![叠疊屏中算旧痕扣返腾])"
)
_HALF = re.compile(r"一半|半数")
_TEN, _HUNDRED = Decimal(10), Decimal(100)


def chinese_parts(text: str) -> Iterator[Amount]:
    """Every such part as percent, in no order. 折 is what remains of a price: 八折 is 80 percent of it."""
    for m in _OUT_OF.finditer(text):
        yield Amount(m.start(), m.end(), _value(m["n"]) / _WHOLE[m["whole"]], PERCENT)
    for m in _FRACTION.finditer(text):
        yield part(m.start(), m.end(), _value(m["m"]), _value(m["d"]))
    for m in _TENTHS.finditer(text):
        more = Decimal(5) if m["half"] else _value(m["more"]) if m["more"] else Decimal(0)
        yield Amount(m.start(), m.end(), _value(m["n"]) * 10 + more, PERCENT, form="fraction", approx=True)
    for m in _PRICE.finditer(text):
        yield Amount(m.start(), m.end(), _price(m["n"]), PERCENT)
    for m in _HALF.finditer(text):
        yield part(m.start(), m.end(), Decimal(1), Decimal(2))


def part(start: int, end: int, n: Decimal, d: Decimal) -> Amount:
    """`n` of `d` parts as percent, to two places."""
    value = n * 100 / d
    if value != value.to_integral_value():
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return Amount(start, end, value, PERCENT, form="fraction", approx=True)


def _value(written: str) -> Decimal:
    if written == "半":
        return Decimal("0.5")
    return Decimal(written.replace(",", "")) if written[0].isdecimal() else chinese_value(written)


def _price(written: str) -> Decimal:
    """八 → 80, 八五 → 85, 9.9 → 99, 75 → 75, half (半, 对) → 50."""
    if written in ("半", "对", "對"):
        return Decimal(50)
    value = _value(written)
    return value if value >= _TEN else value * _TEN
