"""Questions behind a statement: read with what is stated as their context, after it was held against the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from graph.model import Quantity
from qa import follow
from qa.answer import Amount, Truth
from qa.dialogue.context import Context
from qa.dialogue.turn import Turn
from qa.draft import Draft
from qa.execute import execute
from qa.facts import View
from qa.forms_fact import metric
from qa.lexicon import lexicon
from qa.parse import parse
from qa.pointing import named_in, points
from qa.premise import Premise, completed, of_the_rest, shortened
from qa.query import Query
from qa.run_compute import middle
from qa.spans import Annotated
from qa.verbalise import worded

_LEANING = {"value", "time", "others"}
Read = Callable[[str], Annotated]


class Standing(Enum):
    """How a statement stands to the graph."""

    SO = "so"
    NOT_SO = "not so"
    UNSAID = "unsaid"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Held:
    """A statement as held against the graph: its reading, if it is one of two in a relation, and what is to be said."""

    standing: Standing
    query: Query | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a question behind a statement comes to: a question of its own, or `readings`; a `reason` why neither.

    `note` is what must be said with the answer.
    """

    text: str = ""
    readings: tuple[tuple[str, Query], ...] = ()
    reason: str = ""
    note: str = ""


def taken_up(view: View, told: Premise, read: Read) -> Taken | None:
    """What a question comes to behind a statement; None if it cannot be told what it takes up."""
    whole = completed(told)
    if whole is not None:
        return Taken(whole)
    stated = read(told.stated)
    held = held_against(view, stated)
    note = held.note or ("" if held.standing is Standing.SO else "what is stated first was not checked")
    own = read(told.asked)
    if own.names and not points(told.asked):
        missing = {Standing.NOT_SO: "the graph denies what is stated first", Standing.UNSAID: _unsaid(told)}
        return Taken(told.asked, note=missing.get(held.standing, note))
    if held.standing is Standing.NOT_SO:
        return Taken(reason=f"the graph says that it is not so that {told.stated}")
    if held.standing is Standing.UNSAID:
        return Taken(reason=_unsaid(told))
    if held.query is not None and (found := _leaning(view, told, held.query, read)):
        return Taken(readings=tuple(found), note=note)
    named = _of_rest(told, stated) or named_in(told.asked, stated, view.facts.names.entities)
    return Taken(named, note=note) if named is not None and named != told.asked else None


def _unsaid(told: Premise) -> str:
    return f"the graph does not say that {told.stated}"


def held_against(view: View, stated: Annotated) -> Held:
    """Whether the graph bears a statement out: a relation of two who are named, or an amount of one."""
    if stated.unknown:
        return Held(Standing.UNSAID)
    asked = replace(stated, text=f"{stated.text}?")
    for _, query in parse(asked, lexicon()):
        if query.kind != "yesno" or query.owner is None or query.link is None:
            continue
        outcome = execute(view, query)
        truth = next((v.value for v in outcome.values if isinstance(v, Truth)), None)
        if truth is not None:
            return Held(Standing.SO if truth else Standing.NOT_SO, query)
        if outcome.status == "partial" and outcome.claims:
            return Held(Standing.SO, query, "what is stated first the graph has with a hedge or a denial only")
        if query.link.given.named and not _led_by_a_firm(view, query):
            return Held(Standing.UNSAID, query)
    return _amount(view, stated)


def _led_by_a_firm(view: View, query: Query) -> bool:
    """Whether somebody who is no person would lead: a market, that is, or a field."""
    entities = view.facts.names.entities
    kinds = {entities[i].type for i in query.owner.ids} if query.owner is not None else set()
    return query.link is not None and query.link.relations == ("leads",) and "Person" not in kinds


def _amount(view: View, stated: Annotated) -> Held:
    """An amount that is stated, held against what the graph has for it."""
    told = stated.quantities[0] if stated.quantities else None
    if told is None or len(stated.names) != 1:
        return Held(Standing.OPEN)
    for query in metric(Draft(stated, lexicon())):
        outcome = execute(view, replace(query, quantity=None, exclude=None, unit=told.unit))
        amounts = [v.quantity for v in outcome.values if isinstance(v, Amount) and v.quantity.unit == told.unit]
        if amounts:
            so = any(_alike(told, amount) for amount in amounts)
            note = "" if so else f"for what is stated first the graph has {worded(amounts[0])}"
            return Held(Standing.SO if so else Standing.OPEN, note=note)
    return Held(Standing.OPEN)


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts are the same but for rounding."""
    one, other = middle(a), middle(b)
    return abs(one - other) * 50 <= max(abs(one), abs(other))


def _leaning(view: View, told: Premise, query: Query, read: Read) -> list[tuple[str, Query]]:
    """The readings of a question that leans on what two have to do with each other: for how much, which stake, when."""
    context = Context(query, query, None, query)
    turn = Turn(read(shortened(told)), context, lexicon(), view.facts.names)
    return [(name, found) for name, found in follow.readings(turn) if name in _LEANING]


def _of_rest(told: Premise, stated: Annotated) -> str | None:
    """Who owns the rest of what one is said to own a part of."""
    pattern = of_the_rest(told)
    named = [h for h in stated.names if not h.text.islower()]
    return pattern.format(one=named[0].text, other=named[1].text) if pattern and len(named) == 2 else None
