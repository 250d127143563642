"""The default engine: a question in, an answer with its claims and evidence out; no language model."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from graph.settings import Settings
from graph.store.protocol import Store
from qa import follow
from qa.answer import Answer, Cited
from qa.dialogue.choose import choose
from qa.dialogue.context import Context, follow_up, subject_of
from qa.dialogue.cues import without
from qa.dialogue.senses import execute_sense
from qa.dialogue.turn import Turn
from qa.execute import execute
from qa.facts import Facts, Ran, View
from qa.fitting import fitting
from qa.lexicon import lexicon
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.reasons import no_reading
from qa.rewrite import LONGEST, clean
from qa.settle import Settled
from qa.showing import RIVALS, evidence_of, left_out, prose, respelt, said_back, which
from qa.spans import Annotated
from qa.understand import Understood, annotated, understood

if TYPE_CHECKING:
    from qa.passages import Passages

_RELATED = 3
_REMEMBERED = 4
_INDEXING = 0.5
"""Seconds that a refusal may wait for documents which are not in the index of passages yet."""

Tried = Callable[[Query], None]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A reading with what came of it, and what was run for it."""

    edit: str
    query: Query
    outcome: Outcome
    ran: Ran


class Engine:
    """Answers questions from one store. What it derives from the store is kept until a write touches it.

    `passages` are those of the store, if they are at hand.
    """

    def __init__(self, store: Store, *, settings: Settings | None = None, passages: Passages | None = None) -> None:
        self._store = store
        self._facts: OrderedDict[tuple[date | None, datetime | None], Facts] = OrderedDict()
        self._settings = settings or Settings()
        self._given = passages

    @cached_property
    def _passages(self) -> Passages:
        """The passages of the store, for refusals."""
        from qa.passages import Passages  # numpy, a tenth of a second: an answer needs none

        chosen = self._settings
        return self._given or Passages(self._store, vectors=chosen.vectors, model=chosen.vector_model)

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        min_confidence: float | None = None,
        include_unreliable: bool = False,
        after: Answer | Context | None = None,
        tried: Tried | None = None,
    ) -> Answer:
        """The answer to one question.

        `as_of`, `known_at`: only from documents published by that day, as the store knew them at that instant.
        `min_confidence`: only claims at least that sure, 0 to 1. `include_unreliable`: also claims that only sources
        judged unreliable make. `after`: the answer of the turn before, for a follow-up. `tried` is told every reading
        before it is tried. Never raises for a question, however odd.
        """
        began = time.perf_counter()
        view = self._view(as_of, known_at, min_confidence, include_unreliable)
        text = clean(question)
        context = after.context if isinstance(after, Answer) else after
        if len(text) > LONGEST:
            reason = f"The question is too long: at most {LONGEST} characters are read"
            return self._answer(question, None, Outcome("unknown", lead=reason), view, began, context, related=False)
        read = self._readings(text, context, view, as_of)
        turn, found = read.turn, read.settled
        edit, query, outcome = self._best(view, turn.question, read.readings, tried)
        if isinstance(found, Settled) and outcome.status in ("answered", "partial"):
            view.recall(found.ran, view.record())
            outcome = replace(outcome, claims=tuple(dict.fromkeys((*outcome.claims, *found.claims))))
        if read.note and outcome.status in ("answered", "partial"):
            outcome = replace(outcome, caveats=(*outcome.caveats, read.note))
        if query is None:
            nobody = f"the graph does not say who or what “{found}” is" if isinstance(found, str) and found else ""
            outcome = unknown(
                read.reason or nobody or no_reading(view, turn, context),
                options=respelt(text, turn.question.unknown, view),
            )
        meaning = found.meaning if isinstance(found, Settled) else ()
        lost = query is None and follow.whole(turn)
        return self._answer(question, query, outcome, view, began, context, edit=edit, meaning=meaning, lost=lost)

    def run(
        self,
        question: str,
        query: Query,
        *,
        edit: str,
        after: Context | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
        min_confidence: float | None = None,
        include_unreliable: bool = False,
        tried: Tried | None = None,
    ) -> Answer:
        """The answer to a typed query, as the graph is now; `question` is what was said to get there, `after` what
        stood before.
        """
        began = time.perf_counter()
        view = self._view(as_of, known_at, min_confidence, include_unreliable)
        _, _, outcome = self._best(view, None, [(edit, query)], tried)
        return self._answer(question, query, outcome, view, began, after, edit=edit)

    def gone(self, claims: Iterable[str]) -> list[str]:
        """Those of the claims (ids) that the graph does not hold, or not any more."""
        return [c for c in claims if not self._current(None, None).has(c)]

    def _view(
        self, as_of: date | None, known_at: datetime | None, min_confidence: float | None, unreliable: bool
    ) -> View:
        facts = self._current(as_of, known_at)
        return View(facts, lexicon(), min_confidence=min_confidence, unreliable=unreliable)

    def _readings(self, text: str, context: Context | None, view: View, as_of: date | None) -> Understood:
        """The readings of what is said: a choice or a correction of what was asked before, or what the words say."""
        edit = "new"
        picked = choose(text, context.options) if context is not None else None
        rest = without("correction", text) if context is not None else None
        if picked is not None:
            edit, text = "choice", picked.text or text
        elif rest:
            edit, text = "correction", rest

        if picked is not None and picked.query is not None:
            read = annotated(view, as_of)(text, ())
            return Understood([(edit, picked.query)], Turn(read, context or Context(None), lexicon(), view.facts.names))
        return understood(view, text, context, edit=edit, as_of=as_of)

    def _current(self, as_of: date | None, known_at: datetime | None) -> Facts:
        """The facts by both clocks; those of the last few are remembered."""
        found = self._facts.pop((as_of, known_at), None)
        if found is None or not found.follow():
            found = Facts(self._store.at(as_of=as_of, known_at=known_at), as_of=as_of, known_at=known_at)
        self._facts[as_of, known_at] = found
        while len(self._facts) > _REMEMBERED:
            self._facts.popitem(last=False)
        return found

    def _best(
        self, view: View, question: Annotated | None, readings: list[tuple[str, Query]], tried: Tried | None
    ) -> tuple[str, Query | None, Outcome]:
        """The first reading that yields an answer; failing all, the most telling reason. Of a substitution that may
        stand in either of two places, the reading that has an answer; if both have, which one is asked back.
        """
        found: list[_Tried] = []
        failed: list[_Tried] = []
        for edit, query in readings:
            if found and not {edit, found[0].edit} <= RIVALS:
                break
            if tried is not None:
                tried(query)
            outcome = execute_sense(view, query, execute)
            if question is not None and edit == "new":
                outcome = fitting(question, query, outcome)
            (failed if outcome.status == "unknown" else found).append(_Tried(edit, query, outcome, view.record()))
        if not found and not failed:
            return "new", None, unknown("")
        chosen = found[0] if found else max(failed, key=lambda one: one.outcome.trust)
        view.recall(*(one.ran for one in found or [chosen]))
        outcome = which([(one.query, one.outcome) for one in found]) if len(found) > 1 else chosen.outcome
        return chosen.edit, chosen.query, outcome

    def _answer(
        self,
        question: str,
        query: Query | None,
        outcome: Outcome,
        view: View,
        began: float,
        context: Context | None,
        *,
        edit: str = "new",
        related: bool = True,
        meaning: tuple[str, ...] = (),
        lost: bool = False,
    ) -> Answer:
        evidence = evidence_of(outcome.claims, view)
        options = outcome.options
        text = prose(outcome, evidence)
        if outcome.status == "unknown":
            unknown_names = query.names if query else ()
            if unknown_names:
                options = respelt(question, unknown_names, view)
                text = f"I don't know: {', '.join(unknown_names)} is not in the graph."
            evidence = self._related(question, query, view) if related else ()
        return Answer(
            question=question,
            status=outcome.status,
            answer=text,
            values=outcome.values,
            claims=tuple(c.id for c in outcome.claims),
            evidence=evidence,
            sparql="\n\n".join(view.queries),
            interpretation="; ".join(filter(None, (said_back(query, outcome, edit), *meaning))),
            caveats=(*outcome.caveats, *left_out(view)),
            suggestions=tuple(option.gloss for option in options),
            took_ms=round((time.perf_counter() - began) * 1000),
            typed=query,
            edit=edit,
            context=follow_up(context, query, outcome, options, new=edit == "new", lost=lost),
        )

    def _related(self, question: str, query: Query | None, view: View) -> tuple[Cited, ...]:
        """The nearest passages: about whom the question names, or, in a follow-up, whom it takes over."""
        subject = subject_of(query) if query else None
        passages = self._passages.search(
            question,
            k=_RELATED,
            as_of=view.facts.as_of,
            known_at=view.facts.known_at,
            include_unreliable=view.unreliable,
            entities=subject.ids if subject else (),
            seconds=_INDEXING,
        )
        return tuple(
            Cited(n, p.document, p.title, p.source, p.published, p.start, p.end, p.text, support="related")
            for n, p in enumerate(passages, 1)
        )
