"""Forms about who says what: the speaker of a statement, agreement between sources, confirmation."""

from __future__ import annotations

from qa.draft import Draft, query
from qa.forms_fact import owner
from qa.query import Node, Query


def _names(draft: Draft, start: int = 0) -> tuple[Node, ...]:
    return tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items[start:] if i.name)


def speaker(draft: Draft) -> list[Query]:
    """“Who said that X may make Y?”, “Which paper reported that …?”"""
    says = draft.first("say")
    if says is None or draft.lemma(0) not in ("who", "which", "what", "accord"):
        return []
    head = [draft.items[i] for i in range(1, says)]
    plain = all(i.token is not None or i.sense("sources") or i.sense("class") or i.sense("noun") for i in head)
    if (
        not plain
        or any(i.name for i in head)
        or (draft.lemma(says + 1) not in ("that", "about") and draft.lemma(0) != "who")
    ):
        return []
    nodes = _names(draft, says)
    if not nodes or (draft.metrics()[0] and draft.lemma(says + 1) != "that"):
        return []
    return [query("speaker", draft, set(range(says + 1)), nodes=nodes, options=nodes, wish=None)]


def agree(draft: Draft) -> list[Query]:
    """“Do the sources agree on X's stake in Y?”, “Do the figures for X match?”, “Do A and B agree on whether …?”"""
    if not draft.question.has("agree") or not draft.yes_no:
        return []
    names, at = draft.metrics()
    nodes = _names(draft)
    at_agree = draft.first("agree") or 0
    before = tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items[:at_agree] if i.name)
    if len(before) == 2:
        return [
            query(
                "agree",
                draft,
                {at_agree},
                nodes=nodes,
                options=before,
                about=tuple(n for n in nodes if n not in before),
            )
        ]
    if not names and ({"own", "belong", "stak"} & set(draft.question.stems)):
        return [query("agree", draft, set(at), nodes=nodes, metrics=("investment",), owner=nodes[-1] if nodes else None, basis="share",
                      unit="percent", about=nodes[:-1], words=(), soft=("own", "stake", "share"))]  # fmt: skip
    if not names:
        return []
    whose = owner(draft, at)
    return [query("agree", draft, set(at), nodes=(whose,), metrics=names, owner=whose)]


def confirmed(draft: Draft) -> list[Query]:
    """“Has X confirmed that …?”, “Is it confirmed that …?”: whether X itself says so, or anybody without a hedge."""
    at = draft.first("confirm")
    if at is None or not draft.yes_no:
        return []
    nodes = _names(draft, at)
    before = tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items[:at] if i.name)
    if not nodes:
        return []
    names, metric_at = draft.metrics()
    verbs = tuple(dict.fromkeys(s.name for i in draft.items[at:] for s in (*i.all("verb"), *i.all("noun"))))
    return [query("yesno", draft, set(range(at + 1)) | set(metric_at), nodes=(*before, *nodes), metrics=names, confirmed=True,
                  speaker=before[0] if before else None, options=nodes, inner=Query("list", noun=" ".join(verbs)))]  # fmt: skip
