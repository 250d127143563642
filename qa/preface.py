"""What people say around a question: greetings, thanks, why they ask, asides in brackets; taken out first."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"^(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|dear \w+)\b(?!-)[^.!?,;:]{0,20}[.!,;:]+\s+", re.I
)
_THANKS = re.compile(r"(?<=[?.!])\s+(?:thank you|thanks|many thanks|cheers)\b[^?]{0,20}$", re.I)
_OCCASION = (
    r"(?:paper|article|story|report|memo|presentation|client|thesis|essay|project|note|colleague|friend|class|homework"
    r"|book|blog|post|piece|footnote|newsletter|study|deck)"
)
# No capitals and no digits in what is left out, which would be whom or when the question is about.
_PURPOSE = re.compile(
    rf"^(?:(?i:for) (?:an?|my|our|the) (?:[a-z]+ ){{0,2}}{_OCCASION}"
    r"|(?i:(?:quick|one|just a|another) (?:more )?question|question)"
    r"|(?:I|i|We|we)(?:['’]m| am|['’]re| are|['’]ve| have)? "
    r"(?:writing|working|researching|preparing|looking|trying)\b[^.;:?A-Z0-9]{0,80}"
    r"|(?:(?:I|i|We|we) )?(?i:need) (?:an?|the) (?:source|quote|reference)\b[^.;:?A-Z0-9]{0,60})\s*[:;.–—-]\s+(?=\w)"
)
_HOLDING = re.compile(
    r"^(?:we|i) (?:hold|own|cover|follow|like|bought|have (?:a position|shares) in) (?P<who>[^.;:?]{2,40})[.;]\s+", re.I
)
_GLOSS = re.compile(r",?\s*\(?\b(?:i\.e\.|viz\.|that is to say,?|in other words,?)\s[^?()]*?\)?(?=\s*\?|$)")
_ASIDE = re.compile(
    r"\s*\((?:roughly|approximately|not (?:just|only|merely)"
    r"|if (?:any|known|possible)|i (?:think|believe|guess)|please|just curious)"
    r"[^()A-Z0-9]{0,40}\)"
)
_FOR_ME = re.compile(r"\b(?i:for) (?:me|us)\b,?\s*")
_ASKED = re.compile(r"^(?:can|could|would|will) you (?:please |kindly )?(?=(?:list|name|give|show)\b)", re.I)
_EVERYBODY = re.compile(r"^(?:every(?:one|body)|all those|those|anyone|anybody) (?=who\b)", re.I)
_ACCOUNT = r"['’]s (?:own )?(?:account|telling|word|words|figures|numbers|reckoning|version|admission)"
_OWN_ACCOUNT = re.compile(
    rf"^(?i:(?:by|on) (?=[^,]*{_ACCOUNT},)|according to )(?P<who>[A-Z][\w&. -]{{1,40}}?)(?:{_ACCOUNT})?, "
    r"(?P<does>is|are|was|were|do|does|did|has|have|had|will|would|can|could) "
    r"(?:it|they|he|she) (?P<rest>.+?)(?P<end>[?.!]*)$"
)


def unprefaced(text: str) -> str:
    """The question by itself.

    >>> unprefaced("Hello! For a term paper: who supplies Acme (roughly)? Thank you.")
    'who supplies Acme?'
    >>> unprefaced("What did it run, i.e. switch on (not just sign for)?")
    'What did it run?'
    >>> unprefaced("By Acme's own account, has it supplied Bolt?")
    'has Acme supplied Bolt according to Acme?'
    """
    text = _THANKS.sub("", _GREETING.sub("", text))
    text = _of_the_held(_PURPOSE.sub("", text))
    text = _FOR_ME.sub("", _ASIDE.sub("", _GLOSS.sub("", text))).replace(" ?", "?").replace(" ,", ",")
    text = _EVERYBODY.sub("", _ASKED.sub("", text))
    return _OWN_ACCOUNT.sub(r"\g<does> \g<who> \g<rest> according to \g<who>\g<end>", text)


def _of_the_held(text: str) -> str:
    """“We own Acme. What does it earn?” as a question about Acme."""
    held = _HOLDING.match(text)
    if held is None:
        return text
    rest = re.sub(r"\bits\b", f"{held['who']}'s", text[held.end() :], count=1)
    return re.sub(r"\bit\b", held["who"], rest, count=1)
