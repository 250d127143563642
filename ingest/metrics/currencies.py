"""The currency of sums that leave it open: “€5.4 billion, of which 3.6 billion was for tools”, “¥5 billion” of a firm
at home in Japan, a page that says “yuan unless marked”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.text.quantities import find_quantities
from ingest.metrics.terms import metric, terms
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence

_SCALE = re.compile(r"\d\s?(?:bn|mn?|tn|k?mln|bln)\b|\b(?:million|billion|trillion)s?\b|[亿万]", re.IGNORECASE)
_MONEY = r"(?P<money>(?:[A-Z]\w+ )?[A-Za-z]+)"
_HOUSE = (
    re.compile(
        rf"\b(?i:figures|amounts|sums|prices|values) (?:(?:are|given|shown|stated) ){{0,2}}in {_MONEY}(?=[\s,.;:)|]|$)"
    ),
    re.compile(
        rf"(?:^|(?<=[|(·•;—–] )|(?<=\()){_MONEY},? (?:unless|except where) (?:otherwise )?"
        r"(?:marked|stated|noted|indicated|specified|said)",
        re.MULTILINE,
    ),
)
_YEN_OR_YUAN = {"Japan": "JPY", "China": "CNY"}


def house_currency(text: str) -> str | None:
    """The currency that a page says its sums are in (“yuan unless marked”), as an ISO code; None if it says none."""
    found = next(filter(None, (pattern.search(text) for pattern in _HOUSE)), None)
    sums = find_quantities("1 " + found["money"].lower()) if found else []
    return sums[0].quantity.unit if sums and sums[0].kind == "money" else None


def give_currency(sentence: Sentence, topic: Topic, catalogue: Catalogue) -> None:
    """Read bare millions and billions as money of the page's own currency, else of the one told last, where nothing in
    the sentence is counted; and “¥” by the home of the firms named.

    Updates the sentence's amounts and the topic's currency.
    """
    counted = any("money" not in metric(t.metric).units and not t.weak for t in terms(sentence) if not _rate(t.metric))
    home = _home(sentence, topic, catalogue)
    for i, amount in enumerate(sentence.amounts):
        unit = amount.span.quantity.unit
        if amount.span.kind == "money" and "/" not in unit:
            if home is not None and _open(amount):
                sentence.amounts[i] = _in(amount, home)
            topic.currency = sentence.amounts[i].span.quantity.unit
        elif (code := topic.house or topic.currency) is not None and not counted and _is_bare(sentence, amount):
            sentence.amounts[i] = _in(amount, code)


def _open(amount: Amount) -> bool:
    """Whether a “¥” may be either currency: the text does not say by a conversion which."""
    quantity = amount.span.quantity
    signed = quantity.unit in _YEN_OR_YUAN.values() and quantity.text.lstrip().startswith("¥")
    return signed and quantity.equivalent is None


def _in(amount: Amount, code: str) -> Amount:
    return replace(amount, span=replace(amount.span, quantity=replace(amount.span.quantity, unit=code), kind="money"))


def _home(sentence: Sentence, topic: Topic, catalogue: Catalogue) -> str | None:
    """The currency of those whom a sentence names, or who are spoken of, where all are at home in one of two lands."""
    named = {m.entity.id for m in sentence.mentions if m.entity is not None and m.entity.type == "Company"}
    firms = named or ({topic.firm.id} if topic.firm is not None else set())
    entries = [entry for firm in firms if (entry := catalogue.by_id(firm)) is not None]
    codes = {code for land, code in _YEN_OR_YUAN.items() if any(entry.country == land for entry in entries)}
    return codes.pop() if len(codes) == 1 else None


def _rate(name: str) -> bool:
    return metric(name).units == ("percent",)


def _is_bare(sentence: Sentence, amount: Amount) -> bool:
    """Whether a number with a scale counts nothing that is named after it."""
    span = amount.span
    if span.kind != "count" or span.noun is not None or span.inherited or not _SCALE.search(span.quantity.text):
        return False
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    return not any(t.pos_ in ("NOUN", "PROPN", "ADJ") or t.text == "-" for t in following)
