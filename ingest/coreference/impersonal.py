"""Pronouns that stand for nobody: “it is expected that …”, “half of it”, “as the paper has it”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.coreference.idioms import idiom

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
_TIME = {"age", "day", "decade", "hour", "minute", "month", "quarter", "time", "week", "year"}


def impersonal(token: Token) -> bool:
    """Whether an “it” refers to no entity."""
    if token.lower_ not in ("it", "its", "them"):
        return False
    return _share_of(token) or (token.lower_ == "it" and (_of_clause(token) or idiom(token)))


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
        return any(c.dep_ == "xcomp" for c in later) or any(_marked(c, "for") for c in later) or _takes_time(verb)
    if token.dep_ == "nsubjpass":
        return any(c.dep_ in ("ccomp", "csubj") for c in later)
    return lemma == "be" and (_predicate(verb, later) or _cleft(token, verb) or _likened(verb))


def _takes_time(verb: Token) -> bool:
    """“took the firm until May to …”, “takes a year to …”: nobody takes the time."""
    spent = any(c.dep_ == "dobj" and c.lemma_.lower() in _TIME for c in verb.children)
    until = any(c.dep_ == "prep" and c.lower_ == "until" for c in verb.children)
    return (spent or until) and any(g.lower_ == "to" for c in verb.children if c.i > verb.i for g in c.children)


def _cleft(token: Token, verb: Token) -> bool:
    """“it is Acme that sells them”, “if it were them”: who it is comes after the verb."""
    said = next((c for c in verb.children if c.dep_ == "attr" and c.i > verb.i), None)
    if said is None or said.tag_ not in ("NNP", "NNPS", "PRP"):
        return False
    told = [c for c in (*said.children, *verb.children) if c.dep_ in ("relcl", "ccomp")]
    told += [verb.head] * (verb.dep_ == "ccomp")
    return said.tag_ == "PRP" or any(
        g.tag_ in ("WDT", "WP") and g.i > said.i > token.i for c in told for g in c.children
    )


def _likened(verb: Token) -> bool:
    """“it was as if somebody …”, “it is as simple as that”."""
    after = verb.doc[verb.i + 1 : verb.i + 5]
    opens = len(after) > 1 and after[0].lower_ == "as" and after[1].lower_ in ("if", "though")
    return opens or (len(after) > 3 and [after[0].lower_, after[2].lower_, after[3].lower_] == ["as", "as", "that"])


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


def _marked(clause: Token, *marks: str) -> bool:
    """Whether a clause opens with one of the words: “that …”, “for it to …”, “to which …”."""
    opening = [c for c in clause.children if c.i < clause.i]
    return any(c.lower_ in marks for c in (*opening, *(g for o in opening if o.dep_ == "prep" for g in o.children)))
