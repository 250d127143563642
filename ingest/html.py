"""The article of an HTML page: its text, as it is stored, and its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import SourceError
from ingest.boilerplate import separated
from ingest.datelines import read_stamp
from ingest.document import Metadata, metadata, parse_day
from ingest.linked_data import article_data
from ingest.passages import passages

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_STATEMENT = re.compile(r"[.!?…]['\"”’)\]]*$|[。！？][”’」』）]*$")
_LINKED_DATA = re.compile(
    r"<script\b[^>]{0,200}?application/ld\+json[^>]{0,200}>(.{2,200000}?)</script", re.IGNORECASE | re.DOTALL
)
_MOST_BLOCKS = 20
_SHORTEST_STATEMENT = 25
_SHORTEST_CHINESE = 8
_WORDS_BELOW_TITLE = 120
_LONGEST_STAMP = 120
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Page:
    """The article's text, beginning with its title, and what page and text say of it."""

    text: str
    metadata: Metadata


def looks_like_html(text: str) -> bool:
    """Whether a text of unknown kind (standard input, a URL without a type) is an HTML page."""
    return _LOOKS_LIKE_HTML.match(text.lstrip("\ufeff"), 0, 2000) is not None


def article(page: str, *, source: str, today: date) -> Page:
    """The article of the page; navigation and the like are gone, offsets refer to the text returned.

    Raises SourceError when there is no article in it: an empty page, a login form, a list of links.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": today.isoformat()},
    )
    text = found.text.strip() if found is not None and found.text else ""
    if not _has_article(text):
        raise SourceError(f"{source}: no article in this HTML page; save the article's text and ingest that.")
    stated = Metadata(
        title=_clean(found.title),
        published=parse_day(found.date or ""),
        outlet=_clean(found.sitename),
        author=_clean(found.author),
    )
    said = article_data(_linked_data(page))
    stated = Metadata(
        title=_clean(stated.title or said.title),
        published=said.published if said.published and said.published <= today else stated.published,
        outlet=_clean(said.outlet or stated.outlet),
        author=_clean(stated.author or said.author),
    )
    if stated.published is None:
        stated = replace(stated, published=_day_below_title(page))
    if stated.title and stated.title not in text[: len(stated.title) + 200]:
        text = f"{stated.title}\n\n{text}"
    return Page(text, stated.over(metadata(text, today=today)))


def _has_article(text: str) -> bool:
    """Whether any block is a statement: a sentence of some length that ends in a stop."""
    for block in passages(text):
        words = text[block.start : block.end]
        enough = len(words) >= _SHORTEST_STATEMENT or len(_CHINESE.findall(words)) >= _SHORTEST_CHINESE
        if block.kind in ("body", "bullet", "quote") and enough and _STATEMENT.search(words):
            return True
    return False


def _linked_data(page: str) -> list[str]:
    """The page's JSON-LD blocks as they stand."""
    return [block for block in _LINKED_DATA.findall(page)[:_MOST_BLOCKS] if '"' in block]


def _day_below_title(page: str) -> date | None:
    """The first line below the top heading that is nothing but a date, looked for until the article is under way."""
    import trafilatura

    tree = trafilatura.load_html(page)
    below, words = False, 0
    for node in tree.iter("*") if tree is not None else ():
        below = below or node.tag == "h1"
        line = " ".join((node.text or "").split())
        words += len(line.split()) if below and node.tag == "p" else 0
        if words > _WORDS_BELOW_TITLE:
            return None
        for part in separated(line) if below and len(line) <= _LONGEST_STAMP else []:
            if (stamp := read_stamp(part.strip())) and stamp.date:
                return stamp.date
    return None


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
