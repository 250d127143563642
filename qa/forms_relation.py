"""Forms about relations: lists, roles, yes or no, when, paths, counterparties of an order, and the simple what-if."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft, query
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Link, Node, Query

_WHO = {"who", "whom", "which", "what", "whose", "name", "list"}
_TYPES = {"who": ("Company", "Organization", "Person"), "whom": ("Company", "Organization", "Person")}


def _wanted(draft: Draft, wh: int) -> tuple[Node, int] | None:
    """The class asked for after the question word, and where its phrase ends."""
    lemma = draft.lemma(wh)
    i = wh + 1
    if lemma == "how" and draft.lemma(i) == "many":
        i += 1
    if lemma in ("which", "what", "whose", "how", "nam", "list", "name", "from") or draft.lemma(i) == "the":
        j = draft.reader.head(i)
        if j is not None and not draft.items[j].name and not any(draft.lemma(k) in AUXILIARIES for k in range(i, j)):
            node, end = draft.reader.of_item(draft.items[j]), j + 1
            draft.reader.used.add(j)
            while (
                end < len(draft.items)
                and (draft.items[end].sense("class") or draft.items[end].sense("noun"))
                and not draft.items[end].sense("verb")
            ):
                node = draft.reader.of_item(draft.items[end])
                draft.reader.used.add(end)
                end += 1
            return node, end
    return Node(types=_TYPES.get(lemma, ())), i


def _question_word(draft: Draft) -> int | None:
    for i in range(len(draft.items)):
        if draft.lemma(i) in ("who", "whom", "which", "what", "whose", "nam", "list") or (
            draft.lemma(i) == "how" and draft.lemma(i + 1) == "many"
        ):
            relative = (
                i > 0 and draft.lemma(i) in ("which", "who", "whose", "whom") and draft.items[i - 1].sense("class")
            )
            if not relative:
                return i
    return None


def listing(draft: Draft) -> list[Query]:
    """“Who supplies X?”, “Which models does X develop?”, “X's customers”, “How many suppliers does X have?”"""
    wh = _question_word(draft)
    start = wh if wh is not None else 0
    if wh is not None and draft.lemma(wh) == "whose":
        return _whose(draft, wh)
    found = _wanted(draft, start) if wh is not None else None
    node, after = found if found else (Node(), 0)
    counted = wh is not None and draft.lemma(wh) == "how"
    kind = "count" if counted else "list"
    out = _by_verb(draft, kind, node, after)
    return out or _by_noun(draft, kind, node, start)


def _by_verb(draft: Draft, kind: str, node: Node, after: int) -> list[Query]:
    verbs = [i for i in range(after, len(draft.items)) if draft.items[i].sense("verb")]
    if not verbs:
        return []
    verb = _main_verb(draft, verbs, after)
    link_hint = node.link.relations if node.link else ()
    found = draft.reader.clause(after if verb == verbs[0] else verb)
    if found is None:
        return []
    link, _ = found
    if link.given.open and not link.given.types:
        return []
    relations = tuple(r for r in link.relations if r in link_hint) or link.relations
    wanted = node.types or _hinted(node)
    link = replace(link, relations=relations)
    excluded = _others(draft, link.given)
    return [
        query(
            kind,
            draft,
            {verb},
            nodes=(link.given, *excluded),
            wanted=wanted,
            noun=node.label,
            link=link,
            without=excluded,
        )
    ]


def _hinted(node: Node) -> tuple[str, ...]:
    return ("Company", "Organization") if node.link else ()


def _main_verb(draft: Draft, verbs: list[int], after: int) -> int:
    """The question's own verb: the last one before its object when others are governed by it (“promised to buy”)."""
    return verbs[0] if verbs[0] >= after else verbs[-1]


def _others(draft: Draft, given: Node) -> tuple[Node, ...]:
    """Names of the if-clause, excluded by “other” or “else”."""
    if not {"other", "else"} & set(draft.question.stems):
        return ()
    comma = next((i for i in range(len(draft.items)) if draft.lemma(i) == ","), None)
    out = []
    for i, item in enumerate(draft.items):
        if (
            item.name
            and not set(item.name.ids) & set(given.ids)
            and (comma is None or i < comma)
            and "if" in draft.question.stems
        ):
            out.append(Node(ids=item.name.ids, label=item.text))
    return tuple(out)


