"""What stands around every request: security headers, the right host, a size limit, no writing from other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import response
from api.services import LOOPBACK

_READING = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware. Served on loopback (`host`), it answers to loopback names only (against DNS rebinding).

    Bodies over `max_bytes` are answered with 413.
    """

    def __init__(self, app: ASGIApp, host: str, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.local = host in LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope["method"], Headers(scope=scope))
        handler = response(403, "forbidden", "Not allowed", refused) if refused else self.app
        await handler(scope, self._limited(receive), with_headers)

    def _limited(self, receive: Receive) -> Receive:
        """Counts the body as it comes in; too much of it is an error of the handler that reads it."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.max_bytes:
                raise HTTPException(413, f"the body is larger than {self.max_bytes:,} bytes; split what you send")
            return message

        return counted

    def _refusal(self, method: str, headers: Headers) -> str | None:
        host = headers.get("host", "")
        if self.local and (urlsplit(f"//{host}").hostname or "") not in LOOPBACK:
            return f"this server answers on the local machine only, not as “{host}”; use http://127.0.0.1"
        if method in _READING:
            return None
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        if foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return "a page of another site may not write to this server"
        return None
