"""The process that looks into a database which may be damaged: python -m graph.store.doctor.worker HOW QUADS …

HOW is examine, quick, or salvage (into another folder, with the number of the last write known).
Prints JSON lines: `{"done", "of"}` as it goes on, then what it found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.namespaces import STORE, id_of
from graph.rdf.terms import literal, tg
from graph.store.doctor import checks
from graph.store.doctor.salvage import salvage

_EVERY = 0.2


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    match arguments:
        case ["examine" | "quick" as how, quads]:
            for line in _examined(pyoxigraph.Store.read_only(quads), deep=how == "examine"):
                _say(line)
        case ["salvage", quads, new, version]:
            _salvage(pyoxigraph.Store.read_only(quads), pyoxigraph.Store(new), int(version))
        case _:
            sys.exit(__doc__)


def _examined(quads: pyoxigraph.Store, *, deep: bool) -> Iterator[dict[str, Any]]:
    stamps = quads.quads_for_pattern(None, tg("written"), None, DefaultGraph())
    numbers = [int(getattr(stamp.object, "value", "0")) for stamp in stamps]
    yield {"version": max(numbers, default=0), "documents": len(checks.stamped(quads)), "quads": len(quads)}
    for name, problem in checks.documents(quads, _Progress()):
        yield {"document": id_of(name), "problem": problem}
    for name, problem in checks.history(quads):
        yield {"history": id_of(name) if name != STORE else None, "problem": problem}
    for problem in (*checks.doubled(quads), *(checks.tables(quads) if deep else ())):
        yield {"problem": problem}


def _salvage(old: pyoxigraph.Store, new: pyoxigraph.Store, version: int) -> None:
    report = salvage(old, new, _Progress())
    stamps = new.quads_for_pattern(None, tg("written"), None, DefaultGraph())
    newest = max((int(getattr(stamp.object, "value", "0")) for stamp in stamps), default=0)
    if newest < version or report.lost:  # so that nothing built from the damaged graph passes for new
        new.add(Quad(NamedNode(STORE), tg("written"), literal(max(newest, version) + 1), DefaultGraph()))
    new.flush()
    lost = [{"document": id_of(name), "source": source, "problem": why} for name, source, why in report.lost]
    _say({"kept": report.kept, "lost": lost, "unnamed": report.unnamed})


class _Progress:
    """Says how far the work is, a few times a second."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _EVERY

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            _say({"done": done, "of": of})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
