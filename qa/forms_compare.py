"""Forms that compute: differences, sums, the bigger of some, the biggest of all, the top few together."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft, query
from qa.forms_fact import owner
from qa.query import Node, Query
from qa.words import lemmas


def _lowest(draft: Draft) -> bool:
    return draft.question.has("lowest") and not draft.question.has("highest")


def _ordered(draft: Draft) -> bool:
    return draft.question.has("highest") or draft.question.has("lowest")


def compared(draft: Draft) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """The metric that is compared, its items, and words for its scope: a share of something is a market share."""
    names, at = draft.metrics()
    if draft.question.has("share") and "marketShare" not in names:
        return ("marketShare",), at, tuple(s for i in at for s in lemmas(draft.items[i].text))
    return names, at, ()


def difference(draft: Draft) -> list[Query]:
    """“By how much does X's revenue exceed Y's?”"""
    names, at, scope = compared(draft)
    nodes = draft.named()
    if not names or not draft.question.has("difference") or len(nodes) < 2:
        return []
    pair = (nodes[0], nodes[-1])
    found = query("difference", draft, set(at), nodes=pair, metrics=names, options=pair)
    return [replace(found, soft=(*found.soft, *scope), words=tuple(w for w in found.words if w != "point"))]


def total(draft: Draft) -> list[Query]:
    """“What do X's A and B sales add up to?”, “How much did X and Y spend in total?”"""
    names, at = draft.metrics()
    if not names or not draft.question.has("sum"):
        return []
    whose = owner(draft, at)
    several = tuple(n for n in draft.named() if whose is None or n.ids != whose.ids)
    together = (whose, several[0]) if whose and several and _joined(draft, whose) else ()
    about = several[1:] if together else several
    return [
        query(
            "sum",
            draft,
            set(at),
            nodes=(whose, *together),
            metrics=names,
            owner=whose,
            top=number(draft),
            options=together,
            about=about,
        )
    ]


def _joined(draft: Draft, first: Node) -> bool:
    """Whether another name stands beside the first: “X and Y together”."""
    items = draft.items
    return any(
        (name := items[i].name) and name.ids == first.ids and draft.lemma(i + 1) == "and" and items[i + 2].name
        for i in range(len(items) - 2)
    )


def number(draft: Draft) -> int | None:
    """The small number that the question names in words: “two biggest”."""
    sense = next((s for item in draft.items for s in item.all("number")), None)
    return int(sense.name) if sense else None


def options(draft: Draft) -> list[Query]:
    """“Whose margin is higher, X's or Y's?”, “X or Y: which has the bigger M?”, “Of X, Y and Z, who …?”"""
    names, at, scope = compared(draft)
    stems = draft.question.stems
    nodes = draft.named()
    if not names or len(nodes) < 2 or not _ordered(draft):
        return []
    if "than" in stems and draft.yes_no:
        return [
            query(
                "compare",
                draft,
                set(at),
                nodes=nodes[:2],
                metrics=names,
                options=nodes[:2],
                owner=nodes[0],
                lowest=_lowest(draft),
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
        lowest=_lowest(draft),
        wanted=("Company",),
    )
    return [replace(found, soft=(*found.soft, *scope))]


def _listed(draft: Draft) -> tuple[Node, ...]:
    """The names joined by “or”, or by “and” after “of”, “between” or “among”: those between the first and the last."""
    stems = draft.question.stems
    joint = "or" if "or" in stems else "and" if stems[:1] in (("of",), ("between",), ("among",)) else ""
    at = next((i for i in range(len(draft.items)) if draft.lemma(i) == joint), None) if joint else None
    if at is None:
        return ()
    chosen: list[int] = []
    for way in (range(at - 1, -1, -1), range(at + 1, len(draft.items))):
        for i in way:
            if draft.items[i].name:
                chosen.append(i)
            elif draft.lemma(i) not in (",", "'s", "the"):
                break
    return tuple(Node(ids=name.ids, label=draft.items[i].text) for i in sorted(chosen) if (name := draft.items[i].name))


def superlative(draft: Draft) -> list[Query]:
    """“Which company has the highest margin?”, “Of X's shareholders, who owned most?”"""
    if not (_ordered(draft) or draft.question.has("ordinal")) or draft.lemma(0) == "how":
        return []
    names, at, scope = compared(draft)
    nodes = draft.named()
    shareholders = any(s.name == "investsIn" and i.sense("noun") for i in draft.items for s in i.all("noun"))
    if nodes and (shareholders or ("own" in draft.question.stems and not names)):
        return [
            query(
                "superlative",
                draft,
                set(at),
                nodes=(nodes[0],),
                metrics=("investment",),
                basis="share",
                unit="percent",
                about=(nodes[0],),
                without=(nodes[0],),
                lowest=_lowest(draft),
                period=None,
                wanted=("Company", "Organization", "Person"),
                words=(),
                soft=("own", "stake", "share"),
            )
        ]
    if not names or any(n.label != n.label.lower() for n in nodes):
        return []
    wanted = next((tuple(s.name for s in i.all("class")) for i in draft.items if i.all("class")), ("Company",))
    found = query(
        "superlative",
        draft,
        set(at),
        nodes=nodes,
        metrics=names,
        wanted=wanted,
        lowest=_lowest(draft),
        rank=rank(draft) or 1,
    )
    return [replace(found, soft=(*found.soft, *scope))]


def rank(draft: Draft) -> int | None:
    """Which place is asked for: “second-largest” 2, “third” 3."""
    sense = next((s for item in draft.items for s in item.all("ordinal")), None)
    return int(sense.name) if sense else None


def top(draft: Draft) -> list[Query]:
    """“What share of X's revenue comes from its two biggest customers?” (also as an if-clause): the top shares
    summed.
    """
    names, at = draft.metrics()
    count = number(draft)
    customers = any(s.name == "supplies" and s.side == "object" for item in draft.items for s in item.all("noun"))
    big = {"big", "larg", "main", "major"} & set(draft.question.stems)
    if not customers or not draft.question.has("share") or not (draft.question.has("highest") or (count and big)):
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
