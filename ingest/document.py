"""What a text says of itself: title, day of publication, outlet, author. Read from its head, never from its body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ingest import boilerplate
from ingest.datelines import Stamp, find_date, read_opening, read_stamp, resolve_year
from ingest.frontmatter import FrontMatter, front_matter
from ingest.passages import Passage, has_outlet_word, passages
from ingest.plain import on_one_line, plain

_MARKUP = re.compile(r"^#{1,6}\s+")
_CHANGED = re.compile(r"\b(?:updated?|modified|last|corrected)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20[0-4]\d\b")
_ISSUE = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|issue|edition|quarterly|monthly|fortnightly|weekly|press|vol|no)\b",
    re.IGNORECASE,
)
_RELEASED = re.compile(r"\b(?:posted|published|released|发布时间)\b", re.IGNORECASE)
_SOURCE = re.compile(r"(?:source|来源)\s*[:：]\s*(?P<name>.{2,60})", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?i:by|author|written by)\s*[:：]?\s+|(?:作者|记者)\s*[:：]?\s*)"
    r"(?P<name>(?!(?i:our|staff|the)\b)[^\W\d_a-z][\w.'’-]*(?:\s+(?:and\s+|&\s+)?[^\W\d_a-z][\w.'’-]*){0,5})"
)
_LONGEST_NAME = 60
_HEAD = 6  # blocks in which an article may still be opening
_SHORT_LINE = 14  # words


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; None where neither page nor head says it."""

    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    author: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, and the other's where they are missing."""
        return Metadata(
            self.title or other.title,
            self.published or other.published,
            self.outlet or other.outlet,
            self.author or other.author,
        )


def metadata(text: str, *, today: date) -> Metadata:
    """The metadata that front matter, masthead, byline and dateline of a plain text give.

    A dateline without a year takes the one year that fits the text and the calendar up to `today`; if several do, or
    none, the day stays unknown.
    """
    front = front_matter(text)
    blocks = passages(text)
    lines = _head(text, [block for block in blocks if block.start >= front.end])
    parts = [part.strip() for line in lines for part in boilerplate.separated(line)]
    title = next((text[b.start : b.end] for b in blocks if b.kind == "title"), None)
    return _of_front_matter(front, text).over(
        Metadata(
            title=_MARKUP.sub("", plain(title)) if title else None,
            published=_published(text, lines, blocks, today),
            outlet=_outlet(lines),
            author=next((found["name"] for part in parts if (found := _BYLINE.match(part))), None),
        )
    )


def parse_day(value: str) -> date | None:
    """The day of a metadata value: “2025-09-05T08:00:00+02:00”, “5 September 2025”; None without a year."""
    stamp = find_date(value)
    return stamp.date if stamp else None


def _of_front_matter(front: FrontMatter, text: str) -> Metadata:
    outlet = front.value("outlet", text)
    return Metadata(
        title=front.value("title", text),
        published=parse_day(front.value("date", text) or ""),
        outlet=outlet if outlet and len(outlet) <= _LONGEST_NAME and "://" not in outlet else None,
        author=front.value("author", text),
    )


def _head(text: str, blocks: list[Passage]) -> list[str]:
    """The dateline lines above the third paragraph."""
    lines, paragraphs = [], 0
    for block in blocks:
        paragraphs += block.kind == "body"
        if paragraphs > 2:
            break
        if block.kind == "dateline":
            lines.append(on_one_line(text[block.start : block.end]))
    return lines


def _stamps(line: str) -> list[tuple[str, Stamp]]:
    opening = read_opening(line + " x")
    if opening is not None and opening.stamp is not None:
        return [(line, opening.stamp)]
    segments = (part.strip() for part in boilerplate.separated(line))
    return [(segment, stamp) for segment in segments if (stamp := read_stamp(segment))]


def _published(text: str, head: list[str], blocks: list[Passage], today: date) -> date | None:
    stamps = [stamp for line in head for stamp in _stamps(line)]
    if not stamps:
        below = (text[b.start : b.end] for b in blocks if b.kind == "dateline")
        stamps = [(s, stamp) for line in below for s, stamp in _stamps(line) if _RELEASED.search(s)]
    first = [stamp for segment, stamp in stamps if not _CHANGED.search(segment)] or [stamp for _, stamp in stamps]
    dated = next((stamp.date for stamp in first if stamp.date), None)
    if dated is None and first:
        return resolve_year(first[0], text, today)
    return dated or _dated_line(text, blocks)


def _dated_line(text: str, blocks: list[Passage]) -> date | None:
    """The full date of a short line above the article: “Thu 27 Nov 2025 — for clients only”."""
    for block in blocks[:_HEAD]:
        line = on_one_line(text[block.start : block.end])
        found = find_date(line) if block.kind == "heading" and len(line.split()) <= _SHORT_LINE else None
        day = (found.date or _in_the_year_named(found, line)) if found is not None else None
        if day is not None:
            return day
    return None


def _in_the_year_named(stamp: Stamp, line: str) -> date | None:
    """The day of a masthead that names its year elsewhere: “WATER QUARTERLY, Summer 2025 (sent to press 3 June)”."""
    years = set(_YEAR.findall(line))
    if stamp.year is not None or len(years) != 1 or not _ISSUE.search(line):
        return None
    return replace(stamp, year=int(years.pop())).date


def _outlet(head: list[str]) -> str | None:
    """The masthead; else the agency of the opening, a named source, or the name at the start of the dateline."""
    dated = [line for line in head if _stamps(line)]
    for line in head:
        if read_opening(line + " x") is None and line not in dated and not _BYLINE.match(line) and _is_masthead(line):
            return _name(boilerplate.separated(line)[0])
    for line in head:
        opening = read_opening(line + " x")
        if opening is not None and opening.agency:
            return _name(opening.agency)
    for line in dated:
        parts = [part.strip() for part in boilerplate.separated(line)]
        if source := next((found for part in parts if (found := _SOURCE.fullmatch(part))), None):
            return _name(source["name"])
        if len(parts) > 1 and parts[0].isupper() and len(parts[0]) > 3:
            return _name(parts[0])
        named = (part for part in parts if has_outlet_word(part) and part[:1].isupper() and not read_stamp(part))
        if len(parts) > 1 and (name := next(named, None)):
            return _name(name)
    return None


def _is_masthead(line: str) -> bool:
    """Whether a line of the head is an outlet's name: not a time of day, not a wire's “UPDATE 2-”."""
    capitals = line.isupper() and not any(c.isdigit() for c in line) and line[-1] not in "-–—:"
    return has_outlet_word(line) or capitals or "|" in line


def _name(words: str) -> str | None:
    name = words.strip(" \t,;:")
    return name if 1 < len(name) <= _LONGEST_NAME else None
