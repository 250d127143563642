"""The graph in which a server keeps what the store must know: which documents are there, how far it is, who may write.

GRAPH <…/store/graph> {
  document:1c04… tg:written 7 ; tg:mark 9 ; tg:size "250 247" .    # and what the embedded store has
  <…/store/control> tg:version 7 ; tg:step 0 ; tg:last <…/stage/…> ; tg:holder <…/store/writer/a1b2…> .
  <…/store/writer/a1b2…> tg:until 1790000000 ; tg:name "process 12 on host (tollgraph ingest)" .
}
Beside them stands the journal of `graph.store.history`. A document is there if its stamp is.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.errors import StoreError
from graph.namespaces import STORE
from graph.rdf.terms import tg
from graph.store.remote.client import Client

BOOKS = NamedNode(STORE + "/graph")
CONTROL = NamedNode(STORE + "/control")
VERSION, LAST, STEP, HOLDER, UNTIL = (tg(name) for name in ("version", "last", "step", "holder", "until"))
MARK, SIZE = tg("mark"), tg("size")
_NAME = tg("name")

LEASE_SECONDS = 60
_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class State:
    """What the control node says: the version (None: nothing was ever written), the last staged change and how many of
    its steps are done (0: all), and who may write, by IRI and name, until when (seconds since 1970).
    """

    version: int | None = None
    last: str = ""
    step: int = 0
    holder: str = ""
    name: str = "another process, which is through"
    until: int = 0
    holders: tuple[str, ...] = ()


def state(client: Client) -> State:
    """The state of the server's graph."""
    about: defaultdict[NamedNode, dict[NamedNode, str]] = defaultdict(dict)
    holders: set[str] = set()
    for row in client.select(
        f"SELECT ?x ?p ?o {{ GRAPH {BOOKS} {{ {{ ?x ?p ?o FILTER(?x = {CONTROL}) }} "
        f"UNION {{ {CONTROL} {HOLDER} ?x . ?x ?p ?o }} }} }}"
    ).rows:
        about[row["x"]][row["p"]] = row["o"].value
        if row["p"] == HOLDER:
            holders.add(row["o"].value)
    control = about[CONTROL]
    found = State(
        int(control[VERSION]) if VERSION in control else None,
        control.get(LAST, ""),
        int(control.get(STEP, 0)),
    )
    if not holders:
        return found
    first = min(holders)  # two who took the lease at the same moment are told apart everywhere in this way
    own = about[NamedNode(first)]
    return State(
        found.version, found.last, found.step, first, own.get(_NAME, first), int(own.get(UNTIL, 0)), tuple(holders)
    )


class Lease:
    """The right to write, of one holder at a time, for a minute from the last write; longer if nobody else asks.

    It rests on clocks that agree within seconds. A holder that is late loses nothing: every write checks the holder on
    the server, in the update itself.
    """

    def __init__(self, client: Client, *, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._clock = clock
        self._until = 0.0
        self.token = secrets.token_hex(8)
        self.holder = f"{STORE}/writer/{self.token}"
        command = " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:3]])
        self._name = f"process {os.getpid()} on {socket.gethostname()} ({command})"

    def acquire(self, seconds: float) -> State:
        """Take the lease, waiting so long for another holder; StoreError that names the holder."""
        deadline = self._clock() + seconds
        while True:
            self._take()
            found = state(self._client)
            if found.holder == self.holder:
                return found
            if self.holder in found.holders:
                self.release()
            if self._clock() >= deadline:
                free = datetime.fromtimestamp(found.until, UTC)
                raise StoreError(
                    f"{self._client.endpoint.name} is being written by {found.name}; wait for it or stop it "
                    f"(TOLLGRAPH_LOCK_SECONDS says how long to wait; if it has died, its right ends at {free:%H:%M:%S} "
                    "UTC)"
                )
            time.sleep(_PAUSE)

    def fresh(self) -> bool:
        """Whether most of the time is left."""
        return self._until - self._clock() > LEASE_SECONDS / 2

    def release(self) -> None:
        """Let others write, if the lease was ours."""
        if not self._until:
            return
        mine = NamedNode(self.holder)
        self._until = 0.0
        self._client.update(
            f"DELETE {{ GRAPH {BOOKS} {{ {CONTROL} {HOLDER} {mine} . {mine} ?p ?o }} }} "
            f"WHERE {{ GRAPH {BOOKS} {{ {mine} ?p ?o }} }}"
        )

    def _take(self) -> None:
        """Become the holder if there is none in time, and clear those away that are late."""
        now = int(self._clock())
        mine, old = NamedNode(self.holder), f"{CONTROL} {HOLDER} ?x . ?x {UNTIL} ?u ; {_NAME} ?name"
        new = f"{CONTROL} {HOLDER} {mine} . {mine} {UNTIL} {now + LEASE_SECONDS} ; {_NAME} {Literal(self._name)}"
        self._client.update(
            f"""DELETE {{ GRAPH {BOOKS} {{ {old} }} }}
INSERT {{ GRAPH {BOOKS} {{ {new} }} }}
WHERE {{
  OPTIONAL {{ GRAPH {BOOKS} {{ {old} }} FILTER(?x = {mine} || ?u < {now}) }}
  FILTER NOT EXISTS {{ GRAPH {BOOKS} {{ {CONTROL} {HOLDER} ?y . ?y {UNTIL} ?v }} FILTER(?y != {mine} && ?v >= {now}) }}
}}"""
        )
        self._until = now + LEASE_SECONDS


def require_union(client: Client) -> None:
    """StoreError unless the server's default graph is the union of its graphs, on which every query counts."""
    if not client.select(f"SELECT ?n {{ {CONTROL} {VERSION} ?n }}").rows:
        raise StoreError(
            f"{client.endpoint.name} does not show its named graphs in the default graph; configure it to (see "
            "docs/server.md)"
        )


def begin(client: Client) -> None:
    """Make the control node of a new graph; nothing happens if there is one."""
    client.update(
        f"INSERT {{ GRAPH {BOOKS} {{ {CONTROL} {VERSION} 0 ; {STEP} 0 }} }} "
        f"WHERE {{ FILTER NOT EXISTS {{ GRAPH {BOOKS} {{ {CONTROL} {VERSION} ?n }} }} }}"
    )
