"""An amount with its metric, which amounts a metric may have, and the clause that holds a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.metrics.figures import figure_words
from ingest.metrics.terms import Term, metric
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Amount
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE = {"ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "ROOT", "csubj", "pcomp", "xcomp"}
_PARTIES = ("Company", "Organization", "Person")
YEARLY = frozenset(
    ["revenue", "netProfit", "operatingProfit", "capex", "rndSpend", "investment", "orders", "costReduction"]
)
_RATES = ("/year", "/quarter")  # “invests $2bn a year”: the sum of a year, no price
_OUTPUTS = frozenset(["wafers", "racks", "servers", "chips", "GPUs"])  # with “per week”, what a plant can turn out
_SITE_WATTS = 1_000_000  # no chip or rack draws so much
_KIND_UNITS = {"money": "money", "percent": "percent", "points": "percent", "multiple": "times"}


@dataclass(frozen=True, slots=True)
class Link:
    """An amount with its metric: by the term, or by the verb that states it; `anchor` is the token that carries the
    statement; `goods` if it is a number of things that somebody has, orders or makes.
    """

    metric: str
    anchor: Token
    term: Term | None = None
    negative: bool = False
    verb: bool = False
    per_unit: bool = False
    goods: bool = False


def accepts(name: str, amount: Amount) -> bool:
    """Whether a metric may have a level of this kind of amount."""
    units = metric(name).units
    span = amount.span
    people = span.kind == "count" and span.noun and span.noun.split()[-1].lower() in words("people")
    if people and name not in ("headcount", "users"):
        return False
    unit = span.quantity.unit
    if "/" in unit and span.kind == "money" and not (name in YEARLY and unit.endswith(_RATES)):
        return name in ("price", "unitCost")
    if span.kind == "count" and span.noun and _party(span.noun.split()[-1].lower()):
        return False  # “two rivals” are no goods
    if name == "capacity" and is_output(unit):
        return True
    if name == "performance" and is_rating(amount):
        return True
    if name == "costReduction" and span.kind == "money":
        return True
    if span.kind in _KIND_UNITS:
        return _KIND_UNITS[span.kind] in units
    return unit in units or (span.kind == "count" and "count" in units and unit == "count")


def _party(noun: str) -> bool:
    """Whether a noun names firms or people: “rivals”, “companies”."""
    return classifying_nouns().get(noun) in _PARTIES or noun.removesuffix("s") in words("parties")


def is_output(unit: str) -> bool:
    """Whether a unit says how much a plant turns out: “racks/week”."""
    noun, _, time = unit.partition("/")
    return bool(time) and noun in _OUTPUTS


def is_rating(amount: Amount) -> bool:
    """Whether an amount by its unit says how well a thing does: “2 petaflops”, “8 TB/s”, “700 watts”."""
    quantity = amount.span.quantity
    if quantity.unit == "watt":
        low = quantity.low if quantity.low is not None else quantity.high
        return low is not None and low < _SITE_WATTS
    return quantity.unit in figure_words().ratings


def clause_of(token: Token) -> Token:
    """The verb (or root) of the smallest clause that holds a token."""
    while token.head != token and not (token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSE):
        token = token.head
    return token
