"""A question brought into plain order before it is read: control characters out, courtesy dropped, prepositions in
place.
"""

from __future__ import annotations

import re
import unicodedata

from qa.amounts import plainer
from qa.attribution import source_asked
from qa.coordinate import written_out
from qa.framing import unframed
from qa.fronted import having, preposition_last, unfronted, whereabouts
from qa.goods import goods
from qa.outdo import outdone, turnover
from qa.preface import unprefaced
from qa.quarters import of_their_years
from qa.soil import on_the_map
from qa.turns import plainly

LONGEST = 600

_SPACE = re.compile(r"\s+")
_COURTESY = re.compile(
    r"^(?:please,? |(?:can|could|would|will) you (?:please )?(?:tell|show|give) me,? "
    r"|(?:please )?tell me,? (?!about\b|more\b|of\b)|do you know,? (?=who|what|which|how|when|whether)"
    r"|(?:(?:can|could|would|will) you )?(?:please )?explain (?:to me )?(?=who|what|where)"
    r"|i(?:'d| would) like to know,? |i wonder,? |i want to know,? |so,? |ok,? )+",
    re.IGNORECASE,
)


_SHORT_IS = re.compile(r"\b(what|who|where|how|when|which|that|it|he|she|there|whose)['’]s\b", re.I)
_SHORT_NOT = re.compile(r"\b(ca|wo|is|are|was|were|do|does|did|has|have|had|could|would|should|might)n['’]t\b", re.I)
_STEMS = {"ca": "can", "wo": "will"}
_TOPIC = re.compile(
    r"^(?P<topic>[^:?;]{3,90}?)\s*(?::|\s[-–—])\s+"
    r"(?P<rest>(?:and )?(?:who|which|what|how|whose|when|where|is|are|was|were|do|does|did|has)\b"
    r".*?)(?P<end>[?.!]*)$",
    re.I,
)
_SUPPOSING = re.compile(r"^(?:suppose|supposing|if|assuming|assume|say|given|imagine)\b", re.I)
_NUMBER_OF = re.compile(r"^(?:the )?(?:number|count) of (?=\w)", re.I)
_POINTING = re.compile(r"^(?:what|who) (?:is|are) (?:that|it|this|those|they|he|she)$", re.I)
_MONTH_QUARTER = re.compile(
    r"\b(?:the )?((?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October) "
    r"((?:19|20)\d\d) quarter\b",
    re.I,
)
_SAYS_SO = re.compile(r",? and (?:who says so|says who|according to whom|who says that)\s*[.!?]*$", re.I)
_EXPECTS = r"(?:expect|forecast|predict|look(?:ing|ed)? for|reckon|estimate|hope)"
_OTHERS = r"(?:analysts|the market|the street|wall street|observers|the city)"
_MARKET = re.compile(rf"\b{_OTHERS}\b(?= (?:had |has |have )?{_EXPECTS})", re.I)
_EXPECTED = re.compile(rf"\bwhat {_OTHERS} (?:had |have |has )?(?:been )?{_EXPECTS}\w*(?: for)?", re.I)
_IS_UP = re.compile(
    r"\bhow much (?:was|is|were|are) (?P<whose>(?!that\b|it\b|this\b)[^,?]{2,80}?) (?P<way>up|down)\b(?! to\b| for\b)",
    re.I,
)
_SEEN = r"(?:see|seen|saw|read|heard|hear|find|found|came across|seeing|come across)"
_I_SAW = re.compile(
    rf"^i(?:['’]ve| have|['’]m|['’]d)? {_SEEN} (?P<what>[^,.;:?]+)[,.;:]+ (?:so )?(?:what|which)\b.*$", re.I
)
_WH_LAST = re.compile(
    r"^(?P<rest>(?!who|what|which|how|whose|when|where|is |are |was |were |do |does |did |has |have )[^,:;]{3,80}?) "
    r"(?P<preposition>to|from|by|with|in|of|for) (?P<wh>whom|who|what|which(?: \w+){1,3})(?P<end>[?.!]*)$",
    re.I,
)
_TAG = re.compile(
    r", (?:right|correct|yes|no|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)(?:n['’]t)? "
    r"(?:it|they|he|she|that))\s*\?+$",
    re.I,
)
_TRUE = re.compile(r"^(?:is it (?:true|right|correct|the case)|am i right (?:in thinking )?) ?that (?=\w)", re.I)
_CLEFT = re.compile(r"^(?i:is|was) it (?P<who>[A-Z][^,?]{1,60}?) (?:that|who|which) (?P<rest>\w)")
_ALL = re.compile(r"^(?:(?:give|show|find|get) me|list|name) (?:everything|all|anything)(?: that)? (?=[A-Z])", re.I)
_LIST_OF = re.compile(
    r"^(?:(?:give|show|find|get) me|list|name) (?:a list of |the names of )?(?:all |every |the |of |any )*"
    r"(?P<what>(?:[\w-]+ ){0,2}[\w-]+s) (?:(?:that|which|who) |(?=(?:the )?[A-Z]))(?P<rest>\w)",
    re.I,
)
_BE_LAST = re.compile(
    r"^(?P<wh>what|who|where) (?P<who>(?:the |an? )?"
    r"(?!(?:is|are|was|were|do|does|did|has|have|had|will|would) )[^,?:;]{1,60}?)"
    r" (?P<be>is|are|was|were)(?P<end>[?.!]*)$",
    re.I,
)
_CLAUSE_LAST = re.compile(
    r"^(?P<ask>where (?:is|are|was|were) (?:the|that|a) [^,?]{2,50}?) (?P<verb>based|located|headquartered) "
    r"(?P<clause>(?:that|which|who) [^,?]+?)(?P<end>[?.!]*)$",
    re.I,
)
_LAST = re.compile(
    r"[,.?!;]?\s+(?:(?:names?|figures?|numbers?|sources?),? )?(?:please|pls|thanks|thank you)\s*[.!?]*$", re.I
)


