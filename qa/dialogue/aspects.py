"""Short turns about what the last answer said of two: who else, for how much, what stake, when."""

from __future__ import annotations

from dataclasses import replace

from qa.asked import FIRMS
from qa.dialogue.turn import Turn, base_of, listing
from qa.query import Link, Node, Query
from qa.words import lemmas

# The metrics in which what two have to do with each other is counted.
_COUNTED = {
    "investsIn": ("investment",),
    "subsidiaryOf": ("investment",),
    "acquires": ("investment", "price"),
    "supplies": ("orders", "investment"),
    "partnersWith": ("orders", "investment"),
    "uses": ("orders", "capacity"),
}
_PAID = ("investment", "orders", "price")
_DEALS = ("acquires", "investsIn", "supplies", "partnersWith")
GIVING = set(
    lemmas("pay spend put invest contribute give cost commit pump sink cough fork get receive order buy in into up")
)
_EACH = {"each", "every", "they", "both", "these", "those"}
_OWNING = {"investsIn", "subsidiaryOf", "acquires"}


def others(turn: Turn) -> list[Query]:
    """“Who else?”: whoever else it is true of, of whom it was asked, or without those who were named."""
    last = turn.standing
    if not turn.leans("else") or last.link is None:
        return []
    if last.kind == "yesno" and last.owner is not None and last.owner.named:
        link = Link(last.link.relations, "subject", last.link.given)
        return [replace(last, kind="list", link=link, owner=None, without=(last.owner,), wanted=FIRMS, noun="who else")]
    if last.kind != "list" or not turn.context.fresh:
        return []
    named = tuple(Node(ids=(ref.id,), label=ref.label) for ref in turn.context.refs)
    return [replace(last, without=(*last.without, *named), noun="who else")]


def valued(turn: Turn) -> list[Query]:
    """“For how much?”, “What stake?”: the amount of what the two did."""
    stake = turn.leans("what_stake")
    last = _deal(turn)
    if not (stake or turn.leans("what_sum") or paid(turn)) or last.metrics:
        return []
    relations = last.link.relations if last.link is not None else ()
    if last.kind == "yesno" and "dependsOn" in relations and last.link is not None and not stake:
        on = (last.link.given,)
        return [Query("risk", owner=last.owner, options=on, metrics=("revenue",), basis="share", unit="percent")]
    metrics = tuple(dict.fromkeys(m for r in relations for m in _COUNTED.get(r, ()))) if relations else _PAID
    if not metrics or (stake and not {*relations} & _OWNING):
        return []
    what = {"basis": "share", "unit": "percent", "soft": ("own", "stake", "share")} if stake else {"unit": "money"}
    asked = Query("fact", metrics=("investment",) if stake else metrics, period=last.period)
    asked = replace(asked, **what)
    pair = _placed(turn, last) or _pair(turn, last)
    if pair is None:
        given = last.link.given if last.link is not None and last.link.given.named else None
        if given is None or not turn.listed or not _names_group(turn):
            return []
        return [replace(asked, kind="each", inner=base_of(listing(turn.group)), about=(given,))]
    first, second = pair
    return [replace(asked, owner=first, about=(second,)), replace(asked, owner=second, about=(first,))]


def paid(turn: Turn) -> bool:
    """“How much did each put in?”, “What did the second one pay?”: what they gave for it, in no other words."""
    asks = turn.draft.wh is not None and turn.draft.lemma(turn.draft.wh) in ("how", "what")
    words = {*turn.question.stems} & (GIVING | _EACH)
    return asks and bool(words) and not turn.metrics_named and turn.only(GIVING, _EACH)


def counted_in(query: Query, *, stake: bool = False) -> tuple[str, ...]:
    """The metrics in which the relation of a list is counted."""
    relations = query.link.relations if query.link is not None else ()
    if stake:
        return ("investment",) if {*relations} & _OWNING else ()
    return tuple(dict.fromkeys(m for r in relations for m in _COUNTED.get(r, ())))


def _deal(turn: Turn) -> Query:
    """The question for a relation that the turn is about: the last one, or that whose answer named those meant."""
    last, group = turn.standing, listing(turn.group)
    about_group = last.link is None and group.link is not None and (paid(turn) or turn.leans("what_sum"))
    return group if about_group and group.kind in ("list", "among") else last


def _names_group(turn: Turn) -> bool:
    """Whether those who are meant were named by the last answer, or the turn points to them."""
    return turn.context.fresh or bool({*turn.question.stems} & _EACH)


def _placed(turn: Turn, last: Query) -> tuple[Node, Node] | None:
    """The one that “the second one” or a name means, and whom the list was about."""
    given = last.link.given if last.link is not None and last.link.given.named else None
    at = next((p.place for p in turn.pronouns if p.place), 0)
    refs = turn.context.refs
    if given is None or last.link is None or not at or len(refs) < 2 or abs(at) > len(refs):
        return None
    ref = refs[at - (at > 0)]
    one = Node(ids=(ref.id,), label=ref.label)
    return (one, given) if last.link.asks == "subject" else (given, one)


def reversed_(turn: Turn) -> list[Query]:
    """“And the other way round?”: the two in each other's place."""
    last = turn.standing
    if not turn.leans("reversed") or last.owner is None:
        return []
    if last.kind == "yesno" and last.link is not None and last.link.given.named:
        return [replace(last, owner=last.link.given, link=replace(last.link, given=last.owner))]
    if last.kind == "risk" and len(last.options) == 1:
        return [replace(last, owner=last.options[0], options=(last.owner,))]
    if last.kind == "fact" and len(last.about) == 1:
        return [replace(last, owner=last.about[0], about=(last.owner,))]
    return []


def dated(turn: Turn) -> list[Query]:
    """“When was that?”: the time of what the two did."""
    last = turn.standing
    pair = _pair(turn, last)
    paid = last.kind == "fact" and bool({*_PAID} & {*last.metrics})
    if not turn.leans("what_time") or pair is None or not (last.link or paid):
        return []
    relations = last.link.relations if last.link is not None else _DEALS
    return [Query("when", owner=pair[0], link=Link(relations, "object", pair[1]))]


def _pair(turn: Turn, last: Query) -> tuple[Node, Node] | None:
    """The two that the last answer joined: who did it, and to whom."""
    one = turn.context.one
    if last.link is None:
        whose = (last.owner,) if last.owner is not None else ()
        named = list({n.ids: n for n in (*whose, *last.options, *last.about) if n.named}.values())
        return (named[0], named[1]) if len(named) == 2 else None
    given = last.link.given
    if not given.named:
        return None
    if last.kind in ("yesno", "when"):
        return (last.owner, given) if last.owner is not None and last.owner.named else None
    if one is None or last.kind not in ("list", "among"):
        return None
    other = Node(ids=(one.id,), label=one.label)
    return (other, given) if last.link.asks == "subject" else (given, other)
