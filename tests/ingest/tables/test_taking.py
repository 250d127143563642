"""Tables into a store and out again: skipped, replaced, in parts, retracted; over the command line and HTTP."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import run
from graph.export import export
from graph.locators import spoken
from graph.model import DocumentClaims
from graph.rdf import decode, encode
from graph.settings import Settings
from graph.store import OxigraphStore
from ingest.run import Report, ingest_sources, retract
from ingest.tables import batches as parts
from ingest.tables import taking
from qa.passages import Passages
from qa.passages.rows import is_table
from tests.api.graphs import HOST, no_claims
from tests.ingest.tables.made import SHARES, read
from tests.ingest.toy import NOW, extract

CSV = "firm,item,share\nNvidia,accelerators,61%\nOrvanta,accelerators,3%\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "shares.csv"
    file.parent.mkdir()
    file.write_text(CSV)
    (file.parent / "shares.mapping.yaml").write_text(SHARES)
    return file


def ingest(store: OxigraphStore, *sources: Path, strict: bool = False) -> Report:
    named = [str(source) for source in sources]
    return ingest_sources(named, store, settings=Settings(), extract=extract, now=lambda: NOW, strict=strict)


def labels(store: OxigraphStore) -> list[str]:
    return sorted(claim.subject.label for claim in store.claims())


def test_a_table_goes_in_by_the_mapping_beside_it_and_is_skipped_unchanged(table: Path) -> None:
    store = OxigraphStore()
    (table.parent / "note.txt").write_text("Note\n\nVale supplies Northfield.\n")
    report = ingest(store, table.parent)
    assert (report.documents, report.claims, report.failed, report.notes) == (2, 3, (), ())
    again = ingest(store, table.parent)
    assert [skipped.reason for skipped in again.skipped] == ["unchanged since it was ingested"] * 2


def test_a_changed_table_or_mapping_replaces_and_retraction_leaves_nothing(table: Path) -> None:
    store = OxigraphStore()
    ingest(store, table)
    table.write_text(CSV.replace("Orvanta", "Brackwell"))
    assert ingest(store, table).documents == 1
    assert labels(store) == ["Brackwell", "Nvidia"]
    (table.parent / "shares.mapping.yaml").write_text(SHARES.replace("scope: item", "scope: {is: chips}"))
    assert ingest(store, table).documents == 1
    assert {claim.scope for claim in store.claims()} == {"chips"}
    gone = retract(store, str(table))
    assert (gone.claims, gone.entities) == (2, 2)
    assert store.counts().documents == store.counts().claims == store.counts().entities == 0


def test_a_long_table_is_one_source_in_and_out(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 2)
    store = OxigraphStore()
    table.write_text("firm,item,share\n" + "".join(f"Firm {n},chips,{n}%\n" for n in range(1, 6)))
    assert (ingest(store, table).documents, len(labels(store))) == (3, 5)
    assert ingest(store, table).skipped[0].reason == "unchanged since it was ingested"
    table.write_text("firm,item,share\n" + "".join(f"Firm {n},chips,{n}%\n" for n in range(1, 4)))
    assert ingest(store, table).documents == 1
    assert labels(store) == ["Firm 1", "Firm 2", "Firm 3"]
    table.write_text(CSV)
    ingest(store, table)
    assert [document.source for document in store.documents()] == [str(table)]
    table.write_text("firm,item,share\n" + "".join(f"Firm {n},chips,{n}%\n" for n in range(1, 6)))
    ingest(store, table)
    gone = retract(store, str(table))
    assert (gone.document.title, gone.parts, gone.claims, gone.entities) == ("Shares", 3, 5, 5)
    assert store.counts().documents == store.counts().claims == 0


def test_an_interrupted_run_leaves_whole_parts_and_the_next_goes_on(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 2)
    table.write_text("firm,item,share\n" + "".join(f"Firm {n},chips,{n}%\n" for n in range(1, 6)))
    store = OxigraphStore()
    put = store.put_many
    monkeypatch.setattr(taking, "TOGETHER", 1)

    def interrupted(group: list[DocumentClaims]) -> int:
        if "4-5" in group[0].document.source:
            raise KeyboardInterrupt
        return put(group)

    monkeypatch.setattr(store, "put_many", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ingest(store, table)
    assert labels(store) == ["Firm 1", "Firm 2"]
    monkeypatch.setattr(store, "put_many", put)
    assert ingest(store, table).documents == 2
    assert len(labels(store)) == 5


def test_faults_are_counted_unless_strict(table: Path) -> None:
    table.write_text(CSV + "Brackwell,accelerators,plenty\n")
    store = OxigraphStore()
    report = ingest(store, table, strict=True)
    assert report.failed[0].error == (
        f"{table}: 1 skipped (no amount): row 4: share “plenty” is no number; nothing was taken in, as --strict asks."
    )
    assert store.counts().claims == 0
    report = ingest(store, table)
    assert report.notes == (f"{table}: 1 skipped (no amount): row 4: share “plenty” is no number",)
    assert labels(store) == ["Nvidia", "Orvanta"]


def test_a_table_without_a_mapping_and_a_wrong_one_fail_alone(table: Path) -> None:
    (table.parent / "other.csv").write_text(CSV)
    store = OxigraphStore()
    report = ingest(store, table.parent / "other.csv", table)
    assert report.documents == 1
    assert "a table needs a mapping: give --mapping FILE, or put other.mapping.yaml beside it" in report.failed[0].error
    (table.parent / "other.mapping.yaml").write_text(SHARES.replace("marketShare", "share"))
    assert "there is no predicate “share”" in ingest(store, table.parent / "other.csv").failed[0].error


def test_locators_survive_the_store_and_every_export(table: Path, tmp_path: Path) -> None:
    (batch,), _ = read(CSV)
    assert decode(encode(batch)).claims == tuple(sorted(batch.claims, key=lambda claim: claim.id))
    store = OxigraphStore()
    ingest(store, table)
    assert {e.locator for c in store.claims() for e in c.evidence} == {"cell=2,1;2,2;2,3", "cell=3,1;3,2;3,3"}
    with (tmp_path / "g.trig").open("wb") as stream:
        export(store, "trig", stream)
    assert 'tg:locator "cell=2,1;2,2;2,3"' in (tmp_path / "g.trig").read_text()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command_line(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping, graph = str(table.parent / "shares.mapping.yaml"), str(tmp_path / "g")
    assert said(capsys, "tables", "check", mapping) == (0, "shares.mapping.yaml: 1 template.\n", "")
    code, out, _ = said(capsys, "tables", "check", mapping, str(table))
    assert (code, out.splitlines()) == (
        0,
        [
            "2 rows: 2 claims, 2 entities.",
            "  cell=2,1;2,2;2,3 Nvidia market share: 61% (accelerators)",
            "  cell=3,1;3,2;3,3 Orvanta market share: 3% (accelerators)",
        ],
    )
    found = json.loads(said(capsys, "tables", "check", mapping, str(table), "--first", "1", "--json")[1])
    assert (found["rows"], found["claims"], len(found["first"])) == (2, 2, 1)
    assert found["first"][0]["evidence"][0]["locator"] == "cell=2,1;2,2;2,3"
    assert not Path(graph).exists()
    other = tmp_path / "copy.txt"
    other.write_text(CSV)
    code, out, _ = said(capsys, "ingest", str(other), "--mapping", mapping, "--graph", graph)
    assert (code, out) == (0, "1 document in: 2 entities, 2 claims.\n")
    code, out, _ = said(capsys, "retract", str(other), "--graph", graph)
    assert (code, out) == (0, "Took out “Shares” and the 2 claims that only it supported.\n")
    code, _, err = said(capsys, "ingest", str(other), "--mapping", "nothing", "--graph", graph)
    assert (code, err) == (2, err)
    assert "nothing: cannot be read (No such file or directory)" in err
    code, out, _ = said(capsys, "tables", "mappings")
    assert "eto-provision" in out
    code, out, _ = said(capsys, "tables", "mappings", "eto-providers")
    assert out.startswith("# providers.csv")


def test_standard_input_is_known_by_what_it_says(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping, graph = str(table.parent / "shares.mapping.yaml"), str(tmp_path / "g")
    for text in (CSV, CSV.replace("61", "62")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert said(capsys, "ingest", "-", "--mapping", mapping, "--graph", graph)[0] == 0
    held = json.loads(said(capsys, "documents", "--graph", graph, "--json")[1])
    assert len(held) == 2
    assert all(document["source"].startswith("-:") for document in held)


@pytest.fixture
def served() -> Iterator[tuple[TestClient, OxigraphStore]]:
    store = OxigraphStore()
    with TestClient(create_app(store, Settings(), extract=no_claims), base_url=HOST) as client:
        yield client, store


def done(client: TestClient, job: dict[str, str]) -> dict[str, object]:
    for _ in range(500):
        found: dict[str, object] = client.get(f"/v1/jobs/{job['id']}").json()
        if found["status"] in ("done", "failed"):
            return found
        time.sleep(0.01)
    raise AssertionError("the job does not end")


def test_over_http(served: tuple[TestClient, OxigraphStore]) -> None:
    client, store = served
    sent = client.post("/v1/documents", files={"file": ("shares.csv", CSV)}, data={"mapping": SHARES})
    assert sent.status_code == 202
    job = done(client, sent.json())
    assert (job["status"], job["documents"], job["claims"], job["error"]) == ("done", 1, 2, None)
    assert [document.source for document in store.documents()] == ["upload:shares.csv"]
    by_text = client.post("/v1/documents", json={"text": CSV, "mapping": SHARES})
    assert done(client, by_text.json())["claims"] == 2
    wrong = client.post("/v1/documents", json={"text": CSV, "mapping": SHARES.replace("firm", "frm")})
    assert "has no column “frm”; did you mean “firm”" in str(done(client, wrong.json())["error"])
    files = {"file": ("shares.csv", CSV), "mapping": ("m.yaml", b"\xff\xfe")}
    assert client.post("/v1/documents", files=files).json()["detail"].startswith("the mapping is no text in UTF-8")


def test_the_rows_of_a_table_are_no_passages(table: Path) -> None:
    store = OxigraphStore()
    (table.parent / "note.txt").write_text("Note\n\nVale supplies Northfield with accelerators.\n")
    ingest(store, table.parent)
    found = Passages(store).search("accelerators")
    assert [passage.document for passage in found] == [d.id for d in store.documents() if d.title == "Note"]
    assert [is_table(store, d.id) for d in store.documents()] == [d.title == "Shares" for d in store.documents()]


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("cell=17,5", "row 17, column 5"),
        ("cell=17,1;17,2;17,5", "row 17, columns 1, 2 and 5"),
        ("row=3-8", "row 3-8"),
        ("cell=1,1;2,2", "cell=1,1;2,2"),
        ("", ""),
    ],
)
def test_a_locator_in_words(locator: str, words: str) -> None:
    assert spoken(locator) == words


def test_reports_and_answers_name_row_and_columns(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = str(tmp_path / "g")
    said(capsys, "ingest", str(table), "--graph", graph)
    _, out, _ = said(capsys, "risk", "concentration", "accelerators", "--graph", graph)
    assert "Shares, row 2, columns 1, 2 and 3, 2026-02-01" in " ".join(out.split())
    _, out, _ = said(capsys, "ask", "What is Nvidia's market share?", "--graph", graph)
    assert "Shares, row 2, columns 1, 2 and 3, 2026-02-01" in out
