"""What a turn may lean on: the typed query of the last answer, whom and what it named, what it asked back."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import EntityRef, Quantity
from qa.answer import Amount, Answer
from qa.query import Node, Option, Query

SINGLE = {"superlative", "largest", "compare", "profile", "counterparty"}
COMPOSITE = {"each", "among", "largest", "total", "tally"}


@dataclass(frozen=True, slots=True)
class Context:
    """The last answer as the next turn sees it. `refs` are the entities of the answer in its order, `amounts` its
    amounts; `options` what it offered to choose from.
    """

    query: Query
    refs: tuple[EntityRef, ...] = ()
    amounts: tuple[Quantity, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def one(self) -> EntityRef | None:
        """The entity that the answer gave, if it gave one: the only one, or the winner."""
        return self.refs[0] if self.refs and (len(self.refs) == 1 or self.query.kind in SINGLE) else None


def context_of(answer: Answer) -> Context | None:
    """What can be built on an answer; None if its question was not understood."""
    if answer.typed is None and not answer.options:
        return None
    refs = {ref.id: ref for ref in answer.named}
    amounts: list[Quantity] = []
    for value in answer.values:
        match value:
            case EntityRef():
                refs.setdefault(value.id, value)
            case Amount():
                amounts.append(value.quantity)
                if value.entity is not None:
                    refs.setdefault(value.entity.id, value.entity)
    query = answer.typed or Query("profile")
    return Context(query, tuple(refs.values()), tuple(amounts), answer.options)


def subject_of(query: Query) -> Node | None:
    """Whom a question was about."""
    if query.kind in COMPOSITE and query.inner is not None:
        return subject_of(query.inner)
    if query.owner is not None and not query.owner.open:
        return query.owner
    if query.link is not None and not query.link.given.open:
        return query.link.given
    return query.options[0] if query.options else query.about[0] if query.about else None
