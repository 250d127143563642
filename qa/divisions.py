"""Parts of a firm described by what they do, “X's chip division”: whether somebody known is meant, or just a part."""

from __future__ import annotations

from graph.model import Claim, EntityRef
from qa.facts import View
from qa.focus import focus
from qa.kinds import in_trade, trade_in
from qa.query import Query
from qa.spans import Annotated
from qa.words import lemmas

_FIRMS = lemmas("company designer")  # as whose trade that of a unit is known: a chip unit designs chips


def part_named(question: Annotated, said: str, readings: tuple[Query, ...]) -> tuple[str, ...]:
    """What a claim has to speak of where an amount is that of a division which is nobody: “chip unit” if “X's chip
    unit” is `said`.
    """
    reading = next((q for q in readings if _is_unit(q)), None)
    if reading is None or reading.link is None or focus(question) != "amount":
        return ()
    owner = reading.link.given.label
    said = said.removeprefix(owner).removeprefix("'s").removeprefix("’s")
    return (said.strip().removeprefix("the ").removesuffix(owner).removesuffix(" of "),)


def _is_unit(reading: Query) -> bool:
    """Whether a part of a firm is described by what it does: “X's chip division”."""
    link = reading.link
    return (
        link is not None and link.relations == ("subsidiaryOf",) and link.asks == "subject" and bool(_called(reading))
    )


def _called(reading: Query) -> tuple[str, ...]:
    """The words of a description behind whose it is."""
    label = reading.link.given.label if reading.link is not None else ""
    return tuple(w for w in lemmas(reading.noun) if w not in {"'s", "the", "of", *lemmas(label)})


def is_that(view: View, reading: Query, ref: EntityRef, claims: list[Claim]) -> bool:
    """Whether a part of a firm is the one described: it is in that trade, or a claim or its sentence calls it so."""
    words = _called(reading)
    if not _is_unit(reading) or len(words) < 2:
        return True
    trades = (trade_in((*words[:-1], noun)) for noun in (words[-1], *_FIRMS))
    if any(trade is not None and in_trade(ref, trade) for trade in trades):
        return True
    if any({*words[:-1]} <= view.facts.field_stems(c) for c in claims):
        return True
    return any(" ".join(words[-2:]) in " ".join(lemmas(e.quote)) for c in claims for e in c.evidence)
