"""When a figure holds: the period named beside it, else the one that the passage is about; “a year before” counts from
there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Period
from ingest.parsed import Amount, Sentence, When

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_YEAR_BACK = re.compile(
    r"\b(?:a|one|the) year (?:before|earlier|ago|prior)|year[- ](?:ago|earlier)|twelve months (?:earlier|before)"
    r"|(?:preceding|previous|prior) year\b(?!['’]s)|(?-i:\b(?:LY|PY)\b)"
    r"|(?:corresponding|comparable) (?:period|quarter|stretch|three months)"
    r"|same (?:period|quarter|stretch|half|(?:three|six|nine) months)"
    r"(?= (?:of |in )?(?:last|the (?:previous|prior|preceding) year|the year|fiscal|20\d\d|a year|one year))",
    re.IGNORECASE,
)
_SAME = re.compile(r"same (?:period|quarter|stretch|half|(?:three|six|nine) months)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|from|versus|vs\.?|compared (?:with|to)|than)\W+(?:\w+\W+)?$", re.IGNORECASE)
_QUARTER_BACK = re.compile(
    r"three months (?:earlier|before)|(?:preceding|previous|prior) (?:quarter|three\b(?: months)?)"
    r"|(?:a|one|the) quarter (?:earlier|before)|quarter-earlier",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(r"year-ago|\b(?:a|the|one) (?:year|quarter) (?:earlier|before|ago)", re.IGNORECASE)
_FROM_THEN = re.compile(r"\bfrom\b[^,]*\bto\W+(?:\w+\W+)?$", re.IGNORECASE)  # “fell 3% from a year earlier to $5bn”
_SET_BESIDE = re.compile(
    r"\b(?:double|triple|quadruple|twice|thrice|half|times|as (?:much|many|high)|than|above|below|up|down|higher|lower"
    r"|beat\w*|exceed\w*|surpass\w*|rise|increase|fall|drop|decline)\b(?! from\s*$)",
    re.IGNORECASE,
)  # “$5bn, twice the year-earlier figure”: what a figure is held against is of another time, not it itself
_YEARS_OWN = re.compile(r"\b(?:preceding|previous|prior) year['’]s\W*$", re.IGNORECASE)
_COMPARING = frozenset(["against", "from", "versus", "vs", "vs.", "compared"])
_NO_LEVEL = {"since"}


def back(period: Period, *, years: int = 0, months: int = 0) -> Period | None:
    """The same stretch of the calendar some years or months earlier."""
    if period.start is None or period.end is None:
        return None
    total = years * 12 + months
    return Period(_shift(period.start, total, first=True), _shift(period.end, total, first=False), "")


def _shift(day: date, months: int, *, first: bool) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    whole = not first and (day + date.resolution).day == 1
    return date(year, month + 1, last if whole else min(day.day, last))


def own_period(sentence: Sentence, amount: Amount) -> When | None:
    """The period that belongs to this amount rather than to another of its kind in the sentence; None if none does."""
    rivals = [a for a in sentence.amounts if a is not amount and a.span.kind == amount.span.kind]
    best: tuple[float, When] | None = None
    for when in sentence.periods:
        dated = when.span.period.start or when.span.period.end
        score = _bond(sentence, amount, when) if dated and when.span.bound not in _NO_LEVEL else 0.0
        if score <= 0 or any(
            _bond(sentence, other, when) > score + 0.5 and not _together(sentence, amount, other, when)
            for other in rivals
        ):
            continue
        if of_an_aside(sentence, amount, when):
            continue
        if looks_back(when) and _held_against(sentence, amount, when):
            continue
        if looks_back(when) and (_after_another(sentence, amount, when) or _done_with(sentence, amount, when)):
            continue
        if best is None or score > best[0]:
            best = (score, when)
    return best[1] if best else None


def aside_of(sentence: Sentence, root: int, amount: Amount) -> Token | None:
    """The verb of a clause about a noun that a token stands in and the amount does not; None if there is none."""
    token = sentence.doc[root]
    clause = next((t for t in (token, *token.ancestors) if t.dep_ in ("relcl", "acl")), None)
    return clause if clause is not None and amount.root not in {t.i for t in clause.subtree} else None


def of_an_aside(sentence: Sentence, amount: Amount, when: When) -> bool:
    """Whether a time is that of a clause about a name (“X, spun off last year, made $5bn”) or of a figure of its own
    (“capex, which had been $3bn a year earlier, came to $5bn”).
    """
    clause = aside_of(sentence, when.root, amount)
    if clause is None:
        return False
    inside = {t.i for t in clause.subtree}
    others = any(a.span.kind == amount.span.kind and a.root in inside for a in sentence.amounts)
    return others or any(clause.head.i == m.root and m.named for m in sentence.mentions)


def _noun_above(root: Token) -> Token:
    """“sales” of “sales of $5bn”."""
    return root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root


def _held_against(sentence: Sentence, amount: Amount, when: When) -> bool:
    """“nearly double the year-earlier figure”: a time that another figure than this one is of."""
    between = str(sentence.doc[amount.last + 1 : when.first].text) if when.first > amount.last else ""
    return bool(_SET_BESIDE.search(between))


def _together(sentence: Sentence, amount: Amount, other: Amount, when: When) -> bool:
    """Whether two figures share the period after them: “99% of the gallium and 60% of the germanium in 2023”."""
    one, two = sentence.doc[amount.root], sentence.doc[other.root]
    if two.dep_ == "pobj":
        one, two = _noun_above(one), _noun_above(two)
    joined = two.dep_ == "conj" and two.head == one
    between = (w for w in sentence.periods if amount.last < w.first < other.first)
    return joined and when.first > other.last and next(between, None) is None


def _after_another(sentence: Sentence, amount: Amount, when: When) -> bool:
    """Whether a phrase that looks back stands with another amount: “$5bn a year ago”, “the previous year's $5bn”."""
    others = [a for a in sentence.amounts if a is not amount]
    owned = any(0 < a.first - when.last <= 2 and sentence.doc[a.first - 1].tag_ == "POS" for a in others)
    return owned or any(0 < when.first - a.last <= 3 for a in others)


