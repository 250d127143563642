"""Amounts that state no fact of their own: denied figures (“not $17bn”), distances to what somebody had expected."""

from __future__ import annotations

import re

from ingest.arguments import slots
from ingest.metrics.basis import Reading
from ingest.metrics.links import clause_of
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

_EXPECTED = re.compile(
    r"^\s*(?:more|less|higher|lower|above|below|short|ahead|fewer|better|worse)\s+(?:than|of)?\s*(?:what\s+)?(?:the\s+)?"
    r"(?:wall street|analysts?|the street|street|consensus|expect\w*|forecasts?|guidance|estimates?|its own|investors)",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"(?:the street|wall street|analysts?|consensus)\s+(?:had|expected|wanted|looked for|was at)\W*$", re.IGNORECASE
)
_WANTED = re.compile(
    r"^\s*(?:that\s+)?(?:the\s+)?(?:street|wall street(?! journal)|analysts?|consensus)\b", re.IGNORECASE
)
_BEAT = re.compile(
    r"\b(?:beat|beats|beating|miss|misses|missed|missing|topp?\w*|exceed\w*|outstripp?\w*|trail\w*|undershot)\b"
    r"[^,;.]{0,60}\bby\s+(?:about|some|around|roughly|nearly|a)?\s*$",
    re.IGNORECASE,
)  # “beat the consensus by $2bn”
_COMPARED = re.compile(
    r"\s*(?:as (?:much|many|high|big|large)\b|(?:the|its|their|that|this|last|what|annual|forward|trailing)\b"
    r"|(?:expected |estimated |forecast )?(?:sales|revenue|earnings|profits?|book)\b|FY|20\d\d)",
    re.IGNORECASE,
)  # “over three times the sales”, “8x forward earnings” are ratios, no changes
_RATIO = re.compile(r"\b(?:vs\.?|versus|against|at|on)\s+(?:about |some |c\.\s?)?$", re.IGNORECASE)
_TRADING = frozenset(["close", "trade", "open", "finish", "leap"])  # “closed 3% higher”
_LEAPING = frozenset(["leap", "leapt", "soar", "jump", "pop", "surge", "rocket", "plunge", "tumble", "slump", "sink"])
_LISTED = frozenset(["shares", "debut", "ipo", "listing", "flotation", "stock"])
_STAKE = re.compile(
    r"\b(?:stake|holding|shareholding|interest)s?\s+of\s+(?:about|some|around|roughly|nearly)?\s*$", re.IGNORECASE
)
_STAKE_OF = re.compile(r"^\s*(?:stake|shareholding|holding|interest|of the (?:votes|shares|equity))\b", re.IGNORECASE)
_ONCE = re.compile(r"^\s*of what (?:it|they|he|she)\b", re.IGNORECASE)  # “a ninth of what it had been”: no share
_OF_NAMEPLATE = re.compile(
    r"^\s*of (?:its |their |the )?(?:nameplate|(?:rated|design|designed) capacity)\b", re.IGNORECASE
)
_OF_EACH = re.compile(
    r"^\s*(?:of|on|in|out of|from)\s+(?:every|each|the)\s+(?:dollar|euro|pound|yuan|yen|rupee|won)\b", re.IGNORECASE
)  # “87 cents of every dollar taken in”: a part, no sum
_DUE = re.compile(
    r"\b(?:claim|right|title|entitled|entitlement)s?\s+to\s+(?:about|some|around|roughly|up to|a)?\s*$", re.IGNORECASE
)  # “its claim to 15% of sales”: a levy
_MISSTATED = re.compile(
    r"\b(?:misstated|misreported|misprinted|wrongly|incorrectly|mistakenly|erroneously|in error"
    r"|(?:first|originally|initially|previously|at first)\s+(?:gave|said|put|stated|wrote|reported|listed|printed)"
    r"|(?:earlier|previous|first|original)\s+(?:version|edition|draft|post|issue)\b)"
    r"(?:(?!;|\b(?:instead of|rather than|should|in fact|correct|when)\b).)*$",
    re.IGNORECASE | re.DOTALL,
)  # “we first gave the share as 11%”, in a correction


