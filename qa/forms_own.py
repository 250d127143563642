"""Whether somebody makes things of a kind itself: “does X design its own chips?”, “has X an ASIC of its own?”"""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.query import Link, Node, Query
from qa.words import lemmas

_MAKING = ("develops", "manufactures")
_OWN = {*lemmas("own in-house proprietary homegrown home-grown self-developed")}
_PLANNED = {*lemmas("plan have get want")}
_SELLING = {*lemmas("sell market offer ship")}
_THINGS = {"Chip", "Model", "Product", "Technology"}
_ANY = {*lemmas("chip semiconductor silicon model ai")}  # what every one of the type is; “processor” says more


def own_kind(draft: Draft) -> list[Query]:
    """The question whether the one firm named makes things of the kind that is named behind it. A claim's sentence must
    bear out what says more than that it is a chip or a model (“processors”); its own fields the rest (“memory chips”).
    """
    firms = [n for n in draft.named() if not _thing_named(draft, n)]
    own = {i for i, item in enumerate(draft.items) if {*lemmas(item.text)} <= _OWN}
    if not draft.yes_no or len(firms) != 1 or not _making(draft, bool(own)):
        return []
    at = next((i for i in range(2, len(draft.items)) if _kind_at(draft, i) is not None), None)
    kind = _kind_at(draft, at) if at is not None else None
    others = [n for n in draft.named() if n.ids != firms[0].ids and (kind is None or n.ids != kind.ids)]
    if kind is None or others or (kind.ids and not own):
        return []
    used = {*own, at or 0}
    link = Link(_MAKING[:1] if own else _MAKING, "object", kind)
    found = query("yesno", draft, used, nodes=(*firms, kind), owner=firms[0], link=link)
    words = lemmas(kind.label) if not kind.ids else ()
    narrower = tuple(w for w in words if w not in _ANY)
    near = "Model" in kind.types or ("Chip" in kind.types and len(words) == 1)
    return [replace(found, words=(*found.words, *narrower)) if near else replace(found, must=narrower)]


def _making(draft: Draft, own: bool) -> bool:
    """Whether its verbs say that something is made; if it is one's own, also that it is planned or there."""
    verbs = [item for i, item in enumerate(draft.items) if i and item.sense("verb")]
    made = [v for v in verbs if {s.name for s in v.all("verb")} & {*_MAKING} and not {*lemmas(v.text)} & _SELLING]
    if verbs:
        return bool(made)
    return own and bool(_PLANNED & {*draft.question.stems})


def _kind_at(draft: Draft, i: int) -> Node | None:
    """The kind of things that stands there: by its noun, or by a name that is no proper one, “an ASIC”."""
    item = draft.items[i]
    if item.name:
        node = Node(ids=item.name.ids, label=item.text)
        return node if _thing_named(draft, node) and draft.lemma(i - 1) in _OWN | {"a", "an", "any"} else None
    types = tuple(dict.fromkeys(s.name for s in item.all("class") if s.name in _THINGS))
    return Node(types=types, label=item.text) if types and not item.sense("verb") else None


def _thing_named(draft: Draft, node: Node) -> bool:
    kinds = draft.question.kinds
    return bool(node.ids) and all(kinds.get(i) in _THINGS for i in node.ids)
