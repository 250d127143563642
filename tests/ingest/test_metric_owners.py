"""Whose figure it is, and which figures are nobody's."""

import pytest

from graph.model import Quantity
from tests.ingest.reading import extract, figures


def test_a_name_before_a_colon_owns_the_line() -> None:
    text = (
        "Nvidia needs more packaging, and Nvidia pays for it. Nvidia said so.\n\n"
        "• Amkor (NASDAQ: AMKR): net sales $1.9 billion; gross margin 14%\n\n"
        "• JCET: revenue 10 billion yuan"
    )
    assert figures(text) == [
        ("Amkor Technology", "revenue", 1.9e9, 1.9e9, "USD"),
        ("Amkor Technology", "grossMargin", 14, 14, "percent"),
        ("JCET", "revenue", 10e9, 10e9, "CNY"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Google Cloud had sales of $15 billion, against Alphabet's $102 billion.", "Alphabet"),
        ("Texas Instruments' board approved $3 billion of capital expenditure.", "Texas Instruments"),
        ("An analyst puts Micron at 21% of the DRAM market.", "Micron Technology"),
    ],
)
def test_the_owner_stands_before_the_figure_or_its_board(text: str, wanted: str) -> None:
    assert figures(text)[-1][0] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OpenAI will deploy 10 gigawatts of Nvidia systems.", ("OpenAI", "capacity", 10e9, 10e9, "watt")),
        ("Oracle plans a 2 GW data centre in Michigan.", ("Oracle", "capacity", 2e9, 2e9, "watt")),
        ("Anthropic undertook to spend $30 billion on Azure.", ("Anthropic", "orders", 30e9, 30e9, "USD")),
        ("OpenAI has promised Oracle $300 billion.", ("OpenAI", "orders", 300e9, 300e9, "USD")),
        ("Meta is spending $5 billion on renting GPUs.", ("Meta", "orders", 5e9, 5e9, "USD")),
        ("SoftBank bought a factory from Foxconn for $375 million.", ("SoftBank", "investment", 375e6, 375e6, "USD")),
        ("Intel admits to less than 1% of the market.", ("Intel", "marketShare", None, 1, "percent")),
        ("TSMC raised prices by 5%.", ("TSMC", "price", 5, 5, "percent")),
        ("Nitto Boseki's capex, before subsidies: $90 million", ("Nitto Boseki", "capex", 90e6, 90e6, "USD")),
        ("Marvell: Rev $2.2bn +/-5%; GM 59%", ("Marvell", "revenue", 2.09e9, 2.31e9, "USD")),
    ],
)
def test_a_figure_comes_with_what_it_measures(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "The card of Nvidia draws 600 watts.",
        "Moore Threads closed its first day 425% higher.",
        "Nvidia's stock has gained 35% this year.",
        "Shares of AMD rose 24% to $203.",
        "No contract with Intel has been signed, two people said.",
        "Washington may take a further 5% of Intel at $20 a share.",
        "CoreWeave sells computing power by the hour and borrows by the billion.",
    ],
)
def test_what_is_no_figure_of_a_firm_is_left_out(text: str) -> None:
    assert figures(text) == []


def test_shares_told_respectively_are_paired_with_their_parts() -> None:
    text = "Phones, tablets and watches made up 50%, 30% and 20% of Apple's revenue, respectively."
    found = [c for c in extract(text) if isinstance(c.object, Quantity)]
    assert [(c.scope, int(c.object.low or 0)) for c in found if isinstance(c.object, Quantity)] == [
        ("Phones", 50),
        ("tablets", 30),
        ("watches", 20),
    ]


def test_dollars_with_letters_do_not_make_the_bare_sign_taiwanese() -> None:
    text = "Foxconn's revenue was T$2 trillion. Foxconn's net profit was T$50 billion. Foxconn's capex was $1 billion."
    assert [row[4] for row in figures(text)] == ["TWD", "TWD", "USD"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia, which is worth $4.5 trillion, said nothing.", ["Nvidia"]),
        ("Groq was valued at $2.8 billion in 2024.", ["Groq"]),
        ("Nvidia holds a stake in CoreWeave, valued at $3.9 billion.", []),
        ("Under the agreement, worth $10 billion, Google will supply Meta for six years.", []),
        ("Samsung leads the market for memory, worth $170 billion.", []),
    ],
)
def test_only_a_firm_has_a_market_value(text: str, wanted: list[str]) -> None:
    assert [who for who, predicate, *_ in figures(text) if predicate == "marketCap"] == wanted


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Dell said that some 900 jobs are to go.", -900.0),
        ("Some 300 employees of Dell lost their jobs.", -300.0),
        ("Dell hired 500 engineers.", 500.0),
    ],
)
def test_people_who_come_or_go_change_the_headcount(text: str, change: float) -> None:
    assert figures(text) == [("Dell", "headcount", change, change, "count")]


@pytest.mark.parametrize(
    "text",
    ["AMD trades at 30x forward earnings.", "The research spending of Nvidia is over three times its sales."],
)
def test_ratios_are_no_changes(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dell ordered $5 billion of chips from Intel and Meta about $3 billion.", [("Dell", 5e9), ("Meta", 3e9)]),
        (
            "Dell was valued at $90 billion, roughly level with Micron at $95 billion.",
            [("Dell", 90e9), ("Micron Technology", 95e9)],
        ),
        (
            "Dell and Meta went to the market. The former raised $4 billion and the latter $3 billion.",
            [("Dell", 4e9), ("Meta", 3e9)],
        ),
    ],
)
def test_who_has_a_figure_whose_verb_is_left_out(text: str, wanted: list[tuple[str, float]]) -> None:
    assert [(who, low) for who, _, low, *_ in figures(text)] == wanted


def test_a_correction_does_not_state_what_it_corrects() -> None:
    text = "Nvidia grew.\n\nCorrection: we first gave Customer A's share of Nvidia's revenue as 11%. It is 16%."
    assert not [row for row in figures(text) if row[2] == 11]


def test_a_metric_that_opens_a_sentence_is_no_firm() -> None:
    text = "Dell had a good quarter. Inventory, which was $5 billion in June, has gone to $6 billion."
    assert {who for who, *_ in figures(text)} == {"Dell"}
