"""Questions whether there is anybody at all, turned into the question who it is: “does X have any customers in Y?”."""

from __future__ import annotations

import re

_BUT = r"(?:but|besides|except|other than|apart from|aside from)"
_EXCEPT = re.compile(rf"^{_BUT} ", re.I)
_WHOM = r"(?:an(?:y|other)|some|other|any other)"
_DOES = r"(?:does|do|did|has|have|had|is|are|was|were|can|could|will|would)"
_SOMEBODY = re.compile(
    rf"^(?:(?:is|are|was|were) there|{_DOES}) (?P<whom>any(?:one|body)|some(?:one|body))(?: else)?"
    rf"(?: (?P<but>{_BUT} .+?))?(?: (?:who|that))? (?P<rest>(?!{_BUT})\w.*?)(?P<end>[?.!]*)$",
    re.I,
)
_THERE = re.compile(
    rf"^(?:is|are|was|were) there {_WHOM} (?P<what>.+?)(?: (?:who|that|which) (?P<rest>.+?))?(?P<end>[?.!]*)$", re.I
)
_HAS = re.compile(
    rf"^(?:does|do|did|has|have) (?P<who>.+?) (?:have|got|had) {_WHOM} (?P<what>.+?)"
    rf"(?P<rest> (?:{_BUT}|in|from|for|with|at|of) .+?)?(?P<end>[?.!]*)$",
    re.I,
)


def asked_who(text: str) -> str | None:
    """The question who it is, of one whether there is anybody; None for any other.

    >>> asked_who("Does X have any customers in Y?"), asked_who("Does anyone but X make it?")
    ('which customers does X have in Y?', 'who make it besides X?')
    >>> asked_who("Are there any Dutch suppliers of X?"), asked_who("Is there any firm that supplies X?")
    ('which Dutch suppliers of X are there?', 'which firm supplies X?')
    """
    if found := _SOMEBODY.match(text):
        but = f" besides {_EXCEPT.sub('', found['but'])}" if found["but"] else ""
        return f"who {found['rest']}{but}{found['end']}"
    if found := _THERE.match(text):
        return f"which {found['what']} {found['rest'] or 'are there'}{found['end']}"
    if found := _HAS.match(text):
        return f"which {found['what']} does {found['who']} have{found['rest'] or ''}{found['end']}"
    return None
