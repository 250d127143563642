"""`GET /v1/diff`, watch lists, and their feeds with conditional requests."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api import models, watching
from api.feeds.atom import MEDIA_TYPE as ATOM
from api.feeds.atom import atom
from api.feeds.feed import Feed
from api.feeds.feed import feed as collect
from api.feeds.json_feed import MEDIA_TYPE as JSON_FEED
from api.feeds.json_feed import json_feed
from api.moments import moment
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract
from graph.change.difference import difference
from graph.change.watch import watches
from graph.contract import dumps

router = APIRouter(prefix="/v1", tags=["changes"])

_WHEN = "A day, an instant, or how long ago: 2026-03-01, 2026-03-01T12:00Z, 36h, 7d, 2w."
Name = Annotated[str | None, Query(description="Name of a watch list; without it all together.")]
Limit = Annotated[int, Query(ge=1, le=1000)]
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Not changed since."}}


def _served(media: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The feed; `ETag` and `Last-Modified` tell its state.", "content": {media: {}}}}


@router.get("/diff", response_model=models.Difference, responses=documented(400, 422))
def diff(
    using: Using,
    since: Annotated[str, Query(description=_WHEN)],
    until: Annotated[str | None, Query(description="The same; without it: now.")] = None,
) -> ContractJson:
    """What changed in the graph: claims new, changed, gone, rumours confirmed, statements denied."""
    now = using.now()
    found = difference(using.store, moment(since, now), moment(until, now, end=True) if until else None)
    return ContractJson(contract.difference(found))


@router.get("/watches", response_model=models.Watches)
def listed(using: Using) -> ContractJson:
    """The watch lists by name."""
    return ContractJson({"items": [contract.watch(watch) for watch in watches(using.store)]})


@router.put("/watches/{name}", response_model=models.Watch, responses=documented(400, 403, 404, 409, 422))
def keep(using: Using, name: str, wanted: models.Watched) -> ContractJson:
    """Keep a watch list, in the place of one of the same name."""
    store = using.store
    made = watching.wanted(store, name, **wanted.model_dump())
    store.watch(made)
    return ContractJson(contract.watch(made))


@router.delete("/watches/{name}", status_code=204, response_class=Response, responses=documented(403, 404))
def forget(using: Using, name: str) -> Response:
    """Forget a watch list."""
    using.store.unwatch(name)
    return Response(status_code=204)


@router.get("/feed.atom", response_class=Response, responses=_served(ATOM) | _UNCHANGED | documented(404, 422))
def feed_atom(using: Using, request: Request, watch: Name = None, limit: Limit = 50) -> Response:
    """The feed of what touches a watch list as Atom: claims with their quotes, the latest taken in first."""
    found = collect(using.store, watch, limit=limit)
    return _unchanged(request, found) or _said(found, atom(found, address=str(request.url)), f"{ATOM}; charset=utf-8")


@router.get("/feed.json", response_class=Response, responses=_served(JSON_FEED) | _UNCHANGED | documented(404, 422))
def feed_json(using: Using, request: Request, watch: Name = None, limit: Limit = 50) -> Response:
    """The same as JSON Feed 1.1."""
    found = collect(using.store, watch, limit=limit)
    body = dumps(json_feed(found, address=str(request.url))).encode("utf-8", "backslashreplace")
    return _unchanged(request, found) or _said(found, body, JSON_FEED)


def _said(feed: Feed, body: bytes, media: str) -> Response:
    return Response(body, media_type=media, headers=_state(feed))


def _state(feed: Feed) -> dict[str, str]:
    return {"etag": f'"{feed.etag}"', "last-modified": format_datetime(feed.updated, usegmt=True)}


def _unchanged(request: Request, feed: Feed) -> Response | None:
    """304 if the reader has this state: by its ETag, or, where it sends none, by the date (RFC 9110, 13.1)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        held = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        same = "*" in held or f'"{feed.etag}"' in held
    else:
        since = _date(request.headers.get("if-modified-since"))
        same = since is not None and feed.updated.replace(microsecond=0) <= since
    return Response(status_code=304, headers=_state(feed)) if same else None


def _date(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
