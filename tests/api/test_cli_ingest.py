"""`tollgraph ingest` and `tollgraph demo` with the real pipeline: what goes in, what does not, and how that is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api import models
from api.cli import run
from api.commands.demo import QUESTIONS
from graph.store import open_store

ARTICLE = """Title: Cards for the capital
Date: 2026-02-03

Nvidia supplies Meta with accelerators. Meta's capex in 2025 was $70 billion.
"""


def tollgraph(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE)
    return file


def test_an_article_goes_in_and_its_claims_are_there(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = str(tmp_path / "g")
    code, out, err = tollgraph(capsys, "ingest", str(article), "--graph", graph, "--json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert (report["documents"], report["skipped"], report["failed"]) == (1, [], [])
    assert report["claims"] >= 2
    assert report["entities"] >= 2
    found = [json.loads(line) for line in tollgraph(capsys, "claims", "--graph", graph)[1].splitlines()]
    assert {("Nvidia", "supplies"), ("Meta", "capex")} <= {_said(claim) for claim in found}
    for claim in found:
        for item in claim["evidence"]:
            assert ARTICLE[item["start"] : item["end"]] == item["quote"]


def _said(claim: dict[str, Any]) -> tuple[str, str]:
    return claim["subject"]["label"].removesuffix(" Platforms"), claim["predicate"]


def test_what_cannot_be_read_fails_alone_and_the_exit_code_says_so(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {
        "empty.txt": b" \n",
        "binary.txt": b"\x7fELF\x02\x01\x00\x00" * 64,
        "bare.html": b"<html><nav>x</nav></html>",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    sources = [str(tmp_path / name) for name in (*bad, "missing.txt")]
    graph = str(tmp_path / "g")
    code, out, _ = tollgraph(capsys, "ingest", *sources, str(article), "--graph", graph, "--json")
    report = json.loads(out)
    assert (code, report["documents"]) == (3, 1)
    assert [Path(f["source"]).name for f in report["failed"]] == [*bad, "missing.txt"]
    for failed in report["failed"]:
        assert failed["error"]
        assert "\n" not in failed["error"]
    with open_store(tmp_path / "g") as store:
        assert [d.title for d in store.documents()] == ["Cards for the capital"]
    code, text, _ = tollgraph(capsys, "ingest", *sources, str(article), "--graph", graph)
    assert code == 3
    assert text.startswith("0 documents in: ")
    assert f"  skipped  {article}: unchanged" in text
    assert text.count("  failed   ") == 4


def test_what_was_read_with_reserve_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Nvidia supplies Meta with accelerators, " + "as we said before, " * 200 + "and with switches.")
    graph = str(tmp_path / "g")
    note = f"{file}: sentences too long for one parse, read in pieces: 1, the first at character 0"
    text = tollgraph(capsys, "ingest", str(file), "--graph", graph)[1]
    assert text.splitlines()[1:] == [f"  note     {note}"]
    again = tollgraph(capsys, "ingest", str(file), "--again", "--json", "--graph", graph)[1]
    assert json.loads(again)["notes"] == [note]


def test_a_text_in_another_encoding_goes_in_as_it_is_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "芯片\n\n字节跳动的芯片由台积电制造，公司没有回应。这是一篇很短的文章，写于二月。"
    (tmp_path / "chinese.txt").write_bytes(words.encode("gb18030"))
    graph = str(tmp_path / "g")
    assert tollgraph(capsys, "ingest", str(tmp_path / "chinese.txt"), "--graph", graph)[0] == 0
    assert json.loads(tollgraph(capsys, "documents", "chinese.txt", "--graph", graph, "--json")[1])["text"] == words


def test_the_demo_does_the_main_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = tollgraph(capsys, "demo", "--graph", str(tmp_path / "g"), "--json")
    assert (code, err) == (0, "")
    shown = json.loads(out)
    assert (shown["ingest"]["documents"], shown["ingest"]["failed"]) == (25, [])
    number, suppliers, comparison, refused = shown["answers"]
    for answer in shown["answers"]:
        models.Answer.model_validate(answer)
    assert (number["status"], number["values"][0]["low"], number["values"][0]["unit"]) == (
        "answered",
        160000000000,
        "CNY",
    )
    assert "TSMC" in {v["entity"]["label"] for v in suppliers["values"]}
    assert comparison["status"] == "answered"
    assert (refused["status"], refused["values"]) == ("unknown", [])
    for answer in shown["answers"][:3]:
        assert answer["evidence"]
    models.RiskReport.model_validate(shown["exposure"])
    assert shown["exposure"]["supplier_dependence"]

    code, text, _ = tollgraph(capsys, "demo", "--graph", str(tmp_path / "g"))
    assert code == 0
    assert all(question in text for question in QUESTIONS)
    assert f"tollgraph serve --graph {tmp_path / 'g'}" in text
    with open_store(tmp_path / "g") as store:
        assert store.counts().documents == 25
