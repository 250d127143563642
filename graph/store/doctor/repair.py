"""Mending a graph: what is whole goes into a new folder, the damaged one is kept aside, what is lost is named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.store.backup import put_in_place
from graph.store.doctor.examination import Finding, Told, examine
from graph.store.folder import FORMAT
from graph.store.ledger import missing, noted
from graph.store.lock import FolderLock
from graph.store.probe import lines, probe


@dataclass(slots=True)
class Repair:
    """What was done, line by line; `kept` documents are whole; `lost` are (id, source, why); `aside` the old folder."""

    done: list[str] = field(default_factory=list)
    kept: int = 0
    lost: list[tuple[str, str, str]] = field(default_factory=list)
    aside: Path | None = None


def repair(
    folder: Path,
    found: list[Finding],
    *,
    now: datetime,
    told: Told = lambda _done, _of: None,
    lock_seconds: float = 2.0,
) -> Repair:
    """Mend what an examination found. StoreError if nothing can be read of the database, or the graph is in use."""
    report = Repair()
    broken = {finding.check for finding in found if not finding.ok}
    lock = FolderLock(folder, exclusive=True, seconds=lock_seconds)
    try:
        if broken & {"database", "document", "tables"}:
            _salvage(folder, report, now, told)
        else:
            if "format" in broken:
                (folder / "format").write_text(f"{FORMAT}\n", encoding="ascii")
                report.done.append("wrote the file `format` anew")
            if "ledger" in broken:
                _accept(folder, report)
    finally:
        lock.release()
    if bad := [finding for finding in examine(folder) if not finding.ok]:
        raise StoreError(f"{folder} is still damaged ({bad[0].text}); bring a backup back with `tollgraph restore`")
    return report


def _accept(folder: Path, report: Repair) -> None:
    """Go on without the writes that are gone, and name them."""
    version = probe(folder / "quads").version
    for write in missing(folder, version):
        if write.what:
            report.lost.append((write.what, "", "its last write was in the damaged log"))
    (folder / "ledger").write_text(f"{version} \n", encoding="ascii")
    report.done.append("goes on without the writes that the log has lost")


def _salvage(folder: Path, report: Repair, now: datetime, told: Told) -> None:
    folder = folder.absolute()
    new = folder.with_name(f".{folder.name}.repairing-{os.getpid()}")
    acknowledged = max((write.version for write in noted(folder)), default=0)
    try:
        new.mkdir()
        with _opening(folder / "quads", new) as quads:
            arguments = ["-m", "graph.store.doctor.worker", "salvage", str(quads), str(new / "quads")]
            result: dict[str, Any] = {}
            for line in lines([*arguments, str(acknowledged)], quads):
                if "done" in line:
                    told(line["done"], line["of"])
                else:
                    result = line
        report.kept = result["kept"]
        report.lost += [(lost["document"], lost["source"], lost["problem"]) for lost in result["lost"]]
        if result["unnamed"]:
            report.lost.append(("", "", f"{result['unnamed']} documents whose names cannot be read either"))
        (new / "format").write_text(f"{FORMAT}\n", encoding="ascii")
        (new / "ledger").write_text(f"{probe(new / 'quads').version} \n", encoding="ascii")
        report.aside = put_in_place(new, folder, f"damaged-{now.strftime('%Y%m%dT%H%M%SZ')}")
        report.done.append(f"{report.kept} whole documents are in a new database; the damaged one is {report.aside}")
    except OSError as problem:
        raise StoreError(f"{problem.filename or new} cannot be written ({problem.strerror}); free space") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _opening(quads: Path, new: Path) -> Iterator[Path]:
    """The database itself, or if it names no list of tables a copy (of links) that names the newest there is."""
    manifests = sorted(quads.glob("MANIFEST-*"))
    current = quads / "CURRENT"
    named = current.read_text(encoding="ascii", errors="replace").strip() if current.exists() else ""
    if not manifests or (quads / named).name in {manifest.name for manifest in manifests}:
        yield quads
        return
    linked = new / "linked"
    linked.mkdir()
    for file in quads.iterdir():
        if file.suffix == ".sst":
            (linked / file.name).hardlink_to(file)
        elif file.name != "CURRENT":
            shutil.copy2(file, linked / file.name)
    (linked / "CURRENT").write_text(f"{manifests[-1].name}\n", encoding="ascii")
    yield linked
    shutil.rmtree(linked)
