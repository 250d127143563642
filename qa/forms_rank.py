"""Forms that rank: the biggest of all, the second, the one right behind another."""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.direction import way
from qa.draft import Draft
from qa.forms_compare import between_some, compared, lowest, ordered
from qa.kinds import trade_in
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Link, Node, Query
from qa.words import lemmas

_RANKED_BY = ("marketShare", "revenue")
_OF_FIRMS = {
    "headcount",
    "orders",
    "inventory",
    "investment",
    "revenue",
    "netProfit",
    "operatingProfit",
    "marketCap",
    "capex",
    "rndSpend",
}
_HOLDERS = ("Company", "Organization", "Person", "Place")  # a state goes by the name of its country


def superlative(draft: Draft) -> list[Query]:
    """“Which company has the highest margin?”, “Number three in the ranking?”, “Of X's owners, who held most?”"""
    behind = _behind(draft)
    placed = draft.question.has("ordinal")
    if not (ordered(draft) or placed or behind) or draft.lemma(0) == "how" or draft.yes_no or between_some(draft):
        return []
    names, at, scope = compared(draft)
    nodes = draft.named()
    shareholders = any(s.name == "investsIn" for i in draft.items for s in i.all("noun"))
    staked = "stak" in draft.question.stems and not names
    of_market = _field(draft, _MARKET) or "market" in draft.question.stems
    if (
        nodes
        and not behind
        and not of_market
        and (shareholders or staked or ("own" in draft.question.stems and not names))
    ):
        return [_biggest_stake(draft, at, nodes[0])]
    led = draft.question.has("rank") or behind or "market" in draft.question.stems
    facility = any(s.name == "Facility" for i in draft.items for s in i.all("class"))
    field = _field(draft, _MARKET if names else _MAKER)
    led = led or (bool(field) and not nodes)
    names = names or (_RANKED_BY if led else ("capacity",) if facility and ordered(draft) else ())
    if not names:
        return []
    names = (*names, "marketShare") if names == ("shipments",) else names
    moved = draft.question.has("change") and "marketShare" not in names
    wanted = _kind(draft) if draft.wh is not None or not {*names} & _OF_FIRMS else ("Company",)
    after = (behind,) if behind else ()
    found = query(
        "superlative",
        draft,
        set(at),
        nodes=(*nodes, *after),
        metrics=names,
        wanted=wanted,
        lowest=lowest(draft) != (moved and way(draft.question.stems) < 0),
        basis="change" if moved else None,
        rank=rank(draft) or 1,
        options=after,
        about=tuple(n for n in nodes if not behind or n.ids != behind.ids),
        restriction=_placed(draft),
        must=field,
        kind_words=_trade(draft),
    )
    kind = {*_field(draft, _MAKER - _MARKET), *_MAKER} if nodes else set()
    soft = (s for s in (*found.soft, *found.words, *scope) if s not in kind)
    return [replace(found, soft=tuple(soft), words=())]


def ranking(draft: Draft) -> list[Query]:
    """“Top five chip firms by revenue”, “Foundries by market share”, “Rank the clouds by capex”: all of a kind, in the
    order of an amount; also a superlative without a question word.
    """
    names, at, scope = compared(draft)
    if (
        not names
        or not at
        or draft.named()
        or draft.yes_no
        or draft.question.has("sum")
        or draft.question.has("average")
    ):
        return []
    items = draft.items
    kind = any(items[i].all("class") or items[i].sense("noun") for i in range(len(items)) if i not in at)
    behind = draft.lemma(at[0] - 1) in ("by", "on") or (
        draft.lemma(at[0] - 1) in ("their", "the") and draft.lemma(at[0] - 2) == "by"
    )
    told = bool(_RANKING & {*draft.question.stems})
    several = _several(draft)
    bare = draft.wh is None and ordered(draft)
    if not ((kind and behind and (draft.wh is None or several)) or told or several or bare):
        return []
    found = query(
        "superlative",
        draft,
        set(at),
        metrics=names,
        wanted=_kind(draft),
        lowest=lowest(draft),
        top=None if bare and not (behind or told or several) else several or _LONGEST,
        restriction=_placed(draft),
        wish=None,
        must=_field(draft, _MARKET),
    )
    return [replace(found, soft=(*found.soft, *found.words, *scope), words=())]


