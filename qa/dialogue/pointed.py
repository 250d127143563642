"""“Which chip is that?”: a thing of a kind that the last answer speaks of."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Claim, EntityRef
from qa.dialogue.members import MOST, nobody
from qa.dialogue.turn import Turn
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query

_POINTING = {"that", "it", "this", "those", "these", "they"}


def pointed(turn: Turn) -> list[Query]:
    """“Which chip is that?”, “What company is it?” about the claims of the last answer."""
    items = [item for item in turn.question.items if item.text[0].isalnum()]
    at = turn.draft.wh
    if at is None or turn.draft.lemma(at) not in ("which", "what") or turn.question.names or not items:
        return []
    noun = turn.question.items[at + 1] if at + 1 < len(items) else None
    kinds = tuple(dict.fromkeys(s.name for s in noun.all("class"))) if noun is not None else ()
    behind = [item.text.lower() for item in items[items.index(turn.question.items[at]) + 2 :]]
    if not kinds or len(behind) != 2 or behind[1] not in _POINTING or behind[0] not in ("is", "was", "are", "were"):
        return []
    return [Query("pointed", inner=turn.standing, wanted=kinds)]


def run_pointed(view: View, query: Query, base: Outcome) -> Outcome:
    """The things of the kinds asked for that the claims of the answer name: at their ends, else in their scope."""
    if not base.claims:
        return nobody(base)
    for named in (_ends, _scoped):
        told = [(ref, claim) for claim in base.claims for ref in named(view, claim) if ref.type in query.wanted]
        if told:
            refs = tuple({ref.id: ref for ref, _ in told}.values())[:MOST]
            claims = tuple(dict.fromkeys(claim for _, claim in told))
            lead = ", ".join(ref.label for ref in refs)
            return replace(base, status="answered", values=refs, claims=claims, lead=lead, options=(), named=refs)
    return unknown(f"the answer before names no {' or '.join(query.wanted).lower()}", trust=0.2)


def _ends(view: View, claim: Claim) -> list[EntityRef]:
    del view
    return [claim.subject, *([claim.object] if isinstance(claim.object, EntityRef) else [])]


def _scoped(view: View, claim: Claim) -> list[EntityRef]:
    entities = view.facts.names.entities
    said = " ".join(part for part in (claim.scope, *(v for _, v in claim.qualifiers)) if part)
    return [entities[hit.ids[0]].ref for hit in view.facts.names.find(said) if len(hit.ids) == 1]
