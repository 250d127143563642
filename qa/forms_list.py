"""Forms about relations: who stands in one to whom, and how many do."""

from __future__ import annotations

from dataclasses import replace

from qa.admitting import can_be
from qa.asked import (
    FIRMS,
    denied,
    doer_of,
    from_place,
    goods_at,
    governed,
    how_many,
    kind_words_of,
    landlords,
    odd_kind,
    of_both,
    others,
    predicated,
    relations_of,
    restriction_of,
    supplied_with,
    verbs_after,
    wanted_by,
)
from qa.called import CALLING
from qa.choosing import COUNTRY
from qa.conditions import query
from qa.draft import Draft
from qa.focus import question_word
from qa.kinds import trade_in
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Link, Node, Query, Side
from qa.words import lemmas

_MONEY = {*lemmas("money cash funds capital fortune millions billions")}
_THINGS = ("Chip", "Model", "Product", "Technology")
_STRANDED = ("of", "for", "to", "in", "on", "from", "at")


def flipped(side: Side) -> Side:
    """The other side of a relation."""
    return "object" if side == "subject" else "subject"


def listing(draft: Draft) -> list[Query]:
    """“Who supplies X?”, “Which models does X develop?”, “X's customers”, “How many suppliers does X have?”"""
    wh = question_word(draft.question)
    if wh is not None and draft.lemma(wh) == "whose":
        return _whose(draft, wh)
    wanted, after = wanted_by(draft, wh)
    kind = "count" if wh is not None and (draft.lemma(wh + 1) == "many" or "number" in draft.question.stems) else "list"
    if wh is not None and draft.lemma(wh) == "where" and not _in_whom(draft, wh):
        return _where(draft)
    wanted, after = wanted_by(draft, wh)
    if wh is not None and draft.lemma(wh) == "where":
        wanted = Node(types=(*FIRMS, "Facility"))
    seat = wanted.types == ("Place",) or ("Place" in wanted.types and draft.question.stems[-2:-1] == ("in",))
    if wh is not None and seat and _seated(draft, after):
        return _where(draft)
    status = draft.first("status")
    if status is not None and not any(i.name for i in draft.items[:status]) and not _done_to(draft, status):
        return [_of_status(draft, status, wh or 0)]
    out = _by_verb(draft, kind, wanted, after)
    if not _joined(draft, after):
        out += _by_noun(draft, kind, wanted, wh or 0)
    out = [seated for q in out for seated in _seats(draft, q)]
    out = [replace(q, without=(*q.without, *others(draft, q.link.given))) if q.link else q for q in out]
    placed = predicated(draft)
    out = [replace(q, restriction=q.restriction or placed) for q in out] if placed else out
    if wh is not None and draft.lemma(wh) == "who":
        out += [replace(q, wanted=_THINGS, noun="one") for q in out if q.link and q.link.relations == ("uses",)]
    return (
        [replace(q, ranked=True) for q in out] if draft.question.has("highest") or draft.question.has("lowest") else out
    )


def _seats(draft: Draft, found: Query) -> list[Query]:
    """A place beside the relation is first where those who are asked for are: “X's suppliers in Y”."""
    cases = dict(draft.cases)
    place = next((n for n in found.about if draft.question.placed & {*n.ids} and cases.get(n.ids[0]) == "in"), None)
    if place is None or found.restriction is not None or not {*found.wanted} & {*FIRMS}:
        return [found]
    rest = tuple(n for n in found.about if n != place)
    return [replace(found, about=rest, restriction=Link(("locatedIn",), "subject", place)), found]


def _seated(draft: Draft, after: int) -> bool:
    """Whether nothing but being somewhere is said of the one who is named."""
    verbs = [s.name for i in verbs_after(draft, after) for s in draft.items[i].all("verb")]
    return not verbs or "locatedIn" in verbs


def _in_whom(draft: Draft, wh: int) -> bool:
    """Whether “where” asks for a firm: where somebody is in charge, or has put money."""
    verb = next((draft.items[i] for i in verbs_after(draft, wh + 1) if draft.lemma(i - 1) != "be"), None)
    names = {s.name for s in verb.all("verb")} if verb is not None else set()
    money = verb is not None and _MONEY & {*lemmas(verb.text)}
    return "leads" in names or ("investsIn" in names and bool(money))


