"""Forms about relations: who stands in one to whom, how many do, paths, the party to a deal, what hangs on somebody."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft, query
from qa.focus import counted, question_word
from qa.phrases import AUXILIARIES
from qa.query import Link, Node, Query, Side
from qa.words import lemmas

_FIRMS = ("Company", "Organization")
_TYPES = {"who": (*_FIRMS, "Person"), "whom": (*_FIRMS, "Person"), "whose": (*_FIRMS, "Person"), "where": ("Place",)}


def flipped(side: Side) -> Side:
    """The other side of a relation."""
    return "object" if side == "subject" else "subject"


def listing(draft: Draft) -> list[Query]:
    """“Who supplies X?”, “Which models does X develop?”, “X's customers”, “How many suppliers does X have?”"""
    wh = question_word(draft.question)
    if wh is not None and draft.lemma(wh) == "whose":
        return _whose(draft, wh)
    wanted, after = _wanted(draft, wh)
    kind = "count" if wh is not None and (draft.lemma(wh + 1) == "many" or "number" in draft.question.stems) else "list"
    if wh is not None and draft.lemma(wh) == "where":
        return _where(draft)
    wanted, after = _wanted(draft, wh)
    seat = wanted.types == ("Place",) or ("Place" in wanted.types and draft.question.stems[-2:-1] == ("in",))
    if wh is not None and seat and _seated(draft, after):
        return _where(draft)
    status = draft.first("status")
    if status is not None and not any(i.name for i in draft.items[:status]):
        return [_of_status(draft, status, wh or 0)]
    out = _by_verb(draft, kind, wanted, after)
    if not _joined(draft, after):
        out += _by_noun(draft, kind, wanted, wh or 0)
    placed = _predicated(draft)
    out = [replace(q, restriction=q.restriction or placed) for q in out] if placed else out
    return (
        [replace(q, ranked=True) for q in out] if draft.question.has("highest") or draft.question.has("lowest") else out
    )


def _seated(draft: Draft, after: int) -> bool:
    """Whether nothing but being somewhere is said of the one who is named."""
    verbs = [s.name for i in _verbs(draft, after) for s in draft.items[i].all("verb")]
    return not verbs or "locatedIn" in verbs


def _of_status(draft: Draft, at: int, wh: int) -> Query:
    """“Which firms are on the blacklist?”: everybody who stands in the relation that the status means."""
    name = next(s.name for s in draft.items[at].all("status"))
    types = next((tuple(s.name for s in i.all("class")) for i in draft.items[wh:at] if i.all("class")), _FIRMS)
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
    return [query("list", draft, set(), nodes=(found[0],), wanted=("Place",), noun="place", link=link)]


def _joined(draft: Draft, after: int) -> bool:
    """Whether a verb of the question joins what is asked for to somebody, so that a noun alone is not its relation."""
    return any(
        any(s.name not in ("partOf", "leads") for s in draft.items[i].all("verb"))
        and not draft.items[i].sense("noun")
        and draft.lemma(i) not in draft.lexicon.light
        for i in _verbs(draft, after)
    )


def _wanted(draft: Draft, wh: int | None) -> tuple[Node, int]:
    """What is asked for: the noun phrase of the question word; and the item after it."""
    if wh is None:
        return Node(), 0
    i = wh + 1
    if draft.lemma(i) == "many" or draft.lemma(wh) == "whose":
        i += 1
    if draft.lemma(i) in AUXILIARIES and "number" in draft.question.stems:
        i = next((k + 2 for k in range(i, len(draft.items)) if draft.lemma(k) == "number"), i)
    head = draft.reader.head(i)
    if head is None or draft.items[head].name or any(draft.lemma(k) in AUXILIARIES for k in range(i, head)):
        return Node(types=_TYPES.get(draft.lemma(wh), ())), i
    opening = draft.items[i]
    led = head > i or (opening.sense("verb") and i + 1 < len(draft.items) and draft.items[i + 1].name)
    if draft.lemma(wh) in _TYPES and led and opening.sense("verb") and (head == i or not opening.sense("class")):
        return Node(types=_TYPES[draft.lemma(wh)]), i
    if draft.items[head].sense("verb") and not draft.items[head].sense("class") and draft.lemma(wh) in _TYPES:
        return Node(types=_TYPES[draft.lemma(wh)]), i
    node, end = draft.reader.of_item(draft.items[head]), head + 1
    draft.reader.used.add(head)
    while end < len(draft.items) and not draft.items[end].sense("verb"):
        item = draft.items[end]
        if not (item.sense("class") or item.sense("noun")):
            break
        node = draft.reader.of_item(item)
        draft.reader.used.add(end)
        end += 1
    if node.link is not None and draft.lemma(end) == "of":
        found = draft.reader.np(end + 1)
        if found and (found[0].named or found[0].link) and _verbs(draft, found[1]):
            return replace(node, link=replace(node.link, given=found[0])), found[1]
    return node, end


