import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from graph.errors import AmbiguousError, StoreError, UnknownError
from graph.model import Document, DocumentClaims
from graph.settings import Settings
from graph.store.oxigraph import OxigraphStore
from ingest.run import Failed, Progress, Report, Skipped, ingest_documents, ingest_sources, retract
from ingest.sources import document
from tests.ingest.toy import NOW, extract

SETTINGS = Settings()


def ingest(store: OxigraphStore, *arguments: object, **options: object) -> Report:
    given = {"settings": SETTINGS, "extract": extract, "now": lambda: NOW} | options
    return ingest_sources([str(argument) for argument in arguments], store, **given)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("Chips\n\nVale supplies Northfield. Berg supplies Vale.\n")
    (folder / "two.txt").write_text("Fabs\n\nVale supplies Northfield. ???\n")
    return folder


def test_a_folder_goes_in_and_is_counted_once(folder: Path):
    store = OxigraphStore()
    report = ingest(store, folder, folder / "one.txt")
    assert report.to_json() == {
        "documents": 2,
        "entities": 3,
        "claims": 2,
        "skipped": [],
        "failed": [],
        "notes": [f"{folder}/two.txt: one sentence left out"],
    }
    assert (store.counts().documents, store.counts().claims) == (2, 2)
    assert [d.title for d in store.documents()] == ["Chips", "Fabs"]


def test_one_bad_source_fails_alone(folder: Path):
    (folder / "bad.txt").write_bytes(b"%PDF-1.4")
    (folder / "poison.txt").write_text("poison supplies Vale.")
    seen: list[Progress] = []
    store = OxigraphStore()
    report = ingest(store, folder, folder / "missing.txt", progress=seen.append)
    assert report.documents == store.counts().documents == 2
    assert report.failed == (
        Failed(
            f"{folder}/bad.txt",
            f"{folder}/bad.txt: this is a PDF, which is not read yet; save its text as .txt or .html.",
        ),
        Failed(f"{folder}/poison.txt", "poisoned"),
        Failed(f"{folder}/missing.txt", f"{folder}/missing.txt: no such file or folder; check the path."),
    )
    assert [(p.done, p.total, Path(p.source).name, p.outcome) for p in seen] == [
        (1, 5, "bad.txt", "failed"),
        (2, 5, "one.txt", "in"),
        (3, 5, "poison.txt", "failed"),
        (4, 5, "two.txt", "in"),
        (5, 5, "missing.txt", "failed"),
    ]


def test_everything_that_can_be_wrong_in_one_batch(folder: Path, tmp_path: Path):
    bad = tmp_path / "bad"
    (bad / "empty folder").mkdir(parents=True)
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (bad / "empty.txt").write_bytes(b"")
    (bad / "huge.txt").write_bytes(b"Vale supplies Northfield. " * 2_000_000)
    (bad / "links.html").write_text("<html><body><nav><a href=/>Home</a></nav></body></html>")
    (folder / "west.txt").write_bytes("Fabs\n\nMüller supplies Vale. It’s a café.\n".encode("cp1252"))
    clock = time.process_time()
    store = OxigraphStore()
    report = ingest(store, bad, bad / "empty folder", bad / "missing.txt", "http://127.0.0.1:9/x", folder, folder)
    assert time.process_time() - clock < 5
    assert [d.title for d in store.documents()] == ["Chips", "Fabs", "Fabs"]
    assert {c.subject.label for c in store.claims()} == {"Vale", "Berg", "Müller"}
    reasons = [failed.error.removeprefix(f"{bad}/") for failed in report.failed]
    assert reasons == [
        "binary.txt: this is a binary file, not text; give .txt, .md or .html.",
        "empty.txt: empty; give a text with something in it.",
        "huge.txt: longer than 2,000,000 characters; split it, or raise TOLLGRAPH_MAX_CHARACTERS.",
        "links.html: no article in this HTML page; save the article's text and ingest that.",
        "empty folder: no .txt, .md, .html, .htm file in this folder; name the files, or another folder.",
        "missing.txt: no such file or folder; check the path.",
        "http://127.0.0.1:9/x: cannot be fetched ([Errno 111] Connection refused); check address and network.",
    ]


