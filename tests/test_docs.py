"""What the pages say exists: links, files, make targets, and commands with their options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main

from api.cli import build

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = {"node_modules", "vendor"}
GENERATED = "<!-- Written by"

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"(?:graph|ingest|qa|api|tests)/[\w./*-]+")
MAKE = re.compile(r"(?:\$ )?make ([a-z]+)(?: +#.*)?")


def pages() -> list[Path]:
    found = [*ROOT.glob("*.md"), *(p for d in ("docs", "api", "ingest") for p in (ROOT / d).rglob("*.md"))]
    return sorted(p for p in found if not SKIPPED & set(p.parts))


def written() -> list[Path]:
    """The pages that people write; those made from code say what the code says."""
    return [page for page in pages() if GENERATED not in page.read_text(encoding="utf-8")]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def links(text: str) -> list[str]:
    return [target for target in LINK.findall(FENCE.sub("", text)) if "://" not in target and target[0] != "#"]


def code(text: str) -> Iterator[str]:
    """The lines of fenced blocks and the inline code of a page."""
    for block in FENCE.findall(text):
        yield from block.splitlines()
    yield from CODE.findall(FENCE.sub("", text))


def commands(text: str) -> Iterator[str]:
    for line in code(text):
        for piece in line.strip().removeprefix("$ ").split(" | "):
            if piece.startswith("tollgraph ") and not piece.startswith("tollgraph …"):
                yield piece


def parse(line: str) -> None:
    """Parse a command line as the program would, without running it. Raises typer's error if it is wrong."""
    words = shlex.split(line, comments=True)[1:]
    command: Any = typer.main.get_command(build())
    if words == ["--help"]:
        return
    while inner := getattr(command, "commands", None):
        assert words, f"{line}: which command?"
        assert words[0] in inner, f"{line}: no such command"
        command, words = inner[words[0]], words[1:]
    if words != ["--help"]:
        command.make_context("tollgraph", words)


def test_there_are_pages() -> None:
    assert {"README.md", "CHANGELOG.md", "docs/tour.md"} <= {name(page) for page in pages()}


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [
        target
        for target in links(page.read_text(encoding="utf-8"))
        if not (page.parent / target.partition("#")[0]).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", written(), ids=name)
def test_commands_are_understood(page: Path) -> None:
    for line in commands(page.read_text(encoding="utf-8")):
        parse(line)


@pytest.mark.parametrize("page", written(), ids=name)
def test_files_and_make_targets_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for piece in code(text):
        made = MAKE.fullmatch(piece.strip())
        assert made is None or made[1] in targets, piece
    for piece in CODE.findall(FENCE.sub("", text)):
        if FILE.fullmatch(piece):
            assert list(ROOT.glob(piece.rstrip("/"))), f"{piece} is named but not there"


@pytest.mark.parametrize(
    "line", ["tollgraph forecast Nvidia", "tollgraph ask --loud 'Who?'", "tollgraph risk exposure Nvidia --tiers 99"]
)
def test_a_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises((AssertionError, typer.TyperException)):
        parse(line)


def test_a_command_is_found_in_a_page() -> None:
    text = "Run `tollgraph claims --about Nvidia`:\n\n```console\n$ tollgraph entities TSMC | head\nTSMC\n```\n"
    assert list(commands(text)) == ["tollgraph entities TSMC", "tollgraph claims --about Nvidia"]
