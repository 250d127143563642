"""Links that a graph has only by equal values: foreign keys of tables that were exported as literals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from qa.rdf.profile import Class, Property, Step
from qa.rdf.words import stem

_LEAST = 3
_SHARE = 0.95


class Counted(Protocol):
    """The values of a property, in N-Triples."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Each literal, in N-Triples, with its text."""
        ...


def value_joins(
    classes: Mapping[str, Class], properties: Mapping[str, Property], seen: Mapping[str, Counted], steps: list[Step]
) -> list[Step]:
    """Steps from a property whose values are keys of another class to that class, where nothing else links the two.

    Texts need their values to be keys; numbers also a name that says so.
    """
    linked = {(s.source, s.target) for s in steps} | {(s.target, s.source) for s in steps}
    keys = [p for p in properties.values() if p.kind in ("text", "number") and p.unique and p.count >= _LEAST]
    plain = {p.iri: _plain(seen[p.iri]) for p in properties.values() if p.kind in ("text", "number")}
    out = []
    for prop in properties.values():
        if prop.kind not in ("text", "number") or not prop.single or not plain[prop.iri] or _own_key(prop, classes):
            continue
        for key in keys:
            if key.iri == prop.iri or (key.kind != prop.kind):
                continue
            pairs = [(a, b) for a in prop.domains for b in key.domains if a != b and a in classes and b in classes]
            out += [
                Step(a, b, prop.iri, join=key.iri)
                for a, b in pairs
                if (a, b) not in linked and _refers(prop, key, classes[b], plain)
            ]
    return out


def _own_key(prop: Property, classes: Mapping[str, Class]) -> bool:
    """Whether a property is the number of its own class, which other numbers equal by chance."""
    return prop.kind == "number" and prop.unique and own_key_words(prop, classes) <= {"id", "number", "no", "uid"}


def own_key_words(prop: Property, classes: Mapping[str, Class]) -> set[str]:
    """The stems of a property's label that are not its class's."""
    own = {stem(w) for c in prop.domains if c in classes for w in classes[c].words}
    return {stem(w) for w in prop.words} - own


def _plain(seen: Counted) -> frozenset[str]:
    return frozenset(text.strip() for text in seen.texts.values())


def _refers(prop: Property, key: Property, target: Class, plain: Mapping[str, frozenset[str]]) -> bool:
    """Whether the values of `prop` are keys of the target."""
    mine = plain[prop.iri]
    if len(mine & plain[key.iri]) < _SHARE * len(mine):
        return False
    words = {stem(w) for w in prop.words} - {"id"}
    named = words >= {stem(w) for w in target.words} or prop.words == key.words
    if prop.kind == "number":
        return named
    return named or (len(mine) >= _LEAST and key.pattern == "code")
