"""How amounts are spoken of, put in plainer words: “cheaper to make”, “those of X”, “how many billions”."""

from __future__ import annotations

import re

_WORD = r"(?:[\w&+-]|\.(?=\w))*"
_NAME = rf"(?-i:[A-Z0-9]{_WORD}(?: (?:[A-Z]{_WORD}|\d[\w.]*\w|\d)){{0,3}})"
_MAKE = r"(?:make|produce|build|manufacture|fabricate|assemble|turn out|put together|mass-produce|churn out|run off)"
_DEAR = r"(?:costly|expensive|dear|pricey)"
_DEARER, _DEAREST = r"(?:costlier|dearer|pricier)", r"(?:costliest|dearest|priciest)"
_HOW_DEAR = re.compile(
    rf"\bhow (?:{_DEAR}|cheap|cheaply) (?P<does>is|are|was|were) (?P<who>[^,?]+?) to {_MAKE}\b", re.I
)
_TO_MAKE = (
    (re.compile(rf"\b(?:more {_DEAR}|{_DEARER}) to {_MAKE}\b", re.I), "higher in unit cost"),
    (re.compile(rf"\b(?:cheaper|less {_DEAR}) to {_MAKE}\b", re.I), "lower in unit cost"),
    (re.compile(rf"\b(?:most {_DEAR}|{_DEAREST}) to {_MAKE}\b", re.I), "highest in unit cost"),
    (re.compile(rf"\b(?:cheapest|least {_DEAR}) to {_MAKE}\b", re.I), "lowest in unit cost"),
)
_BECOME = re.compile(
    r"^(?:has|have|did|is|are|was|were) (?P<who>[^,?]+?) (?:become|becoming|grown|growing|got|gotten|getting) "
    rf"(?:(?P<up>more {_DEAR}|{_DEARER})|(?:cheaper|less {_DEAR})) to {_MAKE}\b",
    re.I,
)
_BESIDE = r"than|against|with|to|and|or|from|by|exceed|beat|over|versus|vs\.?|outstrip|outnumber|surpass|top"
_THOSE_OF = re.compile(
    rf"\b(?P<joint>{_BESIDE}) (?:that|those|the ones?) (?:of|at|from|in) (?P<who>{_NAME})(?=[?.,!]|$)"
)
_SEVERAL = rf"{_NAME}(?:(?:, | and |, and ){_NAME})*"
_ADD = r"^(?:add|sum|pool|lump|combine) (?:up )?(?:the )?"
_TO = r"(?:to|and|with|together with)"
_ADDED = re.compile(
    rf"{_ADD}(?P<a>{_NAME})['’]s? (?P<what>[a-z][\w -]+?) {_TO} (?:(?:that|those) (?:of|at|in) )?"
    rf"(?P<b>{_SEVERAL})(?:['’]s?)?(?: together)?[?.!]*$",
    re.I,
)
_ADDED_IN = re.compile(
    rf"{_ADD}(?P<what>[a-z][\w -]+?) (?:of|in|at) (?:the )?(?P<a>{_NAME}) {_TO} (?:that|those) (?:of|in|at) "
    rf"(?P<b>{_SEVERAL})(?: together)?[?.!]*$",
    re.I,
)
_BILLIONS = re.compile(r"\bhow many (?:billions|millions|trillions|hundreds of millions)\b(?! of\b)", re.I)
_BILLIONS_OF = re.compile(
    r"\bhow many (?:billions|millions|trillions) of (?=(?:\w+ )?(?:dollars|euros|yuan|yen|won|pounds|rupees))", re.I
)
_MUCH_OF_A = re.compile(r"\bhow much of an? (?!percentage|percent|share|stake|part|portion|whole)", re.I)
_KNOWN = re.compile(
    r"^(?:is it (?:known|public|clear|said|reported|disclosed)|is there any (?:word|news|information) (?:on|about|of)"
    r"|is anything known (?:of|about)|do (?:we|you) (?:happen to )?know|does anyone know|has anyone (?:said|disclosed)"
    r"|can (?:one|you|anyone) (?:say|tell)),? (?=(?:how|what|which|who|whose|where|when)\b)",
    re.I,
)
_AS_ONE = (
    r"(?:merged|were to merge|combined|were combined|joined forces|were one(?: firm| company)?|teamed up|got together)"
)
_MERGED = re.compile(rf",? if (?P<a>{_NAME}) and (?P<b>{_NAME}) {_AS_ONE}(?P<end>[?.!]*)$", re.I)
_OF_MANY = r"(?:[a-z]+ )?(?:users|subscribers|employees|workers|staff|engineers|parameters|weights)"
_NUMBER_OF_ITS = re.compile(
    rf"^(?:(?:the )?number of|how many) (?P<who>{_NAME})(?:['’]s?)? (?P<what>{_OF_MANY})"
    r"(?= (?:in|at|by|as)\b|[,.?!]|$)",
    re.I,
)
_NUMBER_OF = re.compile(r"^(?:and )?what number of (?=\w)", re.I)
_SUM_IT_PUTS = re.compile(
    r"\bthe (?:sum|amount|money|cash|capital) (?:that )?(?:it|he|she|they) (?:is|was|are|were|has been|had been) "
    r"(?:investing|putting|ploughing|plowing|pouring|sinking) (?=in\b|into\b)",
    re.I,
)
_BECAME = re.compile(
    r"^how much (?:(?P<up>bigger|larger|higher|fatter|greater)|smaller|lower|leaner|thinner) (?:has|have|did) "
    r"(?P<who>[^,?]+?) (?:become|got|gotten|grown|get)\b(?! than)",
    re.I,
)
_CHEAPER_WITH = re.compile(
    r"^how much (?:cheaper|lower|less) (?:is|are|does|do|gets?|becomes?) (?P<what>[^,?]+?) (?:get |become |cost )?"
    rf"(?:with|on|using|thanks to) (?P<who>(?:the )?{_NAME})(?P<end>[?.!]*)$",
    re.I,
)


