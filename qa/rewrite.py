"""A question brought into plain order before it is read: control characters out, courtesy dropped, prepositions in
place.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 600

_SPACE = re.compile(r"\s+")
_COURTESY = re.compile(
    r"^(?:please,? |(?:can|could|would|will) you (?:please )?(?:tell|show|give) me,? "
    r"|(?:please )?tell me,? (?!about\b|more\b|of\b)|do you know,? (?=who|what|which|how|when|whether)"
    r"|i(?:'d| would) like to know,? |i wonder,? |i want to know,? |so,? |ok,? )+",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^(?P<before>.*?(?:^|, ))(?P<preposition>on|from|to|with|in|into|for|at|by) "
    r"(?P<wh>which|whom|what|whose)\b(?P<rest>.*?)(?P<end>[?.!]*)$",
    re.IGNORECASE | re.DOTALL,
)


def clean(question: str) -> str:
    """The question without control characters and runs of blanks, cut to four times the longest that is read."""
    text = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in question[: LONGEST * 4]
    )
    return _SPACE.sub(" ", text).strip()


def plain_order(question: str) -> str:
    """The question without words of courtesy, and a preposition before the question word put behind its verb's place.

    >>> plain_order("Can you tell me from whom X buys its memory?")
    'whom X buys its memory from?'
    """
    text = _COURTESY.sub("", question)
    found = _FRONTED.match(text)
    if not found or found["rest"].split()[:1] == ["many"]:
        return text
    return f"{found['before']}{found['wh']}{found['rest']} {found['preposition'].lower()}{found['end']}"
