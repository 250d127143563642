"""Writing so that nothing is half there, nothing goes in twice, and no update outgrows the server.

SPARQL wishes a whole request to be atomic, and Virtuoso does not grant it: of `A ; B`, A stays when B fails. What it
does keep, even when it is killed, is a single DELETE/INSERT. So a change is first laid down in a graph of its own,
where no query finds it because its predicates are other ones:

    <…/stage/q/3> tg:standsFor tg:supplies ; tg:within document:1c04… .
    entity:nvidia <…/stage/q/3> entity:bytedance .

and one short update, always the same, moves it over: what is `tg:without` a graph is deleted there, what is
`tg:within` is added. Its condition is that the version is the one before and the writer holds the lease; the new
version is part of the change. So it may be sent any number of times: the second time its condition fails. A change of
more than 4,000 quads (Virtuoso 7.2 was seen to crash at 20,000) goes in several such steps, counted in the same way;
the version comes with the last. A writer that finds steps left over from another takes the rest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import StoreError
from graph.rdf.terms import literal, tg
from graph.store.remote.client import Client
from graph.store.remote.control import BOOKS, CONTROL, HOLDER, LAST, STEP, VERSION, State, state
from graph.store.remote.errors import ServerFaultError
from graph.vocabulary import DATA

STAGE = DATA + "stage/"
STEP_QUADS = 4_000
_UPDATE_QUADS = 300
_UPDATE_CHARACTERS = 60_000
FOR, WITHIN, WITHOUT = tg("standsFor"), tg("within"), tg("without")


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to take out and to put in, as sent, and the version that they make of `version`."""

    version: int
    becomes: int
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


def commit(client: Client, holder: str, name: str, change: Change, before: State) -> State:
    """Make a change, named uniquely, of the state before; the state then.

    StoreError if it is not in: the lease was lost, the server failed.
    """
    quads = [(False, quad) for quad in change.removed] + [(True, quad) for quad in change.added]
    quads.sort(key=lambda pair: pair[1].graph_name == BOOKS)  # the books say that a document is there once it is
    parts = [quads[at : at + STEP_QUADS] for at in range(0, len(quads), STEP_QUADS)] or [[]]
    base = f"{STAGE}{name}/{len(parts)}"
    for number, part in enumerate(parts):
        _stage(client, f"{base}/{number}", [*part, *_counting(change, before, base, number, len(parts))])
    for number in range(len(parts)):
        _move(client, holder, base, number, change.version)
        found = _confirm(client, holder, base, number, len(parts))
    return found


def resume(client: Client, holder: str, left: State) -> None:
    """Take the steps that another writer left over."""
    count = int(left.last.rpartition("/")[2])
    for number in range(left.step, count):
        _move(client, holder, left.last, number, left.version or 0)
        _confirm(client, holder, left.last, number, count)


def note(client: Client, holder: str, name: NamedNode, predicate: NamedNode, value: str | None) -> None:
    """Keep one value of something in the books, in the place of the one before, or none; no version comes of it."""
    new = f"{name} {predicate} {literal(value)}" if value is not None else ""
    old = f"GRAPH {BOOKS} {{ {name} {predicate} ?old }}"
    client.update(
        f"DELETE {{ {old} }} INSERT {{ GRAPH {BOOKS} {{ {new} }} }} "
        f"WHERE {{ GRAPH {BOOKS} {{ {CONTROL} {HOLDER} {NamedNode(holder)} }} OPTIONAL {{ {old} }} }}"
    )
    if [row["old"].value for row in client.select(f"SELECT ?old {{ {old} }}").rows] != [value] * (value is not None):
        raise _overtaken(client, state(client))


def sweep(client: Client) -> None:
    """Drop what writers that died laid down and never moved over."""
    for row in client.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?q {FOR} ?p }} }}").rows:
        client.update(f"DROP SILENT GRAPH {row['g']}")


