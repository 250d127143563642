"""Periods: every example of the grammar, its promises on any text, and periods written and read back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Period
from graph.text.periods import PeriodSpan, day_first, describe_period, find_periods, period_of
from graph.vocabulary import read_yaml
from tests.clock import growth

REFERENCE = date(2026, 3, 2)
EXAMPLES = [
    pytest.param(text, wanted, case, id=f"{case.get('fiscal_year_end', 'calendar')}: {text}"[:60])
    for case in read_yaml("graph.text.periods", "examples.yaml")
    for rows in case.values()
    if isinstance(rows, dict)
    for text, wanted in rows.items()
]
HARD = [
    "2025-",
    "May 1 ",
    "Q1 ",
    "1月",
    "2025年",
    "from 2024 to ",
    "three months to ",
    "the same ",
    "by ",
    "in the ",
    "FY25 ",
    "3/11/2025 ",
    "the week of ",
    "the third of ",
    "two thousand and ",
    "late ",
    "over the past five ",
    "the first Friday of ",
    "from 3 to ",
]
PIECES = [
    "2025", "2026", "3/11/2025", "31/12/2025", "03.11.2025", "2025-11-03", "Nov. 3", "May", "March",
    "the third of May", " ", " ", " ", ", ", "-", "–", " to ", " and ", " until ", " through ", "from ", "between ",
    "by ", "since ", "after ", "late ", "early ", "mid-", "the end of ", "the first ", "the last ", "the next ",
    "the past ", "three ", "five ", "years", "months", "quarter", " half", "the week of ", "weekend", " onwards",
    "fiscal ", "FY26", "Q3", "H1", "’25", "two thousand and ten", "nineteen ninety", "the nineties",
    "the rest of the year", "earlier this month", "year-end", "next Friday", "Monday", "of next week",
    "the first Friday of ", "last year", "a year earlier", "去年", "2025年", "第三季度",
    "上周五", "下个月", "过去三年", "年底", "90年代", "前三季度", "6月1日", "到",
]  # fmt: skip


def written(span: PeriodSpan) -> str:
    p = span.period
    days = f"{p.start or ''}..{p.end or ''}" if p.start or p.end else "?"
    return " ".join(x for x in (p.text, "=", days, span.kind, span.bound or "") if x)


@pytest.mark.parametrize(("text", "wanted", "case"), EXAMPLES)
def test_examples(text: str, wanted: list[str], case: dict[str, Any]) -> None:
    spans = find_periods(text, reference=case["reference"], fiscal_year_end=case.get("fiscal_year_end"))
    assert [written(span) for span in spans] == wanted


def test_nothing_is_guessed_without_a_day_of_publication() -> None:
    (span,) = find_periods("sales of last year", reference=None)
    assert (span.period.start, span.period.end) == (None, None)


def test_a_fiscal_year_end_that_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        find_periods("fiscal 2026", reference=REFERENCE, fiscal_year_end="13-40")


def test_one_phrase() -> None:
    assert period_of("the third quarter of 2025", reference=REFERENCE) == Period(
        date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025"
    )
    assert period_of("a chip of 2025 for robots", reference=REFERENCE) is None


@given(st.text(alphabet="0125-–/, QHFYamonthsyerJulbdec年月日季第\n", max_size=60))
def test_every_span_is_the_text_it_says(text: str) -> None:
    end = 0
    for span in find_periods(text, reference=REFERENCE, fiscal_year_end="01-25"):
        p = span.period
        assert text[span.start : span.end] == p.text
        assert end <= span.start < span.end
        assert p.start is None or p.end is None or p.start <= p.end
        end = span.end


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from([None, "01-25", "03-31", "12-31"]),
)
@settings(max_examples=400)
def test_any_text_can_be_read_on_any_day(text: str, reference: date | None, fiscal_year_end: str | None) -> None:
    end = 0
    for span in find_periods(text, reference=reference, fiscal_year_end=fiscal_year_end):
        p = span.period
        assert text[span.start : span.end] == p.text
        assert end <= span.start < span.end
        assert p.start is None or p.end is None or p.start <= p.end
        end = span.end


@pytest.mark.parametrize("piece", ["3/11/2025 ", "in 2025 and ", "7", "May 1 and ", "the past five years "])
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    assert growth(lambda text: find_periods(text, reference=REFERENCE), piece, 10_000, 20_000) < 4  # linear is two


def test_the_article_settles_the_order_of_digits() -> None:
    article = "It was signed on 3/11/2025. It was sent on 25/11/2025."
    (span,) = find_periods("It was signed on 3/11/2025.", reference=REFERENCE, day_first=day_first(article))
    assert span.period.start == date(2025, 11, 3)
    assert day_first("on 13/11/2025 and 11/13/2025") is None


@pytest.mark.parametrize("phrase", ["last year", "next quarter", "in December", "the first quarter", "two years ago"])
def test_relative_phrases_without_a_reference_are_found_but_not_resolved(phrase: str) -> None:
    assert [(s.period.start, s.period.end) for s in find_periods(f"sales {phrase}", reference=None)] == [(None, None)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(st.integers(1990, 2060))
    size = draw(st.sampled_from([1, 3, 6, 12]))
    first = draw(st.integers(0, 12 // size - 1)) * size
    last = first + size
    days = date(year, first + 1, 1), date.fromordinal(date(year + last // 12, last % 12 + 1, 1).toordinal() - 1)
    return Period(*draw(st.sampled_from([days, (days[0], None), (None, days[1]), (days[0], days[0])])))


@given(periods())
def test_what_is_written_reads_back(period: Period) -> None:
    words = describe_period(period)
    (span,) = find_periods(f"The figures hold {words}.", reference=REFERENCE)
    assert (span.period.start, span.period.end) == (period.start, period.end), words


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_length_only(piece: str) -> None:
    def read(text: str) -> object:
        return find_periods(text, reference=REFERENCE)

    assert growth(read, piece, 2_500, 10_000) < 10  # four times the text; quadratic is sixteen
