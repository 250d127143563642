"""Sums that a question defines itself (“… where cost is the sum of rent and wages”): put where the sum is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.rdf.pieces import Piece

ADDED = "+"
"""The text of a noun that is added to the one before it."""

_OPENING = frozenset({"where", "which", "when", "that", ",", "and", "with", "("})
_BETWEEN = frozenset({",", "and", "the", "of"})


def with_sums(parts: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a question whose defining clause is taken out, with what it adds up in the place of the word that
    it defines; as they are if there is no such clause.
    """
    for number, part in enumerate(parts):
        if part.kind == "aggregate" and part.text == "sum" and _is_the(parts, number):
            end, added = _added(parts, number + 1)
            start, term = _clause(parts, number)
            if len(added) > 1 and term is not None:
                return _put(parts, term, added, range(start, end))
    return tuple(parts)


def _is_the(parts: Sequence[Piece], number: int) -> bool:
    """Whether “is the” or “is” stands before a piece."""
    back = [p.text for p in parts[max(0, number - 2) : number]]
    return bool(back) and (back[-1] == "be" or (back[-1] in ("the", "a") and back[0] == "be")) and number > 2


def _added(parts: Sequence[Piece], start: int) -> tuple[int, list[Piece]]:
    """The nouns of a list from a piece on, and where it ends."""
    found: list[Piece] = []
    end = start
    while end < len(parts) and (parts[end].kind == "noun" or parts[end].text in _BETWEEN):
        if parts[end].kind == "noun":
            found.append(parts[end])
        end += 1
    return end, found


def _clause(parts: Sequence[Piece], number: int) -> tuple[int, int | None]:
    """Where the defining clause begins, and which piece before it is the word that it defines."""
    at = number - 1
    while at > 0 and parts[at].text in ("the", "a", "be"):
        at -= 1
    if parts[at].kind != "noun":  # …, which is the sum of …: the noun before it
        while at > 0 and parts[at].text in _OPENING:
            at -= 1
        return at + 1, at if parts[at].kind == "noun" else None
    named = parts[at].span
    start = at
    while start > 0 and (parts[start - 1].kind == "aggregate" or parts[start - 1].text in _OPENING | {"the"}):
        start -= 1
    assert named is not None
    same = [n for n, p in enumerate(parts[:start]) if p.kind == "noun" and p.span and p.span.meanings == named.meanings]
    return start, same[0] if same else None


def _put(parts: Sequence[Piece], term: int, added: Sequence[Piece], clause: range) -> tuple[Piece, ...]:
    """The pieces with the sum in the place of a word and without the clause."""
    computed = term > 0 and parts[term - 1].kind == "aggregate"
    function = [] if computed else [Piece("aggregate", parts[term].start, parts[term].start, text="sum")]
    total = [*function, added[0], *(replace(p, text=ADDED) for p in added[1:])]
    return (*parts[:term], *total, *parts[term + 1 : clause.start], *parts[clause.stop :])