def plainer(text: str) -> str:
    """The question in plainer words.

    >>> plainer("Is the A1 cheaper to make than the B2?"), plainer("How many billions did X raise?")
    ('Is the A1 lower in unit cost than the B2?', 'how much money did X raise?')
    >>> plainer("Are X's stocks larger than those of Y?"), plainer("Add X's sales to those of Y and Z.")
    ("Are X's stocks larger than Y's?", 'What is the sum of the sales of X, Y and Z?')
    """
    text = _NUMBER_OF.sub("how many ", _KNOWN.sub("", text))
    text = _NUMBER_OF_ITS.sub(r"how many \g<what> does \g<who> have", text)
    text = _MUCH_OF_A.sub("how big a ", _BILLIONS_OF.sub("how many ", _BILLIONS.sub("how much money", text)))
    text = _CHEAPER_WITH.sub(r"how much does \g<who> save on \g<what>\g<end>", text)
    text = _BECAME.sub(lambda m: f"by how much has {m['who']} {'risen' if m['up'] else 'fallen'}", text)
    text = _SUM_IT_PUTS.sub("its investment ", text)
    text = _made(text)
    if merged := _MERGED.search(text):
        text = f"{text[: merged.start()]} at {merged['a']} and {merged['b']} together{merged['end']}"
    if added := _ADDED.match(text) or _ADDED_IN.match(text):
        joint = ", " if " and " in added["b"] else " and "
        return f"What is the sum of the {added['what']} of {added['a']}{joint}{added['b']}?"
    return _THOSE_OF.sub(r"\g<joint> \g<who>'s", text)


def _made(text: str) -> str:
    """What something costs to make as its unit cost: “how costly is X to build”, “X has become dearer to make”."""
    text = _HOW_DEAR.sub(r"what \g<does> the unit cost of \g<who>", text)
    if found := _BECOME.match(text):
        way = "risen" if found["up"] else "fallen"
        return f"Has the unit cost of {found['who']} {way}{text[found.end() :]}"
    for pattern, plain in _TO_MAKE:
        text = pattern.sub(plain, text)
    return text