def _by_verb(draft: Draft, kind: str, wanted: Node, after: int) -> list[Query]:
    """A reading for the question's own verb, whose subject stands before it or is what is asked for."""
    types = wanted.types or (_FIRMS if wanted.link else ())
    if wanted.link is not None and "investsIn" in wanted.link.relations:
        types = tuple(dict.fromkeys((*types, *_FIRMS, "Person", "Place")))
    out: list[Query] = []
    odd = _odd_kind(draft)
    for verb in _verbs(draft, after):
        draft.reader.used.add(verb)
        subject = _subject(draft, after, verb)
        given = subject or _object(draft, verb)
        if given is None or (given.open and not given.types):
            continue
        excluded = _others(draft, given)
        for side, meant in _senses(draft, verb):
            relations = tuple(r for r in meant if wanted.link and r in wanted.link.relations) or meant
            asks: Side = side if (subject is None) != draft.reader.passive(verb) else flipped(side)
            extra = _restriction(draft, wanted, after) or _both(draft, given, Link(relations, asks, given))
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
                    without=(*excluded, *draft.left_out, *_possessors(draft, given, asks)),
                    restriction=extra,
                    kind_words=odd or _kind_words(draft, after),
                    strict_kind=bool(odd),
                    negated=_denied(draft, verb),
                    must=_with(draft, verb),
                    top=_how_many(draft, after),
                )
            )
        out += _of_owner(draft, given, out)
    return [_where_it_is(draft, q) for q in out]


def _possessors(draft: Draft, given: Node, asks: Side) -> tuple[Node, ...]:
    """Whose things they are, where it is asked for somebody besides: who makes X's chips, other than Y."""
    whose = given.link.given if given.link is not None and not given.link.relations else None
    return (whose,) if whose is not None and whose.named and asks == "subject" and draft.left_out else ()


def _where_it_is(draft: Draft, found: Query) -> Query:
    """Places that are named beside a description (“X's lab in Y”) belong to it: no claim need speak of them."""
    if found.link is None or found.link.given.link is None:
        return found
    return replace(found, about=tuple(n for n in found.about if not draft.question.placed & {*n.ids}))


def _odd_kind(draft: Draft) -> tuple[str, ...]:
    """What is asked for by a word of which nothing is known: “yield” of “what yield does X get”."""
    at = draft.wh
    item = draft.items[at + 1] if at is not None and at + 1 < len(draft.items) else None
    if at is None or item is None or draft.lemma(at) not in ("what", "which") or item.token is None or item.senses:
        return ()
    followed = draft.lemma(at + 2) in AUXILIARIES or (at + 2 < len(draft.items) and draft.items[at + 2].sense("verb"))
    plain = item.token.text.islower() and item.token.lemma not in draft.lexicon.light | AUXILIARIES
    return (item.token.lemma,) if plain and followed else ()


def _how_many(draft: Draft, after: int) -> int | None:
    """How many are asked for: “which two companies”."""
    wh = draft.wh
    found = [s for item in draft.items[wh + 1 : after] for s in item.all("number")] if wh is not None else []
    return int(found[0].name) if found else None


def _with(draft: Draft, verb: int) -> tuple[str, ...]:
    """What somebody is supplied with: the words after “with”."""
    at = next((k for k in range(verb + 1, len(draft.items)) if draft.lemma(k) == "with"), None)
    if at is None or not any(s.name == "supplies" for s in draft.items[verb].all("verb")):
        return ()
    out: list[str] = []
    for item in draft.items[at + 1 :]:
        if item.name and not item.text.islower():
            return ()
        if item.text in (",", "?", ".") or item.sense("verb"):
            break
        if not any(s.name == "Chip" for s in item.all("class")):
            out += [s for s in lemmas(item.text) if s not in draft.lexicon.light]
    return tuple(out)


def _denied(draft: Draft, verb: int) -> bool:
    """Whether the question asks for those who do not: “which firms do not use X”."""
    return any(draft.lemma(k) in ("not", "never", "without") for k in range((draft.wh or 0) + 1, verb))


