"""Values, names and numbers of a question: the conditions they make."""

from __future__ import annotations

from collections.abc import Sequence

from qa.rdf.form import Attr, Column, Op, Target, Test, Thing
from qa.rdf.grammar import is_verb
from qa.rdf.nested import open_nested
from qa.rdf.pieces import Piece
from qa.rdf.profile import Property
from qa.rdf.spans import Meaning
from qa.rdf.state import State
from qa.rdf.words import alike, stem

_YEARS = frozenset({"year", "date", "time", "founded", "born", "birth"})


def value(state: State, number: int, part: Piece) -> None:
    """A value or the name of a node."""
    assert part.span is not None
    if state.pending.match is not None or not part.span.meanings:
        text(state, number, part)
        return
    nodes, values = part.span.of("node"), part.span.of("value")
    if _compares(state, part, values) or (nodes and _compares_node(state, part, nodes[0])):
        return
    state.select = state.select and not state.asked
    if nodes and (not values or nodes[0].score >= values[0].score):
        node(state, number, part, nodes[0])
    elif values:
        literal(state, number, part, values)


def literal(state: State, number: int, part: Piece, values: Sequence[Meaning]) -> None:
    """A value of a property: which one, the words beside it and the things at hand say."""
    pending = state.pending
    options = [(m.ref, m.score) for m in values]
    hinted = _hinted(state, number, options)
    local = _beside(state, number, options)
    op: Op = "!=" if pending.negated else "="
    denied = False
    if pending.negated and not (hinted and state.property) and not _at_root(state, hinted or options):
        state.draft.deny()
        denied, op = True, "="
    target = state.draft.attr(hinted or options, part.start, local)
    pending.negated = ""
    if not isinstance(target, Attr):
        state.lost.append(state.text(part))
        return
    terms = next(m.terms for m in values if m.ref == target.prop)
    if state.substitute:
        state.draft.main.tests = [t for t in state.draft.main.tests if t.target != target]
    if not _joined(state, number, target, terms, op):
        state.draft.test(Test(target, op, terms))
    if denied:
        state.draft.allow()
    if pending.top and pending.top.hints and (found := by_hints(state, pending.top.hints, target.thing)) is not None:
        state.top(Column(found))
    state.property = None


def _joined(state: State, number: int, target: Attr, terms: tuple[str, ...], op: Op) -> bool:
    """Whether a value is a further one of the last condition (2014 or 2015), or must hold beside it (both … and …)."""
    tests = state.draft.scope.tests
    if not tests or tests[-1].target != target or tests[-1].op != op or op != "=":
        return False
    joint = _joint(state, number)
    if state.start is not None and tests[-1] in state.start.body.tests:
        joint = "and"
    if (state.pending.both or joint == "and") and state.draft.doubled(target.thing):
        copy = state.draft.copy(target.thing)
        state.draft.scope.tests.append(Test(Attr(copy, target.prop), "=", terms))
        return True
    tests[-1] = Test(target, op, (*tests[-1].values, *terms))
    return True


def _joint(state: State, number: int) -> str:
    for back in range(number - 1, -1, -1):
        piece = state.parts[back]
        if piece.text in ("or", "and", ","):
            return piece.text
        if piece.kind not in ("word", "noun"):
            return ""
    return ""