def _counting(change: Change, before: State, base: str, number: int, count: int) -> Iterator[tuple[bool, Quad]]:
    """What one step does to the control node."""
    after = 0 if number == count - 1 else number + 1
    if after != number:
        yield False, Quad(CONTROL, STEP, literal(number), BOOKS)
        yield True, Quad(CONTROL, STEP, literal(after), BOOKS)
    if number == 0:
        if before.last:
            yield False, Quad(CONTROL, LAST, NamedNode(before.last), BOOKS)
        yield True, Quad(CONTROL, LAST, NamedNode(base), BOOKS)
    if number == count - 1:
        yield False, Quad(CONTROL, VERSION, literal(change.version), BOOKS)
        yield True, Quad(CONTROL, VERSION, literal(change.becomes), BOOKS)


def _stage(client: Client, graph: str, quads: Iterable[tuple[bool, Quad]]) -> None:
    """Lay a step down in a graph and see that all of it is there."""
    aliases: dict[tuple[bool, NamedNode, object], NamedNode] = {}
    triples: dict[Triple, None] = {}
    for added, quad in quads:
        key = (added, quad.predicate, quad.graph_name)
        if key not in aliases:
            alias = aliases[key] = NamedNode(f"{STAGE}q/{len(aliases)}")
            triples[Triple(alias, FOR, quad.predicate)] = None
            triples[Triple(alias, WITHIN if added else WITHOUT, quad.graph_name)] = None  # type: ignore[arg-type]
        triples[Triple(quad.subject, aliases[key], quad.object)] = None
    if client.endpoint.graphs:
        client.put_graph(graph, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    else:
        for body in _bodies(triples):
            client.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {body} }} }}")
    (row,) = client.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
    if int(row["n"].value) != len(triples):
        raise ServerFaultError(
            f"{client.endpoint.name} kept {row['n'].value} of {len(triples)} statements that it was sent; nothing was "
            "changed: look into the server's log"
        )


def _bodies(triples: Iterable[Triple]) -> Iterator[str]:
    """Triples as SPARQL, a few at a time."""
    lines: list[str] = []
    size = 0
    for triple in triples:
        line = f"{triple.subject} {triple.predicate} {triple.object} .\n"
        if lines and (len(lines) >= _UPDATE_QUADS or size + len(line) > _UPDATE_CHARACTERS):
            yield "".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield "".join(lines)


def _move(client: Client, holder: str, base: str, number: int, version: int) -> None:
    """The one update that changes anything."""
    me = NamedNode(holder)
    stage = f"<{base}/{number}>"
    client.update(
        f"""DELETE {{ GRAPH ?g {{ ?s0 ?p0 ?o0 }} }} INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{
  GRAPH {BOOKS} {{ {CONTROL} {VERSION} {version} ; {STEP} {number} ; {HOLDER} {me} }}
  FILTER NOT EXISTS {{ GRAPH {BOOKS} {{ {CONTROL} {HOLDER} ?other }} FILTER(STR(?other) < STR({me})) }}
  {{ GRAPH {stage} {{ ?q {FOR} ?p0 ; {WITHOUT} ?g . ?s0 ?q ?o0 }} }}
  UNION {{ GRAPH {stage} {{ ?q {FOR} ?p ; {WITHIN} ?g . ?s ?q ?o }} }}
}}"""
    )


def _confirm(client: Client, holder: str, base: str, number: int, count: int) -> State:
    found = state(client)
    if found.last == base and found.step == (number + 1) % count:
        client.update(f"DROP SILENT GRAPH <{base}/{number}>")
        return found
    if found.holder != holder:
        raise _overtaken(client, found)
    raise ServerFaultError(
        f"{client.endpoint.name} accepted a change and did not make it (step {number + 1} of {count}); the last "
        "document is not in: look into the server's log"
    )


def _overtaken(client: Client, found: State) -> StoreError:
    return StoreError(
        f"{client.endpoint.name} was taken over by {found.name}, for this process was silent too long; the last change "
        "is not in: run it again"
    )
