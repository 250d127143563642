"""The `Name: value` lines that some texts carry on top, between `---` fences or bare: title, date, source, author."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = {
    "title": "title headline 标题",
    "date": "date published publication_date pubdate 日期",
    "outlet": "source outlet publisher publication site 来源",
    "author": "author authors by byline 作者",
    "other": "url link language lang licence license tags topics keywords summary note sources slug id category",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_LINE = re.compile(r"(?P<name>[^\W\d][\w -]{0,20}?)\s*[:：][ \t]*(?P<value>\S.*?)?[ \t]*(?:\r?\n|\r|$)")
_FENCE = re.compile(r"-{3,}[ \t]*(?:\r?\n|\r|$)")
_BLANK = re.compile(r"[\s\ufeff]*")


@dataclass(frozen=True, slots=True)
class Field:
    """One line: what it holds (title, date, outlet, author or other) and where its value stands in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """All fields, and the offset where the text proper begins. Nothing found: no fields, end 0."""

    fields: tuple[Field, ...] = ()
    end: int = 0

    def value(self, name: str, text: str) -> str | None:
        """The first value of that name as written, without surrounding quotes."""
        found = next((field for field in self.fields if field.name == name), None)
        return text[found.start : found.end].strip("\"'") if found else None


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text: a fenced block, or two and more known names line after line at the very top."""
    at = _match_end(_BLANK, text, 0)
    opened = _FENCE.match(text, at)
    at = opened.end() if opened else at
    fields: list[Field] = []
    while line := _LINE.match(text, at):
        field = _FIELD_OF.get(line["name"].casefold().replace(" ", "_"))
        if field is None and not opened:
            break
        if line["value"]:
            fields.append(Field(field or "other", line.start("value"), line.end("value")))
        at = line.end()
        if at == len(text):
            break
    closed = _FENCE.match(text, at) if opened else None
    if (opened and not closed) or (not opened and len(fields) < 2):
        return FrontMatter()
    return FrontMatter(tuple(fields), closed.end() if closed else at)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
