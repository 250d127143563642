"""The checks of a graph's folder from the outside in: folder, lock, database, ledger, documents, tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.store.folder import FORMAT
from graph.store.ledger import missing
from graph.store.lock import FolderLock
from graph.store.probe import lines

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `document` is the id of the one concerned."""

    check: str
    ok: bool
    text: str
    document: str | None = None


def examine(
    folder: Path, *, quick: bool = False, told: Told = lambda _done, _of: None, lock_seconds: float = 2.0
) -> list[Finding]:
    """What was found, in order; the graph is sound if all is `ok`.

    `quick` leaves out the comparison of the tables, which reads everything six times. `told` is given the documents
    checked, of how many. StoreError if there is no graph, or a writer has it.
    """
    _require(folder)
    found = [_format(folder)]
    lock = FolderLock(folder, exclusive=False, seconds=lock_seconds)
    try:
        return found + _database(folder, quick=quick, told=told)
    finally:
        lock.release()


def _require(folder: Path) -> None:
    if not folder.is_dir() or not any((folder / name).exists() for name in ("format", "quads")):
        raise StoreError(f"no graph at {folder}: give its folder with --graph")


def _format(folder: Path) -> Finding:
    try:
        number = int((folder / "format").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return Finding("format", False, "the file `format` is missing or damaged")
    if number > FORMAT:
        raise StoreError(f"{folder} was written by a newer Tollgraph (format {number}): update, then try again")
    return Finding("format", True, f"format {number}")


def _database(folder: Path, *, quick: bool, told: Told) -> list[Finding]:
    quads = folder / "quads"
    if not (quads / "CURRENT").exists():
        if not any(quads.glob("*.sst")) and not missing(folder, 0):
            return [Finding("database", True, "nothing was ever put in")]
        return [Finding("database", False, "the file quads/CURRENT is missing, so that the database does not open")]
    head: dict[str, Any] = {}
    problems: list[Finding] = []
    try:
        for line in lines(["-m", "graph.store.doctor.worker", "quick" if quick else "examine", str(quads)], quads):
            if "done" in line:
                told(line["done"], line["of"])
            elif "problem" in line:
                check = next((name for name in ("document", "history") if name in line), "tables")
                problems.append(Finding(check, False, line["problem"], line.get(check)))
            else:
                head = line
    except StoreError as problem:
        return [*problems, Finding("database", False, str(problem))]
    return [*_counted(folder, head), *(problems or [_sound(head, quick=quick)])]


def _counted(folder: Path, head: dict[str, Any]) -> list[Finding]:
    version = head["version"]
    lost = missing(folder, version)
    text = f"opens; {head['documents']:,} documents, {head['quads']:,} statements, version {version}"
    findings = [Finding("database", True, text)]
    if lost:
        names = ", ".join(dict.fromkeys(write.what for write in lost if write.what)) or "not named"
        count = lost[-1].version - version
        findings.append(Finding("ledger", False, f"the last {count} acknowledged writes are gone: {names}"))
    else:
        findings.append(Finding("ledger", True, "every acknowledged write is there"))
    return findings


def _sound(head: dict[str, Any], *, quick: bool) -> Finding:
    rest = "" if quick else "; all tables of the database agree"
    return Finding("document", True, f"all {head['documents']:,} documents read back whole, quotes in place{rest}")
