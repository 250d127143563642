"""What a number of chips, racks or machines tells: orders, shipments, stocks, or the capacity of whoever runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.metrics.links import Link, is_output
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOODS = ("Chip", "Product")
_FEWEST = 20
_MOVING = frozenset(["be", "climb", "come", "drop", "fall", "go", "grow", "hit", "reach", "rise", "stand", "swell"])
_SELLING = frozenset(["export", "sell", "ship"])


def by_goods(sentence: Sentence, amount: Amount) -> Link | None:
    """The metric of a number of goods, from the verb or the site that has them; None if it counts something else."""
    rate = is_output(amount.span.quantity.unit)
    head = _head(sentence.doc[amount.root])
    counted = amount.span.kind == "count" and _many(amount)
    if not rate and not (counted and (_are_goods(sentence, amount) or _sold(amount, head))):
        return None
    if head.dep_ == "pobj" and head.head.lower_ == "with" and _is_fleet(sentence, head.head.head):
        return Link("capacity", head.head.head, None, verb=True, goods=True)  # “a campus with 50,000 GPUs”
    verb, preposition = _governor(head)
    if verb is None:
        return None
    name = verb_name(verb)
    key = f"{name} {preposition}".strip()
    if rate:
        made = name not in words("ordering") - {"take"} and (name not in _MOVING or _moved_by_one(sentence, verb))
        return Link("capacity", verb, None, verb=True, goods=True) if made else None
    metric = _by_verb(sentence, verb, head, key) if key != name else _by_verb(sentence, verb, head, name)
    return Link(metric, verb, None, verb=True, goods=True) if metric is not None else None


def _moved_by_one(sentence: Sentence, verb: Token) -> bool:
    """Whether what moves is named: “the fab should reach 9,000 wafers a month”, not “capacity is to reach …”."""
    return any(sentence.mention_at(t) is not None for t in slots(verb).get("subj", []))


def _by_verb(sentence: Sentence, verb: Token, head: Token, key: str) -> str | None:
    if verb.lemma_ == "have":
        return _held(verb, head)
    if key in words("housing"):
        return "capacity"
    if key in words("ordering"):
        return "orders"
    if key in words("turning_out"):
        return "shipments"
    subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    counting = verb.lemma_ in ("number", "comprise", "contain", "total", "count") or key in ("consist of", "pack")
    return "capacity" if counting and subject is not None and _is_fleet(sentence, subject) else None


def _held(verb: Token, head: Token) -> str | None:
    """What “have 700,000 in stock” and “have 140,000 GPUs in operation” tell."""
    following = [t for t in verb.subtree if t.i > head.i][:8]
    for preposition in (t for t in following if t.lower_ in ("in", "at", "on")):
        for noun in preposition.children:
            if noun.lemma_.lower() in words("in_store"):
                return "inventory"
            if noun.lemma_.lower() in words("at_work"):
                return "capacity"
    return "capacity" if any(t.lower_ in ("running", "online", "installed", "working") for t in following) else None


def _many(amount: Amount) -> bool:
    quantity = amount.span.quantity
    value = quantity.low if quantity.low is not None else quantity.high
    return value is not None and value >= _FEWEST


def _are_goods(sentence: Sentence, amount: Amount) -> bool:
    """“20,000 chips”, “100,000 of Nvidia's H100s”, “550,000 GB200s”; a bare number only where it is “in stock”."""
    root = sentence.doc[amount.root]
    nouns = [root.head] if root.dep_ in ("nummod", "compound", "quantmod") else [root]
    nouns += [
        c for t in (*root.children, *nouns[0].children) if t.lower_ == "of" for c in t.children if c.dep_ == "pobj"
    ]
    for noun in nouns:
        mention = sentence.mention_at(noun)
        if mention is not None and mention.entity is not None and mention.entity.type in _GOODS:
            return True
        made_of = [noun, *(c for c in noun.children if c.dep_ == "compound")]
        if any(t.lemma_.lower() in words("goods") for t in made_of) or noun.lower_.rstrip("s") in words("goods"):
            return True
    return amount.span.noun is None and any(t.lemma_.lower() in words("in_store") for t in sentence.doc[amount.last :])


def _sold(amount: Amount, head: Token) -> bool:
    """Whether things of any kind are sold by number: “sold 5,000 humanoids last year”."""
    verb, _ = _governor(head)
    noun = (amount.span.noun or "").split()[-1:]
    what = words("people") | words("not_goods") | words("parties")
    return verb is not None and verb.lemma_ in _SELLING and bool(noun) and not {noun[0], noun[0].rstrip("s")} & what


def _head(root: Token) -> Token:
    """The noun that the number counts, at the top of a row or of “100,000 of …”."""
    token = root
    while token.dep_ in ("nummod", "compound", "quantmod", "conj", "appos") and token.head != token:
        token = token.head
    return token.head if token.dep_ == "amod" and token.i + 1 == token.head.i else token  # “110bn components”


def _governor(head: Token) -> tuple[Token | None, str]:
    """The verb that has the goods as its object, with the preposition between."""
    if head.dep_ == "pobj" and head.head.dep_ == "prep":
        above = head.head.head
        above = above.head if above.dep_ == "advmod" and head.head.lower_ == "than" else above
        preposition = "" if head.head.lower_ == "than" else head.head.lower_  # “ships more than 2m tools”
        return (above, preposition) if above.pos_ in ("VERB", "AUX") else (None, "")
    if head.dep_ in ("dobj", "nsubjpass", "attr"):
        return head.head, ""
    if head.dep_ == "nsubj" and head.head.pos_ == "VERB" and head.head.tag_ in ("VBN", "VBD"):
        return head.head, ""
    return None, ""


def _is_fleet(sentence: Sentence, noun: Token) -> bool:
    mention = sentence.mention_at(noun)
    if mention is not None and mention.entity is not None and mention.entity.type == "Facility":
        return True
    return noun.lemma_.lower() in words("fleets")
