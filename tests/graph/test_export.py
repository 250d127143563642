import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from graph.contract import parse_claim
from graph.errors import SettingsError
from graph.export import FORMATS, Scope, export
from graph.export.judged import COMPUTED
from graph.export.scope import EVERYTHING
from graph.export.table import COLUMNS
from graph.export.tables import write_folder
from graph.jsonld import compact, context, expand
from graph.model import Claim, DocumentClaims, EntityRef
from graph.namespaces import PREFIXES, RDF, TG, id_of, name_of
from graph.rdf import decode
from graph.store import ClaimFilter, OxigraphStore
from tests.graph import samples
from tests.graph.strategies import batches

DATASETS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    with OxigraphStore() as made:
        for batch in samples.sample_batches():
            made.put(batch)
        yield made


def written(store: OxigraphStore, format: str, scope: Scope = EVERYTHING) -> bytes:
    stream = io.BytesIO()
    export(store, format, stream, scope)
    return stream.getvalue()


@pytest.mark.parametrize("format", DATASETS)
def test_datasets_read_back_as_the_same_quads(store: OxigraphStore, format: str) -> None:
    assert set(ox.parse(written(store, format), DATASETS[format])) == set(store.quads())


@settings(max_examples=30, deadline=None)
@given(batches(), batches())
def test_any_graph_reads_back(one: DocumentClaims, other: DocumentClaims) -> None:
    with OxigraphStore() as store:
        store.put(one)
        store.put(other)
        for name, syntax in DATASETS.items():
            found = set(ox.parse(written(store, name), syntax))
            assert {quad for quad in found if quad.predicate != COMPUTED} == set(store.quads())


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_documents_can_be_put_in_again_from_an_export(store: OxigraphStore, format: str) -> None:
    found = list(ox.parse(written(store, format), DATASETS[format]))
    with OxigraphStore() as again:
        for graph in dict.fromkeys(quad.graph_name for quad in found):
            again.put(decode(quad for quad in found if quad.graph_name == graph))
        assert set(again.quads()) == set(store.quads())
        assert {c.id: c for c in again.claims()}.keys() == {c.id: c for c in store.claims()}.keys()


def test_turtle_is_the_union_each_statement_once(store: OxigraphStore) -> None:
    text = written(store, "turtle")
    read = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    assert len(read) == len(set(read))
    assert set(read) == {quad.triple for quad in store.quads()}
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(graph) == len(read)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_bytes(store: OxigraphStore, format: str) -> None:
    assert written(store, format) == written(store, format)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph(format: str) -> None:
    with OxigraphStore() as empty:
        text = written(empty, format)
    if format in DATASETS:
        assert list(ox.parse(text, DATASETS[format])) == []
    elif format == "csv":
        assert text.count(b"\n") == 1
    elif format == "parquet":
        assert pq.read_table(io.BytesIO(text)).num_rows == 0


def test_jsonld_reads_well(store: OxigraphStore) -> None:
    graphs = json.loads(written(store, "jsonld"))["@graph"]
    nodes = {node["id"]: node for graph in graphs for node in graph["@graph"]}
    (capex,) = (node for node in nodes.values() if node.get("predicate") == "capex")
    assert (capex["type"], capex["subject"], capex["confidence"]) == ("Claim", "entity:bytedance", "0.9")
    assert nodes[capex["object"]] | {"equivalent": ""} == {
        "id": capex["object"],
        "low": "160000000000",
        "high": "160000000000",
        "unit": "CNY",
        "approx": True,
        "text": "about ¥160 billion",
        "equivalent": "",
    }
    assert nodes["entity:doubao"]["uses"] == "entity:h20"


def test_the_context_names_the_whole_vocabulary_once() -> None:
    found = context()
    assert found["capex"] == f"{TG}capex"
    assert found["supplies"] == {"@id": f"{TG}supplies", "@type": "@id"}
    assert found["quote"] == {"@id": "http://www.w3.org/ns/oa#exact"}
    assert {name: found[name] for name in PREFIXES} == PREFIXES


@pytest.mark.parametrize("short", ["tg:low", "entity:a%20b", "wd:Q1", "schema:name"])
def test_abbreviations_are_reversible(short: str) -> None:
    assert compact(expand(short)) == short


def test_other_addresses_are_not_abbreviated() -> None:
    assert compact("https://news.example/a") == "https://news.example/a"


