"""One transaction of the index: documents go, documents come, and names and numbers follow."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from graph.namespaces import WIKIDATA
from graph.store.index.counted import counted
from graph.store.index.facts import IDENTIFIER, LABEL, SAME, SPEAKER, TYPE, Facts, Stated
from graph.store.index.schema import PLACES, batches, marks
from graph.store.index.stated import checksum
from graph.store.names import fold
from graph.store.touched import Touched

_HELD = "SELECT id, entity, kind, value, count FROM vote WHERE entity IN ({})"
_NAMED = "SELECT id, name, label, type FROM entity WHERE id IN ({})"
_FIRSTS = "SELECT name, min(at) FROM claim WHERE name IN ({}) GROUP BY name"
_NONE = (0, None)

Ballot = tuple[int, int, str]
"""Entity (its number), kind, value: what some documents say."""
T = TypeVar("T")


class Step:
    """What one transaction adds up before it is written. `entities` are known numbers by id; it learns more.

    `claims` is how many more claims there are after it.
    """

    def __init__(self, database: sqlite3.Connection, entities: dict[str, int]) -> None:
        self._run = database.execute
        self._many = database.executemany
        self._entities = entities
        self._fewer: Counter[int] = Counter()
        self._sides: Counter[int] = Counter()
        self._voted: set[int] = set()
        self.claims = 0
        self.touched = Touched()

    def take(self, changes: Sequence[tuple[str, Facts | None]]) -> None:
        """Each of the documents (ids, none twice) is now what these facts say, None being gone."""
        for document, _ in changes:
            self.touched.documents.add(document)
            self._drop(document)
        come = sorted((facts for _, facts in changes if facts is not None), key=lambda facts: facts.write)
        self._learn(come)
        self._state(come)
        ballots = [[(self._entities[name], kind, value) for name, kind, value in facts.votes] for facts in come]
        numbers = self._count(ballots)
        rows = []
        for facts, said in zip(come, ballots, strict=True):
            votes = array("I", [numbers[ballot] for ballot in said]).tobytes()
            rows.append((facts.write, facts.document, facts.day, votes, facts.said, checksum(facts.said)))
        self._many("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", rows)
        sides = [(number, entity) for entity, number in self._sides.items() if number]
        self._many("UPDATE entity SET claims = claims + ? WHERE id = ?", sides)
        told = {entity for _, entity in sides}
        told.update(self._voted)
        found = self._among("SELECT name FROM entity WHERE id IN ({})", sorted(told))
        self.touched.entities.update(name for (name,) in found if name.startswith("e:"))

    def _drop(self, document: str) -> None:
        """Take out what a document said, if it is there."""
        found = self._run("SELECT written, votes FROM document WHERE name = ?", (document,)).fetchone()
        if found is None:
            return
        written, votes = found
        self._fewer.update(array("I", votes))
        self._run("DELETE FROM document WHERE written = ?", (written,))
        within = (written << PLACES, (written + 1) << PLACES)
        rows = self._run("SELECT name, subject, object FROM claim WHERE at >= ? AND at < ?", within).fetchall()
        said = self._run("SELECT at, said FROM stated WHERE at >= ? AND at < ?", within).fetchall()
        words = [(word, at) for at, text in said for word in counted(text)]
        self._many("DELETE FROM counted WHERE word = ? AND at = ?", words)
        self._run("DELETE FROM claim WHERE at >= ? AND at < ?", within)
        self._run("DELETE FROM stated WHERE at >= ? AND at < ?", within)
        for name, subject, other in rows:
            self.touched.claims.add(name)
            (at,) = self._run("SELECT min(at) FROM claim WHERE name = ?", (name,)).fetchone()
            if at is None:
                self._number(-1, subject, other)
            else:
                self._run("UPDATE claim SET first = 1 WHERE at = ?", (at,))

    def _learn(self, come: Iterable[Facts]) -> None:
        """Give a number to every entity that the documents name."""
        names = {name for facts in come for name, _, _ in facts.votes}
        for facts in come:
            for claim in facts.claims:
                names.update(filter(None, (claim.subject, claim.object)))
        new = sorted(names - self._entities.keys())
        self._many("INSERT OR IGNORE INTO entity (name) VALUES (?)", ((name,) for name in new))
        self._entities.update(self._among("SELECT name, id FROM entity WHERE name IN ({})", new))

    def _state(self, come: Sequence[Facts]) -> None:
        """Put in the claims of documents in the order of their writes."""
        names = list({claim.name for facts in come for claim in facts.claims})
        self.touched.claims.update(names)
        firsts: dict[str, int] = dict(self._among(_FIRSTS, names))
        later: list[tuple[int]] = []
        rows, said, words = [], [], list[tuple[str, int]]()
        for facts in come:
            for at, claim in enumerate(facts.claims, facts.write << PLACES):
                held = firsts.get(claim.name)
                first = held is None or at < held
                subject, other = self._ends(claim)
                if held is None:
                    self._number(1, subject, other)
                elif first:
                    later.append((held,))
                if first:
                    firsts[claim.name] = at
                said.append((at, claim.said, checksum(claim.said)))
                words += [(word, at) for word in counted(claim.said)]
                head = (at, claim.name, subject, claim.predicate, other, claim.certainty, first, facts.day)
                rows.append((*head, claim.places, claim.firm, claim.begins, claim.ends))
        self._many("UPDATE claim SET first = 0 WHERE at = ?", later)
        self._many("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._many("INSERT INTO counted VALUES (?, ?)", words)
        self._many("INSERT INTO stated VALUES (?, ?, ?)", said)

    def _ends(self, claim: Stated) -> tuple[int, int | None]:
        return self._entities[claim.subject], None if claim.object is None else self._entities[claim.object]

    def _number(self, more: int, subject: int, other: int | None) -> None:
        self.claims += more
        for side in {subject, other} - {None}:
            self._sides[side or 0] += more

    def _count(self, ballots: Iterable[Iterable[Ballot]]) -> dict[Ballot, int]:
        """Count the votes of documents that come, and not those of documents that went; the number of each vote."""
        more = Counter(ballot for said in ballots for ballot in said)
        entities = {entity for entity, _, _ in more}
        entities.update(
            entity for (entity,) in self._among("SELECT entity FROM vote WHERE id IN ({})", list(self._fewer))
        )
        numbers: dict[Ballot, int] = {}
        counts: dict[Ballot, int] = {}
        changed: list[tuple[int, int]] = []
        for number, entity, kind, value, held in self._among(_HELD, sorted(entities)):
            ballot = (entity, kind, value)
            numbers[ballot] = number
            counts[ballot] = held + more[ballot] - self._fewer[number]
            if counts[ballot] != held:
                self._voted.add(entity)
                changed.append((counts[ballot], number))
        new = [ballot for ballot in more if ballot not in numbers]
        (last,) = self._run("SELECT coalesce(max(id), 0) FROM vote").fetchone()
        numbers.update(zip(new, range(last + 1, last + 1 + len(new)), strict=True))
        counts.update((ballot, more[ballot]) for ballot in new)
        self._voted.update(entity for entity, _, _ in new)
        self._many("UPDATE vote SET count = ? WHERE id = ?", changed)
        self._many("INSERT INTO vote VALUES (?, ?, ?, ?, ?)", ((numbers[each], *each, counts[each]) for each in new))
        self._many("INSERT OR IGNORE INTO tail VALUES (?, ?, ?, ?)", _tails(new, numbers))
        over = [ballot for ballot, count in counts.items() if not count]
        self._many("DELETE FROM vote WHERE id = ?", ((numbers[ballot],) for ballot in over))
        ends = (row[:3] for row in _tails(over, numbers))
        self._many("DELETE FROM tail WHERE tail = ? AND vote = ? AND whole = ?", ends)
        self._name(counts)
        return numbers

    def _name(self, counts: dict[Ballot, int]) -> None:
        """Let entities have the label and type that most documents give them, the first of equals."""
        best: dict[int, dict[int, tuple[int, str | None]]] = {}
        for (entity, kind, value), count in counts.items():
            of_entity = best.setdefault(entity, {LABEL: _NONE, TYPE: _NONE})
            if count and kind in of_entity and (-count, value) < of_entity[kind]:
                of_entity[kind] = (-count, value)
        rows = []
        for entity, name, *held in self._among(_NAMED, sorted(best)):
            named = [best[entity][kind][1] for kind in (LABEL, TYPE)]
            if held != named:
                self.touched.renamed.add(name)
                rows.append((*named, entity))
        self._many("UPDATE entity SET label = ?, type = ? WHERE id = ?", rows)

    def _among(self, sql: str, values: Sequence[T]) -> Iterator[Any]:
        """The rows of a statement for each of many values."""
        for some in batches(values):
            yield from self._run(sql.format(marks(some)), some)


def _tails(ballots: Iterable[Ballot], numbers: dict[Ballot, int]) -> Iterator[tuple[str, int, int, int]]:
    """The rows of names that are sought."""
    for ballot in ballots:
        entity, kind, value = ballot
        if kind not in (TYPE, SPEAKER):
            for tail, whole in tails(kind, value):
                yield tail, numbers[ballot], whole, entity


def tails(kind: int, value: str) -> list[tuple[str, int]]:
    """A name, folded, from each of its words on; 1 beside the whole."""
    if kind == SAME:
        value = value.removeprefix(WIKIDATA)
    elif kind == IDENTIFIER:
        value = value.partition("=")[2]
    name = fold(value)
    starts = [0, *(at + 1 for at, letter in enumerate(name) if letter == " ")]
    return [(name[at:], int(at == 0)) for at in starts]
