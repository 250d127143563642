"""One web page over http or https, within a time and size limit."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import cast
from urllib.parse import urlsplit

from graph.errors import SourceError

SECONDS = 20.0
_CHUNK = 65_536
_AGENT = "tollgraph (+https://w3id.org/tollgraph)"


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of a page as sent; `charset` and `html` (is it a page?) are what its header says, None if nothing."""

    body: bytes
    charset: str | None
    html: bool | None


def fetch(url: str, *, max_bytes: int, seconds: float = SECONDS) -> Reply:
    """GET the page, redirects followed. Raises SourceError with the reason and the way out."""
    if urlsplit(url).hostname is None:
        raise SourceError(f"{url}: not a web address; write it as https://host/path.")
    headers = {"User-Agent": _AGENT, "Accept": "text/html, text/plain, */*;q=0.1"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - `_web_only` opens nothing but the web
    deadline = time.monotonic() + seconds
    try:
        with _web_only().open(request, timeout=seconds) as reply:
            body = _body(cast(HTTPResponse, reply), url, max_bytes, deadline, seconds)
            kind = reply.headers.get_content_type() if reply.headers.get("Content-Type") else None
            return Reply(body, reply.headers.get_content_charset(), None if kind is None else "html" in kind)
    except urllib.error.HTTPError as error:
        error.close()
        raise SourceError(f"{url}: the server answered {error.code} {error.reason}; check the address.") from error
    except urllib.error.URLError as error:
        raise SourceError(f"{url}: cannot be fetched ({error.reason}); check address and network.") from error
    except TimeoutError as error:
        raise SourceError(f"{url}: no answer within {seconds:g} seconds; try again, or save the page.") from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(f"{url}: cannot be fetched ({error}); check the address, or save the page.") from error


def _web_only() -> urllib.request.OpenerDirector:
    """An opener that knows http and https and nothing else, wherever a redirect points."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _body(reply: HTTPResponse, url: str, max_bytes: int, deadline: float, seconds: float) -> bytes:
    chunks, size = [], 0
    while chunk := reply.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise SourceError(f"{url}: longer than {max_bytes:,} bytes; save the part you need.")
        if time.monotonic() > deadline:
            raise TimeoutError(f"longer than {seconds:g} seconds")
    return b"".join(chunks)
