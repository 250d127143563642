"""CORE (Borchert et al., EMNLP 2023): sentences on firms, each with a marked pair and one of eleven relations or none.

Rows as running text, and the split into rows that are scored and rows that rules may be made on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.evaluation.public.base import rows
from graph.contract import Json

HELD_OUT = 500
NONE = "undefined"
_GLUED_LEFT = {",", ".", ";", ":", "!", "?", ")", "]", "%", "''", "”", "n't", "'"}
_GLUED_RIGHT = {"(", "[", "$", "``", "“", "£", "€", "#"}
_PLAIN = {"``": '"', "''": '"'}

Label = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Row:
    """A text with two marked stretches of characters. `label` is the relation and whether it is read second → first."""

    id: str
    text: str
    first: tuple[int, int]
    second: tuple[int, int]
    label: Label


def read_core(folder: Path) -> tuple[list[Row], list[Row]]:
    """The rows held out, and the rows to work on: the 500 whose text has the lowest SHA-256, and the others."""
    found = [_row(raw) for raw in rows(folder / "train.jsonl")]
    found.sort(key=lambda row: (_hash(row.text), row.id))
    return found[:HELD_OUT], found[HELD_OUT:]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _row(raw: Json) -> Row:
    text, where = running_text(raw["context"])
    spans = [_span(text, where, raw[f"{name}_start"], raw[f"{name}_end"]) for name in ("e1", "e2")]
    return Row(raw["id"], text, spans[0], spans[1], (raw["relation"], bool(raw["invert_relation"])))


def _span(text: str, where: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """The characters of tokens `first` to `last`, without a stop or comma that the marking took along."""
    start, end = where[first][0], where[last][1]
    return start, start + (len(text[start:end].rstrip(" .,;:")) or end - start)


def running_text(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as one would write them, with the characters of each.

    >>> running_text(["Acme", "'s", "plan", "(", "$", "3", ")", "."])[0]
    "Acme's plan ($3)."
    """
    text, where, glue, quoted = "", [], True, False
    for piece in tokens:
        glued_left = piece in _GLUED_LEFT or (piece.startswith(("'", "’")) and len(piece) <= 3 and piece != "``")
        if not glue and not glued_left:
            text += " "
        word = _PLAIN.get(piece, piece)
        if word == '"':
            quoted = piece == "``"
        where.append((len(text), len(text) + len(word)))
        text += word
        glue = piece in _GLUED_RIGHT or (word == '"' and quoted)
    return text, where
