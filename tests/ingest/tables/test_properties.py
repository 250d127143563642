"""Whatever stands in the cells: every quote is in its place, and nothing fails but with a SourceError."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from graph.conform import require
from graph.errors import SettingsError, SourceError
from graph.rdf import decode, encode
from graph.rdf.encode import document_graph
from ingest.tables.mapping import read_mapping
from ingest.tables.records import records
from tests.ingest.tables.made import SHARES, quotes, read

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Nvidia", "61%", "negligible", "=cmd()", '"', "\n", "\r", ",", "1e9", "٣", "½", "12,5", "<5", "-", "\x00"]
)
PERIOD = SHARES + "    period: day\nread: {encoding: utf-8}\n"  # no guess at what is binary


@given(st.lists(st.lists(cells, min_size=2, max_size=5), max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_cells(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    lines.writerow(["firm", "item", "share", "day"])
    lines.writerow(["Orvanta", "chips", "5%", "2024"])
    lines.writerows(rows)
    made, tally = read(out.getvalue(), PERIOD)
    assert tally.rows <= len(rows) + 1
    assert "Orvanta" in [claim.subject.label for batch in made for claim in batch.claims]
    assert all(quote == there and quote for quote, there in quotes(made))
    for batch in made:
        require(document_graph(batch))
        assert {c.id: c.evidence for c in decode(encode(batch)).claims}.keys() == {c.id for c in batch.claims}


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    data = ("firm,item,share\n" + text).encode("utf-8", "surrogatepass")
    try:
        made, _ = read(data)
    except SourceError:
        return
    assert all(quote == there for quote, there in quotes(made))


SLIPS = ["", ":", "[", "{", "}", "x", "\n", " ", "-", "null"]
SALES = (files("ingest.tables") / "examples" / "sales.mapping.yaml").read_text(encoding="utf-8")


@given(
    st.integers(0, len(SALES)),
    st.integers(0, 30),
    st.sampled_from(SLIPS),
)
def test_a_mapping_with_slips_is_right_or_refused_in_one_line(at: int, gone: int, instead: str) -> None:
    try:
        made = read_mapping(SALES[:at] + instead + SALES[at + gone :], name="m.yaml")
    except SettingsError as problem:
        said = str(problem)
    else:
        said = made.name
    assert said.startswith("m.yaml")
    assert "\n" not in said


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    try:
        read(data)
    except SourceError:
        return


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from([",", ";", "\t"]))
def test_records_cover_the_text_and_hold_what_csv_holds(text: str, delimiter: str) -> None:
    found = list(records(text, delimiter))
    assert "".join(text[record.start : record.after] for record in found) == text
    assert [record.number for record in found] == list(range(1, len(found) + 1))
    for record in found:
        assert text[record.end : record.after].strip("\r\n") == ""