def _done_to(draft: Draft, at: int) -> bool:
    """Whether the word is a verb with its object: “who blacklisted X”."""
    after = draft.items[at + 1] if at + 1 < len(draft.items) else None
    return draft.items[at].sense("verb") is not None and after is not None and after.name is not None


def _of_status(draft: Draft, at: int, wh: int) -> Query:
    """“Which firms are on the blacklist?”: everybody who stands in the relation that the status means."""
    name = next(s.name for s in draft.items[at].all("status"))
    types = next((tuple(s.name for s in i.all("class")) for i in draft.items[wh:at] if i.all("class")), FIRMS)
    place = next((p for p in draft.places if p.ids), None)
    found = query(
        "list", draft, {at}, wanted=types, noun="those", link=Link((name,), "object", Node()), words=(), about=()
    )
    listed = tuple(s for s in lemmas(draft.items[at].text) if s not in draft.lexicon.light)
    return replace(
        found, wide=True, soft=(), must=listed, restriction=Link(("locatedIn",), "subject", place) if place else None
    )


def _where(draft: Draft) -> list[Query]:
    """“Where is X?”, “Where does X have its seat?”: the place of the first that is named."""
    named = next((i for i in range(len(draft.items)) if draft.items[i].name), None)
    found = draft.reader.np(named) if named is not None else None
    if found is None:
        return []
    link = Link(("locatedIn",), "object", found[0])
    noun = "country" if COUNTRY & {*draft.question.stems} else "place"
    return [query("list", draft, set(), nodes=(found[0],), wanted=("Place",), noun=noun, link=link)]


def _joined(draft: Draft, after: int) -> bool:
    """Whether a verb of the question joins what is asked for to somebody, so that a noun alone is not its relation."""
    return any(
        any(s.name not in ("partOf", "leads") for s in draft.items[i].all("verb"))
        and not draft.items[i].sense("noun")
        and draft.lemma(i) not in draft.lexicon.light
        for i in verbs_after(draft, after)
    )


def _by_verb(draft: Draft, kind: str, wanted: Node, after: int) -> list[Query]:
    """A reading for the question's own verb, whose subject stands before it or is what is asked for."""
    types = wanted.types or (FIRMS if wanted.link else ())
    if wanted.link is not None and "investsIn" in wanted.link.relations:
        types = tuple(dict.fromkeys((*types, *FIRMS, "Person", "Place")))
    out: list[Query] = []
    odd = odd_kind(draft)
    for verb in verbs_after(draft, after):
        draft.reader.used.add(verb)
        subject = doer_of(draft, after, verb)
        given = subject or governed(draft, verb) or goods_at(draft, verb)
        if given is None or (given.open and not given.types):
            continue
        excluded = others(draft, given)
        for side, meant in relations_of(draft, verb):
            relations = tuple(r for r in meant if wanted.link and r in wanted.link.relations) or meant
            asks: Side = side if (subject is None) != draft.reader.passive(verb) else flipped(side)
            asks = flipped(asks) if subject is None and _had(draft, verb, relations, asks, wanted) else asks
            extra = restriction_of(draft, wanted, after) or of_both(draft, given, Link(relations, asks, given))
            link = Link(relations, asks, given)
            out.append(
                query(
                    kind,
                    draft,
                    {verb},
                    nodes=(given, *excluded, *_nodes(extra)),
                    wanted=types,
                    noun=wanted.label,
                    link=link,
                    without=(*excluded, *draft.left_out, *_possessors(draft, given, link)),
                    restriction=extra,
                    kind_words=odd or _kind(draft, verb, after),
                    strict_kind=bool(odd),
                    negated=denied(draft, verb),
                    must=supplied_with(draft, verb),
                    top=how_many(draft, after),
                )
            )
        out = [one for q in out for one in _by_maker(draft, q)]
        own = _of_owner(draft, given, out)
        out = [*own, *out] if given.label.islower() and draft.items[verb].sense("verb") and _made(out) else [*out, *own]
    kinds = [replace(q, words=tuple(w for w in q.words if w not in q.kind_words)) for q in out]
    return [_where_it_is(draft, q) for q in kinds]


