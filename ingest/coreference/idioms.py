"""Set phrases whose “it” is no entity: “rumour has it”, “as Tan puts it”, “on the face of it”, “they called it off”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import verb_name

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIGHT = {"have", "put", "make", "call", "take"}
_OF_DEEDS = {
    "do",
    "guess",
    "believe",
    "admit",
    "doubt",
    "deserve",
    "call off",
    "carry out",
    "pass on",
    "pull off",
    "put off",
}
_FACES = {"face", "fact", "sound", "look"}


def idiom(token: Token) -> bool:
    """Whether an “it” belongs to a set phrase, or is a deed or a statement."""
    above = token.head
    if token.dep_ == "pobj":
        return (above.lower_ == "of" and above.head.lemma_.lower() in _FACES) or _seen_to(above)
    if any(c.lower_ == "all" and c.i == token.i + 1 for c in token.children):  # “it all”
        return True
    if token.dep_ == "nsubj":
        return _as_it_is(above)
    after = token.dep_ == "dobj" and token.i > above.i
    return bool(after) and (verb_name(above) in _OF_DEEDS or _said(token, above))


def _seen_to(preposition: Token) -> bool:
    """“see to it that …”."""
    return bool(preposition.lower_ == "to" and preposition.head.lemma_ == "see")


def _as_it_is(verb: Token) -> bool:
    """“as it happens”, “was left as it was”."""
    marked = any(c.lower_ == "as" and c.dep_ == "mark" for c in verb.children)
    alone = not any(c.i > verb.i and not c.is_punct for c in verb.children)
    return bool(marked and alone and verb.lemma_ in ("be", "happen", "stand"))


def _said(token: Token, verb: Token) -> bool:
    """“rumour has it that …”, “as Tan put it last week”."""
    if verb.lemma_.lower() not in _LIGHT:
        return False
    if any(c.lower_ == "as" and c.dep_ == "mark" for c in verb.children):
        return True
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is None or after.is_punct or after.lower_ in ("that", "clear", "plain")
