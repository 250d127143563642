"""What stands beside a noun of a question, and what that makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.rdf.grammar import is_verb
from qa.rdf.pieces import Piece
from qa.rdf.state import State

_OWNING = frozenset(["of", "for", "in", "from", "by", "'s", "with", "on", "at"])


def pointed_at(state: State, number: int) -> bool:
    """Whether a class stands for what was answered before (those countries)."""
    if state.start is None:
        return False
    place = state.parts[number].start
    return any(
        w.text.casefold() in ("those", "these", "that", "this", "same") for w in state.words[max(0, place - 2) : place]
    )


def ranked_later(state: State, number: int) -> bool:
    """Whether it is said further on what the first ones are the first by (the top 3 shops by …)."""
    top = state.pending.top
    return top is not None and not top.hints and any(p.text == "by" for p in state.parts[number + 1 : number + 3])


def names_next(state: State, number: int, cls: str) -> bool:
    """Whether a class only says what the name beside it is (the film X, the airport 'Y')."""
    following = state.piece(number + 1)
    if following is None or following.kind != "value" or following.span is None:
        return False
    for meaning in following.span.meanings:
        if meaning.sense == "node" and any(cls in state.profile.types.get(n, ()) for n in meaning.terms):
            return True
    return False


def property_next(state: State, number: int) -> bool:
    """Whether the next piece is a property asked of this class (singer names, the singer's name)."""
    following = state.piece(number + 1)
    if following is not None and following.text == "'s":
        number += 1
        following = state.piece(number + 1)
    if following is None or following.kind != "noun" or state.sense(number + 1) != "property":
        return False
    after = state.piece(number + 2)
    if after is not None and after.kind == "compare":
        return False
    return not is_verb(state.words, following)


def owns(state: State, number: int) -> bool:
    """Whether what was asked before it was asked of this class (names of singers)."""
    if not state.asked or number == state.by:
        return False
    for back in range(number - 1, -1, -1):
        piece = state.parts[back]
        if piece.kind == "word" and piece.text in _OWNING:
            return True
        if piece.kind == "word" and piece.text in ("and", ",", "what", "which", "or"):
            return False
        if piece.kind in ("noun", "each"):
            return True
    return False


def named_already(state: State, number: int, part: Piece) -> bool:
    """Whether “name” only ends the property before it (the continent name)."""
    before = state.piece(number - 1)
    if state.words[part.start].stem != "name" or part.end - part.start > 1 or before is None:
        return False
    return before.kind == "noun" and state.sense(number - 1) == "property"


def says_value(state: State, number: int, part: Piece) -> bool:
    """Whether a property is only the kind of the value that follows (the region of X), or a verb."""
    following = state.piece(number + 1)
    if state.asked and (is_verb(state.words, part) or (following is not None and following.kind == "compare")):
        return True
    at = number + 1
    while (piece := state.piece(at)) is not None and piece.kind == "word" and piece.text in ("", "of", "the"):
        at += 1
    if piece is None or piece.kind != "value" or piece.span is None or part.span is None:
        return False
    mine = {m.ref for m in part.span.of("property")}
    return any(m.ref in mine for m in piece.span.of("value"))


def together(state: State, part: Piece) -> bool:
    """Whether an amount is meant for all taken together (in total)."""
    return any(w.stem in ("total", "altogether", "combine", "together") for w in state.words[part.end :])


def beside_top(state: State, number: int) -> bool:
    """Whether a superlative stands directly before a property (the highest bonus)."""
    before = state.piece(number - 1)
    return before is not None and before.kind == "top"


def asks_key(state: State, part: Piece) -> bool:
    """Whether a property is asked for by a number or code."""
    return any(w.stem in ("id", "code", "number", "key", "identifier") for w in state.words[part.start : part.end])


def names_node(state: State, number: int, options: Sequence[tuple[str, float]]) -> bool:
    """Whether a property only says in what role the name beside it stands (the director X)."""
    following = state.piece(number + 1)
    if following is None or following.kind != "value" or following.span is None:
        return False
    ranges = {c for p, _ in options for c in state.profile.properties[p].ranges}
    return any(ranges & set(state.profile.types.get(n, ())) for m in following.span.of("node") for n in m.terms[:5])


def says_role(state: State, number: int) -> bool:
    """Whether a property says what a name before it is (X was the director of …)."""
    at = number - 1
    while (
        (piece := state.piece(at)) is not None
        and piece.kind == "word"
        and piece.text in ("a", "an", "the", "be", "one", "of")
    ):
        at -= 1
        if piece.text == "of":
            return False
    return piece is not None and piece.kind == "value" and bool(piece.span and piece.span.of("node"))
