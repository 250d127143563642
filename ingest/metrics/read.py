"""All metric statements of a sentence: each amount with its metric, subject, scope, period and basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef, Period, Quantity
from ingest.arguments import possessors, slots
from ingest.metrics.basis import Reading, read_basis
from ingest.metrics.links import Link, clause_of, link, verb_subject
from ingest.metrics.scopes import scope_of
from ingest.metrics.terms import Term, terms
from ingest.metrics.times import own_period, shifted
from ingest.parsed import Amount, Mention, Sentence, When
from ingest.relations.fillers import as_type, fill

if TYPE_CHECKING:
    from spacy.tokens import Token

_FLOWS = {
    "revenue",
    "netProfit",
    "operatingProfit",
    "grossMargin",
    "operatingMargin",
    "capex",
    "rndSpend",
    "shipments",
    "inventory",
}
_OWNERS = ("Company", "Organization", "Facility", "Place", "Chip", "Product", "Model", "Technology")
_FIRMS = ("Company", "Organization")
_FRAMES = {"quarter", "half", "fiscal_quarter", "fiscal_year", "span"}
_OWN_WORDS = {"company", "group", "firm", "total", "business"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric statement; `trigger` carries it (for hedges and speakers)."""

    subject: EntityRef
    metric: str
    quantity: Quantity
    reading: Reading
    scope: str | None
    period: Period | None
    trigger: Token
    amount: Amount


@dataclass(slots=True)
class Topic:
    """What the text is about just now: the firm whose figures are told, and the period they are for."""

    firm: EntityRef | None = None
    focus: EntityRef | None = None
    period: Period | None = None
    paragraph: int = -1
    memory: list[tuple[str, EntityRef]] = field(default_factory=list)


def measure(sentence: Sentence, catalogue: Catalogue, topic: Topic) -> list[Measured]:
    """The metric statements of a sentence in text order. Updates the topic."""
    found_terms = terms(sentence)
    out: list[Measured] = []
    last: tuple[Link, EntityRef, str | None, Period | None] | None = None
    for amount in sorted(sentence.amounts, key=lambda a: a.first):
        if amount.span.kind == "points" or amount.span.inherited:
            continue
        reading = read_basis(sentence, amount)
        found = _linked(sentence, amount, found_terms, reading, last[0] if last else None)
        if found is None:
            continue
        made = _assemble(sentence, amount, found, reading, catalogue, topic, last)
        if made is None:
            continue
        out.append(made)
        if reading.basis == "level":
            last = (found, made.subject, made.scope, made.period)
    _remember(sentence, out, topic)
    return out


def _linked(
    sentence: Sentence, amount: Amount, found_terms: list[Term], reading: Reading, last: Link | None
) -> Link | None:
    """The metric: a level by its own term; a change or share by the term or figure that it qualifies; the other end of a movement as the first end."""
    if reading.basis == "level":
        direct = link(sentence, amount, found_terms)
        if (
            last is not None
            and amount.span.delta in ("from", "to")
            and (direct is None or direct.metric == last.metric)
        ):
            return replace(last, anchor=last.anchor)
        return direct
    wanted = [t for t in found_terms if t.metric not in ("price", "unitCost") or reading.basis == "change"]
    near = _nearest(sentence, amount, wanted)
    if near is not None:
        return Link(near.metric, sentence.doc[near.root], near, near.negative)
    return last


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
    last: tuple[Link, EntityRef, str | None, Period | None] | None,
) -> Measured | None:
    same_term = last is not None and found.term is not None and last[0].term is found.term
    if last is not None and (same_term or (found is last[0])):
        subject, scope = last[1], last[2]
    else:
        owner = _subject(sentence, amount, found, catalogue, topic)
        if owner is None:
            return None
        subject, used = owner
        scope = scope_of(sentence, found.term, used | _period_tokens(sentence))
        if scope and _names(scope, subject):
            scope = None
    quantity = amount.span.quantity
    if found.negative:
        quantity = replace(
            quantity,
            low=-quantity.high if quantity.high is not None else None,
            high=-quantity.low if quantity.low is not None else None,
        )
    if reading.sign < 0:
        quantity = replace(
            quantity,
            low=-quantity.high if quantity.high is not None else None,
            high=-quantity.low if quantity.low is not None else None,
        )
    period = _period(sentence, amount, found, topic, last)
    return Measured(
        subject,
        found.metric,
        quantity,
        reading,
        scope,
        period,
        found.anchor if not found.verb else found.anchor,
        amount,
    )


def _period_tokens(sentence: Sentence) -> set[int]:
    return {i for w in sentence.periods for i in range(w.first, w.last + 1)}


