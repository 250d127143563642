"""What kind of thing a question asks for, by its question word and what follows it."""

from __future__ import annotations

import re
from typing import Literal

from qa.headline import deeds, headline
from qa.phrases import AUXILIARIES
from qa.spans import Annotated, Item
from qa.words import lemmas

Focus = Literal["amount", "count", "who", "when", "yesno", "other"]

QUESTION_WORDS = {"what", "which", "who", "whom", "whose", "how", "when", "where"}
_RATE = re.compile(r"\b(?:a|per|each|every) (?:day|week|month|quarter|year)\b", re.I)
_END = r"(?:what|which)(?: (?:range|level|figure|amount|sum|number|value|price|rate|share|percentage|corridor))?"
FROM_TO = re.compile(rf"\b{_END} to {_END}\b|\bto, and from {_END}\b|\bto {_END},? (?:and )?from {_END}\b", re.I)
"""Asks for the two ends between which an amount moved."""
_RELATIVE = {"which", "who", "whose", "whom", "when", "where"}
_DEGREE = set(lemmas("much large big high long great small low strong heavy far fast deep expensive"))
_SPENDING = set(lemmas("invest spend pay cost earn put"))
_STOP = AUXILIARIES | {"of", "in", "for", "by", "from", "to", "at", "on", "with", "?", ","}
_COUNTED = {"Company", "Organization", "Person", "Model", "Place", "Facility", "Product", "Technology"}


def question_word(question: Annotated) -> int | None:
    """Where the question word stands (an item's index), unless it opens a relative or an if-clause."""
    items = question.items
    for i in range(len(items)):
        stem = stem_of(question, i)
        if stem not in QUESTION_WORDS and not (stem in ("name", "nam", "list") and i == 0):
            continue
        if stem in _RELATIVE and i and _noun(items[i - 1]):
            continue
        if stem == "when" and i and stem_of(question, i - 1) != ",":
            continue
        return i
    return None


def focus(question: Annotated) -> Focus:
    """The kind of answer that is wanted."""
    at = question_word(question)
    first = stem_of(question, 0)
    if first in AUXILIARIES and (at is None or at > 2 or first == "do"):
        return "yesno"
    if at is None and stated(question):
        return "yesno"
    if at is None and _headed(question):
        return "who"
    if at is None:
        far = question.stems[:2] == ("by", "how") and any(i.sense("metric") for i in question.items)
        return "amount" if far or (_metric(question, 0) and not deeds(question)) else "other"
    if FROM_TO.search(question.text):
        return "amount"
    match stem_of(question, at):
        case "when":
            return "when"
        case "how":
            return _how(question, at)
        case "name" | "nam" | "list" if _named_amount(question, at):
            return "amount"
        case "where" if _standing(question, at):
            return "amount"
        case "who" | "whom" | "name" | "nam" | "list" | "where":
            return "who"
        case "whose":
            return "who"
        case _:
            return _what(question, at)


def stated(question: Annotated) -> bool:
    """Whether it is a statement to be borne out: “X supplies Y?”, or a head-line of one: “X's alliance with Y”."""
    items = question.items
    names = [i for i, item in enumerate(items) if item.name]
    if question_word(question) is None and stem_of(question, 0) not in AUXILIARIES and headline(question):
        return True
    if len(names) < 2 or names[0] > 1 or question_word(question) is not None or not question.text.endswith("?"):
        return False
    between = items[names[0] + 1 : names[1]]
    return any(item.sense("verb") for item in between) and all(item.text not in (",", "and", "or") for item in between)


def _headed(question: Annotated) -> bool:
    """Whether it is a headline that asks who is first by an amount, of nobody named: “largest backlogs of 2025”."""
    named = any(item.name and not item.text.islower() for item in question.items)
    first = any(item.sense("highest") or item.sense("lowest") for item in question.items)
    return first and not named and _metric(question, 0) and not question.has("sum") and not question.has("average")


def _how(question: Annotated, at: int) -> Focus:
    after = stem_of(question, at + 1)
    if after == "many" and _RATE.search(question.text):
        return "amount"
    if after == "many":
        head = counted(question, at)
        item = question.items[head] if head is not None else None
        plain = item is not None and not item.sense("metric")
        if item is not None and plain and _goods(question, item):
            return "amount"
        if item is not None and plain and (_entity(item) or (item.all("noun") and not item.sense("verb"))):
            return "count"
        return "amount"
    phrase = question.items[at]
    return (
        "amount"
        if after in _DEGREE or phrase.sense("metric") or any(phrase.sense(k) for k in ("share", "difference", "factor"))
        else "other"
    )


_DELIVERED = {"shipments", "inventory", "orders"}
_UNITS = set(lemmas("unit piece wafer rack machine board"))
_OFFERED = set(lemmas("product app model service platform software"))


