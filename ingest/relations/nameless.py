"""Things and parts of firms that have no name but are told apart by their words: “the thermal division of Acme”, “a
28-nanometre scanner of its own”.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.identity import slug
from graph.model import EntityRef
from ingest.arguments import possessors
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.found import Found, sides
from ingest.relations.frames import Frame
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS = ("Chip", "Model", "Product", "Technology")
_DESIGNING = frozenset(["design", "develop", "engineer"])
_TELLING = ("amod", "compound", "nmod", "nummod")
_SAYING_LITTLE = frozenset(
    ["new", "own", "next", "first", "second", "entire", "whole", "main", "large", "small", "big"]
)


def firm_part(sentence: Sentence, noun: Token) -> Mention | None:
    """A division or business of a firm, with the words that tell it from others; None for a noun that is none."""
    telling = _telling(sentence, noun)
    if noun.lemma_.lower() not in words("parts") or not telling or sentence.mention_at(noun) is not None:
        return None
    held = (m for t in possessors(noun) if (m := sentence.mention_at(t)) is not None)
    owner = next((m.entity for m in held if m.entity is not None and m.entity.type == "Company"), None)
    return _nameless(noun, telling, owner, "Company") if owner is not None else None


def of_ones_own(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """Who has “a 28-nanometre scanner of its own” has developed one."""
    for own in sentence.doc:
        if own.lower_ != "own" or own.dep_ != "pobj" or own.head.lower_ != "of" or own.head.head.pos_ != "NOUN":
            continue
        noun = own.head.head
        kind = classifying_nouns().get(noun.lower_) or classifying_nouns().get(noun.lemma_.lower())
        if kind is None and noun.dep_ == "dobj" and noun.head.lemma_.lower() in _DESIGNING:
            kind = "Product"
        telling = _telling(sentence, noun)
        if kind not in _THINGS or not telling or sentence.mention_at(noun) is not None:
            continue
        owners = [c for c in own.children if c.dep_ == "poss"]
        for owner, mention in sides(sentence, owners, frame.source_types, catalogue):
            made = _nameless(noun, telling, owner, kind)
            if made.entity is not None:
                yield Found(frame.predicate, owner, made.entity, noun, frame.name, (mention, made))


def _telling(sentence: Sentence, noun: Token) -> str:
    """The words before a noun that say which one, names of firms left out."""
    left = [c for c in noun.lefts if c.dep_ in _TELLING and c.lower_ not in _SAYING_LITTLE and c.tag_ != "JJS"]
    left = [c for c in left if (m := sentence.mention_at(c)) is None or m.entity is None or m.entity.type != "Company"]
    return str(noun.doc[left[0].left_edge.i : noun.i].text).strip() if left else ""


def _nameless(noun: Token, telling: str, owner: EntityRef, kind: str) -> Mention:
    label = f"{owner.label} {telling} {noun.text}"
    return Mention(noun.i, noun.i, noun.i, noun.text, "generic", EntityRef("e:" + slug(label), label, kind), owner)
