"""Forms by a noun for what one is of another, who is asked for: “of whom is X a subsidiary”, “who has X as a partner”.

Also those for whatever is in a place.
"""

from __future__ import annotations

from dataclasses import replace

from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.lexicon import Sense
from qa.phrases import AUXILIARIES
from qa.query import Link, Query, Side

_STRANDED = {"of", "in", "for", "to", "at"}
_AS = {"as", "for", "among", "amongst"}
_DETERMINERS = {"a", "an", "the", "its", "their", "one", "of"}
_COUNTING = {"have", "count", "number", "list", "name", "regard", "see", "view", "treat", "consider", "rank", "call"}
_STATES = {"be", "become", "remain", "stay"}
_PLACES = ("Company", "Organization", "Facility")


def called_of(draft: Draft) -> list[Query]:
    """“Of whom is X a subsidiary?”, “Whose arm is X?”, “Which firms have X as their parent?”, “X is head of what?”"""
    named = draft.named()
    if draft.yes_no or draft.wh is None or len(named) != 1:
        return []
    at = next((i for i, item in enumerate(draft.items) if item.all("noun") and i > 0), None)
    if at is None or not (_stranded(draft, at) or _whose(draft, at) or _as_noun(draft, at)):
        return []
    return [_asked(draft, at, noun) for noun in draft.items[at].all("noun")[:2]]


def _asked(draft: Draft, at: int, noun: Sense) -> Query:
    (given,) = draft.named()
    asks: Side = "object" if noun.side == "subject" else "subject"
    wh = draft.wh or 0
    head = draft.items[wh + 1] if wh + 1 < len(draft.items) and wh + 1 != at else None
    types = tuple(dict.fromkeys(s.name for s in head.all("class"))) if head is not None else ()
    found = query(
        "list",
        draft,
        {at},
        nodes=(given,),
        wanted=types or (*FIRMS, *(("Person",) if asks == "subject" else ())),
        noun="those",
        link=Link((noun.name,), asks, given),
    )
    words = tuple(w for w in found.words if w not in _COUNTING)
    return replace(found, words=words)


def _name_at(draft: Draft) -> int:
    return next(i for i, item in enumerate(draft.items) if item.name and i not in draft.excepted)


def _stranded(draft: Draft, at: int) -> bool:
    """“which group is X a division of”, “X is the head of what”: the noun is said of X, of whom is left open."""
    name = _name_at(draft)
    if not name < at or draft.lemma(name + 1) == "'s" or not _said_of(draft, name, at):
        return False
    last = draft.items[at].text.lower().split()[-1]
    behind = at if last in _STRANDED else at + 1
    after = draft.items[behind + 1] if behind + 1 < len(draft.items) else None
    asked = after is None or after.text in "?." or draft.wh == behind + 1
    return asked and (behind == at or draft.lemma(at + 1) in _STRANDED)


def _said_of(draft: Draft, name: int, at: int) -> bool:
    """Whether “is” goes with the name, and nothing but what describes the noun stands between the two."""
    being = draft.lemma(name - 1) in _STATES or draft.lemma(name + 1) in _STATES
    return being and not any(
        draft.items[k].sense("verb") or (draft.lemma(k) in AUXILIARIES and k != name + 1) for k in range(name + 1, at)
    )


def _whose(draft: Draft, at: int) -> bool:
    """“whose arm is X”."""
    wh = draft.wh or 0
    plain = draft.lemma(wh) == "whose" and all(draft.items[k].token for k in range(wh + 1, at))
    ends = all(item.text in "?." for item in draft.items[at + 3 :])
    return plain and at > wh and draft.lemma(at + 1) in _STATES and _name_at(draft) == at + 2 and ends


def _as_noun(draft: Draft, at: int) -> bool:
    """“which firms have X as their parent”, “who counts X among its rivals”."""
    name, wh = _name_at(draft), draft.wh or 0
    if not wh < name < at or draft.lemma(name - 1) not in _COUNTING or draft.lemma(name + 1) not in _AS:
        return False
    return all(draft.lemma(k) in _DETERMINERS or draft.items[k].token for k in range(name + 2, at))


def in_place(draft: Draft) -> list[Query]:
    """“Which data centres are there in X?”, “What labs has X got?”: those of a kind that are in a place."""
    named, wh = draft.named(), draft.wh
    if draft.yes_no or len(named) != 1 or not draft.question.placed & {*named[0].ids}:
        return []
    name, start = _name_at(draft), 0 if wh is None else wh + 1
    kinds = [k for k in range(start, name) if draft.items[k].all("class")]
    verbs = any(item.sense("verb") and not item.sense("class") for item in draft.items)
    between = [draft.lemma(k) for k in range(kinds[-1] + 1, name)] if kinds else []
    after = [draft.lemma(k) for k in range(name + 1, len(draft.items)) if draft.items[k].text not in "?.!"]
    has = (between, after) in ((["have"], ["get"]), (["have"], []), (["do"], ["have"]))
    inside = between[-1:] == ["the"] or between[-1:] == ["in"]
    there = inside and not after and (between[:2] == ["be", "there"] if wh is not None else len(between) < 3)
    if verbs or not (has or there):
        return []
    types = tuple(dict.fromkeys(s.name for s in draft.items[kinds[-1]].all("class")))
    link = Link(("locatedIn",), "subject", named[0])
    noun = draft.items[kinds[-1]].text
    return [query("list", draft, {*kinds}, nodes=named, wanted=types or _PLACES, noun=noun, link=link)]
