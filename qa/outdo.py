"""Verbs that compare in themselves, said with “more than”: “outsold”, “outgrew”; and selling without what is sold."""

from __future__ import annotations

import re

_DEED = (
    r"out-?(?P<deed>s[eo]ll?s?d?|selling|earn(?:s|ed|ing)?|spen[dt]s?|spending|gr[eo]ws?|grown|growing|ship(?:s|ped|ping)?"
    r"|invest(?:s|ed|ing)?|produc(?:es?|ed|ing)|hir(?:es?|ed|ing))"
)
_OUTDOING = re.compile(rf"\b{_DEED}\b", re.I)
_BY = re.compile(rf"^by how much(?P<rest>(?: (?!out)\S+)* {_DEED}\b)", re.I)
_SOLD_MORE = re.compile(
    r"\b(?:sell|sold|sells)(?= (?:the )?(?P<much>most|more|less|least)\b(?: than\b| in\b|,|\?|$| overall))", re.I
)
_SOLD_IN_ALL = re.compile(
    r"\b(?:sell|sold)(?= .*\b(?:together|altogether|combined|in total|in all|between them)\b)", re.I
)


def outdone(text: str) -> str:
    """The text with such verbs as “more than”.

    >>> outdone("By how much did X outearn Y?"), outdone("Did X outgrow Y?")
    ('By how much more did X earn more than Y?', 'Did X grow faster than Y?')
    """
    return _OUTDOING.sub(lambda m: f"{_more(m['deed'])} than", _BY.sub(r"By how much more\g<rest>", text))


def _more(deed: str) -> str:
    """“grew” of “outgrew” as “grew faster”, “sold” of “outsold” as “have more revenue”, others as “earned more”."""
    if deed.lower().startswith("gr"):
        return f"{deed} faster"
    return "have more revenue" if deed.lower()[:3] in ("sel", "sol") else f"{deed} more"


def turnover(text: str) -> str:
    """“sold more than” and “sold together”, which name nothing that is sold, as of revenue.

    >>> turnover("Did X sell more than Y?")
    'Did X take in more than Y?'
    """
    return _SOLD_IN_ALL.sub("take in", _SOLD_MORE.sub("take in", text))
