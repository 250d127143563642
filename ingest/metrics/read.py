"""All metric statements of a sentence: each amount with its metric, subject, scope, period and basis."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef, Period, Quantity
from ingest.arguments import slots
from ingest.metrics.basis import Reading, read_basis, set_aside_for
from ingest.metrics.gaps import gap_name, item_after, item_before
from ingest.metrics.links import Link, accepts, clause_of, link
from ingest.metrics.owners import FIRMS, FLOWS, Owner, Topic, may_own, owner_of
from ingest.metrics.scopes import clean, scope_of, scope_of_subject
from ingest.metrics.skips import skipped
from ingest.metrics.terms import Term, terms
from ingest.metrics.times import belongs_elsewhere, own_period, shifted
from ingest.names.descriptions import observers
from ingest.parsed import Amount, Sentence, When
from ingest.relations.fillers import as_type, fill

if TYPE_CHECKING:
    from spacy.tokens import Token

_REPORTED = {"quarter", "half", "fiscal_quarter", "fiscal_year", "year"}
_FRAMES = {"quarter", "half", "fiscal_quarter", "fiscal_year", "span"}
_GUIDING = re.compile(
    r"\b(?:expects?|outlook|guidance|forecasts?|guides?|projects?|anticipates?|targets?)\b", re.IGNORECASE
)
_OPERATING = re.compile(r"^\W*(?:at|on) (?:the|an) operating (?:level|basis|line)", re.IGNORECASE)
_GUIDE_HERE = re.compile(r"\b(?:guide|guidance|outlook)\b[^.;:]{0,40}:", re.IGNORECASE)  # “Q4 guide: sales …”
_AGAINST = (" against", " versus", " vs", " vs.", " compared with", " compared to")
_SHORTEST_FLOW = 25  # days: nobody reports the revenue of a Wednesday


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric statement; `trigger` carries it (for hedges and speakers), `guided` if a list of
    forecasts holds it.
    """

    subject: EntityRef
    metric: str
    quantity: Quantity
    reading: Reading
    scope: str | None
    period: Period | None
    trigger: Token
    amount: Amount
    guided: bool = False


@dataclass(frozen=True, slots=True)
class _Last:
    """The level read before in the sentence: others lean on it."""

    link: Link
    amount: Amount
    subject: EntityRef
    scope: str | None
    period: Period | None


def measure(sentence: Sentence, catalogue: Catalogue, topic: Topic) -> list[Measured]:
    """The metric statements of a sentence in text order. Updates the topic."""
    found_terms = terms(sentence)
    out: list[Measured] = []
    last: _Last | None = None
    unread: Amount | None = None
    for amount in sorted(sentence.amounts, key=lambda a: a.first):
        if amount.span.kind == "points" or (
            amount.span.inherited and (last is None or not _dated_apart(sentence, amount))
        ):
            continue
        reading = read_basis(sentence, amount)
        if skipped(sentence, amount, reading) or (reading.basis == "share" and _restates(sentence, amount, unread)):
            continue
        unread = amount
        found = _linked(sentence, amount, found_terms, reading, last)
        made = _assemble(sentence, amount, found, reading, catalogue, topic, last) if found else None
        if made is None or found is None:
            continue
        out.append(made)
        unread = None
        if reading.basis == "level":
            last = _Last(found, amount, made.subject, made.scope, made.period)
    _remember(sentence, out, topic, catalogue)
    return out


def _dated_apart(sentence: Sentence, amount: Amount) -> bool:
    """Whether a bare number is one end of a movement or has a period of its own: “and 14,000 in December 2023”."""
    return amount.span.delta is not None or any(0 < w.first - amount.last <= 3 for w in sentence.periods)


def _restates(sentence: Sentence, amount: Amount, unread: Amount | None) -> bool:
    """“Free cash flow was $7bn, or 44% of revenue”: the same unknown thing once more."""
    if unread is None:
        return False
    between = sentence.text[unread.span.end : amount.span.start].strip(" ,()–—")
    return between in ("", "or")


