"""The suites on foreign graphs as a whole: sets read from files, systems asked, tables, page and misses."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from api import evaluation
from api.evaluation.foreign import measure, readers
from api.evaluation.foreign.engine import answers
from api.evaluation.foreign.gold_query import GoldQuery
from api.evaluation.foreign.measure import OURS, SYSTEMS, refusals, suite
from api.evaluation.foreign.score import outcomes
from api.evaluation.markdown import page
from api.evaluation.misses import misses
from api.evaluation.results import EvaluationReport
from api.evaluation.tables_questions import graphs, losses, questions
from api.evaluation.tables_questions import refusals as refusals_table
from graph.errors import SettingsError, SourceError
from qa.rdf.sources import Files
from tests.evaluation.harbours import PREFIX, Scripted, harbours
from tests.shared import SHARED, needs_shared

TRIPLES = (
    '<http://valuenet/ontop/boat/id=1> <http://valuenet/ontop/boat#name> "Gull" .\n'
    "<http://valuenet/ontop/boat/id=1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<http://valuenet/ontop/boat> .\n"
)
SINGLE = [
    {
        "id": "s1", "kg": "boats", "question": "How many boats are there?", "synonym_question": "How many ships exist?",
        "sparql": "select (count(*) as ?n) where { ?b a :boat . }", "sql": "SELECT count(*) FROM boat", "gold": [[1]],
    },
    {
        "id": "s2", "kg": "boats", "question": "List the boat names.", "synonym_question": None,
        "sparql": r"select ?n where { ?b :boat\#name ?n . }", "sql": "SELECT name FROM boat", "gold": [["Gull"]],
    },
]  # fmt: skip
DIALOGUES = [
    {
        "id": "d1", "kg": "boats", "final": "?",
        "turns": [
            {"utterance": "List the boat names.", "sql": "SELECT name FROM boat", "gold": [["Gull"]], "gold_n": 1},
            {"utterance": "How many?", "sql": "SELECT count(*) FROM boat", "gold": [[1]], "gold_n": 1},
            {"utterance": "Which ports?", "sql": "SELECT port FROM boat", "gold": None, "gold_n": None},
            {"utterance": "And now?", "sql": "SELECT name FROM boat", "gold": [["Gull"]], "gold_n": 1},
        ],
    }
]  # fmt: skip
ENGINE = Scripted({"How many boats are there?": [["1"]], "List the boat names.": [["Tern"]], "How many?": [["1"]]}, 0.5)


@pytest.fixture
def spider(tmp_path: Path) -> Path:
    (tmp_path / "kg").mkdir()
    (tmp_path / "kg" / "boats.nt.gz").write_bytes(gzip.compress(TRIPLES.encode()))
    (tmp_path / "single_turn.json").write_text(json.dumps(SINGLE), encoding="utf-8")
    (tmp_path / "sparc_dialogues.json").write_text(json.dumps(DIALOGUES), encoding="utf-8")
    return tmp_path


def test_single_questions_rewrites_and_dialogues_are_read(spider: Path) -> None:
    single = readers.read_spider(spider)
    assert [(q.id, q.kind, q.gold) for q in single.asked] == [("s1", "count", (("1",),)), ("s2", "list", (("gull",),))]
    assert single.graphs == {"boats": (spider / "kg" / "boats.nt.gz",)}
    (rewrite,) = readers.read_synonyms(spider).asked
    assert (rewrite.id, rewrite.text) == ("s1", "How many ships exist?")
    turns = readers.read_dialogues("sparc", spider).asked
    assert [(q.id, q.after, q.kind) for q in turns] == [("d1/1", None, "turn 1"), ("d1/2", "d1/1", "turn 2")]


def test_a_folder_that_lacks_something_is_an_error(spider: Path) -> None:
    with pytest.raises(SourceError, match=r"evaluation file missing: .*cosql_dialogues\.json"):
        readers.read_dialogues("cosql", spider)
    (spider / "single_turn.json").write_text("[", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"single_turn\.json: no JSON"):
        readers.read_spider(spider)
    (spider / "kg" / "boats.nt.gz").unlink()
    with pytest.raises(SourceError, match=r"no graphs \*\.nt\.gz"):
        readers.read_dialogues("sparc", spider)


def test_metaqa_marks_are_taken_out_and_the_chain_is_written(tmp_path: Path) -> None:
    row = {
        "hops": 2,
        "qtype": "actor_to_movie_to_year",
        "question": "when did [Ann Oar]'s films start",
        "gold": ["1999"],
    }
    (tmp_path / "questions_300.json").write_text(json.dumps([row]), encoding="utf-8")
    (question,) = readers.read_metaqa(tmp_path).asked
    assert (question.text, question.kind) == ("when did Ann Oar's films start", "2 hops")
    assert (question.mentions, question.gold) == (("Ann Oar",), (("1999",),))
    steps = '?x0 rdfs:label "Ann Oar" . ?x1 :starred_actors ?x0 . ?x1 :release_year ?x2'
    assert question.sparql.endswith(f"SELECT DISTINCT ?x2 WHERE {{ {steps} }}")
    assert GoldQuery(question.sparql).constants == ("Ann Oar",)


def test_the_insurance_set_is_read(tmp_path: Path) -> None:
    row = {
        "question": "How many?",
        "quadrant": "LQLS",
        "sparql": PREFIX,
        "sql": "select count(*) from x",
        "gold": [["2"]],
    }
    (tmp_path / "questions.json").write_text(json.dumps([row]), encoding="utf-8")
    found = readers.read_acme(tmp_path)
    assert (found.asked[0].id, found.asked[0].kind, found.asked[0].gold) == ("acme-1", "LQLS", (("2",),))
    assert [path.name for path in found.graphs["acme"]] == ["insurance.ttl", "acme.nt"]


def report_of(spider: Path) -> EvaluationReport:
    found = [*suite("spider-rdf", spider, lambda _: None, lambda _: ENGINE)]
    return EvaluationReport("1.2.3", (*found, *suite("sparc", spider, lambda _: None, lambda _: ENGINE)))


def test_every_system_is_asked_and_stands_in_the_tables(spider: Path) -> None:
    report = report_of(spider)
    head, *rows = questions(report)
    assert len(head) == len(rows[0]) == 11
    assert [row[:2] for row in rows] == [[s, system] for s in ("spider-rdf", "sparc") for system in SYSTEMS]
    assert rows[0][2:] == ["2", ".500", ".500", ".000", ".500", "–", ".500", ".500", ".500"]
    assert rows[1][2:6] == ["2", "1.000", ".000", ".000"]
    _, *parts = graphs(report, "spider-rdf")
    assert [row[:3] for row in parts] == [
        ["boats", "1 / 2", "2 / 2"],
        ["count", "1 / 1", "1 / 1"],
        ["list", "0 / 1", "1 / 1"],
    ]
    shown = io.StringIO()
    evaluation.print_report(report, Console(file=shown, width=200))
    assert "keywords, one hop" in shown.getvalue()


def test_the_page_names_misses_by_cause_and_quotes_nothing(spider: Path) -> None:
    text = page(report_of(spider))
    assert "## spider-rdf by graph and kind: right / asked" in text
    assert "- another value: s2" in text
    assert "- another value: d1/1" in text
    assert not any(words in text for words in ("List the boat names", "Gull", "Tern"))


def test_misses_are_written_for_whoever_works_on_the_parser(spider: Path, tmp_path: Path) -> None:
    evaluation.write_misses(report_of(spider), tmp_path / "out" / "misses.jsonl")
    first, second = map(json.loads, (tmp_path / "out" / "misses.jsonl").read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["question"], first["cause"]) == ("s2", "List the boat names.", "another value")
    assert (first["gold"], first["said"]) == ({"n": 1, "rows": [["gull"]]}, {"n": 1, "rows": [["tern"]]})
    assert (first["understood"], first["confidence"], second["suite"]) == ("as asked", 0.5, "sparc")


def test_refusals_stand_in_tables_and_misses(tmp_path: Path) -> None:
    engine = Scripted({"What is the length of Gull?": [["15"]]})
    report = EvaluationReport("1.2.3", tuple(refusals([harbours(tmp_path)], lambda _: None, lambda _: engine)))
    _, *rows = refusals_table(report)
    ours = {row[1]: row[2:] for row in rows if row[0] == OURS}
    assert ours["fact deleted"] == ["1", "0", "0", "1"]
    assert ours["name deleted"] == ["2", "1", "0", "1"]
    assert losses(report)[1] == [OURS, ".500", ".500", "3", "0", ".667", "–"]
    assert {row["cause"] for row in misses(report)} == {"false answer"}
    text = page(report)
    assert "## Questions without an answer" in text
    assert "- false answer: h1, " in text


def test_the_suite_takes_the_sets_that_are_there(spider: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(measure, "refusals", lambda sets, *_: seen.append([s.name for s in sets]) or [])
    (tmp_path / "metaqa").mkdir()
    (tmp_path / "metaqa" / "questions_300.json").write_text("[]", encoding="utf-8")
    measure.abstention(tmp_path, lambda _: None)
    assert seen == [["metaqa"]]


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ["spider-rdf", "acme-insurance"])
def test_the_gold_queries_themselves_are_right(name: str) -> None:
    """The scorer and the readers against the sets: each gold SPARQL must give what its gold rows say."""
    assert SHARED is not None
    folder = SHARED / "data" / "kgqa" / name
    if not folder.is_dir():
        pytest.skip(f"no {folder}")
    found = measure.READERS[name](folder)
    for graph, paths in found.graphs.items():
        source = Files(paths)
        easy = [q for q in found.asked if q.graph == graph and q.sparql.lower().count("select") < 3]
        replies = {q.text: [[v and v.value for v in row] for row in source.select(q.sparql)] for q in easy}
        said = answers(Scripted(replies), easy)
        assert [o.asked.id for o in outcomes(easy, said) if not o.agreement.strict] == []
