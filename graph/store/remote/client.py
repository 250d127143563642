"""HTTP to a SPARQL server: queries, updates, whole graphs; every request may be sent again after a failure.

Queries change nothing. Updates and graphs are made such that a second time does nothing more (see `changes`), for after
a lost answer nobody knows whether the first one went in.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolution, QuerySolutions

from graph.errors import QueryError
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.errors import ServerDeniedError, ServerDownError, ServerFaultError, ServerSlowError

T = TypeVar("T")
ROWS = "application/sparql-results+json"
_BUSY = (408, 425, 429)
_DENIED = (401, 403, 405)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_LONG_QUERY = 1_500
_ANYTIME = ("S1TAT", "S1T00")
_LATE = "the query ran longer than {:g} s and was stopped; narrow it, or raise TOLLGRAPH_QUERY_SECONDS"
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Solutions:
    """The names and the rows of a SELECT."""

    variables: tuple[str, ...]
    rows: list[QuerySolution]


class Client:
    """One server. `transport` and `pause` are for tests."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint = endpoint
        self._pause = pause
        self._http = httpx.Client(
            auth=_auth(endpoint),
            timeout=httpx.Timeout(endpoint.seconds, connect=min(endpoint.seconds, 10.0)),
            headers={"User-Agent": "tollgraph"},
            transport=transport,
            trust_env=False,
        )

    def select(self, query: str) -> Solutions:
        """All rows of a SELECT."""
        return self._asking(query, _solutions)

    def outside(self, query: str, accept: str, *, seconds: float, size: int) -> httpx.Response:
        """What the server says within so many seconds and bytes to anyone's query. QueryError beyond those limits.

        Virtuoso is told the time limit and stops by itself.
        """
        given = {"query": query, "timeout": str(int(seconds * 1000))}
        deadline = time.monotonic() + seconds
        try:
            with self._http.stream(
                "POST", self.endpoint.query, data=given, headers={"Accept": accept}, timeout=seconds
            ) as response:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if time.monotonic() > deadline:
                        raise QueryError(_LATE.format(seconds))
                    if len(body) > size:
                        raise QueryError(f"the result is larger than {size >> 20} MB; add LIMIT or narrow it")
        except httpx.TimeoutException:
            raise QueryError(_LATE.format(seconds)) from None
        except httpx.TransportError as problem:
            raise self._broken(problem) from None
        whole = httpx.Response(response.status_code, content=bytes(body))
        if response.headers.get("x-sql-state") in _ANYTIME:
            raise QueryError(_LATE.format(seconds))
        if not whole.is_success:
            raise self._refused("query", whole)
        whole.extensions["cut"] = "x-sparql-maxrows" in response.headers
        return whole

    def update(self, text: str) -> None:
        """Run an update that may be run twice."""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._sent("update", "POST", self.endpoint.update, _as_it_is, content=text.encode(), headers=headers)

    def put_graph(self, graph: str, triples: bytes) -> None:
        """Make N-Triples the whole content of a graph, by the graph store protocol."""
        headers = {"Content-Type": "application/n-triples"}
        self._sent(
            "update", "PUT", self.endpoint.graphs, _as_it_is, params={"graph": graph}, content=triples, headers=headers
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _asking(
        self, query: str, read: Callable[[httpx.Response], T], accept: str = ROWS, seconds: float | None = None
    ) -> T:
        request: dict[str, Any] = {"headers": {"Accept": accept}}
        if seconds is not None:
            request["timeout"] = seconds
        if len(query) <= _LONG_QUERY:
            return self._sent("query", "GET", self.endpoint.query, read, params={"query": query}, **request)
        return self._sent("query", "POST", self.endpoint.query, read, data={"query": query}, **request)

    def _sent(self, what: str, method: str, url: str, read: Callable[[httpx.Response], T], **request: Any) -> T:
        """What `read` makes of the answer; sent again, after growing pauses, while the trouble may pass."""
        trouble: Exception = ServerDownError(f"{self.endpoint.name} was not asked")
        for attempt in range(max(1, self.endpoint.tries)):
            if attempt:
                self._pause(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.0))  # noqa: S311
            try:
                response = self._http.request(method, url, **request)
                if response.is_success:
                    return read(self._whole(response))
                trouble = self._refused(what, response)
                if response.status_code < 500 and response.status_code not in _BUSY:
                    break
            except httpx.TimeoutException:
                limit = request.get("timeout", self.endpoint.seconds)
                trouble = ServerSlowError(
                    f"{self.endpoint.name} gave no answer to a {what} within {limit:g} s; "
                    "narrow it, or raise TOLLGRAPH_GRAPH_SECONDS"
                )
            except (httpx.TransportError, EOFError, SyntaxError) as problem:
                trouble = self._broken(problem)
            except httpx.InvalidURL as problem:
                raise ServerDownError(f"{self.endpoint.name} is no address that can be called ({problem})") from None
        raise trouble from None

    def _broken(self, problem: Exception) -> ServerDownError:
        reason = _line(str(problem)) or type(problem).__name__
        return ServerDownError(
            f"{self.endpoint.name} does not answer, or not in full ({reason}); "
            "start the server, or give another --graph"
        )

    def _whole(self, response: httpx.Response) -> httpx.Response:
        """The response, unless the server says that it left something out."""
        state = response.headers.get("x-sql-state", "")
        if "x-sparql-maxrows" in response.headers or state in _ANYTIME:
            most = response.headers.get("x-sparql-maxrows", "the time")
            raise ServerFaultError(
                f"{self.endpoint.name} cut a result at its own limit ({most}); narrow the query, or raise the limit "
                "there (Virtuoso: ResultSetMaxRows, MaxQueryExecutionTime)"
            )
        return response

    def _refused(self, what: str, response: httpx.Response) -> Exception:
        reason, code = _line(_MARKUP.sub(" ", response.text)), response.status_code
        if code in _DENIED or (
            what == "update" and "SR186" in reason
        ):  # Virtuoso: no permission, as a fault of its own
            do = "reads" if what == "query" else "writes"
            user = f"user {self.endpoint.user}" if self.endpoint.user else "anybody without a name"
            return ServerDeniedError(
                f"{self.endpoint.name} does not let {user} in for {do} ({code}{': ' + reason if reason else ''}); "
                "see TOLLGRAPH_GRAPH_USER, TOLLGRAPH_GRAPH_PASSWORD and TOLLGRAPH_GRAPH_UPDATE_URL"
            )
        return ServerFaultError(f"{self.endpoint.name} failed at a {what} ({code}: {reason or 'no reason given'})")


def _as_it_is(response: httpx.Response) -> httpx.Response:
    return response


def _solutions(response: httpx.Response) -> Solutions:
    found = pyoxigraph.parse_query_results(response.content, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise SyntaxError("an answer without rows")
    return Solutions(tuple(variable.value for variable in found.variables), list(found))


def _auth(endpoint: Endpoint) -> httpx.Auth | None:
    if not endpoint.user:
        return None
    if endpoint.auth == "basic":
        return httpx.BasicAuth(endpoint.user, endpoint.password)
    return httpx.DigestAuth(endpoint.user, endpoint.password)


def _line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else words[:160].rsplit(" ", 1)[0] + " …"
