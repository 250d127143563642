"""The last reading of a question that no form understands: who and what it names, and what kind of answer it wants."""

from __future__ import annotations

from dataclasses import replace

from qa.asked import odd_kind
from qa.conditions import query
from qa.draft import Draft
from qa.focus import focus
from qa.forms_fact import unit_of
from qa.phrases import AUXILIARIES
from qa.query import Link, Node, Query, Side

# What no single claim tells: questions with these are left to their own forms.
_COMPUTED = (
    "highest",
    "lowest",
    "sum",
    "difference",
    "average",
    "agree",
    "differ",
    "confirm",
    "ordinal",
    "following",
    "path",
    "why",
)
_WANTED = {
    "who": ("Company", "Organization", "Person"),
    "whom": ("Company", "Organization", "Person"),
    "where": ("Place",),
}


def seek(draft: Draft) -> list[Query]:
    """A search among the claims about those who are named, by the question's remaining words."""
    anchors = tuple(n for n in draft.named() if not n.label.islower())
    kind = focus(draft.question)
    if not anchors or any(draft.question.has(k) for k in _COMPUTED) or draft.question.unknown:
        return []
    named = [s for item in draft.items for s in item.all("metric")]
    metrics = tuple(dict.fromkeys(s.name for s in [s for s in named if not s.weak] or named))
    asked = _asked(draft)
    share = draft.question.has("share")
    if kind in ("amount", "count") or (kind == "other" and metrics):
        unit = "percent" if share else unit_of(draft, metrics, change=draft.question.has("change"))
        basis = "share" if share else "change" if draft.question.has("change") else None
        return [
            query(
                "seek",
                draft,
                set(),
                nodes=anchors,
                noun="amount",
                metrics=metrics,
                options=anchors,
                unit=unit,
                basis=basis,
                about=(),
            )
        ]
    if kind not in ("who", "yesno") or odd_kind(draft):
        return []
    place = next((p for p in draft.places if p.ids), None)
    found = query("seek", draft, set(), nodes=anchors, noun=kind, options=anchors, about=(), wanted=_wanted(draft))
    found = replace(found, restriction=Link(("locatedIn",), "subject", place) if place is not None else None)
    return [replace(found, link=Link(relations, side, Node())) for side, relations in asked.items()]


def _wanted(draft: Draft) -> tuple[str, ...]:
    """The types of what the question word asks for."""
    at = draft.wh
    if at is None:
        return ()
    for item in draft.items[at : at + 5]:
        if item.name or item.sense("verb"):
            break
        if item.all("class"):
            return tuple(dict.fromkeys(s.name for s in item.all("class")))
    return _WANTED.get(draft.lemma(at), ())


def _asked(draft: Draft) -> dict[Side, tuple[str, ...]]:
    """The relations that the question's verbs and nouns may mean, by the side that is asked for."""
    out: dict[Side, list[str]] = {}
    start = draft.wh or 0
    for i, item in enumerate(draft.items):
        if i in draft.supposed:
            continue
        between = [k for k in range(start, i) if draft.items[k].name and draft.lemma(k + 1) != "'s"]
        auxiliary = any(draft.lemma(k) in AUXILIARIES for k in range(start, i))
        for sense in item.all("verb"):
            own = not between or not auxiliary
            side: Side = sense.side if own != draft.reader.passive(i) else _other(sense.side)
            out.setdefault(side, []).append(sense.name)
        for sense in item.all("noun"):
            out.setdefault(sense.side, []).append(sense.name)
    return {side: tuple(dict.fromkeys(names)) for side, names in out.items()}


def _other(side: Side) -> Side:
    return "object" if side == "subject" else "subject"
