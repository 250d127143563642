"""Figures that were foreseen for the same time before: “lifted its target to $3bn from $2bn”, “rather than $2bn”."""

from __future__ import annotations

import re

from ingest.parsed import Amount, Sentence

_INSTEAD = re.compile(r"\b(?:rather than|instead of)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\s+(?:(?:that|which)\s+)?(?:(?:it|they|he|she|we|(?:the|its|their)\s+[\w-]+(?:\s+[\w-]+)?)\s+)?"
    r"(?:(?:had|has|was|were)\s+)?(?:been\s+)?(?:once |previously |originally |initially |earlier |still )?"
    r"(?:aim|announc|budget|envisag|expect|forecast|foresee|foresaw|guid|hop|mention|pencil|plann|predict|project|promis|target)\w*\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:(?:budget|estimate|forecast|goal|guidance|outlook|plan|projection|target)s?"
    r"|now (?:estimated|expected|forecast|pegged|put|reckoned|seen))\b[^;.]{0,80}$",
    re.IGNORECASE,
)
_REVISING = re.compile(
    r"\b(?:bump|cut|hik|increas|lift|lower|narrow|pare|rais|reduc|revis|slash|trim)\w*\b[^;.]{0,80}$", re.IGNORECASE
)


def revised(sentence: Sentence, amount: Amount, *, open_still: bool) -> bool:
    """Whether a figure is the one that was foreseen for the same time before: “lifted its target to $3bn from $2bn”,
    “$3bn rather than $2bn”, “against the $2bn that it had planned”; “cut spending to $2bn from $3bn” if the time is
    still open.
    """
    before = max((a for a in sentence.amounts if a.last < amount.first), key=lambda a: a.last, default=None)
    if _PLANNED.match(sentence.text, amount.span.end):
        return True
    if before is None:
        return False
    between = sentence.text[before.span.end : amount.span.start]
    lead = sentence.text[: before.span.start]
    aim = _AIM.search(lead) or (open_still and _REVISING.search(lead)) if amount.span.delta == "from" else None
    return bool(aim or _INSTEAD.search(between))
