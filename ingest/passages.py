"""The blocks of a text: title, headings, paragraphs, bullets, and what is not the article.

Each non-blank line is one block, a paragraph that is wrapped over several lines, too (an agency dateline before the
first paragraph is a block of its own), so that `[text[p.start:p.end] for p in passages(text)]` is the text without the
blank space between its blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, cast

from ingest import boilerplate
from ingest.datelines import read_opening, read_stamp
from ingest.frontmatter import FrontMatter, front_matter
from ingest.lines import MARKER, lines, trim, unwrapped
from ingest.plain import on_one_line

Kind = Literal["title", "heading", "body", "bullet", "dateline", "caption", "quote", "correction", "boilerplate"]

_HEADING_LENGTH = 140
_HEADING_WORDS = 22
_STOPS = tuple(".!;:,…。！；：，")
_CLOSERS = "\"'”’»)]」』）"
_OPENING_WITHIN = 3
_TITLE_WITHIN = 4
_MASTHEAD_WORDS = 6
_ARTICLE_BEGUN = 200
_PULL_QUOTE = re.compile(r"[\"“‘「『][^\"“”‘「」『』]{12,300}[\"”’」』](?:\s*[-–—]+\s*[^.!?]{2,60})?")
_TABLE_ROW = re.compile(r"\s*\|(?:[^|]*\|){2,}\s*")  # its cells are no sentence: read as one they give false relations
_RULE_LINE = re.compile(r"[-=_*~#—–•·.+|\s]{2,}")
_OUTLET_WORD = re.compile(
    r"\b(?:daily|weekly|times|tribune|courier|news|journal|post|brief|briefing|review|wire|today|herald|gazette|observer"
    r"|chronicle|newsletter|notes|report|bulletin|digest|insider|watch|magazine|press|standard|monitor|quarter|quarterly)\b"
    r"|[日周晚]报|周刊|新闻|快讯",
    re.IGNORECASE,
)
_NAMES_LINKS = re.compile(r"[:：|›>—-]\s*\S")
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!][\"”’)]*\s+[A-Z]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SLUG = re.compile(
    r"(?:(?:UPDATE|WRAPUP) \d{1,2}|EXCLUSIVE|CORRECTED|REFILE|BREAKINGVIEWS|ANALYSIS|FOCUS|INSIGHT|FACTBOX|EXPLAINER"
    r"|TIMELINE|BRIEF|RPT|BREAKING)\s?[-–—:]\s?(?=\S)"
)
_OPEN_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` without blank edges. `dateline` is any line of date, byline, outlet or agency."""

    start: int
    end: int
    kind: Kind


def passages(text: str) -> list[Passage]:
    """All blocks of the text in order, together covering everything in it that is not blank.

    >>> [p.kind for p in passages("Vale sells a fab\\nBy Mette Lund\\nVale sold its fab in Oslo.\\nShare | Print")]
    ['title', 'dateline', 'body', 'boilerplate']
    """
    head = front_matter(text)
    blocks = _kinds(text, unwrapped(text, head.end))
    front = _front(text, head, said_again={text[block.start : block.end] for block in blocks[:_TITLE_WITHIN]})
    has_title = any(block.kind == "title" for block in front)
    return front + _split_opening(text, _entitle(text, blocks, has_title))


def _front(text: str, head: FrontMatter, *, said_again: set[str]) -> list[Passage]:
    """Front matter: the title's value is the title unless the text begins with it, all else is dateline."""
    blocks: list[Passage] = []
    fields = {field.start: field for field in head.fields}
    for start, stop in lines(text, 0, head.end):
        value = next((field for at, field in fields.items() if start <= at < stop), None)
        first = not any(block.kind == "title" for block in blocks)
        if value is not None and value.name == "title" and first and text[value.start : value.end] not in said_again:
            label = trim(text, start, value.start)
            blocks += [Passage(*label, "dateline")] if label else []
            blocks.append(Passage(value.start, value.end, "title"))
        else:
            blocks.append(Passage(start, stop, "dateline"))
    return blocks


def _kinds(text: str, spans: list[tuple[int, int]]) -> list[Passage]:
    """The kind of each line, by its own look and by the block that an earlier line opened."""
    blocks: list[Passage] = []
    reach: boilerplate.Scope | None = None
    begun = 0
    read = [on_one_line(text[start:end]) for start, end in spans]
    for i, ((start, end), line) in enumerate(zip(spans, read, strict=True)):
        following = read[i + 1] if i + 1 < len(read) else ""
        kind, rule = _kind(line, following[:1], begun=bool(begun))
        opens = _opened(line, rule, begun)
        if reach == "rest" or (reach == "list" and opens in (None, "list") and _link_like(line, kind)):
            blocks.append(Passage(start, end, "boilerplate"))
            continue
        if reach == "section" and kind != "heading" and rule is None and opens is None:
            blocks.append(Passage(start, end, "boilerplate"))
            continue
        reach = opens
        if opens and rule is None:
            kind = "boilerplate"
        begun += end - start if kind in ("body", "bullet", "quote") else 0
        blocks.append(Passage(start, end, kind))
    return blocks


