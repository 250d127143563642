"""How `tollgraph risk …` takes its options and writes its reports, whatever the report."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from api.commands.risk import REPORTS

Captured = pytest.CaptureFixture[str]


BEGINS = {
    "text": b"Exposure of ByteDance",
    "json": b"{",
    "markdown": b"# Exposure of ByteDance",
    "html": b"<!doctype html>",
    "svg": b"<?xml",
    "png": b"\x89PNG",
}


def risk(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    code = run(["risk", *arguments])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_every_report_takes_the_options_of_the_lens_and_of_writing(capsys: Captured) -> None:
    for name in REPORTS:
        _, text, _ = risk(capsys, name, "--help")
        for option in ("--as-of", "--known-at", "--min-confidence", "--impute", "--format", "--output", "--graph"):
            assert option in text, name


def test_the_lens_is_what_the_options_say(capsys: Captured, small_graph: Path) -> None:
    code, out, _ = risk(
        capsys, "exposure", "ByteDance", "--as-of", "2026-03-01", "--json", "--graph", str(small_graph)
    )  # fmt: skip
    found: dict[str, Any] = json.loads(out)
    assert (code, found["as_of"], found["entity"]["id"]) == (0, "2026-03-01", "e:bytedance")
    assert {quote["outlet"] for quote in found["evidence"]} <= {None, "Example Wire"}


@pytest.mark.parametrize(
    ("arguments", "format"),
    [
        (["--output", "r.json"], "json"),
        (["-o", "r"], "text"),
        (["-o", "r", "--format", "json"], "json"),
        (["-o", "r.md"], "markdown"),
        (["-o", "r.html"], "html"),
        (["-o", "r.csv"], "csv"),
        (["-o", "r.csv", "--table", "evidence"], "csv"),
        (["-o", "r.svg"], "svg"),
        (["-o", "r.png"], "png"),
    ],
)
def test_a_report_is_written_to_a_file_by_its_name_or_format(
    capsys: Captured, small_graph: Path, tmp_path: Path, arguments: list[str], format: str, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = risk(capsys, "exposure", "ByteDance", *arguments, "--graph", str(small_graph))
    (file,) = tmp_path.iterdir()
    assert (code, out) == (0, f"Wrote {file.name} ({file.stat().st_size:,} bytes of {format}).\n")
    assert file.read_bytes().startswith(BEGINS.get(format, b""))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output", "report.pdf"], "report.pdf tells no format: give --format text|json|csv|markdown|html|svg|png"),
        (["--output", "none/report.json"], "none/report.json cannot be written (No such file or directory)"),
        (["--table", "customers"], "--table chooses what csv holds, text has all tables: give --format csv"),
        (["--format", "csv", "--table", "owners"], "the report exposure has no table owners: there are supplier_dep"),
        (["--format", "pdf"], "Invalid value for '--format'"),
        (["--min-confidence", "2"], "Invalid value for '--min-confidence'"),
    ],
)
def test_what_cannot_be_written_is_one_line(
    capsys: Captured, small_graph: Path, arguments: list[str], words: str
) -> None:
    code, out, err = risk(capsys, "exposure", "ByteDance", *arguments, "--graph", str(small_graph))
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_bytes_are_not_written_to_a_terminal(
    capsys: Captured, small_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, err = risk(capsys, "exposure", "ByteDance", "--format", "png", "--graph", str(small_graph))
    assert (code, out) == (2, "")
    assert "png is no text for a terminal; give --output FILE" in err


def test_a_file_that_cannot_be_written_stays_as_it_was(capsys: Captured, small_graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("before")
    code, _, _ = risk(
        capsys, "exposure", "ByteDance", "-o", str(file), "--table", "owners", "--graph", str(small_graph)
    )  # fmt: skip
    assert (code, file.read_text(), [one.name for one in tmp_path.iterdir()]) == (2, "before", ["report.csv"])
