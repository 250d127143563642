"""Forms that ask for yes or no: whether a relation holds, was called off, is subject to licence."""

from __future__ import annotations

from dataclasses import replace

from qa.acts import said
from qa.called import called, only_called
from qa.conditions import query
from qa.draft import Draft
from qa.forms_of_goods import of_goods
from qa.forms_own import own_kind
from qa.query import Link, Node, Query
from qa.unaided import unaided

_MUTUAL = ("competesWith", "partnersWith", "acquires")
_AT = ("in", "at", "from")
_ONLY = {"only", "solely", "sole", "exclusively", "exclusive", "alone"}


def yes_no(draft: Draft) -> list[Query]:
    """“Does X supply Y?”, “Was X's order cancelled?”, “Does X have a customer yet?”"""
    nodes = draft.named()
    if not draft.yes_no or not nodes or draft.question.has("confirm"):
        return []
    if gone := _over(draft, nodes):
        return gone
    licence = draft.first("licence")
    if licence is not None:
        return [query("yesno", draft, {licence}, link=Link(("restricts",), "subject", Node()), words=(), about=nodes)]
    status = draft.first("status")
    if status is not None:
        name = next(s.name for s in draft.items[status].all("status"))
        return [query("yesno", draft, {status}, nodes=nodes[:1], link=Link((name,), "subject", nodes[0]), words=())]
    if any(item.sense("cancel") for i, item in enumerate(draft.items) if i not in draft.supposed):
        return [
            query(
                "yesno",
                draft,
                set(),
                ended=True,
                about=nodes,
                link=Link(("supplies", "partnersWith", "acquires"), "object", Node()),
            )
        ]
    named = _by_noun(draft, nodes)
    found = _having(draft, nodes) + _by_verb(draft) + named
    calling = draft.lemma(0) != "be" or (draft.question.has("verb") and only_called(draft))
    found = named if named and calling else found
    found += _from_a_place(draft, nodes) + _in_a_place(draft, nodes) + own_kind(draft)
    found = of_goods(draft, found)
    if (only := _only(draft)) is not None:
        return [q for q in (_sole(draft, q, only) for q in found) if q is not None]
    if "without" in draft.question.stems:
        return unaided(draft, found)
    if _no_longer(draft):
        return [replace(q, ended=True, words=tuple(w for w in q.words if w != "longer")) for q in found]
    if draft.question.has("deny"):
        return [replace(q, negated=True, words=()) for q in found]
    return found


def _no_longer(draft: Draft) -> bool:
    """Whether it is asked if something has come to an end: “no longer”, “not … any more”."""
    stems = draft.question.stems
    return any(
        stems[k : k + 2] == ("no", "longer") or (stem == "not" and "any" in stems[k:] and draft.question.has("latest"))
        for k, stem in enumerate(stems)
    )


def _only(draft: Draft) -> int | None:
    """Where “only”, “solely” stands."""
    return next((i for i in range(len(draft.items)) if draft.items[i].text.lower() in _ONLY), None)


def _sole(draft: Draft, found: Query, only: int) -> Query | None:
    """Whether the one that “only” goes with is alone in the relation: the subject for a noun, else who follows."""
    link = found.link
    if found.owner is None or link is None or not found.owner.named or not link.given.named:
        return None
    noun = any(item.sense("noun") for item in draft.items[only + 1 : only + 3])
    behind = draft.named(only)
    one = (
        draft.named()[0] if noun else behind[0] if behind and not draft.reader.at_verb(only + 1) else draft.named()[-1]
    )
    if one.ids == found.owner.ids:
        side = Link(link.relations, "subject", link.given)
    elif one.ids == link.given.ids:
        side = Link(link.relations, "object", found.owner)
    else:
        return None
    words = tuple(w for w in found.words if w not in _ONLY)
    about = tuple(n for n in found.about if n.ids != one.ids)
    inner = replace(found, kind="list", owner=None, link=side, about=about, words=words, noun="one")
    return Query("sole", owner=one, inner=inner)


def _over(draft: Draft, nodes: tuple[Node, ...]) -> list[Query]:
    """“Did X sack Y as its chief executive?”, “Has X spun off its arm Y?”: whether what joined them is over."""
    if len(nodes) != 2:
        return []
    people = [n for n in nodes if draft.question.people & {*n.ids}]
    if len(people) == 1 and said(draft, "dismissing"):
        name, first = "leads", people[0]
    elif not people and said(draft, "divesting"):
        name, first = "subsidiaryOf", nodes[0] if "be" in draft.question.stems else nodes[1]
    else:
        return []
    second = nodes[1] if first is nodes[0] else nodes[0]
    link = Link((name,), "object", second)
    return [query("yesno", draft, set(), nodes=(first, second), owner=first, link=link, ended=True, words=())]


