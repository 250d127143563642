"""What executing a query yields, before it is put into words and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Claim
from qa.answer import Status, Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """`claims` are those the answer rests on, in the order of their numbers; `lead` is prose put before their
    sentences;
    `gloss` are readings offered when ambiguous. `trust` ranks outcomes of rival readings.
    """

    status: Status
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()
    lead: str = ""
    caveats: tuple[str, ...] = ()
    gloss: tuple[str, ...] = ()
    trust: float = 1.0
    sentences: bool = True


def unknown(reason: str, *, trust: float = 0.0) -> Outcome:
    """Nothing found, and why."""
    return Outcome("unknown", lead=reason, trust=trust)