def _had(draft: Draft, verb: int, relations: tuple[str, ...], asks: Side, wanted: Node) -> bool:
    """Whether “have” stands before its subject: “which chips has X in the works”, in which no chip has anything."""
    asked = wanted.types or (_THINGS if draft.wh is not None and draft.lemma(draft.wh) == "what" else ())
    if draft.lemma(verb) != "have" or not asked or can_be(relations[0], asks, asked):
        return False
    return can_be(relations[0], flipped(asks), asked)


def _made(readings: list[Query]) -> bool:
    """Whether it is asked who makes things for somebody, who is then a client."""
    return any(q.link is not None and q.link.relations[:1] == ("manufactures",) for q in readings)


def _possessors(draft: Draft, given: Node, link: Link) -> tuple[Node, ...]:
    """Whose things they are, where it is asked for somebody besides: who makes X's Y1, or X's chips other than Z."""
    whose = given.link.given if given.link is not None and not given.link.relations else None
    made = "manufactures" in link.relations and given.named and draft.reader.context
    owners = (whose,) if whose is not None and draft.left_out else tuple(draft.reader.context[-1:]) if made else ()
    return tuple(o for o in owners if o.named) if link.asks == "subject" else ()


def _kind(draft: Draft, verb: int, after: int) -> tuple[str, ...]:
    """How those who are asked for are called; by what they do, if no trade of theirs is named."""
    words = kind_words_of(draft, after)
    trade = trade_in([s for item in draft.items[:after] for s in lemmas(item.text)])
    return words if trade is not None else (*words, *landlords(draft, verb))


def _by_maker(draft: Draft, found: Query) -> list[Query]:
    """Of a thing whose owner is named (“who makes X's Y1”), first who manufactures it."""
    link = found.link
    if link is None or not _possessors(draft, link.given, link) or link.relations[:1] == link.relations:
        return [found]
    return [replace(found, link=replace(link, relations=("manufactures",))), found]


def _where_it_is(draft: Draft, found: Query) -> Query:
    """Places that are named beside a description (“X's lab in Y”) belong to it: no claim need speak of them."""
    if found.link is None or found.link.given.link is None:
        return found
    return replace(found, about=tuple(n for n in found.about if not draft.question.placed & {*n.ids}))


def _of_owner(draft: Draft, given: Node, readings: list[Query]) -> list[Query]:
    """For “X's chips” also the readings in which X itself stands in the relation."""
    owners = list(draft.reader.context) if given.label.islower() else []
    if given.link is not None and given.link.given.named and not given.link.relations:
        owners.append(given.link.given)
    out = []
    for q in readings:
        if q.link is not None and q.link.given == given:
            for owner in owners:
                about = tuple(n for n in q.about if n.ids != owner.ids)
                out.append(replace(q, link=replace(q.link, given=owner), about=about))
    return out


def _nodes(extra: Link | None) -> tuple[Node, ...]:
    return (extra.given,) if extra else ()


def _by_noun(draft: Draft, kind: str, wanted: Node, start: int) -> list[Query]:
    """“Who are X's suppliers?”, “How many customers does X have?”, “Name the rivals of X”."""
    if wanted.link is not None:
        named = next(
            (i for i in range(start, len(draft.items)) if draft.items[i].name and i not in draft.supposed), None
        )
        if named is None:
            return []
        found = draft.reader.np(named)
        target = found[0] if found else Node()
        place = next((k for k in range(start, named) if draft.items[k].sense("demonym")), None)
        relation = replace(wanted.link, given=target)
        extra = from_place(draft, place) if place is not None else of_both(draft, target, relation)
        return [
            query(
                kind,
                draft,
                set(),
                nodes=(target, *_nodes(extra)),
                wanted=wanted.types,
                noun=wanted.label,
                link=relation,
                restriction=extra,
            )
        ]
    for i in range(start + (1 if start else 0), len(draft.items)):
        item = draft.items[i]
        if (item.name or item.sense("noun")) and i not in draft.supposed:
            found = draft.reader.np(i)
            link = found[0].link if found else None
            if found and link and link.relations and not link.given.open:
                types = wanted.types if wanted.types and draft.lemma(start) != "who" else found[0].types
                return [query(kind, draft, set(), nodes=(link.given,), wanted=types, noun=found[0].label, link=link)]
    return []