def _names(scope: str, subject: EntityRef) -> bool:
    return scope.casefold() in subject.label.casefold() or subject.label.casefold() in scope.casefold()


def _period(
    sentence: Sentence,
    amount: Amount,
    found: Link,
    topic: Topic,
    last: tuple[Link, EntityRef, str | None, Period | None] | None,
) -> Period | None:
    main = last[3] if last is not None and last[0].metric == found.metric else None
    base = main or (topic.period if found.metric in _FLOWS else None)
    moved = shifted(sentence, amount, base)
    if moved is not None:
        return moved
    levels = [a for a in sentence.amounts if a.span.kind != "points"]
    when = own_period(sentence, amount, levels)
    if when is not None and not _reference(sentence, when):
        return when.span.period
    if main is not None and amount.span.delta != "from":
        return main
    if amount.span.delta == "from":
        return None
    return topic.period if found.metric in _FLOWS else None


def _reference(sentence: Sentence, when: When) -> bool:
    """A period that only says what a change is against: “56% more than in 2024”."""
    return any(t.lower_ == "than" for t in sentence.doc[max(0, when.first - 3) : when.first])


def _subject(
    sentence: Sentence, amount: Amount, found: Link, catalogue: Catalogue, topic: Topic
) -> tuple[EntityRef, set[int]] | None:
    """Whose figure it is, and the tokens that say so."""
    doc = sentence.doc
    options: list[list[Token]] = []
    if found.term is not None:
        root = doc[found.term.root]
        options.append([t for t in possessors(root) if not sentence.amount_at(t)])
        options.append(
            [
                t
                for t in doc[max(0, found.term.first - 4) : found.term.first]
                if t.dep_ in ("compound", "nmod", "poss") and root in t.ancestors
            ]
        )
        options.append(
            [
                c
                for p in root.children
                if p.dep_ == "prep" and p.lower_ in ("at", "for", "from", "by")
                for c in p.children
                if c.dep_ == "pobj"
            ]
        )
        verb = clause_of(root)
        theirs = slots(verb)
        if root not in theirs.get("subj", []):
            options.append(theirs.get("subj", []))
        if verb.dep_ in ("relcl",):
            options.append([verb.head])
        if root.dep_ == "nsubj" and verb.dep_ in ("ccomp",):
            options.append(slots(verb.head).get("subj", []) if not sentence.mention_at(verb.head) else [])
    else:
        options.append(verb_subject(found))
        options.append(slots(found.anchor).get("obj", []))
    amount_clause = clause_of(doc[amount.root])
    options.append(slots(amount_clause).get("subj", []))
    for tokens in options:
        for mention in (m for t in tokens for m in fill(sentence, t)):
            entity = as_type(mention, _OWNERS, catalogue)
            if entity is not None and _may_own(entity, found.metric):
                return entity, set(range(mention.first, mention.last + 1))
    firm = _nearest_firm(sentence, amount, catalogue) if found.metric not in _FLOWS else None
    chosen = firm or topic.firm or topic.focus
    return (chosen, set()) if chosen is not None else None


def _may_own(entity: EntityRef, metric: str) -> bool:
    if entity.type in _FIRMS:
        return True
    if entity.type == "Place":
        return metric in ("marketShare", "capacity", "shipments", "investment")
    if entity.type in ("Chip", "Product", "Model", "Technology"):
        return metric in (
            "price",
            "unitCost",
            "shipments",
            "performance",
            "parameters",
            "costReduction",
            "users",
            "capacity",
            "marketShare",
        )
    return metric in ("capacity", "investment", "capex", "price", "performance", "headcount", "shipments", "unitCost")


def _nearest_firm(sentence: Sentence, amount: Amount, catalogue: Catalogue) -> EntityRef | None:
    """The firm named last before the amount in the sentence."""
    before: list[Mention] = [
        m for m in sentence.mentions if m.entity and m.entity.type in _FIRMS and m.last < amount.first
    ]
    return max(before, key=lambda m: m.first).entity if before else None


def _remember(sentence: Sentence, out: list[Measured], topic: Topic) -> None:
    firms = [m.subject for m in out if m.subject.type in _FIRMS]
    if firms:
        topic.firm = firms[0]
    else:
        subjects = [
            m.entity
            for m in sentence.mentions
            if m.entity and m.entity.type == "Company" and sentence.doc[m.root].dep_ in ("nsubj", "nsubjpass")
        ]
        if subjects and sentence.kind not in ("quote",):
            topic.firm = subjects[0]
    opening = sentence.text.rstrip().endswith(":")
    for when in sentence.periods:
        bound_to_figure = any(m.period is when.span.period and m.metric in _FLOWS for m in out)
        if when.span.kind in _FRAMES and when.span.period.start and (bound_to_figure or opening):
            topic.period = when.span.period
            break
