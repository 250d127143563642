"""Figures: which metric, whose, how much, of what, when, and whether level, change or share."""

from datetime import date

import pytest

from graph.model import Claim, Quantity, TextValue
from tests.ingest.reading import extract, figures

HALF_YEAR_ON = date(2026, 2, 12)


def _metrics(text: str) -> list[Claim]:
    return [c for c in extract(text, published=HALF_YEAR_ON) if isinstance(c.object, Quantity)]


def _days(claim: Claim) -> tuple[str, str] | None:
    period = claim.period
    return (str(period.start), str(period.end)) if period is not None and period.start else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia reported revenue of $57 billion for the third quarter.", ("Nvidia", "revenue", 57e9, 57e9, "USD")),
        ("Cambricon's gross margin stays above 50 percent.", ("Cambricon", "grossMargin", 50, None, "percent")),
        ("SK hynix's capex was up to 30 trillion won.", ("SK hynix", "capex", None, 30e12, "KRW")),
        ("Intel posted a net loss of $600 million.", ("Intel", "netProfit", -600e6, -600e6, "USD")),
        ("Broadcom employs about 33,000 people.", ("Broadcom", "headcount", 33000, 33000, "count")),
        ("Anthropic is valued at $350 billion.", ("Anthropic", "marketCap", 350e9, 350e9, "USD")),
        ("Micron expects capex of $18 billion to $20 billion.", ("Micron Technology", "capex", 18e9, 20e9, "USD")),
        ("TSMC makes 90% of the world's advanced chips.", ("TSMC", "marketShare", 90, 90, "percent")),
        ("OpenAI lost $5 billion in 2024.", ("OpenAI", "netProfit", -5e9, -5e9, "USD")),
        ("毛利率 at Cambricon came to 55%.", ("Cambricon", "grossMargin", 55, 55, "percent")),
    ],
)  # fmt: skip
def test_a_figure_comes_with_its_metric_and_its_firm(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in figures(text)


def test_level_change_and_the_year_before_are_told_apart() -> None:
    found = _metrics(
        "In the third quarter of 2025 AMD's revenue climbed 36% to $9.2 billion from $6.8 billion a year earlier."
    )
    bases = {(c.basis, int(c.object.low or 0)): _days(c) for c in found if isinstance(c.object, Quantity)}
    assert bases[("change", 36)] == ("2025-07-01", "2025-09-30")
    assert bases[("level", 9_200_000_000)] == ("2025-07-01", "2025-09-30")
    assert bases[("level", 6_800_000_000)] == ("2024-07-01", "2024-09-30")


def test_a_share_names_its_part() -> None:
    (share,) = _metrics("Data-center sales made up 80% of Nvidia's revenue.")
    assert (share.subject.label, share.basis, share.predicate) == ("Nvidia", "share", "revenue")
    (client,) = _metrics("Customer A brought in 23% of Nvidia's revenue.")
    assert (client.subject.label, client.basis, client.scope) == ("Nvidia", "share", "Customer A")


def test_a_gapped_clause_takes_the_verb_of_the_one_before() -> None:
    assert figures("Amazon has invested $8 billion and Google roughly $3 billion.") == [
        ("Amazon", "investment", 8e9, 8e9, "USD"),
        ("Google", "investment", 3e9, 3e9, "USD"),
    ]


def test_the_figure_of_somebody_else_is_somebody_elses() -> None:
    found = figures("The operating margin of SK hynix was 58%, whereas that of Micron was 27%.")
    assert ("SK hynix", "operatingMargin", 58, 58, "percent") in found
    assert ("Micron Technology", "operatingMargin", 27, 27, "percent") in found


def test_a_conversion_in_brackets_is_the_same_amount() -> None:
    (claim,) = _metrics("ByteDance has set capital expenditure at ¥160 billion (about $22 billion) for 2026.")
    assert isinstance(claim.object, Quantity)
    assert (claim.object.unit, claim.object.equivalent and claim.object.equivalent.unit) == ("CNY", "USD")
    assert _days(claim) == ("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Meta's capex will be $125 billion.", "projected"),
        ("Meta's capex may reach $125 billion.", "possible"),
        ("Meta's capex was reportedly $72 billion.", "reported"),
        ("Q4 guide: capex of $20 billion at Meta.", "projected"),
        ("Meta's capex was $72 billion.", "asserted"),
    ],
)
def test_a_figure_is_as_firm_as_its_sentence(text: str, modality: str) -> None:
    assert [c.modality for c in _metrics(text)] == [modality]