_CORRECTED = re.compile(
    r"\b(?:(?:we|earlier|previous|original) (?:[\w-]+ ){0,4}?|(?:version|story|article|report|post) )"
    r"(?:first |originally |initially |previously |wrongly |mistakenly |incorrectly |earlier |had )*"
    r"(?:gave|given|misstated|put|said|stated|reported)\b[^;:.]*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:amended|correct(?:ed|ion)|fixed|(?:earlier|previous) version"
    r"|we (?:first|initially|mistakenly|originally|wrongly))\b",
    re.IGNORECASE,
)  # with what it says: “an earlier version gave the share as 5%”


def skipped(sentence: Sentence, amount: Amount, reading: Reading) -> bool:
    """Whether an amount is to be left out."""
    before = sentence.text[max(0, amount.span.start - 40) : amount.span.start]
    after = sentence.text[amount.span.end : amount.span.end + 60]
    lead = sentence.text[: amount.span.start]
    if _CORRECTION.search(lead) and _CORRECTED.search(lead):
        return True
    if amount.span.quantity.text.lower() == "both":
        return True
    if reading.basis == "change" and amount.span.kind == "physical" and "/" not in amount.span.quantity.unit:
        return True  # “16 GB more than the older part”
    if sentence.kind == "correction" and _MISSTATED.search(sentence.text[: amount.span.start]):
        return True
    if re.search(r"\bnot\s+(?:the\s+)?$", before, re.IGNORECASE):
        return True
    if amount.span.kind == "percent" and (_STAKE.search(before) or _STAKE_OF.match(after)):
        return True
    if amount.span.kind == "percent" and (_of_a_firm(sentence, amount) or _leaps(sentence, amount)):
        return True
    if _BEAT.search(sentence.text[: amount.span.start]):
        return True
    if amount.span.kind == "percent" and (_ONCE.match(after) or _DUE.search(before)):
        return True
    if _OF_EACH.match(after) or _OF_NAMEPLATE.match(after):
        return True
    if _HAD.search(before) or _WANTED.match(after):
        return True
    if amount.span.kind == "multiple" and (_COMPARED.match(after) or _RATIO.search(before)):
        return True
    if reading.basis == "change" and amount.span.kind == "percent" and _of_a_share(sentence, amount):
        return True
    return reading.basis == "change" and amount.span.kind == "money" and bool(_EXPECTED.match(after))


def _of_a_firm(sentence: Sentence, amount: Amount) -> bool:
    """Whether a percentage is a stake: “came away with 49% of Scale”."""
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    if not any(t.lower_ == "of" for t in following):
        return False
    wholes = [c for c in following[0].children if c.dep_ == "pobj"]
    mentions = [m for t in wholes if (m := sentence.mention_at(t)) is not None and m.named]
    return any(m.entity is not None and m.entity.type == "Company" for m in mentions)


def _leaps(sentence: Sentence, amount: Amount) -> bool:
    """“priced its shares at $4 and leapt 60% on its first day”: a price on the stock market, however it is parsed."""
    verb = clause_of(sentence.doc[amount.root])
    return verb.lemma_.lower() in _LEAPING and any(t.lower_ in _LISTED for t in sentence.doc)


def _of_a_share(sentence: Sentence, amount: Amount) -> bool:
    """Whether a move is one of the stock market: the verb's subject is the firm itself or its shares, as in “Intel fell
    5%”, “the stock closed 3% higher”.
    """
    verb = clause_of(sentence.doc[amount.root])
    if verb.lemma_.lower() in _TRADING:
        return True
    subjects = slots(verb).get("theme", []) if verb.pos_ == "VERB" else []
    if any(t.lemma_.lower() in ("share", "stock", "index", "bond") for t in subjects):
        return True
    firms = [m for t in subjects if (m := sentence.mention_at(t)) and m.entity and m.entity.type == "Company"]
    moves = verb.lemma_.lower() in words("up") | words("down")
    return bool(firms) and moves and not any(t.dep_ in ("dobj", "prep") and t.lower_ != "on" for t in verb.children)
