"""Descriptions of one firm by what it makes, where it is or whose it is: “the Lumipad maker”, “Japan's largest
foundry”, “the Dutch chip maker”, “X's AI firm” of a person.

Each must mean exactly one firm; where the graph does not say which, the catalogue may know who makes a thing.
"""

from __future__ import annotations

from graph.catalogue import catalogue
from graph.catalogue.trades import trades_of
from qa.asked import FIRMS
from qa.clauses import node_of, wording
from qa.description import Described
from qa.draft import Draft
from qa.kinds import trade_in
from qa.query import Link, Node, Query
from qa.spans import Item
from qa.words import lemmas

_MAKERS = set(lemmas("maker developer creator designer manufacturer producer owner inventor vendor operator seller"))
_FIRMS = set(lemmas("firm company group start-up startup business venture outfit"))
_THINGS = {"Chip", "Model", "Product", "Technology"}
_FIRST = lemmas("largest biggest leading foremost top number-one")
_REACH = 5


def firm(draft: Draft, start: int) -> Described | None:
    """The description of a firm that begins at `start`; None if none does."""
    return _maker(draft, start) or _placed(draft, start) or _of_person(draft, start)


def _maker(draft: Draft, start: int) -> Described | None:
    """“the Lumipad maker”: who develops the thing that is named, by the graph or else by the catalogue."""
    if draft.lemma(start) != "the" or start + 2 >= len(draft.items):
        return None
    thing, head = draft.items[start + 1], draft.items[start + 2]
    if head.name or head.text.lower().endswith("s") or not {*lemmas(head.text)} & _MAKERS:
        return None
    name, known = thing.name, _known_maker(thing)
    if name is None and (thing.token is None or not thing.token.capital or not known):
        return None
    if name is not None and not any(draft.question.kinds.get(i) in _THINGS for i in name.ids):
        return None
    noun = wording(draft, start, start + 3)
    readings = (
        Query("list", wanted=FIRMS, noun=noun, link=Link((relation,), "subject", node_of(thing)))
        for relation in (("develops",) if known else ("develops", "manufactures"))
    )
    return Described(start, start + 3, tuple(readings), plural=False, single=True, known=known)


def _known_maker(thing: Item) -> tuple[str, ...]:
    """The firm (id) that the catalogue has as the maker of a thing."""
    makers = (catalogue().by_label(entry.maker) for entry in catalogue().lookup(thing.text) if entry.maker)
    return tuple(entry.id for entry in makers if entry is not None)


def _placed(draft: Draft, start: int) -> Described | None:
    """“China's biggest foundry”, “the Dutch equipment maker”: a firm of a trade in a place, the first one if it says
    so.
    """
    place, at = _place_at(draft, start)
    if place is None or at >= len(draft.items):
        return None
    first = draft.items[at].sense("highest") is not None or {*lemmas(draft.items[at].text)} <= {*_FIRST}
    end = _trade_end(draft, at + first)
    if end is None:
        return None
    trade = _stems(draft, at + first, end)
    reading = Query(
        "list",
        wanted=FIRMS,
        noun=wording(draft, start, end),
        link=Link(("locatedIn",), "subject", place),
        kind_words=trade,
        must=_FIRST if first else (),
    )
    known = () if first else _known_there(place, trade)
    return Described(start, end, (reading,), plural=False, definite=False, single=True, known=known)


def _known_there(place: Node, trade: tuple[str, ...]) -> tuple[str, ...]:
    """The firms (ids) of a trade that the catalogue has in a country."""
    of = trade_in(trade)
    entries = (e for e in catalogue().entries if e.type == "Company" and e.country == place.label)
    return tuple(e.id for e in entries if of in trades_of(e.id))


def _place_at(draft: Draft, start: int) -> tuple[Node | None, int]:
    """The place of “China's …” or “the Chinese …”, and what follows it."""
    item = draft.items[start]
    if item.name and {*item.name.ids} & draft.question.placed and draft.lemma(start + 1) == "'s":
        return node_of(item), start + 2
    following = draft.items[start + 1] if start + 1 < len(draft.items) else None
    if draft.lemma(start) == "the" and following is not None and (sense := following.sense("demonym")) is not None:
        ids = draft.question.places.get(sense.name, ())
        return (Node(ids=ids, label=sense.name), start + 2) if ids else (None, start)
    return None, start


def _trade_end(draft: Draft, start: int) -> int | None:
    """Where a phrase for one firm of a trade ends that begins at `start`; None if it is no such phrase."""
    for end in range(min(start + _REACH, len(draft.items)), start, -1):
        last, stems = draft.items[end - 1], _stems(draft, start, end)
        trade = trade_in(stems)
        more = trade in (trade_in(stems[:-1]), trade_in(stems[1:]))
        if trade is not None and not more and not last.name and not last.text.lower().endswith("s"):
            return end
    return None


def _stems(draft: Draft, start: int, end: int) -> tuple[str, ...]:
    return draft.question.stems[draft.items[start].start : draft.items[end - 1].end]


def _of_person(draft: Draft, start: int) -> Described | None:
    """“X's AI firm” of a person: the one firm of that kind that X owns, else leads."""
    owner = draft.items[start]
    if owner.name is None or not {*owner.name.ids} & draft.question.people or draft.lemma(start + 1) != "'s":
        return None
    head = next((k for k in range(start + 2, min(start + 2 + _REACH, len(draft.items))) if _is_firm(draft, k)), None)
    if head is None:
        return None
    trade = _stems(draft, start + 2, head + 1)
    person = node_of(owner)
    led, held = Link(("leads",), "object", person), Link(("investsIn",), "object", person)
    plain = Query("list", wanted=FIRMS, noun=wording(draft, start, head + 1), link=led)
    kinds = trade if trade_in(trade) is not None else ()
    if len(trade) > 1 and not kinds:
        return None
    readings = (
        Query("list", wanted=FIRMS, noun=plain.noun, link=led, restriction=held, kind_words=kinds),
        Query("list", wanted=FIRMS, noun=plain.noun, link=led, kind_words=kinds),
    )
    return Described(start, head + 1, readings, plural=False, single=True)


def _is_firm(draft: Draft, k: int) -> bool:
    """Whether one firm is meant there: “firm”, “AI lab”, “chip start-up”."""
    item = draft.items[k]
    following = draft.items[k + 1] if k + 1 < len(draft.items) else None
    more = following is not None and bool(following.sense("class") or following.sense("noun"))
    if item.name or more or item.text.lower().endswith("s"):
        return False
    return bool({*lemmas(item.text)[-1:]} & _FIRMS) or trade_in(_stems(draft, max(0, k - 1), k + 1)) is not None
