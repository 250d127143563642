"""Forms about an act that a noun names and two take part in: whether and when it happened, and who the other one is."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import vocabulary
from qa.acts import Act, act, done_by, filled, only_supported, unowned
from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.phrases import AUXILIARIES
from qa.query import Link, Node, Query, Side

_LISTED = {"acquires", "partnersWith", "competesWith", "investsIn", "restricts"}


def happened(draft: Draft) -> list[Query]:
    """“Was X's takeover of Y called off?”, “Has X completed its buyout of Y?”, “Have X and Y a joint venture?”"""
    found = _between_two(draft)
    if found is None or not draft.yes_no:
        return []
    if draft.question.has("confirm") or draft.question.has("licence") or draft.question.has("status"):
        return []
    return [_asked(draft, found, "yesno", ended=found.over or draft.question.has("cancel"))]


def when(draft: Draft) -> list[Query]:
    """“When was X's takeover of Y completed?”, “When did X and Y seal their alliance?”"""
    found = _between_two(draft)
    return [] if found is None else [replace(_asked(draft, found, "when"), words=())]


def deed_day(draft: Draft) -> list[Query]:
    """The same where no other verb could be meant: “when was the alliance between X and Y announced”."""
    found = act(draft)
    return when(draft) if found is not None and found.bound and only_supported(draft, found.at) else []


def _between_two(draft: Draft) -> Act | None:
    """An act both of whose parties are known."""
    found = act(draft)
    if found is not None and found.bound:
        return found
    found = filled(draft, found) if found is not None else unowned(draft)
    if found is None or found.doer is None or found.other is None or not only_supported(draft, found.at):
        return None
    return found


def _asked(draft: Draft, found: Act, kind: str, *, ended: bool = False) -> Query:
    link = Link(found.relations, "object", found.other or Node())
    pair = (found.doer, found.other)
    asked = query(kind, draft, {found.at}, nodes=pair, owner=found.doer, link=link, ended=ended)
    return replace(asked, words=tuple(w for w in asked.words if w not in found.support))


def parties(draft: Draft) -> list[Query]:
    """“Who is the target of X's takeover bid?”, “Who made an offer for X?”, “Which alliances has X forged?”"""
    if controlled := _controlled(draft):
        return controlled
    found = act(draft)
    if found is None:
        found = done_by(draft)
    if found is None or draft.yes_no or not {*found.relations} <= _LISTED or not only_supported(draft, found.at):
        return []
    given = found.doer or found.other
    if given is None or found.bound or len(draft.named()) > 1:
        return []
    asks: Side = "object" if found.doer is not None else "subject"
    if draft.wh is not None and draft.lemma(draft.wh) == "whose" and draft.wh < found.at:
        asks = "subject" if _own(draft, found.at) else asks
    asked = query(
        "list",
        draft,
        {found.at},
        nodes=(given,),
        wanted=_types(draft, found, asks),
        noun="those",
        link=Link(found.relations, asks, given),
    )
    return [replace(asked, words=tuple(w for w in asked.words if w not in found.support))]


def _controlled(draft: Draft) -> list[Query]:
    """“What falls under X's export controls?”, “What is subject to X's controls?”: whatever X restricts."""
    at, named = draft.first("licence"), draft.named()
    if at is None or draft.yes_no or draft.wh is None or len(named) != 1 or not only_supported(draft, at):
        return []
    owner = next(i for i, item in enumerate(draft.items) if item.name)
    under = draft.items[at].text.lower().startswith(("under", "subject"))
    if not (under and draft.wh < at < owner and draft.lemma(owner + 1) == "'s"):
        return []
    link = Link(("restricts",), "object", named[0])
    return [query("list", draft, {at}, nodes=named, wanted=(), noun="those", link=link, words=())]


def _own(draft: Draft, at: int) -> bool:
    """Whether the act is that of “whose”: “whose bid did X turn down”."""
    wh = draft.wh or 0
    return all(draft.lemma(k) not in AUXILIARIES and not draft.items[k].name for k in range(wh + 1, at))


def _types(draft: Draft, found: Act, asks: Side) -> tuple[str, ...]:
    """The kinds of thing that are asked for: as the question calls them, else whatever the relation joins."""
    wh = draft.wh
    if wh is not None:
        for k in range(wh + 1, len(draft.items)):
            if k == found.at or draft.lemma(k) in AUXILIARIES or draft.items[k].name:
                break
            if kinds := draft.items[k].all("class"):
                return tuple(dict.fromkeys(s.name for s in kinds))
    relation = vocabulary().relations[found.relations[0]]
    if asks == "object" and found.relations == ("restricts",):
        return ()
    return tuple(dict.fromkeys((*FIRMS, *(relation.domain if asks == "subject" else relation.range))))
