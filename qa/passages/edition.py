"""What is in memory of the index, for as long as it does not change."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qa.passages.links import Links
from qa.passages.sense import Sense
from qa.passages.tables import LENGTH, Tables


class Edition:
    """One edition of the tables. What is needed of it is read when it is first needed."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.number = tables.edition
        self._vectors = -1

    def current(self, tables: Tables) -> bool:
        """Whether the tables are still as they were."""
        return tables is self.tables and tables.edition == self.number

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """The length of each passage in terms, 0 where there is none."""
        rows = self.tables.database.execute("SELECT rows FROM length ORDER BY chunk").fetchall()
        return np.frombuffer(b"".join(row for (row,) in rows), dtype=LENGTH).astype(np.float32)

    @cached_property
    def links(self) -> Links:
        """The walk along links."""
        return Links(self.tables.database, len(self.lengths))

    @property
    def sense(self) -> Sense:
        """The vectors, read again after some were made."""
        if self._vectors != self.tables.vectors:
            self._vectors = self.tables.vectors
            self._sense = Sense(self.tables.database)
        return self._sense
