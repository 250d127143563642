"""Questions about goods put as ones about who sells them to whom: “where does X get its Y?”, “who takes X's Y?”."""

from __future__ import annotations

import re

_GET = r"(?:gets?|buys?|obtains?|sources?|procures?|purchases?|orders?|draws?|takes?|receives?|acquires?)"
_NAME = r"[A-Z0-9][\w&.:+-]*(?: [A-Z][\w&.:+-]*){0,3}"
_FROM_WHERE = re.compile(
    rf"^where (?P<aux>do|does|did|will|would|can|could) (?P<who>.+?) (?P<verb>{_GET}) "
    r"(?P<what>.+?)(?: from)?(?P<end>[?.!]*)$",
    re.I,
)
_COME_FROM = re.compile(
    rf"^where (?:do|does|did|will) (?P<who>{_NAME})['’]s? (?P<what>[^?]+?) come from(?P<end>[?.!]*)$", re.I
)
_AS_CUSTOMER = re.compile(
    rf"^(?P<wh>who|which (?:[\w-]+ ){{0,2}}[\w-]+) (?:has|have|had) (?P<who>{_NAME}) (?:as|for) (?:a|an|its|their) "
    r"(?:[\w-]+ )?(?P<noun>customer|client|buyer|supplier|vendor|investor|shareholder|rival|partner)s?(?P<end>[?.!]*)$",
    re.I,
)
_TAKING = re.compile(
    r"\b(?P<verb>takes?|took|buys?|bought|orders?|ordered|purchases?|purchased|receives?|gets?) "
    rf"(?P<who>{_NAME})['’]s? "
    r"(?P<what>(?!own\b|offer\b|place\b)[a-z][\w-]*(?: [a-z][\w-]*)?)(?=[?.!]*$| (?:for|in|to|from)\b)",
)
_DOES = {
    **dict.fromkeys(("maker", "producer", "manufacturer"), "makes"),
    **dict.fromkeys(("supplier", "vendor", "provider", "seller", "source"), "supplies"),
    **dict.fromkeys(("buyer", "purchaser"), "buys"),
    "user": "uses",
}
_ROLE = rf"(?P<role>{'|'.join(_DOES)})s?"
_GOODS = (
    r"(?P<goods>(?!(?:the|an?|its|their|his|her|our|that|this|these|those|each|both|any|other|all|which|such|more) )"
    r"(?!(?:them|it|whom)\b)[a-z][\w-]*(?: [a-z][\w-]*){0,2}?)"
)
_WHO_ARE = r"(?:who|what|which (?:firms|companies|vendors)) (?:is|are|were|was)(?: (?:the|an?|all the|any))?"
_SHOW = r"(?:please )?(?:name|list|give(?: me)?|show(?: me)?|tell me)(?: all)?(?: (?:the|some|any))?"
_OF_NOBODY = tuple(
    re.compile(rf"^{pattern}(?P<end>[?.!]*)$", re.I)
    for pattern in (
        rf"(?:{_WHO_ARE}|{_SHOW}) {_ROLE} (?:of|for) {_GOODS}",
        rf"(?:{_WHO_ARE}|{_SHOW}) {_GOODS} {_ROLE}",
        rf"(?:which|what) {_GOODS} {_ROLE} (?:are|is) (?:there|known|named|mentioned)",
        rf"(?:which|what) {_ROLE} of {_GOODS} (?:are|is) (?:there|known|named|mentioned)",
    )
)
_FROM_NOWHERE = re.compile(rf"^where (?:do|does) {_GOODS} come from(?P<end>[?.!]*)$")
_DATIVE = re.compile(
    r"(?<!to )\b(?:sells|sold|hands|ships|delivers|provides|provided|delivered|shipped) "
    rf"(?P<who>{_NAME}) (?:all |most of |some of )?(?:its|their|the) "
    r"(?P<what>[a-z][\w-]*(?: [a-z][\w-]*)?)(?=[?.!]*$|,)"
)
_MONEY = re.compile(r"(?:[$€£]|(?:seed |venture |latest )?(?:money|funding|financing|capital|round|cash)$)", re.I)
_HOUSE = {
    *("business", "businesses", "unit", "units", "division", "arm", "stake", "share", "shares", "stock", "operations"),
    *("assets", "subsidiary", "holding", "company", "firm", "side", "word", "licence", "license", "approval"),
    *(
        "rival",
        "rivals",
        "competitor",
        "competitors",
        "supplier",
        "suppliers",
        "customer",
        "customers",
        "parent",
        "owner",
    ),
    *("partner", "partners", "maker", "makers", "foundry", "investor", "investors", "backer", "backers", "owner"),
}
_NOUN_OF = {"customer": "supplies", "client": "supplies", "buyer": "supplies", "supplier": "is supplied by"}


def goods(text: str) -> str:
    """The question with the seller named behind “from”.

    >>> goods("Where does X get its lasers?"), goods("Which firms take Osprey's wafers?")
    ('who does X get its lasers from?', 'Which firms take wafers from Osprey?')
    >>> goods("Which firm sells Osprey its lasers?")
    'Which firm supplies Osprey with lasers?'
    >>> goods("Where do Osprey's lasers come from?"), goods("Who has Osprey as a customer?")
    ('who supplies Osprey with lasers?', 'Who supplies Osprey?')
    >>> goods("Where did Osprey's $40 million come from?")
    'who invests in Osprey?'
    >>> goods("Who are the makers of memory?"), goods("List all wafer suppliers.")
    ('who makes memory?', 'who supplies wafer.')
    """
    if found := _FROM_WHERE.match(text):
        return f"who {found['aux']} {found['who']} {found['verb']} {found['what']} from{found['end']}"
    if found := _COME_FROM.match(text):
        if _MONEY.match(found["what"]):
            return f"who invests in {found['who']}{found['end']}"
        return f"who supplies {found['who']} with {found['what']}{found['end']}"
    if found := _AS_CUSTOMER.match(text):
        verb = _NOUN_OF.get(found["noun"].lower())
        return f"{found['wh']} {verb} {found['who']}{found['end']}" if verb else text
    if found := next((m for pattern in _OF_NOBODY if (m := pattern.match(text)) and m["goods"][0].islower()), None):
        return f"who {_DOES[found['role'].lower()]} {found['goods']}{found['end']}"
    if found := _FROM_NOWHERE.match(text):
        return f"who supplies {found['goods']}{found['end']}"
    if (given := _DATIVE.search(text)) is not None and not {*given["what"].split()} & _HOUSE:
        text = f"{text[: given.start()]}supplies {given['who']} with {given['what']}{text[given.end() :]}"
    found = _TAKING.search(text)
    if found is None or {*found["what"].split()} & _HOUSE:
        return text
    return f"{text[: found.start()]}{found['verb']} {found['what']} from {found['who']}{text[found.end() :]}"
