"""The command line over the sample articles: the shapes of the contract, text for people, errors with exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api import models
from api.cli import COMMANDS, run
from api.commands.export import Format
from api.commands.risk import REPORTS
from graph.contract import parse_claim
from graph.export import FORMATS
from graph.namespaces import iri
from graph.store import open_store
from tests.graph.samples import chips_article, margins_article

CHIPS = chips_article().document
MARGINS = margins_article().document

Said = tuple[int, str, str]
Tollgraph = Callable[..., Said]


@pytest.fixture
def tollgraph(capsys: pytest.CaptureFixture[str], small_graph: Path) -> Tollgraph:
    """Run a command line over the small graph: (exit code, stdout, stderr)."""

    def call(*arguments: str, graph: Path = small_graph) -> Said:
        code = run(["--graph", str(graph), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def read(said: Said) -> Any:
    assert (said[0], said[2]) == (0, "")
    return json.loads(said[1])


def rows(said: Said) -> list[Any]:
    assert (said[0], said[2]) == (0, "")
    return [json.loads(line) for line in said[1].splitlines()]


def test_claims_come_one_object_a_line_and_read_back_as_they_are_stored(
    tollgraph: Tollgraph, small_graph: Path
) -> None:
    found = rows(tollgraph("claims", "--json"))
    with open_store(small_graph) as store:
        assert [parse_claim(row) for row in found] == list(store.claims())
    for row in found:
        models.Claim.model_validate(row)


CLAIM_FILTERS: list[tuple[list[str], set[tuple[str, str]]]] = [
    (["--about", "nvda", "--predicate", "grossMargin"], {("Nvidia", "grossMargin")}),
    (["--about", "e:h20"], {("Doubao", "uses")}),
    (["--document", MARGINS.title, "--predicate", "supplies"], {("Nvidia", "supplies")}),
    (["--predicate", "supplies", "--as-of", "2026-02-15"], {("Nvidia", "supplies")}),
    (["--predicate", "supplies", "--as-of", "2026-02-09"], set()),
    (["--predicate", "supplies", "--min-confidence", "0.92"], {("Nvidia", "supplies")}),
]


@pytest.mark.parametrize(("options", "expected"), CLAIM_FILTERS)
def test_claims_are_filtered(tollgraph: Tollgraph, options: list[str], expected: set[tuple[str, str]]) -> None:
    assert {(c["subject"]["label"], c["predicate"]) for c in rows(tollgraph("claims", *options))} == expected


def test_documents_are_listed_and_one_comes_with_its_text(tollgraph: Tollgraph) -> None:
    listed = read(tollgraph("documents", "--json"))
    assert [d["id"] for d in listed] == [CHIPS.id, MARGINS.id]
    for row in listed:
        models.DocumentRecord.model_validate(row)
    one = read(tollgraph("documents", CHIPS.title, "--json"))
    assert (one["text"], one["characters"]) == (CHIPS.text, len(CHIPS.text))
    code, text, _ = tollgraph("documents", MARGINS.id)
    assert code == 0
    assert MARGINS.text in text


def test_entities_are_found_with_aliases_identifiers_and_counts(tollgraph: Tollgraph) -> None:
    (nvidia,) = read(tollgraph("entities", "nvidia corp", "--limit", "1", "--json"))
    models.Entity.model_validate(nvidia)
    assert nvidia["identifiers"] == {"ticker": "NVDA", "wikidata": "Q182477"}
    assert nvidia["claims"] == 3
    chips = read(tollgraph("entities", "--type", "Chip", "--json"))
    assert {e["label"] for e in chips} == {"H20", "SeedChip"}
    assert "字节跳动" in tollgraph("entities")[1]


def test_a_question_is_answered_with_the_quote(tollgraph: Tollgraph) -> None:
    answer = read(tollgraph("ask", "What is ByteDance's capex in 2026?", "--json"))
    models.Answer.model_validate(answer)
    assert answer["status"] == "answered"
    assert (answer["values"][0]["low"], answer["values"][0]["unit"]) == (160000000000, "CNY")
    (item,) = answer["evidence"]
    assert CHIPS.text[item["start"] : item["end"]] == item["quote"]
    code, text, _ = tollgraph("ask", "What is ByteDance's capex in 2026?")
    assert code == 0
    assert f"[1] “{item['quote']}”" in " ".join(text.split())
    assert CHIPS.title in text


def test_what_the_graph_does_not_hold_is_refused_and_that_is_no_failure(tollgraph: Tollgraph) -> None:
    answer = read(tollgraph("ask", "How many chips did Moore Threads ship in 2025?", "--json"))
    assert (answer["status"], answer["values"], answer["claims"]) == ("unknown", [], [])


def test_a_batch_answers_line_by_line_and_follows_up(
    tollgraph: Tollgraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = [
        {"id": "a", "q": "What is Nvidia's gross margin?"},
        {"id": "b", "q": "And Cambricon's?", "after": "a"},
        {"id": "c", "q": "Who supplies ByteDance?", "after": None},
    ]
    lines = "\n".join(json.dumps(turn) for turn in turns) + "\n\n"
    (tmp_path / "batch.jsonl").write_text(lines)
    found = rows(tollgraph("ask", "--batch", str(tmp_path / "batch.jsonl")))
    assert [row["id"] for row in found] == ["a", "b", "c"]
    assert [row["values"][0].get("low") for row in found[:2]] == [70, 55.3]
    assert [v["entity"]["label"] for v in found[2]["values"]] == ["Nvidia"]
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    again = rows(tollgraph("ask", "--batch", "-"))
    assert [row["answer"] for row in again] == [row["answer"] for row in found]


BATCHES: list[tuple[bytes, str]] = [
    (b"{", "line 1: not JSON"),
    (b'\n{"id": 1, "q": "Who?"}', 'line 2: a row needs "id" and "q"'),
    (b'["a"]', 'a row needs "id" and "q"'),
    (b'{"id": "a", "q": "Who?", "after": "z"}', "\"after\" names 'z'"),
    (b"\xff\xfe\x00", "is not UTF-8 text"),
]


@pytest.mark.parametrize(("content", "words"), BATCHES)
def test_a_wrong_batch_is_told_before_anything_is_asked(
    tollgraph: Tollgraph, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "batch").write_bytes(content)
    code, out, err = tollgraph("ask", "--batch", str(tmp_path / "batch"))
    assert (code, out) == (1, "")
    assert words in err


@pytest.mark.parametrize(("report", "entity"), [("exposure", "ByteDance"), ("dependents", "Nvidia")])
def test_risk_reports_in_both_forms(tollgraph: Tollgraph, report: str, entity: str) -> None:
    found = read(tollgraph("risk", report, entity, "--json"))
    models.RiskReport.model_validate(found)
    assert (found["report"], found["entity"]["label"]) == (report, entity)
    assert "Nvidia still ships H20 cards" in json.dumps(found["evidence"])
    code, text, _ = tollgraph("risk", report, entity)
    assert code == 0
    assert "Nvidia still ships H20 cards" in text


SUPPLIED = "SELECT DISTINCT ?c WHERE { entity:nvidia tg:supplies ?c }"


def test_sparql_rows_as_table_json_and_csv(tollgraph: Tollgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tollgraph("sparql", SUPPLIED)[1].split() == ["c", "entity:bytedance"]
    found = read(tollgraph("sparql", SUPPLIED, "--json"))
    assert found["results"]["bindings"] == [
        {"c": {"type": "uri", "value": "https://w3id.org/tollgraph/entity/bytedance"}}
    ]
    assert tollgraph("sparql", SUPPLIED, "--format", "csv")[1].split() == [
        "c",
        "https://w3id.org/tollgraph/entity/bytedance",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { entity:huawei tg:supplies entity:bytedance }"))
    assert tollgraph("sparql", "-")[1] == "no\n"


def test_sparql_triples_as_turtle_and_json_ld(tollgraph: Tollgraph) -> None:
    query = "CONSTRUCT { ?s tg:supplies ?o } WHERE { ?s tg:supplies ?o }"
    assert "entity:nvidia tg:supplies entity:bytedance ." in tollgraph("sparql", query)[1]
    assert "entity/bytedance" in json.dumps(read(tollgraph("sparql", query, "--json")))


def test_a_cut_result_is_said_on_stderr(tollgraph: Tollgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLGRAPH_QUERY_ROWS", "2")
    code, out, err = tollgraph("sparql", "SELECT DISTINCT ?s WHERE { ?s a ?t }", "--format", "csv")
    assert (code, len(out.split())) == (0, 3)
    assert err == "tollgraph: only the first 2 are shown; add LIMIT, or raise TOLLGRAPH_QUERY_ROWS\n"


@pytest.mark.parametrize("format", list(Format))
def test_every_export_goes_to_stdout_or_whole_into_a_file(
    small_graph: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], format: Format
) -> None:
    target = tmp_path / f"graph.{format}.zip"
    where = ["--graph", str(small_graph), "export", "--format", format]
    assert run([*where, "--output", str(target), "--json"]) == 0
    said = json.loads(capfdbinary.readouterr().out)
    assert said == {"format": format, "output": str(target), "bytes": target.stat().st_size}
    assert run(where) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == target.read_bytes()
    assert format.endswith("tables") or b"ByteDance" in target.read_bytes()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("format", [Format.csv_tables, Format.parquet_tables])
def test_tables_are_written_as_a_folder_that_replaces_its_like(
    tollgraph: Tollgraph, tmp_path: Path, format: Format
) -> None:
    target = tmp_path / "tables"
    for _ in range(2):
        said = read(tollgraph("export", "--format", format, "--output", str(target), "--json"))
        assert said["bytes"] == sum(file.stat().st_size for file in target.iterdir())
    suffix = format.removesuffix("-tables")
    names = [f"{table}.{suffix}" for table in ("claims", "documents", "entities", "evidence", "judgements")]
    assert sorted(file.name for file in target.iterdir()) == names
    assert list(tmp_path.iterdir()) == [target]
    (target / "mine.txt").write_text("keep")
    code, _, err = tollgraph("export", "--format", format, "--output", str(target))
    assert code == 2
    assert "tables holds other things (mine.txt)" in err
    assert sorted(file.name for file in target.iterdir()) == sorted([*names, "mine.txt"])


def test_an_export_of_one_document_or_entity(tollgraph: Tollgraph) -> None:
    code, text, _ = tollgraph("export", "--document", MARGINS.title, "--format", "nquads")
    assert (code, {line.split()[-2] for line in text.splitlines()}) == (0, {f"<{iri(MARGINS.id)}>"})
    code, text, _ = tollgraph("export", "--about", "SeedChip", "--format", "csv")
    assert (code, text.count("SeedChip,Chip")) == (0, 2)
    code, _, err = tollgraph("export", "--about", "SeedChip", "--format", "trig")
    assert code == 2
    assert "trig holds whole documents" in err


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld", "csv-tables", "parquet-tables"])
def test_an_export_goes_in_again(tollgraph: Tollgraph, tmp_path: Path, format: str) -> None:
    suffix = {"trig": "trig", "nquads": "nq", "jsonld": "jsonld"}.get(format, "zip")
    first, again, other = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}", tmp_path / "other"
    tollgraph("export", "--format", format, "--output", str(first))
    report = read(tollgraph("import", str(first), "--shacl", "--json", graph=other))
    assert (report["documents"], report["claims"], report["failed"]) == (2, 13, [])
    tollgraph("export", "--format", format, "--output", str(again), graph=other)
    assert again.read_bytes() == first.read_bytes()
    assert len(read(tollgraph("import", str(first), "--json", graph=other))["skipped"]) == 2


def test_an_import_says_what_it_cannot_take(tollgraph: Tollgraph, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("")
    code, out, _ = tollgraph("import", str(tmp_path / "a.ttl"), graph=tmp_path / "other")
    assert code == 3
    assert "failed   " in out
    assert "a.ttl cannot be imported: Turtle is the union of the documents" in out


def test_the_vocabulary_as_owl_shacl_and_context(tollgraph: Tollgraph) -> None:
    code, text, _ = tollgraph("ontology")
    assert (code, "tg:supplies a owl:ObjectProperty" in text) == (0, True)
    assert "tg:ClaimShape a sh:NodeShape" in tollgraph("ontology", "--shapes")[1]
    assert read(tollgraph("ontology", "--context"))["@context"]["id"] == "@id"
    assert isinstance(read(tollgraph("ontology", "--format", "jsonld")), list)
    assert tollgraph("ontology", "--shapes", "--format", "rdfxml")[1].startswith("<?xml")
    assert tollgraph("ontology", "--context", "--shapes")[0] == 2


def test_documents_are_validated(tollgraph: Tollgraph) -> None:
    assert tollgraph("validate", CHIPS.title) == (0, "1 documents checked: 0 violations, 0 warnings.\n", "")
    (warning,) = read(tollgraph("validate", "--json"))
    assert (warning["document"], warning["severity"], warning["property"]) == (MARGINS.id, "warning", "tg:predicate")
    assert warning["message"].startswith("claim c:")
    assert "(Cambricon milestone first annual profit, “Cambricon booked its first" in warning["message"]


def test_the_formats_are_those_that_the_graph_writes(tollgraph: Tollgraph) -> None:
    assert {one.value for one in Format} == set(FORMATS)
    assert read(tollgraph("export", "--json"))["@context"]


def test_an_export_that_cannot_be_written_leaves_nothing(tollgraph: Tollgraph, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "x"):
        code, out, err = tollgraph("export", "--output", str(target))
        assert (code, out) == (2, "")
        assert "cannot be written" in err
    assert list(tmp_path.iterdir()) == []


def test_retracting_takes_out_what_only_that_document_supports(tollgraph: Tollgraph, graph: Path) -> None:
    shared = {c.id for c in chips_article().claims}
    only = [c for c in margins_article().claims if c.id not in shared]
    gone = read(tollgraph("retract", MARGINS.title, "--json", graph=graph))
    assert (gone["document"], gone["claims"]) == (MARGINS.id, len(only))
    assert [d["id"] for d in read(tollgraph("documents", "--json", graph=graph))] == [CHIPS.id]
    code, _, err = tollgraph("retract", MARGINS.title, graph=graph)
    assert code == 1
    assert "no document" in err
    code, out, _ = tollgraph("retract", MARGINS.id, "--forget", graph=graph)
    first, rest = out.splitlines()
    assert (code, first) == (0, f"Erased the history of {MARGINS.id}, which had been retracted before.")
    assert "`tollgraph import all.trig` into a new folder" in rest


def test_what_is_out_already_is_not_found_by_its_file_name(tollgraph: Tollgraph, graph: Path) -> None:
    assert tollgraph("retract", MARGINS.title, graph=graph)[0] == 0
    code, _, err = tollgraph("retract", MARGINS.title, "--forget", graph=graph)
    assert (code, err.endswith("what is out already goes by its id, path or address\n")) == (1, True)


def test_claims_are_filtered_by_side_and_limited(tollgraph: Tollgraph) -> None:
    about = rows(tollgraph("claims", "--about", "Nvidia"))
    of, into = rows(tollgraph("claims", "--subject", "Nvidia")), rows(tollgraph("claims", "--object", "ByteDance"))
    assert [c for c in about if c["subject"]["id"] == "e:nvidia"] == of
    assert {c["object"]["id"] for c in into} == {"e:bytedance"}
    assert rows(tollgraph("claims", "--limit", "2")) == rows(tollgraph("claims"))[:2]


def test_documents_say_their_outlet(tollgraph: Tollgraph) -> None:
    code, out, _ = tollgraph("documents")
    assert (code, str(CHIPS.outlet) in out) == (0, True)


def test_only_what_takes_documents_in_makes_a_graph(tollgraph: Tollgraph, tmp_path: Path) -> None:
    commands = (
        ["retract", "x"],
        ["judge", "unreliable", "example.com", "--why", "x"],
        ["judge", "revoke", "v:0", "--why", "x"],
        ["watch", "add", "x", "--predicate", "supplies"],
        ["watch", "remove", "x"],
    )
    for command in commands:
        code, _, err = tollgraph(*command, graph=tmp_path / "misspelt")
        assert (code, "no graph at" in err) == (1, True), command
    assert list(tmp_path.iterdir()) == []


def test_options_hold_before_and_after_the_name_and_the_later_wins(
    small_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--json", "entities", "--graph", str(small_graph)]) == 0
    assert json.loads(capsys.readouterr().out)
    assert (
        run(["--graph", str(tmp_path / "none"), "risk", "--json", "dependents", "Nvidia", "--graph", str(small_graph)])
        == 0
    )
    assert json.loads(capsys.readouterr().out)["report"] == "dependents"


def test_the_folder_of_the_environment_is_the_default(
    small_graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOLLGRAPH_GRAPH", str(small_graph))
    assert run(["documents", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


ERRORS: list[tuple[list[str], int, str]] = [
    (["claims", "--about", "Nvidea"], 1, "nothing in the graph is called “Nvidea”; did you mean Nvidia?"),
    (["claims", "--predicate", "suplies"], 1, "did you mean supplies?"),
    (["claims", "--document", "nothing like it"], 1, "no document “nothing like it” in this graph"),
    (["claims", "--as-of", "soon"], 2, "'soon' does not match the formats '%Y-%m-%d'; see tollgraph claims --help"),
    (["claims", "--about", ""], 1, "nothing in the graph is called “”"),
    (["claims", "--predicate", ""], 1, "there is no predicate “”"),
    (["diff", "--since", "1h", "--until", "2h"], 2, "(UTC): turn them round"),
    (["entities", "--type", "Chips"], 1, "did you mean Chip?"),
    (["entities", "--limit", "0"], 2, "greater than or equal to 1"),
    (["documents", "d:0000000000000000"], 1, "no document"),
    (["retract", "nothing"], 1, "`tollgraph documents` lists all"),
    (["ask"], 2, "give a question or --batch FILE"),
    (["ask", "Who?", "--batch", "-"], 2, "one of the two"),
    (["ask", "--batch", "nowhere.jsonl"], 1, "nowhere.jsonl: No such file"),
    (["ask", "Who?", "--min-confidence", "7"], 2, "less than or equal to 1"),
    (["risk", "exposure", "ByteDance", "--to", "ByteDance"], 1, "itself"),
    (["risk", "exposure", "Nvidea"], 1, "did you mean Nvidia?"),
    (["risk", "dependents", "Nvidia", "--tiers", "0"], 2, "see tollgraph risk dependents --help"),
    (["sparql", "SELECT * WHERE {"], 1, "malformed SPARQL"),
    (["sparql", "DELETE WHERE { ?s ?p ?o }"], 1, "DELETE is refused"),
    (["sparql", SUPPLIED, "--format", "turtle"], 1, "not as turtle"),
    (["sparql", SUPPLIED, "--format", "yaml"], 2, "see tollgraph sparql --help"),
    (["ingest"], 2, "see tollgraph ingest --help"),
    (["serve", "--port", "70000"], 2, "see tollgraph serve --help"),
    (["clams"], 2, "Did you mean 'claims'?"),
    ([], 2, "Missing command"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), ERRORS)
def test_errors_are_one_line_with_the_way_out(
    tollgraph: Tollgraph, arguments: list[str], code: int, words: str
) -> None:
    got, out, err = tollgraph(*arguments)
    assert (got, out) == (code, "")
    assert err.startswith("tollgraph: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert words in err


def test_a_name_that_several_bear_is_asked_back(tollgraph: Tollgraph, tmp_path: Path) -> None:
    from tests.graph.samples import article, relation

    twins = article(
        "Two of a name",
        ("Ascend the chip is made by Huawei.", relation("Huawei", "develops", "Twin A")),
        ("Ascend the firm supplies Huawei.", relation("Twin B", "supplies", "Huawei")),
    )
    from dataclasses import replace

    named = tuple(replace(e, aliases=("Ascend",)) if e.label.startswith("Twin") else e for e in twins.entities)
    with open_store(tmp_path / "twins", write=True) as store:
        store.put(replace(twins, entities=named))
    code, _, err = tollgraph("claims", "--about", "Ascend", graph=tmp_path / "twins")
    assert code == 1
    assert "“Ascend” may be" in err
    assert "give the id" in err


def test_stores_that_cannot_be_opened(tollgraph: Tollgraph, tmp_path: Path, graph: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder, words in ((tmp_path / "none", "no graph at"), (tmp_path / "file", "is a file, not a graph's folder")):
        code, out, err = tollgraph("claims", graph=folder)
        assert (code, out) == (1, "")
        assert words in err
    (graph / "format").write_text("99\n")
    assert "newer Tollgraph" in tollgraph("ask", "Who supplies ByteDance?", graph=graph)[2]


def test_a_store_in_use_is_said_with_its_holder(
    tollgraph: Tollgraph, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLGRAPH_LOCK_SECONDS", "0")
    with open_store(graph):
        code, _, err = tollgraph("retract", CHIPS.id, graph=graph)
    assert code == 1
    assert "is in use by process" in err


def test_a_wrong_setting_is_named(tollgraph: Tollgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLGRAPH_PORT", "many")
    code, _, err = tollgraph("documents")
    assert code == 2
    assert err.startswith("tollgraph: TOLLGRAPH_PORT=many: ")


def test_the_help_names_every_command_and_every_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in (*COMMANDS, "risk"))
    assert run(["risk", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in REPORTS)


def test_no_arguments_show_the_help_and_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "Usage: tollgraph" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tollgraph 0.")


HEAVY = (
    "torch",
    "spacy",
    "sentence_transformers",
    "pyshacl",
    "trafilatura",
    "rdflib",
    "fastapi",
    "pyoxigraph",
    "numpy",
)


def test_starting_loads_nothing_heavy() -> None:
    code = "import sys, api.cli; api.cli.run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in done.stderr.split() if name.partition(".")[0] in HEAVY] == []


def test_asking_needs_no_language_model(small_graph: Path) -> None:
    code = "import sys, api.cli; api.cli.run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "ask", "Who supplies ByteDance?", "--graph", str(small_graph)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Nvidia" in done.stdout
    assert {"torch", "spacy", "sentence_transformers"} & set(done.stderr.split()) == set()


def test_an_answer_loads_neither_numpy_nor_risk_reports(small_graph: Path) -> None:
    code = "import sys, api.cli; api.cli.run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "ask", "Who leads Nvidia?", "--graph", str(small_graph)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "qa.engine" in loaded
    assert {"numpy", "rapidfuzz", "qa.passages", "qa.run_reports", "qa.risk.envelope"} & loaded == set()


def test_a_reader_that_goes_away_is_no_error(small_graph: Path) -> None:
    command = f"{sys.executable} -c 'from api.cli import main; main()' claims --graph {small_graph} | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{", "")
