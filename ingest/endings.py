"""What is over or came to nothing: deals called off, plans dropped, talks that fell through, what a firm used to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import verb_name
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNDOING, _FAILING = words("undoing"), words("failing")
_DEALINGS, _DEALS = words("dealings"), words("deals")
_ONCE = {"once", "formerly", "previously"}
_STATES = {"be", "have", "own", "remain"}
_STOPPING = {"stop", "cease", "halt", "quit", "end"}
_NOTHING = {"nothing", "naught", "nought"}


def ended(trigger: Token) -> str | None:
    """The word that says that what a verb or noun states is no longer so, or never came about; None if none does."""
    return _undone(trigger) or _bygone(trigger) or _undone_later(trigger)


def _undone(trigger: Token) -> str | None:
    """“called off the takeover”, “dropped plans to buy it”, “the deal fell through”."""
    noun = _undertaking(trigger)
    if noun is None:
        return None
    governor = noun.head
    name = verb_name(governor)
    if noun.dep_ in ("dobj", "nsubjpass") and name in _UNDOING:
        return name
    if noun.dep_ == "nsubj" and (name in _FAILING or _to_nothing(governor)):
        return name
    if noun.dep_ == "pobj" and f"{governor.head.lemma_.lower()} {governor.lower_}" in _UNDOING:
        return f"{governor.head.lemma_.lower()} {governor.lower_}"
    undone = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and verb_name(c) in _UNDOING)
    return next((verb_name(c) for c in undone), None)


def _undone_later(trigger: Token) -> str | None:
    """“agreed to buy it, but the deal collapsed”, “was to be merged into it; both called the whole thing off”."""
    if trigger.lemma_.lower() not in _DEALINGS:
        return None
    for noun in trigger.doc[trigger.i + 1 :]:
        verb = noun.head
        if noun.lemma_.lower() not in _DEALS or trigger.is_ancestor(noun) or not _definite(noun):
            continue
        name = verb_name(verb)
        undone = noun.dep_ in ("dobj", "nsubjpass", "nsubj") and name in _UNDOING and verb != trigger
        if (undone and (noun.dep_ != "nsubj" or verb.tag_ == "VBN")) or (noun.dep_ == "nsubj" and name in _FAILING):
            return name
    return None


def _definite(noun: Token) -> bool:
    """Whether a noun goes back to what was told before: “the deal”, not “a deal”, not “the deal with Acme”."""
    own = any(c.dep_ in ("prep", "acl", "relcl", "poss", "compound") for c in noun.children)
    return not own and any(c.lower_ in ("the", "that", "this", "these", "those") for c in noun.children)


def _undertaking(trigger: Token) -> Token | None:
    """The noun that is undone with what the trigger says: itself, or the plan that it is the content of."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        return trigger
    head = trigger.head
    if trigger.dep_ == "acl" and trigger.tag_ == "VB" and head.pos_ == "NOUN":
        return head
    if trigger.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ == "NOUN":
        return head.head
    return None


def _stopping(clause: Token) -> bool:
    """“before it stopped supplying it”, “until it quit”."""
    marked = any(c.dep_ == "mark" and c.lower_ in ("before", "until") for c in clause.children)
    return clause.dep_ == "advcl" and marked and clause.lemma_ in _STOPPING


def _to_nothing(verb: Token) -> bool:
    """“came to nothing”, “fell apart”."""
    if verb.lemma_ == "come":
        return any(g.lower_ in _NOTHING for c in verb.children if c.lower_ == "to" for g in c.children)
    return verb.lemma_ == "fall" and any(c.lower_ in ("apart", "through") for c in verb.children)


def _bygone(trigger: Token) -> str | None:
    """“used to supply”, “was to have bought”, “was once a supplier”, “supplied it until 2022”."""
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else trigger.head
    above = verb.head
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if verb.dep_ == "xcomp" and above.tag_ == "VBD":
        if above.lemma_ == "use" and not any(c.dep_ == "auxpass" for c in above.children):
            return "used to"
        if above.lemma_ == "be" and {"to", "have"} <= helpers:
            return "was to have"
    if verb.tag_ != "VBD":
        return None
    if trigger != verb and trigger.dep_ != "attr":
        return None
    once = next((c.lower_ for c in verb.children if c.lower_ in _ONCE and c.dep_ == "advmod"), None)
    if once is not None and verb.lemma_ in _STATES:
        return str(once)
    if any(_stopping(c) for c in verb.children):
        return "until it stopped"
    until = (c for c in (*verb.children, *trigger.children) if c.lower_ == "until" and c.dep_ == "prep")
    return next((str(c.lower_) for c in until), None)
