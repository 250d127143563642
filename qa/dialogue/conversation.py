"""A dialogue turn by turn: what was said, answered and may be leaned on; the way back to earlier questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from graph.contract import Json
from qa.answer import Answer
from qa.dialogue.codec import from_json, to_json
from qa.dialogue.context import Context
from qa.dialogue.cues import leans
from qa.engine import Engine, Tried
from qa.query import Query
from qa.rewrite import LONGEST, clean

_BACK = "back"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions a turn is answered; see `Engine.ask`."""

    as_of: date | None = None
    known_at: datetime | None = None
    min_confidence: float | None = None
    include_unreliable: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn with its answer (the contract's JSON). `parent`: the number of the turn whose question it goes on from,
    None for the first; `context` what the next may lean on.
    """

    number: int
    said: str
    edit: str
    parent: int | None
    answer: Json
    context: Context | None

    def to_json(self) -> Json:
        """The exchange for keeping."""
        told = to_json(self.context) if self.context is not None else None
        return {
            "number": self.number,
            "said": self.said,
            "edit": self.edit,
            "parent": self.parent,
            "answer": self.answer,
            "context": told,
        }

    @staticmethod
    def from_json(told: Json) -> Exchange:
        """An exchange that was kept; without context if that is of a form that is not read any more."""
        fields = {name: told[name] for name in ("number", "said", "edit", "parent", "answer")}
        return Exchange(**fields, context=from_json(told["context"]))


def say(
    engine: Engine,
    before: Sequence[Exchange],
    text: str,
    conditions: Conditions | None = None,
    *,
    tried: Tried | None = None,
) -> Exchange:
    """The next exchange after those before, of which only the last matters unless the turn `goes_back`. Never raises
    for what is said, however odd.
    """
    text = text[: 2 * LONGEST]
    conditions = conditions or Conditions()
    last = before[-1] if before else None
    back = _back(before, clean(text)) if goes_back(text) else None
    if back is not None:
        return _returned(engine, before, text, back, conditions, tried)
    context = last.context if last is not None else None
    if goes_back(text):
        nothing = "I don't know: there is no earlier question to go back to."
        return _exchange(before, text, Answer(text, "unknown", nothing, edit=_BACK, context=context), None)
    answer = engine.ask(text, after=context, tried=tried, **_options(conditions))
    if last is not None and answer.edit != "new":
        answer = _warned(engine, answer, last, conditions)
    return _exchange(before, text, answer, last.number if last is not None else None)


def goes_back(text: str) -> bool:
    """Whether a turn asks for an earlier question again."""
    return leans("undo", clean(text)) or leans("first", clean(text))


def _options(conditions: Conditions) -> dict[str, Any]:
    names = ("as_of", "known_at", "min_confidence", "include_unreliable")
    return {name: getattr(conditions, name) for name in names}


def _exchange(before: Sequence[Exchange], text: str, answer: Answer, parent: int | None) -> Exchange:
    number = before[-1].number + 1 if before else 1
    return Exchange(number, text, answer.edit, parent, answer.to_json(), answer.context)


def _back(before: Sequence[Exchange], text: str) -> Exchange | None:
    """The exchange that a turn asks to go back to; None if it does not, or there is none."""
    if not before:
        return None
    if leans("first", text):
        return next((e for e in before if _asked(e)), None)
    if not leans("undo", text):
        return None
    numbered = {e.number: e for e in before}
    at = before[-1]
    while at.parent is not None and at.parent in numbered:
        at = numbered[at.parent]
        if _asked(at):
            return at
    return None


def _asked(exchange: Exchange) -> Query | None:
    return exchange.context.query if exchange.context is not None else None


def _returned(
    engine: Engine,
    before: Sequence[Exchange],
    text: str,
    back: Exchange,
    conditions: Conditions,
    tried: Tried | None,
) -> Exchange:
    """The earlier question again, as the graph is now; what follows goes on from there."""
    query = _asked(back) or Query("profile")
    numbered = {e.number: e for e in before}
    earlier = numbered.get(back.parent) if back.parent is not None else None
    after = earlier.context if earlier is not None else None
    answer = engine.run(text, query, edit=_BACK, after=after, tried=tried, **_options(conditions))
    return _exchange(before, text, _warned(engine, answer, back, conditions), back.parent)


def _warned(engine: Engine, answer: Answer, before: Exchange, conditions: Conditions) -> Answer:
    """The answer with a word on claims of the one before that the graph does not hold any more."""
    claims = before.answer["claims"]
    gone = engine.gone(claims) if conditions.known_at is None else []
    if not gone:
        return answer
    which = "a claim" if len(gone) == len(claims) == 1 else f"{len(gone)} of the {len(claims)} claims"
    note = f"the graph has changed: {which} of the answer before {'is' if len(gone) == 1 else 'are'} not in it any more"
    return replace(answer, caveats=(*answer.caveats, note))
