"""All metric statements of a sentence: each amount with its metric, subject, scope, period and basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.metrics.bare import give_currency
from ingest.metrics.basis import Reading, read_basis
from ingest.metrics.belonging import Last, belongs
from ingest.metrics.carry import go_on
from ingest.metrics.context import remember
from ingest.metrics.dating import compared_with, period_of
from ingest.metrics.deals import Deal, deal
from ingest.metrics.gaps import gap_name
from ingest.metrics.items import item_after, item_before
from ingest.metrics.links import Link, accepts, clause_of
from ingest.metrics.measured import Measured, negative
from ingest.metrics.nearness import link
from ingest.metrics.owners import FLOWS
from ingest.metrics.pairing import Pairs, pairs
from ingest.metrics.rankings import market_of, ranking
from ingest.metrics.skips import skipped
from ingest.metrics.terms import Term, terms
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence
from ingest.relations.found import Found

_OPERATING = re.compile(r"^\W*(?:at|on) (?:the|an) operating (?:level|basis|line)", re.IGNORECASE)
_GUIDE_HERE = re.compile(r"\b(?:guide|guidance|outlook)\b[^.;:]{0,40}:", re.IGNORECASE)  # “Q4 guide: sales …”
_AGAINST = (" against", " versus", " vs", " vs.", " compared with", " compared to")


def measure(sentence: Sentence, catalogue: Catalogue, topic: Topic, related: Sequence[Found] = ()) -> list[Measured]:
    """The metric statements of a sentence in text order; `related` are its relations. Updates the topic."""
    give_currency(sentence, topic)
    found_terms = terms(sentence)
    paired = pairs(sentence, found_terms)
    out: list[Measured] = []
    last: Last | None = None
    unread: Amount | None = None
    changed: tuple[Reading, Amount] | None = None
    compared: list[Amount] = []
    for amount in sorted(sentence.amounts, key=lambda a: a.first):
        if amount.span.kind == "points" or (
            amount.span.inherited and (last is None or not _dated_apart(sentence, amount))
        ):
            continue
        reading = read_basis(sentence, amount, changed)
        if skipped(sentence, amount, reading) or (reading.basis == "share" and _restates(sentence, amount, unread)):
            continue
        unread = amount
        own = paired.terms.get(amount.first)
        found = (
            Link(own.metric, sentence.doc[own.root], own, own.negative)
            if own is not None and accepts(own.metric, amount)
            else linked(sentence, amount, found_terms, reading, last)
        )
        made = _assemble(sentence, amount, found, reading, catalogue, topic, last) if found else None
        if found is None and not found_terms and not out:
            made = go_on(sentence, amount, reading, topic.said)
            found = Link(made.metric, made.trigger, None, verb=True) if made is not None else None
        if made is None and (given := ranking(sentence, amount, out, topic)) is not None:
            made, found = given, Link(given.metric, given.trigger, None, verb=True)
        if reading.basis == "level" and (priced := deal(sentence, amount, found, found_terms, related)):
            found = priced.link
            made = _deal(sentence, amount, priced, reading, topic, last)
        if made is None or found is None:
            continue
        made = _paired(made, paired)
        if reading.basis == "change":
            changed = (reading, amount)
        out.append(made)
        unread = None
        if made.reading.basis == "level":
            main = last.main if last is not None else None
            main = main or (made.period if made.metric in FLOWS and amount.span.delta != "from" else None)
            beside = compared_with(sentence, amount, found, last)
            period = last.period if beside and last is not None and last.link.metric == made.metric else made.period
            last = Last(found, amount, made.subject, made.scope, period, main, beside)
            compared += [amount] * beside
    remember(sentence, [m for m in out if m.amount not in compared], topic, catalogue)
    return out


def _paired(made: Measured, paired: Pairs) -> Measured:
    """A statement with what its place in a row gives it: owner and period, or for a share the part."""
    at = made.amount.first
    item = paired.items.get(at) if made.reading.basis == "share" else None
    owner = None if made.reading.basis == "share" else paired.owners.get(at)
    return replace(
        made,
        subject=owner or made.subject,
        scope=item or made.scope,
        period=paired.periods.get(at, made.period),
    )


def _dated_apart(sentence: Sentence, amount: Amount) -> bool:
    """Whether a bare number is one end of a movement or has a period of its own: “and 14,000 in December 2023”."""
    return amount.span.delta is not None or any(0 < w.first - amount.last <= 3 for w in sentence.periods)


def _restates(sentence: Sentence, amount: Amount, unread: Amount | None) -> bool:
    """“Free cash flow was $7bn, or 44% of revenue”: the same unknown thing once more."""
    if unread is None:
        return False
    between = sentence.text[unread.span.end : amount.span.start].strip(" ,()–—")
    return between in ("", "or")


def linked(
    sentence: Sentence, amount: Amount, found_terms: list[Term], reading: Reading, last: Last | None
) -> Link | None:
    """The metric of an amount: a level by its own term; a change or share by the term or figure that it qualifies; the
    other end of a movement as the first end.
    """
    if reading.basis == "level":
        direct = link(sentence, amount, found_terms)
        if last is None or not accepts(last.link.metric, amount):
            return direct
        against = sentence.text[: amount.span.start].rstrip().lower().endswith(_AGAINST)
        if (amount.span.delta in ("from", "to") or against) and (direct is None or direct.metric == last.link.metric):
            return last.link
        if gap_name(sentence, last.amount, amount) and (direct is None or direct.metric == last.link.metric):
            return last.link
        if direct is None and (
            gap_name(sentence, last.amount, amount) or item_before(sentence, amount) or item_after(sentence, amount)
        ):
            return last.link
        return direct
    near = _set_against(sentence, amount, found_terms, reading) or _nearest(sentence, amount, found_terms)
    if last is not None and (near is None or _leans(sentence, last.amount, amount, found_terms)):
        return last.link
    return Link(near.metric, sentence.doc[near.root], near, near.negative) if near is not None else None


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


def _assemble(
    sentence: Sentence,
    amount: Amount,
    found: Link,
    reading: Reading,
    catalogue: Catalogue,
    topic: Topic,
    last: Last | None,
) -> Measured | None:
    owned = belongs(sentence, amount, found, reading, catalogue, topic, last)
    if owned is None:
        return None
    subject, scope = owned
    if scope and _names(scope, subject):
        scope = None
    if found.metric == "netProfit" and _OPERATING.search(sentence.text[amount.span.end : amount.span.end + 40]):
        found = replace(found, metric="operatingProfit")
    quantity = amount.span.quantity
    if found.negative != (reading.sign < 0):
        quantity = negative(quantity)
    period = period_of(sentence, amount, found, reading, topic, last)
    if found.metric == "marketShare":
        reading = replace(reading, basis="level") if reading.basis == "share" else reading
        scope = scope or market_of(sentence, amount)
        if scope is None and topic.market is not None:
            scope, period = topic.market[0], period or topic.market[1]
        topic.market = (scope, period)
    return Measured(
        subject,
        found.metric,
        quantity,
        reading,
        scope,
        period,
        found.anchor,
        amount,
        topic.guiding or bool(_GUIDE_HERE.search(sentence.text[: amount.span.start])),
    )


def _deal(
    sentence: Sentence, amount: Amount, priced: Deal, reading: Reading, topic: Topic, last: Last | None
) -> Measured:
    period = period_of(sentence, amount, priced.link, reading, topic, last)
    quantity, anchor = amount.span.quantity, priced.link.anchor
    return Measured(priced.payer, priced.link.metric, quantity, reading, priced.other.label, period, anchor, amount)


def _names(scope: str, subject: EntityRef) -> bool:
    return scope.casefold() in subject.label.casefold() or subject.label.casefold() in scope.casefold()
