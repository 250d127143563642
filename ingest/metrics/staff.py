"""When a number of people is a firm's headcount: who employs, hires or sheds them, not who queues or is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PEOPLE = words("people")
_PERSONS = frozenset(["his", "her", "my"])
_TEAMS = words("teams")
_SHEDDING = words("shedding")
_HIRING = words("hiring")
_STAFFING = words("staffing") | _SHEDDING | _HIRING


def is_staff(sentence: Sentence, term: Term) -> bool:
    """Whether a word for people tells a headcount here; “headcount” and “workforce” always do."""
    head = sentence.doc[term.root]
    if head.lower_ not in _PEOPLE or any(c.dep_ == "poss" and c.lower_ not in _PERSONS for c in head.children):
        return True  # “its 150 employees”
    while head.dep_ in ("conj", "appos") and head.head.pos_ in ("NOUN", "PROPN", "NUM"):
        head = head.head
    if head.dep_ == "pobj" and head.head.head.lemma_.lower() in _TEAMS:
        return True  # “a unit with 300 engineers”, “a team of 20”
    verb = head.head.head if head.dep_ == "pobj" else head.head
    return head.dep_ in ("ROOT", "attr") or verb.lemma_.lower() in _STAFFING or verb.dep_ == "acl"


def staff_move(sentence: Sentence, amount: Amount) -> int:
    """+1 for people hired, −1 for people or jobs shed, 0 for anything else."""
    root = sentence.doc[amount.root]
    noun = root.head if root.dep_ in ("nummod", "compound", "quantmod") else root
    if amount.span.kind != "count" or noun.lower_ not in _PEOPLE:
        return 0
    if noun.dep_ == "nsubj" and _goes(noun.head):
        return -1
    verb = noun.head.lemma_.lower() if noun.dep_ in ("dobj", "nsubjpass") else ""
    return -1 if verb in _SHEDDING else int(verb in _HIRING)


def _goes(verb: Token) -> bool:
    """“1,700 jobs are to go”, “200 employees lost their jobs”."""
    verbs = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
    if any(v.lemma_.lower() in words("going") and not any(c.dep_ == "dobj" for c in v.children) for v in verbs):
        return True
    lost = (c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in ("job", "position", "post", "role"))
    return verb.lemma_.lower() == "lose" and any(True for _ in lost)
