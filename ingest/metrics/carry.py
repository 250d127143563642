"""Figures that go on with the sentence before: “That compares with 36% a year earlier.”, “Games were 38%.”"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityRef, Period
from ingest.arguments import slots
from ingest.metrics.basis import Reading
from ingest.metrics.links import accepts, clause_of
from ingest.metrics.measured import Measured, negative
from ingest.metrics.scopes import clean
from ingest.metrics.times import looks_back, own_period, shifted
from ingest.parsed import Amount, Sentence
from ingest.relations.fillers import fill
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STANDING = frozenset(["that", "this", "it", "which"])
_STANDING_NOUNS = frozenset(["figure", "total", "number", "amount", "sum", "share", "ratio"])
_SHARED = frozenset(["revenue", "orders", "capex", "operatingProfit", "netProfit", "shipments"])
_RANKING = frozenset(["be", "stand", "have", "hold", "follow", "come", "take", "get", "account", "command", "manage"])
_WHOLES = frozenset(["total", "that", "it", "this", "figure", "amount"])
_MOVES = words("up") | words("down") | frozenset(["go", "reach", "hit", "total"])
_EQUATING = frozenset(["be", "compare", "stand", "come", "make", "total", "contrast"])


@dataclass(frozen=True, slots=True)
class Said:
    """The last statement of the sentence before; `headed` if the metric was that sentence's subject."""

    subject: EntityRef
    metric: str
    basis: str
    scope: str | None
    period: Period | None
    paragraph: int
    negative: bool = False
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """What a figure takes from the sentence before: metric, subject, basis; `part` is the scope that its own sentence
    names, `anchor` its verb.
    """

    said: Said
    reading: Reading
    part: str | None
    anchor: Token


def _of_its_kind(said: Said, amount: Amount) -> bool:
    if amount.span.kind == "percent" and (said.metric in _SHARED or said.headed):
        return True
    return amount.span.kind == "percent" if said.basis == "share" else accepts(said.metric, amount)


def _of_the_total(sentence: Sentence, reading: Reading, said: Said, verb: Token) -> str | None:
    """The part in “Data centers made up 73% of that”, of what the sentence before tells; None for anything else."""
    whole = (reading.of or "").casefold().split()
    if reading.basis != "share" or said.metric not in _SHARED or not whole or whole[-1] not in _WHOLES:
        return None
    if verb.lemma_.lower() not in words("share_verbs") | {"be"}:
        return None
    subjects = slots(verb).get("subj", []) + slots(verb).get("theme", [])
    head = next((t for t in subjects if sentence.amount_at(t) is None and t.pos_ in ("NOUN", "PROPN")), None)
    return clean(str(sentence.doc[head.left_edge.i : head.i + 1].text)) if head is not None else None


def _shared_on(sentence: Sentence, reading: Reading, said: Said, verb: Token) -> str | None:
    """Who or what shares in the whole that the sentence before tells: “Tablets made up 15%.” after shares of sales."""
    if reading.basis != "share" or reading.of is not None or said.basis != "share" or said.metric not in _SHARED:
        return None
    subjects = [t for t in slots(verb).get("subj", []) if t.pos_ in ("NOUN", "PROPN")]
    return _named(sentence, subjects[0]) if subjects and sentence.amount_at(subjects[0]) is None else None


def _moved_on(amount: Amount, reading: Reading, said: Said, verb: Token) -> Carried | None:
    """A pronoun for the metric told before: “Revenue was $5bn in spring. In summer it rose 3% to $6bn.”"""
    subjects = slots(verb).get("subj", []) + slots(verb).get("theme", [])
    if not said.headed or said.basis != "level" or verb.lemma_.lower() not in _MOVES:
        return None
    if not any(t.lower_ in ("it", "that", "they") for t in subjects):
        return None
    if reading.basis == "change" and amount.span.kind == "percent":
        return Carried(said, reading, None, verb)
    to = amount.span.delta == "to" or verb.lemma_.lower() in ("reach", "hit", "total")
    return Carried(said, Reading("level"), None, verb) if to and accepts(said.metric, amount) else None


