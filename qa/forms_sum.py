"""Forms that add up: the parts of one amount, the amounts of several or of several periods, their average."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from qa.conditions import query
from qa.draft import Draft
from qa.focus import focus
from qa.forms_compare import compared
from qa.owners import owner
from qa.query import Node, Query, Span
from qa.words import lemmas

_TOTAL = {"total", "overall"}


def each_year(draft: Draft) -> tuple[Span, ...]:
    """The periods that the question names; “from 2024 to 2026” as three years."""
    spans = draft.question.periods
    if len(spans) != 2 or not _RUN.search(draft.question.text):
        return spans
    starts = [s.start for s in spans]
    if not all(d is not None and d.month == 1 and s.text == str(d.year) for d, s in zip(starts, spans, strict=True)):
        return spans
    years = range(starts[0].year, starts[1].year + 1) if starts[0] and starts[1] else range(0)
    return tuple(Span(date(y, 1, 1), date(y, 12, 31), str(y)) for y in years)


_RUN = re.compile(r"\b(?:19|20)\d\d (?:to|through|until|till|-|–) (?:19|20)\d\d\b")


def total(draft: Draft) -> list[Query]:
    """“What do X's A and B sales add up to?”, “X's capex of 2025 plus 2026?”, “Average of X's and Y's M?”"""
    names, at, scope = compared(draft)
    mean = draft.question.has("average")
    together = listed_names(draft)
    together = together if len(together) > 1 else beside(draft) or together
    spans = each_year(draft)
    several = len(together) > 1 or len(spans) > 1
    if not names or not (draft.question.has("sum") or mean or (several and _TOTAL & {*draft.question.stems})):
        return []
    named = tuple(n for n in draft.named() if not n.label.islower())
    if len(together) > 1:
        whose: Node | None = together[0]
        about = tuple(n for n in named if all(n.ids != t.ids for t in together))
    else:
        whose = owner(draft, at)
        about = tuple(n for n in named if whose is None or n.ids != whose.ids)
    if draft.question.has("stake") and len(together) > 1 and names == ("marketShare",):
        names, scope = ("investment",), ("own", "stake", "share")
    soft = {"soft": scope} if scope and len(together) > 1 else {}
    found = query(
        "sum",
        draft,
        set(at),
        nodes=(whose, *together),
        metrics=names,
        owner=whose,
        top=number(draft) if len(together) < 2 else None,
        options=together if len(together) > 1 else (),
        about=about,
        mean=mean,
        spans=spans if len(spans) > 1 and len(together) < 2 else (),
        unit=draft.question.unit or ("percent" if scope else None),
        basis="share" if names == ("investment",) and scope else None,
        **soft,
    )
    return [found]


def listed_names(draft: Draft) -> tuple[Node, ...]:
    """The names that stand in one list: “X and Y”, “X, Y and Z”, “X's and Y's”."""
    items, runs = draft.items, []
    run: list[int] = []
    for i in range(len(items)):
        if items[i].name and i not in draft.excepted and i != draft.speaker_at():
            if run and (draft.lemma(i - 1) == "'s" or run[-1] == i - 1):
                run = []
            run.append(i)
        elif draft.lemma(i) not in (",", "and", "'s", "the"):
            runs.append(run)
            run = []
    runs.append(run)
    best = max(runs, key=len)
    return tuple(Node(ids=n.ids, label=items[i].text) for i in best if (n := items[i].name))


def placed(draft: Draft) -> list[Query]:
    """“Of X's four big customers, what share has the smallest?”, “Which of X's customers brings the smaller part?”"""
    customers = any(s.name == "supplies" and s.side == "object" for item in draft.items for s in item.all("noun"))
    named = tuple(n for n in draft.named() if not n.label.islower())
    place = next((int(s.name) for item in draft.items for s in item.all("ordinal")), 1)
    low = draft.question.has("lowest") and not draft.question.has("highest")
    asked = draft.question.has("share") or "revenue" in draft.metrics()[0]
    if not customers or len(named) != 1 or not asked or draft.yes_no or not (low or place > 1):
        return []
    found = query("top", draft, set(), nodes=named, metrics=("revenue",), owner=named[0], basis="share", unit="percent")
    found = replace(
        found, top=number(draft), rank=place, lowest=low, noun="one", words=(), soft=("customer",), about=()
    )
    return [replace(found, wanted=("Company",)) if focus(draft.question) == "who" else found]


def beside(draft: Draft) -> tuple[Node, ...]:
    """Two names that a question sets side by side: “X v Y”, “X compared with Y”, “X's M against Y's”."""
    named = [
        i for i, item in enumerate(draft.items) if item.name and i not in draft.excepted and i != draft.speaker_at()
    ]
    if len(named) != 2:
        return ()
    stems = draft.question.stems
    between = [i for i in range(named[0] + 1, named[1]) if not draft.items[i].all("metric")]
    said = {s for i in between for s in stems[draft.items[i].start : draft.items[i].end]}
    adding = stems[0] in _ADDING and "to" in stems
    if not (said & _BESIDE or adding) or not said <= _BETWEEN:
        return ()
    return tuple(Node(ids=n.ids, label=draft.items[i].text) for i in named if (n := draft.items[i].name))


_BESIDE = set(lemmas("v vs versus against beside alongside next compared"))
_ADDING = set(lemmas("add"))
_BETWEEN = {"'s", ",", *_BESIDE, *lemmas("the that those of to with as and side by is in")}


def number(draft: Draft) -> int | None:
    """The small number that the question names in words: “two biggest”."""
    sense = next((s for item in draft.items for s in item.all("number")), None)
    return int(sense.name) if sense else None


def top(draft: Draft) -> list[Query]:
    """“What share of X's revenue comes from its two biggest customers?” (also as an if-clause): the top shares
    summed.
    """
    names, at = draft.metrics()
    count = number(draft)
    customers = any(s.name == "supplies" and s.side == "object" for item in draft.items for s in item.all("noun"))
    big = {"big", "larg", "main", "major"} & set(draft.question.stems)
    asked = draft.question.has("share") or draft.question.has("risk")
    if not customers or not asked or not (draft.question.has("highest") or (count and big)):
        return []
    whose = draft.named()[:1]
    if not whose:
        return []
    return [
        query(
            "top",
            draft,
            set(at),
            nodes=whose,
            metrics=names or ("revenue",),
            owner=whose[0],
            basis="share",
            unit="percent",
            top=count or 1,
            words=(),
            names=(),
            soft=("customer",),
            wish=None,
        )
    ]