def _opened(line: str, rule: boilerplate.Rule | None, begun: int) -> boilerplate.Scope | None:
    """How the line reaches on to the next ones; a list that names its links on its own line does not.

    “About Vale” opens nothing: what a firm says of itself below its press release is a claim of its own.
    """
    if rule is None:
        return None
    late = begun >= _ARTICLE_BEGUN
    if rule.scope == "section" or (rule.scope == "rest" and late):
        return rule.scope
    return "list" if rule.scope == "list" and _NAMES_LINKS.search(line) is None else None


def _link_like(line: str, kind: Kind) -> bool:
    short = len(line) <= _HEADING_LENGTH and not line.endswith((".", "。"))
    return kind in ("boilerplate", "heading") or (kind in ("bullet", "body") and short)


def _kind(line: str, following: str, *, begun: bool) -> tuple[Kind, boilerplate.Rule | None]:
    if _RULE_LINE.fullmatch(line) or _OPEN_LINK.fullmatch(line) or _TABLE_ROW.fullmatch(line):
        return "boilerplate", None
    marker = MARKER.match(line)
    content = line[marker.end() :] if marker else line
    if len(content) <= 240 and any(read_stamp(part.strip()) for part in boilerplate.separated(content)):
        return "dateline", None
    rule = boilerplate.match(content)
    if rule is not None:
        return cast(Kind, rule.kind), rule
    if marker and not marker[0].startswith(("#", ">")):
        return "bullet", None
    if marker and marker[0].startswith("#"):
        return "heading", None
    if marker or _PULL_QUOTE.fullmatch(content):
        return "quote", None
    return ("heading" if _heading_like(content, following, begun=begun) else "body"), None


def _heading_like(line: str, following: str, *, begun: bool) -> bool:
    """Short, without a final stop, and no hard-wrapped line that the next one continues in lower case."""
    words = len(line.split())
    if (
        len(line) > _HEADING_LENGTH
        or words > _HEADING_WORDS
        or following.islower()
        or line.rstrip(_CLOSERS).endswith(_STOPS)
        or _SENTENCES.search(line)
    ):
        return False
    if line.endswith(("?", "？")) and words > 12:
        return False
    return (any(c.isalpha() for c in line) or _YEAR.fullmatch(line) is not None) and not (begun and line.count("|") > 1)


def _entitle(text: str, blocks: list[Passage], has_title: bool) -> list[Passage]:
    """Name masthead and title among the lines before the first paragraph."""
    if len(blocks) == 1 and blocks[0].kind == "heading":
        return [replace(blocks[0], kind="body")]
    first = next((i for i, block in enumerate(blocks) if block.kind in ("body", "quote")), len(blocks))
    heads = [i for i in range(first) if blocks[i].kind == "heading"]
    out = list(blocks)
    while len(heads) > 1 and _is_masthead(text, out, heads[0]):
        at = heads.pop(0)
        out[at] = replace(out[at], kind="dateline")
    if heads and not has_title:
        return [*out[: heads[0]], *_without_slug(text, out[heads[0]]), *out[heads[0] + 1 :]]
    return out


def _without_slug(text: str, title: Passage) -> list[Passage]:
    """The title, and before it what a wire puts there: “UPDATE 2-”, “EXCLUSIVE-”."""
    slug = _SLUG.match(text, title.start, title.end)
    if slug is None:
        return [replace(title, kind="title")]
    return [Passage(title.start, slug.end(), "dateline"), Passage(slug.end(), title.end, "title")]


def _is_masthead(text: str, blocks: list[Passage], at: int) -> bool:
    """The outlet's name: a few words, in capitals or with a word that outlets bear, right above date or navigation."""
    line = text[blocks[at].start : blocks[at].end]
    if blocks[at + 1].kind not in ("dateline", "boilerplate") or len(line.replace("|", " ").split()) > _MASTHEAD_WORDS:
        return False
    return "|" in line or line.isupper() or has_outlet_word(line)


def has_outlet_word(line: str) -> bool:
    """Whether the line bears a word that names of newspapers, wires and newsletters bear."""
    return _OUTLET_WORD.search(line) is not None


def _split_opening(text: str, blocks: list[Passage]) -> list[Passage]:
    """Cut the agency dateline off one of the first paragraphs."""
    paragraphs = [i for i, block in enumerate(blocks) if block.kind == "body"]
    for i in paragraphs[:_OPENING_WITHIN]:
        block = blocks[i]
        opening = read_opening(text[block.start : block.end])
        if opening is not None and (line := trim(text, block.start, block.start + opening.end)):
            rest = Passage(block.start + opening.end, block.end, "body")
            return [*blocks[:i], Passage(*line, "dateline"), rest, *blocks[i + 1 :]]
    return blocks
