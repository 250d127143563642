"""What can be read off a gold SPARQL query by its words: terms, constants, and the facts that its answer lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

_PREFIX = re.compile(r"prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_TERM = re.compile(r"(?<![\w?<'\"])([\w-]*):((?:[\w-]|\\[#/.])+)")
_TEXT = re.compile(r"'((?:[^'\\]|\\.)+)'|\"((?:[^\"\\]|\\.)+)\"")
_CLASS = re.compile(r"(?:\ba\b|rdf:type)\s+([\w-]*):((?:[\w-]|\\[#/.])+)")
_PLAIN = re.compile(r"select\s+(?:distinct\s+)?\?(\w+)\s+where\b", re.IGNORECASE)
_HARD = re.compile(r"\b(?:group\s+by|order\s+by|minus|exists|optional|union)\b|\(\s*(?:count|avg|sum|min|max)\b", re.I)
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_PATTERN = re.compile(r"\?(\w+)\s+([\w-]*:(?:[\w-]|\\[#/.])+)\s+\?(\w+)")


@dataclass(frozen=True, slots=True)
class GoldQuery:
    """A gold query as text, with what its words say."""

    text: str

    @property
    def terms(self) -> frozenset[str]:
        """The IRIs of the classes and properties that it names."""
        return frozenset(self._iri(*match.groups()) for match in _TERM.finditer(self._body))

    @property
    def classes(self) -> frozenset[str]:
        """The IRIs of the classes among them."""
        return frozenset(self._iri(*match.groups()) for match in _CLASS.finditer(self._body))

    @property
    def constants(self) -> tuple[str, ...]:
        """The texts that it compares with."""
        return tuple(dict.fromkeys(_unescaped(a or b) for a, b in _TEXT.findall(self._body)))

    @property
    def nested(self) -> bool:
        """Whether it has a query within."""
        return len(_SELECT.findall(self._body)) > 1

    @property
    def hard(self) -> bool:
        """Whether it sorts, groups, computes, subtracts or nests: then its answer lies in no single facts."""
        return self.nested or bool(_HARD.search(self._body))

    def facts(self, store: ox.Store) -> frozenset[ox.Quad]:
        """The statements that hold the values of a query for one column; none if it is `hard`."""
        asked = _PLAIN.search(self._body)
        if asked is None or self.hard:
            return frozenset()
        everything = self.text[: len(self.text) - len(self._body)] + _PLAIN.sub("SELECT * WHERE", self._body, count=1)
        patterns = {p.groups() for p in _PATTERN.finditer(self._body) if asked[1] in (p[1], p[3])}
        found = store.query(everything)
        return frozenset(self._quads(found, patterns)) if isinstance(found, ox.QuerySolutions) else frozenset()

    def _quads(self, found: ox.QuerySolutions, patterns: set[tuple[str, ...]]) -> Iterator[ox.Quad]:
        names = [(s, ox.NamedNode(self._iri(*p.split(":", 1))), o) for s, p, o in patterns]
        for row in found:
            yield from (ox.Quad(row[s], p, row[o]) for s, p, o in names)

    def empty(self, store: ox.Store) -> bool:
        """Whether it finds nothing: no row, or only zeros."""
        found = store.query(self.text)
        return isinstance(found, ox.QuerySolutions) and all(_nothing(value) for row in found for value in row)

    @property
    def _body(self) -> str:
        """The query without its prefixes."""
        ends = [match.end() for match in _PREFIX.finditer(self.text)]
        return self.text[max(ends) if ends else 0 :]

    def _iri(self, prefix: str, name: str) -> str:
        known = {match[1]: match[2] for match in _PREFIX.finditer(self.text)}
        return known.get(prefix, "") + name.replace("\\", "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, ox.Literal) and value.value in ("0", "0.0", "0.0E0"))
