"""The tables of the index, and how they follow the documents that are written."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable

from graph.namespaces import WIKIDATA
from graph.store.index.facts import IDENTIFIER, LABEL, SAME, TYPE, Facts, Stated, Vote
from graph.store.index.stated import checksum
from graph.store.names import fold
from graph.store.touched import Touched

SCHEMA = 3
PLACES = 20
"""Bits of `at` below the number of the write: the place of a claim among those of its document."""

_CACHE = "PRAGMA cache_size = -64000"  # kilobytes: enough to write at random places

TABLES = """
CREATE TABLE state (version INTEGER NOT NULL, claims INTEGER NOT NULL);
INSERT INTO state VALUES (0, 0);
CREATE TABLE document (
    written INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, votes BLOB NOT NULL,
    said TEXT NOT NULL, sum INTEGER NOT NULL
);
CREATE TABLE entity (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, label TEXT, type TEXT, claims INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX listed ON entity (claims DESC, name) WHERE label IS NOT NULL;
CREATE TABLE vote (
    id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
    UNIQUE (entity, kind, value)
);
CREATE TABLE tail (
    tail TEXT NOT NULL, vote INTEGER NOT NULL, whole INTEGER NOT NULL, entity INTEGER NOT NULL,
    PRIMARY KEY (tail, vote, whole)
) WITHOUT ROWID;
CREATE INDEX tail_whole ON tail (tail, entity) WHERE whole;
CREATE TABLE claim (
    at INTEGER PRIMARY KEY, name TEXT NOT NULL, subject INTEGER NOT NULL, predicate TEXT NOT NULL, object INTEGER,
    certainty REAL NOT NULL, first INTEGER NOT NULL
);
CREATE TABLE stated (at INTEGER PRIMARY KEY, said TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE INDEX claim_name ON claim (name);
CREATE INDEX claim_subject ON claim (subject) WHERE first = 1;
CREATE INDEX claim_subject_predicate ON claim (subject, predicate) WHERE first = 1;
CREATE INDEX claim_object ON claim (object) WHERE first = 1 AND object IS NOT NULL;
CREATE INDEX claim_object_predicate ON claim (object, predicate) WHERE first = 1 AND object IS NOT NULL;
CREATE INDEX claim_predicate ON claim (predicate) WHERE first = 1;
"""


class Tables:
    """The tables of one connection. `apply` is the only way to change them; `version` is what they stand for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._entities: dict[str, int] = {}

    def create(self) -> None:
        """Make the tables in an empty database."""
        self.database.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    @property
    def sound(self) -> bool:
        """Whether they are tables of this form."""
        (found,) = self.database.execute("PRAGMA user_version").fetchone()
        return bool(found == SCHEMA)

    def documents(self) -> dict[str, int]:
        """Document id → the write that brought it."""
        return dict(self.database.execute("SELECT name, written FROM document"))

    @property
    def version(self) -> int:
        """The version of the quads that the tables follow; −1 if they are not done."""
        (found,) = self.database.execute("SELECT version FROM state").fetchone()
        return int(found)

    def apply(self, changes: Iterable[tuple[str, Facts | None]], version: int) -> Touched:
        """Documents (ids) are now what these facts say, None being gone; in one transaction."""
        self.database.execute(_CACHE)
        step = _Step(self.database, self._entities)
        self.database.execute("BEGIN")
        try:
            for document, facts in changes:
                step.touched.documents.add(document)
                step.drop(document)
                if facts is not None:
                    step.add(facts)
            step.settle()
            self.database.execute("UPDATE state SET version = ?, claims = claims + ?", (version, step.claims))
            self.database.execute("COMMIT")
        except BaseException:
            self._entities.clear()
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise
        return step.touched


class _Step:
    """One transaction: what it adds up before it is written."""

    def __init__(self, database: sqlite3.Connection, entities: dict[str, int]) -> None:
        self._run = database.execute
        self._many = database.executemany
        self._entities = entities
        self._known: dict[Vote, int] = {}
        self._votes: Counter[int] = Counter()
        self._sides: Counter[int] = Counter()
        self.claims = 0
        self.touched = Touched()

    def drop(self, document: str) -> None:
        """Take out what a document said, if it is there."""
        found = self._run("SELECT written, votes FROM document WHERE name = ?", (document,)).fetchone()
        if found is None:
            return
        written, votes = found
        self._votes.subtract(array("I", votes))
        self._run("DELETE FROM document WHERE written = ?", (written,))
        within = (written << PLACES, (written + 1) << PLACES)
        rows = self._run("SELECT name, subject, object FROM claim WHERE at >= ? AND at < ?", within).fetchall()
        self._run("DELETE FROM claim WHERE at >= ? AND at < ?", within)
        self._run("DELETE FROM stated WHERE at >= ? AND at < ?", within)
        for name, subject, other in rows:
            self.touched.claims.add(name)
            (at,) = self._run("SELECT min(at) FROM claim WHERE name = ?", (name,)).fetchone()
            if at is None:
                self._count(-1, subject, other)
            else:
                self._run("UPDATE claim SET first = 1 WHERE at = ?", (at,))

    def add(self, facts: Facts) -> None:
        """Put in what a document says; it must not be there."""
        votes = [self._vote(vote) for vote in facts.votes]
        self._votes.update(votes)
        row = (facts.write, facts.document, array("I", votes).tobytes(), facts.said, checksum(facts.said))
        self._run("INSERT INTO document VALUES (?, ?, ?, ?, ?)", row)
        for place, claim in enumerate(facts.claims):
            self._claim((facts.write << PLACES) + place, claim)

    def settle(self) -> None:
        """Write what was added up."""
        changed: set[int] = set()
        for vote, more in self._votes.items():
            if more:
                changed.add(self._counted(vote, more))
        for entity in changed:
            self._name(entity)
        sides = [(more, entity) for entity, more in self._sides.items() if more]
        self._many("UPDATE entity SET claims = claims + ? WHERE id = ?", sides)
        for entity in changed.union(entity for _, entity in sides):
            (name,) = self._run("SELECT name FROM entity WHERE id = ?", (entity,)).fetchone()
            self.touched.entities.add(name)

    def _claim(self, at: int, claim: Stated) -> None:
        self.touched.claims.add(claim.name)
        (held,) = self._run("SELECT min(at) FROM claim WHERE name = ?", (claim.name,)).fetchone()
        first = held is None or at < held
        subject = self._entity(claim.subject)
        other = None if claim.object is None else self._entity(claim.object)
        if held is None:
            self._count(1, subject, other)
        elif first:
            self._run("UPDATE claim SET first = 0 WHERE at = ?", (held,))
        row = (at, claim.name, subject, claim.predicate, other, claim.certainty, first)
        self._run("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._run("INSERT INTO stated VALUES (?, ?, ?)", (at, claim.said, checksum(claim.said)))

    def _count(self, more: int, subject: int, other: int | None) -> None:
        self.claims += more
        for side in {subject, other} - {None}:
            self._sides[side or 0] += more

    def _entity(self, name: str) -> int:
        if name not in self._entities:
            self._run("INSERT OR IGNORE INTO entity (name) VALUES (?)", (name,))
            (self._entities[name],) = self._run("SELECT id FROM entity WHERE name = ?", (name,)).fetchone()
        return self._entities[name]

    def _vote(self, vote: Vote) -> int:
        if vote not in self._known:
            name, kind, value = vote
            row = (self._entity(name), kind, value)
            self._run("INSERT OR IGNORE INTO vote (entity, kind, value, count) VALUES (?, ?, ?, 0)", row)
            found = self._run("SELECT id FROM vote WHERE entity = ? AND kind = ? AND value = ?", row)
            (self._known[vote],) = found.fetchone()
        return self._known[vote]

    def _counted(self, vote: int, more: int) -> int:
        """The entity of a vote that so many more (or fewer) documents give."""
        found = self._run("SELECT entity, kind, value, count FROM vote WHERE id = ?", (vote,)).fetchone()
        entity, kind, value, before = found
        if before + more:
            self._run("UPDATE vote SET count = ? WHERE id = ?", (before + more, vote))
        else:
            self._run("DELETE FROM vote WHERE id = ?", (vote,))
        if kind != TYPE and not before:
            rows = ((tail, vote, whole, entity) for tail, whole in tails(kind, value))
            self._many("INSERT OR IGNORE INTO tail VALUES (?, ?, ?, ?)", rows)
        elif kind != TYPE and not before + more:
            gone = ((tail, vote, whole) for tail, whole in tails(kind, value))
            self._many("DELETE FROM tail WHERE tail = ? AND vote = ? AND whole = ?", gone)
        return int(entity)

    def _name(self, entity: int) -> None:
        """Let an entity have the label and type that most documents give it."""
        best: dict[int, str | None] = {LABEL: None, TYPE: None}
        ranked = "SELECT kind, value FROM vote WHERE entity = ? AND kind <= ? AND count > 0 ORDER BY count, value DESC"
        best.update(self._run(ranked, (entity, TYPE)).fetchall())
        named = (best[LABEL], best[TYPE])
        (name, *held) = self._run("SELECT name, label, type FROM entity WHERE id = ?", (entity,)).fetchone()
        if tuple(held) != named:
            self.touched.renamed.add(name)
            self._run("UPDATE entity SET label = ?, type = ? WHERE id = ?", (*named, entity))


def tails(kind: int, value: str) -> list[tuple[str, int]]:
    """A name, folded, from each of its words on; 1 beside the whole."""
    if kind == SAME:
        value = value.removeprefix(WIKIDATA)
    elif kind == IDENTIFIER:
        value = value.partition("=")[2]
    name = fold(value)
    starts = [0, *(at + 1 for at, letter in enumerate(name) if letter == " ")]
    return [(name[at:], int(at == 0)) for at in starts]
