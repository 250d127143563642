"""Forms about who says what: the speaker of a statement, agreement between sources, confirmation."""

from __future__ import annotations

from dataclasses import replace

from qa.acts import act
from qa.conditions import query
from qa.draft import Draft
from qa.forms_fact import of_relation
from qa.query import Link, Node, Query


def speaker(draft: Draft) -> list[Query]:
    """“Who said that X may make Y?”, “Which paper reported that …?”, “Whose estimate is it that …?”, “Source for …?”"""
    start = _source_asked(draft)
    if start is None:
        start = _said_at(draft)
    if start is None:
        return []
    nodes = draft.named(start)
    names = tuple(dict.fromkeys(s.name for i in draft.items[start + 1 :] for s in i.all("metric")))
    deed = act(draft)
    verbs = tuple(dict.fromkeys(s.name for i in draft.items[start + 1 :] for s in i.all("verb")))
    if deed is not None and deed.bound and deed.at > start:
        verbs, names = (*deed.relations, *verbs), ()
    found = query("speaker", draft, set(range(start + 1)), nodes=nodes, options=nodes, wish=None, metrics=names)
    first = any(item.sense("highest") for item in draft.items[start + 1 :])
    last = any(item.sense("lowest") for item in draft.items[start + 1 :])
    found = replace(found, link=Link(verbs, "subject", Node()) if verbs else None, speaker=None, voices=())
    found = replace(found, ranked=first or last, lowest=last and not first)
    return [found] if nodes or found.words or found.soft else []


def _source_asked(draft: Draft) -> int | None:
    """“Source for …?”, “Who is the source of …?”, “According to whom …?”: the last item of the asking words."""
    for i, item in enumerate(draft.items[:5]):
        if (
            item.sense("sources")
            and draft.lemma(i + 1) in ("for", "of", "behind")
            and draft.first("verb", start=1) != i
        ):
            return i + 1
        if item.sense("accord") and draft.lemma(i + 1) in ("whom", "who", "which", "what"):
            return i + 1
    if draft.question.stems[:1] == ("whom",) and draft.lemma(len(draft.items) - 2) == "to" and draft.first("accord"):
        return 0
    return None


def _said_at(draft: Draft) -> int | None:
    """The verb of saying whose subject is asked for."""
    says, at = draft.first("say"), draft.wh
    if says is None or at is None or not 0 < says - at <= 4:
        return None
    between = range(at + 1, says)
    if any(
        draft.items[i].name
        or (draft.lemma(i) in ("do", "be", "have") and draft.lemma(i + 1) not in ("say",) and i + 1 < says)
        for i in between
    ):
        return None
    if says == at + 1 and draft.items[says].sense("class"):
        return None
    verb = draft.items[says].start
    if draft.question.tokens[verb].past and draft.question.stems[verb - 1] == "be":
        return None
    after = draft.items[says + 1] if says + 1 < len(draft.items) else None
    deed = act(draft)
    told = deed is not None and deed.bound and deed.at > says
    claimed = after is not None and after.name and draft.first("verb", "metric", start=says + 2) is not None
    stated = draft.lemma(says + 1) in ("that", "about", "it", "be") or draft.question.quantities or claimed or told
    return says if stated or (draft.lemma(at) == "who" and not draft.metrics()[0]) else None


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
        nodes, before = _stated(draft, 0), ()
    if draft.lemma(at + 1) == "by" and draft.question.tokens[draft.items[at].start].past:
        nodes, before = _stated(draft, 0)[: len(draft.named(0, at))], draft.named(at)
    if not nodes:
        return []
    names, metric_at = draft.metrics()
    if not names and draft.question.quantities:
        names, metric_at = of_relation(draft)
    verbs = tuple(dict.fromkeys(s.name for i in draft.items[at:] for s in (*i.all("verb"), *i.all("noun"))))
    verbs = verbs or tuple(dict.fromkeys(s.name for i in draft.items for s in (*i.all("verb"), *i.all("event"))))
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
