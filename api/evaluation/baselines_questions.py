"""What answers are had without this project, measured in the same run: keywords on one hop, names and the shortest
path, BM25 passages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from graph import contract
from graph.contract import Json
from graph.model import Claim, Entity, EntityRef, Evidence, Quantity, TextValue
from graph.store.protocol import ClaimFilter, Store
from graph.vocabulary import vocabulary
from qa.words import lemmas

KEYWORDS, PATHS, PASSAGES = "keywords, one hop", "labels, shortest path", "BM25 passages"
_LINE = re.compile(r"[^\n]*\w[^\n]*")
_UNKNOWN: Json = {"status": "unknown", "answer": "", "values": [], "evidence": [], "suggestions": []}


class Names:
    """The entities of a store by their names, longest first."""

    def __init__(self, store: Store) -> None:
        self._names = sorted(
            ((name.casefold(), entity) for entity in store.entities() for name in (entity.label, *entity.aliases)),
            key=lambda pair: -len(pair[0]),
        )

    def found(self, asked: str) -> list[Entity]:
        """Those whose name stands in a `plain` question, the longest name first."""
        names = (entity for name, entity in self._names if len(name) > 1 and f" {name} " in asked)
        return list({entity.id: entity for entity in names}.values())


def plain(question: str) -> str:
    """A question without case, possessives and signs, between blanks."""
    return f" {question.casefold()} ".replace("’", "'").replace("'s ", " ").replace("?", " ").replace(",", " ")


def question_baselines(store: Store) -> Mapping[str, Callable[[str], Json]]:
    """Each baseline on a store, by its name."""
    return {
        KEYWORDS: KeywordEngine(store).ask,
        PATHS: PathEngine(store).ask,
        PASSAGES: PassageEngine(store).ask,
    }


class KeywordEngine:
    """The longest entity name and relation or metric word of a question; all claims of the two answer it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = Names(store)

    def ask(self, question: str) -> Json:
        """An answer in the contract's shape; `unknown` unless an entity, a predicate and a claim were found."""
        asked = plain(question)
        named, predicate = self._names.found(asked), _keyword(asked)
        if not named or not predicate:
            return _UNKNOWN
        about = named[0].id
        claims = list(self._store.claims(ClaimFilter(about=about, predicate=predicate)))
        return _answer(self._store, claims, [_value(c.object if c.subject.id == about else c.subject) for c in claims])


class PathEngine:
    """The two longest names of a question; what the shortest chain of relations between them passes through."""

    def __init__(self, store: Store) -> None:
        import networkx as nx

        self._store = store
        self._names = Names(store)
        self._graph: Any = nx.Graph()
        for claim in store.claims():
            if isinstance(claim.object, EntityRef) and claim.polarity:
                self._graph.add_edge(claim.subject.id, claim.object.id, claim=claim)

    def ask(self, question: str) -> Json:
        """The entities between the two, or yes if one claim joins them; `unknown` where no chain does."""
        import networkx as nx

        named = [entity.id for entity in self._names.found(plain(question)) if entity.id in self._graph][:2]
        if len(named) < 2 or not nx.has_path(self._graph, *named):
            return _UNKNOWN
        path = nx.shortest_path(self._graph, *named)
        claims: list[Claim] = [self._graph.edges[pair]["claim"] for pair in pairwise(path)]
        ends = {ref.id: ref for c in claims for ref in (c.subject, c.object) if isinstance(ref, EntityRef)}
        between = [_value(ends[node]) for node in path[1:-1]]
        return _answer(self._store, claims, between or [{"boolean": True}])


class PassageEngine:
    """The line of the articles that BM25 puts first; what its claims name and measure answers the question."""

    def __init__(self, store: Store) -> None:
        import bm25s

        self._store = store
        self._claims = list(store.claims())
        self._lines = [
            (document.id, match.start(), match.end(), match[0])
            for brief in store.documents()
            for document in [store.document(brief.id)]
            for match in _LINE.finditer(document.text)
        ]
        words = [list(lemmas(text)) for *_, text in self._lines]
        self._known = frozenset(word for line in words for word in line)
        self._index: Any = bm25s.BM25()
        self._index.index(words or [[""]], show_progress=False)

    def ask(self, question: str) -> Json:
        """The amounts of the line if the question asks how much or how many, else its entities."""
        known = [word for word in lemmas(question) if word in self._known]
        if not known:
            return _UNKNOWN
        document, start, end, _ = self._lines[int(self._index.get_scores(known).argmax())]
        claims = [c for c in self._claims if any(_within(e, document, start, end) for e in c.evidence)]
        amounts = [_value(c.object) for c in claims if isinstance(c.object, Quantity)]
        entities = [_value(ref) for c in claims for ref in (c.subject, c.object) if isinstance(ref, EntityRef)]
        measured = " how " in plain(question) and amounts
        return _answer(self._store, claims, amounts if measured else entities)


def _value(object_: EntityRef | Quantity | TextValue) -> Json:
    match object_:
        case EntityRef():
            return {"entity": contract.entity_ref(object_)}
        case Quantity():
            return contract.quantity(object_)
        case TextValue():
            return {"text": object_.text}


def _answer(store: Store, claims: Sequence[Claim], values: list[Json]) -> Json:
    """What claims give for an answer, with their evidence; `unknown` if that is nothing."""
    if not values:
        return _UNKNOWN
    evidence: list[Json] = [
        contract.evidence(e) | {"source": store.document(e.document).source} for c in claims for e in c.evidence
    ]
    return _UNKNOWN | {"status": "answered", "values": values, "evidence": evidence}


def _within(item: Evidence, document: str, start: int, end: int) -> bool:
    return item.document == document and item.start < end and start < item.end


def _keyword(asked: str) -> str | None:
    """The relation or metric with the longest term in the question."""
    book = vocabulary()
    terms = [(term, metric.name) for metric in book.metrics.values() for term in (*metric.terms, *metric.asks)]
    for relation in book.relations.values():
        stems = (*relation.ask_subject, *relation.noun_subject, *relation.noun_object)
        terms += [(form, relation.name) for stem in stems for form in (stem, stem + "s")]
    found = [(len(term), name) for term, name in terms if f" {term.casefold()} " in asked]
    return max(found)[1] if found else None
