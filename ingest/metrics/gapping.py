"""Who has a figure whose verb is left out: “Acme paid $3bn and Bolt about $2bn”, “on a par with Bolt at $2bn”."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.parsed import Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINING = {"and", "with", "while", "but"}
_TYING = {"at", "for", "with"}


def gapped(sentence: Sentence, at: Token) -> list[Token]:
    """The firm between the amount at a token and the one before it, joined to what is told there; else nothing."""
    amount = sentence.amount_at(at)
    before = [a for a in sentence.amounts if amount is not None and a.last < amount.first]
    if amount is None or not before or amount.span.kind == "percent":  # who has a share may be the part of it
        return []
    between = sentence.doc[max(a.last for a in before) + 1 : amount.first]
    firm = _last_firm(sentence, between)
    if firm is None or any(t.pos_ in ("VERB", "AUX") for t in between) or not _tied(sentence, firm, amount.first):
        return []
    opening = next((t for t in reversed(sentence.doc[: firm.first]) if t.pos_ != "DET"), None)
    if opening is None or opening.lower_ not in _JOINING or opening.i < between.start:
        return []
    return [] if _also_named(sentence, opening) else [sentence.doc[firm.root]]


def _last_firm(sentence: Sentence, between: Iterable[Token]) -> Mention | None:
    held = [m for t in between if (m := sentence.mention_at(t)) is not None]
    last = held[-1] if held else None
    return last if last is not None and last.entity is not None and last.entity.type == "Company" else None


def _tied(sentence: Sentence, firm: Mention, end: int) -> bool:
    """Whether only “at”, “for” and words like “about” stand between a firm and its amount."""
    return all(
        t.lower_ in _TYING or t.pos_ == "ADV" or t.lower_ in ("a", "some") for t in sentence.doc[firm.last + 1 : end]
    )


def _also_named(sentence: Sentence, joining: Token) -> bool:
    """Whether “and” joins two names: “from Acme and Bolt for $2bn”."""
    return joining.i > 0 and sentence.mention_at(joining.nbor(-1)) is not None
