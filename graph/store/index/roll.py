"""All entities that the documents published by a day name, by these documents' votes alone: counted in one pass."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from datetime import date

from graph.model import Entity
from graph.store.index.facts import LABEL, TYPE
from graph.store.index.finding import entity_of
from graph.store.protocol import Counts

_VOTES = "SELECT votes FROM document WHERE day <= ?"
_CLAIMS = "SELECT DISTINCT name, subject, object FROM claim WHERE day <= ?"


class Roll:
    """The entities by id, most claims first, and how many documents, entities and claims there are."""

    def __init__(self, database: sqlite3.Connection, day: date) -> None:
        given = Counter[int]()
        documents = 0
        for (votes,) in database.execute(_VOTES, (day.toordinal(),)):
            documents += 1
            given.update(array("I", votes))
        claims = Counter[int]()
        stated = 0
        for _, subject, other in database.execute(_CLAIMS, (day.toordinal(),)):
            stated += 1
            claims.update({subject, other})
        said: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for number, entity, kind, value in database.execute("SELECT id, entity, kind, value FROM vote"):
            if number in given:
                said[entity].append((-given[number], kind, value))
        names = dict(database.execute("SELECT id, name FROM entity"))
        found = (_entity(names[entity], of, claims[entity]) for entity, of in said.items())
        held = sorted((each for each in found if each is not None), key=lambda each: (-each.claims, each.id))
        self.entities = {each.id: each for each in held}
        self.counts = Counts(documents, len(held), stated)


def _entity(name: str, said: list[tuple[int, int, str]], claims: int) -> Entity | None:
    """The entity of these votes (minus their number, kind, value); None if no document gives it a label."""
    best: dict[int, tuple[int, str]] = {}
    for count, kind, value in said:
        best[kind] = min((count, value), best.get(kind, (0, "")))
    if LABEL not in best:
        return None
    called = best[TYPE][1] if TYPE in best else None
    return entity_of(name, best[LABEL][1], called, claims, [(kind, value) for _, kind, value in said])