def _by_noun(draft: Draft, kind: str, node: Node, start: int) -> list[Query]:
    """“Who are X's suppliers?”, “How many customers does X have?”, “Name the rivals of X”."""
    if node.link is not None:
        named = next((i for i in range(start, len(draft.items)) if draft.items[i].name), None)
        if named is None:
            return []
        given = draft.reader.np(named)
        target = given[0] if given else Node()
        link = replace(node.link, given=target)
        return [query(kind, draft, set(), nodes=(target,), wanted=node.types, noun=node.label, link=link)]
    for i in range(start + (1 if start or draft.lemma(0) in _WHO else 0), len(draft.items)):
        if draft.items[i].name or draft.items[i].sense("noun"):
            found = draft.reader.np(i)
            if found and found[0].link and found[0].link.relations and not found[0].link.given.open:
                described = found[0]
                link = described.link
                wanted = node.types if node.types and draft.lemma(start) != "who" else described.types
                return [
                    query(
                        kind,
                        draft,
                        set(),
                        nodes=(link.given,) if link else (),
                        wanted=wanted,
                        noun=described.label,
                        link=link,
                    )
                ]
    return []


def _whose(draft: Draft, wh: int) -> list[Query]:
    """“Whose subsidiary designed X?”, “Whose orders fill X's lines?”"""
    thing = draft.reader.head(wh + 1)
    names, at = draft.metrics()
    if names and "orders" in names and at[0] < len(draft.items):
        named = [Node(ids=i.name.ids, label=i.text) for i in draft.items if i.name]
        if named:
            link = Link(("supplies",), "object", named[0])
            return [
                query(
                    "list",
                    draft,
                    set(at),
                    nodes=(named[0],),
                    wanted=("Company", "Organization"),
                    noun="customers",
                    link=link,
                    words=(),
                )
            ]
    if thing is None:
        return []
    own = draft.reader.of_item(draft.items[thing])
    draft.reader.used.add(thing)
    found = draft.reader.clause(thing + 1)
    if found is None:
        return []
    inner = Node(types=own.types, label=own.label, link=found[0])
    if own.link:
        link = Link(own.link.relations, "object" if own.link.asks == "subject" else "subject", inner)
    else:
        link = Link((), "subject", inner)
    return [
        query(
            "list",
            draft,
            set(),
            nodes=(found[0].given,),
            wanted=("Company", "Organization", "Person"),
            link=link,
            noun="owner",
        )
    ]


def role(draft: Draft) -> list[Query]:
    """“Who is X's finance chief?”, “Who heads X?”, “What is the name of the president?”"""
    for i, item in enumerate(draft.items):
        senses = [s for s in item.all("noun") if s.name == "leads"]
        if not senses or draft.lemma(0) not in ("who", "what", "nam", "which", "name"):
            continue
        stems = [t.lemma for t in draft.question.tokens[item.start : item.end]]
        words = draft.lexicon.role(stems)
        named = [Node(ids=n.name.ids, label=n.text) for n in draft.items if n.name]
        given = named[0] if named else Node()
        generic = {"head", "chief", "boss", "leader"} & set(words) and len(words) == 1
        return [query("list", draft, {i}, nodes=(given,), wanted=("Person",), noun=item.text, link=Link(("leads",), "subject", given),
                      role=() if generic else words)]  # fmt: skip
    return []


def yes_no(draft: Draft) -> list[Query]:
    """“Does X supply Y?”, “Was X's order cancelled?”, “Does X have a customer yet?”"""
    if not draft.yes_no:
        return []
    nodes = [Node(ids=i.name.ids, label=i.text) for i in draft.items if i.name]
    licence = draft.first("licence")
    if licence is not None and nodes:
        return [query("yesno", draft, {licence}, link=Link(("restricts",), "subject", Node()), nodes=(), words=())]
    if draft.question.has("cancel") and nodes:
        return [query("yesno", draft, set(), ended=True, link=Link(("supplies", "partnersWith"), "object", Node()))]
    if draft.lemma(0) == "have" or (draft.lemma(0) == "do" and "have" in draft.question.stems):
        for i, item in enumerate(draft.items):
            if (item.sense("noun") or item.sense("metric")) and nodes:
                noun = next((s for k in range(i, len(draft.items)) for s in draft.items[k].all("noun")), None)
                if noun:
                    return [query("yesno", draft, {i}, nodes=(nodes[0],), link=Link((noun.name,), noun.side, nodes[0]))]
    for i, item in enumerate(draft.items):
        if item.sense("verb"):
            senses = item.all("verb")
            relations = tuple(dict.fromkeys(s.name for s in senses if s.side == senses[0].side))
            flip = (senses[0].side == "object") != draft.reader.passive(i)
            before = [Node(ids=x.name.ids, label=x.text) for x in draft.items[:i] if x.name]
            after = [Node(ids=x.name.ids, label=x.text) for x in draft.items[i:] if x.name]
            if before and after:
                first, second = (after[0], before[-1]) if flip else (before[-1], after[0])
                return [
                    query(
                        "yesno", draft, {i}, nodes=(first, second), owner=first, link=Link(relations, "object", second)
                    )
                ]
    return _noun_yes_no(draft, nodes)


