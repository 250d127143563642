"""All metric statements of a sentence: each amount with its metric, subject, scope, period and basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.metrics.bare import give_counts
from ingest.metrics.basis import Reading, read_basis
from ingest.metrics.belonging import Last, belongs
from ingest.metrics.carry import go_on
from ingest.metrics.context import remember
from ingest.metrics.currencies import give_currency
from ingest.metrics.dating import compared_with, period_of
from ingest.metrics.deals import Deal, contract_with, deal
from ingest.metrics.framed import by_frame, held_against
from ingest.metrics.headed import headed
from ingest.metrics.holdings import holdings
from ingest.metrics.linked import linked
from ingest.metrics.links import YEARLY, Link, accepts
from ingest.metrics.measured import Measured, negative, of_its_time
from ingest.metrics.owners import FLOWS
from ingest.metrics.pairing import pairs
from ingest.metrics.rankings import handed_out, market_of, ranking
from ingest.metrics.rows import in_row
from ingest.metrics.skips import skipped
from ingest.metrics.terms import terms
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence
from ingest.relations.found import Found

_OPERATING = re.compile(
    r"^(?:\s*\([^()]{1,30}\))?\W*(?:at|on) (?:the|an) operating (?:level|basis|line)", re.IGNORECASE
)
_GUIDE_HERE = re.compile(r"\b(?:guide|guidance|outlook)\b[^.;:]{0,40}:", re.IGNORECASE)  # “Q4 guide: sales …”


def measure(sentence: Sentence, catalogue: Catalogue, topic: Topic, related: Sequence[Found] = ()) -> list[Measured]:
    """The metric statements of a sentence in text order; `related` are its relations. Updates the topic."""
    give_currency(sentence, topic, catalogue)
    found_terms = terms(sentence)
    give_counts(sentence, found_terms)
    listed = headed(sentence, found_terms)
    paired = listed if listed.terms else pairs(sentence, found_terms)
    out: list[Measured] = []
    last: Last | None = None
    unread: Amount | None = None
    carried = 0
    changed: tuple[Reading, Amount] | None = None
    shared: Measured | None = None
    compared: list[Amount] = []
    held = holdings(sentence, related)
    stakes = [m.amount for m in held]
    for amount in sorted(sentence.amounts, key=lambda a: a.first):
        if amount.span.inherited and (last is None or not _dated_apart(sentence, amount)):
            continue
        if amount in stakes:
            continue
        reading = read_basis(sentence, amount, changed, (shared.reading, shared.amount) if shared else None)
        if skipped(sentence, amount, reading) or (reading.basis == "share" and _restates(sentence, amount, unread)):
            continue
        unread = amount
        own = paired.terms.get(amount.first)
        framed = by_frame(sentence, amount)
        reading = Reading("level") if framed is not None else reading
        found = framed or (
            Link(own.metric, sentence.doc[own.root], own, own.negative)
            if own is not None and accepts(own.metric, amount)
            else linked(sentence, amount, found_terms, reading, last)
        )
        owner = paired.owners.get(amount.first)
        made = _assemble(sentence, amount, found, reading, catalogue, topic, last, owner) if found else None
        if found is None and all(t.first > amount.last for t in found_terms) and carried == len(out):
            made = go_on(sentence, amount, reading, topic.said)
            carried += made is not None
            found = Link(made.metric, made.trigger, None, verb=True) if made is not None else None
        if (handed := handed_out(sentence, amount, owner)) is not None:
            made, found = handed, Link(handed.metric, handed.trigger, None, verb=True)
        if made is None and (given := ranking(sentence, amount, out, topic)) is not None:
            made, found = given, Link(given.metric, given.trigger, None, verb=True)
        if reading.basis == "level" and (priced := deal(sentence, amount, found, found_terms, related)):
            found = priced.link
            made = _deal(sentence, amount, priced, reading, topic, last)
        if made is None or found is None:
            continue
        if made.scope is None and (other := contract_with(made.subject, found, related)) is not None:
            made = replace(made, scope=other)
        if framed is not None and framed.metric == "performance":
            made = replace(made, scope=held_against(sentence, amount) or made.scope)
        made = in_row(sentence, made, out, shared, paired)
        if reading.basis == "change":
            changed = (reading, amount)
        if made.reading.basis == "share":
            shared = made
        out.append(made)
        unread = None
        if made.reading.basis == "level":
            last = _lasting(sentence, made, found, last)
            compared += [amount] * last.compared
    told = [m for m in out if m.amount not in compared and m.amount.span.kind != "points"]  # points compare, too
    remember(sentence, _main(told), topic, catalogue)
    return out + held


def _main(told: list[Measured]) -> list[Measured]:
    """Without what a figure is only compared with: “$6bn, up 40% from $5bn in the second quarter”."""
    levels = {m.metric for m in told if m.reading.basis == "level" and m.amount.span.delta != "from"}
    seen: set[str] = set()
    out = []
    for m in told:
        later = m.amount.span.delta == "from" or (m.reading.basis == "level" and m.metric in seen)
        if m.metric not in levels or not later:
            out.append(m)
        seen |= {m.metric} if m.reading.basis == "level" else set()
    return out


def _lasting(sentence: Sentence, made: Measured, found: Link, last: Last | None) -> Last:
    """A level as the figures after it may lean on it."""
    main = last.main if last is not None else None
    main = main or (made.period if made.metric in FLOWS and made.amount.span.delta != "from" else None)
    beside = compared_with(sentence, made.amount, found, last)
    period = last.period if beside and last is not None and last.link.metric == made.metric else made.period
    return Last(found, made.amount, made.subject, made.scope, period, main, beside)


def _dated_apart(sentence: Sentence, amount: Amount) -> bool:
    """Whether a bare number is one end of a movement or has a period of its own: “and 14,000 in December 2023”."""
    return amount.span.delta is not None or any(0 < w.first - amount.last <= 3 for w in sentence.periods)


def _restates(sentence: Sentence, amount: Amount, unread: Amount | None) -> bool:
    """“Free cash flow was $7bn, or 44% of revenue”: the same unknown thing once more."""
    if unread is None:
        return False
    between = sentence.text[unread.span.end : amount.span.start].strip(" ,()–—")
    return between in ("", "or")


def _assemble(
    sentence: Sentence,
    amount: Amount,
    found: Link,
    reading: Reading,
    catalogue: Catalogue,
    topic: Topic,
    last: Last | None,
    owner: EntityRef | None,
) -> Measured | None:
    owned = belongs(sentence, amount, found, reading, catalogue, topic, last)
    owned = owned or ((owner, None) if owner is not None else None)
    if owned is None:
        return None
    subject, scope = owned
    if scope and _names(scope, subject):
        scope = None
    if found.metric == "netProfit" and _OPERATING.search(sentence.text[amount.span.end : amount.span.end + 60]):
        found = replace(found, metric="operatingProfit")
    quantity = of_its_time(amount.span.quantity) if found.metric in YEARLY else amount.span.quantity
    if found.negative != (reading.sign < 0):
        quantity = negative(quantity)
    period = period_of(sentence, amount, found, reading, topic, last)
    if found.metric == "marketShare":
        reading = replace(reading, basis="level") if reading.basis == "share" else reading
        own = market_of(sentence, amount)
        wider = own is not None and (last is not None or (scope or "").casefold() in own.casefold())
        scope = own if wider else scope or own
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
