"""A graph as the baselines see it: facts by node, names, classes. Nothing is known of it beforehand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from api.evaluation.foreign.asked import Cell
from api.evaluation.foreign.cells import cell, entity, local
from qa.rdf.sources import Files
from qa.words import lemma

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Link = tuple[str, Node]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SCHEMA = ("http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#")
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\-#/=]|(?<=[a-z])(?=\d)")
_LONGEST_NAME = 60
_NGRAM = 8
_EXAMPLES = 50
_COMMON = frozenset({
    "a", "all", "an", "and", "are", "at", "by", "f", "for", "from", "how", "i", "in", "is", "it", "name", "no", "not",
    "of", "on", "or", "s", "t", "the", "to", "was", "were", "what", "which", "who", "yes",
})  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """The words of a text without case.

    >>> words("What's the Kyle's age?")
    ('what', 's', 'the', 'kyle', 's', 'age')
    """
    return tuple(w.casefold() for w in _WORD.findall(text))


def stems(text: str) -> tuple[str, ...]:
    """The words of a text as stems, names of properties cut at capitals and underscores.

    >>> stems("ref-conductorNames")
    ('ref', 'conductor', 'nam')
    """
    return tuple(lemma(w) for w in words(_CAMEL.sub(" ", text)))


class Facts:
    """The statements of a graph from every side; `classes` and `properties` are those that the data use."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.out: dict[Node, list[Link]] = defaultdict(list)
        self.into: dict[Node, list[Link]] = defaultdict(list)
        self.classes: dict[str, list[Node]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        for quad in quads:
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                self._add(quad.subject, quad.predicate.value, quad.object)
        for iri in [c for c in self.classes if c.startswith(_SCHEMA)]:
            for node in self.classes.pop(iri):
                self.out.pop(node, None)

    def _add(self, subject: Node, predicate: str, value: Node) -> None:
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            self.classes[value.value].append(subject)
        elif predicate == _LABEL and isinstance(subject, ox.NamedNode):
            self._labels.setdefault(subject.value, value.value)
        elif not predicate.startswith(_SCHEMA):
            self.out[subject].append((predicate, value))
            self.into[value].append((predicate, subject))

    @property
    def size(self) -> int:
        """The number of statements, classes and names not counted."""
        return sum(map(len, self.out.values()))

    @cached_property
    def properties(self) -> tuple[str, ...]:
        """The properties of the data, most frequent first."""
        return tuple(sorted(self._used, key=lambda p: (-self._used[p], p)))

    @cached_property
    def _used(self) -> Mapping[str, int]:
        counts: dict[str, int] = defaultdict(int)
        for links in self.out.values():
            for predicate, _ in links:
                counts[predicate] += 1
        return counts

    @cached_property
    def naming(self) -> frozenset[str]:
        """The properties that hold names, by their own name."""
        return frozenset(p for p in self.properties if stems(local(p))[-1:] in (("nam",), ("titl",)))

    def held_by(self, class_: str) -> tuple[str, ...]:
        """The properties that members of a class have, as a few of them show."""
        members = self.classes[class_][:_EXAMPLES]
        return tuple(dict.fromkeys(p for node in members for p, _ in self.out.get(node, ())))

    def label(self, node: Node) -> str:
        """A literal's text, an entity's label or name, or else the local name of its IRI."""
        if isinstance(node, ox.Literal):
            return node.value
        named = self._labels.get(node.value) or next(self._names(node), None)
        return named or local(node.value)

    def _names(self, node: Node) -> Iterator[str]:
        return (value.value for predicate, value in self.out.get(node, ()) if predicate in self.naming)

    def cell(self, node: Node) -> Cell:
        """A node as a value of an answer."""
        if isinstance(node, ox.Literal):
            return cell(node.value)
        return entity(node.value, self.label(node))

    def term(self, iri: str) -> tuple[str, ...]:
        """The stems of a class's or property's label, or of its IRI's local name."""
        if iri not in self._terms:
            self._terms[iri] = stems(self._labels.get(iri) or local(iri))
        return self._terms[iri]

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], list[Node]]:
        """Nodes by the words of their name: entities by label, and every text among the values."""
        out: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        for iri, label in self._labels.items():
            if (named := ox.NamedNode(iri)) in self.out or named in self.into:
                out[words(label)].append(named)
        for node in self.into:
            if isinstance(node, ox.Literal) and len(node.value) <= _LONGEST_NAME and not node.value.isdigit():
                out[words(node.value)].append(node)
        out.pop((), None)
        return out

    def mentions(self, question: str) -> list[Node]:
        """What the longest names in a question stand for, in its order; common words alone are no name."""
        asked = words(question)
        taken: list[tuple[int, int, list[Node]]] = []
        for size in range(min(_NGRAM, len(asked)), 0, -1):
            for start in range(len(asked) - size + 1):
                name, end = asked[start : start + size], start + size
                free = all(end <= s or e <= start for s, e, _ in taken)
                if free and name in self.names and not _COMMON.issuperset(name):
                    taken.append((start, end, self.names[name]))
        return [node for _, _, nodes in sorted(taken, key=lambda t: t[0]) for node in nodes[:1]]

    def best(self, terms: Iterable[str], asked: Sequence[str]) -> tuple[str | None, float]:
        """The class or property with the largest share of its words among the stems of a question, and the share.

        Of equals the one with more words, then the one that comes first.
        """
        found: tuple[float, int, str | None] = (0.0, 0, None)
        for iri in terms:
            name = [w for w in self.term(iri) if w != "ref"]
            hits = sum(w in asked for w in name)
            if name and (hits / len(name), len(name)) > found[:2] and hits * 2 >= len(name):
                found = (hits / len(name), len(name), iri)
        return found[2], found[0]


def read_facts(paths: Sequence[Path]) -> Facts:
    """The facts of RDF files that are one graph, in the same order in every run. SourceError if one cannot be read."""
    return Facts(sorted(Files(paths).quads(), key=str))
