"""The entities that a query names, by the names that the indexed documents give them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.text.name_tokens import fold_name, is_cjk
from qa.lexicon import lexicon

_LONGEST = 8
_MOST = 200


def named(database: sqlite3.Connection, query: str) -> dict[int, float]:
    """Entity number → weight: longest names first, each word in one name; a name of several entities is shared out."""
    words = fold_name(query).split()[:_MOST]
    out: dict[int, float] = {}
    at = 0
    while at < len(words):
        if is_cjk(words[at][0]):
            _run(database, words[at], out)
            at += 1
            continue
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            if size == 1 and name in lexicon().empty:
                continue
            if _add(database, name, out):
                at += size - 1
                break
        at += 1
    return out


def numbers(database: sqlite3.Connection, entities: Iterable[str]) -> dict[int, float]:
    """Entity number → weight 1 for entities by id; those that no passage names are left out."""
    found = (database.execute("SELECT id FROM entity WHERE name = ?", (name,)).fetchone() for name in entities)
    return {row[0]: 1.0 for row in found if row is not None}


def _run(database: sqlite3.Connection, run: str, out: dict[int, float]) -> None:
    """The names within a run of characters that are not spaced."""
    at = 0
    while at < len(run):
        sizes = range(min(2 * _LONGEST, len(run) - at), 1, -1)
        at += next((size for size in sizes if _add(database, run[at : at + size], out)), 1)


def _add(database: sqlite3.Connection, name: str, out: dict[int, float]) -> bool:
    found = database.execute("SELECT entity FROM name WHERE folded = ?", (name,)).fetchall()
    out.update((entity, 1 / len(found)) for (entity,) in found)
    return bool(found)