def _linked(
    sentence: Sentence, amount: Amount, found_terms: list[Term], reading: Reading, last: _Last | None
) -> Link | None:
    """The metric: a level by its own term; a change or share by the term or figure that it qualifies; the other end of
    a movement as the first end.
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
    near = _nearest(sentence, amount, found_terms)
    if last is not None and (near is None or _leans(sentence, last.amount, amount, found_terms)):
        return last.link
    return Link(near.metric, sentence.doc[near.root], near, near.negative) if near is not None else None


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
    last: _Last | None,
) -> Measured | None:
    owned = _owned(sentence, amount, found, reading, catalogue, topic, last)
    if owned is None:
        return None
    subject, scope = owned
    if scope and _names(scope, subject):
        scope = None
    if found.metric == "netProfit" and _OPERATING.search(sentence.text[amount.span.end : amount.span.end + 40]):
        found = replace(found, metric="operatingProfit")
    quantity = amount.span.quantity
    if found.negative != (reading.sign < 0):
        quantity = _negative(quantity)
    period = _period(sentence, amount, found, reading, topic, last)
    if found.metric == "marketShare":
        reading = replace(reading, basis="level") if reading.basis == "share" else reading
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


def _owned(
    sentence: Sentence,
    amount: Amount,
    found: Link,
    reading: Reading,
    catalogue: Catalogue,
    topic: Topic,
    last: _Last | None,
) -> tuple[EntityRef, str | None] | None:
    """Subject and scope of a figure."""
    if last is not None and (found is last.link or (found.term is not None and last.link.term is found.term)):
        aside = set_aside_for(sentence, amount) if reading.basis == "share" else None
        if aside:
            return last.subject, clean(aside)
        own = _that_of(sentence, amount, catalogue) or _for_whom(sentence, amount, found)
        if own is not None:
            return own, last.scope
        cause = _attributed(sentence, amount) if reading.basis == "share" else None
        if cause is not None and cause.id != last.subject.id:
            return last.subject, cause.label
        part = _new_part(sentence, amount, last) if reading.basis == "share" else None
        if part is not None:
            return topic.focus or last.subject, part
        gap = gap_name(sentence, last.amount, amount)
        if gap is not None and gap.entity is not None:
            level = reading.basis == "level" or found.metric == "marketShare"
            if level and may_own(gap.entity, found.metric) and gap.entity.type in FIRMS:
                return gap.entity, last.scope
            return last.subject, gap.entity.label
        item = (
            None if amount.span.delta in ("from", "to") or reading.basis != "level" else _item(sentence, amount, last)
        )
        return last.subject, item or last.scope
    owner = owner_of(
        sentence, sentence.doc[amount.root], found, catalogue, topic, last.subject if last is not None else None
    )
    if owner is None:
        return None
    if reading.basis == "share":
        aside = set_aside_for(sentence, amount)
        if aside:
            return owner.entity, clean(aside)
        shared = _sharer(sentence, amount, found, owner, topic)
        if shared is not None:
            return shared
    taken = set(owner.tokens) | {i for w in sentence.periods for i in range(w.first, w.last + 1)}
    scope = owner.scope or scope_of(sentence, found.term, taken)
    if scope is None and reading.basis == "level":
        scope = _item(sentence, amount, last) if found.term is not None and last is not None else None
        scope = (
            scope
            or _invested_in(sentence, found, owner)
            or scope_of_subject(sentence, found, taken)
            or _counted(sentence, amount, found)
        )
    return owner.entity, scope


def _for_whom(sentence: Sentence, amount: Amount, found: Link) -> EntityRef | None:
    """“… against 145 million for DeepSeek”, “and 17% for Samsung”."""
    if amount.last + 2 >= len(sentence.doc) or sentence.doc[amount.last + 1].lower_ != "for":
        return None
    mention = sentence.mention_at(sentence.doc[amount.last + 2])
    entity = mention.entity if mention is not None and mention.named else None
    return entity if entity is not None and may_own(entity, found.metric) else None


def _new_part(sentence: Sentence, amount: Amount, last: _Last) -> str | None:
    """The unnamed part of a later clause: “…; the top two had accounted for 14%” → “top two”."""
    verb = clause_of(sentence.doc[amount.root])
    if verb == clause_of(sentence.doc[last.amount.root]):
        return None
    for token in slots(verb).get("subj", []):
        if token.pos_ in ("NOUN", "NUM") and not fill(sentence, token) and token.i > last.amount.last:
            return clean(str(sentence.doc[token.left_edge.i : token.i + 1].text))
    return None


def _that_of(sentence: Sentence, amount: Amount, catalogue: Catalogue) -> EntityRef | None:
    """“… whereas that of TSMC rose to 67.6%”: the same metric of somebody else."""
    for token in slots(clause_of(sentence.doc[amount.root])).get("subj", []):
        if token.lower_ in ("that", "those"):
            return next((e for m in fill(sentence, token) if (e := as_type(m, FIRMS, catalogue))), None)
    return None


def _item(sentence: Sentence, amount: Amount, last: _Last | None) -> str | None:
    item = item_after(sentence, amount) or (item_before(sentence, amount) if last is not None else None)
    if item is None or any(t.metric for t in terms(sentence) if _words(sentence, t) in item.casefold()):
        return None
    return clean(item)


def _words(sentence: Sentence, term: Term) -> str:
    return str(sentence.doc[term.first : term.last + 1].text).casefold()


def _invested_in(sentence: Sentence, found: Link, owner: Owner) -> str | None:
    """Into whom the money goes: “invested $8bn in Anthropic”, “bought X for $265m”."""
    if found.metric != "investment" or not found.verb:
        return None
    arguments = slots(found.anchor)
    for token in (t for name in ("in", "into", "obj") for t in arguments.get(name, [])):
        for mention in fill(sentence, token):
            if mention.entity and mention.entity.type == "Company" and mention.entity.id != owner.entity.id:
                return mention.entity.label
    return None


def _counted(sentence: Sentence, amount: Amount, found: Link) -> str | None:
    """What is counted or bought: “20,000 of Nvidia's H200 accelerators”, “$30bn of computing capacity”."""
    if found.metric not in ("orders", "shipments", "capacity"):
        return None
    near = sentence.doc[amount.last + 1 : amount.last + 9]
    named = next(
        (m for t in near if (m := sentence.mention_at(t)) and m.entity and m.entity.type in ("Chip", "Product")), None
    )
    if named is not None and named.entity is not None:
        return named.entity.label
    of = next((c for t in near[:2] if t.lower_ == "of" for c in t.children if c.dep_ == "pobj"), None)
    if of is not None and sentence.amount_at(of) is None:
        return clean(str(sentence.doc[of.left_edge.i : of.i + 1].text))
    return amount.span.noun if amount.span.kind == "count" else None