def test_a_store_in_use_by_another_process_says_by_whom(folder: Path, tmp_path: Path):
    code = "import sys, pathlib; from graph.store.oxigraph import OxigraphStore as S; "
    code += "s = S(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(tmp_path / "store")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"store is in use by process {child.pid} .*; wait for it or stop it"):
            OxigraphStore(tmp_path / "store", lock_seconds=0.1)
        child.kill()
    with OxigraphStore(tmp_path / "store") as store:
        assert ingest(store, folder).documents == 2


def test_an_unchanged_document_is_skipped_and_a_changed_one_replaced(folder: Path):
    store = OxigraphStore()
    ingest(store, folder)
    (folder / "one.txt").write_text("Chips\n\nBerg supplies Northfield.\n")
    report = ingest(store, folder)
    assert (report.documents, report.claims) == (1, 1)
    assert report.skipped == (Skipped(f"{folder}/two.txt", "unchanged since it was ingested"),)
    assert {(c.subject.label, len(c.evidence)) for c in store.claims()} == {("Berg", 1), ("Vale", 1)}
    assert store.counts().documents == 2
    assert ingest(store, folder, again=True).documents == 2


def test_an_acknowledged_document_is_in_the_store(folder: Path):
    store = OxigraphStore()

    def check(progress: Progress) -> None:
        assert progress.document is not None
        assert store.document(progress.document.id).text == progress.document.text

    assert ingest(store, folder, progress=check).documents == 2


def test_an_extractor_that_breaks_on_one_text_does_not_keep_the_others_out(folder: Path):
    store = OxigraphStore()

    def broken(found: Document) -> DocumentClaims:
        if found.title == "Chips":
            raise ZeroDivisionError
        return extract(found)

    report = ingest(store, folder, extract=broken)
    name = f"{folder}/one.txt"
    assert report.failed == (Failed(name, f"{name}: cannot be taken in (ZeroDivisionError); please report it."),)
    assert [d.title for d in store.documents()] == ["Fabs"]


def test_errors_of_the_store_end_the_run_with_all_that_was_acknowledged(folder: Path, monkeypatch: pytest.MonkeyPatch):
    store = OxigraphStore()
    put, acknowledged = store.put, []

    def full(batch: DocumentClaims) -> None:
        if store.counts().documents:
            raise StoreError("the disk is full")
        put(batch)

    monkeypatch.setattr(store, "put", full)
    with pytest.raises(StoreError, match="the disk is full"):
        ingest(store, folder, progress=acknowledged.append)
    assert [d.source for d in store.documents()] == [p.source for p in acknowledged] == [f"{folder}/one.txt"]


def test_a_store_that_cannot_be_written_ends_the_run(folder: Path, tmp_path: Path):
    OxigraphStore(tmp_path / "store").close()
    with OxigraphStore(tmp_path / "store", write=False) as store, pytest.raises(StoreError):
        ingest(store, folder)


def test_documents_already_made():
    store = OxigraphStore()
    posted = document("Vale supplies Northfield.", source="-", settings=SETTINGS, now=NOW)
    poison = replace(posted, id="d:1", source="x", text="poison")
    report = ingest_documents([posted, poison, posted], store, extract=extract)
    assert (report.documents, report.claims) == (1, 1)
    assert report.failed == (Failed("x", "poisoned"),)
    assert [s.source for s in report.skipped] == [posted.source]


