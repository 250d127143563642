"""What an answer shows: its claims in words, their passages, how the question was understood, what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Claim
from qa.answer import Cited
from qa.facts import View
from qa.interpret import interpretation
from qa.outcome import Outcome
from qa.query import Option, Query
from qa.verbalise import sentence

RIVALS = {"substitution", "either"}
"""Edits whose readings are as likely as one another."""

_EVIDENCE = 12


def said_back(query: Query | None, outcome: Outcome, edit: str) -> str:
    """The question as understood; both ways where it can be read in two that are as likely."""
    if outcome.status == "ambiguous" and edit in RIVALS:
        return " or ".join(interpretation(o.query) for o in outcome.options if o.query is not None)
    return interpretation(query) if query else ""


def which(readings: Sequence[tuple[Query, Outcome]]) -> Outcome:
    """The question which of several readings, with what came of each, is meant."""
    claims = tuple(dict.fromkeys(c for _, outcome in readings for c in outcome.claims[:1]))
    options = tuple(Option(interpretation(query), query) for query, _ in readings)
    return Outcome("ambiguous", claims=claims, lead="Several fit", options=options)


def respelt(question: str, names: tuple[str, ...], view: View) -> tuple[Option, ...]:
    """The question with names of the graph in the place of those it lacks."""
    return tuple(
        Option(near, text=question.replace(name, near)) for name in names for near in view.facts.names.near(name)
    )


def left_out(view: View) -> tuple[str, ...]:
    """The caveat that sources judged unreliable make more claims, if they do."""
    count = len(view.left_out)
    if not count:
        return ()
    return (f"{count} claim{'s' if count > 1 else ''} of sources judged unreliable left out",)


def evidence_of(claims: tuple[Claim, ...], view: View) -> tuple[Cited, ...]:
    """The claims' passages, each once, numbered in the order of the claims."""
    seen: dict[tuple[str, int, int], Cited] = {}
    for item in (item for claim in claims for item in claim.evidence):
        if len(seen) == _EVIDENCE:
            break
        key = (item.document, item.start, item.end)
        document = None if key in seen else view.facts.documents.get(item.document)
        if document:
            seen[key] = Cited(
                len(seen) + 1,
                item.document,
                document.title,
                document.source,
                document.published,
                item.start,
                item.end,
                item.quote,
                locator=item.locator,
            )
    return tuple(seen.values())


def prose(outcome: Outcome, evidence: tuple[Cited, ...]) -> str:
    """The answer in a few sentences: what was found, and its first claims with the numbers of their passages."""
    if outcome.status == "unknown":
        return f"I don't know: {outcome.lead}." if not outcome.lead.startswith("The question") else outcome.lead + "."
    numbers = {(e.document, e.start, e.end): e.n for e in evidence}
    lines = []
    for claim in outcome.claims[:6]:
        marks = sorted({numbers[k] for e in claim.evidence if (k := (e.document, e.start, e.end)) in numbers})
        lines.append(sentence(claim) + "." + "".join(f" [{n}]" for n in marks))
    if outcome.status == "ambiguous":
        return "Which one do you mean: " + "; ".join(o.gloss for o in outcome.options) + "?"
    lead = f"{outcome.lead}. " if outcome.lead else ""
    return lead + " ".join(dict.fromkeys(lines))