def _sharer(
    sentence: Sentence, amount: Amount, found: Link, owner: Owner, topic: Topic
) -> tuple[EntityRef, str | None] | None:
    """“Customer A brought in 23% of revenue”: the revenue is the firm's, the scope who brought it in."""
    if found.term is None:
        return None
    cause = _attributed(sentence, amount)
    if cause is not None and cause.id != owner.entity.id:
        return owner.entity, cause.label
    for token in slots(clause_of(sentence.doc[found.term.root])).get("subj", []):
        if token.i == found.term.root or token.pos_ == "PRON":
            continue
        if not fill(sentence, token) and token.pos_ in ("NOUN", "PROPN", "NUM"):
            words = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "punct")]
            return owner.entity, clean(str(sentence.doc[(words[0].i if words else token.i) : token.i + 1].text))
        for mention in fill(sentence, token):
            whole = topic.firm or topic.focus
            if (
                mention.entity is not None
                and mention.entity.id == owner.entity.id
                and whole is not None
                and whole.id != owner.entity.id
            ):
                return whole, owner.entity.label
            if mention.entity is not None and mention.entity.id != owner.entity.id:
                return owner.entity, mention.entity.label
    return None


def _attributed(sentence: Sentence, amount: Amount) -> EntityRef | None:
    """“45% of that was attributable to OpenAI”, “half came from Meta”."""
    verb = clause_of(sentence.doc[amount.root])
    for token in verb.subtree:
        if token.lower_ in ("attributable", "due") or token.lemma_.lower() in ("come", "stem", "derive"):
            for name in ("to", "from"):
                targets = [c for p in token.children if p.lower_ == name for c in p.children if c.dep_ == "pobj"]
                found = next((m.entity for t in targets for m in fill(sentence, t) if m.entity), None)
                if found is not None:
                    return found
    return None


def _negative(quantity: Quantity) -> Quantity:
    low, high = quantity.low, quantity.high
    return replace(quantity, low=-high if high is not None else None, high=-low if low is not None else None)


