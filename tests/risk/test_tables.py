"""Imported tables in the reports: shares, makers and inputs are found by the name of the thing, and rows are cited."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from graph.catalogue import catalogue
from graph.model import Claim, DocumentClaims, EntityRef, Quantity
from graph.store import OxigraphStore
from ingest.tables.batches import batches
from ingest.tables.names import Names
from ingest.tables.table import open_table
from ingest.tables.taking import mapping_named
from ingest.tables.tally import Tally
from qa.risk.concentrate import concentration
from qa.risk.exposure import exposure
from qa.risk.lens import Lens
from qa.risk.supply.claimed import supply
from tests.shared import SHARED

CHIPS = "e:semiconductor-and-related-device-manufacturing"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout"),
]


def read(mapping: str, path: str) -> tuple[list[DocumentClaims], Tally]:
    assert SHARED is not None
    file: Path = SHARED / "data" / path
    table = open_table(
        file.read_bytes(),
        source=file.as_posix(),
        mapping=mapping_named(mapping),
        folder=file.parent,
        limit=200_000_000,
    )
    tally = Tally()
    return list(batches(table, Names(catalogue()), tally)), tally


def put(store: OxigraphStore, mapping: str, path: str) -> tuple[list[Claim], Tally]:
    found, tally = read(mapping, path)
    for batch in found:
        store.put(batch)
    return [claim for batch in found for claim in batch.claims], tally


@pytest.fixture(scope="module")
def use_table() -> tuple[list[DocumentClaims], Tally]:
    return read("bea-use-detail", "bea/Detail_Use_2017_PRO_AfterRedef_17sch.csv.gz")


@pytest.fixture(scope="module")
def chips() -> OxigraphStore:
    store = OxigraphStore()
    found = {name: put(store, f"eto-{name}", f"eto/{name}.csv") for name in ("provision", "sequence", "providers")}
    assert {name: (tally.rows, tally.faulty) for name, (_, tally) in found.items()} == {
        "provision": (660, 0),
        "sequence": (93, 0),
        "providers": (294, 0),
    }
    return store


def reference() -> dict[str, object]:
    assert SHARED is not None
    path = SHARED / "data" / "risk_reference" / "eto_concentration_reference.json"
    found: dict[str, object] = json.loads(path.read_text())
    return found


def test_concentration_by_country_of_every_item_is_that_of_the_reference(chips: OxigraphStore) -> None:
    rows = [row for row in reference()["concentration"] if "hhi_raw" in row]  # type: ignore[attr-defined]
    assert len(rows) == 43
    for row in rows:
        result = concentration(chips, row["name"], by="country")
        low, high = result.measure.low, result.measure.high
        assert low is not None
        assert high is not None
        assert low <= Decimal(str(row["hhi_raw"])) <= high, row["name"]  # the reference counts “Various” as one country
        assert high - low <= Decimal(100), row["name"]
        assert result.evidence


def test_single_firms_are_those_of_the_reference(chips: OxigraphStore) -> None:
    graph = supply(chips, Lens())
    negligible = {
        (claim.subject.id, claim.scope)
        for claim in chips.claims()
        if claim.predicate == "marketShare" and getattr(claim.object, "low", 0) is None
    }
    for name, firms in reference()["single_org"]:  # type: ignore[attr-defined]
        thing = graph.thing(name)
        assert thing is not None
        makers = {
            claim.subject.label
            for claim in chips.claims()
            if claim.predicate == "manufactures"
            and isinstance(claim.object, EntityRef)
            and claim.object.id == thing.id
            and (claim.subject.id, name) not in negligible
        }
        assert makers == {firm for firm, _ in firms}, name


def test_exposure_leads_through_parts_and_kinds(chips: OxigraphStore) -> None:
    report = exposure(chips, "e:photolithography", to="e:asml")
    steps = [[step.source.label for step in path.steps] for path in report.paths]
    assert ["Photolithography", "Advanced photolithography equipment", "EUV scanners"] in steps


def test_evidence_is_the_row_and_its_cells(chips: OxigraphStore) -> None:
    result = concentration(chips, "EUV scanners")
    (quote,) = [quote for quote in result.evidence if "ASML" in quote.quote]
    assert quote.quote == "ASML,P88,EUV scanners,N20,100%,"
    assert quote.locator.startswith("cell=127,1;")
    assert quote.outlet == "Emerging Technology Observatory"


def test_accelerators_come_with_who_designs_and_makes_them() -> None:
    store = OxigraphStore()
    made, tally = put(store, "epoch-hardware", "epoch/ml_hardware.csv")
    assert (tally.rows, tally.faulty) == (170, 0)
    said = {(c.subject.id, c.predicate, c.object.id) for c in made if isinstance(c.object, EntityRef)}
    assert {("e:nvidia", "develops", "e:gb200"), ("e:tsmc", "manufactures", "e:gb200")} <= said
    counts = {name: sum(c.predicate == name for c in made) for name in ("develops", "manufactures", "price")}
    assert counts == {"develops": 169, "manufactures": 108, "price": 53}


def test_figures_of_firms_keep_period_and_certainty() -> None:
    store = OxigraphStore()
    counted = {
        "epoch-revenue": ("revenue_reports", 27),
        "epoch-staff": ("staff_reports", 36),
        "epoch-funding": ("funding_rounds", 59),
    }
    for mapping, (file, count) in counted.items():
        made, tally = put(store, mapping, f"epoch/ai_companies_{file}.csv")
        assert (len(made), tally.faulty) == (count, 0)
        assert {claim.modality for claim in made} <= {"asserted", "reported", "possible"}
    yearly = [c for c in store.claims() if c.predicate == "revenue" and c.scope is None]
    assert all(c.period and c.period.start and (c.period.start.month, c.period.start.day) == (1, 1) for c in yearly)


def test_a_use_table_is_the_flows_between_industries(use_table: tuple[list[DocumentClaims], Tally]) -> None:
    found, tally = use_table
    store = OxigraphStore()
    for batch in found:
        store.put(batch)
    made = [claim for batch in found for claim in batch.claims]
    flows = [claim for claim in made if claim.predicate == "supplies"]
    assert (len(flows), tally.faulty) == (48_754, 0)  # the cells of 402 industries that are not zero
    into = [Decimal(dict(c.qualifiers)["amount"].removeprefix("USD ")) for c in flows if of(c) == CHIPS]
    assert sum(into) == 12_432_000_000  # the column of the semiconductor industry; rounded, the table totals 12,433
    (output,) = [c.object for c in made if c.predicate == "revenue" and c.subject.id == CHIPS]
    assert isinstance(output, Quantity)
    assert (output.low, output.unit) == (50_933_000_000, "USD")


def of(claim: Claim) -> str:
    """The id of a relation's object."""
    assert isinstance(claim.object, EntityRef)
    return claim.object.id


def test_inputs_of_an_industry_are_as_concentrated_as_its_column(
    use_table: tuple[list[DocumentClaims], Tally],
) -> None:
    """What the industry supplies to itself is no dependence and left out, of the claims as of the column."""
    store = OxigraphStore()
    for batch in use_table[0]:
        store.put(replace(batch, claims=tuple(c for c in batch.claims if c.predicate == "supplies" and of(c) == CHIPS)))
    amounts = [
        Decimal(dict(c.qualifiers)["amount"].removeprefix("USD ")) for c in store.claims() if c.subject.id != CHIPS
    ]
    expected = sum((100 * amount / sum(amounts)) ** 2 for amount in amounts if amount > 0)
    result = concentration(store, CHIPS, side="suppliers")
    assert result.measure.low == pytest.approx(expected, abs=Decimal("0.01"))
