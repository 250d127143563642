import csv
import io

import pytest

from graph.errors import SettingsError
from qa.risk.dependents import dependents
from qa.risk.exposure import exposure
from qa.risk.output.csv_table import csv_table
from qa.risk.output.traced import result_of
from tests.graph.samples import relation
from tests.risk.facts import buys, store
from tests.risk.results import result


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_number_takes_a_column_for_each_bound_its_basis_and_whose_it_is() -> None:
    first, second = rows(csv_table(result()))
    assert first == {
        "maker": "Weaver & Sons <Ltd>", "maker_id": "e:weaver-sons-ltd",
        "share": "57.5", "share_low": "50", "share_high": "60", "share_unit": "percent", "share_basis": "disclosed",
        "share_of": "Weaver & Sons <Ltd>'s revenue", "share_period": "2025", "share_note": "",
        "places": "Japan; Taiwan", "tier": "1", "own": "true", "note": "most | of it", "evidence": "1; 2",
        "quotes": "“Weaver makes <b>most</b> of it.” — Harbour Times, Glass | and <cloth>, 2026-02-03 | "
        "“Half, they say.” — Glass | and <cloth>, 2026-02-03",
    }  # fmt: skip
    assert (second["share"], second["share_low"], second["share_basis"], second["evidence"]) == ("", "", "", "")


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    second = rows(csv_table(result()))[1]
    assert (second["maker"], second["share_of"], second["note"]) == ("'=SUM(A1)", "'=SUM(A1)'s revenue", "'-1+1")


def test_a_table_is_chosen_by_its_key_and_the_quotes_are_one() -> None:
    assert csv_table(result(), "countries") == "country,evidence,quotes\n"
    first, second = rows(csv_table(result(), "evidence"))
    assert first == {
        "n": "1", "quote": "Weaver makes <b>most</b> of it.", "outlet": "Harbour Times",
        "title": "Glass | and <cloth>", "published": "2026-02-03", "modality": "reported", "attributed_to": "a buyer",
        "document": "d:1", "start": "10", "end": "20", "locator": "", "edge": "edge 1", "claims": "c:1",
    }  # fmt: skip
    assert (second["outlet"], second["attributed_to"]) == ("", "")


def test_a_table_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(
        SettingsError, match="the report demo has no table owners: there are makers, countries, evidence"
    ):
        csv_table(result(), "owners")


def test_a_trace_has_its_parties_as_tables() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), buys("Alpha", "Beta", "60"), buys("Beta", "Gamma", "20"))
    found = rows(csv_table(result_of(exposure(graph, "e:alpha"))))
    assert [(row["party"], row["tier"], row["share"], row["share_basis"]) for row in found] == [
        ("Beta", "1", "60", "disclosed"),
        ("Gamma", "2", "12", "derived"),
    ]
    assert found[1]["path"] == "Alpha capital expenditure: 60% (Beta) → Gamma supplies Beta = 12 %"
    assert found[1]["evidence"] == "1; 2; 3"
    assert rows(csv_table(result_of(dependents(graph, "e:gamma")), "supplier_dependence"))[0]["party"] == "Beta"


def test_a_pair_has_its_paths_as_the_table() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), buys("Alpha", "Beta", "60"), buys("Beta", "Gamma", "20"))
    (row,) = rows(csv_table(result_of(exposure(graph, "e:alpha", to="e:gamma"))))
    assert (row["tiers"], row["share"], row["share_of"]) == ("2", "12", "Alpha's capital expenditure")


def test_over_all_tiers_is_a_column_where_it_differs() -> None:
    both = relation("Gamma", "supplies", "Beta"), relation("Gamma", "supplies", "Alpha")
    graph = store(*both, buys("Alpha", "Beta", "60"), buys("Beta", "Gamma", "20"), buys("Alpha", "Gamma", "10"))
    found = rows(csv_table(result_of(exposure(graph, "e:alpha"))))
    assert {row["party"]: (row["share"], row["total"]) for row in found} == {
        "Beta": ("60", "60"),
        "Gamma": ("10", "22"),
    }
