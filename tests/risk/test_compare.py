from datetime import date
from typing import Any

import pytest

from graph.contract import Json
from graph.errors import QueryError, SettingsError
from graph.store.oxigraph import OxigraphStore
from qa.risk.compare import compare
from qa.risk.customers import customers
from qa.risk.diff import tables_of
from qa.risk.envelope import Result
from qa.risk.exposure import exposure
from qa.risk.lens import Lens
from qa.risk.output.traced import result_of
from qa.risk.report import Share
from tests.graph.samples import relation
from tests.risk.facts import says, share, stored

EARLY, LATE = date(2025, 1, 1), date(2026, 1, 1)


def graph() -> OxigraphStore:
    return stored(
        says(
            "Early",
            *(relation("Startup", "supplies", firm) for firm in ("Lab", "Cloud", "Bank")),
            share("Startup", "Lab", "40"),
            share("Startup", "Bank", "5"),
            published=EARLY,
        ),
        says(
            "Late",
            relation("Startup", "supplies", "Phones"),
            relation("Startup", "develops", "H20"),
            relation("Lab", "develops", "SeedChip"),
            share("Startup", "Lab", "60"),
            published=LATE,
        ),
    )


def of_customers(day: date) -> Json:
    return customers(graph(), "e:startup", lens=Lens(as_of=day)).to_json()


def changes(result: Result) -> list[dict[str, Any]]:
    table = result.table("changes")
    names = [column.key for column in table.columns]
    return [dict(zip(names, row.cells, strict=True)) | {"evidence": row.evidence} for row in table.rows]


def test_what_came_and_what_changed() -> None:
    result = compare(of_customers(EARLY), of_customers(LATE))
    assert result.title == "Customers of Startup: as of 2026-01-01 against as of 2025-01-01"
    found = {(row["row"], row["column"]): row for row in changes(result) if row["table"] == "customers"}
    lab = found["Lab", "share"]
    assert isinstance(lab["before"], Share)
    assert (lab["change"], lab["before"].value, lab["after"].value) == ("changed", 40, 60)
    assert (found["Lab", "flag"]["before"], found["Lab", "flag"]["after"]) == ("watch", "warning")
    assert found["Phones", "share"]["change"] == "added"
    assert (found["Cloud", "share"]["before"].high, found["Cloud", "share"]["after"].high) == (55, 35)
    assert ("Bank", "share") not in found
    signs = [row for row in changes(result) if row["table"] == "signals" and row["row"].startswith("Lab")]
    assert ("state", "not found in the graph", "found") in [(r["column"], r["before"], r["after"]) for r in signs]


def test_both_evidences_are_cited() -> None:
    result = compare(of_customers(EARLY), of_customers(LATE))
    quotes = {quote.n: quote for quote in result.evidence}
    lab = next(row for row in changes(result) if (row["row"], row["column"]) == ("Lab", "share"))
    assert {quotes[n].title for n in lab["evidence"]} == {"Early", "Late"}
    assert [quote.n for quote in result.evidence] == list(range(1, len(result.evidence) + 1))
    places = [(quote.document, quote.start, quote.end) for quote in result.evidence]
    assert len(places) == len(set(places))


def test_what_went() -> None:
    result = compare(of_customers(LATE), of_customers(EARLY))
    phones = next(row for row in changes(result) if row["row"] == "Phones" and row["table"] == "customers")
    assert (phones["change"], phones["after"]) == ("removed", None)


def test_a_report_does_not_differ_from_itself() -> None:
    result = compare(of_customers(LATE), of_customers(LATE))
    assert (changes(result), result.measure.value) == ([], 0)


@pytest.mark.parametrize("whole", [True, False])
def test_traces_are_compared_in_both_their_forms(whole: bool) -> None:
    reports = [exposure(graph(), "e:startup", as_of=day) for day in (EARLY, LATE)]
    before, after = (result_of(report).to_json() if whole else report.to_json() for report in reports)
    found = {(row["row"], row["column"]): row for row in changes(compare(before, after))}
    assert (found["Lab", "share"]["before"].value, found["Lab", "share"]["after"].value) == (40, 60)
    assert found["Phones", "share"]["change"] == "added"
    assert found["Phones", "share"]["evidence"]


def test_the_answers_stand_side_by_side() -> None:
    rows = compare(of_customers(EARLY), of_customers(LATE)).table("answers").rows
    assert [row.cells[0] for row in rows] == ["as of 2025-01-01", "as of 2026-01-01"]
    assert [getattr(row.cells[1], "value", None) for row in rows] == [40, 60]


def test_rows_without_entities_are_known_by_their_words() -> None:
    def report(*rows: Json) -> Json:
        base = {"report": "x", "method": "", "assumptions": [], "evidence": [], "coverage": {}, "what": "n", "unit": ""}
        return base | {"tables": {"t": list(rows)}}

    def row(kind: str, part: str, value: int, n: int = 0) -> Json:
        return {"kind": kind, "part": part, "rank": n, "size": {"what": "s", "unit": "count", "value": value}}

    before = report(row("a", "x", 1), row("a", "y", 2, 1), row("b", "x", 3, 2))
    after = report(row("b", "x", 3), row("a", "y", 5, 1), row("a", "y", 7, 2))
    found = [(r["row"], r["change"], r["column"]) for r in changes(compare(before, after))]
    assert found == [("a · y", "changed", "size"), ("a · y · no. 2", "added", "size"), ("a · x", "removed", "size")]


def test_tables_of_a_trace() -> None:
    found = tables_of(exposure(graph(), "e:startup").to_json())
    assert list(found) == ["supplier_dependence", "customer_dependence", "groups"]
    assert all(row["evidence"] for row in found["customer_dependence"])


def test_bad_input() -> None:
    with pytest.raises(QueryError, match="exposure and customers are different reports"):
        compare(exposure(graph(), "e:startup").to_json(), of_customers(LATE))
    with pytest.raises(SettingsError, match="the second of the two is no risk report as JSON"):
        compare(of_customers(LATE), {"report": "customers"})


def test_two_entities_are_said_to_be_two() -> None:
    result = compare(of_customers(LATE), customers(graph(), "e:lab").to_json())
    assert any("different entities: Startup and Lab" in note for note in result.assumptions)
