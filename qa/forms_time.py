"""Forms about one amount at two times: how it moved, whether it is more than before, how far it was revised."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from graph.model import Quantity
from qa.conditions import query
from qa.dialogue.periods import relative_period
from qa.direction import DOWN, both_ways, way
from qa.draft import Draft
from qa.focus import FROM_TO
from qa.forms_compare import compared, lowest, one_alone, ordered
from qa.forms_fact import lossy
from qa.forms_sum import beside, each_year, listed_names
from qa.owners import owner
from qa.query import Node, Query, Span
from qa.words import lemma, lemmas

_SINCE = lemma("since")


def revised(draft: Draft) -> list[Query]:
    """“By how much did X cut its outlook for M?”: the figure after the revision beside the one before."""
    names, at, _ = compared(draft)
    whose = owner(draft, at)
    if not names or whose is None:
        return []
    now = query("fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, stage="after", words=())
    return [replace(now, kind="contrast", inner=replace(now, stage="before"))]


def two_periods(draft: Draft) -> tuple[Span | None, Span] | None:
    """The two periods that a question sets side by side, as it names them; one may count from the other, and
    “since” one sets the latest figure (None) beside it.
    """
    found = draft.question.periods
    if len(found) == 1 and found[0].relation == "after" and _SINCE in draft.question.stems:
        return None, replace(found[0], relation="in")
    if len(found) > 1:
        return found[0], found[1]
    if found and re.search(rf"\bthan (?:in |for |of )?(?:the )?{re.escape(found[0].text)}", draft.question.text):
        return None, found[0]
    if not found:
        return None
    counted = draft.question.relative or draft.question.against
    other = relative_period(counted, found[0]) or _same_months(draft, found[0])
    return (found[0], other) if other is not None else None


def _same_months(draft: Draft, first: Span) -> Span | None:
    """“the same months of 2024”: the first period in another year."""
    year = draft.question.year_of_same
    if year is None or first.start is None or first.end is None:
        return None
    gap = first.start.year - year
    start, end = first.start.replace(year=year), first.end.replace(year=first.end.year - gap)
    return Span(start, end, f"the same period of {year}")


def between_periods(draft: Draft, names: tuple[str, ...], at: tuple[int, ...]) -> list[Query]:
    """The amounts of one subject in two periods, and what lies between them."""
    spans = two_periods(draft)
    whose = owner(draft, at)
    if spans is None or whose is None:
        return []
    first = query("fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, period=spans[0])
    first = replace(first, words=())
    if names == ("marketShare",):
        part = replace(first, metrics=("revenue",), basis="share", unit="percent")
        return [replace(q, kind="contrast", inner=replace(q, period=spans[1])) for q in (first, part)]
    other = replace(first, period=spans[1], wish=first.wish if spans[0] is not None else None)
    return [replace(first, kind="contrast", inner=other)]


def series(draft: Draft) -> list[Query]:
    """“X's capex in 2024 and in 2025”, “… year by year from 2024 to 2026”: the amount of each period; “the margins of
    X and Y”: of each of them.
    """
    names, at = draft.metrics()
    whose, spans, together = owner(draft, at), each_year(draft), listed_names(draft)
    if not names or draft.question.quantities or any(draft.question.has(k) for k in _OTHERWISE):
        return []
    together = together if len(together) > 1 else beside(draft) or _opposed(draft)
    held = names[0] in _OF_TWO and not (beside(draft) or _opposed(draft))
    if len(together) > 1 and len(spans) < 2 and not held:
        return [query("series", draft, set(at), nodes=together, metrics=names, options=together, words=())]
    if whose is None or len(spans) < 2:
        return []
    return [query("series", draft, set(at), nodes=(whose,), metrics=names, owner=whose, spans=spans, words=())]


def _opposed(draft: Draft) -> tuple[Node, ...]:
    """The two that are set side by side: “X vs Y in M”, “X's M against Y's”, “X's M compared with that of Y”."""
    items, kinds = draft.items, draft.question.kinds
    named = [i for i, item in enumerate(items) if item.name and not item.text.islower() and i not in draft.excepted]
    if len(named) != 2 or any(kinds.get(n.ids[0]) == "Place" for n in draft.named() if n.ids):
        return ()
    between = draft.question.tokens[items[named[0]].end : items[named[1]].start]
    told = " ".join(t.text.lower() for t in between)
    return draft.named() if _BESIDE.search(told) and "than" not in told.split() else ()


