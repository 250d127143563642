"""Nouns of a question: the classes and properties that it names, and what is done with each where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.rdf.beside import (
    asks_key,
    beside_top,
    named_already,
    names_next,
    names_node,
    owns,
    pointed_at,
    property_next,
    ranked_later,
    says_role,
    says_value,
    together,
)
from qa.rdf.defined import ADDED
from qa.rdf.english import GENERIC
from qa.rdf.form import Attr, Column, Having, Target, Test
from qa.rdf.grammar import SKIPPED, is_verb
from qa.rdf.nested import begin_nested
from qa.rdf.pieces import Piece
from qa.rdf.spans import Meaning
from qa.rdf.state import State
from qa.rdf.values import by_hints


def noun(state: State, number: int, part: Piece) -> None:
    """A noun in its turn."""
    assert part.span is not None
    if state.sense(number) == "class":
        cls = state.class_of(number)
        state.draft.cost += 2.5 * (1 - next(m.score for m in part.span.of("class") if m.ref == cls))
        a_class(state, number, part, cls)
    else:
        a_property(state, number, part, part.span.of("property"))


def a_class(state: State, number: int, part: Piece, cls: str) -> None:
    """A class: what is asked for, grouped by, counted, or only passed through."""
    pending = state.pending
    if names_next(state, number, cls):
        return
    if pending.compare and pending.number:
        thing = state.draft.thing(cls, part.start)
        _having(state, Column(thing, "count"))
        return
    if pending.compare and state.property is not None and isinstance(state.property[0], Attr):
        begin_nested(state, cls, part.start)
        return
    if pending.negated == "except" and state.draft.find(cls) is not None:
        return
    denied = bool(pending.negated)
    if denied:
        state.draft.deny()
        pending.negated = ""
    thing = state.draft.thing(cls, part.start)
    state.draft.explicit.add(thing)
    if denied or state.draft.inside:
        return
    _take_class(state, number, thing)


def _take_class(state: State, number: int, thing: int) -> None:
    pending = state.pending
    if pending.top and pending.count and not property_next(state, number):
        state.top(Column(thing, "count"))
        pending.count = False
        return
    if pending.top and not pending.popular and not ranked_later(state, number):
        target = by_hints(state, pending.top.hints, thing) if pending.top.hints else None
        if target is not None:
            state.top(Column(target))
        elif not pending.top.hints and not property_next(state, number):
            state.top(Column(thing, "count"))
            return
    if pending.each:
        if thing not in state.group:
            state.group.append(thing)
        pending.each = False
    elif pending.order and not property_next(state, number):
        state.ordered(Column(thing, "count" if pending.count else ""))
        pending.count = False
    elif pending.count and not property_next(state, number):
        state.column(Column(thing, "count"))
        pending.count = False
    elif state.select and not (property_next(state, number) or owns(state, number) or pointed_at(state, number)):
        state.column(Column(thing))


def a_property(state: State, number: int, part: Piece, meanings: Sequence[Meaning]) -> None:
    """A property: a column, a key, or what the next value or number is about."""
    options = [(m.ref, m.score) for m in meanings]
    if is_verb(state.words, part):
        options = _as_asked(state, number, options)
    if all(state.linking(p) for p, _ in options) and not asks_key(state, part):
        options = [(p, s) for p, s in options if state.profile.properties[p].kind == "node"] or options
        if is_verb(state.words, part) or names_node(state, number, options) or says_role(state, number):
            return
    if asks_key(state, part):
        options = sorted(options, key=lambda o: o[0] in state.profile.echoes)
        options = [o for o in options if state.profile.properties[o[0]].kind != "node"] or options
    elif not all(state.linking(p) for p, _ in options):
        options = [o for o in options if o[0] not in state.profile.echoes] or options
    if _flag(state, number, part, options):
        return
    if named_already(state, number, part):
        return
    local = local_thing(state, number)
    options = _own_name(state, part, options, local)
    if state.pending.aggregates or state.pending.compare:
        options = [o for o in options if state.profile.properties[o[0]].kind in ("number", "date")] or options
    options = state.chosen(number, options)
    options = _of_what(state, number, part, options)
    if local is not None and all(w.stem in GENERIC for w in state.words[part.start : part.end]):
        own = state.draft.things[local].cls
        options = [o for o in options if own in state.profile.properties[o[0]].domains]
        if not options:
            state.lost.append(state.text(part))
            return
    if state.pending.negated and not _at_root(state, options):
        state.draft.deny()
        state.pending.negated = ""
    target = state.draft.attr(options, part.start, local, _coming(state, number))
    if target is None:
        state.lost.append(state.text(part))
        return
    before = len(state.asked)
    if part.text == ADDED and before and state.asked[-1].function:
        last = state.asked.pop()
        state.column(replace(last, plus=(*last.plus, _amount(state, target))))
        return
    _take_property(state, number, part, _amount(state, target))
    for hint in state.draft.hints:
        if hint.at == part.start:
            hint.used += 2 if len(state.asked) > before and not state.mutual else 1


def _at_root(state: State, options: Sequence[tuple[str, float]]) -> bool:
    """Whether a property can be said of what is asked for itself."""
    things = state.draft.main.things
    root = state.draft.things[things[0]].cls if things else ""
    return not things or any(root in state.profile.properties[p].domains for p, _ in options)


def _as_asked(state: State, number: int, options: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of the properties that a verb may stand for, those that fit the question: a date for when, a node for who."""
    properties = state.profile.properties
    dates = [o for o in options if properties[o[0]].kind == "date" or "year" in properties[o[0]].words]
    nodes = [o for o in options if properties[o[0]].kind == "node"]
    following = [p for p in state.parts[number + 1 :] if p.kind != "word"][:1]
    if state.who == "when" or any(p.kind in ("compare", "number") for p in following):
        return dates or options
    if state.who in ("who", "whom", "where") or any(p.kind in ("value", "noun") for p in following):
        return nodes or options
    return options