def _done_with(sentence: Sentence, amount: Amount, when: When) -> bool:
    """“… six times what it was a year before, and still lost $5m”: the clause that looks back is over."""
    between = sentence.doc[when.last + 1 : amount.first]
    return any(t.lower_ in ("and", "but") for t in between) and any(t.pos_ in ("VERB", "AUX") for t in between)


def looks_back(when: When) -> bool:
    """Whether a phrase counts back from another time: “a year before”, “the prior quarter”."""
    return bool(_YEAR_BACK.search(when.span.period.text) or _QUARTER_BACK.search(when.span.period.text))


def belongs_elsewhere(sentence: Sentence, amount: Amount, when: When) -> bool:
    """Whether a period stands right after another amount of the same kind: “$5bn, against $4bn in the July quarter”."""
    if looks_back(when):
        return True
    others = [a for a in sentence.amounts if a is not amount and a.span.kind == amount.span.kind]
    if any(0 < a.first - when.last <= 2 and sentence.doc[a.first - 1].tag_ == "POS" for a in others):
        return True  # “less than the previous year's $360m”
    return any(0 < when.first - a.last <= 4 for a in others)


def _bond(sentence: Sentence, amount: Amount, when: When) -> float:
    """How closely a period hangs on an amount: right after it, in one clause, at the sentence's head."""
    gap = when.first - amount.last if when.first > amount.last else amount.first - when.last
    between = sentence.doc[min(amount.last, when.last) + 1 : max(amount.first, when.first)]
    if when.first > amount.last and _told_aside(sentence, amount, when):
        return 0.0
    if any(t.text == ";" for t in between) or (when.first > amount.last and _past_another(sentence, between)):
        return 0.0
    score = 6.0 - 0.25 * gap
    if when.first > amount.last:
        score += 1.5
        if gap <= 4:
            score += 2.0
    score -= 1.0 * sum(t.text == "," for t in between)
    score -= 2.0 * sum(t.lower_ in ("against", "from", "versus", "compared") for t in between)
    if when.first <= 3:
        score = max(score, 2.0)
    return float(score)


def _told_aside(sentence: Sentence, amount: Amount, when: When) -> bool:
    """Whether a period is of a relative clause with a figure of its own: “45% of it came from A, which in May bought
    $5bn more”.
    """
    above = [t for t in sentence.doc[when.root].ancestors if t.dep_ == "relcl"]
    inner = next((t for t in above if t.i > amount.last), None)
    if inner is None:
        return False
    held = {t.i for t in inner.subtree}
    return any(a.root in held for a in sentence.amounts if a is not amount) and amount.root not in held


def _past_another(sentence: Sentence, between: Span) -> bool:
    """Whether a figure that is only compared with stands between: “$5bn, compared to $4bn in 2024”."""
    marks = [t.i for t in between if t.lower_ in _COMPARING]
    return bool(marks) and any(sentence.amount_at(t) is not None for t in between if t.i > marks[0])


def _own_lead(sentence: Sentence, amount: Amount) -> str:
    """The words before an amount that do not belong to the amount before it: “… $4bn a year before, on sales of” gives
    “, on sales of”.
    """
    start = max((a.span.end for a in sentence.amounts if a.last < amount.first), default=0)
    lead = sentence.text[start : amount.span.start]
    mark = re.search(r"[,;:(]", lead)
    return lead[mark.start() :] if start and mark else lead


def shifted(sentence: Sentence, amount: Amount, main: Period | None) -> Period | None:
    """A period told by its distance from the main one: “down from 75.1% a year before”."""
    if main is None:
        return None
    after = sentence.text[amount.span.end : amount.span.end + 60]
    before = _own_lead(sentence, amount)[-60:]
    own = _YEARS_OWN.search(before)
    if own:
        moved = back(main, years=1)
        return replace(moved, text=own.group().strip()) if moved else None
    cut = re.split(r"[;]|\d", after)[0]
    ended = amount.span.delta == "to" and _FROM_THEN.search(before)
    if (hit := _SET_BESIDE.search(cut)) is not None:
        cut = cut[: hit.start()]
    for text in (cut, re.split(r"[;]", before)[-1] if _LOOKS_BACK.search(before) and not ended else ""):
        found = _QUARTER_BACK.search(text)
        if found:
            moved = back(main, months=3)
            return replace(moved, text=found.group()) if moved else None
        found = _YEAR_BACK.search(text) or (_SAME.search(text) if _AGAINST.search(before) else None)
        if found:
            moved = back(main, years=1)
            return replace(moved, text=found.group()) if moved else None
    return None