def test_graphml_holds_affirmed_relations_with_their_evidence(store: OxigraphStore) -> None:
    graph = nx.read_graphml(io.BytesIO(written(store, "graphml")), force_multigraph=True)
    edges = sorted((a, data["predicate"], b) for a, b, data in graph.edges(data=True))
    assert edges == [
        ("e:doubao", "uses", "e:h20"),
        ("e:jensen-huang", "leads", "e:nvidia"),
        ("e:nvidia", "supplies", "e:bytedance"),
        ("e:tsmc", "manufactures", "e:seedchip"),
        ("e:平头哥", "competesWith", "e:bytedance"),
    ]
    (deal,) = graph.get_edge_data("e:nvidia", "e:bytedance").values()
    assert (deal["confidence"], deal["passages"], deal["qualifier_item"]) == (0.93, 2, "H20 cards")
    assert deal["quote"] == "Nvidia still ships H20 cards to ByteDance, which runs Doubao on them."
    assert graph.nodes["e:h20"] == {"label": "H20", "type": "Chip"}


def test_graphml_leaves_out_what_xml_cannot_hold() -> None:
    with OxigraphStore() as store:
        claim = samples.relation("A\x00\x0bcme", "supplies", "B", attributed_to="x\x1b[1m")
        store.put(samples.article("Odd", ("It sells.", claim)))
        graph = nx.read_graphml(io.BytesIO(written(store, "graphml")))
    assert sorted(data["label"] for _, data in graph.nodes(data=True)) == ["Acme", "B"]
    assert [data["attributed_to"] for *_, data in graph.edges(data=True)] == ["x[1m"]


def test_csv_has_a_row_a_claim(store: OxigraphStore) -> None:
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(written(store, "csv").decode(), newline=""))}
    claims = {claim.id: claim for claim in store.claims()}
    assert rows.keys() == claims.keys()
    (capex,) = (row for row in rows.values() if row["predicate"] == "capex")
    assert (capex["low"], capex["high"], capex["unit"], capex["approx"]) == ("160000000000",) * 2 + ("CNY", "true")
    assert (capex["start"], capex["end"], capex["modality"]) == ("2026-01-01", "2026-12-31", "projected")
    (margin,) = (row for row in rows.values() if row["object_text"] == "above 70%")
    assert (margin["low"], margin["high"]) == ("70", "")
    (denied,) = (row for row in rows.values() if row["polarity"] == "false")
    assert (denied["subject_label"], denied["object_label"]) == ("Huawei", "SeedChip")
    for name, claim in claims.items():
        assert rows[name]["quote"] == claim.evidence[0].quote
        assert int(rows[name]["passages"]) == len(claim.evidence)


def test_csv_leaves_the_stream_open_and_quotes_line_ends() -> None:
    claim = replace(samples.event("A", "milestone", 'two\nlines, "quoted"'), confidence=Decimal("0.50"))
    with OxigraphStore() as store:
        store.put(samples.article("Lines", ("It did.", claim)))
        stream = io.BytesIO()
        export(store, "csv", stream)
        stream.write(b"end")
    (row, _) = csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""))
    assert (row["object_text"], row["confidence"]) == ('two\nlines, "quoted"', "0.5")


def table_of(claim: Claim) -> pa.Table:
    with OxigraphStore() as store:
        store.put(samples.article("One", ("It did.", claim)))
        return pq.read_table(io.BytesIO(written(store, "parquet")))


def test_parquet_has_a_row_a_claim_with_real_types(store: OxigraphStore) -> None:
    table = pq.read_table(io.BytesIO(written(store, "parquet")))
    assert table.column_names[: len(COLUMNS)] == list(COLUMNS)
    rows = {row["claim"]: row for row in table.to_pylist()}
    assert list(rows) == [claim.id for claim in store.claims()]
    (capex,) = (row for row in rows.values() if row["predicate"] == "capex")
    assert (capex["low"], capex["low_text"]) == (Decimal("160000000000"), "160000000000")
    assert capex["equivalent"] == {
        "low": Decimal("22000000000"),
        "high": Decimal("22000000000"),
        "unit": "USD",
        "approx": True,
        "text": "$22 billion",
    }
    assert (capex["start"], capex["end"], capex["approx"]) == (date(2026, 1, 1), date(2026, 12, 31), True)
    assert (capex["origins"], capex["confidence"]) == (["two people"], Decimal("0.9"))
    (deal,) = (row for row in rows.values() if row["predicate"] == "supplies" and row["modality"] == "asserted")
    assert deal["qualifiers"] == [("item", "H20 cards")]
    for row in rows.values():
        claim = store.claim(row["claim"])
        assert [(e["document"], e["start"], e["end"], e["quote"]) for e in row["evidence"]] == [
            (e.document, e.start, e.end, e.quote) for e in claim.evidence
        ]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("0.1", True),
        ("0.000000000001", True),
        ("0.0000000000001", False),
        ("99999999999999999999999999.999999999999", True),
        ("100000000000000000000000000", False),
    ],
)
def test_amounts_are_exact_in_parquet_or_only_text(value: str, fits: bool) -> None:
    table = table_of(samples.metric("A", "price", samples.exactly(value, "USD")))
    assert table["low"].to_pylist() == [Decimal(value) if fits else None]
    assert (table["low_text"].to_pylist(), table["high_text"].to_pylist()) == ([value], [value])


