"""From the text of a mapping file to a `Mapping`, every fault with its line."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from graph.identity import digest
from ingest.tables.model import Join, Mapping, Origin, Reading
from ingest.tables.strict import Section, load
from ingest.tables.templates import template

_READ = ("delimiter", "encoding", "columns", "skip", "missing", "decimal")
_MISSING = ("", "n/a", "N/A", "NA", "-", "--", "---", "–", "—", "…")
_NAME = re.compile(r"\w+")


def read_mapping(text: str, *, name: str) -> Mapping:
    """The mapping of a file's text. Raises SettingsError: one line with file, line, key and the way out."""
    root = load(text, name)
    root.allow("source", "read", "join", "parties", "claims")
    source = root.section("source")
    if source is None:
        raise root.fault("“source” is missing: say at least its title")
    join = root.section("join")
    joins = tuple(_join(key, join) for key in join.values) if join else ()
    parties = root.section("parties")
    found = tuple(template(each, parties) for each in root.sections("claims"))
    if not found:
        raise root.fault("“claims” is missing or empty: say what each row claims")
    return Mapping(name, digest(text), _origin(source), _reading(root.section("read")), joins, found)


def _origin(section: Section) -> Origin:
    section.allow("title", "publisher", "author", "url", "licence", "published")
    published = section.text("published")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise section.fault(f"“{published}” is no day; write 2024-03-31", "published") from None
    publisher, author, url, licence = (section.text(key) for key in ("publisher", "author", "url", "licence"))
    return Origin(section.required("title"), publisher, author, url, licence, day)


def _reading(section: Section | None) -> Reading:
    if section is None:
        return Reading(missing=frozenset(_MISSING))
    section.allow(*_READ)
    delimiter = section.text("delimiter")
    delimiter = {"tab": "\t", "space": " "}.get(delimiter or "", delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise section.fault("one character, or tab, is expected", "delimiter")
    encoding = section.text("encoding")
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        raise section.fault(f"there is no encoding “{encoding}”; leave it out, or write utf-8", "encoding") from None
    missing = section.texts("missing")
    return Reading(
        delimiter,
        encoding,
        section.texts("columns"),
        section.whole("skip") or 0,
        frozenset({"", *(missing if "missing" in section.values else _MISSING)}),
        cast("str", section.choice("decimal", (".", ","))) or ".",  # type: ignore[arg-type]
    )


def _join(name: str, joins: Section) -> Join:
    section = joins.section(name)
    if section is None or not _NAME.fullmatch(name):
        raise joins.fault("a name (letters and digits) with file, key and on is expected", name)
    section.allow("file", "key", "on", *_READ)
    kept = section.part(_READ)
    file = section.required("file")
    if file.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", file):
        raise section.fault("a file in the folder of the table is expected", "file")
    return Join(name, file, section.required("key"), section.required("on"), _reading(kept))
