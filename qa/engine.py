"""The default engine: a question in, an answer with its claims and evidence out; no language model."""

from __future__ import annotations

import time
from collections import OrderedDict
from datetime import date, datetime

from graph.model import Claim
from graph.settings import Settings
from graph.store.protocol import Store
from qa.annotate import Annotated, annotate
from qa.answer import Answer, Cited
from qa.execute import execute
from qa.facts import Facts, View
from qa.follow import edited, is_follow_up
from qa.interpret import interpretation
from qa.lexicon import lexicon
from qa.outcome import Outcome, unknown
from qa.parse import parse
from qa.query import Query
from qa.rewrite import LONGEST, clean, plain_order
from qa.verbalise import sentence

_EVIDENCE = 12
_RELATED = 3
_REMEMBERED = 4


class Engine:
    """Answers questions from one store. What it derives from the store is kept until the store's version changes."""

    def __init__(self, store: Store, *, settings: Settings | None = None) -> None:
        self._store = store
        self._settings = settings or Settings()
        self._facts: OrderedDict[tuple[date | None, datetime | None], Facts] = OrderedDict()

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        min_confidence: float | None = None,
        include_unreliable: bool = False,
        after: Answer | None = None,
    ) -> Answer:
        """The answer to one question.

        `as_of`, `known_at`: only from documents published by that day, as the store knew them at that instant.
        `min_confidence`: only claims at least that sure, 0 to 1. `include_unreliable`: also claims that only sources
        judged unreliable make. `after`: the answer of the turn before, for a follow-up. Never raises for a question,
        however odd.
        """
        began = time.perf_counter()
        facts = self._current(as_of, known_at)
        view = View(facts, lexicon(), min_confidence=min_confidence, unreliable=include_unreliable)
        text = clean(question)
        if len(text) > LONGEST:
            reason = f"The question is too long: at most {LONGEST} characters are read"
            return self._answer(question, None, Outcome("unknown", lead=reason), view, began, related=False)
        read = annotate(
            plain_order(text), names=facts.names, lexicon=lexicon(), today=as_of or facts.today, speakers=facts.speakers
        )
        query, outcome = self._best(view, read, after)
        return self._answer(question, query, outcome, view, began)

    def _current(self, as_of: date | None, known_at: datetime | None) -> Facts:
        """The facts by both clocks; those of the last few are remembered."""
        found = self._facts.pop((as_of, known_at), None)
        if found is None or found.version != self._store.version():
            found = Facts(self._store.at(as_of=as_of, known_at=known_at))
        self._facts[as_of, known_at] = found
        while len(self._facts) > _REMEMBERED:
            self._facts.popitem(last=False)
        return found

    def _best(self, view: View, read: Annotated, after: Answer | None) -> tuple[Query | None, Outcome]:
        """The first reading that yields an answer; failing all, the most telling reason."""
        readings = parse(read, lexicon())
        if after is not None and after.typed is not None and is_follow_up(read):
            readings = edited(read, after.typed, lexicon(), readings) or readings
        failed: list[tuple[Query, Outcome]] = []
        for _, query in readings:
            view.clear()
            outcome = execute(view, query)
            if outcome.status != "unknown":
                return query, outcome
            failed.append((query, outcome))
        if failed:
            return max(failed, key=lambda f: f[1].trust)
        return None, unknown(_no_reading(read))

    def _answer(
        self, question: str, query: Query | None, outcome: Outcome, view: View, began: float, *, related: bool = True
    ) -> Answer:
        evidence = _evidence(outcome.claims, view)
        suggestions = outcome.gloss
        prose = _prose(outcome, evidence)
        if outcome.status == "unknown":
            unknown_names = query.names if query else ()
            suggestions = tuple(n for name in unknown_names for n in view.facts.names.near(name))
            if unknown_names:
                prose = f"I don't know: {', '.join(unknown_names)} is not in the graph."
            evidence = self._related(question, view) if related else ()
        return Answer(
            question=question,
            status=outcome.status,
            answer=prose,
            values=outcome.values,
            claims=tuple(c.id for c in outcome.claims),
            evidence=evidence,
            sparql="\n\n".join(view.queries),
            interpretation=interpretation(query) if query else "",
            caveats=(*outcome.caveats, *_left_out(view)),
            suggestions=suggestions,
            took_ms=round((time.perf_counter() - began) * 1000),
            typed=query,
        )

    def _related(self, question: str, view: View) -> tuple[Cited, ...]:
        passages = view.facts.passages(vectors=self._settings.vectors)
        return tuple(
            Cited(n, p.document, p.title, p.source, p.published, p.start, p.end, p.text, support="related")
            for n, p in enumerate(passages.nearest(question, k=_RELATED), 1)
        )


def _left_out(view: View) -> tuple[str, ...]:
    count = len(view.left_out)
    if not count:
        return ()
    return (f"{count} claim{'s' if count > 1 else ''} of sources judged unreliable left out",)


def _no_reading(read: Annotated) -> str:
    if read.unknown:
        return f"{', '.join(read.unknown)} is not in the graph"
    if read.has("why"):
        return "the graph holds what happened, not why"
    return "the question was not understood; name an entity and what you want to know of it"


def _evidence(claims: tuple[Claim, ...], view: View) -> tuple[Cited, ...]:
    """The claims' passages, each once, numbered in the order of the claims."""
    seen: dict[tuple[str, int, int], Cited] = {}
    for claim in claims:
        for item in claim.evidence:
            key = (item.document, item.start, item.end)
            document = view.facts.documents.get(item.document)
            if key not in seen and document and len(seen) < _EVIDENCE:
                seen[key] = Cited(
                    len(seen) + 1,
                    item.document,
                    document.title,
                    document.source,
                    document.published,
                    item.start,
                    item.end,
                    item.quote,
                )
    return tuple(seen.values())


def _prose(outcome: Outcome, evidence: tuple[Cited, ...]) -> str:
    if outcome.status == "unknown":
        return f"I don't know: {outcome.lead}." if not outcome.lead.startswith("The question") else outcome.lead + "."
    numbers = {(e.document, e.start, e.end): e.n for e in evidence}
    lines = []
    for claim in outcome.claims[:6]:
        marks = sorted({numbers[k] for e in claim.evidence if (k := (e.document, e.start, e.end)) in numbers})
        lines.append(sentence(claim) + "." + "".join(f" [{n}]" for n in marks))
    if outcome.status == "ambiguous":
        return "Which one do you mean: " + "; ".join(outcome.gloss) + "?"
    lead = f"{outcome.lead}. " if outcome.lead else ""
    return lead + " ".join(dict.fromkeys(lines))
