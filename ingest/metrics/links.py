"""An amount with its metric, which amounts a metric may have, and the clause that holds a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.metrics.terms import Term, metric
from ingest.parsed import Amount
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE = {"ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "ROOT", "csubj", "pcomp", "xcomp"}
_KIND_UNITS = {"money": "money", "percent": "percent", "points": "percent", "multiple": "times"}


@dataclass(frozen=True, slots=True)
class Link:
    """An amount with its metric: by the term, or by the verb that states it; `anchor` is the token that carries the
    statement.
    """

    metric: str
    anchor: Token
    term: Term | None = None
    negative: bool = False
    verb: bool = False
    per_unit: bool = False


def accepts(name: str, amount: Amount) -> bool:
    """Whether a metric may have a level of this kind of amount."""
    units = metric(name).units
    span = amount.span
    people = span.kind == "count" and span.noun and span.noun.split()[-1].lower() in words("people")
    if people and name not in ("headcount", "users"):
        return False
    unit = span.quantity.unit
    if "/" in unit and span.kind == "money":
        return name in ("price", "unitCost")
    if span.kind in _KIND_UNITS:
        return _KIND_UNITS[span.kind] in units
    return unit in units or (span.kind == "count" and "count" in units and unit == "count")


def clause_of(token: Token) -> Token:
    """The verb (or root) of the smallest clause that holds a token."""
    while token.head != token and not (token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSE):
        token = token.head
    return token
