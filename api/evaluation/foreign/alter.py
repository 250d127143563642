"""Questions that a graph can no longer answer: the property, the name or the facts of the gold answer taken out of it.

A question is only asked where its own gold query finds something in the graph and nothing in the altered one. Questions
are picked by the hash of their id, so that the same ones are picked in every run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from api.evaluation.foreign.asked import Asked
from api.evaluation.foreign.cells import norm
from api.evaluation.foreign.gold_query import GoldQuery
from qa.rdf.sources import Files

PROPERTY, NAME, FACT = "property deleted", "name deleted", "fact deleted"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True, slots=True)
class Altered:
    """The file of a graph with something taken out, and the questions that it cannot answer."""

    file: Path
    asked: tuple[Asked, ...]


def picked(asked: Iterable[Asked]) -> list[Asked]:
    """Questions in the order of the hashes of their ids."""
    return sorted(asked, key=lambda question: sha256(question.id.encode()).hexdigest())


class Alterer:
    """Makes altered copies of one graph in a folder, each with up to `most` questions of a kind."""

    def __init__(self, graph: str, paths: Sequence[Path], folder: Path, *, most: int) -> None:
        self._graph = graph
        self._folder = folder
        self._most = most
        self._quads = list(Files(paths).quads())
        self._store = _store(self._quads)

    def altered(self, asked: Iterable[Asked]) -> Iterator[Altered]:
        """A copy without each of some properties, one without some names, one without some facts."""
        able = [question for question in picked(asked) if self._answers(question)]
        for number, (question, iri) in enumerate(islice(self._properties(able), self._most), 1):
            yield from self._copy(PROPERTY, number, [question], partial(_mentions, ox.NamedNode(iri)))
        for kind, choose in ((NAME, self._of_name), (FACT, self._of_facts)):
            chosen = ((question, gone) for question in able if (gone := choose(question)))
            some = list(islice(chosen, self._most))
            gone = frozenset[ox.Quad]().union(*(quads for _, quads in some))
            if gone:
                yield from self._copy(kind, 1, [question for question, _ in some], gone.__contains__)

    def _answers(self, question: Asked) -> bool:
        """Whether the gold query finds something as yet; one with a query within takes too long to be tried."""
        query = GoldQuery(question.sparql)
        return bool(question.sparql) and not query.nested and not query.empty(self._store)

    def _properties(self, able: Iterable[Asked]) -> Iterator[tuple[Asked, str]]:
        """Questions each with a property of its gold query that none before it had; values rather than links."""
        used = {quad.predicate.value for quad in self._quads if quad.predicate not in (_TYPE, _LABEL)}
        for question in able:
            query = GoldQuery(question.sparql)
            left = sorted(query.terms & used, key=lambda iri: ("ref-" in iri, sha256(iri.encode()).hexdigest()))
            if left:
                used.remove(left[0])
                yield question, left[0]

    def _of_name(self, question: Asked) -> frozenset[ox.Quad]:
        """All that is said with a name of the question, and all about the node that alone goes by it."""
        gone: set[ox.Quad] = set()
        for text in question.mentions or GoldQuery(question.sparql).constants:
            holding = self._by_text[norm(text)]
            nodes = {quad.subject for quad in holding}
            gone.update(holding)
            if len(nodes) == 1:
                gone.update(q for q in self._quads if nodes & {q.subject, q.object})
        return frozenset(gone)

    @cached_property
    def _by_text(self) -> Mapping[str | None, list[ox.Quad]]:
        """The statements whose value is a text, by the text without case and blanks around it."""
        out: dict[str | None, list[ox.Quad]] = defaultdict(list)
        for quad in self._quads:
            if isinstance(quad.object, ox.Literal):
                out[norm(quad.object.value)].append(quad)
        return out

    def _of_facts(self, question: Asked) -> frozenset[ox.Quad]:
        query = GoldQuery(question.sparql)
        return query.facts(self._store) if query.constants else frozenset()

    def _copy(
        self, kind: str, number: int, asked: Sequence[Asked], gone: Callable[[ox.Quad], bool]
    ) -> Iterator[Altered]:
        """The copy with those of the questions that it leaves without an answer, if there are any."""
        kept = [quad for quad in self._quads if not gone(quad)]
        store = _store(kept)
        left = [
            replace(question, id=f"{question.id}, {kind}", kind=kind)
            for question in asked
            if GoldQuery(question.sparql).empty(store)
        ]
        if left:
            file = self._folder / f"{self._graph}-{kind.replace(' ', '-')}-{number}.nt"
            ox.serialize((quad.triple for quad in kept), file.as_posix(), ox.RdfFormat.N_TRIPLES)
            yield Altered(file, tuple(left))


def _mentions(property_: ox.NamedNode, quad: ox.Quad) -> bool:
    """Whether a statement uses a property or declares it."""
    return property_ in (quad.predicate, quad.subject)


def _store(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads)
    return store