def _names(scope: str, subject: EntityRef) -> bool:
    return scope.casefold() in subject.label.casefold() or subject.label.casefold() in scope.casefold()


def _period(
    sentence: Sentence, amount: Amount, found: Link, reading: Reading, topic: Topic, last: _Last | None
) -> Period | None:
    main = last.period if last is not None and last.link.metric == found.metric else None
    usual = _usual(sentence, amount, topic) if found.metric in FLOWS else None
    if reading.basis != "change":
        moved = shifted(sentence, amount, main or usual)
        if moved is not None:
            return moved
    elif main is not None:
        return main
    when = own_period(sentence, amount)
    if when is not None and not _reference(sentence, when) and not (found.metric in FLOWS and _short(when)):
        return when.span.period
    if main is not None and amount.span.delta != "from":
        return main
    return None if amount.span.delta == "from" else usual


def _usual(sentence: Sentence, amount: Amount, topic: Topic) -> Period | None:
    """The period of a figure that names none: the sentence's only one, else the report's, else the
    sentence before's.
    """
    if len(named := _own_frames(sentence, amount)) == 1:
        return named[0].span.period
    if topic.period is not None:
        return topic.period
    if topic.aside is not None and topic.aside[0] == sentence.paragraph:
        return topic.aside[1]
    return None


def _own_frames(sentence: Sentence, amount: Amount) -> list[When]:
    """The quarters and years that a sentence's figures may share: none that is only compared with, none of a rival."""
    out = []
    for when in sentence.periods:
        before = sentence.doc[max(0, when.first - 4) : when.first]
        compared = _reference(sentence, when) or any(t.lower_ in ("from", "against", "versus", "since") for t in before)
        if when.span.kind in _REPORTED and when.span.period.start and not compared and not _short(when):
            out.append(when)
    return [w for w in out if not belongs_elsewhere(sentence, amount, w)]


def _short(when: When) -> bool:
    period = when.span.period
    return bool(period.start and period.end and (period.end - period.start).days < _SHORTEST_FLOW)


def _reference(sentence: Sentence, when: When) -> bool:
    """A period that only says what a change is against: “56% more than in 2024”."""
    near = sentence.doc[max(0, when.first - 5) : when.first]
    return any(t.lower_ == "than" and sentence.amount_at(t) is None for t in near)


def _ahead(period: Period, published: date | None) -> bool:
    """Whether most of a period was still to come on the day of publication."""
    if published is None or period.start is None or period.end is None:
        return False
    return period.start + (period.end - period.start) / 2 > published


def _remember(sentence: Sentence, out: list[Measured], topic: Topic, catalogue: Catalogue) -> None:
    """The firm and the period that the next sentences will leave out."""
    watching = observers(catalogue)
    firms = [m.subject for m in out if m.subject.type in FIRMS]
    subjects = [
        m.entity
        for m in sentence.mentions
        if m.entity
        and m.entity.type == "Company"
        and m.entity.id not in watching
        and sentence.doc[m.root].dep_ in ("nsubj", "nsubjpass")
        and sentence.doc[m.root].head.dep_ not in ("relcl", "advcl")
    ]
    if sentence.kind not in ("quote", "bullet") and (firms or subjects):
        firm = next((f for f in [*subjects, *firms] if f.type == "Company"), None)
        topic.firm, topic.paragraph = firm or topic.firm, sentence.paragraph
    long = {w.span.period for w in sentence.periods if w.span.period.start and not _short(w) and w.span.bound is None}
    topic.aside = (sentence.paragraph, long.pop()) if len(long) == 1 else None
    opening = sentence.text.rstrip().endswith(":")
    if opening or sentence.kind == "heading":
        topic.guiding = bool(_GUIDING.search(sentence.text))
    elif sentence.kind != "bullet":
        topic.guiding = False
    for when in sentence.periods:
        used = any(m.period is when.span.period and m.metric in FLOWS for m in out)
        titled = sentence.kind in ("title", "heading") and topic.period is None
        ahead = _ahead(when.span.period, topic.published) or bool(_GUIDING.search(sentence.text))
        if when.span.kind in _FRAMES and when.span.period.start and (opening or ((used or titled) and not ahead)):
            topic.period = when.span.period
            break
