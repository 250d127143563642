"""Forms that compare the amounts of several subjects: which of them is the bigger, whether one is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.conditions import query
from qa.draft import Draft
from qa.forms_fact import lossy, of_relation, paid_for_a_firm
from qa.query import Node, Query
from qa.units import OF_UNIT
from qa.words import lemmas

_JOINTS = ("or", "vs", "versus", "v")
_OPENERS = {"of", "between", "among"}
_SAME = {"same", "like"}


def lowest(draft: Draft) -> bool:
    """Whether the smallest amount is asked for."""
    small = draft.question.has("lowest") and not draft.question.has("highest")
    return small != lossy(draft)


def ordered(draft: Draft) -> bool:
    """Whether somebody is asked for by the size of an amount."""
    return draft.question.has("highest") or draft.question.has("lowest")


def compared(draft: Draft) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """The metric that is compared, its items, and words for its scope: a share of something is a market share."""
    names, at = draft.metrics()
    weak = all(s.weak for i in at for s in draft.items[i].all("metric"))
    if weak and (of_unit := OF_UNIT.get(draft.question.unit or "")):
        names, at = of_unit, ()
    if weak and (counts := _counted_goods(draft)):
        names = (*counts, *(n for n in names if "sell" in draft.question.stems))
    names = paid_for_a_firm(draft, names)
    if not names and (draft.question.has("difference") or draft.question.has("sum")):
        names, at = of_relation(draft)
    if not names and ordered(draft) and any(s.name == "investsIn" for i in draft.items for s in i.all("verb")):
        names, at = of_relation(draft)
    if not names and _counted_thing(draft):
        names = ("orders", "shipments", "capacity", "marketShare")
    if not names and draft.question.has("difference") and "point" in draft.question.stems:
        names = ("marketShare",)
    if not names and draft.question.has("change") and ordered(draft):
        names = ("revenue",)
    if _dear(draft, names):
        names = ("price",)
    if (draft.question.has("share") or "share" in draft.question.stems) and "marketShare" not in names:
        return ("marketShare",), at, tuple(s for i in at for s in lemmas(draft.items[i].text))
    return names, at, ()


def one_alone(draft: Draft, nodes: tuple[Node, ...]) -> bool:
    """Whether only one's amount has moved, somewhere or towards somebody: “by how much did X's sales in Y grow”."""
    apart = [
        item for item in draft.items if item.sense("difference") and not item.text.lower().startswith(("by ", "how "))
    ]
    against = apart or ordered(draft) or {"than", "and"} & {*draft.question.stems}
    case = dict(draft.cases).get(nodes[-1].ids[0], "") if nodes[-1].ids else ""
    return draft.question.has("change") and not against and bool(case) and case != "than"


def _dear(draft: Draft, names: tuple[str, ...]) -> bool:
    """Whether two named things are compared, or some are ranked, by what they cost: “cheaper than”, “the dearest”."""
    if not names and draft.question.has("change") and _DEAR & {*draft.question.stems}:
        return True
    between = "than" in draft.question.stems and len(draft.named()) > 1
    return names in ((), ("costReduction",), ("costReduction", "price")) and bool(
        _DEAR & {*draft.question.stems} if between else _DEAREST & {t.text.lower() for t in draft.question.tokens}
    )


_DEAREST = {"dearest", "cheapest", "priciest", "costliest", "dearer", "pricier", "costlier"}
_DEAR = set(lemmas(" ".join(("cheaper dear pricey costly expensive", *sorted(_DEAREST)))))


def _counted_thing(draft: Draft) -> bool:
    """Whether somebody is asked for by how many of something they have: “the most X chips”, “fewest wafers of Y”."""
    for i, item in enumerate(draft.items[:-1]):
        much = item.sense("highest") or item.sense("lowest")
        after = draft.items[i + 1]
        if much and {*lemmas(item.text)} & _MOST and after.name is not None and after.start == item.end:
            return True
    return False


def _counted_goods(draft: Draft) -> tuple[str, ...]:
    """The amounts in which goods are counted that somebody makes or sells more of: “does X make more phones than Y”."""
    goods = any(
        {*lemmas(item.text)} & _MOST
        and after.text.lower().endswith("s")
        and {s.name for s in after.all("class")} & {"Product", "Chip"}
        for item, after in pairwise(draft.items)
    )
    if not goods:
        return ()
    if "sell" in draft.question.stems:
        return ("shipments",)
    made = any(s.name == "manufactures" for item in draft.items for s in item.all("verb"))
    return ("shipments", "capacity") if made else ()


_MOST = set(lemmas("most fewest more fewer least less"))


def options(draft: Draft) -> list[Query]:
    """“Whose margin is higher, X's or Y's?”, “X or Y: which has the bigger M?”, “X vs Y in M: who is ahead?”"""
    names, at, scope = compared(draft)
    nodes = draft.named()
    above = _above(draft)
    if (
        not names
        or len(nodes) < 2
        or not (ordered(draft) or (draft.yes_no and draft.question.has("difference")) or above)
    ):
        return []
    basis = "change" if draft.question.has("change") and not above else None
    if draft.yes_no and ("than" in draft.question.stems or draft.question.has("difference") or above):
        pair = nodes[:2]
        return [
            query(
                "compare",
                draft,
                set(at),
                nodes=pair,
                metrics=names,
                options=pair,
                owner=nodes[0],
                lowest=lowest(draft) != (above == -1),
                basis=basis,
            )
        ]
    listed = _listed(draft)
    if len(listed) < 2:
        return []
    found = query(
        "compare",
        draft,
        set(at),
        nodes=listed,
        metrics=names,
        options=listed,
        lowest=lowest(draft),
        wanted=("Company",),
        basis=basis,
    )
    return [replace(found, soft=(*found.soft, *scope))]


def _above(draft: Draft) -> int:
    """1 if it is asked whether the first named does better than the second (“beat”, “has the edge on”), -1 if worse
    (“trails”, “undercuts”), 0 if neither.
    """
    named = [i for i, item in enumerate(draft.items) if item.name]
    between = draft.items[named[0] + 1 : named[1]] if len(named) > 1 and draft.yes_no else ()
    verb = next((i for i in between if (i.sense("outdo") or i.sense("trail")) and not i.sense("metric")), None)
    return 0 if verb is None else 1 if verb.sense("outdo") else -1


def _listed(draft: Draft) -> tuple[Node, ...]:
    """The names joined by “or” or “vs”, or by “and” after “of”, “between” or “among”."""
    stems = draft.question.stems
    joint = next((j for j in _JOINTS if j in stems), "and" if _OPENERS & {*stems[:2]} else "")
    at = next((i for i in range(len(draft.items)) if draft.lemma(i) == joint), None) if joint else None
    if at is None:
        return ()
    chosen: list[int] = []
    for way in (range(at - 1, -1, -1), range(at + 1, len(draft.items))):
        for i in way:
            if draft.items[i].name and chosen and draft.lemma(i - 1) in ("in", "from", "at", "to") and way.step < 0:
                break
            if draft.items[i].name:
                chosen.append(i)
            elif draft.lemma(i) not in (",", "'s", "the", ".") or (draft.lemma(i) == "'s" and draft.items[i + 1].name):
                break
    return tuple(Node(ids=name.ids, label=draft.items[i].text) for i in sorted(chosen) if (name := draft.items[i].name))


def between_some(draft: Draft) -> bool:
    """Whether it is between a name and one that the graph lacks, joined by “or” or “vs”, and about nobody else."""
    for i in range(1, len(draft.items) - 1):
        beside = draft.items[i - 1], draft.items[i + 1]
        lacking = [one for one in beside if not one.name and (one.text[:1].isupper() or one.text.isdigit())]
        if draft.lemma(i) in _JOINTS and lacking and any(one.name for one in beside):
            return True
    return False
