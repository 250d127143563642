"""`import_files`: whole documents, merged like an ingest, each refused alone."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from graph.export import Scope, export
from graph.identity import claim_id
from graph.model import DocumentClaims
from graph.store import OxigraphStore
from ingest.importing import import_files
from ingest.run import Failed, Skipped
from tests.graph import samples

CHIPS, MARGINS = samples.sample_batches()


def holding(*batches: DocumentClaims) -> OxigraphStore:
    store = OxigraphStore()
    for batch in batches:
        store.put(batch)
    return store


def exported(store: OxigraphStore, file: Path, *, document: str | None = None) -> Path:
    stream = io.BytesIO()
    export(store, "nquads", stream, Scope(document=document))
    file.write_bytes(stream.getvalue())
    return file


def test_documents_go_in_and_the_same_are_skipped(tmp_path: Path) -> None:
    source, store = holding(CHIPS, MARGINS), holding(MARGINS)
    file = exported(source, tmp_path / "a.nq")
    report = import_files([file], store)
    assert (report.documents, report.claims, report.entities) == (1, 7, 8)
    assert report.skipped == (Skipped(MARGINS.document.source, "the graph holds it as it is"),)
    assert report.failed == ()
    assert set(store.quads()) == set(source.quads())
    assert import_files([file], store).documents == 0
    assert store.version() == 2


def test_a_document_of_the_same_id_is_replaced(tmp_path: Path) -> None:
    store = holding(replace(CHIPS, claims=CHIPS.claims[:1]), MARGINS)
    source = holding(CHIPS)
    report = import_files([exported(source, tmp_path / "a.nq")], store)
    assert report.documents == 1
    assert set(store.quads(CHIPS.document.id)) == set(source.quads())
    assert store.counts().documents == 2


def test_a_bad_document_fails_alone_and_changes_nothing(tmp_path: Path) -> None:
    store, source = holding(CHIPS), holding(CHIPS, MARGINS)
    file = exported(source, tmp_path / "a.nq")
    text = file.read_text(encoding="utf-8").replace('"first annual profit"', '"first annual profit"@en')
    file.write_text(text, encoding="utf-8")
    before = set(store.quads())
    report = import_files([file], store)
    (failed,) = report.failed
    assert (report.documents, len(report.skipped)) == (0, 1)
    assert failed.error.startswith(f"{file}: {MARGINS.document.id} breaks the shape of a document: claim c:")
    assert "(Cambricon milestone first annual profit, “Cambricon booked its first annual profit.”)" in failed.error
    assert set(store.quads()) == before


def test_a_malformed_file_fails_whole_and_the_next_goes_in(tmp_path: Path) -> None:
    good = exported(holding(CHIPS), tmp_path / "good.nq")
    bad = tmp_path / "bad.nq"
    bad.write_bytes(exported(holding(MARGINS), tmp_path / "x.nq").read_bytes() + b"<oops\n")
    store = OxigraphStore()
    report = import_files([bad, good, tmp_path / "none.trig"], store)
    assert [document.id for document in store.documents()] == [CHIPS.document.id]
    assert report.documents == 1
    assert [failed.source for failed in report.failed] == [str(bad), str(tmp_path / "none.trig")]
    assert f"{bad}, line " in report.failed[0].error


def test_another_source_does_not_take_a_document_s_place(tmp_path: Path) -> None:
    posing = replace(MARGINS, document=replace(MARGINS.document, source="https://evil.example/"))
    store = holding(MARGINS)
    report = import_files([exported(holding(posing), tmp_path / "a.nq")], store)
    assert "is https://news.example/" in report.failed[0].error
    assert store.document(MARGINS.document.id).source == MARGINS.document.source


def test_another_statement_does_not_pose_as_a_claim(tmp_path: Path) -> None:
    held = CHIPS.claims[0]
    other = next(claim for claim in MARGINS.claims if claim.predicate == "leads")
    posing = replace(MARGINS, claims=(replace(other, id=held.id),))
    assert claim_id(other) != held.id
    report = import_files([exported(holding(posing), tmp_path / "a.nq")], holding(CHIPS))
    assert report.failed[0].error.endswith(f"claim {held.id} (Jensen Huang leads) says something else in this graph")
    assert import_files([tmp_path / "a.nq"], OxigraphStore()).documents == 1


def test_a_further_check_may_refuse(tmp_path: Path) -> None:
    file = exported(holding(CHIPS), tmp_path / "a.nq")
    report = import_files([file], OxigraphStore(), check=lambda batch: f"{batch.document.title} is not wanted")
    assert report.failed == (Failed(CHIPS.document.source, f"{file}: {CHIPS.document.title} is not wanted"),)


def test_many_documents(tmp_path: Path) -> None:
    source = holding(*samples.many_batches(300, per_document=2))
    store = OxigraphStore()
    said: list[str] = []
    report = import_files([exported(source, tmp_path / "a.nq")], store, progress=lambda step: said.append(step.outcome))
    assert (report.documents, said) == (150, ["in"] * 150)
    assert [d.id for d in store.documents()] == [d.id for d in source.documents()]
