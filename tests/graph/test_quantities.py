"""Quantities: every example of the grammar, its promises on any text, and amounts written and read back."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Quantity
from graph.text.late import Late
from graph.text.quantities import QuantitySpan, find_quantities, format_quantity
from graph.vocabulary import read_yaml
from tests.clock import growth

EXAMPLES = [
    pytest.param(text, wanted, id=f"{group}: {text}"[:60])
    for group, rows in read_yaml("graph.text.quantities", "examples.yaml").items()
    for text, wanted in rows.items()
]
HARD = [
    "1,",
    "1,1",
    "1",
    "9" * 50 + " ",
    "a million ",
    "million ",
    "$1",
    "$",
    "one hundred and ",
    "1 to ",
    "1-",
    "1% ",
    "百分之",
    "between 1 and ",
    "one in ",
    "tens of ",
    "half ",
    "一",
    "亿",
    "1.1.",
    "$5 (",
    "at least ",
    "a@",
    "up by ",
    "1 wafers a ",
    "$1bn-",
    "several hundred ",
    "mid-30s ",
    "10^9 ",
    "percent of 1 ",
    "to $1bn from 1bn ",
    "1 1/2 ",
    "a few ",
]
PIECES = [
    "5", "1.5", "2,3", "1,200", "3 1/2", "10^26", "a few", "several", "a couple of", "twenty-two", "half a",
    "a third", " ", " ", " ", "-", "–", " to ", " and ", " of ", " from ", "between ", "more than ", "up to ",
    "nearly ", "fell ", "%", " percent", " percentage points", " bps", "$", "US$", "¥", "RMB ", "AMD ", "€",
    " yuan", " won", "bn", "m", "+", " million", " billion", " trillion", "T tokens", " a share", "/s",
    " per wafer", " GW", "nm", " TB", "-fold", " times", "mid-30s percent", "double-digit growth", "(", ")",
    ", respectively", ".", "亿", "万元", "约", "百分之", "三成",
]  # fmt: skip


def written(span: QuantitySpan) -> str:
    def bounds(q: Quantity) -> str:
        low, high = ("" if v is None else format(v, "f") for v in (q.low, q.high))
        return f"{low if low == high else f'{low}..{high}'} {q.unit}"

    q = span.quantity
    parts = [bounds(q), f"= {bounds(q.equivalent)}" if q.equivalent else "", "~" if q.approx or _other(q) else ""]
    return " ".join(p for p in [*parts, span.delta or "", f"({span.noun})" if span.noun else ""] if p)


def _other(q: Quantity) -> bool:
    return q.equivalent is not None and q.equivalent.approx


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_examples(text: str, wanted: list[str]) -> None:
    assert [written(span) for span in find_quantities(text)] == wanted


def test_a_conversion_in_brackets_is_the_same_amount() -> None:
    (span,) = find_quantities("capital expenditures near ¥160 billion (approximately $22 billion)")
    assert span.quantity.equivalent == Quantity(
        Decimal(22000000000), Decimal(22000000000), "USD", True, "approximately $22 billion"
    )


def test_the_outlet_settles_a_sign_that_the_text_leaves_open() -> None:
    (span,) = find_quantities("a budget of ¥3 billion", home_currency={"¥": "JPY"})
    assert span.quantity.unit == "JPY"


@given(st.text(alphabet="0159.,-–%$¥€ amtobkMGW年亿万零一()近约hlfedcnuy\n", max_size=80))
def test_every_span_is_the_text_it_says(text: str) -> None:
    spans = find_quantities(text)
    end = 0
    for span in spans:
        q = span.quantity
        assert text[span.start : span.end] == q.text
        assert end <= span.start < span.end
        assert (q.low, q.high) != (None, None)
        assert q.low is None or q.high is None or q.low <= q.high
        end = span.end


units = st.sampled_from(["USD", "CNY", "EUR", "TWD", "KRW", "JPY", "percent", "percentage points", "watt", "nanometre"])
amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 13, places=2).map(lambda d: d.normalize())


@given(amounts, amounts, units, st.sampled_from(["one", "range", "low", "high"]), st.booleans())
@settings(max_examples=200)
def test_what_is_written_reads_back(a: Decimal, b: Decimal, unit: str, shape: str, approx: bool) -> None:
    low, high = sorted((a, b))
    quantity = {
        "one": Quantity(low, low, unit, approx),
        "range": Quantity(low, high, unit, approx and low != high),
        "low": Quantity(low, None, unit),
        "high": Quantity(None, high, unit),
    }[shape]
    words = format_quantity(quantity)
    found = [s.quantity for s in find_quantities(f"It was {words}.")]
    assert [(q.low, q.high, q.unit, q.approx) for q in found] == [
        (quantity.low, quantity.high, quantity.unit, quantity.approx)
    ], words


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_length_only(piece: str) -> None:
    assert growth(find_quantities, piece, 2_500, 10_000) < 10  # four times the text; quadratic is sixteen


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=300)
def test_any_text_can_be_read(text: str) -> None:
    end = 0
    for span in find_quantities(text):
        assert text[span.start : span.end] == span.quantity.text
        assert end <= span.start < span.end
        end = span.end


@pytest.mark.parametrize("piece", ["$3bn ", "7", "twelve and ", "10%-", "one hundred and one, "])
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    assert growth(find_quantities, piece, 10_000, 20_000) < 4  # linear is two


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_what_is_found_reads_back_as_written_by_us(text: str, wanted: list[str]) -> None:
    spans = [s for s in find_quantities(text) if s.quantity.unit != "count"]
    assert len(spans) <= len(wanted)
    for q in (s.quantity for s in spans):
        again = [s.quantity for s in find_quantities(f"It was {format_quantity(q)}.")]
        assert [(a.low, a.high, a.unit) for a in again] == [(q.low, q.high, q.unit)], format_quantity(q)


def test_ten_thousand_digits_are_no_amount() -> None:
    assert find_quantities("7" * 10_000) == []


def test_a_late_pattern_is_compiled_where_it_may_begin() -> None:
    broken = Late(r"[ -]{0,2}(yen|yuan", begins=("yen", "yuan"), blanks=2)
    assert [broken.match(text, 1) for text in ("5", "5 %", "5 won", "5   yen", "5.")] == [None] * 5
    with pytest.raises(re.error):
        broken.match("5 yen", 1)
    found = Late(r"[ -]{0,2}(?P<word>yen|yuan)", begins=("yen", "yuan"), blanks=2, flags=re.IGNORECASE)
    assert [hit and hit["word"] for hit in (found.match("5 Yuan", 1), found.match("5-yen", 1), found.match("yen"))] == [
        "Yuan",
        "yen",
        "yen",
    ]
