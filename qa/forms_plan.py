"""Forms whose parts are found before they are computed with: ratios of two amounts, growth in percent, means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Quantity
from qa.draft import Draft
from qa.forms_time import factor_of
from qa.in_period import FLOWS
from qa.plan_parts import (
    SPENT,
    Figure,
    derived,
    figures_of,
    governs,
    joined_span,
    node_at,
    of_metrics,
    pair_of,
    parts_of,
    planned,
    share_mark,
    single,
    term,
    two_spans,
)
from qa.query import Query
from qa.words import lemmas

_LESS, _MORE = set(lemmas("less under below fewer")), set(lemmas("more over above exceed least than"))
_TIMES = set(lemmas("times"))
_BARE = Decimal("0.95")  # “twice as much” is true of a little less
_PERCENT, _BESIDE = set(lemmas("percent percentage")), set(lemmas("compare relation relative ratio against"))
_RATE = _PERCENT | set(lemmas("rate fast"))
_UNITS = {1: set(lemmas("month monthly")), 3: set(lemmas("quarter quarterly")), 12: set(lemmas("year yearly annual"))}
_OTHERWISE = ("change", "difference", "highest", "lowest")
_OWNING = {"its", "their", "the", "'s", "his", "her", "own", "of", "that"}


def plan(draft: Draft) -> list[Query]:
    """“What share of its revenue does X spend on R&D?”, “How many times Y's revenue is X's?”, “X's net margin?”"""
    if draft.question.revision.stage or draft.question.revision.told:
        return []
    forms = (_named, _each_of, _over_time, _grown, _apart) if not draft.yes_no else (_fraction,)
    return next((found for form in (*forms, _part_of) if (found := form(draft))), [])


def _over_time(draft: Draft) -> list[Query]:
    """“X's average quarterly revenue in 2025”: what is stated of the whole time, divided, or the mean of its parts."""
    figures, whose, spans = figures_of(draft), single(draft), draft.question.periods
    months = next((n for n, told in _UNITS.items() if told & {*draft.question.stems}), 0)
    if not months or whose is None or len({f.metric for f in figures}) != 1 or figures[0].metric not in FLOWS:
        return []
    if not draft.question.has("average") and "per" not in draft.question.stems:
        return []
    whole = joined_span(draft, spans)
    if whole is None or whole.start is None or whole.end is None:
        return []
    parts = parts_of(whole, months)
    each = term(draft, figures[0].metric, set(), {figures[0].at})
    told = planned(draft, "spread", (replace(each, period=whole),), whose)
    found = [replace(told, period=None, top=len(parts))]
    terms = tuple(replace(each, period=span) for span in parts)
    return found + ([replace(told, op="mean", period=None, terms=terms)] if 2 <= len(parts) <= 4 else [])


def _named(draft: Draft) -> list[Query]:
    """“X's net margin”: a figure that goes by a name of its own."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("derived")), None)
    whose = single(draft)
    if at is None or whose is None or draft.question.has("change") or draft.question.has("difference"):
        return []
    told = derived()[next(s.name for s in draft.items[at].all("derived"))]
    return [of_metrics(draft, told["op"], tuple(told["of"]), whose, {at})]


def _each_of(draft: Draft) -> list[Query]:
    """“X's revenue per employee”: one amount for each of what another counts."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("per")), None)
    whose = single(draft)
    figures = [f for f in figures_of(draft) if f.at != at]
    if at is None or whose is None or not figures:
        return []
    among = next(s.name for s in draft.items[at].all("per"))
    first = term(draft, figures[0].metric, {*range(len(draft.items))} - {at}, {figures[0].at, at})
    return [planned(draft, "per", (first, term(draft, among, set(), {at})), whose)]


def _part_of(draft: Draft) -> list[Query]:
    """“What share of its M2 is X's M1”, “M1 as a percentage of M2”, “how many times its M2 is X's M1”."""
    figures, whose = figures_of(draft), single(draft)
    if len(figures) != 2 or whose is None or figures[0].metric == figures[1].metric:
        return []
    factor = draft.first("factor")
    mark = factor if factor is not None else share_mark(draft)
    beside = draft.first("ratio") is not None or (
        _PERCENT & {*draft.question.stems} and _BESIDE & {*draft.question.stems}
    )
    if (mark is None and not beside) or any(
        draft.question.has(k) for k in ("change", "difference", "highest", "lowest")
    ):
        return []
    whole = next((f for f in figures if mark is not None and governs(draft, mark, f.at)), None)
    if whole is None and factor is None and mark is not None:
        return []
    whole = whole or figures[1]
    part = next(f for f in figures if f is not whole)
    if not part.firm and part.metric not in SPENT | ({"marketCap"} if factor is not None else set()):
        return []
    own = {*range(min(mark if mark is not None else whole.at, whole.at), whole.at + 1)}
    terms = (
        term(draft, part.metric, {*range(len(draft.items))} - own, {part.at}),
        term(draft, whole.metric, own, {whole.at}),
    )
    return [planned(draft, "ratio" if factor is not None else "percent", terms, whose)]


