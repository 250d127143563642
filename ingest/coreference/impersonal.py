"""Pronouns that stand for nobody: “it is expected that …”, “half of it”, “as the paper has it”."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SEEMING = {"seem", "appear", "matter", "happen", "follow", "emerge", "transpire"}
_CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl")
_SOME_OF = {
    "%",
    "half",
    "most",
    "much",
    "some",
    "part",
    "none",
    "any",
    "all",
    "little",
    "more",
    "rest",
    "bulk",
    "third",
    "quarter",
    "percent",
    "cent",
    "many",
    "few",
    "each",
    "lot",
    "bit",
}
_IDIOMS = {"have", "put", "make", "call", "take"}


def impersonal(token: Token) -> bool:
    """Whether an “it” refers to no entity."""
    if token.lower_ not in ("it", "its", "them"):
        return False
    return _share_of(token) or (token.lower_ == "it" and (_of_clause(token) or _idiom(token)))


def _share_of(token: Token) -> bool:
    """“about half of it”, “30,000 of them”: of an amount or a thing, hardly of a firm."""
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return False
    noun = token.head.head
    return noun.lemma_.lower() in _SOME_OF or noun.like_num or noun.tag_ == "CD"


def _of_clause(token: Token) -> bool:
    """The “it” of a clause that comes later: “it is clear that …”, “it was not said who …”, “it takes years to …”."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    lemma = verb.lemma_.lower()
    later = [c for c in verb.children if c.i > verb.i and c.dep_ in _CLAUSES]
    if lemma in _SEEMING:
        return True
    if lemma == "take":
        return any(c.dep_ == "xcomp" for c in later) or any(_marked(c, "for") for c in later)
    if token.dep_ == "nsubjpass":
        return any(c.dep_ in ("ccomp", "csubj") for c in later)
    return lemma == "be" and _predicate(verb, later)


def _predicate(verb: Token, later: list[Token]) -> bool:
    """“is clear that”, “is a question whether”, “is up to X to”; also the predicate alone that names no party."""
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    for word in said:
        inner = [*later, *(c for c in word.children if c.dep_ in _CLAUSES)]
        if word.pos_ == "ADJ" and any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl") for c in inner):
            controlled = all(c.dep_ == "xcomp" for c in inner) and word.lemma_.lower() in _ABLE
            return not controlled
        if (
            word.dep_ == "attr"
            and word.pos_ == "NOUN"
            and any(_marked(c, "that", "whether", "to", "which") for c in inner)
        ):
            return True
    return False


_ABLE = {
    "able",
    "unable",
    "due",
    "likely",
    "unlikely",
    "ready",
    "keen",
    "set",
    "free",
    "willing",
    "eager",
    "poised",
    "happy",
}


def _marked(clause: Token, *marks: str) -> bool:
    """Whether a clause opens with one of the words: “that …”, “for it to …”, “to which …”."""
    opening = [c for c in clause.children if c.i < clause.i]
    return any(c.lower_ in marks for c in (*opening, *(g for o in opening if o.dep_ == "prep" for g in o.children)))


def _idiom(token: Token) -> bool:
    """“rumour has it”, “as Tan puts it”, “on the face of it”."""
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.lemma_.lower() in ("face", "fact", "sound", "look")
    ):
        return True
    verb = token.head
    if token.dep_ not in ("dobj", "nsubj") or verb.lemma_.lower() not in _IDIOMS or token.i < verb.i:
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.dep_ == "dobj" and (after is None or after.is_punct or after.lower_ in ("that", "clear", "plain"))
