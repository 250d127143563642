"""What the default graph keeps of documents that were replaced or removed: one node each, the former graph packed.

<…/store/write/7> tg:written 7 ; tg:document document:1c04… ; tg:action "replaced" ; tg:began 3 ;
    tg:since "2026-03-02T09:30:00Z"^^xsd:dateTime ; tg:ended "2026-03-05T08:00:00Z"^^xsd:dateTime ;
    tg:former "eNq…"^^xsd:base64Binary .
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal as Choice
from typing import cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph.namespaces import DOCUMENT as DOCUMENTS
from graph.namespaces import PROV, STORE, XSD
from graph.rdf.terms import literal, node, tg
from graph.store.seam import Quads

Action = Choice["replaced", "removed"]

WRITTEN, SINCE, DOCUMENT = tg("written"), tg("since"), tg("document")
INGESTED = node(PROV + "generatedAtTime")
DEFAULT = DefaultGraph()
BINARY = node(XSD + "base64Binary")
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a document: the write that brought it and the instant (in UTC) since when it held."""

    graph: str
    began: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A state that is over: `written` is the write that ended it, `former` its graph, packed."""

    version: Version
    written: int
    action: Action
    ended: datetime
    former: str

    def quads(self) -> Iterator[Quad]:
        """The document's graph as it was."""
        return unpacked(self.former)


def packed(quads: Iterable[Quad]) -> str:
    """Quads as compressed N-Quads in base64."""
    return base64.b64encode(zlib.compress(serialize(quads, format=RdfFormat.N_QUADS) or b"")).decode("ascii")


def unpacked(text: str) -> Iterator[Quad]:
    """The inverse of `packed`."""
    return parse(zlib.decompress(base64.b64decode(text)), format=RdfFormat.N_QUADS)


def past_quads(past: Past) -> list[Quad]:
    """The journal's node of a state that is over."""
    subject = NamedNode(f"{STORE}/write/{past.written}")
    values: dict[NamedNode, NamedNode | Literal] = {
        WRITTEN: literal(past.written),
        DOCUMENT: NamedNode(past.version.graph),
        tg("action"): literal(past.action),
        tg("began"): literal(past.version.began),
        SINCE: literal(past.version.since),
        tg("ended"): literal(past.ended),
        tg("former"): Literal(past.former, datatype=BINARY),
    }
    return [Quad(subject, predicate, value, DEFAULT) for predicate, value in values.items()]


def journal(quads: Quads) -> list[Past]:
    """Every state that is over and not forgotten, in the order in which they ended."""
    nodes = (quad.subject for quad in quads.quads_for_pattern(None, tg("ended"), None, DEFAULT))
    return sorted((_past(quads, cast(NamedNode, name)) for name in nodes), key=lambda past: past.written)


def held_at(quads: Quads, at: datetime) -> list[Past]:
    """The states that are over and held at an instant; the packed graphs of all others are left unread."""
    since = dict(_pairs(quads.quads_for_pattern(None, SINCE, None, DEFAULT)))
    ended = _pairs(quads.quads_for_pattern(None, tg("ended"), None, DEFAULT))
    names = [name for name, over in ended if instant(since[name]) <= at < instant(over)]
    return sorted((_past(quads, NamedNode(name)) for name in names), key=lambda past: past.written)


def _past(quads: Quads, name: NamedNode) -> Past:
    found = {q.predicate: cast(Literal, q.object).value for q in quads.quads_for_pattern(name, None, None, DEFAULT)}
    version = Version(found[DOCUMENT], int(found[tg("began")]), instant(found[SINCE]))
    ended = instant(found[tg("ended")])
    return Past(version, int(found[WRITTEN]), cast(Action, found[tg("action")]), ended, found[tg("former")])


def versions(quads: Quads) -> dict[str, Version]:
    """The state of each document that is there now, by the IRI of its graph."""
    stamps = quads.quads_for_pattern(None, WRITTEN, None, DEFAULT)
    began = {name: int(value) for name, value in _pairs(stamps) if name.startswith(DOCUMENTS)}
    taken = dict(_pairs(quads.quads_for_pattern(None, INGESTED, None, None)))
    taken |= dict(_pairs(quads.quads_for_pattern(None, SINCE, None, DEFAULT)))
    return {
        name: Version(name, number, instant(taken[name]) if name in taken else _ALWAYS)
        for name, number in began.items()
    }


def version(quads: Quads, graph: NamedNode) -> Version:
    """The state of one document that is there now."""
    (stamp,) = quads.quads_for_pattern(graph, WRITTEN, None, DEFAULT)
    return Version(graph.value, int(cast(Literal, stamp.object).value), _since(quads, graph) or _ALWAYS)


def newest(quads: Quads, noted: int = 0) -> int:
    """The number of the last write, 0 if there is none.

    With the number that the ledger `noted` last (0: none), only those after it are looked up: all numbers of the one
    write that may have come to the database but not to the ledger. If that is not there either, all are read.
    """
    last = noted
    while noted and _stamped(quads, last + 1):
        last += 1
    if last > noted or (noted and _stamped(quads, noted)):
        return last
    return max((int(value) for _, value in _pairs(quads.quads_for_pattern(None, WRITTEN, None, DEFAULT))), default=0)


def _stamped(quads: Quads, write: int) -> bool:
    return any(quads.quads_for_pattern(None, WRITTEN, literal(write), DEFAULT))


def last_instant(quads: Quads, write: int) -> datetime:
    """When the write of that number, the last one, took place; instants never decrease from write to write."""
    subjects = [quad.subject for quad in quads.quads_for_pattern(None, WRITTEN, literal(write), DEFAULT)]
    return max((at for name in subjects if (at := _since(quads, cast(NamedNode, name)))), default=_ALWAYS)


def _since(quads: Quads, name: NamedNode) -> datetime | None:
    """The last instant that the bookkeeping, or else the document itself, gives a node."""
    for predicate, graph in ((tg("ended"), DEFAULT), (SINCE, DEFAULT), (INGESTED, name)):
        for quad in quads.quads_for_pattern(name, predicate, None, graph):
            return instant(cast(Literal, quad.object).value)
    return None


def instant(value: str | datetime) -> datetime:
    """An instant in UTC; one without a zone is taken to be in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _pairs(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    for quad in quads:
        yield cast(NamedNode, quad.subject).value, cast(Literal, quad.object).value
