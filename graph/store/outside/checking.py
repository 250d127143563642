"""Which queries may run: SELECT, ASK, CONSTRUCT and DESCRIBE over this graph alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import QueryError
from graph.namespaces import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_PROLOGUE = frozenset(("PREFIX", "BASE", "VERSION"))
_SERVICE = "SERVICE is refused because queries make no network calls; ask the other endpoint yourself"
_FROM = "FROM is refused because queries read this graph alone; name a document with GRAPH <…> { … } instead"

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>'''(?:[^\\]|\\.)*?''' | \"""(?:[^\\]|\\.)*?\""" | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<tag>[?$@]\w[\w-]*)
    | (?P<name>(?:[^\W\d_][\w.-]*|_)?:)(?:[\w:%.-]|\\.)*
    | (?P<word>[^\W\d]\w*)
    | \\. | .""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run: its form (SELECT, ASK, CONSTRUCT, DESCRIBE) and its text without comments."""

    form: str
    text: str


def check_query(query: str) -> Checked:
    """The query if it only reads this graph; QueryError for an update, SERVICE, FROM or an undeclared prefix.

    Comments become blanks, so that nothing can hide in what this reading and the parser's hold to be one.
    """
    text = _TOKEN.sub(lambda m: " " * len(m.group()) if m.lastgroup == "comment" else m.group(), query)
    words = [word.upper() for word in _all(text, "word")]
    form = next((word for word in words if word not in _PROLOGUE), "")
    if form in _UPDATES:
        raise QueryError(f"{form} is refused: SPARQL here only reads; use `tollgraph ingest` and `tollgraph retract`")
    if form not in FORMS:
        raise QueryError("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes")
    prefixes = set(_all(text, "name"))
    if any("SERVICE" in word for word in (*words, *(name.upper() for name in prefixes))):
        raise QueryError(_SERVICE)  # the parser reads `trueSERVICE` and `SERVICE:x` as keywords too
    if "FROM" in words:
        raise QueryError(_FROM)
    declared = {"_:", *re.findall(r"PREFIX\s+([^\s:]*:)", text, re.IGNORECASE), *(f"{name}:" for name in PREFIXES)}
    for name in sorted(prefixes - declared):
        raise QueryError(f"prefix {name} is not declared: add PREFIX {name} <…> before the {form}")
    return Checked(form, text)


def _all(text: str, kind: str) -> Iterator[str]:
    return (found for match in _TOKEN.finditer(text) if (found := match.group(kind)))
