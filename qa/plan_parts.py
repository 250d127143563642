"""What plans are made of: the figures that a question names, whose they are, their periods, the terms made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from graph.vocabulary import read_yaml
from qa.conditions import query
from qa.draft import Draft
from qa.forms_time import two_periods
from qa.phrases import AUXILIARIES
from qa.query import Node, Op, Query, Span
from qa.words import lemmas

_COMPUTED = frozenset(
    {"revenue", "netProfit", "operatingProfit", "capex", "rndSpend", "marketCap", "headcount", "inventory"}
    | {"investment", "orders", "shipments"}
)
SPENT = {"investment", "capex", "rndSpend"}
_TRADED = set(lemmas("trade"))
_SAID = set(
    lemmas(
        "compare trade stand relation relative ratio proportion percent percentage expressed measured against come to"
        " go large big high great much as more less than time times twice make up account amount equal represent"
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An item that names an amount, by its likeliest metric; `firm` if no other word class may be meant."""

    at: int
    metric: str
    firm: bool


@cache
def derived() -> dict[str, dict[str, Any]]:
    """The figures that are computed from two others, by their name (plans.yaml)."""
    table: dict[str, dict[str, Any]] = read_yaml("qa", "plans.yaml")["derived"]
    return table


def figures_of(draft: Draft) -> list[Figure]:
    """The amounts that can be computed with, in the question's order: those that nouns name, if there are two."""
    out: list[Figure] = []
    for i, item in enumerate(draft.items):
        senses = sorted(item.all("metric"), key=lambda s: s.weak)
        if senses and senses[0].name in _COMPUTED and i not in draft.supposed:
            out.append(Figure(i, senses[0].name, not senses[0].weak))
    firm = [f for f in out if f.firm]
    spent = bool(firm) and {f.metric for f in out} <= SPENT
    traded = draft.question.has("factor") and _TRADED & {*draft.question.stems} and len(out) == 1
    if traded and out[0].metric != "marketCap":
        return [*out, Figure(out[0].at, "marketCap", firm=True)]
    return firm if spent or len({f.metric for f in firm}) > 1 else out


def single(draft: Draft) -> Node | None:
    """The one whom the question names; None if there are none or several."""
    named = [n for n in draft.named() if not n.label.islower()]
    return named[0] if len({n.ids for n in named}) == 1 and len(named[0].ids) == 1 else None


def pair_of(draft: Draft) -> tuple[int, int] | None:
    """Where the two whom the question names stand."""
    at = [
        i
        for i, item in enumerate(draft.items)
        if item.name and not item.text.islower() and i not in draft.excepted and i != draft.speaker_at()
    ]
    ids = {name.ids for i in at if (name := draft.items[i].name)}
    return (at[0], at[1]) if len(at) == 2 and len(ids) == 2 else None


def node_at(draft: Draft, i: int) -> Node:
    """The node of the name that stands there."""
    name = draft.items[i].name
    return Node(ids=name.ids if name else (), label=draft.items[i].text)


def term(draft: Draft, metric: str, span: set[int], used: set[int]) -> Query:
    """The question for one amount: of the words in `span`, those that are not `used` are its conditions."""
    outside = {i for i in range(len(draft.items)) if i not in span}
    found = query("fact", draft, outside | used, nodes=draft.named(), metrics=(metric,), about=(), period=None)
    words = tuple(w for w in found.words if w not in _SAID)
    found = replace(found, words=words, quantity=None, exclude=None, cases=())
    return found if draft.question.has("future") else replace(found, wish=None)


def planned(draft: Draft, op: Op, terms: tuple[Query, ...], whose: Node | None) -> Query:
    """The plan, with the conditions that hold for all of its terms."""
    found = query("plan", draft, {*range(len(draft.items))}, nodes=draft.named(), op=op, terms=terms, owner=whose)
    return replace(found, about=(), words=(), soft=(), quantity=None, exclude=None, unit=draft.question.unit)


def joined_span(draft: Draft, spans: tuple[Span, ...]) -> Span | None:
    """The one period that is asked for; “between January and June” is one."""
    if len(spans) == 2 and {"between", "from"} & {*draft.question.stems}:
        first, last = spans
        if first.start is not None and last.end is not None and first.start < last.end:
            return Span(first.start, last.end, f"{first.text} to {last.text}")
    return spans[0] if len(spans) == 1 else None


def parts_of(span: Span, months: int) -> list[Span]:
    """The stretches of so many months that make up a period; none if they do not."""
    assert span.start is not None
    assert span.end is not None
    out: list[Span] = []
    start = span.start
    while start < span.end and start.day == 1:
        over = start.month - 1 + months
        after = date(start.year + over // 12, over % 12 + 1, 1)
        out.append(Span(start, after - timedelta(days=1), f"{start} to {after - timedelta(days=1)}"))
        start = after
    return out if out and out[-1].end == span.end and len(out) > 1 else []


def two_spans(draft: Draft) -> tuple[Span, Span] | None:
    """The two periods of a growth, the later one first; “the third quarter … between 2024 and 2025” is one of each."""
    spans = draft.question.periods
    if len(spans) == 3 and spans[0].start is not None and spans[0].end is not None:
        quarter, *years = spans
        starts = [s.start for s in years]
        if all(d is not None and s.text == str(d.year) for d, s in zip(starts, years, strict=True)):
            spans = tuple(_in_year(quarter, d.year) for d in starts if d is not None)
    pair = spans if len(spans) == 2 else two_periods(draft) if len(spans) == 1 else None
    if pair is None or pair[0] is None or pair[1].start is None or pair[0].start is None:
        return None
    first, second = pair[0], pair[1]
    return (first, second) if pair[0].start > pair[1].start else (second, first)


def _in_year(span: Span, year: int) -> Span:
    """The same part of another year."""
    assert span.start is not None
    assert span.end is not None
    own = span.start.year
    start, end = span.start.replace(year=year), span.end.replace(year=span.end.year - own + year)
    return Span(start, end, f"{span.text} of {year}")


def share_mark(draft: Draft) -> int | None:
    """Where a share or a percentage of something is spoken of."""
    for i, item in enumerate(draft.items):
        if (item.sense("share") or item.sense("stake")) and not item.sense("metric"):
            return i
        if {*lemmas(item.text)} & {"percent", "percentage", "share", "proportion"} and draft.lemma(i + 1) == "of":
            return i
    return None


def governs(draft: Draft, mark: int, at: int) -> bool:
    """Whether a figure is what the phrase at `mark` is a part or a multiple of: “share of its revenue”."""
    between = range(mark + 1, at)
    of = draft.items[mark].text.lower().endswith(" of") or draft.lemma(mark + 1) == "of"
    plain = all(draft.items[k].name or draft.lemma(k) not in AUXILIARIES for k in between)
    owned = all(draft.items[k].name or draft.items[k].token is not None for k in between)
    return at > mark and plain and owned and len(between) <= 5 and (of or bool(draft.items[mark].sense("factor")))


def of_metrics(draft: Draft, op: Op, metrics: tuple[str, ...], whose: Node, used: set[int]) -> Query:
    """The operation on metrics of one owner, all other words of the question being conditions of each."""
    terms = (term(draft, name, {*range(len(draft.items))} - used, used) for name in metrics)
    return planned(draft, op, tuple(terms), whose)
