"""Forms that compute: differences, sums, the bigger of some, the biggest of all, the top few together."""

from __future__ import annotations

from qa.draft import Draft, query
from qa.forms_fact import owner
from qa.query import Node, Query


def _names(draft: Draft) -> tuple[Node, ...]:
    return tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items if i.name)


def _lowest(draft: Draft) -> bool:
    return draft.question.has("lowest") and not draft.question.has("highest")


def difference(draft: Draft) -> list[Query]:
    """“By how much does X's revenue exceed Y's?”"""
    names, at = draft.metrics()
    nodes = _names(draft)
    if not names or not draft.question.has("difference") or len(nodes) != 2:
        return []
    return [query("difference", draft, set(at), nodes=nodes, metrics=names, options=nodes)]


def total(draft: Draft) -> list[Query]:
    """“What do X's A and B sales add up to?”, “How much did X and Y spend in total?”"""
    names, at = draft.metrics()
    if not names or not draft.question.has("sum"):
        return []
    whose = owner(draft, at)
    return [query("sum", draft, set(at), nodes=(whose,), metrics=names, owner=whose, top=_number(draft))]


def _number(draft: Draft) -> int | None:
    sense = next((s for item in draft.items for s in item.all("number")), None)
    return int(sense.name) if sense else None


def options(draft: Draft) -> list[Query]:
    """“Whose margin is higher, X's or Y's?”, “X or Y: which has the bigger M?”, “Of X, Y and Z, who …?”"""
    names, at = draft.metrics()
    stems = draft.question.stems
    nodes = _names(draft)
    listed = "or" in stems or (stems[:1] == ("of",) and "and" in stems)
    if not names or len(nodes) < 2 or not listed or not (draft.question.has("highest") or draft.question.has("lowest")):
        return _than(draft, names, at, nodes)
    return [
        query(
            "compare",
            draft,
            set(at),
            nodes=nodes,
            metrics=names,
            options=nodes,
            lowest=_lowest(draft),
            wanted=("Company",),
        )
    ]


def _than(draft: Draft, names: tuple[str, ...], at: tuple[int, ...], nodes: tuple[Node, ...]) -> list[Query]:
    """“Is X's margin higher than Y's?”"""
    ordered = draft.question.has("highest") or draft.question.has("lowest")
    if names and len(nodes) == 2 and "than" in draft.question.stems and ordered and draft.yes_no:
        return [
            query(
                "compare",
                draft,
                set(at),
                nodes=nodes,
                metrics=names,
                options=nodes,
                owner=nodes[0],
                lowest=_lowest(draft),
            )
        ]
    return []


def superlative(draft: Draft) -> list[Query]:
    """“Which company has the highest margin?”, “Of X's shareholders, who owned most?”"""
    if not (draft.question.has("highest") or draft.question.has("lowest")) or draft.yes_no:
        return []
    if draft.lemma(0) == "how" or {"customer"} & set(draft.question.stems):
        return []
    names, at = draft.metrics()
    nodes = _names(draft)
    asks = draft.wh is not None and draft.lemma(draft.wh) in ("who", "which", "what", "whose")
    if not asks:
        return []
    shareholders = next((i for i in draft.items if any(s.name == "investsIn" for s in i.all("noun"))), None)
    if nodes and (shareholders is not None or ("own" in draft.question.stems and not names)):
        return [query("superlative", draft, set(at), nodes=(nodes[0],), metrics=("investment",), basis="share", unit="percent",
                      about=(nodes[0],), without=(nodes[0],), lowest=_lowest(draft), period=None,
                      wanted=("Company", "Organization", "Person"), words=(), soft=("own", "stake", "share"))]  # fmt: skip
    if not names or nodes:
        return []
    wanted = next((tuple(s.name for s in i.all("class")) for i in draft.items if i.all("class")), ("Company",))
    return [query("superlative", draft, set(at), metrics=names, wanted=wanted, lowest=_lowest(draft))]


def top(draft: Draft) -> list[Query]:
    """“What share of X's revenue comes from its two biggest customers?” (also as an if-clause): the top shares summed."""
    names, at = draft.metrics()
    number = _number(draft)
    customers = any(s.name == "supplies" and s.side == "object" for item in draft.items for s in item.all("noun"))
    if not customers or not draft.question.has("share") or not draft.question.has("highest"):
        return []
    whose = _names(draft)[:1]
    if not whose:
        return []
    return [query("top", draft, set(at), nodes=whose, metrics=names or ("revenue",), owner=whose[0], basis="share", unit="percent",
                  top=number or 1, words=(), soft=("customer",))]  # fmt: skip