def _kind_words(draft: Draft, after: int) -> tuple[str, ...]:
    """The words before the head of what is asked for: “laminate” of “which laminate makers”."""
    at = draft.wh
    head = (
        next((k for k in range(after - 1, at or 0, -1) if draft.items[k].sense("class")), None)
        if at is not None
        else None
    )
    if at is None or head is None:
        return ()
    words = [
        s for k in range(at + 1, head + 1) if not draft.items[k].sense("demonym") for s in lemmas(draft.items[k].text)
    ]
    last = {*lemmas(draft.items[head].text)[-1:]}
    return tuple(w for w in words if w not in draft.lexicon.light and w not in last and not w.isdigit())


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


def _restriction(draft: Draft, wanted: Node, after: int) -> Link | None:
    """“Which competitor of X …”, “Which Dutch firm …”: the relation in which whoever is asked for stands besides."""
    if wanted.link is not None and not wanted.link.given.open:
        return wanted.link
    at = next((i for i in range(after) if draft.items[i].sense("demonym")), None)
    return _from_place(draft, at) if at is not None else None


def _from_place(draft: Draft, at: int) -> Link:
    """Being in the place of an adjective, which the graph need not name."""
    name = draft.items[at].all("demonym")[0].name
    return Link(("locatedIn",), "subject", Node(ids=draft.question.places.get(name, ()), label=draft.items[at].text))


def _predicated(draft: Draft) -> Link | None:
    """“Which of them are Dutch?”: where those who are asked for must be."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("demonym") and draft.lemma(i - 1) == "be"), None)
    return _from_place(draft, at) if at is not None else None


def _both(draft: Draft, given: Node, link: Link) -> Link | None:
    """“Who supplies both X and Y”, “… X as well as Y”: the same relation to the second."""
    text = draft.question.text.lower()
    others = tuple(n for n in draft.named() if n.ids != given.ids)
    joint = " both " in text or " as well as " in text
    return replace(link, given=others[0]) if joint and given.named and len(others) == 1 else None


def _verbs(draft: Draft, after: int) -> list[int]:
    """The verbs that may be the question's own, the likeliest first: those before a relative clause, later ones
    last.
    """
    at = [i for i in range(after, len(draft.items)) if draft.items[i].sense("verb") and i not in draft.supposed]
    return at[:3]


def _senses(draft: Draft, verb: int) -> list[tuple[Side, tuple[str, ...]]]:
    """The relations that a verb may mean, by the role of its grammatical subject."""
    senses = draft.items[verb].all("verb")
    out: dict[Side, list[str]] = {}
    for sense in senses:
        out.setdefault(sense.side, []).append(sense.name)
    return [(side, tuple(dict.fromkeys(names))) for side, names in out.items()]


def _subject(draft: Draft, start: int, verb: int) -> Node | None:
    """The name between the auxiliary and the verb: the subject, when something else is asked for."""
    auxiliary = next((k for k in range(start, verb) if draft.lemma(k) in AUXILIARIES), start)
    for k in range(auxiliary, verb):
        item = draft.items[k]
        if (
            item.name
            and k not in draft.supposed | draft.excepted
            and draft.lemma(k - 1) not in ("of", "than", "to", "with")
        ):
            found = draft.reader.np(k)
            return found[0] if found else None
        if draft.lemma(k) in ("the", "its") and draft.lemma(k - 1) in AUXILIARIES:
            found = draft.reader.np(k + 1)
            if found and (found[0].link or found[0].types) and found[1] <= verb:
                return found[0]
    return None


def _object(draft: Draft, verb: int) -> Node | None:
    """What the verb governs: the first noun phrase after it that names or describes somebody."""
    near = range(verb + 1, min(verb + 8, len(draft.items)))
    behind = [k for k in near if draft.items[k].start >= draft.items[verb].end]
    for k in (*behind, *(k for k in near if k not in behind)):
        item = draft.items[k]
        if k in draft.supposed or not (item.name or item.sense("class") or item.sense("noun")):
            continue
        found = draft.reader.np(k)
        if found and (found[0].named or found[0].link):
            return found[0]
        if found and found[0].types and not any(i.name for i in draft.items[k:]):
            return found[0]
        draft.reader.used.discard(k)
    return None


def _others(draft: Draft, given: Node) -> tuple[Node, ...]:
    """Names of the if-clause, excluded by “other” or “else”."""
    if not {"other", "else"} & set(draft.question.stems):
        return ()
    supposed = [draft.items[i] for i in sorted(draft.supposed)]
    return tuple(
        Node(ids=i.name.ids, label=i.text) for i in supposed if i.name and not set(i.name.ids) & set(given.ids)
    )


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
        return [
            query(
                kind,
                draft,
                set(),
                nodes=(target,),
                wanted=wanted.types,
                noun=wanted.label,
                link=replace(wanted.link, given=target),
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


def _whose(draft: Draft, wh: int) -> list[Query]:
    """“Whose subsidiary designed X?”, “Whose orders fill X's lines?”"""
    names, at = draft.metrics()
    named = draft.named()
    if names and "orders" in names and named:
        link = Link(("supplies",), "object", named[0])
        return [query("list", draft, set(at), nodes=(named[0],), wanted=_FIRMS, noun="customers", link=link, words=())]
    thing = draft.reader.head(wh + 1)
    if thing is None:
        return []
    own = draft.reader.of_item(draft.items[thing])
    draft.reader.used.add(thing)
    found = draft.reader.clause(thing + 1)
    if found is None:
        return []
    inner = Node(types=own.types, label=own.label, link=found[0])
    link = Link(own.link.relations, flipped(own.link.asks), inner) if own.link else Link((), "subject", inner)
    return [query("list", draft, set(), nodes=(found[0].given,), wanted=(*_FIRMS, "Person"), link=link, noun="owner")]


