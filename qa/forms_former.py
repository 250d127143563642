"""The form for who had a post before somebody, or until some time, and for who has it after somebody."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.forms_people import post
from qa.lexicon import Sense
from qa.query import Link, Node, Query, Stage
from qa.words import lemmas

_FOLLOW = (
    r"(?:succeed(?:s|ed)?|replac(?:e|es|ed)|follow(?:s|ed)?|com(?:e|es) after|came (?:in )?after"
    r"|(?:take|takes|took) over from|(?:steps?|stepped) in for)"
)
_WHO = r"(?:who|whom|which (?:[\w-]+ ){0,2}?[\w-]+|what person)"
_DID = r"(?:did|has|had|does|was|is|will)"
_AFTER = re.compile(
    rf"\b{_WHO} (?:(?:has|had|will|is to|then|later|has since) )?{_FOLLOW} ⟨p⟩"
    rf"|\bby whom {_DID} ⟨p⟩ (?:been )?(?:succeeded|replaced|followed)"
    rf"|⟨p⟩ {_DID} (?:been )?(?:succeeded|replaced|followed) by\b"
    r"|⟨p⟩ ?'s? successor|\bsuccessors? (?:to|of|for) ⟨p⟩"
    rf"|\b(?:to {_WHO} {_DID} ⟨p⟩ (?:hand|pass)|{_WHO} {_DID} ⟨p⟩ (?:hand|pass|make way)\b.*\b(?:to|for)\b)",
    re.I,
)
_BEFORE = re.compile(
    rf"\b{_WHO} (?:did|has|had) ⟨p⟩ {_FOLLOW}"
    rf"|\b{_WHO} (?:was|has been|had been) (?:succeeded|replaced|followed) (?:\S+ ){{0,6}}?by ⟨p⟩"
    r"|⟨p⟩ ?'s? predecessor|\bpredecessors? (?:to|of) ⟨p⟩"
    r"|\b(?:before|until|till|ahead of|prior to) ⟨p⟩"
    rf"|\b{_WHO} (?:made way for|gave way to|(?:handed|passed) \S+(?: \S+){{0,3}} to) ⟨p⟩",
    re.I,
)
_ONCE = re.compile(
    r"\b(?:used to|no longer|once|formerly|previously) (?:be )?(?:the )?⟨l⟩"
    r"|\b(?:former|ex|previous|erstwhile|one-?time|past|old)(?: | ?- ?)(?:[\w-]+ )??⟨l⟩"
    r"|⟨l⟩.*\b(?:until|till|up to|before|prior to|in the past|in former times|any ?more|any longer)\b",
    re.I,
)


def former(draft: Draft) -> list[Query]:
    """“Who ran X until May?”, “Who was X's finance chief before P?”, “Whom did P succeed?”, “Who came after P at X?”"""
    masked = _masked(draft)
    people = [n for n in draft.named() if draft.question.people & {*n.ids}]
    firms = [n for n in draft.named() if n not in people and not draft.question.placed & {*n.ids}]
    stage: Stage = ""
    if people and _AFTER.search(masked):
        stage = "after"
    elif (people and _BEFORE.search(masked)) or (firms and (_ONCE.search(masked) or _till(draft, masked))):
        stage = "before"
    if not stage or draft.yes_no or len(firms) > 1:
        return []
    where = firms[0] if firms else Node()
    found = query("former", draft, set(), nodes=(where, *people), wanted=("Person",), words=(), soft=(), about=())
    link = Link(("leads",), "subject", where)
    return [replace(found, owner=next(iter(people), None), link=link, stage=stage, role=_role(draft))]


def _till(draft: Draft, masked: str) -> bool:
    """Whether it is asked who led up to a time: “until May”, “before 2020”."""
    span = draft.question.period
    return span is not None and "⟨l⟩" in masked and (span.relation == "before" or bool(_UNTIL.match(span.text)))


_UNTIL = re.compile(r"(?:until|till|up to|through) ", re.I)


def _masked(draft: Draft) -> str:
    """The question with ⟨p⟩ for persons, ⟨n⟩ for others and ⟨l⟩ for words of leading."""
    people = draft.question.people
    out = []
    for i, item in enumerate(draft.items):
        if item.name:
            out.append("⟨p⟩" if people & {*item.name.ids} else "⟨n⟩")
        else:
            out.append("⟨l⟩" if _leading(draft, i) else item.text)
    return " ".join(out).replace(" 's", "'s")


def _leading(draft: Draft, i: int) -> Sense | None:
    """The sense in which an item speaks of leading, not of founding."""
    item = draft.items[i]
    if _FOUNDING & {*draft.question.stems[item.start : item.end]}:
        return None
    return next((s for s in (*item.all("noun"), *item.all("verb")) if s.name == "leads"), None)


_FOUNDING = set(lemmas("founded founder co-found co-founder start started"))


def _role(draft: Draft) -> tuple[str, ...]:
    """The stems of the post that is asked for; none if it is just whoever led."""
    told = ((i, sense) for i in range(len(draft.items)) if (sense := _leading(draft, i)) is not None)
    for i, sense in told:
        stems = draft.question.stems[draft.items[i].start : draft.items[i].end]
        return post(draft, i, sense) or (draft.lexicon.role(stems) if {*stems} & _NAMED else ())
    return ()


_NAMED = set(lemmas("executive ceo president"))  # posts of whoever leads that have a name of their own
