"""Reads the pieces of a question from left to right into a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.rdf.finish import Read, finish, names
from qa.rdf.follow import counted
from qa.rdf.form import Attr, Column, Form, Order
from qa.rdf.grammar import ASKING, BOUNDARY, acts, is_verb
from qa.rdf.nested import against_function, close_nested
from qa.rdf.nouns import local_thing, noun
from qa.rdf.paths import Paths
from qa.rdf.pieces import Piece
from qa.rdf.profile import Profile
from qa.rdf.state import State
from qa.rdf.values import a_number, by_hints, value
from qa.rdf.words import Token

_MORE = frozenset({"more", "great", "greater", "higher", "large", "larger", "big", "bigger", "high"})
_LESS = frozenset({"less", "few", "fewer", "small", "smaller", "lower", "low"})
_COMPOUND = 0.5
_OTHER_SIDES = ("number", "aggregate", "noun", "value", "each")
_SOMEBODY = frozenset({"person", "people", "individual"})
_YES_NO = frozenset({"be", "do", "have", "can"})
_POPULAR = frozenset({"popular", "common", "frequent", "commonly", "predominantly", "predominant", "frequently"})


def read(
    profile: Profile,
    paths: Paths,
    words: Sequence[Token],
    parts: Sequence[Piece],
    choices: Mapping[int, str] | None = None,
    start: Form | None = None,
) -> Read:
    """The form that a question comes to. `choices`: for a piece, which of its readings to take. `start`: the form of
    the question before, from which this one goes on.
    """
    state = State(profile, paths, words, parts, choices or {}, start)
    for number, part in enumerate(parts):
        if number not in state.consumed:
            _piece(state, number, part)
    close_nested(state)
    return finish(state)


def _piece(state: State, number: int, part: Piece) -> None:
    pending = state.pending
    match part.kind:
        case "word":
            _word(state, number, part)
        case "noun":
            noun(state, number, part)
        case "value":
            value(state, number, part)
        case "number":
            a_number(state, number, part)
        case "compare":
            needed = ("number",) if part.text == "between" else _OTHER_SIDES
            if any(p.kind in needed for p in state.parts[number + 1 :]):
                pending.compare = part
                state.select = False
        case "top":
            pending.top = part
        case "aggregate":
            _aggregate(state, number, part)
        case "count":
            _count(state, number)
        case "each":
            pending.each = True
        case "not":
            state.draft.allow()
            pending.negated = part.text
            state.select = False
        case "order":
            _order(state, part)
        case "match":
            pending.match = part
            state.select = False
        case "unknown":
            _unknown(state, number, part)


def _word(state: State, number: int, part: Piece) -> None:
    text, pending = part.text, state.pending
    following = state.piece(number + 1)
    if number == 0 and text in _YES_NO and not (text == "can" and following and following.text in ("you", "i", "we")):
        state.boolean = True
    if text == "sort":
        state.sorting = True
        state.select = state.select and not state.asked
    elif text == "by" and state.sorting:
        state.pending.order, state.select, state.sorting = Piece("order", part.start, part.end), False, False
        return
    if text in ASKING:
        _question_word(state, number, text)
        if _reopened(state, number, text):
            state.select = state.reopened = True
    elif text == "by" and _column_follows(state, number):
        state.select = True
        state.by = number + 1
        return
    if state.start and text == "be" and not state.asked and _column_after(state, number):
        return
    if number and text in BOUNDARY and (state.asked or (state.draft.things and not state.late)):
        state.select = _reopened(state, number, text)
        if text in ("who", "that", "which", "whose", "where"):
            state.draft.allow()
    if text == "also" and not state.wh and state.draft.things and not state.asked_late:
        state.late = state.select = True
    if text in ("share", "same") and state.asked:
        state.select = False
    if text in ("corresponding", "respective") and state.asked:
        state.select = True
        return
    if text == "name" and state.select and state.profile.naming and (thing := local_thing(state, number)) is not None:
        state.column(Column(thing))
    elif text in ("number", "name", "code", "id") and _rounds_off(state, number, text):
        state.lost.append(text)
    if text == "both":
        pending.both = True
    elif text in ("but", "whose"):
        state.draft.allow()
    elif text in _MORE | _LESS and any(p.text == "than" for p in state.parts[number + 1 : number + 7]):
        pending.opened = ">" if text in _MORE else "<"
    elif text == "than" and pending.opened:
        pending.compare = Piece("compare", part.start, part.end, text=pending.opened)
        pending.opened = ""


def _count(state: State, number: int) -> None:
    """“How many”: of the noun that follows, or of what was answered before (how many have …)."""
    following = state.piece(number + 1)
    if state.start is not None and following is not None and following.text in ("have", "be", "do", "of"):
        state.column(counted(state.start, lambda a: names(state, a)))
        state.select = False
        return
    if state.pending.top is None:
        state.select = True
    state.pending.count = True


def _column_after(state: State, number: int) -> bool:
    """Whether what is asked of the things at hand still comes (what are their ages)."""
    return any(p.kind in ("noun", "aggregate", "count") for p in state.parts[number + 1 : number + 5])


def _rounds_off(state: State, number: int, text: str) -> bool:
    """Whether a class is asked for by a name or number that the graph does not give it (the claim number)."""
    before = state.piece(number - 1)
    named = before.span.of("class") if before is not None and before.span is not None else ()
    cls = state.class_of(number - 1) or (named[0].ref if named and named[0].score > 0.9 else "")
    if not cls:
        following = [p for p in state.parts[number + 1 : number + 5] if p.kind in ("noun", "value")]
        cls = state.class_of(state.parts.index(following[0])) if following and text == "name" else ""
    if not cls:
        return False
    return not (text == "name" and (state.profile.labels.get(cls) or state.profile.naming))


def _reopened(state: State, number: int, text: str) -> bool:
    """Whether a new question begins with this word (…, and what is its population)."""
    at = number - 1
    while (piece := state.piece(at)) is not None and piece.text in (
        "in",
        "of",
        "at",
        "from",
        "on",
        "to",
        "for",
        "with",
    ):
        at -= 1
    before = state.piece(at)
    joined = before is not None and before.text in ("and", ",", "as", "also", ".", ";", "along")
    return text in ("what", "which", "how", "who", "where", "when") and joined


def _question_word(state: State, number: int, text: str) -> None:
    state.wh = True
    if number == 0 or not (state.asked or state.draft.things or state.verbs):
        end = state.parts[number].end
        person = text in ("which", "what") and end < len(state.words) and state.words[end].stem in _SOMEBODY
        person = person and not any(p.start == end and p.kind == "noun" for p in state.parts)
        if text in ("who", "whom", "where", "when", "what") or person:
            state.who = "who" if person else text
        if (text == "who" or person) and _verb_follows(state, number):
            state.select = False
        if text in ("when", "where"):
            state.select = False
        return
    last = all(p.text in ("?", ".", "do", "be") for p in state.parts[number + 1 :])
    following = state.piece(number + 1)
    asks_time = text == "when" and following is not None and following.text in ("be", "do")
    late = text in ("who", "whom", "what", "when", "where") and (last or asks_time)
    if text in ("which", "what") and following is not None and following.kind == "noun":
        late = True
    if late and not (_reopened(state, number, text) and state.asked):
        state.late, state.select = True, True
        if text in ("who", "whom", "what", "when", "where"):
            state.who = text
            state.late = not state.boolean


def _verb_follows(state: State, number: int) -> bool:
    """Whether “who” is followed by a verb of the graph or an unknown one, and not by “is the …”."""
    for part in state.parts[number + 1 :]:
        if part.kind == "noun":
            return is_verb(state.words, part)
        if part.kind == "unknown":
            return True
        if part.kind != "word" or part.text == "be":
            return False
    return False


def _column_follows(state: State, number: int) -> bool:
    """Whether “by” names a further column (by policy number)."""
    following = state.piece(number + 1)
    if following is None or following.kind != "noun":
        return False
    before = state.piece(number - 1)
    assert following.span is not None
    data = (
        not state.class_of(number + 1) and state.profile.properties[following.span.of("property")[0].ref].kind != "node"
    )
    if before is not None and before.kind == "noun" and is_verb(state.words, before) and not data:
        return False
    plural = state.words[following.end - 1].text.endswith("s")
    if state.class_of(number + 1) and plural and not state.class_of(number + 2):
        return False
    return not state.pending.order


def _order(state: State, part: Piece) -> None:
    pending = state.pending
    state.select = False
    if pending.order is not None:
        if part.text:
            pending.order = part
        return
    later = any(p.kind in ("noun", "value") for p in state.parts if p.start >= part.end)
    if state.order and state.limit is None and part.text and not later:
        last = state.order[-1]
        state.order[-1] = Order(last.column, part.text == "down")
        return
    pending.order = part


def _aggregate(state: State, number: int, part: Piece) -> None:
    """A function of the next property; after a comparison, the other side of it."""
    pending = state.pending
    if part.text in ("max", "min") and state.asked and not state.select and pending.compare is None:
        pending.top = Piece("top", part.start, part.end, text="down" if part.text == "max" else "up", number="1")
        return
    if pending.compare is None or pending.compare.text not in ("<", ">", ">=", "<=", "="):
        pending.aggregates.append(part.text)  # type: ignore[arg-type]
        return
    compare, held = pending.compare, state.property[0] if state.property else None
    for at, following in state.nouns(number + 1, number + 4):
        assert following.span is not None
        options = [(m.ref, m.score) for m in following.span.of("property")]
        if options and state.sense(at) == "property":
            held = held or state.draft.attr(options, following.start)
            state.consumed.add(at)
        break
    held = held or by_hints(state, compare.hints)
    if isinstance(held, Attr):
        against_function(state, held, compare.text, part.text)  # type: ignore[arg-type]
        pending.compare, pending.opened, state.property = None, "", None
        _skip_tail(state, number)


def _skip_tail(state: State, number: int) -> None:
    """“Across all cities”, “of singers”: the class that the function is over, said once more."""
    for at in range(number + 1, min(number + 7, len(state.parts))):
        piece = state.parts[at]
        if piece.kind == "noun" and state.class_of(at) and state.draft.find(state.class_of(at)) is not None:
            state.consumed.add(at)
            return
        if piece.kind == "noun" and at not in state.consumed:
            return
        if piece.kind not in ("noun", "word", "each") or piece.text in ("and", "but", "who", "that", "which", "whose"):
            return


def _unknown(state: State, number: int, part: Piece) -> None:
    if part.text.casefold() in _POPULAR:
        state.pending.popular = True
        if state.pending.top is None:
            state.pending.top = Piece("top", part.start, part.end, text="down", number="1")
        return
    before = state.piece(number - 1)
    after = state.piece(number + 1)
    named = after is not None and after.kind == "value"
    if acts(state.words, part, before is not None and before.kind in ("noun", "value"), named):
        state.verbs.append((part.start, part.text))
    elif _compound(state, number, part):
        state.draft.cost += _COMPOUND
        state.notes.append(f"“{part.text}” left out")
    else:
        state.lost.append(part.text)


def _compound(state: State, number: int, part: Piece) -> bool:
    """Whether a word only rounds off the property before it (death toll, country of origin)."""
    before = state.piece(number - 1)
    if before is not None and before.text == "of":
        before = state.piece(number - 2)
    if before is None or before.kind != "noun" or before.span is None or part.text[0].isupper():
        return False
    if any(state.linking(m.ref) for m in before.span.of("property")[:1]) or part.text.endswith("s"):
        return False
    return (
        bool(before.span.of("property")) and before.span.score >= 0.8 and not state.class_of(state.parts.index(before))
    )