def test_rdf_12_names_what_every_claim_states(store: OxigraphStore) -> None:
    plain = set(store.quads())
    found = set(ox.parse(written(store, "nquads12"), ox.RdfFormat.N_QUADS))
    added = found - plain
    assert plain < found
    assert {quad.predicate.value for quad in added} == {f"{RDF}reifies"}
    claims = {claim.id: claim for claim in store.claims()}
    stated = {(id_of(q.subject.value), name_of(q.object.predicate.value)) for q in added}
    assert stated == {(claim.id, claim.predicate) for claim in claims.values()}
    triples = {quad.triple for quad in plain}
    for quad in added:
        claim = claims[id_of(quad.subject.value)]
        assert id_of(quad.object.subject.value) == claim.subject.id
        if isinstance(claim.object, EntityRef):
            assert (quad.object in triples) == claim.affirmed
    turtle = {quad.triple for quad in ox.parse(written(store, "turtle12"), ox.RdfFormat.TURTLE)}
    assert turtle == {quad.triple for quad in found}


@pytest.mark.parametrize("format", FORMATS)
def test_one_document_alone(store: OxigraphStore, format: str) -> None:
    batch = samples.margins_article()
    with OxigraphStore() as other:
        other.put(batch)
        alone, cut = written(other, format), written(store, format, Scope(document=batch.document.id))
    if format in ("graphml", "csv", "parquet"):
        assert b"ByteDance" in cut
        assert b"SeedChip" not in cut
    else:
        assert alone == cut


def test_claims_about_one_entity(store: OxigraphStore) -> None:
    scope = Scope(about="e:seedchip")
    claims = {claim.id for claim in store.claims(ClaimFilter(about="e:seedchip"))}
    assert len(claims) == 2
    rows = csv.DictReader(io.StringIO(written(store, "csv", scope).decode(), newline=""))
    assert {row["claim"] for row in rows} == claims
    assert set(pq.read_table(io.BytesIO(written(store, "parquet", scope)))["claim"].to_pylist()) == claims
    graph = rdflib.Graph().parse(data=written(store, "turtle", scope), format="turtle")
    tg = rdflib.Namespace(TG)
    assert {id_of(str(node)) for node in graph.subjects(rdflib.RDF.type, tg.Claim)} == claims
    assert {id_of(str(node)) for node in graph.subjects(rdflib.RDFS.label)} == {"e:huawei", "e:tsmc", "e:seedchip"}
    network = nx.read_graphml(io.BytesIO(written(store, "graphml", scope)))
    assert sorted(network.edges()) == [("e:tsmc", "e:seedchip")]
    assert written(store, "turtle12", scope).count(b"reifies") == 2


@pytest.mark.parametrize("format", [name for name, one in FORMATS.items() if one.lossless])
def test_whole_documents_are_not_cut(store: OxigraphStore, format: str) -> None:
    with pytest.raises(SettingsError, match=f"{format} holds whole documents.*choose one of turtle, graphml"):
        written(store, format, Scope(about="e:nvidia"))


def test_tables_hold_everything_and_can_be_told_apart(store: OxigraphStore, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written(store, "csv-tables"))) as pack:
        pack.extractall(tmp_path / "zip")
    (tmp_path / "folder").mkdir()
    write_folder(store, tmp_path / "folder", Scope(), "csv")
    names = ["claims.csv", "documents.csv", "entities.csv", "evidence.csv", "judgements.csv"]
    assert sorted(file.name for file in (tmp_path / "folder").iterdir()) == names
    for name in names:
        assert (tmp_path / "folder" / name).read_bytes() == (tmp_path / "zip" / name).read_bytes()
    with (tmp_path / "zip" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [batch.document.text for batch in samples.sample_batches()]
    assert [(row["claims"], row["entities"]) for row in rows] == [("7", "8"), ("7", "4")]


def test_an_unknown_format(store: OxigraphStore) -> None:
    stream = io.BytesIO()
    with pytest.raises(SettingsError, match="no export format “xlsx”: choose one of turtle, trig"):
        export(store, "xlsx", stream)
    assert stream.getvalue() == b""


def test_contract_json_comes_back_through_the_store(store: OxigraphStore) -> None:
    from graph import contract

    for claim in store.claims():
        assert parse_claim(json.loads(contract.dumps(contract.claim(claim)))) == claim
