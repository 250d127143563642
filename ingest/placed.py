"""“The San Jose, California-based company”: one phrase, which the parser takes for a place and something beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_CITY, _STATE = 3, 3  # words that a city and a state may have


def join_placed(sentence: Sentence) -> None:
    """Make the noun behind “the CITY, STATE” the head of the phrase, in place."""
    for token in sentence.doc:
        if token.lower_ == "the" and (comma := _after_city(token)) is not None:
            noun = _noun(sentence, comma)
            city = token.nbor(1)
            while city.dep_ == "compound" and city.head.i < comma.i:
                city = city.head
            if noun is not None and (noun.head in (city, city.head) or noun.dep_ == "ROOT"):
                _join(token, city, noun)


def _after_city(article: Token) -> Token | None:
    doc, at = article.doc, article.i + 1
    while at < len(doc) and doc[at].pos_ == "PROPN" and at - article.i <= _CITY:
        at += 1
    return doc[at] if article.i + 1 < at < len(doc) and doc[at].text == "," else None


def _noun(sentence: Sentence, comma: Token) -> Token | None:
    """The noun for a firm behind a state, which is a known place or shortened: “, N.J. outfit”."""
    doc, at = comma.doc, comma.i + 1
    while at < len(doc) and doc[at].pos_ == "PROPN" and at - comma.i <= _STATE:
        at += 1
    if at == comma.i + 1 or at >= len(doc):
        return None
    state = sentence.mention_at(doc[at - 1])
    placed = state is not None and state.entity is not None and state.entity.type == "Place"
    based = [t.lower_ for t in doc[at : at + 2]] == ["-", "based"]
    if not (based or placed or doc[at - 1].text.endswith(".")):
        return None
    behind = doc[at + 2 if based else at : at + 6]
    noun = next((t for t in behind if t.tag_ == "NN" and t.dep_ != "compound"), None)
    told = noun is not None and all(t.pos_ in ("ADJ", "NOUN", "VERB") for t in behind if t.i < noun.i)
    return noun if noun is not None and told and classifying_nouns().get(noun.lower_) == "Company" else None


def _join(article: Token, city: Token, noun: Token) -> None:
    if noun.head == city:
        noun.head, noun.dep_ = (city.head, city.dep_) if city.dep_ != "ROOT" else (noun, "ROOT")
    for child in list(city.children):
        if child.i > noun.i:
            child.head = noun
    city.head, city.dep_ = noun, "compound"
    article.head = noun
