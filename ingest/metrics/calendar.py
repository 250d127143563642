"""The fiscal calendar that a quarter or year is told by: that of the firm at hand, from the text or the catalogue."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from graph.text.periods import find_periods
from graph.text.periods.words import MONTH, ORDINAL, month_number, ordinal
from ingest.metrics.owners import lead_firm, subject_firm
from ingest.metrics.topic import Topic
from ingest.names.descriptions import observers
from ingest.parsed import Sentence, When, stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

_FISCAL = ("fiscal_year", "fiscal_quarter", "quarter")
_CALENDAR = "12-31"
_OPENING = 3  # tokens
_ENDS = (
    r"(?:which\s+|that\s+|whose\s+)?(?:ends?|ended|ending|closes?|closed|runs?|running|to|through|until)"
    r"(?:\s+(?:in|on|to|until|through))?(?:\s+(?:late|early|mid|the\s+end\s+of|next|last))?"
)
_MONTH = rf"(?P<month>{MONTH})(?:\s+(?P<day>\d{{1,2}})\b)?"
_YEAR_ENDS = re.compile(
    rf"\b(?:(?:(?:fiscal|financial)(?:\s+year)?(?:\s+(?:20\d\d|’?'?\d\d))?|FY\s?’?'?\d\d(?:\d\d)?)\s*,?\s*\(?\s*{_ENDS}"
    rf"|(?:clos(?:es?|ed|ing)\s+(?:its|the|their)\s+(?:books|accounts|year)|books\s+close)\s+(?:in|on))\s+{_MONTH}",
    re.IGNORECASE,
)
_BOOKS = re.compile(
    rf"\bclos(?:es?|ed|ing)\s+(?:its|the|their)\s+(?:books|accounts)\s+(?:in|on|at\s+the\s+end\s+of)\s+{_MONTH}",
    re.IGNORECASE,
)  # when a year ends, no time of any figure
_QUARTER_ENDS = re.compile(
    rf"\b(?:(?:fiscal|financial)[\s-]+(?P<n1>{ORDINAL})[\s-]+quarter|(?P<n2>{ORDINAL})[\s-]+(?:fiscal|financial)[\s-]+quarter|"
    rf"(?P<n3>{ORDINAL})[\s-]+quarter\s+(?:of\s+)?(?:its\s+|the\s+)?(?:fiscal|financial)(?:\s+year)?(?:\s+20\d\d)?)"
    rf"\s*,?\s*\(?\s*(?:(?:{MONTH})\s*(?:to|-|–|through|until)\s*|{_ENDS}\s+){_MONTH}",
    re.IGNORECASE,
)


def redate(sentence: Sentence, topic: Topic, catalogue: Catalogue, *, day_first: bool | None) -> None:
    """Read the sentence's fiscal periods by the calendar of the firm they are told of. Updates sentence and topic."""
    closing = [hit.span() for hit in _BOOKS.finditer(sentence.text)]
    sentence.periods[:] = [w for w in sentence.periods if not any(a <= w.span.start < b for a, b in closing)]
    if not any(w.span.kind in _FISCAL for w in sentence.periods):
        return
    at_hand = _firm(sentence, topic, catalogue)
    _learn(sentence, at_hand, topic)
    watching = observers(catalogue)
    watched = any(m.entity and m.entity.id in watching for m in sentence.mentions)
    out: list[When] = []
    for when in sentence.periods:
        firm = _possessor(sentence, when) or at_hand
        end = _year_end(firm, topic, catalogue)
        counted = when.span.kind == "quarter" and watched  # market researchers count in calendar quarters
        again = None if end is None or counted else _again(sentence, when, topic.published, end, day_first)
        out.append(again or when)
    sentence.periods[:] = out


def _again(sentence: Sentence, when: When, reference: date | None, end: str, day_first: bool | None) -> When | None:
    for span in find_periods(sentence.text, reference=reference, fiscal_year_end=end, day_first=day_first):
        if (span.start, span.end) == (when.span.start, when.span.end):
            where = stretch(sentence.doc, span.start, span.end)
            return When(span, *where) if where else None
    return None


def _firm(sentence: Sentence, topic: Topic, catalogue: Catalogue) -> EntityRef | None:
    """The firm whose figures the sentence tells, as far as its own words or those before it say."""
    if not len(sentence.doc):
        return None
    last: Token = sentence.doc[len(sentence.doc) - 1]
    own = lead_firm(sentence) or subject_firm(sentence, last, catalogue) or _only(sentence)
    here = topic.firm if topic.paragraph == sentence.paragraph else None
    return own or here or topic.section or topic.focus


def _only(sentence: Sentence) -> EntityRef | None:
    """The only firm of a sentence whose possessive opens it: “Micron's sales in fiscal 2025”."""
    firms = [m for m in sentence.mentions if m.entity is not None and m.entity.type == "Company"]
    first = min(firms, key=lambda m: m.first, default=None)
    if first is None or first.first > _OPENING or len({m.entity for m in firms}) > 1:
        return None
    return first.entity if sentence.doc[first.root].dep_ in ("poss", "compound", "nmod") else None


def _possessor(sentence: Sentence, when: When) -> EntityRef | None:
    """“Nvidia's third quarter”: whose quarter it is."""
    if when.first < 2 or sentence.doc[when.first - 1].tag_ != "POS":
        return None
    mention = sentence.mention_at(sentence.doc[when.first - 2])
    return mention.entity if mention is not None and mention.entity and mention.entity.type == "Company" else None


def _year_end(firm: EntityRef | None, topic: Topic, catalogue: Catalogue) -> str | None:
    """The day that the firm's year ends with ("MM-DD"); None if nobody knows."""
    if firm is None:
        return None
    entry = catalogue.by_id(firm.id)
    known = (entry.fiscal_year_end or _CALENDAR) if entry is not None else None
    return topic.year_ends.get(firm.id, known)


def _learn(sentence: Sentence, firm: EntityRef | None, topic: Topic) -> None:
    """Remember what the sentence says of a firm's calendar: “its fiscal year, which ends in June”."""
    month = year_end_month(sentence.text)
    if firm is not None and month is not None:
        topic.year_ends[firm.id] = f"{month:02d}-28"


def year_end_month(text: str) -> int | None:
    """The month that a fiscal year ends with, where a text tells it of the year or of one of its quarters.

    >>> year_end_month("for fiscal 2026 (to June) it expects more")
    6
    >>> year_end_month("in the second quarter of fiscal 2026, which ended September 30")
    3
    """
    quarter = _QUARTER_ENDS.search(text)
    if quarter:
        number = ordinal(quarter["n1"] or quarter["n2"] or quarter["n3"])
        return (_last_month(quarter) + 3 * (4 - number) - 1) % 12 + 1
    year = _YEAR_ENDS.search(text)
    return _last_month(year) if year else None


def _last_month(found: re.Match[str]) -> int:
    """The month that mostly lies before the day: a year that ends on 2 November ends with October."""
    month = month_number(found["month"])
    early = found["day"] is not None and int(found["day"]) < 15
    return (month - 2) % 12 + 1 if early else month
