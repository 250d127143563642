"""Questions of a public set with their gold rows, and what one system said, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["answered", "ambiguous", "refused"]

Cell = tuple[str, ...]
"""One value as the normalised forms that it may be given by: an entity's label, IRI, local name and key."""

Row = tuple[Cell, ...]
GoldRow = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on one graph.

    `gold` are normalised rows (`cells.norm`). `query` is the SQL or SPARQL that the set's authors wrote, `sparql` the
    SPARQL that runs on the graph, where there is one. `after` is the id of the turn before, `turn` counts from 1.
    `mentions` are names that the set marks in the question.
    """

    id: str
    graph: str
    kind: str
    text: str
    gold: tuple[GoldRow, ...]
    query: str = ""
    sparql: str = ""
    after: str | None = None
    turn: int = 1
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A suite of questions and the files of each graph that they are asked of."""

    name: str
    asked: tuple[Asked, ...]
    graphs: Mapping[str, tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a system said: rows if it `answered`. `confidence` is higher for surer answers, on a scale of its own.

    `understood`, `query` and `prose` are for whoever reads the misses. `fault`: the system raised instead, and where.
    """

    status: Status
    rows: tuple[Row, ...] = ()
    confidence: float | None = None
    understood: str = ""
    query: str = ""
    prose: str = ""
    fault: str = ""


REFUSED = Said("refused")