def _having(draft: Draft, nodes: tuple[Node, ...]) -> list[Query]:
    """“Does X have a binding order from any customer?”: whether anybody stands in the noun's relation to X."""
    if not (draft.lemma(0) == "have" or (draft.lemma(0) == "do" and "have" in draft.question.stems)):
        return []
    noun = next((s for item in draft.items for s in item.all("noun") if s.name != "partOf"), None)
    if noun is None:
        return []
    used = {i for i, item in enumerate(draft.items) if item.sense("noun") or item.sense("metric")}
    return [query("yesno", draft, used, nodes=(nodes[0],), link=Link((noun.name,), noun.side, nodes[0]))]


def _from_a_place(draft: Draft, nodes: tuple[Node, ...]) -> list[Query]:
    """“Is X a Dutch company?”: whether it is located there."""
    place = next((p for p in draft.places if p.ids), None)
    seat = next((n for i, n in enumerate(nodes) if i and draft.question.placed & {*n.ids}), None)
    if seat is not None and len(nodes) == 2 and _kind_of_place(draft):
        place, nodes = seat, nodes[:1]
    verbs = any(item.sense("verb") for item in draft.items)
    if place is None or len(nodes) != 1 or draft.lemma(0) != "be" or verbs:
        return []
    link = Link(("locatedIn",), "object", place)
    return [query("yesno", draft, set(), nodes=(nodes[0], place), owner=nodes[0], link=link, soft=(), words=())]


def _kind_of_place(draft: Draft) -> bool:
    """Whether a place's name describes a kind of thing: “a Denmark company”."""
    return any(draft.reader.kind_at(i) for i in range(1, len(draft.items)))


def _in_a_place(draft: Draft, nodes: tuple[Node, ...]) -> list[Query]:
    """“Is X in Denmark?”, “X's plant: anywhere near Odense?”: whether the first is located in the place."""
    cases = dict(draft.cases)
    place = next((n for n in nodes[1:] if draft.question.placed & {*n.ids} and cases[n.ids[0]] in _AT), None)
    verbs = any(item.sense("verb") for item in draft.items)
    nouns = any(item.sense("noun") or item.sense("event") or item.sense("metric") for item in draft.items)
    if place is None or len(nodes) != 2 or draft.lemma(0) != "be" or verbs or nouns:
        return []
    link = Link(("locatedIn",), "object", place)
    return [query("yesno", draft, set(), nodes=(nodes[0], place), owner=nodes[0], link=link)]


def _by_verb(draft: Draft) -> list[Query]:
    out: list[Query] = []
    for i, item in enumerate(draft.items):
        senses = item.all("verb")
        before, after = draft.named(0, i), draft.named(i)
        if senses and len(before) == 2 and not after:
            out += _joint(draft, i, before)
        if not senses or not before or not after:
            continue
        for side in dict.fromkeys(s.side for s in senses):
            relations = tuple(dict.fromkeys(s.name for s in senses if s.side == side))
            flip = (side == "object") != draft.reader.passive(i)
            pair = _pair(draft, i)
            for other in after:
                first, second = (other, pair) if flip else (pair, other)
                out.append(
                    query(
                        "yesno", draft, {i}, nodes=(first, second), owner=first, link=Link(relations, "object", second)
                    )
                )
    return out


def _joint(draft: Draft, verb: int, both: tuple[Node, ...]) -> list[Query]:
    """“Do X and Y compete?”: the relation between the two."""
    names = tuple(dict.fromkeys(s.name for s in draft.items[verb].all("verb") if s.name in _MUTUAL))
    if not names or draft.reader.passive(verb):
        return []
    link = Link(names, "object", both[1])
    return [query("yesno", draft, {verb}, nodes=both, owner=both[0], link=link)]


def _pair(draft: Draft, verb: int) -> Node:
    """The subject before a verb; two that “and” joins as one node, of whom both must do it."""
    named = [k for k in range(verb) if draft.items[k].name and k not in draft.excepted]
    last = draft.items[named[-1]]
    node = draft.named(0, verb)[-1]
    if len(named) < 2 or named[-1] - named[-2] != 2 or draft.lemma(named[-1] - 1) != "and" or last.name is None:
        return node
    first = draft.items[named[-2]]
    ids = (*(first.name.ids if first.name else ()), *last.name.ids)
    return Node(ids=ids, label=f"{first.text} and {last.text}")


def _by_noun(draft: Draft, nodes: tuple[Node, ...]) -> list[Query]:
    """“Is X a supplier of Y?”, “Is X Y's customer?”, “Has X made Y its chief?”, “Does X count Y among its rivals?”"""
    if len(nodes) < 2 or (draft.lemma(0) != "be" and not only_called(draft)):
        return []
    at = next((i for i, item in enumerate(draft.items) if item.sense("noun")), None)
    out: list[Query] = []
    for noun in draft.items[at].all("noun") if at is not None else ():
        so_called, given = called(draft, at or 0, nodes)
        first, second = (so_called, given) if noun.side == "subject" else (given, so_called)
        link = Link((noun.name,), "object", second)
        out.append(query("yesno", draft, {at or 0}, nodes=(first, second), owner=first, link=link))
    return out