_SET = (
    r"(?:compared?|comparing|stack up|measure up|set|put|measured|next|relative) (?:with|to|beside|against|alongside)"
)
_BESIDE = re.compile(rf"(?:^| )(?:vs|versus|v|against|{_SET})(?: that| those| the)?(?: of| at| for)?(?: the)?$")
_OTHERWISE = ("sum", "average", "difference", "change", "highest", "lowest", "agree", "differ", "share")
_OF_TWO = ("orders", "investment", "price", "marketShare", "shipments", "capacity")  # that two named may have in common


def over_one(draft: Draft, names: tuple[str, ...], at: tuple[int, ...]) -> list[Query]:
    """“By how many people did X's workforce shrink in 2025?”: the amount of the one period beside that of the year,
    failing that the quarter, before; “by how much” also as the change that a source states.
    """
    whose, found = owner(draft, at), draft.question.periods
    if whose is None or len(found) != 1 or not draft.question.has("change"):
        return []
    own = query("fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, period=found[0], words=())
    others = [relative_period(f"{unit} before", found[0]) for unit in ("year", "quarter")]
    apart = [replace(own, kind="contrast", inner=replace(own, period=s)) for s in others if s is not None]
    stems = draft.question.stems
    if stems[:3] != ("by", "how", "much") or lossy(draft):
        return apart
    return [replace(own, basis="change", way=way(stems)), *apart]


def against_forecast(draft: Draft) -> list[Query]:
    """“Did X's profit beat analysts' expectations?”, “By how much did it exceed the consensus?”: what was, beside
    what others had expected.
    """
    names, at, _ = compared(draft)
    whose, stems = owner(draft, at), {*draft.question.stems}
    beyond = stems & (ABOVE | BELOW) or draft.question.has("difference") or draft.question.has("highest")
    if (
        not names
        or whose is None
        or not whose.named
        or not beyond
        or not _FORESEEN & stems
        or draft.question.quantities
    ):
        return []
    own = query(
        "fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, words=(), soft=(), wish=None, about=()
    )
    theirs = replace(own, soft=("analyst",), wish="future", strict_kind=True)
    if not draft.yes_no:
        return [replace(own, kind="contrast", inner=theirs)]
    return [replace(own, kind="outdone", inner=theirs, lowest=bool(stems & BELOW) != lossy(draft))]


_FORESEEN = set(lemmas("expectations expectation expected consensus street analyst analysts"))


def moved(draft: Draft) -> list[Query]:
    """“How did X's revenue move from 2024 to the first half of 2025?”, “From what to what has X's share gone?”"""
    names, at, scope = compared(draft)
    whose = owner(draft, at)
    if not names or whose is None:
        return []
    fields = {"metrics": names, "owner": whose}
    if FROM_TO.search(draft.question.text):
        found = query("moved", draft, set(at), nodes=(whose,), way=way(draft.question.stems), **fields)
        return [replace(found, soft=(*found.soft, *found.words, *scope), words=())]
    spans = draft.question.periods
    if draft.question.has("change") and (len(spans) > 1 or _SINCE in draft.question.stems):
        return [_later_first(q) for q in between_periods(draft, names, at)]
    if draft.lemma(0) in ("how", "compar") and draft.lemma(1) not in ("much", "many") and len(spans) > 1:
        return between_periods(draft, names, at)
    return []


def than_before(draft: Draft) -> list[Query]:
    """“Was X's loss in the third quarter larger than a year before?”, “Did X's revenue rise from 2024 to 2025?”, “Was X
    profitable?”: yes or no of one amount.
    """
    names, at, _ = compared(draft)
    named = draft.named()
    if not names or not draft.yes_no or (len(named) > 1 and not one_alone(draft, named)):
        return []
    whose, factor = owner(draft, at), factor_of(draft)
    if whose is not None and factor is not None:
        return [replace(q, quantity=factor) for q in _changed(draft, names, at, whose)]
    stems = {*draft.question.stems}
    bar = draft.question.quantities[0] if draft.question.quantities else None
    if bar is not None and whose is not None and whose.named:
        return _beyond(draft, names, at, whose, bar)
    if whose is not None and draft.question.has("change"):
        return _changed(draft, names, at, whose)
    if _SIGNS & stems and names[0] in ("netProfit", "operatingProfit") and whose is not None and not ordered(draft):
        signed = query("outdone", draft, set(at), nodes=(whose,), metrics=names, owner=whose)
        return [replace(signed, lowest=lossy(draft), words=())]
    if not ordered(draft) or "than" not in stems:
        return []
    return [replace(q, kind="outdone", lowest=lowest(draft)) for q in between_periods(draft, names, at)]


def factor_of(draft: Draft) -> Quantity | None:
    """By what an amount is taken to be multiplied: 2 for “doubled”, “twice”, “three times” as it stands."""
    told = next((q for q in draft.question.quantities if q.unit == "times"), None)
    if told is None and any(q.text.lower() == "half" for q in draft.question.quantities):
        told = Quantity(Decimal("0.5"), Decimal("0.5"), "times")
    said = next((_FACTORS[s] for s in draft.question.stems if s in _FACTORS), None)
    return told or (Quantity(Decimal(said), Decimal(said), "times") if said else None)


_FACTORS = {
    lemma(word): factor
    for word, factor in (("twice", "2"), ("double", "2"), ("triple", "3"), ("treble", "3"), ("thrice", "3"))
} | {lemma("quadruple"): "4", lemma("halve"): "0.5"}


def _changed(draft: Draft, names: tuple[str, ...], at: tuple[int, ...], whose: Node) -> list[Query]:
    """Whether an amount rose or fell: by two periods, by a change that is told, by the figure of the year before."""
    stems = {*draft.question.stems} - (_LOSING if lossy(draft) else set())
    either = both_ways(stems)
    down = bool(DOWN & stems) and not either
    found = between_periods(draft, names, at)
    later = [replace(_later_first(q), kind="outdone", lowest=down != lossy(draft)) for q in found]
    own = query("outdone", draft, set(at), nodes=(whose,), metrics=names, owner=whose, words=())
    before = replace(own, lowest=down != lossy(draft), against="year before", latest=False)
    told = [] if lossy(draft) else [replace(own, lowest=down, basis="change")]
    return [replace(q, noun="way" if either else "") for q in (*later, *told, before)]


_LOSING = set(lemmas("lose"))  # which has the stem of “loss”


def _beyond(draft: Draft, names: tuple[str, ...], at: tuple[int, ...], whose: Node, bar: Quantity) -> list[Query]:
    """“Is X's margin below 20%?”, “Did X's revenue exceed $5 billion?”: an amount against one that is named."""
    stems = {*draft.question.stems}
    below = bool(BELOW & stems) or (bar.low is None and not ABOVE & stems)
    if not (below or ABOVE & stems or bar.high is None):
        return []
    value = bar.low if bar.low is not None else bar.high
    exact = Quantity(value, value, bar.unit)
    found = query("above", draft, set(at), nodes=(whose,), metrics=names, owner=whose, quantity=exact, lowest=below)
    return [replace(found, words=())]


BELOW = set(lemmas("below under beneath less fewer lower short miss"))
ABOVE = set(lemmas("above over exceed top more higher beyond pass surpass beat cross clear"))
_SIGNS = set(lemmas("profitable loss lose lost red black profit"))


def _later_first(found: Query) -> Query:
    """The contrast with the later period in the first place."""
    other = found.inner
    starts = (found.period.start if found.period else None, other.period.start if other and other.period else None)
    if other is None or None in starts or (starts[0] or date.min) >= (starts[1] or date.min):
        return found
    return replace(other, kind="contrast", inner=replace(found, kind="fact", inner=None))
