"""Request counts and times for `/metrics`, in the Prometheus text format."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.store.protocol import Counts


class Counters:
    """Requests and seconds by method, route template and status; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: defaultdict[tuple[str, str], float] = defaultdict(float)

    def record(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one finished request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[method, route] += seconds

    def text(self, counts: Counts, jobs_waiting: int) -> str:
        """The exposition: requests, their time, and what the graph holds."""
        lines = [*_head("tollgraph_requests_total", "counter", "Requests answered.")]
        with self._lock:
            for (method, route, status), number in sorted(self._requests.items()):
                labels = f'method="{method}",route="{_escape(route)}",status="{status}"'
                lines.append(f"tollgraph_requests_total{{{labels}}} {number}")
            lines += _head("tollgraph_request_seconds_total", "counter", "Time spent on requests.")
            for (method, route), seconds in sorted(self._seconds.items()):
                labels = f'method="{method}",route="{_escape(route)}"'
                lines.append(f"tollgraph_request_seconds_total{{{labels}}} {seconds:.6f}")
        gauges = {"documents": counts.documents, "entities": counts.entities, "claims": counts.claims}
        for name, value in (gauges | {"jobs_waiting": jobs_waiting}).items():
            lines += [*_head(f"tollgraph_{name}", "gauge", f"{name.replace('_', ' ').capitalize()}.")]
            lines.append(f"tollgraph_{name} {value}")
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, words: str) -> list[str]:
    return [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]


def _escape(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Counting:
    """ASGI middleware that records each request under its route template, never under its address."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self.app = app
        self.counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and record it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self.counters.record(scope["method"], route, status, time.perf_counter() - began)
