"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from api.feeds.feed import Entry, Feed
from graph.contract import Json

MEDIA_TYPE = "application/feed+json"


def json_feed(feed: Feed, *, address: str | None = None) -> Json:
    """The JSON; `address` is where this feed is served."""
    head: Json = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if address is not None:
        head["feed_url"] = address
    return head | {"items": [_item(entry) for entry in feed.entries]}


def _item(entry: Entry) -> Json:
    item: Json = {
        "id": entry.id,
        "title": entry.title,
        "content_text": f"“{entry.quote}”\n{entry.source}",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.tags),
    }
    return item if entry.link is None else item | {"url": entry.link}
