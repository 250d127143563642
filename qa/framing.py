"""What frames a question: how it opens (“any evidence that …”), what it ends in (“true or false?”), and sentences built
around the one that is asked for (“the firm that supplies X – who is it?”, “is X the firm that Y depends on?”).
"""

from __future__ import annotations

import re

_NAME = r"[A-Z0-9][\w&.+-]*(?: [A-Z0-9][\w&.+-]*){0,3}"
_KIND = r"(?:(?!(?:that|which|who|of|behind|to|for|in|at|by|from|with|on)\b)(?-i:[a-z])[\w-]*(?: (?=[a-z])|(?= ))){1,3}"
_SIGN = (
    r"(?:evidence|signs?|indications?|hints?|proof|suggestions?|word|news|confirmation|truth (?:in|to) (?:the )?"
    r"(?:story|claim|rumou?r|report|idea|notion|suggestion)s?)"
)
_KNOW = (
    r"(?:do (?:we|you) (?:happen to )?know|does any(?:one|body) know|is it known|(?:please )?tell me|i wonder|"
    r"i(?:['’]d| would) like to know|i want to know|(?:can|could) (?:you|we|any(?:one|body)) (?:please )?"
    r"(?:tell me|say|confirm|verify|check|find out)|have you heard|any idea|please check|check|find out)"
)
_OPENING = re.compile(
    rf"^(?:(?:(?:is|are) there |do (?:we|you) have |have (?:we|you) )?(?:any |some )?{_SIGN} (?:yet )?that"
    rf"|{_KNOW},? (?:whether|if|that)) (?=\w)",
    re.I,
)
_CLOSING = re.compile(
    r"(?:,? (?:true or false|yes or no|right or wrong|or not)"
    r"|\s*[-–—,:;] ?(?:true or false|yes or no|right or wrong|fact or fiction|real or (?:exaggerated|imagined)"
    r"|confirmed|true|really|can you confirm(?: that)?|any truth in (?:that|it|this)"
    r"|(?:is|was) (?:that|this) (?:right|so|true|correct)))\s*[?.!]*$",
    re.I,
)
_OR_ELSE = re.compile(
    r"^(?P<asked>(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b.+), or "
    r"(?:is|are|was|were|do|does|did|has|have|had|will) (?:it|they|he|she|that)\b[^,]*$",
    re.I,
)
_ASIDE = re.compile(
    r",? (?:in a nutshell|so to speak|as it were|strictly speaking|by any chance|to your knowledge|if you like"
    r"|as far as (?:you|we|anybody|anyone) knows?)(?=,|[?.!]*$),?",
    re.I,
)
_WHO_IS_IT = re.compile(
    rf"^(?:the|that|those) (?:one |single |only )?(?P<kind>{_KIND}) "
    r"(?:(?:that|which|who) (?P<does>.+?)|(?P<done>(?-i:[A-Z]).+?))\s*(?: [-–—]|,|:) (?:so )?"
    r"(?:who|what|which)(?: one)?"
    r"(?: is| are| was| were|['’]s) (?:it|he|she|they|that|those|these)(?: (?:called|named|known as))?\s*\?*$",
    re.I,
)
_NAME_OF = re.compile(
    r"^(?:(?:what|which) (?:is|was|are|were) |give me |list |name )?the names? of the "
    rf"(?P<kind>{_KIND}) (?:(?:that|which|who) (?P<does>.+?)|(?P<done>(?-i:[A-Z]).+?))\s*\?*$",
    re.I,
)
_THE_ONE = re.compile(
    rf"^(?:is|was|are|were) (?P<who>(?-i:{_NAME})) "
    rf"(?:the {_KIND}|something|some(?:one|body)|what)"
    rf"(?:,? (?:that|which|who|whom)|,? (?P<prep>on|to|from|for|with|in|by|of|at|without) (?:which|whom))? "
    rf"(?P<clause>(?-i:{_NAME})(?:['’]s?)?,? (?-i:[a-z]).+?)\s*\?*$",
    re.I,
)
_OFF = re.compile(
    r"\b(?P<verb>(?:gets?|got|buys?|bought|sources?|sourced|orders?|ordered|purchases?|purchased)\b[^?]{0,40}?) off "
    r"(?=[A-Z])"
)
_LARGER = re.compile(r"^(?P<of>of|in|into|to) which (?:larger|bigger|wider|broader|greater) ", re.I)
_STOPPED = re.compile(
    r"^(?P<aux>has|have|had|did) (?P<who>.+?) (?:stop(?:ped)?|ceased?|quit|given up|discontinued?) (?P<doing>\w+ing)\b",
    re.I,
)


def unframed(text: str) -> str:
    """The question without its frame.

    >>> unframed("Any evidence that X is on Y's list?"), unframed("X orders from Y – confirmed?")
    ("X is on Y's list?", 'X orders from Y?')
    >>> unframed("The firm that supplies X – who is it?"), unframed("Is X the firm on which Y depends?")
    ('which firm supplies X?', 'Y depends on X?')
    """
    text = _ASIDE.sub("", _OPENING.sub("", _CLOSING.sub("?", text)))
    if found := _OR_ELSE.match(text):
        text = f"{found['asked']}?"
    if found := _WHO_IS_IT.match(text) or _NAME_OF.match(text):
        return f"which {found['kind']} {found['does'] or found['done']}?"
    if found := _THE_ONE.match(text):
        return " ".join(filter(None, (found["clause"], found["prep"], found["who"]))) + "?"
    text = _LARGER.sub(r"\g<of> which ", text)
    text = _STOPPED.sub(r"\g<aux> \g<who> no longer \g<doing>", text)
    return _OFF.sub(r"\g<verb> from ", text)
