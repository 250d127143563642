"""The price of a deal that the sentence tells by a relation: “finished swallowing Ansys in July: $35bn”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.metrics.links import Link, accepts, clause_of
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence
from ingest.relations.found import Found

if TYPE_CHECKING:
    from spacy.tokens import Token

_METRICS = {"acquires": "investment", "investsIn": "investment", "supplies": "orders"}
_LEADS = frozenset(["for", "at", "worth", "of", "in", "with"])


@dataclass(frozen=True, slots=True)
class Deal:
    """What an amount of money is the price of: the metric by its link, who pays, and to whom or for whom."""

    link: Link
    payer: EntityRef
    other: EntityRef


def deal(
    sentence: Sentence, amount: Amount, found: Link | None, found_terms: Sequence[Term], related: Sequence[Found]
) -> Deal | None:
    """The deal whose price an amount is: one that no metric claims, or only a word like “deal” in a sentence that tells
    a takeover; None if the sentence tells no deal, or several.
    """
    if amount.span.kind != "money" or "/" in amount.span.quantity.unit or amount.span.delta in ("from", "to", "down"):
        return None
    if found is not None:
        near = [f for f in related if f.predicate == "acquires" and _is_deal(found) and not _apart(amount, f.trigger)]
    else:
        near = [f for f in related if f.predicate in _METRICS and _priced(sentence, amount, f, found_terms)]
    if len({(f.predicate, f.subject.id, f.object.id) for f in near}) != 1:
        return None
    told = near[0]
    payer, other = (told.object, told.subject) if told.predicate == "supplies" else (told.subject, told.object)
    return Deal(Link(_METRICS[told.predicate], told.trigger, None, verb=True), payer, other)


def contract_with(subject: EntityRef, link: Link, related: Sequence[Found]) -> str | None:
    """The other side of the contract that a sum is the worth of: “a contract under which it is to supply B is worth
    $300bn”; None if no clause of the contract tells one.
    """
    if link.metric != "orders" or link.term is None:
        return None
    contract = link.anchor.doc[link.term.root]
    for found in related:
        inside = any(
            a.head == contract and a.dep_ in ("relcl", "acl") for a in (found.trigger, *found.trigger.ancestors)
        )
        if found.predicate == "supplies" and inside and subject.id in (found.subject.id, found.object.id):
            return found.object.label if subject.id == found.subject.id else found.subject.label
    return None


def _apart(amount: Amount, trigger: Token) -> bool:
    """Whether a semicolon stands between an amount and a word."""
    first, last = sorted((amount.root, trigger.i))
    return any(t.text == ";" for t in trigger.doc[first:last])


def _is_deal(link: Link) -> bool:
    """Whether a metric is told by a word that may as well mean a takeover: “bought it in a $20bn deal”."""
    return link.term is not None and link.anchor.lemma_.lower() in ("deal", "agreement", "transaction")


def _priced(sentence: Sentence, amount: Amount, found: Found, found_terms: Sequence[Term]) -> bool:
    """Whether an amount stands after a relation's word as its price, with no other figure or metric between."""
    doc, trigger = sentence.doc, found.trigger
    if found.predicate == "supplies" and not _contract(found):
        return False
    if amount.first < trigger.i:
        return False
    between = doc[trigger.i + 1 : amount.first]
    if any(t.text == ";" for t in between) or any(sentence.amount_at(t) not in (None, amount) for t in between):
        return False
    if any(trigger.i < t.first < amount.first and not t.weak and accepts(t.metric, amount) for t in found_terms):
        return False
    lead = doc[amount.first - 1]
    root = doc[amount.root]
    if lead.text == ":":
        return True
    tied = root.dep_ == "pobj" and root.head.lower_ in _LEADS
    return tied and trigger in (clause_of(root), *root.ancestors)


def _contract(found: Found) -> bool:
    return found.frame.startswith(("sign", "place-order", "order", "bought", "win"))
