"""The engine for foreign graphs: a question in, rows with their SPARQL and a reason when there are none."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from graph.errors import QueryError, SettingsError, SourceError
from graph.settings import Settings
from graph.text.encoder import Encoder
from qa.answer import Answer
from qa.rdf.annotate import annotate, text_of
from qa.rdf.answer import RdfAnswer, Value
from qa.rdf.answer import Row as AnswerRow
from qa.rdf.cache import cached
from qa.rdf.defined import with_sums
from qa.rdf.english import STOP
from qa.rdf.finish import Read
from qa.rdf.follow import leans
from qa.rdf.form import Form
from qa.rdf.index import Index
from qa.rdf.induce import induce
from qa.rdf.likeness import SURE, Likeness
from qa.rdf.paths import Paths
from qa.rdf.pieces import Piece, pieces
from qa.rdf.profile import Profile
from qa.rdf.remote import statements
from qa.rdf.rows import Names, prose
from qa.rdf.search import readings
from qa.rdf.sources import Files, Source, open_source
from qa.rdf.spans import Span
from qa.rdf.sparql import Writer
from qa.rdf.wording import wording
from qa.rdf.words import Token, tokens

LONGEST = 2000
_WORST = 15.0


class RdfEngine:
    """Answers questions on RDF graphs that nobody has prepared. The graph is read and profiled once."""

    def __init__(
        self, sources: Sequence[str] = (), *, settings: Settings | None = None, source: Source | None = None
    ) -> None:
        """`sources`: RDF files, all one graph, or one endpoint's address; or a `source` that is open already.

        Raises SourceError if they cannot be read.
        """
        self._settings = settings or Settings()
        self._source = source or open_source(sources, seconds=self._settings.graph_seconds)
        self._profile = cached(self._settings.cache, self._source.key, self._make)
        self._index = Index(self._profile)
        self._paths = Paths(self._profile)
        self._names = Names(self._source, self._profile)

    def _make(self) -> Profile:
        source = self._source
        return induce(source.quads() if isinstance(source, Files) else statements(source))

    def ask(self, question: str, *, after: RdfAnswer | Answer | None = None) -> RdfAnswer:
        """The answer to one question. `after`: the answer of the turn before. Never raises for a question."""
        began = time.perf_counter()
        if len(question) > LONGEST:
            return self._refused(question, f"the question is too long: at most {LONGEST} characters are read", began)
        found = self._read(question, after.typed if isinstance(after, RdfAnswer) else None)
        if found.unexplained:
            lost = ", ".join(dict.fromkeys(f"“{w}”" for w in found.unexplained))
            return self._refused(question, f"nothing in this graph is called {lost}", began)
        if found.form is None or found.cost >= _WORST:
            return self._refused(question, "the question was not understood", began)
        return self._run(question, found, found.form, began)

    def _read(self, question: str, before: Form | None = None) -> Read:
        """The best reading, alone or as a follow-up to the form of the question before."""
        words = tokens(question)
        spans = annotate(words, self._index, STOP)
        best = self._best(words, with_sums(pieces(words, spans)), before)
        return self._by_sense(words, spans, before) or best if best.unexplained else best

    def _best(self, words: Sequence[Token], parts: Sequence[Piece], before: Form | None) -> Read:
        if before is not None and before.columns and leans(words, parts):
            found = readings(self._profile, self._paths, words, parts, before)[0]
            if found.form is not None and found.cost < _WORST and not found.unexplained:
                return found
        return readings(self._profile, self._paths, words, parts)[0]

    def _by_sense(self, words: Sequence[Token], spans: Sequence[Span], before: Form | None) -> Read | None:
        """The reading with unknown words taken for the labels nearest in meaning; None unless it explains all."""
        parts = pieces(words, spans)
        if self._likeness is None or all(p.kind != "unknown" for p in parts):
            return None
        guessed = self._likeness.spans(words, parts, spans)
        if guessed is None:
            return None
        found = self._best(words, with_sums(pieces(words, guessed)), before)
        if found.unexplained or found.form is None or found.cost > SURE:
            return None
        said = (f"“{text_of(words, s)}” read as “{self._label(s)}”" for s in guessed if s not in spans)
        return replace(found, notes=(*found.notes, *said))

    def _label(self, span: Span) -> str:
        best = span.meanings[0]
        known = self._profile.classes if best.sense == "class" else self._profile.properties
        return " ".join(known[best.ref].words)

    @cached_property
    def _likeness(self) -> Likeness | None:
        """The likeness of words to labels; None without its model."""
        try:
            return Likeness(self._profile, Encoder(), self._settings.cache)
        except SettingsError:
            return None

    def _run(self, question: str, found: Read, form: Form, began: float) -> RdfAnswer:
        query = Writer(self._profile).write(form)
        if form.boolean:
            return self._truth(question, found, query, began)
        try:
            rows = self._names.rows(self._source.select(query))
        except (QueryError, SourceError) as problem:
            return self._refused(question, str(problem), began, query)
        if not rows or any(all(cell is None for cell in column) for column in zip(*rows, strict=True)):
            return self._refused(question, "the graph holds nothing that fits", began, query)
        return RdfAnswer(
            question=question,
            status="answered",
            answer=prose(rows),
            values=rows,
            sparql=query,
            interpretation=wording(form, self._profile),
            caveats=found.notes,
            took_ms=_since(began),
            typed=form,
            confidence=_sureness(found),
        )

    def _truth(self, question: str, found: Read, query: str, began: float) -> RdfAnswer:
        try:
            holds = self._source.holds(query)
        except (QueryError, SourceError) as problem:
            return self._refused(question, str(problem), began, query)
        value = Value("true" if holds else "false", "http://www.w3.org/2001/XMLSchema#boolean")
        assert found.form is not None
        return RdfAnswer(
            question=question,
            status="answered",
            answer="Yes." if holds else "No: the graph does not say so.",
            values=((value,),),
            sparql=query,
            interpretation=wording(found.form, self._profile),
            caveats=found.notes,
            took_ms=_since(began),
            typed=found.form,
            confidence=_sureness(found),
        )

    def _refused(self, question: str, reason: str, began: float, query: str = "") -> RdfAnswer:
        rows: tuple[AnswerRow, ...] = ()
        return RdfAnswer(question, "unknown", f"I don't know: {reason}.", rows, sparql=query, took_ms=_since(began))


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)


def _sureness(found: Read) -> float:
    return 1 / (1 + max(found.cost, 0.0))
