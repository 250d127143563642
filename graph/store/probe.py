"""A look into a database from a process of its own, so that files which crash the database end that process alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.namespaces import DOCUMENT, term
from graph.store.folder import damaged

_LOOK = """
import json, sys
import pyoxigraph as ox
quads = ox.Store.read_only(sys.argv[1])
stamps = [q for q in quads.quads_for_pattern(None, ox.NamedNode(sys.argv[2]), None, ox.DefaultGraph())]
version = max((int(q.object.value) for q in stamps), default=0)
print(json.dumps({"version": version, "documents": sum(g.value.startswith(sys.argv[3]) for g in quads.named_graphs())}))
"""


@dataclass(frozen=True, slots=True)
class Probed:
    """What a database says of itself: the number of its last write, and how many documents it has."""

    version: int
    documents: int


def probe(quads: Path) -> Probed:
    """Open a database read-only and read its version. StoreError if it does not open, or takes the process down."""
    (found,) = lines(["-c", _LOOK, str(quads), term("written"), DOCUMENT], quads)
    return Probed(found["version"], found["documents"])


def lines(arguments: list[str], quads: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines that a Python process prints, as it prints them. StoreError if it fails; it names the reason."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 (our own code)
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            yield json.loads(line)
        said = process.stderr.read().strip().splitlines()
        code = process.wait()
    if code < 0:
        raise StoreError(damaged(quads, f"it crashed with {signal.Signals(-code).name}"))
    if code:
        why = said[-1].partition(": ")[2] or said[-1] if said else "no reason given"
        raise StoreError(damaged(quads, why))
