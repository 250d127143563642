"""Firms that a text speaks of without saying which: “a rival has won the order. It …” is about the rival."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.coreference.discourse import AGENTS, Discourse
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_ARTICLES = {"a", "an", "another", "the"}
_PARTS = words("not_a_firm") - words("parties")  # “the unit lost money. Its customers …” may be its owner's


def note_nameless(talk: Discourse, sentence: Sentence) -> None:
    """Keep whether the subject of a sentence is a firm that nobody knows."""
    root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
    subjects = [c for c in root.children if c.dep_ in _SUBJECTS] if root is not None else []
    if any(_nameless(sentence, subject) for subject in subjects):
        talk.nameless = (sentence.index, sentence.paragraph)


def _nameless(sentence: Sentence, subject: Token) -> bool:
    kind = classifying_nouns().get(subject.lower_)
    if kind not in AGENTS or subject.tag_ != "NN" or subject.lemma_.lower() in _PARTS:
        return False
    told = any(sentence.mention_at(t) is not None for c in subject.children if c.dep_ == "appos" for t in c.subtree)
    return sentence.mention_at(subject) is None and not told and any(c.lower_ in _ARTICLES for c in subject.children)


def follows_nameless(talk: Discourse, sentence: Sentence, token: Token) -> bool:
    """Whether a pronoun that is the subject, or has it, goes on about a nameless firm."""
    if talk.nameless != (sentence.index - 1, sentence.paragraph):
        return False
    top = token.head if token.dep_ == "poss" else token
    return top.dep_ in _SUBJECTS and top.head.dep_ == "ROOT"
