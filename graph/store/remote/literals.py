"""Literals as a server is sent them, such that they come back exactly.

A SPARQL server may keep values instead of texts: Virtuoso gives the decimal "5" back as an integer, `true` as `1`, half
a second as `.500`, cuts decimals after 15 digits and refuses large integers. So whole decimals are sent with `.0`, what
comes back is put into the one form that Tollgraph writes, and a literal outside of what is known to survive travels as
text under a datatype of our own. Long texts are cut into pieces, for servers grow slow or fail on them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import cast
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import StoreError
from graph.namespaces import XSD
from graph.rdf.terms import Node
from graph.vocabulary import DATA

EXACT = DATA + "exact/"
PIECE = DATA + "piece/"
LONGEST_IRI = 1_500
_LONG = 12_000
_PIECE = 4_000

_BOOLEAN, _DECIMAL, _INTEGER, _DATE, _INSTANT = (
    XSD + name for name in ("boolean", "decimal", "integer", "date", "dateTime")
)
_FORMS = {
    _BOOLEAN: re.compile(r"true|false"),
    _INTEGER: re.compile(r"0|-?[1-9]\d{0,8}"),
    _DECIMAL: re.compile(r"(?!-0$)-?(?=[\d.]{1,16}$)(?:0|[1-9]\d*)(?:\.\d*[1-9])?"),
    _DATE: re.compile(r"(?!0000)\d{4}-\d\d-\d\d"),
    _INSTANT: re.compile(r"(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?Z?"),
    XSD + "string": re.compile(r".*", re.DOTALL),
    XSD + "base64Binary": re.compile(r".*", re.DOTALL),
}
"""Datatype of XML Schema → the texts that survive; every other one travels as text."""


def sent(term: Node) -> Node:
    """A term as it is sent. StoreError for an IRI that is too long: Virtuoso cuts those without a word."""
    if isinstance(term, NamedNode):
        if len(term.value) > LONGEST_IRI:
            raise StoreError(f"{term.value[:80]}… has {len(term.value)} characters; servers take {LONGEST_IRI} at most")
        return term
    if not isinstance(term, Literal):
        return term
    if term.language:
        return term if term.language.islower() else _exact(term.value, "@" + term.language)
    kind = term.datatype.value
    form = _FORMS.get(kind)
    if (form is None and kind.startswith(XSD)) or kind.startswith(EXACT) or (form and not form.fullmatch(term.value)):
        return _exact(term.value, kind)
    if kind == _DECIMAL and "." not in term.value:
        return Literal(term.value + ".0", datatype=term.datatype)
    return term


def received(term: Node) -> Node:
    """The inverse of `sent`, for what a server made of it."""
    if not isinstance(term, Literal) or term.language:
        return term
    kind, value = term.datatype.value, term.value
    if kind.startswith(EXACT):
        kind = unquote(kind.removeprefix(EXACT))
        return Literal(value, language=kind[1:]) if kind[0] == "@" else Literal(value, datatype=NamedNode(kind))
    if kind == _BOOLEAN:
        value = {"1": "true", "0": "false"}.get(value, value)
    elif kind == _DECIMAL and "." in value:
        value = value.rstrip("0").rstrip(".")
    elif kind == _INSTANT and "." in value:
        zone = "Z" if value.endswith("Z") else ""
        value = value.removesuffix("Z").rstrip("0").rstrip(".") + zone
    return term if value == term.value else Literal(value, datatype=term.datatype)


def out(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Quads as they are sent, long texts in pieces: `<s> <…/piece/p/digest/2/9/kind> "…"`."""
    for quad in quads:
        value = quad.object
        sent(quad.subject), sent(quad.predicate)
        if isinstance(value, Literal) and len(value.value) * 4 > _LONG and len(value.value.encode()) > _LONG:
            yield from _pieces(quad, value)
        else:
            yield Quad(quad.subject, quad.predicate, sent(value), quad.graph_name)


def back(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The inverse of `out`. StoreError if a piece is missing."""
    parts: defaultdict[tuple[object, object, str], dict[int, Quad]] = defaultdict(dict)
    for quad in quads:
        name = quad.predicate.value
        if name.startswith(PIECE):
            predicate, key, number, rest = name.removeprefix(PIECE).split("/", 3)
            parts[quad.graph_name, quad.subject, f"{predicate}/{key}/{rest}"][int(number)] = quad
        else:
            yield Quad(quad.subject, quad.predicate, received(quad.object), quad.graph_name)
    for (_, subject, key), of in parts.items():
        predicate, _, count, kind = (unquote(part) for part in key.split("/"))
        if sorted(of) != list(range(int(count))):
            raise StoreError(f"{subject}: the server lost a part of its text <{predicate}>; ingest the document again")
        text = "".join(cast(Literal, of[number].object).value for number in sorted(of))
        whole = received(Literal(text, datatype=NamedNode(kind)))
        yield Quad(of[0].subject, NamedNode(predicate), whole, of[0].graph_name)


def pieces_of(predicate: NamedNode) -> str:
    """How the IRIs begin under which the pieces of a predicate's long texts stand."""
    return f"{PIECE}{quote(predicate.value, safe='')}/"


def _exact(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(EXACT + quote(kind, safe="")))


def _pieces(quad: Quad, value: Literal) -> Iterator[Quad]:
    whole = cast(Literal, sent(value))
    kind = EXACT + quote("@" + whole.language, safe="") if whole.language else whole.datatype.value
    texts = [whole.value[at : at + _PIECE] for at in range(0, len(whole.value), _PIECE)]
    key = sha256(f"{kind} {whole.value}".encode()).hexdigest()[:16]
    for number, text in enumerate(texts):
        name = NamedNode(f"{pieces_of(quad.predicate)}{key}/{number}/{len(texts)}/{quote(kind, safe='')}")
        yield Quad(quad.subject, name, Literal(text), quad.graph_name)