def _noun_yes_no(draft: Draft, nodes: list[Node]) -> list[Query]:
    """“Is X a supplier of Y?”, “Is X Y's customer?”"""
    for item in draft.items:
        noun = item.sense("noun")
        if noun and len(nodes) >= 2 and draft.lemma(0) == "be":
            first, second = (nodes[0], nodes[1]) if noun.side == "subject" else (nodes[1], nodes[0])
            return [
                query(
                    "yesno",
                    draft,
                    {draft.items.index(item)},
                    nodes=(first, second),
                    owner=first,
                    link=Link((noun.name,), "object", second),
                )
            ]
    return []


def when(draft: Draft) -> list[Query]:
    """“When did X acquire Y?”: the period of the relation."""
    if draft.lemma(0) != "when":
        return []
    return [replace(q, kind="when") for q in _when_link(draft)]


def _when_link(draft: Draft) -> list[Query]:
    for i, item in enumerate(draft.items):
        if item.sense("verb"):
            senses = item.all("verb")
            relations = tuple(dict.fromkeys(s.name for s in senses if s.side == senses[0].side))
            named = [(k, Node(ids=x.name.ids, label=x.text)) for k, x in enumerate(draft.items) if x.name]
            before, after = [n for k, n in named if k < i], [n for k, n in named if k > i]
            if before and after:
                flip = (senses[0].side == "object") != draft.reader.passive(i)
                first, second = (after[-1], before[0]) if flip else (before[0], after[-1])
                return [
                    query(
                        "when", draft, {i}, nodes=(first, second), owner=first, link=Link(relations, "object", second)
                    )
                ]
    return []


def path(draft: Draft) -> list[Query]:
    """“How are X and Y connected?”"""
    nodes = tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items if i.name)
    if not draft.question.has("path") or len(nodes) != 2 or draft.yes_no:
        return []
    return [query("path", draft, set(), nodes=nodes, options=nodes)]


def counterparty(draft: Draft) -> list[Query]:
    """“Who was behind the $10 billion order that X mentioned?”: the other side of a deal known by its amount."""
    names, at = draft.metrics()
    if draft.lemma(0) not in ("who", "which") or not draft.question.quantities or "orders" not in names:
        return []
    named = tuple(Node(ids=i.name.ids, label=i.text) for i in draft.items if i.name)
    return [
        query(
            "counterparty",
            draft,
            set(at),
            nodes=named,
            metrics=("orders",),
            options=named,
            wanted=("Company", "Organization"),
        )
    ]


def what_if(draft: Draft) -> list[Query]:
    """“Which customers would be hit if X's campus closed?”: who the thing named in the if-clause supplies."""
    stems = draft.question.stems
    wh = _question_word(draft)
    if "if" not in stems or wh is None:
        return []
    at = next(i for i in range(len(draft.items)) if draft.lemma(i) == "if")
    if at < wh:
        return []
    noun = next(
        (s for item in draft.items[:at] for s in item.all("noun") if s.name in ("supplies", "manufactures")), None
    )
    named = [Node(ids=i.name.ids, label=i.text) for i in draft.items[at:] if i.name]
    if noun is None or not named:
        return []
    link = Link(("supplies",), noun.side, named[0])
    return [query("list", draft, set(range(len(draft.items))), nodes=(named[0],), wanted=("Company", "Organization"), noun="customers",
                  link=link, about=(), period=None, wish=None)]  # fmt: skip


__all__ = ["PREPOSITIONS", "counterparty", "listing", "path", "role", "what_if", "when", "yes_no"]
