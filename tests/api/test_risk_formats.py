"""Every report over the shipped briefings in every format: what is cited is there, tables and markup are whole."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from api import models
from api.asked import Asked
from api.commands.risk import REPORTS
from api.commands.risk.chokepoints import chokepoints
from api.commands.risk.compare import compare
from api.commands.risk.concentration import concentration
from api.commands.risk.customers import customers
from api.commands.risk.dependents import dependents
from api.commands.risk.exposure import exposure
from api.commands.risk.loops import loops
from api.commands.risk.reliance import reliance
from api.commands.risk.simulate import simulate
from api.commands.risk.substitutes import substitutes
from api.commands.risk.survive import survive
from api.commands.risk.systemic import systemic
from graph.store import open_store
from qa.risk.envelope import Result
from qa.risk.lens import Lens
from qa.risk.output.formats import FORMATS, Layout
from qa.risk.output.traced import result_of
from qa.risk.output.words import tables
from qa.risk.report import Report

PLAN = """
inputs:
  memory: {demand: 100, stock: 150, loss: 2}
suppliers:
  SK hynix: {capacity: 90, makes: [memory], recover: 8}
  Micron Technology: {capacity: 40, makes: [memory], recover: 4}
"""


@pytest.fixture(scope="module")
def asked(briefings: Path) -> Iterator[Asked]:
    with open_store(briefings) as store:
        yield Asked(store, Lens())


def compared(asked: Asked) -> Result:
    early = Asked(asked.store, Lens(as_of=date(2025, 11, 1)))
    return compare(early, "exposure", "Nvidia", later=datetime(2026, 3, 1))


CASES: dict[str, Callable[[Asked], Result | Report]] = {
    "exposure": lambda asked: exposure(asked, "Nvidia"),
    "exposure to": lambda asked: exposure(asked, "Nvidia", to="ASML"),
    "dependents": lambda asked: dependents(asked, "TSMC"),
    "concentration": lambda asked: concentration(asked, "HBM"),
    "chokepoints": lambda asked: chokepoints(asked, "Nvidia"),
    "substitutes": lambda asked: substitutes(asked, "SK hynix"),
    "reliance": lambda asked: reliance(asked, "Nvidia", draws=50),
    "simulate": lambda asked: simulate(asked, ["TSMC"], draws=50),
    "systemic": lambda asked: systemic(asked, draws=20),
    "customers": lambda asked: customers(asked, "CoreWeave"),
    "loops": lambda asked: loops(asked),
    "compare": compared,
}


@pytest.fixture(scope="module", params=[*CASES, "survive"])
def found(request: pytest.FixtureRequest, asked: Asked, tmp_path_factory: pytest.TempPathFactory) -> Result | Report:
    if request.param != "survive":
        return CASES[request.param](asked)
    plan = tmp_path_factory.mktemp("plan") / "plan.yaml"
    plan.write_text(PLAN)
    return survive(asked, "Nvidia", plan=plan)


def written(report: Result | Report, format: str, **layout: object) -> str:
    return FORMATS[format].write(report, Layout(**layout)).decode()  # type: ignore[arg-type]


def test_every_report_has_a_case() -> None:
    assert {*CASES, "survive"} - {"exposure to"} == set(REPORTS)


@pytest.mark.parametrize("width", [80, 120])
def test_text_fits_its_width_and_has_the_quotes_that_it_cites(found: Result | Report, width: int) -> None:
    text = written(found, "text", width=width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    body, _, notes = text.partition("\nEvidence\n")
    assert set(re.findall(r"\[(\d+)\]", body)) <= set(re.findall(r"^  \[(\d+)\]", notes, re.MULTILINE))
    assert "Coverage: " in body
    assert "None" not in body


def test_json_fits_the_shape_that_the_api_documents(found: Result | Report) -> None:
    shape = models.RiskResult if isinstance(found, Result) else models.RiskReport
    shape.model_validate(json.loads(written(found, "json")))


def test_every_table_is_a_whole_csv(found: Result | Report) -> None:
    result = result_of(found)
    for table in tables(result):
        rows = list(csv.reader(io.StringIO(written(found, "csv", table=table.key))))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(rows) == len(table.rows) + 1
    quotes = list(csv.DictReader(io.StringIO(written(found, "csv", table="evidence"))))
    assert [int(quote["n"]) for quote in quotes] == [quote.n for quote in result.evidence]


def test_memos_cite_only_quotes_that_they_hold(found: Result | Report) -> None:
    result = result_of(found)
    numbers = {str(quote.n) for quote in result.evidence}
    memo = written(found, "markdown")
    assert set(re.findall(r"^\[\^(\d+)\]: ", memo, re.MULTILINE)) == numbers
    assert set(re.findall(r"\[\^(\d+)\](?!:)", memo)) <= numbers
    page = written(found, "html")
    assert set(re.findall(r'id="note-(\d+)"', page)) == numbers
    assert set(re.findall(r'href="#note-(\d+)"', page)) <= numbers
    assert page.count("<figure>") == len([chart for chart in result.charts if chart.points])


def test_pictures_are_sound(found: Result | Report) -> None:
    if not any(chart.points for chart in result_of(found).charts):
        pytest.skip("this report has nothing to draw here")
    root = ElementTree.fromstring(written(found, "svg"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert FORMATS["png"].write(found, Layout()).startswith(b"\x89PNG")