def test_fiscal_quarters_follow_the_firms_calendar() -> None:
    (claim,) = _metrics("Nvidia reported revenue of $57 billion for its third quarter of fiscal 2026.")
    assert _days(claim) == ("2025-07-01", "2025-09-30")


def test_a_figure_that_nobody_reports_for_a_day_gets_no_day() -> None:
    claims = _metrics("Broadcom said on Wednesday that revenue was $18 billion.")
    assert [_days(c) for c in claims] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Revenue at Nvidia was half a billion dollars more than Wall Street had expected.",
        "The stock of Nvidia fell while 300 guests looked on.",
        "Free cash flow was $7 billion, or 44% of revenue, at Broadcom.",
    ],
)
def test_amounts_that_measure_nothing_known_are_left_out(text: str) -> None:
    assert figures(text) == []


def test_a_first_profit_is_an_event_in_the_words_of_the_text() -> None:
    claims = extract("In 2025 Cambricon achieved its first annual profit.")
    assert [(c.subject.label, c.predicate, c.object) for c in claims if c.predicate == "netProfit"] == [
        ("Cambricon", "netProfit", TextValue("first annual profit"))
    ]


def test_the_conversion_of_a_loss_is_a_loss() -> None:
    (claim,) = _metrics("Cambricon posted a net loss of 5 billion yuan ($700 million) in 2022.")
    assert isinstance(claim.object, Quantity)
    assert claim.object.low == claim.object.high == -5_000_000_000
    assert claim.object.equivalent is not None
    assert claim.object.equivalent.low == claim.object.equivalent.high == -700_000_000


def test_a_dollar_beside_another_firms_dollars_stays_american() -> None:
    text = "TSMC's revenue was NT$839 billion in 2024. Its capex will be $30 billion in 2026. Taxes were NT$5 billion."
    assert [(name, unit) for _, name, _, _, unit in figures(text)][:2] == [("revenue", "TWD"), ("capex", "USD")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In the third quarter of 2025 Intel's capex was $3 billion. It was $4.9 billion a year earlier.",
            [("capex", "level", 3e9, None, "2025-07-01"), ("capex", "level", 4.9e9, None, "2024-07-01")],
        ),
        (
            "Smartphones brought 32% of MediaTek's revenue. Smart-home chips were 38%.",
            [("revenue", "share", 32.0, "Smartphones", None), ("revenue", "share", 38.0, "Smart-home chips", None)],
        ),
        (
            "Qualcomm's sales were $11.3 billion. Cars were $1.1 billion of that.",
            [("revenue", "level", 11.3e9, None, None), ("revenue", "level", 1.1e9, "Cars", None)],
        ),
        ("Micron's gross margin was 45%. It was a cold morning, 5% of the staff were ill.", None),
    ],
)
def test_a_sentence_goes_on_with_the_figure_of_the_one_before(text: str, wanted: list[object] | None) -> None:
    told = [
        (c.predicate, c.basis, float(c.object.low or 0), c.scope, (_days(c) or (None,))[0])
        for c in _metrics(text)
        if isinstance(c.object, Quantity)
    ]
    assert told == (wanted if wanted is not None else told[:1])


def test_a_flow_shares_the_period_of_its_sentence_and_no_other() -> None:
    text = "In the third quarter of 2025 Qualcomm earned $3 billion on revenue of $11.3 billion."
    assert [_days(c) for c in _metrics(text)] == [("2025-07-01", "2025-09-30")] * 2
    text = "ASML published its results for the third quarter of 2025. Gross margin at ASML was 51.6%."
    assert [_days(c) for c in _metrics(text)] == [("2025-07-01", "2025-09-30")]
    (late,) = _metrics("Perplexity expects annualised revenue of $200 million by the end of 2025.")
    assert _days(late) == ("2025-01-01", "2025-12-31")
