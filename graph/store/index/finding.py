"""Questions to the index. What they cost grows with what they give back, not with the graph, unless said otherwise."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from operator import itemgetter

from graph.errors import UnknownError
from graph.model import Entity, EntityRef
from graph.namespaces import WIKIDATA, name_of
from graph.store.index.counted import LONGEST
from graph.store.index.facts import ALIAS, IDENTIFIER, LABEL, SAME, SPEAKER, TYPE
from graph.store.index.schema import PLACES, batches, marks
from graph.store.index.stated import checksum
from graph.store.names import fold, similar
from graph.store.protocol import ClaimFilter, Counts, Days

_AFTER = "\U0010ffff"
_ENTITY = "SELECT id, name, label, type, claims FROM entity WHERE label IS NOT NULL"
_FIRST = "SELECT at, name FROM claim WHERE first = 1"
_AMONG = "IN (SELECT value FROM json_each(?))"
_ANY_BY = "SELECT at, name FROM claim JOIN stated USING (at) WHERE day <= ?"
_FIRST_BY = f"{_FIRST} AND day <= ?"
_LATER_BY = """SELECT at, name FROM claim WHERE first = 0 AND day <= ? AND NOT EXISTS (
    SELECT 1 FROM claim AS other WHERE other.name = claim.name AND other.at < claim.at AND other.day <= ?
)"""
_STATED = "SELECT name, at, said, sum FROM claim JOIN stated USING (at) WHERE name IN ({})"
_STATED_BY = f"{_STATED} AND day <= ?"
_WRITTEN = "SELECT written, name FROM document WHERE written IN ({})"
_DESCRIBED = "SELECT name, said, sum FROM document WHERE day <= ? AND name IN ({})"
_VOTES = f"SELECT entity, kind, value FROM vote WHERE kind <> {TYPE} AND entity IN ({{}})"  # noqa: S608 - a number
_CALLED = f"""SELECT kind, CASE WHEN count(*) = 1 THEN max(value) END FROM vote JOIN entity ON entity = entity.id
WHERE entity.name = ? AND kind <= {TYPE} GROUP BY kind"""  # noqa: S608 - a number
_LISTED = "ORDER BY claims DESC, name LIMIT"
_BEGUN = """SELECT id, name, label, type, claims FROM entity JOIN (
    SELECT entity, min(tail <> :name OR NOT whole) AS rank FROM tail
    WHERE tail >= :name AND tail < :after GROUP BY entity
) ON entity = id WHERE :type IS NULL OR type = :type ORDER BY rank, claims DESC, name LIMIT :limit"""
_INSIDE = """SELECT id, name, label, type, claims FROM entity WHERE id IN (
    SELECT entity FROM tail WHERE whole AND instr(tail, :name)
) AND (:type IS NULL OR type = :type) ORDER BY claims DESC, name LIMIT :limit"""

_BESIDE = """SELECT name FROM entity WHERE id IN (
    SELECT object FROM claim WHERE object IS NOT NULL AND subject IN (SELECT value FROM json_each(:of)){day}
    UNION SELECT subject FROM claim WHERE object IN (SELECT value FROM json_each(:of)){day}
)"""
_TOUCHING = """SELECT name FROM entity WHERE id IN (SELECT value FROM json_each(:of)) AND (
    EXISTS (SELECT 1 FROM claim INDEXED BY claim_pair WHERE subject = entity.id AND +object IN (
        SELECT value FROM json_each(:near)){day})
    OR EXISTS (SELECT 1 FROM claim INDEXED BY claim_back WHERE object = entity.id AND +subject IN (
        SELECT value FROM json_each(:near)){day})
)"""
_BY_DAY = " AND day <= :day"
_FIRM_OR_DENIED = ("firm IN (-1, 1, 3) AND object IS NOT NULL", ())
_UNKNOWN = "(begins IS NULL OR ends IS NULL)"
_SAYS = """EXISTS (SELECT 1 FROM claim AS other JOIN stated USING (at)
    WHERE other.name = claim.name AND other.day <= ? AND stated.said LIKE ? ESCAPE '\\')"""

_ATTESTED = """SELECT name FROM (
    SELECT name, 0 AS side, firm, sum(places) AS places FROM claim
    WHERE day <= :day AND subject IN (SELECT value FROM json_each(:of)) AND firm > 0 GROUP BY name
    UNION ALL SELECT name, 1, firm, sum(places) FROM claim
    WHERE day <= :day AND object IN (SELECT value FROM json_each(:of)) AND firm > 0
    AND +subject NOT IN (SELECT value FROM json_each(:of)) GROUP BY name
) ORDER BY side, firm = 2, -places, name LIMIT :n OFFSET :from"""

_SURE = """EXISTS (
    SELECT 1 FROM claim AS other WHERE other.name = claim.name AND other.day <= ? AND other.certainty >= ?
)"""

Row = tuple[int, str, str, str | None, int]
Condition = tuple[str, tuple[object, ...]]
Tie = tuple[int, int, str, int]
"""Subject and object by their numbers, the claim, and its `firm` (see `schema`)."""


@dataclass(frozen=True, slots=True)
class Given:
    """Any of `subject`, `object`, `either` (entity ids) and `predicate`, with what it may be; empty is anything. And
    `saying`, words of which each must stand in what a document states or in the name of an end, `mentioning` the same
    with the title; `counted`, words of which each must stand there right behind a number; `days`, see `Days`.
    """

    subject: Sequence[str] = ()
    object: Sequence[str] = ()
    either: Sequence[str] = ()
    predicate: Sequence[str] = ()
    saying: Sequence[str] = ()
    mentioning: Sequence[str] = ()
    counted: Sequence[str] = ()
    days: Days | None = None

    @property
    def sides(self) -> dict[str, Sequence[str]]:
        """The entities by the side on which they must be."""
        held = {"subject": self.subject, "object": self.object, "either": self.either}
        return {side: names for side, names in held.items() if names}


class Finding:
    """Reads the tables of one connection; of documents and claims only those of documents of a day, if one is given."""

    def __init__(self, database: sqlite3.Connection, day: date | None = None) -> None:
        self.database = database
        self._run = database.execute
        self._day = (day or date.max).toordinal()
        self._dated = day is not None

    def by(self, day: date) -> Finding:
        """The same for the documents published by a day. What it says of entities is still of all documents."""
        return Finding(self.database, day)

    def counts(self) -> Counts:
        """Distinct documents, entities and claims; reads narrow tables of documents and entities."""
        (documents,) = self._run("SELECT count(*) FROM document").fetchone()
        (entities,) = self._run("SELECT count(*) FROM entity WHERE label IS NOT NULL").fetchone()
        (claims,) = self._run("SELECT claims FROM state").fetchone()
        return Counts(documents, entities, claims)

    def documents(self) -> list[str]:
        """All document ids in order of ingest."""
        found = self._run("SELECT name FROM document WHERE day <= ? ORDER BY written", (self._day,))
        return [name for (name,) in found]

    def described(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → what it says of itself (see `stated`), without those that are not there."""
        found: dict[str, str] = {}
        for some in batches(documents):
            for name, said, sum_ in self._run(_DESCRIBED.format(marks(some)), (self._day, *some)):
                found[name] = _whole_text(name, said, sum_)
        return found

    def has_document(self, document: str) -> bool:
        """Whether a document is there."""
        return self._written(document) is not None

    def stated(self, claims: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        """Claim → the write that brought each document which states it and what that says (see `stated`), in order of
        ingest; without those that are not there. sqlite3.DatabaseError if a text is no longer what was written.
        """
        found: dict[str, list[tuple[int, str]]] = {}
        sql, rest = (_STATED_BY, (self._day,)) if self._dated else (_STATED, ())
        for some in batches(claims):
            for claim, at, said, sum_ in self._run(sql.format(marks(some)), (*some, *rest)):
                one = at >> PLACES, _whole_text(claim, said, sum_)
                if claim in found:
                    found[claim] = sorted((*found[claim], one), key=itemgetter(0))
                else:
                    found[claim] = [one]
        return found

    def brought(self, writes: Sequence[int]) -> dict[int, str]:
        """Write → the document that it brought."""
        runs = (self._run(_WRITTEN.format(marks(some)), some) for some in batches(writes))
        return {write: name for rows in runs for write, name in rows}

    def refs(self, entities: Sequence[str]) -> dict[str, EntityRef]:
        """Those of the entities that something names, by label and type."""
        found = self._run(f"{_ENTITY} AND name {_AMONG}", (json.dumps(list(entities)),))
        return {name: EntityRef(name, label, name_of(kind or "")) for _, name, label, kind, _ in found}

    def last_day(self) -> date | None:
        """The latest day of a document."""
        (found,) = self._run("SELECT max(day) FROM document WHERE day <= ?", (self._day,)).fetchone()
        return date.fromordinal(found) if found else None

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        rows = self._run(f"SELECT value FROM vote WHERE kind = {SPEAKER} ORDER BY value")  # noqa: S608 - a number
        return [value for (value,) in rows]

    def ref(self, entity: str) -> EntityRef | None:
        """An entity by its label and type, None if nothing names it."""
        row = self._run("SELECT label, type FROM entity WHERE name = ? AND label IS NOT NULL", (entity,)).fetchone()
        return row and EntityRef(entity, row[0], name_of(row[1] or ""))

    def undisputed(self, entity: str) -> EntityRef | None:
        """An entity that all documents call by the same label and type; None if they do not, or nothing names it."""
        said = dict(self._run(_CALLED, (entity,)).fetchall())
        label, kind = said.get(LABEL), said.get(TYPE)
        return None if label is None or kind is None else EntityRef(entity, label, name_of(kind))

    def entity(self, entity: str) -> Entity | None:
        """An entity with its claim count, None if nothing names it."""
        return next(iter(self._whole(self._run(f"{_ENTITY} AND name = ?", (entity,)))), None)

    def each_entity(self, names: Sequence[str]) -> list[Entity]:
        """Those of the entities that something names."""
        return self._whole(self._run(f"{_ENTITY} AND name {_AMONG}", (json.dumps(list(names)),)))

    def entities(self, *, type: str | None, limit: int | None) -> list[Entity]:
        """All entities, most claims first, or so many of them; `type` is an IRI."""
        kind = " AND type = ?" if type is not None else ""
        values = [value for value in (type, _most(limit)) if value is not None]
        return self._whole(self._run(f"{_ENTITY}{kind} {_LISTED} ?", values))

    def named(self, query: str, *, type: str | None, limit: int | None) -> list[Entity]:
        """The entities of a name: exact, beginning, part; see graph.store.names. Parts are sought in all names, if the
        limit is not reached before.
        """
        name = fold(query)
        values = {"name": name, "after": name + _AFTER, "type": type, "limit": _most(limit)}
        found: dict[int, Row] = {row[0]: row for row in self._run(_BEGUN, values)}
        if limit is None or len(found) < limit:
            for row in self._run(_INSIDE, values):
                found.setdefault(row[0], row)
        return self._whole(list(found.values())[:limit])

    def alike(self, query: str, *, type: str | None, limit: int | None) -> list[Entity]:
        """The entities with a name that looks like the query, most alike first; goes through all names."""
        rows = self._run("SELECT tail, entity FROM tail WHERE whole").fetchall()
        scores: dict[int, float] = {}
        for place, score in similar(query, [name for name, _ in rows]):
            entity = rows[place][1]
            scores[entity] = max(score, scores.get(entity, 0))
        found: list[Row] = []
        for some in batches(list(scores)):
            found += self._run(f"{_ENTITY} AND id IN ({marks(some)})", some).fetchall()
        fit = [row for row in found if type is None or row[3] == type]
        fit.sort(key=lambda row: (-scores[row[0]], -row[4], row[1]))
        return self._whole(fit[:limit])

    def claims(self, where: ClaimFilter) -> list[str]:
        """The ids of the claims of a page, in order of ingest and place. UnknownError for an unknown `after`."""
        if (asked := self._asked(where)) is None:
            return []
        sql, values = asked
        page = (*values, _most(where.limit), where.offset)
        return [name for _, name in self._run(f"{sql} ORDER BY at LIMIT ? OFFSET ?", page)]

    def count(self, where: ClaimFilter) -> int:
        """How many claims the filter lets through, pages aside; counts their ids, unless all it asks is an entity."""
        asked = self._asked(where, paged=False)
        if asked is None:
            return 0
        if not self._dated and where == ClaimFilter(
            about=where.about, limit=where.limit, offset=where.offset, after=where.after
        ):
            if where.about is None:
                return self.counts().claims
            return self._size(self._ids(where)["about"])
        sql, values = asked
        (found,) = self._run(f"SELECT count(*) FROM ({sql})", values).fetchone()  # noqa: S608 - see _asked
        return int(found)

    def matching(self, given: Given, limit: int | None = None) -> list[str]:
        """The ids of the claims with one of each of these, about in order of ingest, by which they are read fastest; or
        the first so many of them by id.
        """
        said = [self._saying(word) for word in given.saying]
        said += [self._saying(word, titled=True) for word in given.mentioning]
        words = [_counted(word) for word in given.counted]
        begun = [(_ANY_BY, (self._day,))] if said or words else self._begun()
        rest = [*said, *words, *(self._within(given.days) if given.days is not None else ())]
        parts, values = self._selected(given, begun, rest)
        if not parts:
            return []
        if limit is None:
            return list({name: None for _, name in sorted(self._run(" UNION ".join(parts), values))})
        each = (f"SELECT name FROM ({part}) GROUP BY name ORDER BY name LIMIT {limit:d}" for part in parts)  # noqa: S608
        some = " UNION ".join(f"SELECT * FROM ({part})" for part in each)  # noqa: S608 - see above
        return sorted(name for (name,) in self._run(some, values))[:limit]

    def _selected(
        self, given: Given, begun: Sequence[Condition], rest: Sequence[Condition]
    ) -> tuple[list[str], list[object]]:
        """Statements that select the claims with these ends and predicates under more conditions, and their values;
        none if an end is not known.
        """
        sides = {side: self._numbers(names) for side, names in given.sides.items()}
        parts, values = list[str](), list[object]()
        if not all(sides.values()):
            return parts, values
        either = sides.pop("either", None)
        fixed = list(sides.items())
        for way in [[*fixed, (side, either)] for side in ("subject", "object")] if either else [fixed]:
            few, source = self._narrowest(way)
            conditions = [(f"{'' if one[0] in few else '+'}{one[0]}", json.dumps(one[1])) for one in way]
            if given.predicate:
                conditions.append(("predicate", json.dumps(given.predicate)))
            for begin, days in begun:
                asked = [*(f"{column} {_AMONG}" for column, _ in conditions), *(sql for sql, _ in rest)]
                parts.append(" AND ".join([begin.replace("FROM claim", source, 1), *asked]))
                values += [*days, *(value for _, value in conditions), *(value for _, of in rest for value in of)]
        return parts, values

    def joined(self, given: Given) -> tuple[list[Tie], dict[int, EntityRef]]:
        """The ties that firm or denied relations with these ends make, each claim once; and who the ends are."""
        begun = [
            (sql.replace("SELECT at, name", "SELECT subject, object, name, firm", 1), of) for sql, of in self._begun()
        ]
        parts, values = self._selected(given, begun, [_FIRM_OR_DENIED])
        ties: list[Tie] = self._run(" UNION ".join(parts), values).fetchall() if parts else []
        numbers = sorted({end for tie in ties for end in tie[:2]})
        called = f"SELECT id, name, label, type FROM entity WHERE id {_AMONG}"  # noqa: S608 - a constant
        rows = self._run(called, (json.dumps(numbers),))
        return ties, {number: EntityRef(name, label or name, name_of(kind or "")) for number, name, label, kind in rows}

    def _within(self, days: Days) -> list[Condition]:
        """What the period of a claim must be."""
        first, last = (day and day.toordinal() for day in (days.first, days.last))
        if days.beginning:
            return [("begins IS NULL", ())] if first is None else [("begins BETWEEN ? AND ?", (first, last))]
        meets = f"NOT {_UNKNOWN} AND begins <= ? AND ends >= ?"
        if days.undated is None:
            return [(f"({meets})", (last, first))]
        says = f" AND {_SAYS}" if days.undated else ""
        told = (self._day, _like(days.undated)) if days.undated else ()
        return [(f"({meets} OR {_UNKNOWN}{says})", (last, first, *told))]

    def attested(self, entities: Sequence[str], limit: int, offset: int) -> list[str]:
        """The ids of a page of the firm claims about one of these; see `Store.attested`."""
        numbers = json.dumps(self._numbers(entities))
        return [name for (name,) in self._run(_ATTESTED, {"of": numbers, "day": self._day, "n": limit, "from": offset})]

    def _narrowest(self, way: Sequence[tuple[str, list[int]]]) -> tuple[set[str], str]:
        """The sides by which claims are looked up, and where: by both at once if that is fewer look-ups."""
        sizes = {side: sum(map(self._size, numbers)) for side, numbers in way}
        few = min(sizes, key=sizes.__getitem__, default="")
        if len(sizes) == len(way) == 2 and prod(len(numbers) for _, numbers in way) <= sizes[few]:
            return set(sizes), "FROM claim INDEXED BY claim_pair"
        return {few}, "FROM claim"

    def _saying(self, word: str, *, titled: bool = False) -> Condition:
        """That a word stands in the statement, begins a word of a name of an end or (`titled`) is in a title."""
        begun, part = fold(word), _like(word)
        among = "SELECT entity FROM tail WHERE tail >= ? AND tail < ?"
        title = f"SELECT 1 FROM document WHERE written = at >> {PLACES} AND document.said LIKE ? ESCAPE '\\'"  # noqa: S608
        stands = f"stated.said LIKE ? ESCAPE '\\' OR subject IN ({among}) OR object IN ({among})"
        values = (part, *(begun, begun + _AFTER) * 2)
        return (f"({stands} OR EXISTS ({title}))", (*values, part)) if titled else (f"({stands})", values)

    def neighbours(self, entities: Sequence[str]) -> frozenset[str]:
        """The entities that a claim joins to one of these, on either side."""
        given = {"of": json.dumps(self._numbers(entities)), "day": self._day}
        sql = _BESIDE.format(day=_BY_DAY if self._dated else "")  # without a day, the narrow index has it all
        return frozenset(name for (name,) in self._run(sql, given))

    def touching(self, entities: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """Those of the entities that a claim joins to one of the others."""
        ends = {"of": json.dumps(self._numbers(entities)), "near": json.dumps(self._numbers(near))}
        sql = _TOUCHING.format(day=_BY_DAY if self._dated else "")
        return frozenset(name for (name,) in self._run(sql, {**ends, "day": self._day}))

    def _numbers(self, entities: Sequence[str]) -> list[int]:
        """The numbers of those entities that are known."""
        among = f"SELECT id FROM entity WHERE name {_AMONG}"  # noqa: S608 - a constant
        return [number for (number,) in self._run(among, (json.dumps(list(entities)),))]

    def _asked(self, where: ClaimFilter, *, paged: bool = True) -> tuple[str, tuple[object, ...]] | None:
        """The statement that gives (at, name) of the claims, without order; None if an entity is not known.

        Whatever is asked for is among the values, never in the statement's text.
        """
        ids = self._ids(where)
        if None in ids.values():
            return None
        rest = self._rest(where, paged=paged)
        sides = {side: entity for side, entity in ids.items() if side != "about"}
        ways = [sides]
        if (about := ids.get("about")) is not None and about not in sides.values():
            ways = [sides | {side: about} for side in ("subject", "object") if side not in sides]
        if not ways:
            return None
        parts, values = [], list[object]()
        for way in ways:
            for begun, given in self._begun():
                conditions = [*self._narrowing(way), *rest]
                parts.append(" AND ".join([begun, *(sql for sql, _ in conditions)]))
                values += [*given, *(value for _, of in conditions for value in of)]
        return " UNION ".join(parts), tuple(values)

    def _begun(self) -> list[Condition]:
        """How a statement about claims begins: each claim once, where its first document of the day states it."""
        if not self._dated:
            return [(_FIRST, ())]
        return [(_FIRST_BY, (self._day,)), (_LATER_BY, (self._day, self._day))]

    def _ids(self, where: ClaimFilter) -> dict[str, int | None]:
        """The numbers of the entities asked for."""
        sides = {"about": where.about, "subject": where.subject, "object": where.object}
        found: dict[str, int | None] = {}
        for side, name in sides.items():
            if name is not None:
                row = self._run("SELECT id FROM entity WHERE name = ?", (name,)).fetchone()
                found[side] = row and row[0]
        return found

    def _narrowing(self, way: dict[str, int | None]) -> list[Condition]:
        """Conditions on both sides; the entity with fewer claims is looked up, a plus keeps SQLite off the other."""
        if len(way) < 2:
            return [(f"{side} = ?", (entity,)) for side, entity in way.items()]
        few, many = sorted(way, key=lambda side: self._size(way[side]))
        return [(f"{few} = ?", (way[few],)), (f"+{many} = ?", (way[many],))]

    def _size(self, entity: int | None) -> int:
        (claims,) = self._run("SELECT claims FROM entity WHERE id = ?", (entity,)).fetchone()
        return int(claims)

    def _rest(self, where: ClaimFilter, *, paged: bool) -> list[Condition]:
        found: list[Condition] = []
        if where.predicate is not None:
            found.append(("predicate = ?", (where.predicate,)))
        if where.document is not None:
            written = self._written(where.document)
            bounds = (0, 0) if written is None else (written << PLACES, (written + 1) << PLACES)
            found.append(("name IN (SELECT name FROM claim WHERE at >= ? AND at < ?)", bounds))
        if where.min_confidence is not None:
            found.append((_SURE, (self._day, where.min_confidence)))
        if where.after is not None and paged:
            found.append(("at > ?", (self._at(where.after),)))
        return found

    def _at(self, claim: str) -> int:
        (at,) = self._run("SELECT min(at) FROM claim WHERE name = ? AND day <= ?", (claim, self._day)).fetchone()
        if at is None:
            raise UnknownError(f"no claim {claim} in this graph to go on after: begin again without it")
        return int(at)

    def _written(self, document: str) -> int | None:
        row = self._run("SELECT written FROM document WHERE name = ? AND day <= ?", (document, self._day)).fetchone()
        return row and int(row[0])

    def _whole(self, rows: Iterable[Row]) -> list[Entity]:
        """The entities of these rows, in their order, with aliases and identifiers."""
        rows = list(rows)
        votes: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for some in batches([row[0] for row in rows]):
            for entity, kind, value in self._run(_VOTES.format(marks(some)), some):
                votes[entity].append((kind, value))
        return [entity_of(*row[1:], votes[row[0]]) for row in rows]


def entity_of(name: str, label: str, type: str | None, claims: int, votes: list[tuple[int, str]]) -> Entity:
    """An entity by its label and type (an IRI) and all that is said of it, by kind of vote."""
    names = {value for of, value in votes if of in (LABEL, ALIAS)} - {label}
    known = [("wikidata", value.removeprefix(WIKIDATA)) for of, value in votes if of == SAME]
    known += [(value.partition("=")[0], value.partition("=")[2]) for of, value in votes if of == IDENTIFIER]
    return Entity(name, label, name_of(type or ""), tuple(sorted(names)), tuple(sorted(known)), claims)


def _whole_text(name: str, said: str, sum_: int) -> str:
    """The text; sqlite3.DatabaseError if it is no longer what was written."""
    if checksum(said) != sum_:
        raise sqlite3.DatabaseError(f"{name} is damaged")
    return said


def _like(word: str) -> str:
    """What LIKE takes for texts with a word in them, the escape being a backslash."""
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _counted(word: str) -> Condition:
    """That a word that begins so stands right behind a number."""
    begun = word[:LONGEST]
    return "at IN (SELECT at FROM counted WHERE word >= ? AND word < ?)", (begun, begun + _AFTER)


def _most(limit: int | None) -> int:
    """A limit for SQLite, to which −1 is none."""
    return -1 if limit is None else limit
