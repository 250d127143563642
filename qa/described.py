"""Descriptions in a question that stand where a name may: “X's supplier”, “the firm that X bought”, “the owner of X”.

Each is a question of its own, so that its answer can take its place before the question around it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.asked import FIRMS, from_place
from qa.clauses import (
    DEFINITE,
    RELATIVE,
    clause_of,
    head_of,
    name_at,
    node_of,
    plain_head,
    second_clause,
    thing_at,
    wording,
)
from qa.conditions import query
from qa.description import Described
from qa.draft import Draft
from qa.firms_described import firm
from qa.focus import QUESTION_WORDS
from qa.kinds import trade_of_kin
from qa.lexicon import Lexicon
from qa.phrases import AUXILIARIES
from qa.query import Link, Node, Query, Side
from qa.ranked import ranked
from qa.spans import Annotated, Item

_OF = {"of", "to", "for", "in", "behind", "on", "from"}
_PREFACE = {"tell", "me", "about", "name", "nam", "list", "giv", "show", "the", "and", "all", "then", "so", "of"}


def descriptions(question: Annotated, lexicon: Lexicon) -> Iterator[Described]:
    """The descriptions in a question, inner ones before those around them; not what the question itself asks for."""
    for start in reversed(range(len(question.items))):
        draft = Draft(question, lexicon)
        found = (
            firm(draft, start)
            or _possessed(draft, start)
            or _predicated(draft, start)
            or _of_relation(draft, start)
            or _with_clause(draft, start)
        )
        if found is None and (placed := ranked(draft, start)) is not None:
            yield Described(placed.start, placed.end, (), plural=False, definite=False, asked=placed.asked)
        if found is not None and found.readings and not _asked_for(draft, found):
            yield replace(found, definite=found.definite and draft.lemma(found.start) not in ("a", "an", "any"))


def group(question: Annotated, lexicon: Lexicon) -> Described | None:
    """Those of whom a question asks which, or how many, do or are something: “which of X's suppliers …”."""
    draft = Draft(question, lexicon)
    at = draft.wh
    if at != 0 or draft.lemma(at) not in ("which", "how"):
        return None
    many = draft.lemma(at + 1) == "many"
    of = at + 1 + many
    if draft.lemma(of) == "of":
        found = _possessed(draft, of + 1) or _of_relation(draft, of + 1)
    else:
        found = _of_relation(draft, of - 1, frozenset({"which", "many"}))
        found = replace(found, start=of) if found is not None and draft.lemma(found.end) in AUXILIARIES else None
    told = found is not None and any(item.text not in "?.!," for item in draft.items[found.end :])
    return found if told and found is not None and found.plural else None


def _asked_for(draft: Draft, found: Described) -> bool:
    """Whether nothing is asked of a description but who it is, or it only says what somebody named is."""
    before = [draft.lemma(k) for k in range(found.start)]
    after = [item for item in draft.items[found.end :] if item.text not in "?.!,"]
    if before[-1:] == ["of"] and (len(before) == 1 or before[-2] in QUESTION_WORDS | {"any", "one", "many"}):
        return True
    subject = found.start - 1 - (before[-1:] == ["be"])
    if subject > 0 and draft.items[subject].name and "be" in before and not after:
        return True
    told = any(item.name or item.sense("verb") for item in draft.items[: found.start])
    return not after and not told and {*before} <= QUESTION_WORDS | AUXILIARIES | _PREFACE


def _possessed(draft: Draft, start: int) -> Described | None:
    """“X's memory supplier”: who stands in the noun's relation to X."""
    if start >= len(draft.items) or not draft.items[start].name:
        return None
    owned = draft.lemma(start + 1) == "'s"
    head = head_of(draft, start + 2, ("noun",)) if owned else start + 1 if draft.reader.compound(start + 1) else None
    if head is None or draft.items[head].name:
        return None
    end = head + 1
    if end < len(draft.items) and draft.items[end].name:
        return None
    beside: tuple[Node, ...] = ()
    if draft.lemma(end) in ("of", "for") and (found := name_at(draft, end + 1)) is not None:
        beside, end = (found[0],), found[1]
    return _by_noun(draft, start, head, end, (node_of(draft.items[start]), *beside), mods=start + 1 + owned)


def _of_relation(draft: Draft, start: int, opening: frozenset[str] = frozenset()) -> Described | None:
    """“the supplier of X”, “a supplier of memory to X”: with its arguments behind prepositions."""
    if draft.lemma(start) not in DEFINITE | opening:
        return None
    head = head_of(draft, start + 1, ("noun",))
    if head is None or draft.items[head].name:
        return None
    named: dict[str, Node] = {}
    end = head + 1
    while (way := draft.lemma(end)) in _OF and (found := name_at(draft, end + 1) or thing_at(draft, end + 1)):
        named[way], end = found
    if not named:
        return None
    first = next((named[way] for way in ("to", "for", "behind") if way in named), next(iter(named.values())))
    rest = tuple(n for n in named.values() if n is not first)
    return _by_noun(draft, start, head, end, (first, *rest), mods=start + 1)


