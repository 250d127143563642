"""The end of a reading: who is asked for, what still waits, and the form of it all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.rdf.follow import counted, kept, measured
from qa.rdf.form import Attr, Body, Column, Form, Link, Order, Target, Test, Thing
from qa.rdf.profile import Property, Step
from qa.rdf.state import State
from qa.rdf.values import by_hints
from qa.rdf.words import alike, stem


@dataclass(frozen=True, slots=True)
class Read:
    """A form with its cost and the content words that it does not explain."""

    form: Form | None
    cost: float
    unexplained: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def finish(state: State) -> Read:
    """The form that was read."""
    _leftovers(state)
    _waiting(state)
    columns = list(state.asked_late) if state.asked_late else list(state.columns)
    if state.who in ("who", "whom", "what") and (not columns or state.late) and not state.asked_late:
        found = _somebody(state)
        columns = [Column(found)] if found is not None else columns
    if state.who == "where" and not columns and any(not h.used for h in state.draft.hints):
        found = _somebody(state)
        columns = [Column(found)] if found is not None else columns
    if state.who in ("when", "where") and not columns:
        target = _time_or_place(state)
        columns = [Column(target)] if target is not None else columns
    if state.start is not None and not columns:
        columns = [counted(state.start, lambda a: names(state, a))] if state.pending.count else list(kept(state.start))
        state.pending.count = False
    if not columns and state.draft.main.things and not state.boolean:
        columns = [Column(state.draft.main.things[0])]
    if not columns and not state.boolean:
        return Read(None, 99.0, tuple(state.lost))
    columns = _with_keys(state, columns)
    columns = list(dict.fromkeys(_named(state, c) for c in columns))
    _apart(state)
    _others(state, columns)
    _carry(state, columns)
    body = state.draft.body()
    form = Form(
        body,
        tuple(columns),
        _groups(state, columns),
        tuple(state.having),
        tuple(state.order),
        state.limit,
        boolean=state.boolean,
    )
    form = _both(form)
    cost = state.draft.cost + (_ECHO if _echoes(state, form) or _one_each(form) else 0.0)
    helped = {h.text for h in state.draft.hints if h.used and h.text}
    lost = [w for w in (*state.lost, *_verbs(state)) if w not in helped]
    return Read(form, cost, (*lost, *state.draft.failed), tuple(state.notes))


_ECHO = 20.0


def _one_each(form: Form) -> bool:
    """Whether things would be counted for each of themselves, which is always one."""
    computed = [*form.columns, *(h.column for h in form.having), *(o.column for o in form.order)]
    return any(c.function == "count" and isinstance(c.target, int) and c.target in form.group for c in computed)


def _echoes(state: State, form: Form) -> bool:
    """Whether the answer would only give back a name of the question, or count the one thing that it names."""
    if form.boolean or len(form.columns) != 1 or form.columns[0].function not in ("", "count"):
        return False
    target = form.columns[0].target
    if form.columns[0].function and not isinstance(target, int):
        return False
    if isinstance(target, int):
        return bool(state.draft.things[target].nodes)
    return any(t.target == target and t.op == "=" for t in form.body.tests) or (
        bool(state.draft.things[target.thing].nodes) and target.prop in state.profile.labels.values()
    )


def _carry(state: State, columns: list[Column]) -> None:
    """What the question before ordered, cut and grouped holds on, unless this one does so itself or computes."""
    start = state.start
    if start is None:
        return
    if start.having and not state.having:
        state.having = list(start.having)
        state.group = state.group or list(start.group)
    elif any(o.column.function for o in (*state.order, *start.order)) and start.group:
        state.group = state.group or list(start.group)
    if start.order and not state.order and not any(c.function for c in columns):
        state.order, state.limit = list(start.order), start.limit


def _leftovers(state: State) -> None:
    """Superlatives and orders whose noun stood before them, or nowhere."""
    pending = state.pending
    if pending.top is not None:
        target: Target | None = None
        if pending.popular and state.asked:
            first = state.asked[0].target
            target = _measure(state, state.owner(first))
            if target is None:
                state.order.append(Order(Column(state.owner(first), "count"), True))
                state.limit, pending.top = 1, None
        elif state.property is not None:
            target = state.property[0]
        if target is None and pending.top is not None:
            target = by_hints(state, pending.top.hints)
        if target is None and pending.top is not None and state.start is not None:
            column = measured(state.start)
            if column is not None:
                state.top(column)
        if target is not None and pending.top is not None:
            state.top(Column(target))
    if pending.order is not None and (state.asked or state.start):
        state.ordered(state.asked[0] if state.asked else state.start.columns[0])  # type: ignore[union-attr]


def _waiting(state: State) -> None:
    """What still waits is part of the question that the form leaves out."""
    pending = state.pending
    for piece in (pending.compare, pending.match, pending.top, pending.order):
        if piece is not None:
            state.lost.append(state.text(piece))
    state.lost += pending.aggregates
    if pending.number and pending.compare is None:
        state.lost.append(pending.number)
    if pending.negated:
        state.lost.append(pending.negated)


_MEASURES = ("popularity", "percentage", "rating", "vote", "rank", "score")


def _measure(state: State, thing: int) -> Target | None:
    """The property that says how popular a thing is."""
    return by_hints(state, _MEASURES, thing)


def _somebody(state: State) -> Target | None:
    """Whoever a verb leads to (who directed …): the other end of the link that it speaks for."""
    draft = state.draft
    best: tuple[float, int, tuple[Step, ...]] | None = None
    idle = [h for h in draft.hints if not h.used] or [h for h in draft.hints if draft.shared and h.used < 2]
    if not idle:
        return None
    said = max(idle, key=lambda h: h.at) if state.late else min(idle, key=lambda h: h.at)
    place = len(state.words) if state.late else said.at
    mutual = state.mutual or (state.who == "who" and _with_whom(state))
    given = {c for t in draft.things if t.nodes for n in t.nodes for c in state.profile.types.get(n, ())}
    for n in draft.main.things:
        for target in state.profile.classes:
            if mutual and target not in given:
                continue
            for path in draft.paths.between(draft.things[n].cls, target):
                cost = draft.price(path, draft.places[n], place, said) + 0.12 * n
                if cost < 0.65 * len(path) and (best is None or cost < best[0]):
                    best = (cost, n, path)
    if best is None:
        return None
    draft.cost += best[0]
    return draft.walk(best[1], best[2], Thing(best[2][-1].target), 0)


def _with_whom(state: State) -> bool:
    """Whether somebody is asked for who is in the same thing as a named one (in the same film with …)."""
    stems = [w.stem for w in state.words]
    return "same" in stems and "with" in stems[stems.index("same") :]


_TIMES = ("date", "year", "time", "born", "founded")
_PLACES = ("location", "place", "city", "country", "address", "region")


def _time_or_place(state: State) -> Target | None:
    """What “when” and “where” ask for: the property that the verb named, else the only fitting one."""
    wanted = _TIMES if state.who == "when" else _PLACES
    held = state.property[0] if state.property else None
    if isinstance(held, Attr) and (state.who == "when") == _dated(state, held):
        return held
    found: dict[str, tuple[float, int, Property]] = {}
    for n in state.draft.main.things:
        for prop in state.profile.of_class.get(state.draft.things[n].cls, ()):
            score = max((alike(w, stem(p)) - 0.05 * k for k, w in enumerate(wanted) for p in prop.words), default=0.0)
            score += 0.3 if state.who == "when" and prop.kind == "date" else 0.0
            if score > 0.5:
                found.setdefault(prop.iri, (score, n, prop))
    if not found or (state.verbs and len(found) > 1):
        return None
    _, thing, prop = max(found.values(), key=lambda f: f[0])
    return state.draft.value(thing, prop, 0)


def _dated(state: State, attr: Attr) -> bool:
    prop = state.profile.properties[attr.prop]
    return prop.kind == "date" or "year" in prop.words or prop.pattern == "number"


def _with_keys(state: State, columns: list[Column]) -> list[Column]:
    """What is grouped by stands in the answer too."""
    asked = {c.target for c in columns if not c.function}
    owners = {state.owner(t) for t in asked}
    keys = [Column(g) for g in state.group if g not in asked and not (isinstance(g, int) and g in owners)]
    return [*keys, *columns]


def _named(state: State, column: Column) -> Column:
    """A thing that is asked for goes by its name or number, where the graph has one of its own."""
    if column.function or not isinstance(column.target, int):
        return column
    cls = state.draft.things[column.target].cls
    prop = state.profile.labels.get(cls) or state.profile.keys.get(cls) or ""
    if not prop or prop in state.profile.naming:
        return column
    return Column(Attr(column.target, prop))


def _groups(state: State, columns: list[Column]) -> tuple[Target, ...]:
    computed = any(c.function for c in columns) or state.having or any(o.column.function for o in state.order)
    if not computed:
        return ()
    group: list[Target] = list(state.group)
    for column in columns:
        if not column.function:
            group.append(column.target)
            if isinstance(column.target, Attr) and not state.group and names(state, column.target):
                group.append(column.target.thing)
    return tuple(dict.fromkeys(group))


def names(state: State, attr: Attr) -> bool:
    """Whether an attribute names its thing, so that things of one name are still told apart."""
    cls = state.draft.things[attr.thing].cls
    return attr.prop in (state.profile.labels.get(cls), state.profile.keys.get(cls))


def _apart(state: State) -> None:
    """Two things linked alike to a third are two (who else acted with X)."""
    links = state.draft.main.links
    for i, a in enumerate(links):
        for b in links[i + 1 :]:
            pair = _twins(a, b)
            if pair and (state.draft.things[pair[0]].nodes or state.draft.things[pair[1]].nodes):
                state.draft.main.tests.append(Test(pair[0], "!=", (f"?x{pair[1]}",)))


def _others(state: State, columns: list[Column]) -> None:
    """Whoever is reached from a named node by way of others is somebody else."""
    draft = state.draft
    for column in columns:
        thing = state.owner(column.target)
        for n in draft.main.things:
            node = draft.things[n]
            if n == thing or not node.nodes or draft.things[thing].nodes or not _may_be(state, node, thing):
                continue
            test = Test(thing, "!=", node.nodes)
            if test not in draft.main.tests:
                draft.main.tests.append(test)
                state.notes.append(f"{node.label} itself is left out")


def _may_be(state: State, node: Thing, thing: int) -> bool:
    """Whether a named node has the class of a thing that is asked for."""
    cls = state.draft.things[thing].cls
    return any(cls in state.profile.types.get(name, ()) for name in node.nodes)


def _twins(a: Link, b: Link) -> tuple[int, int] | None:
    ends = [(k.source, k.target, k.step) for k in (a, b)]
    ends += [(k.target, k.source, k.step.reverse) for k in (a, b)]
    for first in (ends[0], ends[2]):
        for second in (ends[1], ends[3]):
            if first[0] == second[0] and first[2].prop == second[2].prop and first[2].back == second[2].back:
                return first[1], second[1]
    return None


def _both(form: Form) -> Form:
    """Conditions on one value that exclude each other hold for two things that share what is asked for."""
    tests = list(form.body.tests)
    for i, a in enumerate(tests):
        for b in tests[i + 1 :]:
            if _exclude(a, b):
                one = replace(form.body, tests=tuple(t for t in tests if t is not b))
                two = replace(form.body, tests=tuple(t for t in tests if t is not a))
                return replace(form, body=one, also=(two,))
    return form


def _exclude(a: Test, b: Test) -> bool:
    if a.target != b.target or a.sub or b.sub or len(a.values) != 1 or len(b.values) != 1:
        return False
    low, high = (a, b) if a.op in ("<", "<=") else (b, a)
    try:
        return low.op in ("<", "<=") and high.op in (">", ">=") and float(low.values[0]) <= float(high.values[0])
    except ValueError:
        return False


def _verbs(state: State) -> tuple[str, ...]:
    """Unknown verbs that nothing stands for: no link without a word of its own, no condition."""
    body: Body = state.draft.body()
    if body.links or body.tests or body.absent:
        return ()
    return tuple(text for _, text in state.verbs)
