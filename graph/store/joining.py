"""Who stands at the other end of relations, gathered from single ties."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from graph.model import EntityRef
from graph.store.index.finding import Given
from graph.store.protocol import Joined

End = TypeVar("End", bound=Hashable)
DENIED, REPORTED = -1, 3


def joined(
    ties: Iterable[tuple[End, End, str, int]], ends: Mapping[End, EntityRef], given: Given, most: int
) -> list[Joined]:
    """One for each other end, by its id: `ties` are subject, object, claim and how firm it is (as in the index);
    `ends` are the entities. What joins somebody to itself is left out.
    """
    either = {end for end, ref in ends.items() if ref.id in given.either}
    held: dict[End, list[tuple[str, int]]] = {}
    for subject, thing, claim, firm in ties:
        if subject != thing:
            other = thing if given.subject or subject in either else subject
            held.setdefault(other, []).append((claim, firm))
    found = [_joined(ends[end], sorted(claims), most) for end, claims in held.items()]
    return sorted(found, key=lambda one: one.entity.id)


def _joined(entity: EntityRef, claims: list[tuple[str, int]], most: int) -> Joined:
    denied = any(firm == DENIED for _, firm in claims)
    sure = [claim for claim, firm in claims if firm != DENIED and not (denied and firm == REPORTED)]
    contested = tuple(claim for claim, firm in claims if denied and firm in (DENIED, REPORTED))
    return Joined(entity, tuple(sure[:most]), contested)
