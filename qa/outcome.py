"""What executing a query yields, before it is put into words and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Claim, EntityRef
from qa.answer import Status, Value
from qa.query import Option


@dataclass(frozen=True, slots=True)
class Outcome:
    """`claims` are those the answer rests on, in the order of their numbers; `lead` is prose put before their
    sentences;
    `options` are readings offered when ambiguous, `named` whom the answer counts or names beside its values. `trust`
    ranks outcomes of rival readings.
    """

    status: Status
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()
    lead: str = ""
    caveats: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    named: tuple[EntityRef, ...] = ()
    trust: float = 1.0
    sentences: bool = True


def unknown(reason: str, *, trust: float = 0.0, options: tuple[Option, ...] = ()) -> Outcome:
    """Nothing found, and why; `options` are near questions that have an answer."""
    return Outcome("unknown", lead=reason, trust=trust, options=options)
