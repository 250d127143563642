"""The texts of passages, out of the stored documents: what is no longer as it was indexed is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graph.errors import UnknownError
from graph.model import Document
from graph.store.protocol import Store
from qa.passages.passage import Passage, Place
from qa.passages.tables import SPAN, Tables

_HOLDER = "SELECT first, name, digest, spans FROM document WHERE first <= ? ORDER BY first DESC LIMIT 1"


class Texts:
    """The passages of some documents by number. Each document is read once."""

    def __init__(self, tables: Tables, store: Store) -> None:
        self._database = tables.database
        self._store = store
        self._documents: dict[tuple[str, str], Document | None] = {}
        self._found: dict[int, Passage | None] = {}

    def passage(self, number: int) -> Passage | None:
        """The passage of a number; None if its document is gone or another by now."""
        if number not in self._found:
            self._found[number] = self._read(number)
        return self._found[number]

    def with_copies(self, number: int, copies: Sequence[int]) -> Passage | None:
        """The same with the places of its copies."""
        held, others = self.passage(number), [self.passage(copy) for copy in copies]
        if held is None:
            return None
        return replace(held, copies=tuple(Place(o.document, o.start, o.end) for o in others if o is not None))

    def titled(self, number: int) -> str:
        """The text under its title, as the model of sentences is to read it; "" if there is none."""
        held = self.passage(number)
        return f"{held.title}. {held.text}" if held else ""

    def _read(self, number: int) -> Passage | None:
        row = self._database.execute(_HOLDER, (number,)).fetchone()
        if row is None:
            return None
        first, name, digest, spans = row
        document = self._document(name, digest)
        place = np.frombuffer(spans, dtype=SPAN)[number - first : number - first + 1]
        if document is None or not len(place):
            return None
        start, end = int(place["start"][0]), int(place["end"][0])
        if not start < end <= len(document.text):
            return None
        return Passage(
            document.id,
            document.title,
            document.source,
            document.published,
            start,
            end,
            document.text[start:end],
        )

    def _document(self, name: str, digest: str) -> Document | None:
        key = (name, digest)
        if key not in self._documents:
            try:
                held = self._store.document(name)
            except UnknownError:
                self._documents[key] = None
            else:
                self._documents[key] = held if held.sha256 == digest else None
        return self._documents[key]
