"""Forms that ask by how much two amounts differ: of two subjects, of one in two periods, of two of its parts."""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.forms_compare import compared, one_alone
from qa.forms_parts import side_by_side
from qa.forms_sum import listed_names
from qa.forms_time import between_periods, over_one
from qa.owners import owner
from qa.query import Query


def difference(draft: Draft) -> list[Query]:
    """“By how much does X's revenue exceed Y's?”, “How many more dollars did X take in in 2025 than in 2024?”"""
    names, at, scope = compared(draft)
    if not names or not draft.question.has("difference"):
        return []
    nodes = tuple(n for n in draft.named() if not n.label.islower())
    parts = side_by_side(draft)
    if len(nodes) < 2 or one_alone(draft, nodes):
        periods = between_periods(draft, names, at)
        return periods or parts or over_one(draft, names, at) or _two_amounts(draft, at)
    listed = listed_names(draft)
    pair = (listed[0], listed[1]) if len(listed) == 2 else (nodes[0], nodes[-1])
    basis = "change" if draft.question.has("change") and _rates(draft) else None
    found = query("difference", draft, set(at), nodes=pair, metrics=names, options=pair, basis=basis)
    apart = replace(found, soft=(*found.soft, *scope), words=tuple(w for w in found.words if w != "point"))
    return [*parts, apart, *between_periods(draft, names, at)]


def _rates(draft: Draft) -> bool:
    """Whether rates of change are compared: “grow faster than”."""
    return bool({"faster", "quicker", "slower"} & {*draft.question.text.lower().split()})


def _two_amounts(draft: Draft, at: tuple[int, ...]) -> list[Query]:
    """Two different amounts of one subject that a question names by nouns: “gross margin … operating margin”."""
    found = [(i, s.name) for i, item in enumerate(draft.items) for s in item.all("metric")[:1] if not s.weak]
    whose = owner(draft, at)
    if len(found) != 2 or found[0][1] == found[1][1] or whose is None:
        return []
    used = {i for i, _ in found}
    both = [query("fact", draft, used, nodes=(whose,), metrics=(m,), owner=whose, words=()) for _, m in found]
    return [replace(both[0], kind="contrast", inner=both[1])]
