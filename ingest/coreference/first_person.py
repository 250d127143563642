"""“We” and “our”: the firm of whoever is quoted, or interviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.discourse import AGENTS, Discourse
from ingest.parsed import Mention, Sentence
from ingest.quotations import in_quotes, quotations
from ingest.speakers import Said, source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WE = {"we", "us", "our", "ours", "ourselves"}
_YOU = {"you", "your", "yours", "yourselves"}


def mark_first_person(talk: Discourse, sentences: Sequence[Sentence]) -> None:
    """Add what “we” and “our” stand for, once everybody else is known.

    Whoever speaks for a firm, or a firm itself, is meant; an analyst's “we”, or the writer's, stays open.
    """
    _mark_interview(talk, sentences)
    if not any(token.lower_ in _WE for sentence in sentences for token in sentence.doc):
        return
    quoted = quotations(sentences)
    for sentence in sentences:
        for token in sentence.doc:
            if token.lower_ not in _WE or sentence.mention_at(token):
                continue
            firm = _firm(talk, _speaker(sentence, token, quoted.get(sentence.index)))
            if firm is not None:
                sentence.add(Mention(token.i, token.i, token.i, token.text, "pronoun", firm))


def _mark_interview(talk: Discourse, sentences: Sequence[Sentence]) -> None:
    """“We” in the answers of an interview and “you” in its questions are the firm of who is asked."""
    asked = talk.interview
    if asked is None or asked.firm is None:
        return
    for sentence in sentences:
        words = _WE if sentence.paragraph in asked.answers else _YOU if sentence.paragraph in asked.questions else ()
        for token in sentence.doc:
            if token.lower_ in words and sentence.mention_at(token) is None:
                sentence.add(Mention(token.i, token.i, token.i, token.text, "pronoun", asked.firm))


def _speaker(sentence: Sentence, token: Token, quoted: Said | None) -> Said | None:
    if quoted is not None and in_quotes(sentence, token):
        return quoted
    return source_of(sentence, token)


def _firm(talk: Discourse, said: Said | None) -> EntityRef | None:
    who = talk.refs.get(said.entity) if said is not None and said.entity is not None else None
    if who is None or talk.watches(who):
        return None
    return talk.employer(who) if who.type == "Person" else who if who.type in AGENTS else None
