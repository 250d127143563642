"""Forms about who says what: the speaker of a statement, agreement between sources, confirmation."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft, query
from qa.forms_fact import owner
from qa.query import Node, Query


def speaker(draft: Draft) -> list[Query]:
    """“Who said that X may make Y?”, “Which paper reported that …?”, “Whose estimate is it that …?”, “Who put X at
    N?”
    """
    says = draft.first("say")
    at = draft.wh
    if says is None or at is None or says - at > 4:
        return []
    between = range(at + 1, says)
    if any(
        draft.items[i].name
        or (draft.lemma(i) in ("do", "be", "have") and draft.lemma(i + 1) not in ("say",) and i + 1 < says)
        for i in between
    ):
        return []
    stated = draft.lemma(says + 1) in ("that", "about", "it", "be") or draft.question.quantities
    if not stated and (draft.lemma(at) != "who" or draft.metrics()[0]):
        return []
    nodes = draft.named(says)
    found = query("speaker", draft, set(range(says + 1)), nodes=nodes, options=nodes, wish=None)
    return [found] if nodes or found.words else []


def agree(draft: Draft) -> list[Query]:
    """“Do the sources agree on X's stake in Y?”, “Do the figures for X match?”, “Do A and B agree on whether …?”"""
    at_agree = draft.first("agree", "differ")
    if at_agree is None or not draft.yes_no:
        return []
    opposite = draft.question.has("differ")
    names, at = draft.metrics()
    nodes = draft.named()
    before = [i for i in range(at_agree) if draft.items[i].name or draft.items[i].sense("speaker")]
    if len(before) == 2 and draft.lemma(before[0] + 1) == "and":
        pair = tuple(Node(ids=n.ids if (n := draft.items[i].name) else (), label=draft.items[i].text) for i in before)
        rest = tuple(n for n in draft.named(at_agree) if not any(set(n.ids) & set(p.ids) for p in pair))
        return [query("agree", draft, {at_agree}, nodes=pair, options=pair, about=rest, lowest=opposite)]
    if not names and ({"own", "belong", "stak"} & set(draft.question.stems)):
        return [
            query(
                "agree",
                draft,
                set(at),
                nodes=nodes,
                metrics=("investment",),
                owner=nodes[-1] if nodes else None,
                basis="share",
                unit="percent",
                about=nodes[:-1],
                words=(),
                soft=("own", "stake", "share"),
                lowest=opposite,
            )
        ]
    whose = owner(draft, at)
    if names and "many" not in draft.question.stems:
        return [query("agree", draft, set(at), nodes=(whose,), metrics=names, owner=whose, lowest=opposite)]
    if "many" not in draft.question.stems or whose is None:
        return []
    counted = ("shipments", "capacity", "orders", "headcount", "users")
    found = query("agree", draft, set(), nodes=(whose,), metrics=counted, owner=whose, unit="count", lowest=opposite)
    return [replace(found, words=(), soft=(*found.words, *found.soft))]


def _stated(draft: Draft, start: int) -> tuple[Node, ...]:
    """The names of the that-clause, without those that only own another (“Google's TPUs”)."""
    items = draft.items
    return tuple(
        Node(ids=name.ids, label=items[i].text)
        for i in range(start, len(items))
        if (name := items[i].name) and not (draft.lemma(i + 1) == "'s" and i + 2 < len(items) and items[i + 2].name)
    )


def confirmed(draft: Draft) -> list[Query]:
    """“Has X confirmed that …?”, “Is it confirmed that …?”: whether X itself says so, or anybody without a hedge."""
    at = draft.first("confirm")
    if at is None or not draft.yes_no:
        return []
    nodes, before = _stated(draft, at), draft.named(0, at)
    if not nodes:
        return []
    names, metric_at = draft.metrics()
    verbs = tuple(dict.fromkeys(s.name for i in draft.items[at:] for s in (*i.all("verb"), *i.all("noun"))))
    return [
        query(
            "yesno",
            draft,
            set(range(at + 1)) | set(metric_at),
            nodes=(*before, *nodes),
            metrics=names,
            confirmed=True,
            speaker=before[0] if before else None,
            options=nodes,
            inner=Query("list", noun=" ".join(verbs)),
        )
    ]
