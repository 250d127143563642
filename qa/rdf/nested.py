"""Comparisons with a question of its own: above the average, more than any …, larger than X."""

from __future__ import annotations

from qa.rdf.draft import Draft
from qa.rdf.form import Attr, Body, Column, Form, Function, Op, Test, Thing
from qa.rdf.state import Nested, State


def begin_nested(state: State, cls: str, place: int) -> None:
    """What follows belongs to the other side: “than any country in …”, “than all …”."""
    compare, held = state.pending.compare, state.property
    assert compare is not None
    assert held is not None
    assert isinstance(held[0], Attr)
    near = [w.stem for w in state.words[max(0, place - 3) : place]]
    every = "all" in near or "every" in near or "each" in near
    function: Function = "max" if (compare.text in (">", ">=")) == every else "min"
    open_nested(state, held[0], compare.text, function, cls, place)  # type: ignore[arg-type]


def open_nested(state: State, target: Attr, op: Op, function: Function, cls: str, place: int) -> None:
    """The other side becomes the draft that is written."""
    outer = state.draft
    inner = Draft(state.profile, state.paths, state.draft.hints, shared=False)
    root = inner.add(Thing(cls), place)
    state.nested = Nested(target, op, function, outer, root)
    state.draft = inner
    state.pending.compare = None
    state.pending.opened = ""
    state.property = None
    state.select = False


def close_nested(state: State) -> None:
    """The other side is complete: it becomes a test of the whole."""
    nested = state.nested
    if nested is None:
        return
    body, prop = state.draft.body(), nested.target.prop
    cost, failed = state.draft.cost, state.draft.failed
    state.draft, state.nested = nested.outer, None
    state.draft.cost += cost
    state.draft.failed += failed
    sub = Form(body, (Column(Attr(nested.root, prop), nested.function),))
    state.draft.test(Test(nested.target, nested.op, sub=sub))


def against_function(state: State, target: Attr, op: Op, function: Function) -> None:
    """A comparison with the average (or another function) over all things of the kind."""
    thing = state.draft.things[target.thing]
    sub = Form(Body({0: Thing(thing.cls)}), (Column(Attr(0, target.prop), function),))
    state.draft.test(Test(target, op, sub=sub))
