"""Edits that take the amounts together that were given one after another: their sum, what lies between, the largest."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.turn import Turn
from qa.query import Query
from qa.words import lemmas

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_MORE = set(lemmas("more larger bigger greater higher ahead most largest biggest greatest highest first"))
_LESS = set(lemmas("less fewer lower smaller behind least fewest lowest smallest last"))
_COMPARATIVE = set(lemmas("more larger bigger greater higher less fewer lower smaller"))
_DIMENSIONS = ("owner", "scope", "period", "about", "basis", "stage")
_APART = set(lemmas("difference gap apart distance differ"))
_ADDED = set(lemmas("together sum total combined altogether add all"))
_MAKING = set(
    lemmas("come make add amount sum total be do have get take hold pay paid spend spent put invest raise earn")
)
_BEING = set(lemmas("two three four five both one share figure number amount stake firm company paid spent between"))


def together(turn: Turn) -> list[Query]:
    """“Which is larger?”, “By how much?”, “What do those three come to?” after “What was X's revenue?”, “And Y's?”."""
    row = turn.context.row
    if len(row) < 2 or turn.metrics_named or turn.question.period is not None or not _just_given(turn):
        return []
    stems = {*turn.question.stems}
    if _asks_apart(turn, stems):
        return [Query("row", noun="difference", terms=row[-2:])]
    if asks_sum(turn):
        terms = counted(turn, row if any(word in turn.question.stems for word in _COUNTS) else _of_one_kind(row))
        return [Query("row", noun="sum", terms=terms)] if terms else []
    if not stems & {"who", "which", "whose"} or not stems & (_MORE | _LESS):
        return []
    terms = counted(turn, alike(row))
    if not turn.only(_MORE, _LESS, _MAKING, _BEING) or len(owners(terms)) < 2:
        return []
    return [Query("row", noun="largest", terms=terms, lowest=bool(stems & _LESS))]


def compares(turn: Turn) -> bool:
    """Whether it asks who has more, of two that it does not name: never who has the most of all."""
    stems = {*turn.question.stems}
    more = stems & _COMPARATIVE and not stems & {"than", "most", "least"}
    return bool(more and stems & {"who", "which", "whose"}) and turn.only(_MORE, _LESS, _MAKING, _BEING)


def _asks_apart(turn: Turn, stems: set[str]) -> bool:
    """“By how much?”, “How many fewer?”, “What is the gap?”"""
    words = turn.words.lower()
    much = "how much" in words or "how many" in words
    compared = much and (stems & (_MORE | _LESS) or words.startswith(("by how", "and by how", "so by how")))
    return bool(compared or stems & _APART) and turn.only(_APART, _MORE, _LESS, _BEING, _MAKING)


def asks_sum(turn: Turn) -> bool:
    """“What do they add up to?”, “And those two together?”"""
    stems = {*turn.question.stems}
    several = stems & ({*_COUNTS} | {"they", "these", "those", "them"})
    said = stems & _ADDED or ("come" in stems and "to" in stems)
    return bool(said) and bool(several or not turn.draft.yes_no) and turn.only(_ADDED, _MAKING, _BEING)


def owners(terms: tuple[Query, ...]) -> tuple[str, ...]:
    """Whose amounts they are (ids), each once."""
    return tuple(dict.fromkeys(q.owner.ids[0] for q in terms if q.owner is not None and q.owner.ids))


def _just_given(turn: Turn) -> bool:
    """Whether the row is what the last answer, or the question about it, was about."""
    standing, row = turn.standing, turn.context.row
    return standing == replace(row[-1], only="") or standing.kind == "row"


def _of_one_kind(row: tuple[Query, ...]) -> tuple[Query, ...]:
    """Those at the end of the row that differ in one thing only, always the same, and are no whole beside its parts."""
    if len(row) < 2 or len(apart := _apart(row[-2], row[-1])) != 1:
        return ()
    start = len(row) - 2
    while start > 0 and _apart(row[start - 1], row[start]) == apart:
        start -= 1
    terms = row[start:]
    return tuple(q for q in terms if q.scope) if apart == {"scope"} else terms


def _apart(one: Query, other: Query) -> set[str]:
    """In what two amounts differ."""
    return {name for name in _DIMENSIONS if getattr(one, name) != getattr(other, name)}


def alike(row: tuple[Query, ...]) -> tuple[Query, ...]:
    """Those at the end of the row that differ in whose they are only."""

    def bare(query: Query) -> Query:
        return replace(query, owner=None, about=(), put="", cases=(), only="", soft=(), words=())

    end = len(row)
    while end > 0 and bare(row[end - 1]) == bare(row[-1]):
        end -= 1
    return row[end:]


def counted(turn: Turn, row: tuple[Query, ...]) -> tuple[Query, ...]:
    """As many of them as the turn counts, from the end; none if there are not so many."""
    said = [n for word, n in _COUNTS.items() if word in turn.question.text.lower().split()]
    wanted = said[0] if said else len(row)
    return row[-wanted:] if 2 <= wanted <= len(row) else ()
