"""Who is meant where a wording leaves a side out: the firm at hand, somebody's employer, the one always meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.arguments import is_passive, slots
from ingest.metrics.owners import subject_firm
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.frames import Frame
from ingest.relations.slots import noun_slot

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOODS = ("Chip", "Product", "Technology")  # “the only source of the memory” says of what, not for whom
_EVERYBODY = {"all", "them", "these", "those"}  # “the biggest buyer of all” says nothing of whose


def left_out(
    slots_: tuple[str, ...],
    types: tuple[str, ...],
    topic: Mention | None,
    others: list[tuple[EntityRef, Mention]],
    catalogue: Catalogue,
) -> list[tuple[EntityRef, Mention]]:
    """The topic, or the document's firm, where a frame allows it (slots `topic`, `focus`) and it is no other side."""
    if topic is None or not {"topic", "focus"} & set(slots_):
        return []
    person = next((mention for entity, mention in others if entity.type == "Person"), None)
    firms = [topic.owner] if "focus" in slots_ else [topic.entity, topic.owner]
    if person is not None:
        firms = [_employer(person, topic, catalogue)]
    told = {entity.id for entity, _ in others}
    # where a paragraph opens with the other side itself, the firm that the whole text is about is left out
    firm = next((f for f in firms if f is not None and f.id not in told), None)
    return [(firm, topic)] if firm is not None and firm.type in types else []


def at_home(sentence: Sentence, noun: Token, topic: Mention, catalogue: Catalogue) -> Mention:
    """The firm of whoever is “the finance chief”: the one that the sentence is about, if it is about any."""
    here = subject_firm(sentence, noun, catalogue)
    if here is None or (here != topic.entity and _taken(noun)):
        return topic
    return replace(topic, entity=here, owner=here)


def _taken(noun: Token) -> bool:
    """Whether a person with a post is what somebody takes or pays for: “Acme hired Lee, the founder”, “paid for it and
    for Lee”. Of two firms one hires, the other is whose founder Lee is.
    """
    person = noun.head if noun.dep_ == "appos" else noun
    while person.dep_ in ("conj", "compound") and person.head.pos_ in ("NOUN", "PROPN"):
        person = person.head
    if person.dep_ == "pobj":
        return bool(person.head.lower_ == "for")
    return bool(person.dep_ == "dobj")


def told_aside(sentence: Sentence, verb: Token, catalogue: Catalogue) -> bool:
    """Whether a participle only tells of a thing that another firm than the topic has to do with: “Apple relies on
    wafers made by Acme”.
    """
    return verb.dep_ in ("acl", "amod") and subject_firm(sentence, verb, catalogue) is not None


def said_whose(sentence: Sentence, noun: Token, frame: Frame) -> bool:
    """Whether the text does say whose head or customer it is, if not by name: “head of a studio”, “company head”."""
    open_side = frame.object if {"topic", "focus"} & set(frame.object) else frame.subject
    named = [s for s in open_side if s not in ("topic", "focus", "compound", "self")]
    kinds = classifying_nouns()
    told = (t for s in named for t in noun_slot(sentence, noun, s) if t.lower_ not in _EVERYBODY)
    if any(kinds.get(t.lower_) not in _GOODS for t in told) or any(c.lower_ == "there" for c in noun.children):
        return True
    plain = [c for c in noun.children if c.text.islower()]  # not “Group Chief Executive”
    return any(c.dep_ == "compound" and kinds.get(c.lower_) in ("Company", "Organization") for c in plain)


def fixed(verb: Token, frame: Frame, catalogue: Catalogue) -> list[tuple[EntityRef, Mention]]:
    """The subject that a wording always has: the Entity List is the American government's. None where another is
    named.
    """
    entry = catalogue.by_label(frame.subject_label)
    doer = [] if is_passive(verb) else slots(verb).get("obj", [])
    if entry is None or doer or (is_passive(verb) and any(c.dep_ == "agent" for c in verb.children)):
        return []
    return [(entry.ref, Mention(verb.i, verb.i, verb.i, verb.text, "catalogue", entry.ref))]


def _employer(person: Mention, topic: Mention, catalogue: Catalogue) -> EntityRef | None:
    """Whose “finance chief” a person is where the text leaves it out: the firm at hand, unless the catalogue knows
    better.

    `topic.candidates` are the firms that the document names: only one of them can be meant.
    """
    entry = catalogue.by_id(person.entity.id) if person.entity else None
    if entry is None or not entry.organization:
        return topic.owner or topic.entity
    return next((firm for firm in topic.candidates if firm.label == entry.organization), None)
