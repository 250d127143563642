"""docs/tables.md shows the table, the mapping and the output that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.cli import run
from ingest.tables.taking import shipped

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "ingest" / "tables" / "examples"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_the_example_is_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = dict(BLOCK.findall((ROOT / "docs" / "tables.md").read_text(encoding="utf-8")))
    assert blocks["csv"] == (EXAMPLES / "sales.csv").read_text(encoding="utf-8")
    comment, _, mapping = (EXAMPLES / "sales.mapping.yaml").read_text(encoding="utf-8").partition("\n")
    assert comment.startswith("#")
    assert blocks["yaml"] == mapping
    assert run(["tables", "check", "sales", str(EXAMPLES / "sales.csv")]) == 0
    assert capsys.readouterr().out == blocks["text"]


def test_every_shipped_mapping_is_listed_with_its_source() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == list(shipped())