def _named(sentence: Sentence, head: Token) -> str | None:
    """A noun phrase with what is joined to its head: “cloud and networking”."""
    last = max((c.i for c in head.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")), default=head.i)
    return clean(str(sentence.doc[head.left_edge.i : last + 1].text))


def _carried(sentence: Sentence, amount: Amount, reading: Reading, said: Said | None) -> Carried | None:
    """The statement that an amount without a metric of its own goes on with; None if the sentence does not say so."""
    if said is None or said.paragraph != sentence.paragraph or not _of_its_kind(said, amount):
        return None
    verb = clause_of(sentence.doc[amount.root])
    if (part := _of_the_total(sentence, reading, said, verb)) is not None:
        return Carried(said, Reading("share", of=reading.of), part, verb)
    if (moved := _moved_on(amount, reading, said, verb)) is not None:
        return moved
    if (part := _shared_on(sentence, reading, said, verb)) is not None:
        return Carried(said, Reading("share"), part, verb)
    if verb.dep_ != "ROOT" or verb.lemma_.lower() not in _EQUATING or reading.basis == "change":
        return None
    if amount.span.kind == "percent" and said.basis != "share" and not accepts(said.metric, amount):
        return None
    subjects = slots(verb).get("subj", [])
    if len(subjects) == 0 or any(sentence.amount_at(t) for t in subjects):
        return None
    head = subjects[0]
    of_it = said.basis == "share" or any(t.lower_ in ("that", "it") and t.head.lower_ == "of" for t in sentence.doc)
    if head.lemma_ in _STANDING_NOUNS and head.tag_ == "NNS" and len(sentence.amounts) > 1:
        return None  # “the figures were $2bn and $7bn”: of two metrics
    if head.lower_ in _STANDING or head.lemma_ in _STANDING_NOUNS:
        return Carried(said, _reading(said), None, verb)
    named = any(m.entity and m.entity.type in ("Company", "Organization") for t in subjects for m in fill(sentence, t))
    if not of_it or named or verb.lemma_ not in ("be", "stand"):
        return None
    part = _named(sentence, head)
    return Carried(said, _reading(said), part, verb) if part else None


def _reading(said: Said) -> Reading:
    return Reading("share") if said.basis == "share" else Reading("level")


def go_on(sentence: Sentence, amount: Amount, reading: Reading, said: Said | None) -> Measured | None:
    """A figure that goes on with that of the sentence before."""
    if (rival := _rival(sentence, amount, reading, said)) is not None:
        return rival
    found = _carried(sentence, amount, reading, said)
    if found is None:
        return None
    before = found.said
    when = own_period(sentence, amount)
    dated = shifted(sentence, amount, before.period) or (when.span.period if when is not None else None)
    if found.reading.basis == "change":
        dated = next((w.span.period for w in sentence.periods if w.span.period.start and not looks_back(w)), None)
    if dated is None and found.part is None:
        return None  # the same figure once more, or one of a time that is not told
    quantity = negative(amount.span.quantity) if before.negative else amount.span.quantity
    scope, period = found.part or before.scope, dated or before.period
    return Measured(before.subject, before.metric, quantity, found.reading, scope, period, found.anchor, amount)


def _rival(sentence: Sentence, amount: Amount, reading: Reading, said: Said | None) -> Measured | None:
    """Another firm's share of the market told before: “Samsung stood at 33%.”"""
    if said is None or said.metric != "marketShare" or said.paragraph != sentence.paragraph:
        return None
    verb = clause_of(sentence.doc[amount.root])
    if amount.span.kind != "percent" or reading.basis == "change" or verb.lemma_.lower() not in _RANKING:
        return None
    firms = [m.entity for t in slots(verb).get("subj", []) for m in fill(sentence, t) if m.entity is not None]
    if not firms or firms[0].type != "Company" or sentence.doc[amount.last + 1 :][:1].text.strip() == "of":
        return None
    return Measured(
        firms[0], "marketShare", amount.span.quantity, Reading("level"), said.scope, said.period, verb, amount
    )


def saying(sentence: Sentence, out: list[Measured]) -> Said | None:
    """What the next sentence may go on with: the last statement that is no change."""
    told = [m for m in out if m.reading.basis != "change" and m.amount.span.delta != "from"]
    if not told:
        return None
    m = told[-1]
    low = m.quantity.low if m.quantity.low is not None else m.quantity.high
    below = low is not None and low < 0
    headed = m.trigger.dep_ in ("nsubj", "nsubjpass") and m.trigger.head.dep_ == "ROOT"
    return Said(m.subject, m.metric, m.reading.basis, m.scope, m.period, sentence.paragraph, below, headed)
