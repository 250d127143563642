"""Which passages a look-up may show: by both clocks, and without those of unreliable sources."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from graph.judgements import Rulings
from graph.rdf import decode
from graph.store.protocol import Store
from qa.passages.article import article
from qa.passages.tables import SPAN, Tables

_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Clocks:
    """The state of the graph that a look-up is about, and whether unreliable sources are heard."""

    as_of: date | None = None
    known_at: datetime | None = None
    include_unreliable: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The store as it is to be seen, and for each passage whether it may be shown (None: all of them)."""

    store: Store
    shown: NDArray[np.bool_] | None

    def only(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The scores without those of passages that may not be shown."""
        if self.shown is None:
            return scores
        return np.where(np.pad(self.shown, (0, len(scores) - len(self.shown))), scores, np.float32(0))


class Looks:
    """The last few looks at one store and its index."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[int, int, Clocks], Look] = OrderedDict()

    def look(self, tables: Tables, clocks: Clocks) -> Look:
        """The look by these clocks. Documents that were otherwise then are put into the index as they were."""
        key = (self._store.version(), tables.edition, clocks)
        found = self._kept.pop(key, None)
        if found is None:
            found = self._made(tables, clocks)
            key = (key[0], tables.edition, clocks)
        self._kept[key] = found
        while len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        return found

    def _made(self, tables: Tables, clocks: Clocks) -> Look:
        view = self._store.at(as_of=clocks.as_of, known_at=clocks.known_at)
        hidden = set[str]() if clocks.include_unreliable else _unreliable(view)
        if view is self._store:
            if not hidden and not tables.documents(past=True):
                return Look(view, None)
            wanted = set(tables.documents().items())
        else:
            wanted = {(document.id, document.sha256) for document in view.documents()}
            _recall(tables, view, wanted)
        return Look(view, _mask(tables, {one for one in wanted if one[0] not in hidden}))


def _recall(tables: Tables, view: Store, wanted: set[tuple[str, str]]) -> None:
    """Put documents into the index as they were, where they are not in it so."""
    held = {*tables.documents().items(), *tables.documents(past=True).items()}
    if lacking := sorted(wanted - held):
        tables.apply(((name, article(decode(view.quads(name)))) for name, _ in lacking), past=True)


def _unreliable(view: Store) -> set[str]:
    """The documents of sources judged unreliable."""
    rulings = Rulings(view.judgements())
    if not rulings.sources:
        return set()
    return {document.id for document in view.documents() if rulings.unreliable(document)}


def _mask(tables: Tables, wanted: set[tuple[str, str]]) -> NDArray[np.bool_]:
    rows = tables.database.execute("SELECT first, name, digest, length(spans) FROM document ORDER BY first").fetchall()
    last = rows[-1] if rows else (0, "", "", 0)
    shown = np.zeros(last[0] + last[3] // SPAN.itemsize, dtype=np.bool_)
    for first, name, digest, size in rows:
        if (name, digest) in wanted:
            shown[first : first + size // SPAN.itemsize] = True
    return shown
