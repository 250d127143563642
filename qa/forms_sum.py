"""Forms that add up: the parts of one amount, the amounts of several or of several periods, their average."""

from __future__ import annotations

from qa.conditions import query
from qa.draft import Draft
from qa.forms_compare import compared
from qa.forms_fact import owner
from qa.query import Node, Query


def total(draft: Draft) -> list[Query]:
    """“What do X's A and B sales add up to?”, “X's capex of 2025 plus 2026?”, “Average of X's and Y's M?”"""
    names, at, scope = compared(draft)
    mean = draft.question.has("average")
    if not names or not (draft.question.has("sum") or mean):
        return []
    several = tuple(n for n in draft.named() if not n.label.islower())
    together = _side_by_side(draft)
    if len(together) > 1:
        whose: Node | None = together[0]
        about = tuple(n for n in several if all(n.ids != t.ids for t in together))
    else:
        whose = owner(draft, at)
        about = tuple(n for n in several if whose is None or n.ids != whose.ids)
    spans = draft.question.periods
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
        **soft,
    )
    return [found]


def _side_by_side(draft: Draft) -> tuple[Node, ...]:
    """The names that stand in one list: “X and Y”, “X, Y and Z”, “X's and Y's”."""
    items, runs = draft.items, []
    run: list[int] = []
    for i in range(len(items)):
        if items[i].name and i not in draft.excepted and i != draft.speaker_at():
            if draft.lemma(i - 1) == "'s" and run:
                run = []
            run.append(i)
        elif draft.lemma(i) not in (",", "and", "'s", "the"):
            runs.append(run)
            run = []
    runs.append(run)
    best = max(runs, key=len)
    return tuple(Node(ids=n.ids, label=items[i].text) for i in best if (n := items[i].name))


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
