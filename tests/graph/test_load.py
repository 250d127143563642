"""Reading our own exports back: the same documents, or a clear reason why not."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.contract import Json
from graph.errors import ShapeError, SourceError
from graph.export import FORMATS, Scope, export
from graph.export.tables import write_folder
from graph.judgements import Kind, Proposal
from graph.load import read
from graph.load.judged import unpacked
from graph.model import DocumentClaims
from graph.namespaces import DOCUMENT, iri
from graph.store import OxigraphStore
from tests.graph import samples
from tests.graph.strategies import batches

LOSSLESS = [name for name, one in FORMATS.items() if one.lossless]
LOSSY = [name for name, one in FORMATS.items() if not one.lossless]
CHIPS, MARGINS = samples.sample_batches()


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    with OxigraphStore() as made:
        made.put(CHIPS)
        made.put(MARGINS)
        yield made


def written(store: OxigraphStore, format: str) -> bytes:
    stream = io.BytesIO()
    export(store, format, stream)
    return stream.getvalue()


def file_of(folder: Path, store: OxigraphStore, format: str) -> Path:
    path = folder / f"graph.{FORMATS[format].suffix}"
    path.write_bytes(written(store, format))
    return path


def put_all(store: OxigraphStore, path: Path) -> None:
    for loaded in read(path):
        assert loaded.error is None
        if loaded.batch is None:
            store.record(loaded.judgements)
        else:
            store.put(loaded.batch)


@pytest.mark.parametrize("format", LOSSLESS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(batches(), max_size=3, unique_by=lambda batch: batch.document.id))
def test_what_is_exported_and_read_back_is_the_same(tmp_path: Path, format: str, found: list[DocumentClaims]) -> None:
    store, again = OxigraphStore(), OxigraphStore()
    for batch in found:
        store.put(batch)
    put_all(again, file_of(tmp_path, store, format))
    assert set(again.quads()) == set(store.quads())
    for name in (format, "csv"):
        assert written(again, name) == written(store, name)


def judged() -> OxigraphStore:
    """The sample articles with one judgement of every kind but a split, one of them revoked."""
    store = OxigraphStore(clock=lambda: datetime(2026, 4, 1, 8, tzinfo=UTC))
    store.put(CHIPS)
    store.put(MARGINS)
    rejected, edited = CHIPS.claims[0].id, next(c.id for c in MARGINS.claims if c.predicate == "grossMargin")
    accepted = next(c.id for c in CHIPS.claims if c.predicate == "competesWith")
    proposals: list[tuple[Kind, str, Json]] = [
        ("reject", rejected, {}),
        ("edit", edited, {"scope": "data centre"}),
        ("accept", accepted, {}),
        ("merge", "e:seedchip", {"into": "e:h20"}),
        ("rename", "e:huawei", {"label": "Huawei Technologies"}),
        ("retype", "e:doubao", {"type": "Product"}),
        ("unreliable", MARGINS.document.id, {}),
    ]
    for kind, target, value in proposals:
        store.judge(Proposal(kind, target, "an editor", "as the filing says", value))
    revoked = store.judge(Proposal("reject", accepted, "a reader", "by mistake"))
    store.revoke(revoked.id, by="an editor", why="it stands in the text")
    return store


@pytest.mark.parametrize("format", LOSSLESS)
def test_judgements_and_what_they_corrected_come_back(tmp_path: Path, format: str) -> None:
    store, again = judged(), OxigraphStore()
    put_all(again, file_of(tmp_path, store, format))
    assert again.judgements() == store.judgements()
    assert set(again.quads()) == set(store.quads())
    for document in (CHIPS.document.id, MARGINS.document.id):
        assert set(again.computed(document)) == set(store.computed(document))
    for name in LOSSLESS:
        assert written(again, name) == written(store, name)
    for judgement in store.judgements():
        if judgement.revoked is None:
            again.revoke(judgement.id, by="an editor", why="all anew")
    plain = OxigraphStore()
    plain.put(CHIPS)
    plain.put(MARGINS)
    assert {c.id: c for c in again.claims()} == {c.id: c for c in plain.claims()}


def test_a_document_alone_brings_the_judgements_that_bear_on_it(tmp_path: Path) -> None:
    store, again = judged(), OxigraphStore()
    stream = io.BytesIO()
    export(store, "trig", stream, Scope(document=CHIPS.document.id))
    (tmp_path / "a.trig").write_bytes(stream.getvalue())
    put_all(again, tmp_path / "a.trig")
    assert set(again.quads(CHIPS.document.id)) == set(store.quads(CHIPS.document.id))


TAMPERED = [
    ("as the filing says", "as I say", r"judgement v:\w+ \(.*\) is not what its id was made from"),
    ('ontology#kind> "accept"', 'ontology#kind> "bless"', "tg:kind is “bless”, not one of accept"),
    ('ontology#computed> "eJ', 'ontology#computed> "eX', "what was computed from it cannot be unpacked"),
    ('ontology#by> "an editor"', 'ontology#by> "an editor"@en', "tg:by is no string"),
]


@pytest.mark.parametrize(("old", "new", "message"), TAMPERED)
def test_judgements_that_were_tampered_with_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = file_of(tmp_path, judged(), "nquads")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    errors = [loaded.error for loaded in read(file) if loaded.error]
    assert errors
    assert any(re.search(message, error) for error in errors), errors


def test_what_pretends_to_be_small_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = base64.b64encode(zlib.compress(b" " * 10_000)).decode()
    assert unpacked("d:x", packed) == []
    monkeypatch.setattr("graph.load.judged._MOST", 1000)
    with pytest.raises(ShapeError, match="too large, or cut"):
        unpacked("d:x", packed)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_tables_come_as_a_folder_too(store: OxigraphStore, tmp_path: Path, suffix: str) -> None:
    write_folder(store, tmp_path, Scope(), suffix)
    assert [loaded.name for loaded in read(tmp_path)] == [CHIPS.document.id, MARGINS.document.id]


def test_tables_may_be_sorted_otherwise(store: OxigraphStore, tmp_path: Path) -> None:
    write_folder(store, tmp_path, Scope(), "csv")
    file = tmp_path / "claims.csv"
    head, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([head, *sorted(lines, reverse=True)]), encoding="utf-8")
    again = OxigraphStore()
    put_all(again, tmp_path)
    assert set(again.quads()) == set(store.quads())


def test_statements_may_be_sorted_otherwise(store: OxigraphStore, tmp_path: Path) -> None:
    file = tmp_path / "sorted.nq"
    file.write_bytes(b"\n".join(sorted(written(store, "nquads").splitlines())))
    again = OxigraphStore()
    put_all(again, file)
    assert set(again.quads()) == set(store.quads())


@pytest.mark.parametrize("format", LOSSY)
def test_what_leaves_things_out_cannot_be_imported(store: OxigraphStore, tmp_path: Path, format: str) -> None:
    file = file_of(tmp_path, store, format)
    if format == "nquads12":
        assert all(re.search(r"says what no document of this graph says: claim:\w+ rdf:reifies", loaded.error or "")
                   for loaded in read(file))  # fmt: skip
        return
    with pytest.raises(SourceError, match=r"cannot be imported: .*export as trig, nquads, jsonld, csv-tables"):
        read(file)


def test_what_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not there"):
        read(tmp_path / "none.trig")
    with pytest.raises(SourceError, match=r"without documents\.csv"):
        read(tmp_path)
    (tmp_path / "x.docx").write_bytes(b"")
    with pytest.raises(SourceError, match=r"has none of the suffixes \.trig, \.nq, \.jsonld, \.zip"):
        read(tmp_path / "x.docx")


G = f"<{iri(CHIPS.document.id)}>"

MALFORMED = [
    ("a.nq", f'<http://x/a> <http://x/b> "c" {G} .\n<http://x/a> oops .', r"a\.nq, line 2: no well-formed RDF"),
    ("a.trig", "@prefix a: <http://x/> .\na:g {\n a:b a:c\n", r"a\.trig, line \d: no well-formed RDF"),
    ("a.nq", '<http://x/a> <http://x/b> "c" .', "statements outside the graph of any document"),
    ("a.nq", '<http://x/a> <http://x/b> "c" <http://x/g> .', "has a graph <http://x/g>, which is no document's"),
    ("a.nq", '<http://x/a> <http://x/b> "c" _:g .', "has a graph _:.*, which is no document's"),
    ("a.nq", f'<http://x/a> <http://x/b> "c" <{DOCUMENT}> .', "which is no document's"),
    ("a.nq", f'<http://x/a> <http://x/b> "c" <{DOCUMENT}a b> .', r"line 1: no well-formed RDF"),
    ("a.jsonld", '{"@context": "https://schema.org/", "name": "a"}', "its JSON-LD context is elsewhere"),
    ("a.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/c"}, "name": "a"}', "its JSON-LD context is elsewhere"),
    ("a.jsonld", '{"@context": ', "no well-formed RDF"),
    ("a.trig", "\udcff\udcfe", "no well-formed RDF"),
    ("a.zip", "PK nothing", "is no zip that can be read"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), MALFORMED)
def test_a_malformed_or_foreign_file_is_refused_whole(tmp_path: Path, name: str, text: str, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match=message):
        list(read(file))


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(b"")
    assert list(read(tmp_path / "a.nq")) == []


Lines = list[str]


def without(words: str) -> Callable[[Lines], Lines]:
    return lambda lines: [line for line in lines if words not in line]


def instead(old: str, new: str) -> Callable[[Lines], Lines]:
    return lambda lines: [line.replace(old, new) for line in lines]


def also(line: str) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines, f"{line} {G} ."]


XSD = "http://www.w3.org/2001/XMLSchema#"
CHANGES = [
    (without("/Article>"), "does not describe it as a schema:Article"),
    (without("prov#wasDerivedFrom"), r"claim c:\w+ \(.*\): prov:wasDerivedFrom is missing: a passage that says so"),
    (without("#modality"), r"claim c:\w+ \(\w.*, “.*”\): tg:modality is missing"),
    (without("oa#exact"), r"claim c:\w+ \(.*\): https://w3id.org/\S+: oa:exact is missing"),
    (instead('"Nvidia still ships', '"Nvidia never ships'), r"characters \d+–\d+ of the text are “Nvidia still"),
    (instead("weighs its own silicon\\n", "weighs its own silicon \\n"), r"claim c:\w+ .*of the text are"),
    (instead('"A. Writer"', '"B. Writer"@en'), "schema:author is no string"),
    (instead('"0.93"', '"1.93"'), "tg:confidence is “1.93”, not within 0 and 1"),
    (instead('"0.93"', '"0.930"'), "says what no document of this graph says: .*0.930"),
    (also("<http://x/a> <http://x/b> <http://x/c>"), "says what no document of this graph says: http://x/a http://x/b"),
    (also("_:b <http://x/b> <http://x/c>"), "says what no document of this graph says: _:"),
    (also(f"{G} <https://w3id.org/tollgraph/ontology#notes> \"[[[\""), "cannot be read as a document"),
    (without("entity/nvidia> <https://w3id.org/tollgraph/ontology#supplies>"), "leaves out what its claims imply"),
    (instead(f'"{CHIPS.document.sha256}"', f'"{"0" * 64}"'), "the text is not the one whose SHA-256"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), CHANGES)
def test_a_document_that_was_tampered_with_is_refused(
    store: OxigraphStore, tmp_path: Path, change: Callable[[Lines], Lines], message: str
) -> None:
    quads = io.BytesIO()
    export(store, "nquads", quads, Scope(document=CHIPS.document.id))
    lines = [line.removesuffix(f" {G} .") for line in quads.getvalue().decode().splitlines()]
    file = tmp_path / "a.nq"
    changed = change(lines)
    file.write_text("".join(line if line.endswith(" .") else f"{line} {G} .\n" for line in changed), encoding="utf-8")
    (loaded,) = read(file)
    assert (loaded.name, loaded.batch) == (CHIPS.document.id, None)
    assert re.search(message, loaded.error or ""), loaded.error


def test_the_other_documents_of_a_file_are_taken(store: OxigraphStore, tmp_path: Path) -> None:
    text = written(store, "trig").decode().replace("Nvidia still ships", "Nvidia never ships", 1)
    (tmp_path / "a.trig").write_text(text, encoding="utf-8")
    broken, whole = read(tmp_path / "a.trig")
    assert (broken.name, whole.name) == (CHIPS.document.id, MARGINS.document.id)
    assert broken.error is not None
    assert whole.batch is not None


def edited(store: OxigraphStore, folder: Path, table: str, change: Callable[[str], str]) -> Path:
    write_folder(store, folder, Scope(), "csv")
    file = folder / f"{table}.csv"
    file.write_text(change(file.read_bytes().decode()), encoding="utf-8", newline="")
    return folder


TABLES = [
    ("claims", lambda text: text.replace("polarity,", "polarities,"), r"claims\.csv: has no column polarity"),
    ("claims", lambda text: text.replace("claim,", "note,claim,", 1), r"has a column note that this graph"),
    ("claims", lambda text: text.replace("true", "yes", 1), r"claims\.csv: line \d+: .* “yes” is no flag"),
    ("claims", lambda text: text.replace("2026-01-01", "2026-13-01"), r"line \d+: start “2026-13-01” is no day"),
    ("claims", lambda text: "".join(text.splitlines(keepends=True)[:-1]), r"has 6 of the 7 rows of document"),
    ("claims", lambda text: text + text.splitlines()[1] + "\r\n", r"claims\.csv has rows of d:\w+ that"),
    ("evidence", lambda text: text.replace(",", ";", 3), r"evidence\.csv: has no column"),
    ("evidence", lambda text: text + '"open', r"evidence\.csv: line \d+ is no CSV in UTF-8"),
    ("entities", lambda text: text.replace('[""', '(""', 1), r"entities\.csv: line \d+: \w+ “.*” is no (texts|pairs)"),
    ("documents", lambda text: text + "".join(text.splitlines(keepends=True)[1:7]), "stands there twice"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "message"), TABLES)
def test_tables_that_are_not_as_written_are_refused_whole(
    store: OxigraphStore, tmp_path: Path, table: str, change: Callable[[str], str], message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        list(read(edited(store, tmp_path, table, change)))


def test_a_changed_cell_keeps_one_document_out(store: OxigraphStore, tmp_path: Path) -> None:
    chips, margins = read(edited(store, tmp_path, "claims", lambda text: text.replace("e:h20", "e:h21", 1)))
    assert "names e:h21, which has no row in entities" in (chips.error or "")
    assert margins.batch is not None


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_tables_of_before_there_were_locators_come_in(store: OxigraphStore, tmp_path: Path, suffix: str) -> None:
    whole = [loaded.batch for loaded in read(file_of(tmp_path, store, "csv-tables"))]
    write_folder(store, tmp_path, Scope(), suffix)
    file = tmp_path / f"evidence.{suffix}"
    if suffix == "csv":
        with file.open(encoding="utf-8", newline="") as stream:
            rows = [row[:-1] for row in csv.reader(stream)]
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    else:
        pq.write_table(pq.read_table(file).drop_columns(["locator"]), file)
    assert [loaded.batch for loaded in read(tmp_path)] == whole


def test_a_missing_table_is_named(store: OxigraphStore, tmp_path: Path) -> None:
    write_folder(store, tmp_path, Scope(), "parquet")
    (tmp_path / "evidence.parquet").unlink()
    with pytest.raises(SourceError, match=r"has no evidence\.parquet"):
        list(read(tmp_path))
    (tmp_path / "evidence.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(SourceError, match=r"evidence\.parquet: is no Parquet file"):
        list(read(tmp_path))


def test_a_zip_of_other_things_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as pack:
        pack.writestr("readme.txt", "hello")
    with pytest.raises(SourceError, match=r"has no documents\.csv"):
        list(read(tmp_path / "a.zip"))


def test_json_ld_from_another_writer_with_our_context(store: OxigraphStore, tmp_path: Path) -> None:
    found = json.loads(written(store, "jsonld"))
    (tmp_path / "a.jsonld").write_text(json.dumps(found, indent=2, sort_keys=True), encoding="utf-8")
    again = OxigraphStore()
    put_all(again, tmp_path / "a.jsonld")
    assert set(again.quads()) == set(store.quads())
