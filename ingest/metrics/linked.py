"""The metric of each amount of a sentence: by a term or verb of its own, or as that of the figure which it leans on."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.arguments import slots
from ingest.metrics.basis import Reading
from ingest.metrics.belonging import Last
from ingest.metrics.framed import rated
from ingest.metrics.gaps import gap_name
from ingest.metrics.items import item_after, item_before
from ingest.metrics.links import Link, accepts, clause_of
from ingest.metrics.nearness import link
from ingest.metrics.owners import FLOWS
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence

_MOVING = frozenset(["climb", "decline", "drop", "fall", "go", "grow", "hit", "reach", "rise", "swell"])
_TOTAL = re.compile(r"\s+(?:total|overall|in all)\b", re.IGNORECASE)  # “a fifth of the $5bn total”
_THAN = re.compile(r" than the\s*$", re.IGNORECASE)  # “20% higher than the $2bn booked in May”
_AGAINST = re.compile(
    r" (?:against|versus|vs\.?|compared (?:with|to)|rather than|instead of|(?:up|down|raised|lifted|cut) from)"
    r"(?: (?:the|its|an?))?\s*$",
    re.IGNORECASE,
)


def linked(
    sentence: Sentence, amount: Amount, found_terms: list[Term], reading: Reading, last: Last | None
) -> Link | None:
    """The metric of an amount: a level by its own term; a change or share by the term or figure that it qualifies; the
    other end of a movement as the first end.
    """
    if reading.basis == "level":
        direct = link(sentence, amount, found_terms) or rated(sentence, amount)
        if last is None or not accepts(last.link.metric, amount):
            return direct
        against = bool(_AGAINST.search(sentence.text[: amount.span.start]))
        if (amount.span.delta in ("from", "to") or against) and (direct is None or direct.metric == last.link.metric):
            return last.link
        if direct is not None and direct.verb and (direct.metric, last.link.metric) == ("netProfit", "operatingProfit"):
            return replace(direct, metric=last.link.metric)  # “ran up an operating loss; a year before it earned $2bn”
        if direct is None and _TOTAL.match(sentence.text, amount.span.end):
            return last.link
        if direct is not None and direct.verb and _THAN.search(sentence.text[: amount.span.start]):
            return last.link
        if gap_name(sentence, last.amount, amount) and (direct is None or direct.metric == last.link.metric):
            return last.link
        if direct is None and (
            _moves_on(sentence, last.amount, amount)
            or gap_name(sentence, last.amount, amount)
            or item_before(sentence, amount)
            or item_after(sentence, amount)
        ):
            return last.link
        return direct
    near = _set_against(sentence, amount, found_terms, reading) or _nearest(sentence, amount, found_terms)
    if last is not None and (near is None or _leans(sentence, last.amount, amount, found_terms)):
        return last.link
    return Link(near.metric, sentence.doc[near.root], near, near.negative) if near is not None else None


def _moves_on(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether a later verb moves the same figure: “capacity was 5,000 wafers a month and will reach 7,000”, “… has it
    reaching 7,000 by 2027”.
    """
    if amount.span.quantity.unit != before.span.quantity.unit:
        return False
    verb = clause_of(sentence.doc[amount.root])
    if verb.i <= before.last:
        return False
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if verb.lemma_ == "be":
        return bool(own) and own[0].lower_ == "it" and sentence.doc[amount.root].dep_ in ("attr", "nummod")
    if verb.lemma_.lower() not in _MOVING:
        return False
    if verb.dep_ == "conj" and not own:
        return True  # “can process 5,000 wafers a month and should reach 7,000”
    subjects = slots(verb).get("subj", []) + slots(verb).get("theme", [])
    return all(t.lower_ in ("it", "that", "they", "which") or sentence.amount_at(t) == before for t in subjects)


def _set_against(sentence: Sentence, amount: Amount, found_terms: list[Term], reading: Reading) -> Term | None:
    """“Capex is planned at 2% of revenue”: a share of one figure that is another one, named before it in the clause."""
    if reading.basis != "share":
        return None
    whole = next((t for t in found_terms if 0 < t.first - amount.last <= 3), None)
    if whole is None:
        return None
    clause = clause_of(sentence.doc[amount.root])
    parts = [
        t
        for t in found_terms
        if t.last < amount.first
        and t.metric != whole.metric
        and not any(w.text in (";", "(") for w in sentence.doc[t.last + 1 : amount.first])
    ]
    return next((t for t in reversed(parts) if t.metric in FLOWS and clause_of(sentence.doc[t.root]) == clause), None)


def _leans(sentence: Sentence, before: Amount, amount: Amount, found_terms: list[Term]) -> bool:
    """Whether a change or share still speaks of the figure before it: no verb, no other metric, no
    semicolon between.
    """
    between = sentence.doc[before.last + 1 : amount.first]
    named = any(before.last < t.first < amount.first for t in found_terms)
    return not named and not any(t.pos_ in ("VERB", "AUX") or t.text == ";" for t in between)


def _nearest(sentence: Sentence, amount: Amount, found_terms: list[Term]) -> Term | None:
    """The term in the amount's clause, else the closest before it without a stronger break."""
    clause = clause_of(sentence.doc[amount.root])
    same = [t for t in found_terms if clause_of(sentence.doc[t.root]) == clause]
    pool = same or [t for t in found_terms if t.first < amount.first]
    return min(pool, key=lambda t: abs(t.root - amount.root) + 3 * t.weak, default=None)