def clean(question: str) -> str:
    """The question without control characters and runs of blanks, cut to four times the longest that is read."""
    text = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in question[: LONGEST * 4]
    )
    return _SPACE.sub(" ", text).strip()


def plain_order(question: str) -> str:
    """The question without words of courtesy, and a preposition before the question word put behind its verb's place.

    >>> plain_order("Can you tell me from whom X buys its memory?"), plain_order("X supplies Y, doesn't it?")
    ('whom X buys its memory from?', 'X supplies Y?')
    >>> plain_order("Tell me what the Kestrel is.")
    'what is the Kestrel.'
    """
    question = unframed(_TRUE.sub("", _TAG.sub("?", unprefaced(question))))
    text = _NUMBER_OF.sub(
        "how many ", _topic_last(_spelt_out(_SAYS_SO.sub("?", _LAST.sub("?", _COURTESY.sub("", question)))))
    )
    text = of_their_years(text)
    text = goods(_BE_LAST.sub(r"\g<wh> \g<be> \g<who>\g<end>", on_the_map(text)))
    text = _ALL.sub("what ", whereabouts(text))
    text = _LIST_OF.sub(r"which \g<what> \g<rest>", _CLEFT.sub(r"\g<who> \g<rest>", text))
    text = _CLAUSE_LAST.sub(r"\g<ask> \g<clause> \g<verb>\g<end>", text)
    text = _I_SAW.sub(r"What \g<what> are there?", text)
    text = source_asked(written_out(text))
    text = _MARKET.sub("analysts", _EXPECTED.sub("analysts' expectations", text))
    text = _IS_UP.sub(lambda m: f"how much did {m['whose']} {'rise' if m['way'].lower() == 'up' else 'fall'}", text)
    text = unfronted(having(plainly(turnover(outdone(plainer(text))))))
    text = _MONTH_QUARTER.sub(r"the quarter to \1 \2", text)
    last = _WH_LAST.match(text)
    if last:
        return f"{last['wh']} {last['rest']} {last['preposition'].lower()}{last['end']}"
    return preposition_last(text)


def _spelt_out(text: str) -> str:
    """“what's” and “isn't” in two words each."""
    text = _SHORT_IS.sub(r"\1 is", text)
    return _SHORT_NOT.sub(lambda m: f"{_STEMS.get(m[1].lower(), m[1])} not", text)


def _topic_last(text: str) -> str:
    """What a question is about behind it: “X - what is that?” and “memory, 2025: who leads?” put in plain order.

    >>> _topic_last("Kestrel - what is that?"), _topic_last("Memory, 2025: who leads?")
    ('what is Kestrel?', 'who leads, Memory, 2025?')
    """
    found = _TOPIC.match(text)
    if not found or _SUPPOSING.match(text):
        return text
    if _POINTING.match(found["rest"]):
        return f"{' '.join(found['rest'].split()[:2])} {found['topic']}{found['end']}"
    return f"{found['rest']}, {found['topic']}{found['end']}"
