"""Shares of a market as researchers hand them out: “Omdia has A at 54% of all HBM in 2026, B at 28% and C at 18%”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.metrics.basis import Reading
from ingest.metrics.links import clause_of
from ingest.metrics.measured import Measured
from ingest.metrics.scopes import clean
from ingest.metrics.times import own_period
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Mention, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from graph.model import EntityRef, Period

_GIVING = frozenset(
    ["allot", "credit", "estimate", "give", "have", "peg", "place", "put", "rank", "reckon", "see", "show"]
)
_AT = frozenset(["at", "with", "on"])
_MARKET = re.compile(
    r"\s*of (?:(?:all|the|its|total|global|worldwide|worlds?['’]?s?|that|this)\s+)*(?P<what>[\w./+ -]{2,45}?)"
    r"(?=\s+(?:in|by|this|last|next|during|for|and|with|from|to)\b|[,;.:()]|\s*$)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s*of\b")
_FOR = re.compile(
    r"\s+(?:for|in) (?!(?:19|20)\d\d|\w+ quarter|[A-Z][a-z]+ (?:19|20)\d\d|(?:the|this|last|next)\b)"
    r"[\w-]+(?: (?!(?:in|by|and|to|at|with|from|during|this|last|next|as|after|while|up|down)\b)[a-z-]+\b){0,2}"
)
_FOR_THE = re.compile(r"\s+for (?:the |its |such |these )?", re.IGNORECASE)
_WHOLE = re.compile(r"\s*of (?P<what>[^,;.:()]{3,60})")
_SIZES = re.compile(r"\b(?:market|supply|shipments|output|production|capacity|sales|business|demand)\b", re.IGNORECASE)
_THINGS = ("Chip", "Product", "Technology", "Model")


def ranking(sentence: Sentence, amount: Amount, out: list[Measured], topic: Topic) -> Measured | None:
    """The share of a firm that is named right before a percentage, and given by somebody who counts shares."""
    name = _name_before(sentence, amount)
    if amount.span.kind != "percent" or name is None or name.entity is None:
        return None
    first = next((m for m in out if m.metric == "marketShare" and m.amount.first < amount.first), None)
    if first is not None and any(m.trigger == clause_of(sentence.doc[amount.root]) for m in out):
        return _made(name, amount, first.scope, first.period, sentence)
    verb = clause_of(sentence.doc[amount.root])
    if verb.lemma_.lower() not in _GIVING or name.first < verb.i or not _after_at(sentence, amount):
        return None
    scope = market_of(sentence, amount)
    if scope is None and topic.market is not None and not _OF.match(sentence.text, amount.span.end):
        scope = topic.market[0]
    when = own_period(sentence, amount)
    if scope is None:
        return None
    topic.market = (scope, when.span.period if when is not None else None)
    return _made(name, amount, *topic.market, sentence)


def handed_out(sentence: Sentence, amount: Amount, owner: EntityRef | None) -> Measured | None:
    """The share of one of a row of firms: “gave A, B and C 44%, 15% and 12% of the revenue of the ten largest,
    respectively”.
    """
    verb = clause_of(sentence.doc[amount.root])
    row = [a for a in sentence.amounts if a.first >= amount.first and a.span.kind == "percent"]
    told = amount.span.kind == "percent" and owner is not None and owner.type == "Company"
    if not told or owner is None or verb.lemma_.lower() not in _GIVING or not row:
        return None
    whole = _WHOLE.match(sentence.text, row[-1].span.end)
    dated = [w.span.period for w in sentence.periods if w.span.period.start]
    period = dated[0] if len(dated) == 1 else None
    scope = clean(whole["what"]) if whole is not None else None
    if scope is None:
        return None
    return Measured(owner, "marketShare", amount.span.quantity, Reading("level"), scope, period, verb, amount)


def _made(
    name: Mention, amount: Amount, scope: str | None, period: Period | None, sentence: Sentence
) -> Measured | None:
    if name.entity is None:
        return None
    verb = clause_of(sentence.doc[amount.root])
    return Measured(name.entity, "marketShare", amount.span.quantity, Reading("level"), scope, period, verb, amount)


def _name_before(sentence: Sentence, amount: Amount) -> Mention | None:
    """The firm that stands right before an amount, but for “at about”."""
    i = amount.first - 1
    while i >= 0 and (sentence.doc[i].lower_ in _AT or sentence.doc[i].lower_ in words("filling")):
        i -= 1
    held = sentence.mention_at(sentence.doc[i]) if i >= 0 else None
    firm = held is not None and held.entity is not None and held.entity.type == "Company" and held.last == i
    return held if firm else None


def _after_at(sentence: Sentence, amount: Amount) -> bool:
    return any(t.lower_ in _AT for t in sentence.doc[max(0, amount.first - 3) : amount.first + 1])


def market_of(sentence: Sentence, amount: Amount) -> str | None:
    """The market in “54% of all HBM4 in 2026”, “20% of the DRAM market”."""
    hit = _MARKET.match(sentence.text, amount.span.end)
    if hit is None:
        return None
    told = _FOR.match(sentence.text, hit.end()) if hit["what"].lower().endswith("market") else None
    if told is not None:
        return clean(hit["what"] + " " + told.group().strip())  # “the market for scanners”
    for_what = _FOR_THE.match(sentence.text, hit.end()) if hit["what"].lower().endswith("market") else None
    named = next((m for m in sentence.mentions if for_what and sentence.doc[m.first].idx == for_what.end()), None)
    if named is not None and named.entity is not None and named.entity.type in _THINGS:
        return clean(f"{hit['what']} for {named.text}")  # “the market for the bonders that …”
    thing = any(m.entity is not None and m.entity.type in _THINGS and m.text in hit["what"] for m in sentence.mentions)
    return clean(hit["what"]) if thing or _SIZES.search(hit["what"]) else None
