"""The engine for foreign graphs: a question in, rows with their SPARQL and a reason when there are none."""

from __future__ import annotations

import time
from collections.abc import Sequence

from graph.errors import QueryError
from graph.settings import Settings
from qa.answer import Answer
from qa.rdf.annotate import annotate
from qa.rdf.answer import RdfAnswer
from qa.rdf.answer import Row as AnswerRow
from qa.rdf.english import STOP
from qa.rdf.finish import Read
from qa.rdf.form import Form
from qa.rdf.index import Index
from qa.rdf.induce import induce
from qa.rdf.paths import Paths
from qa.rdf.pieces import pieces
from qa.rdf.rows import Names, prose
from qa.rdf.search import readings
from qa.rdf.sources import Files, Source, open_source
from qa.rdf.sparql import Writer
from qa.rdf.words import tokens

LONGEST = 2000


class RdfEngine:
    """Answers questions on RDF graphs that nobody has prepared. The graph is read and profiled once."""

    def __init__(self, sources: Sequence[str], *, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._source: Source = open_source(sources, seconds=self._settings.graph_seconds)
        assert isinstance(self._source, Files)
        self._profile = induce(self._source.quads())
        self._index = Index(self._profile)
        self._paths = Paths(self._profile)
        self._names = Names(self._source, self._profile)

    def ask(self, question: str, *, after: RdfAnswer | Answer | None = None) -> RdfAnswer:  # noqa: ARG002
        """The answer to one question. `after`: the answer of the turn before. Never raises for a question."""
        began = time.perf_counter()
        if len(question) > LONGEST:
            return self._refused(question, f"the question is too long: at most {LONGEST} characters are read", began)
        found = self._read(question)
        if found.form is None or found.cost >= 90:
            return self._refused(question, "the question was not understood", began)
        if found.unexplained:
            lost = ", ".join(f"“{w}”" for w in found.unexplained)
            return self._refused(question, f"nothing in this graph is called {lost}", began)
        return self._run(question, found.form, began, confidence=1 / (1 + max(found.cost, 0)))

    def _read(self, question: str) -> Read:
        words = tokens(question)
        spans = annotate(words, self._index, STOP)
        return readings(self._profile, self._paths, words, pieces(words, spans))[0]

    def _run(self, question: str, form: Form, began: float, *, confidence: float) -> RdfAnswer:
        query = Writer(self._profile).write(form)
        try:
            rows = self._names.rows(self._source.select(query))
        except QueryError as problem:
            return self._refused(question, str(problem), began, query)
        return RdfAnswer(
            question=question,
            status="answered",
            answer=prose(rows),
            values=rows,
            sparql=query,
            took_ms=_since(began),
            typed=form,
            confidence=confidence,
        )

    def _refused(self, question: str, reason: str, began: float, query: str = "") -> RdfAnswer:
        rows: tuple[AnswerRow, ...] = ()
        return RdfAnswer(question, "unknown", f"I don't know: {reason}.", rows, sparql=query, took_ms=_since(began))


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