def _hinted(state: State, number: int, options: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The readings of a value that a property named beside it confirms."""
    named: set[str] = set()
    if state.property is not None and isinstance(state.property[0], Attr):
        named.add(state.property[0].prop)
    for near in (number - 1, number + 1):
        piece = state.piece(near)
        if piece is not None and piece.kind == "noun" and piece.span and not state.class_of(near):
            named.update(m.ref for m in piece.span.of("property"))
    return [o for o in options if o[0] in named]


def _beside(state: State, number: int, options: Sequence[tuple[str, float]]) -> int | None:
    """The thing of a class named directly before or after a value, if the value can be of it."""
    for near in (number - 1, number + 1):
        cls = state.class_of(near)
        if cls and any(cls in state.profile.properties[p].domains for p, _ in options):
            return state.draft.thing(cls, state.parts[near].start)
    return None


def _at_root(state: State, options: Sequence[tuple[str, float]]) -> bool:
    """Whether a value can be said of what is asked for itself."""
    things = state.draft.main.things
    if not things:
        return True
    root = state.draft.things[things[0]].cls
    return any(root in state.profile.properties[p].domains for p, _ in options)


def node(state: State, number: int, part: Piece, meaning: Meaning) -> None:
    """A named node, linked to what it stands by."""
    classes = sorted({c for n in meaning.terms for c in state.profile.types.get(n, ())})
    before = state.piece(number - 1)
    if cls := state.class_of(number - 1):
        classes = [cls] if cls in classes else classes
    elif before is not None and before.kind == "noun" and before.span:
        ranges = {c for m in before.span.of("property") for c in state.profile.properties[m.ref].ranges}
        classes = [c for c in classes if c in ranges] or classes
    if state.pending.negated:
        state.draft.deny()
        state.pending.negated = ""
    if (wanted := state.choices.get(number)) in classes:
        classes = [str(wanted)]
    if _possessive(state, number, part, meaning, classes):
        return
    _free_again(state, number, classes)
    state.draft.joined(Thing("", meaning.terms, state.text(part)), part.start, classes or [""])
    state.property = None


def _free_again(state: State, number: int, classes: Sequence[str]) -> None:
    """“Films for the director of X”: the director of the films and of X, so the word speaks for two links."""
    of, noun = state.piece(number - 1), state.piece(number - 2)
    if of is None or of.text != "of" or noun is None or noun.kind != "noun":
        return
    if not any(state.draft.things[n].cls in classes for n in state.draft.explicit):
        return
    for hint in state.draft.hints:
        if hint.at == noun.start and hint.used == 1:
            hint.used = 0


def _possessive(state: State, number: int, part: Piece, meaning: Meaning, classes: Sequence[str]) -> bool:
    """“X actors”: what the name beside it has, linked to what stands before."""
    following = state.piece(number + 1)
    if following is not None and following.text == "'s":
        number += 1
        following = state.piece(number + 1)
    if following is None or following.kind != "noun" or state.class_of(number + 1) or is_verb(state.words, following):
        return False
    assert following.span is not None
    owned = [m for m in following.span.of("property") if state.profile.properties[m.ref].kind == "node"]
    owned = [m for m in owned if set(classes) & state.profile.properties[m.ref].domains.keys()]
    if not owned or not state.draft.visible():
        return False
    prop = state.profile.properties[owned[0].ref]
    cls = next(c for c in classes if c in prop.domains)
    step = next((s for s in state.profile.steps if s.prop == prop.iri and s.source == cls), None)
    if step is None:
        return False
    place = part.start
    for hint in state.draft.hints:
        if hint.at == following.start:
            hint.used += 2
    middle = state.draft.joined(Thing(step.target), place)
    state.draft.walk(middle, (step.reverse,), Thing(cls, meaning.terms, state.text(part)), place)
    state.consumed.add(number + 1)
    return True


def _compares(state: State, part: Piece, values: Sequence[Meaning]) -> bool:
    """Whether a name is the other side of a comparison (larger than X)."""
    pending = state.pending
    if not pending.compare or pending.compare.text not in ("<", ">") or not values:
        return False
    held = state.property[0] if state.property else by_hints(state, pending.compare.hints)
    if not isinstance(held, Attr):
        return False
    cls = state.draft.things[held.thing].cls
    own = [m for m in values if cls in state.profile.properties[m.ref].domains]
    if not own:
        return False
    open_nested(state, held, pending.compare.text, "max", cls, part.start)  # type: ignore[arg-type]
    assert state.nested is not None
    state.draft.test(Test(Attr(state.nested.root, own[0].ref), "=", own[0].terms))
    return True


def _compares_node(state: State, part: Piece, meaning: Meaning) -> bool:
    """Whether a named node is the other side of a comparison."""
    pending = state.pending
    if not pending.compare or pending.compare.text not in ("<", ">"):
        return False
    held = state.property[0] if state.property else by_hints(state, pending.compare.hints)
    if not isinstance(held, Attr):
        return False
    cls = state.draft.things[held.thing].cls
    own = tuple(n for n in meaning.terms if cls in state.profile.types.get(n, ()))
    if not own:
        return False
    open_nested(state, held, pending.compare.text, "max", cls, part.start)  # type: ignore[arg-type]
    assert state.nested is not None
    state.draft.things[state.nested.root] = Thing(cls, own, state.text(part))
    return True


def text(state: State, number: int, part: Piece) -> None:
    """A text that is no value of the graph as it stands: part of one, or one that is not there."""
    said = state.text(part)
    match, state.pending.match = state.pending.match, None
    known = match is not None or _inside(state, number)
    target = state.property[0] if state.property else _text_property(state, number) if known else None
    if not isinstance(target, Attr):
        state.lost.append(said)
        return
    if match is None and not _inside(state, number):
        quoted = '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
        state.draft.test(Test(target, "!=" if state.pending.negated else "=", (quoted,)))
        state.notes.append(f"no value is called “{said}”")
    else:
        op = match.text if match else "contains"
        state.draft.test(Test(target, op, (said,)))  # type: ignore[arg-type]
    state.property = None


def _inside(state: State, number: int) -> bool:
    """Whether a text is said to stand in a name (having 'x' in its name)."""
    following = state.piece(number + 1)
    return following is not None and following.text == "in"


def _text_property(state: State, number: int) -> Target | None:
    """The property that a text is part of: named after it (in its title), else the name of the last thing."""
    for _, piece in state.nouns(number + 1, number + 5):
        assert piece.span is not None
        options = [
            (m.ref, m.score) for m in piece.span.of("property") if state.profile.properties[m.ref].kind == "text"
        ]
        if options:
            return state.draft.attr(options, piece.start)
    if state.asked and isinstance(state.asked[-1].target, Attr):
        return state.asked[-1].target
    for n in reversed(state.draft.visible()):
        label = state.profile.labels.get(state.draft.things[n].cls)
        if label:
            return Attr(n, label)
    return None


def a_number(state: State, number: int, part: Piece) -> None:
    """A number: compared with a property, a count that must be reached, a year."""
    pending = state.pending
    if pending.compare is None:
        _equal(state, number, part)
        return
    if pending.compare.text == "between" and not pending.between:
        pending.between = part.number
        return
    target = state.property[0] if state.property else by_hints(state, pending.compare.hints)
    if not isinstance(target, Attr) or not state.profile.properties[target.prop].ordered:
        target = None
    if target is None and not _noun_next(state, number):
        target = _year(state, part)
    if target is None:
        pending.number = part.number
        return
    _compare(state, target, part.number)


def _compare(state: State, target: Target, given: str) -> None:
    pending = state.pending
    assert pending.compare is not None
    op: Op = pending.compare.text  # type: ignore[assignment]
    if pending.negated:
        op = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}.get(op, op)  # type: ignore[assignment]
        pending.negated = ""
    values = (pending.between, given) if op == "between" else (given,)
    state.draft.test(Test(target, op, values))
    pending.compare, pending.between, pending.opened = None, "", ""
    state.property = (target, 0) if _more_follows(state) else None


def _more_follows(state: State) -> bool:
    return any(p.kind == "compare" for p in state.parts)


def _noun_next(state: State, number: int) -> bool:
    """Whether a noun that the number counts follows (more than 3 songs)."""
    for at in range(number + 1, number + 4):
        piece = state.piece(at)
        if piece is None or (
            piece.kind == "word" and piece.text not in ("", "of", "the", "different", "distinct", "'s")
        ):
            return False
        if piece.kind == "noun":
            return True
    return False


def _equal(state: State, number: int, part: Piece) -> None:
    """A bare number: the value of the property before it, a further one of the same, or a year."""
    tests = state.draft.scope.tests
    target = state.property[0] if state.property and isinstance(state.property[0], Attr) else None
    if target is None and tests and _joint(state, number) in ("or", "and", ",") and isinstance(tests[-1].target, Attr):
        last = tests[-1]
        if last.op == "=" and last.values and last.values[0].replace(".", "", 1).isdigit():
            tests[-1] = Test(last.target, "=", (*last.values, part.number))
            return
    target = target or _year(state, part)
    if target is None and _noun_next(state, number):
        state.pending.compare, state.pending.number = Piece("compare", part.start, part.end, text="="), part.number
        return
    if target is None:
        state.lost.append(part.number)
        return
    op: Op = "!=" if state.pending.negated else "="
    state.pending.negated = ""
    state.draft.test(Test(target, op, (part.number,)))
    state.property = None


def _year(state: State, part: Piece) -> Attr | None:
    """The property of a thing at hand that a year can be the value of."""
    if not (part.number.isdigit() and len(part.number) == 4):
        return None
    return _pick(state, lambda p: _is_year(p, int(part.number)))


def _pick(state: State, fits: object) -> Attr | None:
    assert callable(fits)
    for n in reversed(state.draft.visible()):
        found = [p for p in state.profile.of_class.get(state.draft.things[n].cls, ()) if fits(p)]
        if found:
            return Attr(n, found[0].iri)
    return None


def _is_year(prop: Property, year: int) -> bool:
    if prop.kind == "date":
        return True
    named = bool({stem(w) for w in prop.words} & _YEARS)
    if prop.kind == "number" and prop.low is not None and prop.high is not None:
        return named and prop.low - 100 <= year <= prop.high + 100
    return named and prop.pattern == "number"


def by_hints(state: State, hints: Sequence[str], thing: int | None = None) -> Target | None:
    """The numeric property of a thing at hand that an adjective speaks of."""
    best: tuple[float, int, str] | None = None
    things = [thing] if thing is not None else list(reversed(state.draft.visible()))
    for rank, n in enumerate(things):
        for prop in state.profile.of_class.get(state.draft.things[n].cls, ()):
            if not prop.ordered:
                continue
            score = -0.1 * rank + max(
                (alike(h, stem(w)) - 0.1 * k for k, h in enumerate(hints) for w in prop.words), default=0.0
            )
            if score > 0.5 and (best is None or score > best[0]):
                best = (score, n, prop.iri)
    return Attr(best[1], best[2]) if best else None
