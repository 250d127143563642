"""What stands in front of a question put where the verb has it: prepositions, the noun of “whose”, “whereabouts”."""

from __future__ import annotations

import re

from qa.lexicon import lexicon
from qa.words import tokens

_AUX = r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could)"
_WHOSE = re.compile(
    r"^(?:(?P<prep>on|from|to|with|in|into|under|at|by|for|out of|through) )?"
    r"(?P<wh>whose|(?P<which>(?:which|what) [\w-]+)['’]s?) "
    rf"(?P<noun>[\w-]+(?: [\w-]+)?) (?P<aux>{_AUX}) (?P<rest>[^,:;?]+?)(?P<end>[?.!]*)$",
    re.I,
)
_IS = re.compile(
    r"^(?P<wh>whose|(?P<which>(?:which|what) [\w-]+)['’]s?) (?P<noun>[\w-]+(?: [\w-]+)?) "
    r"(?:is|are|was|were|goes?|went|sits?) "
    r"(?P<rest>[^,:;?]+?)(?P<end>[?.!]*)$",
    re.I,
)

_PREPOSITION = (
    r"on|from|to|with|in|into|for|at|by|against|under|alongside|out of|over"
    r"|in (?:tandem|partnership|collaboration|co-?operation|league|concert|conjunction) with"
    r"|(?:together|jointly|along|side by side) with"
)
_FRONTED = re.compile(
    rf"^(?P<before>.*?(?:^|, ))(?P<preposition>{_PREPOSITION}) "
    r"(?P<wh>which|whom|what|whose)\b(?P<rest>.*?)(?P<end>[?.!]*)$",
    re.I | re.S,
)
_OF_WHICH = re.compile(
    r"^of (?P<wh>whom|what|which(?! of\b)(?: [\w-]+){0,3}?) "
    r"(?P<rest>(?:is|are|was|were|does|do|did|has|have) .*?)(?P<end>[?.!]*)$",
    re.I,
)
_WHEREABOUTS = re.compile(
    r"^where(?:abouts| on (?:the map|earth)| in the world| exactly)"
    r"(?P<find> (?:would|can|could|do|might|will) (?:I|you|we|one) find (?=\w))?",
    re.I,
)
_BY_WAY_OF = re.compile(
    r"^what is there (?P<where>(?:in|at|on) [^,?]+?) (?:by way of|in the way of|in terms of) "
    r"(?P<what>[^,?]+?)(?P<end>[?.!]*)$",
    re.I,
)
_GOT = re.compile(
    r"\b(?:has|have) (?P<who>(?:the )?[A-Z][^,?]*?) got(?= (?:an?|any|some)\b| in (?:its|their)\b|[?.!]*$)"
    r"(?!.*\b(?:from|cheque|check)\b)"
)
_NO_NAME = {"many", "percentage", "percent", "per", "how", "margin"}


def preposition_last(text: str) -> str:
    """The question with the preposition before its question word behind its verb.

    >>> preposition_last("Against whom is X pitted?"), preposition_last("Of which group is X a unit?")
    ('whom is X pitted against?', 'which group is X a unit of?')
    """
    text = _OF_WHICH.sub(r"\g<wh> \g<rest> of\g<end>", text)
    found = _FRONTED.match(text)
    if not found or {*found["rest"].lower().split()[:1]} & _NO_NAME:
        return text
    return f"{found['before']}{found['wh']}{found['rest']} {found['preposition'].lower()}{found['end']}"


def whereabouts(text: str) -> str:
    """“Whereabouts”, “where on the map would I find X” as plain “where”, “what is there by way of” as “which”.

    >>> whereabouts("Whereabouts is X?"), whereabouts("What is there in X by way of fabs?")
    ('where is X?', 'which fabs are there in X?')
    """
    text = _BY_WAY_OF.sub(r"which \g<what> are there \g<where>\g<end>", text)
    return _WHEREABOUTS.sub(lambda m: "where is " if m["find"] else "where", text)


def having(text: str) -> str:
    """“has X got a” as “does X have a”.

    >>> having("Has Acme got an office in Oslo?"), having("Has Acme got money from Bolt?")
    ('does Acme have an office in Oslo?', 'Has Acme got money from Bolt?')
    """
    opened = text[:1].lower() + text[1:]
    return _GOT.sub(r"does \g<who> have", opened) if _GOT.search(opened) else text


def unfronted(text: str) -> str:
    """The question with the noun of “whose” where its idiom has it; as it is if there is no such idiom.

    >>> unfronted("Whose shoes did Acme step into?"), unfronted("Whose chips did Acme buy?")
    ('who did Acme step into shoes?', 'Whose chips did Acme buy?')
    """
    if (found := _WHOSE.match(text)) is not None:
        phrase = f"{found['prep']} {found['noun']}" if found["prep"] else found["noun"]
        words = found["rest"].split(" ")
        for k in range(len(words), 0, -1):
            said = " ".join((*words[:k], phrase, *words[k:]))
            if _idiom(said, len(" ".join(words[:k])) + 1 + len(phrase)):
                return f"{found['which'] or 'who'} {found['aux']} {said}{found['end']}"
    if (found := _IS.match(text)) is not None:
        said = f"has {found['noun']} {found['rest']}"
        if _idiom(said, 4 + len(found["noun"])):
            return f"{found['which'] or 'who'} {said}{found['end']}"
    return text


def _idiom(text: str, end: int) -> bool:
    """Whether a phrase of several words for a relation holds the word that ends there, and one before it."""
    words = tokens(text)
    noun = next((i for i, t in enumerate(words) if t.end == end), -1)
    return any(
        noun in found.covered and found.covered[0] < noun and any(s.kind == "verb" for s in found.senses)
        for at in range(noun)
        for found in lexicon().find(words, at)
    )
