"""Whether the rows of an answer are the gold rows.

What counts, decided once for all sets:

- Rows are compared as a whole, whatever their order; the order is a measure of its own where gold sorts.
- Duplicates follow the gold query. Where it removes them (DISTINCT, GROUP BY, a set operation), or has none, each row
  must come exactly as often as in gold. Where it keeps them (a plain SELECT), the answer may have each row once, or
  exactly as often as gold: a question hardly ever says which.
- Columns may stand in another order if no value of one moved column occurs in another: name and age may be swapped,
  mother and child may not.
- A query for everything (`SELECT *`) lists whole entities. An answer with fewer columns is right if one of them tells
  the rows apart.
- `strict` forgives neither: all columns, duplicates as in gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.evaluation.foreign.asked import Cell, GoldRow, Row

Column = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How an answer agrees with gold; `ordered`: the rows stand as in gold too."""

    right: bool
    strict: bool = False
    ordered: bool = False


NO = Agreement(right=False)


def agree(gold: Sequence[GoldRow], said: Sequence[Row], *, distinct: bool, everything: bool = False) -> Agreement:
    """Compare an answer with gold; `distinct`: the gold query removes duplicates, `everything`: it is a SELECT *."""
    if not gold or not said:
        same = not gold and not said
        return Agreement(same, same, same)
    width, given = len(gold[0]), len(said[0])
    if any(len(row) != given for row in said) or given > width or (given < width and not everything):
        return NO
    columns = _columns(gold)
    best = NO
    for placed in _placements(columns, list(zip(*said, strict=True))):
        wanted = list(zip(*(columns[i] for i, _ in placed), strict=True))
        rows = list(zip(*(column for _, column in placed), strict=True))
        if given < width and not _tells_apart(wanted):
            continue
        found = _compare(wanted, rows, distinct=distinct)
        if found.right and given < width:
            return Agreement(right=True)
        if found.strict:
            return found
        best = found if found.right else best
    return best


def _columns(rows: Sequence[GoldRow]) -> list[Column]:
    return list(zip(*rows, strict=True))


def _tells_apart(rows: Sequence[Column]) -> bool:
    return len(set(rows)) == len(rows)


def _placements(gold: Sequence[Column], said: Sequence[Sequence[Cell]]) -> Iterator[list[tuple[int, Column]]]:
    """Every way to put the columns of an answer at columns of gold with the same values, as they stand first."""
    values = [set(column) for column in gold]
    read = [[_read(column, wanted) for wanted in values] for column in said]
    fits = [[i for i, column in enumerate(row) if set(column) == values[i]] for row in read]

    def place(at: int, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if at == len(said):
            yield taken
            return
        for i in sorted(fits[at], key=lambda i: i != at):
            if all(i != a and (a < i or _apart(values[a], values[i])) for a in taken):
                yield from place(at + 1, (*taken, i))

    for places in place(0, ()):
        yield [(i, read[at][i]) for at, i in enumerate(places)]


def _read(column: Sequence[Cell], wanted: set[str | None]) -> Column:
    """The cells of a column by the form that gold has; a cell without a value is None."""
    return tuple(next((form for form in cell if form in wanted), cell[0]) if cell else None for cell in column)


def _apart(one: set[str | None], other: set[str | None]) -> bool:
    """Whether columns share no value, so that it can be seen which is which."""
    return not (one & other) - {None}


def _compare(gold: Sequence[Column], said: Sequence[Column], *, distinct: bool) -> Agreement:
    wanted, given = Counter(gold), Counter(said)
    if wanted == given:
        return Agreement(right=True, strict=True, ordered=list(gold) == list(said))
    once = set(wanted) == set(given) and len(given) == len(said) and not distinct
    return Agreement(once, ordered=once and list(dict.fromkeys(gold)) == list(said))