def _several(draft: Draft) -> int | None:
    """How many are wanted: “top five”, “the three biggest”; None for one."""
    for i, item in enumerate(draft.items[:-1]):
        pair = (item, draft.items[i + 1])
        count = next((int(s.name) for one in pair for s in one.all("number")), None)
        count = count or next((int(one.text) for one in pair if one.text.isdigit() and len(one.text) < 3), None)
        if count is not None and count > 1 and any(one.sense("highest") or one.sense("lowest") for one in pair):
            return count
    return None


_LONGEST = 10
_RANKING = set(lemmas("ranking rank league ranked"))

_MARKET = {"market", "industry", "sector", "business"}
_MAKER = _MARKET | {"maker", "manufactur", "manufacturer", "hous", "vendor", "producer"}
_ENDS_FIELD = AUXILIARIES | PREPOSITIONS | {"the", "its", "a", "an", "'s", ",", "which", "what", "who", "and", "top"}
_ANY_FIELD = set(lemmas("world global whole entire big large chip domestic home overall two three four five"))


def _field(draft: Draft, heads: set[str]) -> tuple[str, ...]:
    """The words that say which market or kind of maker is meant: “DDR5” of “the DDR5 market”; names are none."""
    stems, tokens = draft.question.stems, draft.question.tokens
    named = {k for item in draft.items if item.name for k in range(item.start, item.end)}
    ordering = {
        k for item in draft.items if item.sense("highest") or item.sense("lowest") for k in range(item.start, item.end)
    }
    out: list[str] = []
    for at, stem in enumerate(stems):
        k = at - 1
        while stem in heads and k >= max(0, at - 3) and stems[k] not in _ENDS_FIELD and k not in ordering:
            out += [stems[k]] if k not in named and not tokens[k].text.isdigit() and stems[k] not in _ANY_FIELD else []
            k -= 1
    return tuple(out)


def _kind(draft: Draft) -> tuple[str, ...]:
    """What kind of thing is ranked: by the last of the first nouns for one (“memory maker”), else a firm; “who” is
    never a thing, nor one of those who are counted (“who has the most engineers”).
    """
    first = draft.first("class")
    if first is None or (draft.wh is not None and draft.lemma(draft.wh) in ("who", "whose")):
        return ("Company",)
    while first + 1 < len(draft.items) and draft.items[first + 1].all("class"):
        first += 1
    return tuple(s.name for s in draft.items[first].all("class"))


def _trade(draft: Draft) -> tuple[str, ...]:
    """The words up to the first noun for a firm if they name a trade: “memory maker”, “cloud provider”."""
    first = next((i for i in draft.items if any(s.name == "Company" for s in i.all("class"))), None)
    words = draft.question.stems[: first.end] if first is not None else ()
    return tuple(words) if trade_in(words) is not None else ()


def _biggest_stake(draft: Draft, at: tuple[int, ...], whose: Node) -> Query:
    return query(
        "superlative",
        draft,
        set(at),
        nodes=(whose,),
        metrics=("investment",),
        basis="share",
        unit="percent",
        owner=whose,
        about=(),
        lowest=lowest(draft),
        rank=rank(draft) or 1,
        period=None,
        wanted=_HOLDERS,
        words=(),
        soft=("own", "stake", "share"),
    )


def _behind(draft: Draft) -> Node | None:
    """The one whom somebody comes right after: “right behind X”, “after X, who …”."""
    for i, item in enumerate(draft.items[:-1]):
        named = next((k for k in (i + 1, i + 2) if k < len(draft.items) and draft.items[k].name), None)
        name = draft.items[named].name if named is not None else None
        if item.sense("following") and name is not None and named not in draft.supposed:
            return Node(ids=name.ids, label=draft.items[named or 0].text)
    return None


def _placed(draft: Draft) -> Link | None:
    """Where those who are ranked must be: “Texan sites”."""
    place = next((p for p in draft.places if p.ids), None)
    return Link(("locatedIn",), "subject", place) if place else None


def rank(draft: Draft) -> int | None:
    """Which place is asked for: “second-largest” 2, “third” 3."""
    sense = next((s for item in draft.items for s in item.all("ordinal")), None)
    return int(sense.name) if sense else None
