"""A subject that the parser gave to the verb behind a semicolon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def part_subjects(sentence: Sentence) -> None:
    """“Acme, its first customer, and Bolt are to buy there; Crane signed”: Acme buys with Bolt, in place."""
    for verb in sentence.doc:
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i < verb.i]
        for subject in subjects[:-1]:
            mark = next((t for t in sentence.doc[subject.i : subjects[-1].left_edge.i] if t.text == ";"), None)
            nearer = _verb_before(verb, subject, mark.i) if mark is not None else None
            if nearer is not None:
                _give(subject, nearer)


def _verb_before(verb: Token, subject: Token, end: int) -> Token | None:
    """The clause between a subject and a semicolon that hangs on the verb behind it."""
    found = (c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and subject.i < c.i < end)
    return next(found, None)


def _give(subject: Token, verb: Token) -> None:
    partner = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.i > subject.i), None)
    joined = partner is not None and any(c.dep_ == "cc" and c.i < partner.i for c in subject.children)
    if partner is not None and joined:
        subject.head, subject.dep_ = verb, partner.dep_
        partner.head, partner.dep_ = subject, "conj"
    elif partner is None:
        subject.head, subject.dep_ = verb, "nsubj"