def stated(draft: Draft) -> list[Query]:
    """“How many companies took part in X's round?”: a number that a sentence about X gives with the noun asked for."""
    wh = draft.wh
    if wh is None or draft.lemma(wh + 1) != "many":
        return []
    head = counted(draft.question, wh)
    named = draft.named()
    if head is None or not named:
        return []
    noun = " ".join(draft.items[k].text for k in range(wh + 2, head + 1))
    return [query("stated", draft, set(range(wh, head + 1)), nodes=(), about=named, noun=noun)]


def path(draft: Draft) -> list[Query]:
    """“How are X and Y connected?”"""
    nodes = draft.named()
    asked = not draft.yes_no or draft.question.stems[:2] == ("be", "there")
    if not draft.question.has("path") or len(nodes) != 2 or not asked:
        return []
    return [query("path", draft, set(), nodes=nodes, options=nodes)]


def counterparty(draft: Draft) -> list[Query]:
    """“Who was behind the $10 billion order that X mentioned?”: the other side of a deal known by its amount."""
    names, at = draft.metrics()
    if not draft.question.quantities or not {"orders", "investment", "price"} & set(names):
        return []
    named = draft.named()
    return [query("counterparty", draft, set(at), nodes=named, metrics=("orders",), options=named, wanted=_FIRMS)]


def _buys_no_more(draft: Draft) -> bool:
    """Whether the if-clause takes a customer away, so that it is the suppliers who are hit."""
    stems = {t.lemma for i in draft.supposed for t in draft.question.tokens[draft.items[i].start : draft.items[i].end]}
    return bool(_BUYING & stems) and bool(_LESS & stems)


_BUYING = {*lemmas("buy buying order orders purchase purchasing pay paying spend spending demand")}
_LESS = {*lemmas("stop not cease cut halt cancel slash fewer less end scrap drop reduce no withdraw")}


def hit(draft: Draft) -> list[Query]:
    """“Which companies would be hit if X stood still?”, “Which customers would suffer if X's campus closed?”"""
    supposed = sorted(draft.supposed)
    named = [draft.items[i] for i in supposed if draft.items[i].name]
    main = [i for i in range(len(draft.items)) if i not in supposed]
    if not named or any(draft.items[i].name for i in main) or not draft.question.has("hit"):
        return []
    node = Node(ids=named[0].name.ids if named[0].name else (), label=named[0].text)
    nouns = [s for i in main for s in draft.items[i].all("noun") if s.name in ("supplies", "manufactures")]
    side: Side = nouns[0].side if nouns else "subject" if _buys_no_more(draft) else "object"
    link = Link(("supplies",), side, node)
    words = [t.lemma for i in supposed for t in draft.question.tokens[draft.items[i].start : draft.items[i].end]]
    soft = tuple(w for w in words if w not in draft.lexicon.light)
    return [
        query(
            "list",
            draft,
            set(main),
            nodes=(node,),
            wanted=_FIRMS,
            noun="customers" if side == "object" else "suppliers",
            link=link,
            about=(),
            period=None,
            names=(),
            wish="future",
            words=(),
            soft=soft,
            options=tuple(Node(ids=n.name.ids if n.name else (), label=n.text) for n in named[1:]),
            narrow=True,
            wide=not nouns,
        )
    ]
