"""What people say around a question: greetings, thanks, why they ask, asides in brackets; taken out first."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"^(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|dear \w+)\b[^.!?,;:]{0,20}[.!,;:]+\s+", re.I
)
_THANKS = re.compile(r"(?<=[?.!])\s+(?:thank you|thanks|many thanks|cheers)\b[^?]{0,20}$", re.I)
_PURPOSE = re.compile(
    r"^(?:for (?:an?|my|our|the) (?!year|quarter|month|first|second|third|fourth|last|next)[a-z][a-z -]{2,40}"
    r"|(?:quick|one|just a|another) (?:more )?question|question"
    r"|(?:i|we)(?:['’]m| am|['’]re| are|['’]ve| have)? "
    r"(?:writing|working|researching|preparing|looking|trying)\b[^.;:?]{0,80}"
    r"|(?:i |we )?need (?:an?|the|to)\b[^.;:?]{0,60})\s*[:;.–—-]\s+(?=\w)",
    re.I,
)
_HOLDING = re.compile(
    r"^(?:we|i) (?:hold|own|cover|follow|like|bought|have (?:a position|shares) in) (?P<who>[^.;:?]{2,40})[.;]\s+", re.I
)
_ASIDE = re.compile(r"\s*\([^()A-Z0-9]{3,60}\)")
_FOR_ME = re.compile(r"\bfor (?:me|us)\b,?\s*", re.I)
_ASKED = re.compile(r"^(?:can|could|would|will) you (?:please |kindly )?(?=(?:list|name|give|show)\b)", re.I)
_EVERYBODY = re.compile(r"^(?:every(?:one|body)|all those|those|anyone|anybody) (?=who\b)", re.I)
_OWN_ACCOUNT = re.compile(
    r"^(?i:by|on|according to) (?P<who>[A-Z][\w&. -]{1,40}?)(?:['’]s (?:own )?"
    r"(?:account|telling|word|words|figures|numbers|reckoning|version|admission))?, "
    r"(?P<does>is|are|was|were|do|does|did|has|have|had|will|would|can|could) "
    r"(?:it|they|he|she) (?P<rest>.+?)(?P<end>[?.!]*)$"
)


_STATEMENT = re.compile(r"^[A-Z][^.?!]{20,}[a-z0-9]\. +(?=[A-Z][^.]*\?$)")


def told_before(text: str) -> bool:
    """Whether somebody first states what the question then leans on: “Acme bought a chipmaker. Who runs it?”"""
    return _STATEMENT.match(unprefaced(text)) is not None


def unprefaced(text: str) -> str:
    """The question by itself.

    >>> unprefaced("Hello! For a term paper: who supplies Acme (roughly)? Thank you.")
    'who supplies Acme?'
    >>> unprefaced("By Acme's own account, has it supplied Bolt?")
    'has Acme supplied Bolt according to Acme?'
    """
    text = _THANKS.sub("", _GREETING.sub("", text))
    text = _of_the_held(_PURPOSE.sub("", text))
    text = (
        _EVERYBODY.sub("", _ASKED.sub("", _FOR_ME.sub("", _ASIDE.sub("", text)))).replace(" ?", "?").replace(" ,", ",")
    )
    return _OWN_ACCOUNT.sub(r"\g<does> \g<who> \g<rest> according to \g<who>\g<end>", text)


def _of_the_held(text: str) -> str:
    """“We own Acme. What does it earn?” as a question about Acme."""
    held = _HOLDING.match(text)
    if held is None:
        return text
    rest = re.sub(r"\bits\b", f"{held['who']}'s", text[held.end() :], count=1)
    return re.sub(r"\bit\b", held["who"], rest, count=1)