def _coming(state: State, number: int) -> frozenset[str]:
    """The classes of the next name or value of the question."""
    for piece in state.parts[number + 1 :]:
        if piece.kind == "value" and piece.span is not None:
            nodes = {c for m in piece.span.of("node") for n in m.terms[:3] for c in state.profile.types.get(n, ())}
            values = {c for m in piece.span.of("value") for c in state.profile.properties[m.ref].domains}
            return frozenset(nodes or values)
    return frozenset()


def _of_what(state: State, number: int, part: Piece, options: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """“The name … of the song”, where the name of a song is one property: that one."""
    if not all(w.stem in GENERIC for w in state.words[part.start : part.end]):
        return options
    of = False
    for at in range(number + 1, len(state.parts)):
        piece = state.parts[at]
        of = of or piece.text == "of"
        if piece.kind == "word" and piece.text not in SKIPPED and piece.text:
            break
        if of and piece.kind == "noun" and piece.span and state.sense(at) == "property":
            both = [(p, 1.0) for p, _ in options if any(m.ref == p for m in piece.span.meanings)]
            if both:
                return both
        if of and state.class_of(at):
            break
    return options


def _flag(state: State, number: int, part: Piece, options: Sequence[tuple[str, float]]) -> bool:
    """Whether a property is an adjective that holds or not (official, active); if so it becomes a condition."""
    prop = state.profile.properties[options[0][0]]
    if not prop.yes or prop.kind == "node" or options[0][1] < 0.75:
        return False
    if any(w.stem in ("whether", "if") for w in state.words[max(0, part.start - 3) : part.start]):
        return False
    wanted = prop.no if state.pending.negated else prop.yes
    target = state.draft.attr([options[0]], part.start, local_thing(state, number))
    if not wanted or not isinstance(target, Attr):
        return False
    state.pending.negated = ""
    state.draft.test(Test(target, "=", (wanted,)))
    return True


def _take_property(state: State, number: int, part: Piece, target: Target) -> None:
    pending = state.pending
    prop = state.profile.properties[target.prop] if isinstance(target, Attr) else None
    if pending.compare and pending.number:
        if prop is not None and (prop.kind == "number" or prop.pattern == "number"):
            if together(state, part) and state.owner(target) not in state.draft.main.things[:1]:
                _having(state, Column(target, "sum"))
                return
            state.draft.test(Test(target, pending.compare.text, (pending.number,)))  # type: ignore[arg-type]
            pending.compare, pending.number = None, ""
        else:
            _having(state, Column(target, "count"))
    elif (
        pending.top and not pending.popular and (beside_top(state, number) or not (pending.top.hints and state.select))
    ):
        if state.select and (state.reopened or not state.asked):
            state.column(Column(target, "max" if pending.top.text == "down" else "min"))
            pending.top = None
        else:
            state.top(Column(target))
    elif pending.order:
        state.ordered(Column(target, pending.aggregates.pop() if pending.aggregates else ""))
    elif pending.aggregates and not state.draft.inside and not pending.compare:
        for function in pending.aggregates:
            state.column(Column(target, function))
        pending.aggregates = []
        pending.count = False
    elif pending.count and not pending.compare:
        counts = prop is not None and prop.kind == "number" and prop.iri not in state.profile.keys.values()
        state.column(Column(target, "sum" if counts else "count"))
        pending.count = False
    elif pending.each:
        state.group.append(target)
        pending.each = False
    elif says_value(state, number, part):
        state.property = (target, part.start)
    elif state.select and not pending.compare and not pending.opened:
        state.column(Column(target))
    else:
        state.property = (target, part.start)


def _amount(state: State, target: Target) -> Target:
    """Of a node that only carries an amount, the amount."""
    if isinstance(target, Attr):
        return target
    cls = state.draft.things[target].cls
    if state.profile.labels.get(cls):
        return target
    said = [p for p in state.profile.of_class.get(cls, ()) if p.kind != "node"]
    numbers = [p for p in said if p.kind == "number"]
    return Attr(target, numbers[0].iri) if len(numbers) == 1 and len(said) <= 2 else target


def _own_name(
    state: State, part: Piece, options: list[tuple[str, float]], local: int | None
) -> list[tuple[str, float]]:
    """“Name” beside a class is what that class calls its members."""
    if local is None or state.words[part.start].stem not in ("name", "title") or part.end - part.start > 1:
        return options
    label = state.profile.labels.get(state.draft.things[local].cls)
    if not label or any(p == label for p, s in options if s >= 1):
        return options
    return [(label, 1.0), *options]


def local_thing(state: State, number: int) -> int | None:
    """The thing that a property is asked of: of the class named just before it, or after “of”."""
    before = number - 1
    if (piece := state.piece(before)) and piece.text == "'s":
        before -= 1
    if cls := state.class_of(before):
        return state.draft.thing(cls, state.parts[before].start)
    at = number + 1
    while (piece := state.piece(at)) is not None:
        if cls := state.class_of(at):
            return state.draft.thing(cls, piece.start)
        if piece.kind == "count":
            at += 1 if state.class_of(at + 1) or ((after := state.piece(at + 1)) and after.kind == "noun") else 0
        elif piece.kind == "word" and piece.text in ("and", ","):
            following = state.piece(at + 1)
            if following is None or following.kind not in ("noun", "aggregate", "count", "word"):
                break
        elif piece.kind not in ("aggregate", "each", "noun") and piece.text not in SKIPPED:
            break
        at += 1
    return None


def _having(state: State, column: Column) -> None:
    compare = state.pending.compare
    assert compare is not None
    state.having.append(Having(column, compare.text, state.pending.number))  # type: ignore[arg-type]
    state.pending.compare, state.pending.number = None, ""