def _apart(draft: Draft) -> list[Query]:
    """“How many times as large as Y's is X's revenue?”, “By what factor does X's capex exceed Y's?”"""
    figures, pair, factor = figures_of(draft), pair_of(draft), draft.first("factor")
    if factor is None or len({f.metric for f in figures}) != 1 or pair is None:
        return []
    first, second = pair
    if _after_than(draft, second) or not (_after_than(draft, first) or _right_behind(draft, factor, first)):
        first, second = second, first
    # The one behind “than”, “as” or “times” is what the other is measured by.
    return [_of_two(draft, figures[0], second, first)]


def _of_two(draft: Draft, figure: Figure, larger: int, smaller: int) -> Query:
    """The amount of one firm as a multiple of another's."""
    each = term(draft, figure.metric, {*range(len(draft.items))}, {figure.at})
    terms = tuple(replace(each, owner=node_at(draft, i)) for i in (larger, smaller))
    return planned(draft, "ratio", terms, None)


def _after_than(draft: Draft, at: int) -> bool:
    return draft.lemma(at - 1) in ("than", "as") or (draft.lemma(at - 1) == "the" and draft.lemma(at - 2) == "than")


def _right_behind(draft: Draft, factor: int, at: int) -> bool:
    return at == factor + 1 or (at == factor + 2 and draft.lemma(at - 1) in ("the", "that"))


def _grown(draft: Draft) -> list[Query]:
    """“By how many percent did X's M grow between 2024 and 2025?”, “By what factor did it multiply?”"""
    figures, whose, spans = figures_of(draft), single(draft), two_spans(draft)
    factor = draft.first("factor") is not None
    asked = factor or (draft.question.has("change") and _RATE & {*draft.question.stems})
    if spans is None or whose is None or not asked or not figures:
        return []
    if len({f.metric for f in figures if f.firm} or {f.metric for f in figures}) != 1:
        return []
    named = next((f for f in figures if f.firm), figures[0])
    each = term(draft, named.metric, set(), {named.at})
    terms = tuple(replace(each, period=span) for span in spans)
    return [replace(planned(draft, "ratio" if factor else "growth", terms, whose), period=None)]


def _fraction(draft: Draft) -> list[Query]:
    """“Is X's profit more than half of its revenue?”, “Was X's revenue more than ten times Y's?”"""
    bar = _bar(draft)
    figures, pair = figures_of(draft), pair_of(draft)
    if bar is None:
        return []
    quantity, below = bar
    found: list[Query] = []
    if len(figures) == 2 and pair is None and (whose := single(draft)) is not None:
        whole = next((f for f in figures if _belonging(draft, f.at)), None)
        part = next((f for f in figures if f is not whole), None)
        if whole is not None and part is not None and (part.firm or part.metric in SPENT):
            terms = (term(draft, part.metric, set(), {part.at}), term(draft, whole.metric, set(), {whole.at}))
            found = [planned(draft, "percent" if quantity.unit == "percent" else "ratio", terms, whose)]
    elif len({f.metric for f in figures}) == 1 and pair is not None and draft.items[1].name:
        found = [_of_two(draft, figures[0], *pair)]
        found = [replace(q, op="percent") for q in found] if quantity.unit == "percent" else found
    return [replace(q, quantity=quantity, lowest=below) for q in found]


def _belonging(draft: Draft, at: int) -> bool:
    """Whether the figure stands behind “of” or “times” with none but an owner and plain words between."""
    k = at - 1
    while k > 0 and (draft.lemma(k) in _OWNING - {"of"} or draft.items[k].name):
        k -= 1
    return draft.lemma(k) in {"of", *_TIMES, *lemmas("twice")}


def _bar(draft: Draft) -> tuple[Quantity, bool] | None:
    """The part or the multiple that a question names, and whether it asks if the amount is less than that."""
    stems = {*draft.question.stems}
    less = bool(_LESS & stems)
    for amount in draft.question.quantities:
        value = amount.low if amount.low is not None else amount.high
        if amount.unit in ("percent", "times") and value is not None:
            bare = amount.low == amount.high and not (_LESS | _MORE) & stems
            return _exactly(value * _BARE if bare else value, amount.unit), amount.low is None or less
    said = factor_of(draft)
    if said is not None and said.low is not None and not draft.question.has("change"):
        return _exactly(said.low if (_LESS | _MORE) & stems else said.low * _BARE, "times"), less
    at = next((i for i in range(len(draft.items)) if draft.lemma(i) in _TIMES), None)
    number = next((s.name for s in draft.items[at - 1].all("number")), None) if at else None
    return (_exactly(Decimal(number), "times"), less) if number is not None else None


def _exactly(value: Decimal, unit: str) -> Quantity:
    return Quantity(value, value, unit)
