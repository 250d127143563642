"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import re

from api.feeds.feed import Feed

MEDIA_TYPE = "application/atom+xml"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed, *, address: str | None = None) -> bytes:
    """The XML; `address` is where this feed is served."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.id(feed.id)
    made.title(_clean(feed.title))
    made.updated(feed.updated)
    made.author(name="Tollgraph")
    made.generator("tollgraph")
    if address is not None:
        made.link(href=address, rel="self", type=MEDIA_TYPE)
    for entry in feed.entries:
        one = made.add_entry(order="append")
        one.id(entry.id)
        one.title(_clean(entry.title))
        one.published(entry.published)
        one.updated(entry.updated)
        one.content(_clean(f"“{entry.quote}”\n{entry.source}"), type="text")
        for tag in entry.tags:
            one.category(term=_clean(tag))
        if entry.link is not None:
            one.link(href=_clean(entry.link), rel="alternate")
    written: bytes = made.atom_str(pretty=True)
    return written


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