def of_what(draft: Draft) -> list[Query]:
    """“What is X a component of?”, “Whom is X the biggest client for?”: the other side of the noun's relation."""
    end = next((i for i in reversed(range(len(draft.items))) if draft.items[i].text not in "?.!"), 0)
    noun = next((s for s in draft.items[end - 1].all("noun")), None)
    named = next((i for i in range(end - 1) if draft.items[i].name and i not in draft.excepted), None)
    found = draft.reader.np(named) if named is not None else None
    if noun is None or found is None or draft.wh is None or draft.lemma(end) not in _STRANDED or found[1] >= end:
        return []
    between = range(found[1], end - 1)
    if any(draft.items[i].sense("verb") or draft.lemma(i) in PREPOSITIONS | {"'s"} for i in between):
        return []
    if not CALLING & {*draft.question.stems}:
        return []
    wanted, _ = wanted_by(draft, draft.wh)
    link = Link((noun.name,), flipped(noun.side), found[0])
    return [query("list", draft, {end - 1}, nodes=(found[0],), wanted=wanted.types, noun=wanted.label, link=link)]


def _whose(draft: Draft, wh: int) -> list[Query]:
    """“Whose subsidiary designed X?”, “Whose orders fill X's lines?”, “Whose plants make X?”, “Whose rival is X?”"""
    names, at = draft.metrics()
    named = draft.named()
    if names and "orders" in names and named:
        link = Link(("supplies",), "object", named[0])
        return [query("list", draft, set(at), nodes=(named[0],), wanted=FIRMS, noun="customers", link=link, words=())]
    thing = draft.reader.head(wh + 1)
    verb = next((k for k in range(wh + 1, len(draft.items)) if draft.reader.at_verb(k)), None)
    if thing is None or draft.items[thing].name or (verb is not None and verb < thing):
        return _owned(draft, wh, verb)
    own = draft.reader.of_item(draft.items[thing])
    draft.reader.used.add(thing)
    if own.link is not None and draft.lemma(thing + 1) == "be" and verb is None and named:
        link = Link(own.link.relations, flipped(own.link.asks), named[0])
        return [query("list", draft, {thing}, nodes=(named[0],), wanted=(*FIRMS, "Person"), link=link, noun="one")]
    found = draft.reader.clause(thing + 1)
    if found is None:
        return []
    inner = Node(types=own.types, label=own.label, link=found[0])
    link = Link(own.link.relations, flipped(own.link.asks), inner) if own.link else Link((), "subject", inner)
    through = query("list", draft, set(), nodes=(found[0].given,), wanted=(*FIRMS, "Person"), link=link, noun="owner")
    return [through] if own.link else [*_owned(draft, wh, verb), through]


def _owned(draft: Draft, wh: int, verb: int | None) -> list[Query]:
    """“Whose plants make X?”, “in whose plants is X made?”: what a firm's own do is done by it. “Whose designs
    does X make?” asks with whom X does so, where a claim speaks of the designs.
    """
    named = next((k for k in range(wh, verb or 0) if draft.items[k].name), None)
    if verb is None:
        return []
    if named is None:
        found = draft.reader.clause(verb)
        link = found[0] if found is not None else None
        must: tuple[str, ...] = ()
    else:
        passive = draft.reader.passive(verb)
        side, relations = relations_of(draft, verb)[0]
        asks: Side = side if passive else flipped(side)
        found_np = draft.reader.np(named)
        kept = tuple(r for r in relations if can_be(r, asks, FIRMS))
        link = Link(kept, asks, found_np[0]) if kept and found_np else None
        must = () if passive else tuple(s for k in range(wh + 1, named) for s in draft.question.stems[_span(draft, k)])
    if link is None:
        return []
    must = tuple(s for s in must if s not in AUXILIARIES)
    return [query("list", draft, {verb}, nodes=(link.given,), wanted=FIRMS, noun="Company", link=link, must=must)]


def _span(draft: Draft, i: int) -> slice:
    return slice(draft.items[i].start, draft.items[i].end)
