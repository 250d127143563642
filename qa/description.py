"""The shape of a description in a question, such as “the firm that X bought”, before the graph says whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from qa.query import Query


@dataclass(frozen=True, slots=True)
class Described:
    """The items [start, end) of a description and its readings as a question; `plural`: several are meant, `skip`: so
    many tokens of the first item stand before it. One that is not `definite` (“a rival of X”) need not mean anybody.
    `over` are so many tokens behind its last item that belong to it (“for $2 billion”). `shorter` is the same without
    the clause at its end, which may belong to what stands around it. `asked` is the question for whom it means, in the
    place of readings. `single`: it means exactly one, or nobody; `known` are those (ids) whom the catalogue knows it to
    mean.
    """

    start: int
    end: int
    readings: tuple[Query, ...]
    plural: bool
    skip: int = 0
    definite: bool = True
    shorter: Described | None = None
    over: int = 0
    asked: str = ""
    single: bool = False
    known: tuple[str, ...] = ()
