"""The suite of Recognizers-Text: figures, baselines that may be absent, and misses that quote nothing of the set."""

import json
from datetime import date
from pathlib import Path

import pytest

from api.evaluation import recognizers_baselines as baselines
from api.evaluation.public import recognizers
from api.evaluation.recognizers import TABLES, rate
from api.evaluation.recognizers_dates import expected, outside
from graph.errors import SettingsError

ASKED_ON = {"ReferenceDateTime": "2026-03-02T00:00:00"}


def item(text: str, words: str, days: tuple[str, str], timex: str = "") -> dict[str, object]:
    start = text.index(words)
    said = dict(zip(("startDate", "endDate"), days, strict=True))
    value = {"Timex": timex, "FutureResolution": said, "PastResolution": said}
    result = {"Text": words, "Type": "daterange", "Value": value, "Start": start, "Length": len(words)}
    return {"Input": text, "Context": ASKED_ON, "Results": [result]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One table of periods: a row read as expected, one read otherwise, one whose wording is none of news."""
    rows = [
        item("It grew in the third quarter of 2025.", "the third quarter of 2025", ("2025-07-01", "2025-10-01")),
        item("A secret wording of 2025 is here.", "2025", ("1999-01-01", "2000-01-01")),
        item("It opens three days from now.", "three days from now", ("2026-03-03", "2026-03-06")),
    ]
    (tmp_path / "English" / "DateTime").mkdir(parents=True)
    (tmp_path / "English" / "DateTime" / "DatePeriodParser.json").write_text(json.dumps(rows))
    return tmp_path


def test_both_figures_for_dates_and_misses_by_row_and_value(folder, monkeypatch) -> None:
    monkeypatch.setattr(baselines, "find_spec", lambda name: None)
    (ours,) = recognizers.measure(folder, lambda _: None)
    assert {f.name: (f.value, f.n) for f in ours.figures} == {
        "date ranges": (pytest.approx(1 / 3), 3),
        "dates and periods, all rows, English": (pytest.approx(1 / 3), 3),
        "dates and periods as news write them, English": (0.5, 2),
    }
    assert "date ranges, row 1: expected 1999-01-01 to 1999-12-31, read 2025-01-01 to 2025-12-31" in ours.misses
    assert not any("secret" in line for line in ours.misses)


def test_a_baseline_that_is_not_installed_is_left_out_and_told_of(folder, monkeypatch) -> None:
    monkeypatch.setattr(baselines, "find_spec", lambda name: None if name == "quantulum3" else object())
    systems = recognizers.measure(folder, lambda _: None)
    assert [r.system for r in systems] == ["tollgraph", "dateparser"]
    assert systems[0].misses[0] == (
        "baseline quantulum3 not run: it is not installed; it comes with the dev dependency group"
    )


def test_quantulum3_reads_money(tmp_path) -> None:
    pytest.importorskip("quantulum3", reason="a baseline of the dev dependency group")
    read = baselines.readers("quantulum3")["currency"]
    assert {f.value for f in read({"Input": "a fee of 5 euros"})} == {(5, "EUR")}


def test_a_span_may_hold_the_year_that_ends_it() -> None:
    row = item("from 2024 to 2026", "from 2024 to 2026", ("2024-01-01", "2026-01-01"), "(2024-01-01,2026-01-01,P2Y)")
    assert expected(row)[0].values[-1] == (date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("words", "left_out"),
    [("the past five years", False), ("two weeks ago", True), ("the 27th", True), ("4/22", True), ("late 2025", False)],
)
def test_what_counts_as_a_wording_of_news(words: str, left_out: bool) -> None:
    assert (outside(words) is not None) == left_out


def test_a_file_of_another_shape_is_refused(tmp_path) -> None:
    table = next(t for t in TABLES if t.name == "percent")
    path = tmp_path / table.path
    path.parent.mkdir(parents=True)
    path.write_text("[1]")
    with pytest.raises(SettingsError, match="no specification of Recognizers-Text"):
        rate(table, tmp_path, table.read)