def _goods(question: Annotated, item: Item) -> bool:
    """Whether goods are counted as they are shipped: “how many racks did X deliver”; what is offered is listed."""
    stems = {*lemmas(item.text)}
    kinds = {s.name for s in item.all("class")}
    goods = bool(stems & _UNITS) or (bool(kinds) and kinds <= {"Product", "Chip"} and not stems & _OFFERED)
    return goods and any(s.name in _DELIVERED for i in question.items for s in i.all("metric"))


def _entity(item: Item) -> bool:
    return any(s.name in _COUNTED for s in item.all("class"))


def counted(question: Annotated, at: int) -> int | None:
    """The item that names what “how many” counts: the last class, noun or name before a verb or preposition."""
    best = None
    start = at + 2
    while stem_of(question, start) in ("of", "the", "these", "those", "its", "their", "all"):
        start += 1
    for i in range(start, min(start + 5, len(question.items))):
        if stem_of(question, i) in _STOP:
            break
        best = i
        if _noun(question.items[i]) and not (i + 1 < len(question.items) and _noun(question.items[i + 1])):
            break
    return best


def _what(question: Annotated, at: int) -> Focus:
    """“What revenue …”, “What share …”, “What was X's margin”, “What did X earn” against “Which foundry …”."""
    items = question.items
    if question.unit is not None and any(i.sense("metric") or i.sense("verb") for i in items):
        return "amount"
    if items[at].sense("share") or items[at].sense("metric"):
        return "amount"
    if any(i.sense("sum") for i in items[at : at + 4]) or _added_up(question, at):
        return "amount"
    for i in range(at + 1, len(items)):
        if (
            items[i].sense("event")
            and items[i].text.lower().endswith("s")
            and stem_of(question, at + 1) == stem_of(question, i)
        ):
            return "who"
        if _describing(question, i) or (stem_of(question, at) == "which" and i == at + 1 and _plural_class(items[i])):
            continue
        if items[i].sense("share") or any(not s.weak for s in items[i].all("metric")):
            return "who" if _foremost(question, at, i) else "amount"
        if stem_of(question, i) == "number":
            return "count"
        if stem_of(question, i) in _STOP or items[i].name:
            break
        if _noun(items[i]):
            return "who"
    if stem_of(question, at) == "which":
        return "who"
    if any(i.sense("share") for i in items[at:]) and not any(i.sense("verb") for i in items[at:]):
        return "amount"
    fronted = at > 0 and stem_of(question, at) == "what" and stem_of(question, 0) in ("at", "on", "in")
    return "amount" if _metric(question, 0 if fronted else at) else "who"


def _named_amount(question: Annotated, start: int) -> bool:
    """Whether the noun of an amount is the first that follows: “name X's revenue”, not “name the firms by revenue”."""
    for item in question.items[start + 1 :]:
        if any(not s.weak for s in item.all("metric")):
            return True
        if _noun(item):
            return False
    return False


_STANDING = set(lemmas("stand see head land settle finish close sit hover lie end heading"))


def _standing(question: Annotated, at: int) -> bool:
    """Whether “where” asks for the size of an amount: “where does X's margin stand?”"""
    return _named_amount(question, at) and bool(_STANDING & {*question.stems})


def _foremost(question: Annotated, at: int, i: int) -> bool:
    """Whether the one with the biggest amount is asked for: “which takeover was the priciest”."""
    items = question.items
    ordering = items[i + 2 : i + 4] if stem_of(question, i + 1) == "be" else ()
    named = any(item.name and not item.text.islower() for item in items)
    first = any(item.sense("highest") or item.sense("lowest") for item in ordering)
    return stem_of(question, at) == "which" and i == at + 1 and first and not named


def _describing(question: Annotated, i: int) -> bool:
    """Whether a participle there only describes the class behind it: “listed groups”, “funded start-ups”."""
    items = question.items
    return (
        items[i].words == 1 and items[i].text.endswith("ed") and i + 1 < len(items) and bool(items[i + 1].all("class"))
    )


def _plural_class(item: Item) -> bool:
    return item.text.lower().endswith("s") and any(s.name in _COUNTED for s in item.all("class"))


def _added_up(question: Annotated, start: int) -> bool:
    """Whether an amount of several subjects or periods is added up."""
    several = len(question.names) > 1 or len(question.periods) > 1
    return several and question.has("sum") and _metric(question, start)


def _metric(question: Annotated, start: int) -> bool:
    """Whether an amount is named: by its noun, or by a verb that cannot join two names."""
    for item in question.items[start:]:
        senses = item.all("metric")
        if senses and question.tokens[item.start].lemma in _SPENDING:
            return True
        if any(not s.weak for s in senses) or (senses and not item.sense("verb")):
            return True
    return False


def _noun(item: Item) -> bool:
    return bool(item.sense("class") or item.sense("noun"))


def stem_of(question: Annotated, i: int) -> str:
    """The stem of the first token of an item; empty beyond the ends."""
    if not 0 <= i < len(question.items):
        return ""
    item = question.items[i]
    return item.token.lemma if item.token else question.tokens[item.start].lemma