@pytest.mark.parametrize("name", ["id", "path", "relative", "one.txt", "one", "Chips", "CHIPS"])
def test_retract_by_any_name(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    store = OxigraphStore()
    ingest(store, folder)
    monkeypatch.chdir(folder.parent)
    [made] = [d for d in store.documents() if d.title == "Chips"]
    given = {"id": made.id, "path": made.source, "relative": "texts/one.txt"}.get(name, name)
    retraction = retract(store, given)
    assert retraction.to_json() == {
        "document": made.id,
        "title": "Chips",
        "source": made.source,
        "claims": 1,
        "entities": 1,
    }
    assert [(c.subject.label, len(c.evidence)) for c in store.claims()] == [("Vale", 1)]


def test_retract_says_what_it_does_not_know(folder: Path):
    store = OxigraphStore()
    with pytest.raises(UnknownError, match=r"no document “x” in this graph; `tollgraph documents` lists all"):
        retract(store, "x")
    (folder / "three.txt").write_text("Chips\n\nBerg supplies Vale.\n")
    ingest(store, folder)
    with pytest.raises(UnknownError, match=r"did you mean “Fabs”\?") as caught:
        retract(store, "Fab")
    assert caught.value.suggestions == ("Fabs",)
    with pytest.raises(AmbiguousError, match=r"“chips” fits 2 documents: d:.*; name one by its id") as several:
        retract(store, "chips")
    assert len(several.value.suggestions) == 2
    assert store.counts().documents == 3


def test_many_small_documents_take_the_same_time_each(tmp_path: Path):
    for number in range(4_000):
        (tmp_path / f"{number:05}.txt").write_text(f"Note {number}\n\nFirm{number % 50} supplies Firm{number % 7}.\n")
    clock: list[float] = []
    store = OxigraphStore()
    report = ingest(store, tmp_path, progress=lambda _: clock.append(time.process_time()))
    assert (report.documents, store.counts().documents) == (4_000, 4_000)
    each = [after - before for before, after in pairwise(clock)]
    assert median(each[-1000:]) < 2.5 * median(each[500:1500])


PER_DOCUMENT = 60


def test_a_killed_run_leaves_whole_documents_and_all_that_was_acknowledged(tmp_path: Path):
    texts, path = tmp_path / "texts", tmp_path / "store"
    texts.mkdir()
    for number in range(400):
        said = " ".join(f"Firm{number} supplies Buyer{i}." for i in range(PER_DOCUMENT))
        (texts / f"{number:03}.txt").write_text(f"Report {number}\n\n{said}\n")
    luck, acknowledged, interrupted = random.Random(7), set(), 0
    for early in (True, True, False, False, False, False):
        command = [sys.executable, "-m", "tests.ingest.toy", str(path), str(texts)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout is not None
            if not early:
                acknowledged.add(child.stdout.readline().strip())
            time.sleep(luck.uniform(0, 0.6 if early else 0.25))
            os.kill(child.pid, signal.SIGKILL)
            acknowledged |= {line.strip() for line in child.stdout if line.endswith("\n")}
        interrupted += child.returncode == -signal.SIGKILL
        with OxigraphStore(path) as store:
            stored = {d.id for d in store.documents()}
            assert acknowledged <= stored
            per_document = Counter(e.document for claim in store.claims() for e in claim.evidence)
            assert per_document == dict.fromkeys(stored, PER_DOCUMENT)
            for document_id in stored:
                assert store.document(document_id).text.count("supplies") == PER_DOCUMENT
    assert interrupted > 0


def test_forgetting_erases_the_history_even_after_a_retraction(folder: Path):
    store = OxigraphStore()
    ingest(store, folder)
    path = str(folder / "one.txt")
    taken = retract(store, path)
    assert taken.claims == 1
    gone = retract(store, path, forget=True)
    assert (gone.document.id, gone.document.source, gone.claims) == (taken.document.id, path, 0)
    with pytest.raises(UnknownError, match="no document “"):
        retract(store, path, forget=True)


def test_a_document_that_breaks_the_shapes_fails_alone_with_its_claim(folder: Path):
    def inverted(document: Document) -> DocumentClaims:
        batch = extract(document)
        if "Zed" not in document.text:
            return batch
        return replace(batch, claims=tuple(replace(claim, confidence=Decimal(2)) for claim in batch.claims))

    (folder / "zed.txt").write_text("Zed supplies Yam.")
    with OxigraphStore() as store:
        report = ingest_sources([str(folder)], store, settings=Settings(), extract=inverted, now=lambda: NOW)
        assert all("zed.txt" not in document.source for document in store.documents())
    (failed,) = (one for one in report.failed if "zed.txt" in one.source)
    assert "breaks the shape of a document: claim c:" in failed.error
    assert "(Zed supplies Yam, “Zed supplies Yam.”): tg:confidence is “2”, not within 0 and 1" in failed.error
    assert report.documents > 0
