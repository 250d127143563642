"""SPARQL servers to test against: Virtuoso, started here on loopback, and one in memory that can be made to fail."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from graph.store.remote import Endpoint

INI = Path("/etc/virtuoso-opensource-7/virtuoso.ini")
PROGRAM = shutil.which("virtuoso-t")
MISSING = "Virtuoso is not installed (apt-get install virtuoso-opensource-7)"
PASSWORD = "dba"
_WITH_US = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []  # even if the tests are killed
_WAIT = 120
_OWN = "https://w3id.org/tollgraph/"


@dataclass
class Virtuoso:
    """A running server; `sparql` may be read and written by anybody, `sparql-auth` needs the user dba."""

    folder: Path
    http: int
    sql: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    @property
    def endpoint(self) -> Endpoint:
        address = f"{self.url}/sparql"
        return Endpoint(address, address, f"{self.url}/sparql-graph-crud")

    def start(self) -> None:
        log = (self.folder / "out").open("ab")
        command = [*_WITH_US, str(PROGRAM), "+configfile", str(self.folder / "virtuoso.ini"), "+foreground"]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        deadline = time.monotonic() + _WAIT
        while True:
            try:
                httpx.get(f"{self.url}/sparql", params={"query": "ASK {}"}, trust_env=False)
                return
            except httpx.TransportError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    raise RuntimeError((self.folder / "out").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.1)

    def kill(self) -> None:
        """Kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            (self.folder / "db" / "virtuoso.lck").unlink(missing_ok=True)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
            self.kill()

    def sql_command(self, statement: str) -> None:
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{self.sql}", "dba", PASSWORD, f"exec={statement}"], check=True, capture_output=True
        )

    def wipe(self) -> None:
        """Drop every graph of ours."""
        with httpx.Client(trust_env=False, timeout=60) as http:
            query = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{_OWN}")) }}'
            accept = {"Accept": "application/sparql-results+json"}
            found = http.get(f"{self.url}/sparql", params={"query": query}, headers=accept).json()
            for row in found["results"]["bindings"]:
                http.post(f"{self.url}/sparql", data={"update": f"DROP SILENT GRAPH <{row['g']['value']}>"})


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """A server with its files in a folder, while the block runs."""
    http, sql = _free_ports()
    server = Virtuoso(folder, http, sql)
    for name in ("db", "vsp"):
        (folder / name).mkdir()
    ini = INI.read_text()
    for old, new in (
        ("/var/lib/virtuoso-opensource-7/db", str(folder / "db")),
        ("/var/lib/virtuoso-opensource-7/vsp", str(folder / "vsp")),
    ):
        ini = ini.replace(old, new)
    ini = re.sub(r"(?m)^ServerPort\s*=\s*1111\b", f"ServerPort = 127.0.0.1:{sql}", ini)
    ini = re.sub(r"(?m)^ServerPort\s*=\s*8890\b", f"ServerPort = 127.0.0.1:{http}", ini)
    ini = re.sub(r"(?m)^NumberOfBuffers\s*=.*", "NumberOfBuffers = 5000", ini)
    ini = re.sub(r"(?m)^MaxDirtyBuffers\s*=.*", "MaxDirtyBuffers = 3000", ini)
    (folder / "virtuoso.ini").write_text(ini)
    try:
        server.start()
        server.sql_command('GRANT SPARQL_UPDATE TO "SPARQL"')
        yield server
    finally:
        server.stop()


def _free_ports() -> tuple[int, int]:
    sockets = [socket.socket() for _ in range(2)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = tuple(one.getsockname()[1] for one in sockets)
    for one in sockets:
        one.close()
    return ports[0], ports[1]


Fault = Callable[[int, httpx.Request], str]
"""(number of the request from 0, the request) → "" for none, or one of those that `Fake` knows."""


@dataclass
class Fake(httpx.BaseTransport):
    """A SPARQL server in memory, as a transport of httpx. Results are cut at `rows`, as Virtuoso's are.

    Faults: "refused", "slow" (neither done), "lost" (done, no answer), "cut" (done, half an answer), "503", "late"
    (done once more when the next request comes).
    """

    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    fault: Fault = lambda number, request: ""
    rows: int = 10_000
    graphs: bool = True
    writable: bool = True
    union: bool = True
    requests: int = 0
    _late: list[httpx.Request] = field(default_factory=list)

    @property
    def endpoint(self) -> Endpoint:
        url = "http://fake.example"
        return Endpoint(f"{url}/sparql", f"{url}/update", f"{url}/graphs" if self.graphs else "", seconds=5)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        for late in self._late:
            self._answer(late)
        self._late.clear()
        fault = self.fault(self.requests, request)
        self.requests += 1
        if fault == "refused":
            raise httpx.ConnectError("Connection refused", request=request)
        if fault == "slow":
            raise httpx.ReadTimeout("timed out", request=request)
        if fault == "503":
            return httpx.Response(503, text="<html>come back <b>later</b></html>")
        answer = self._answer(request)
        if fault == "late":
            self._late.append(request)
        if fault == "lost":
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
        if fault == "cut" and len(answer.content) > 1:
            return httpx.Response(200, headers=answer.headers, content=answer.content[: len(answer.content) // 2])
        return answer

    def _answer(self, request: httpx.Request) -> httpx.Response:
        parts = urlsplit(str(request.url))
        given = parse_qs(parts.query)
        if parts.path == "/sparql":
            query = given.get("query") or parse_qs(request.content.decode())["query"]
            return self._query(query[0], request.headers["accept"])
        if not self.writable:
            return httpx.Response(403, text="read-only")
        try:
            if parts.path == "/update":
                self.store.update(request.content.decode())
            else:
                graph = NamedNode(given["graph"][0])
                self.store.remove_graph(graph)
                self.store.load(request.content, format=RdfFormat.N_TRIPLES, to_graph=graph)
        except SyntaxError as problem:
            return httpx.Response(400, text=str(problem))
        return httpx.Response(204)

    def _query(self, query: str, accept: str) -> httpx.Response:
        try:
            found = self.store.query(query, use_default_graph_as_union=self.union)
        except SyntaxError as problem:
            return httpx.Response(400, text=str(problem))
        if isinstance(found, pyoxigraph.QueryTriples):
            body = found.serialize(format=RdfFormat.from_media_type(accept)) or b""
            return httpx.Response(200, content=body, headers={"Content-Type": accept})
        syntax = QueryResultsFormat.from_media_type(accept)
        return httpx.Response(200, content=found.serialize(format=syntax) or b"", headers={"Content-Type": accept})
