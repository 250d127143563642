"""Rounds of money in lines without a verb, and who else is in them."""

import pytest

from tests.ingest.reading import edges, figures

_LETTER = """Three rounds this week

PELORIX. $500M, Series B. Brimstone Capital led, together with Halden Partners, the fund of a former trader. Marvell is
in too, along with Tarn Ventures and the brothers behind a shop.

Also: Quillon, $230M from the Sable Equity Partners, Arm and Oxbow Capital (also a client), at north of a billion.
"""


def _backers(text: str) -> set[tuple[str, str]]:
    return {(who, firm) for who, predicate, firm in edges(text) if predicate == "investsIn"}


def test_the_rows_of_a_letter_tell_who_raised_what_from_whom() -> None:
    assert figures(_LETTER) == [
        ("PELORIX", "investment", 5e8, 5e8, "USD"),
        ("Quillon", "investment", 2.3e8, 2.3e8, "USD"),
        ("Quillon", "marketCap", 1e9, None, "USD"),
    ]
    assert _backers(_LETTER) == {
        *((who, "PELORIX") for who in ("Brimstone Capital", "Halden Partners", "Marvell", "Tarn Ventures")),
        *((who, "Quillon") for who in ("Sable Equity Partners", "Arm", "Oxbow Capital")),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "SambaNova: $35M, Series E, Brimstone Capital leading, Intel tagging along.",
            {"Brimstone Capital", "Intel"},
        ),
        (
            "SambaNova, $350M, a round led by Halden Partners and Tarn Ventures.",
            {"Halden Partners", "Tarn Ventures"},
        ),
        ("SambaNova: $350M in sales to Intel.", set()),
        ("SambaNova, $350M from Intel.", set()),
    ],
)
def test_investors_of_a_line(text: str, wanted: set[str]) -> None:
    assert _backers(f"What moved this week.\n\n{text}\n") == {(who, "SambaNova") for who in wanted}


def test_what_a_firm_leads_is_no_round_of_the_paragraph() -> None:
    text = (
        "Rounds.\n\nSambaNova: $350M, Series E. Brimstone Capital led a push into Texas. Intel is in talks with Dell.\n"
    )
    assert _backers(text) == set()
