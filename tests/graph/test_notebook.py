"""`graph.open` for notebooks: the examples of docs/notebooks.md run, and what they do not show."""

from __future__ import annotations

import doctest
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import rdflib

import graph
from graph.errors import AmbiguousError, QueryError, StoreError, UnknownError
from graph.export import export
from graph.notebook import Graph
from graph.store import OxigraphStore
from ingest.importing import import_files
from tests.graph import samples

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "notebooks.md").read_text(encoding="utf-8")


@pytest.fixture
def g() -> Iterator[Graph]:
    store = OxigraphStore()
    for batch in samples.sample_batches():
        store.put(batch)
    with Graph(store) as made:
        yield made


def test_the_example_of_the_docs_is_the_export_of_the_sample_articles(g: Graph) -> None:
    stream = io.BytesIO()
    export(g.store, "trig", stream)
    assert (DOCS / "example.trig").read_bytes() == stream.getvalue()


def test_the_examples_of_the_docs_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with graph.open(".example", write=True) as made:
        assert import_files([DOCS / "example.trig"], made.store).documents == 2
    blocks = "".join(re.findall(r"```pycon\n(.*?)```", PAGE, re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(blocks, {}, "docs/notebooks.md", None, 0)
    said: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples, out=said.append)
    assert results.failed == 0, "".join(said)
    assert results.attempted > 20


def test_every_filter_narrows(g: Graph) -> None:
    assert {claim.predicate for claim in g.claims(subject="nvidia", object="e:bytedance")} == {"supplies"}
    margins = samples.margins_article().document.id
    assert len(g.claims(document=margins)) == 7
    assert len(g.claims(as_of=date(2026, 2, 15))) == 7
    assert len(g.claims(known_at=datetime(2026, 3, 2, 9, 30, 30, tzinfo=UTC))) == 7
    assert len(g.claims(known_at="2026-03-01T00:00:00Z")) == 0
    assert [claim.confidence for claim in g.claims(min_confidence=0.93)] == [Decimal("0.93")]
    assert g.claim(g.claims()[0].id) == g.claims()[0]


def test_names_that_nobody_bears(g: Graph) -> None:
    with pytest.raises(UnknownError, match="nothing in the graph is called “Nvidja”; did you mean Nvidia"):
        g.claims(about="Nvidja")
    with pytest.raises(UnknownError, match="there is no predicate “suplies”; did you mean supplies"):
        g.claims(predicate="suplies")
    with pytest.raises(UnknownError, match="no document d:none"):
        g.claims(document="d:none")
    with pytest.raises(ValueError, match="“last week” is no day"):
        g.claims(as_of="last week")
    assert issubclass(AmbiguousError, UnknownError)


def test_a_frame_of_claims_has_every_claim_with_exact_amounts(g: Graph) -> None:
    claims = g.claims()
    frame = claims.frame().set_index("claim")
    assert list(frame.index) == [claim.id for claim in claims]
    margin = frame[frame["object_text"] == "above 70%"].iloc[0]
    assert (margin["low"], margin["high"], margin["polarity"]) == (Decimal(70), None, True)
    (deal,) = (row for _, row in frame.iterrows() if row["qualifiers"] == {"item": "H20 cards"})
    assert (deal["published"], deal["documents"], deal["approx"]) == (pd.Timestamp("2026-02-10"), 2, pd.NA)
    assert frame["low"].dropna().sum() == Decimal("160000000000") + Decimal("70") + Decimal("55.3") + Decimal("450")


def test_amounts_beyond_all_decimal_types_and_days_beyond_nanoseconds() -> None:
    huge = samples.metric("A", "price", samples.exactly("1" + "0" * 60 + ".5", "USD"), period=samples.year(1))
    with Graph(OxigraphStore()) as g:
        g.store.put(samples.article("Huge", ("It costs.", huge)))
        (row,) = g.claims().frame().to_dict("records")
    assert row["low"] == Decimal("1" + "0" * 60 + ".5")
    assert str(row["start"]) == "0001-01-01 00:00:00"


def test_frames_of_nothing_have_their_columns() -> None:
    with Graph(OxigraphStore()) as g:
        for found in (g.claims(), g.entities(), g.documents()):
            assert len(found.frame()) == 0
        assert str(g.claims().frame().dtypes["start"]) == "datetime64[s]"
        assert g.entities().frame().columns.to_list() == ["id", "label", "type", "aliases", "identifiers", "claims"]
        assert repr(g) == "<Graph in memory: 0 documents, 0 entities, 0 claims>"


def test_a_frame_of_documents(g: Graph) -> None:
    frame = g.documents().frame()
    assert frame["ingested"].to_list()[0] == pd.Timestamp("2026-03-02T09:30:00Z")
    assert frame["outlet"].to_list() == ["Example Wire", pd.NA]
    assert str(frame["ingested"].dtype) == "datetime64[us, UTC]"


def test_results_show_themselves_escaped_and_cut() -> None:
    claims = [replace(samples.relation(f"<b>{n}", "supplies", "B"), extractor="x") for n in range(25)]
    with Graph(OxigraphStore()) as g:
        g.store.put(samples.article("Many", *((f"Firm {n} ships {'x' * 100}.", c) for n, c in enumerate(claims))))
        page, text = g.claims()._repr_html_(), repr(g.claims())
    assert page.count("<tr>") == 21
    assert "&lt;b&gt;0" in page
    assert "<b>" not in page
    assert "<caption>the first 20 of 25</caption>" in page
    assert text.splitlines()[0] == "25 claims"
    assert text.splitlines()[-1] == "… 5 more"
    assert max(len(line) for line in text.splitlines()) < 200


def test_a_network_is_the_caller_s_own(g: Graph) -> None:
    net = g.networkx(predicates=["supplies"])
    net.add_edge("e:nvidia", "e:other")
    assert "e:other" not in g.networkx()
    (edge,) = g.networkx(predicates=["supplies"], as_of="2026-02-15").edges(data=True)
    assert edge[2]["claim"].confidence == Decimal("0.8")
    assert len(g.networkx(known_at="2026-01-01T00:00:00Z")) == 0


def test_sparql_gives_python_values_and_keeps_its_limits(g: Graph) -> None:
    found = g.sparql(
        "SELECT DISTINCT ?d ?day ?n ?t ?none { ?d schema:datePublished ?day ; prov:generatedAtTime ?t } ORDER BY ?day"
    )
    assert not isinstance(found, bool | rdflib.Graph)
    assert found[0]["d"] == samples.margins_article().document.id
    assert (found[0]["day"], found[0]["none"]) == (date(2026, 2, 10), None)
    assert found[0]["t"] == datetime(2026, 3, 2, 9, 31, tzinfo=UTC)
    assert (found.truncated, found.frame().shape) == (False, (2, 5))
    cut = g.sparql("SELECT ?s { ?s a tg:Claim }", rows=3)
    assert not isinstance(cut, bool | rdflib.Graph)
    assert (len(cut), cut.truncated) == (3, True)
    graph_of = g.sparql("CONSTRUCT { ?s a tg:Claim } WHERE { ?s a tg:Claim }")
    assert isinstance(graph_of, rdflib.Graph)
    assert len(graph_of) == 13
    with pytest.raises(QueryError, match="SERVICE is refused"):
        g.sparql("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_reading_needs_a_graph_and_does_not_write(tmp_path: Path) -> None:
    with graph.open(tmp_path / "g", write=True) as made:
        made.store.put(samples.chips_article())
    with graph.open(tmp_path / "g") as found, pytest.raises(StoreError, match="opened for reading"):
        found.store.put(samples.margins_article())


def test_days_and_names_mean_what_they_mean_on_the_command_line(g: Graph) -> None:
    assert len(g.claims(known_at="2026-03-02")) == len(g.claims())  # the end of the day on which both came in
    with pytest.raises(ValueError, match="“soon” is no day: give one as in 2026-03-02"):
        g.claims(as_of="soon")
    with pytest.raises(ValueError, match="“soon” is no instant"):
        g.claims(known_at="soon")
    with pytest.raises(UnknownError, match="nothing in the graph is called “”"):
        g.claims(about="")
