"""Which queries may run: SELECT, ASK, CONSTRUCT and DESCRIBE over this graph alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import QueryError
from graph.namespaces import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_LONGEST = 30_000
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_PROLOGUE = frozenset(("PREFIX", "BASE", "VERSION"))

_TOKEN = re.compile(
    r"""\#[^\r\n]*
    | <[^<>"{}|^`\x00-\x20]*>
    | '''(?:[^'\\]|\\.|'(?!''))*+''' | \"""(?:[^"\\]|\\.|"(?!""))*+\"""
    | '(?:[^'\\\r\n]|\\.)*+' | "(?:[^"\\\r\n]|\\.)*+"
    | [?$@]\w[\w-]*
    | (?P<name>(?:[^\W\d_][\w.-]*+|_)?+:)(?:[\w:%.-]|\\.)*+
    | (?P<word>[^\W\d][\w.-]*+)
    | \\. | .""",
    re.VERBOSE | re.DOTALL,
)
_BLANK = r"(?:\s|\#[^\r\n]*)*+"
_CALL = re.compile(
    rf"""[?$]\w+
    | (?P<call>SERVICE {_BLANK} (?:SILENT {_BLANK})?+ (?:<[^<>\s]*> | (?:[^\s{{\#<\\]|\\.)*+) {_BLANK} \{{)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""A call of another endpoint wherever it stands, for the parser splits words and signs in ways that tokens do not:
it reads `trueSERVICE` as two words and `?a<?b#>` as a comparison and a comment."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run, and its form: SELECT, ASK, CONSTRUCT or DESCRIBE."""

    form: str
    text: str


def check_query(query: str) -> Checked:
    """The query if it only reads this graph.

    Raises QueryError for an update, SERVICE, FROM, an undeclared prefix, or more than 30,000 characters.
    """
    if len(query) > _LONGEST:
        raise QueryError(f"the query has {len(query):,} characters; {_LONGEST:,} are the most")
    if any("\ud800" <= c <= "\udfff" for c in query):
        raise QueryError("the query is not valid Unicode text; save it as UTF-8")
    tokens = [match for match in _TOKEN.finditer(query) if match.lastgroup]
    words = [match["word"].upper() for match in tokens if match["word"]]
    form = next((word for word in words if word not in _PROLOGUE), "")
    if form in _UPDATES:
        raise QueryError(f"{form} is refused: SPARQL here only reads; use `tollgraph ingest` and `tollgraph retract`")
    if form not in FORMS:
        raise QueryError("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes")
    if any(match["call"] for match in _CALL.finditer(query)):
        raise QueryError("SERVICE is refused because queries make no network calls; ask the other endpoint yourself")
    if "FROM" in words:
        raise QueryError("FROM is refused because queries read this graph alone; pick a document with GRAPH <…> { … }")
    declared = {"_:", *re.findall(r"PREFIX\s+([^\s:]*:)", query, re.IGNORECASE), *(f"{name}:" for name in PREFIXES)}
    for name in sorted({match["name"] for match in tokens if match["name"]} - declared):
        raise QueryError(f"prefix {name} is not declared: add PREFIX {name} <…> before the {form}")
    return Checked(form, query)