def _predicated(draft: Draft, start: int) -> Described | None:
    """“the parent of X”, which the lexicon has as a whole."""
    item = draft.items[start]
    sense = next(iter(item.all("verb")), None)
    found = name_at(draft, start + 1)
    skip = int(draft.lemma(start) == "be")
    after = found is not None and any(draft.items[k].text not in "?.!," for k in range(found[1], len(draft.items)))
    determined = item.words > 2 + skip and draft.question.tokens[item.start + skip].lemma in DEFINITE
    if sense is None or found is None or not determined or (skip and not after):
        return None
    link = Link((sense.name,), sense.side, found[0])
    reading = Query("list", wanted=FIRMS, noun=item.text, link=link)
    return Described(start, found[1], (reading,), plural=False, skip=skip)


def _by_noun(draft: Draft, start: int, head: int, end: int, named: tuple[Node, ...], *, mods: int) -> Described | None:
    """The description by a relation noun, whose given side is the first that is named."""
    own = draft.reader.of_item(draft.items[head])
    compound = end == head + 1 and any(not s.weak for item in draft.items[end : end + 1] for s in item.all("metric"))
    if compound or own.link is None or {*own.link.relations} <= {"leads", "partOf", "locatedIn"}:
        return None
    between = range(mods, head)
    beside = tuple(node_of(draft.items[k]) for k in between if draft.items[k].name)
    place = next((k for k in between if draft.items[k].sense("demonym")), None)
    words = tuple(
        token.lemma
        for k in between
        if (token := draft.items[k].token) and token.lemma not in draft.lexicon.light | DEFINITE
    )
    words = trade_of_kin(tuple(draft.lemma(k) for k in between if draft.lemma(k) not in DEFINITE)) or words
    link = replace(own.link, given=named[0])
    found = query("list", draft, set(range(len(draft.items))), nodes=named, link=link, wanted=own.types or FIRMS)
    found = replace(
        found,
        noun=wording(draft, start, end),
        about=(*beside, *named[1:]),
        period=None,
        quantity=None,
        latest=False,
        wish=None,
        kind_words=words,
        restriction=from_place(draft, place) if place is not None else None,
    )
    shorter = None
    if draft.lemma(end) in RELATIVE and (also := clause_of(draft, mods, head, end)) is not None:
        shorter = Described(start, end, _of_things(found), _plural(draft.items[head]))
        found, end = replace(found, restriction=also[0][0].link, noun=wording(draft, start, also[1])), also[1]
    return Described(start, end, _of_things(found), _plural(draft.items[head]), shorter=shorter)


def _of_things(found: Query) -> tuple[Query, ...]:
    """The reading, and for “X's chips” the one in which X itself stands in the relation."""
    given = found.link.given if found.link is not None else Node()
    if found.link is None or given.link is None:
        return (found,)
    return (found, replace(found, link=replace(found.link, given=given.link.given)))


def _with_clause(draft: Draft, start: int) -> Described | None:
    """“the firm that supplies X”, “the chip X designed”, “the firm led by X”, “the company behind X”."""
    if draft.lemma(start) not in DEFINITE:
        return None
    head = head_of(draft, start + 1, ("class", "noun")) or plain_head(draft, start + 1)
    if head is None or draft.items[head].name:
        return None
    at = head + 1
    if draft.lemma(at) == "behind" and (found := name_at(draft, at + 1)) is not None:
        link = Link(("develops", "manufactures", "subsidiaryOf"), "subject", found[0])
        return _linked(draft, start, head, found[1], link)
    if draft.lemma(at) == "whose":
        return _whose(draft, start, head)
    clause = clause_of(draft, start + 1, head, at)
    if clause is None:
        return None
    readings, end = clause
    also = second_clause(draft, start + 1, head, end) if all(q.restriction is None for q in readings) else None
    if also is not None:
        readings, end = [replace(q, restriction=also[0][0].link) for q in readings], also[1]
    readings = [replace(q, noun=wording(draft, start, end)) for q in readings]
    over = _amount_behind(draft, end)
    if over:
        readings = [replace(q, quantity=draft.question.quantities[0]) for q in readings]
    return Described(start, end + bool(over), tuple(readings), _plural(draft.items[head]), over=over)


def _amount_behind(draft: Draft, end: int) -> int:
    """How many tokens of an amount stand behind “for” at the end of a clause: “that X bought for $2 billion”."""
    amounts = draft.question.quantities
    if draft.lemma(end) != "for" or end + 1 >= len(draft.items) or len(amounts) != 1 or amounts[0].unit == "percent":
        return 0
    return draft.items[end + 1].start - draft.items[end].end


def _whose(draft: Draft, start: int, head: int) -> Described | None:
    """“the firm whose rival is X”."""
    noun = head_of(draft, head + 2, ("noun",))
    own = draft.reader.of_item(draft.items[noun]) if noun is not None else Node()
    if noun is None or own.link is None or draft.lemma(noun + 1) != "be":
        return None
    found = name_at(draft, noun + 2)
    if found is None:
        return None
    side: Side = "object" if own.link.asks == "subject" else "subject"
    return _linked(draft, start, head, found[1], Link(own.link.relations, side, found[0]))


def _linked(draft: Draft, start: int, head: int, end: int, link: Link) -> Described:
    types = draft.reader.of_item(draft.items[head]).types
    found = Query("list", wanted=types or FIRMS, noun=wording(draft, start, end), link=link)
    return Described(start, end, (found,), _plural(draft.items[head]))


def _plural(head: Item) -> bool:
    return head.text.lower().endswith("s") and not head.text.lower().endswith("ss")
