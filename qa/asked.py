"""What a question about a relation asks for, by its words: of which kind, how many, under which verb, from where."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft
from qa.kinds import trade_in
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Link, Node, Side
from qa.words import lemmas

FIRMS = ("Company", "Organization")
_OF_GOODS = {"supplies", "manufactures", "develops", "uses", "acquires", "dependsOn"}
_BESIDES = set(lemmas("other others else"))
_ANY_CHIP = set(lemmas("chip semiconductor processor accelerator gpu cpu"))  # which goods of many names are
_RENTING = set(lemmas("rent lease hire"))
_COMPUTING = set(lemmas("compute computing capacity cloud server datacenter"))
_TYPES = {"who": (*FIRMS, "Person"), "whom": (*FIRMS, "Person"), "whose": (*FIRMS, "Person"), "where": ("Place",)}


def wanted_by(draft: Draft, wh: int | None) -> tuple[Node, int]:
    """What is asked for: the noun phrase of the question word; and the item after it."""
    if wh is None:
        return Node(), 0
    i = wh + 1
    if draft.lemma(i) == "many" or draft.lemma(wh) == "whose":
        i += 1
    if draft.lemma(i) in AUXILIARIES and "number" in draft.question.stems:
        i = next((k + 2 for k in range(i, len(draft.items)) if draft.lemma(k) == "number"), i)
    head = draft.reader.head(i)
    if head == i and draft.reader.kind_at(i + 1):
        head = i + 1
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
        if (
            draft.lemma(end) == "'s"
            and (owned := draft.reader.head(end + 1)) is not None
            and not draft.items[owned].name
        ):
            end, item = owned, draft.items[owned]
        if not (item.sense("class") or item.sense("noun")):
            break
        node = draft.reader.of_item(item)
        draft.reader.used.add(end)
        end += 1
    if node.link is not None and draft.lemma(end) == "of":
        found = draft.reader.np(end + 1)
        if found and (found[0].named or found[0].link) and verbs_after(draft, found[1]):
            return replace(node, link=replace(node.link, given=found[0])), found[1]
    return node, end


def odd_kind(draft: Draft) -> tuple[str, ...]:
    """What is asked for by a word of which nothing is known: “yield” of “what yield does X get”."""
    at = draft.wh
    item = draft.items[at + 1] if at is not None and at + 1 < len(draft.items) else None
    if at is None or item is None or draft.lemma(at) not in ("what", "which") or item.token is None or item.senses:
        return ()
    followed = draft.lemma(at + 2) in AUXILIARIES or (at + 2 < len(draft.items) and draft.items[at + 2].sense("verb"))
    plain = item.token.text.islower() and item.token.lemma not in draft.lexicon.light | AUXILIARIES
    return (item.token.lemma,) if plain and followed else ()


def how_many(draft: Draft, after: int) -> int | None:
    """How many are asked for: “which two companies”."""
    wh = draft.wh
    found = [s for item in draft.items[wh + 1 : after] for s in item.all("number")] if wh is not None else []
    return int(found[0].name) if found else None


def supplied_with(draft: Draft, verb: int) -> tuple[str, ...]:
    """What somebody is supplied with: the words after “with”, or before the “from” of the verb (“get lasers from”)."""
    at = next((k for k in range(verb + 1, len(draft.items)) if draft.lemma(k) == "with"), None)
    if not any(s.name == "supplies" for s in draft.items[verb].all("verb")):
        return ()
    within = [item for item in draft.items[verb + 1 :] if item.end <= draft.items[verb].end]
    if at is None and (not within or draft.items[verb].text.lower().split()[-1] != "from"):
        return ()
    out: list[str] = []
    for item in draft.items[at + 1 :] if at is not None else within:
        if item.name and not item.text.islower():
            return ()
        if item.text in (",", "?", ".") or item.sense("verb"):
            break
        if not {*lemmas(item.text)} <= _ANY_CHIP:
            out += [s for s in lemmas(item.text) if s not in draft.lexicon.light]
    return tuple(out)


def landlords(draft: Draft, verb: int) -> tuple[str, ...]:
    """The words for those from whom computing capacity is rented or leased; none where something else is."""
    rents = draft.question.tokens[draft.items[verb].start].lemma in _RENTING
    return lemmas("cloud provider") if rents and _COMPUTING & {*draft.question.stems} else ()


def denied(draft: Draft, verb: int) -> bool:
    """Whether the question asks for those who do not: “which firms do not use X”."""
    return any(draft.lemma(k) in ("not", "never", "without") for k in range((draft.wh or 0) + 1, verb))


def kind_words_of(draft: Draft, after: int) -> tuple[str, ...]:
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
    told = trade_in(words) != trade_in(words[-1:])  # “cloud operators”: a word that says little elsewhere tells it
    return tuple(w for w in words if (told or w not in draft.lexicon.light) and w not in last and not w.isdigit())


def restriction_of(draft: Draft, wanted: Node, after: int) -> Link | None:
    """“Which competitor of X …”, “Which Dutch firm …”: the relation in which whoever is asked for stands besides."""
    if wanted.link is not None and not wanted.link.given.open:
        return wanted.link
    at = next((i for i in range(after) if draft.items[i].sense("demonym")), None)
    if at is not None:
        return from_place(draft, at)
    seat = next((i for i in range(after - 1) if draft.items[i].name and draft.reader.kind_at(i + 1)), None)
    name = draft.items[seat].name if seat is not None else None
    return Link(("locatedIn",), "subject", Node(ids=name.ids, label=name.text)) if name is not None else None


def from_place(draft: Draft, at: int) -> Link:
    """Being in the place of an adjective, which the graph need not name."""
    name = draft.items[at].all("demonym")[0].name
    return Link(("locatedIn",), "subject", Node(ids=draft.question.places.get(name, ()), label=draft.items[at].text))


def predicated(draft: Draft) -> Link | None:
    """“Which of them are Dutch?”: where those who are asked for must be."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("demonym") and draft.lemma(i - 1) == "be"), None)
    return from_place(draft, at) if at is not None else None


def of_both(draft: Draft, given: Node, link: Link) -> Link | None:
    """“Who supplies both X and Y”, “… X as well as Y”: the same relation to the second."""
    text = draft.question.text.lower()
    others = tuple(n for n in draft.named() if n.ids != given.ids)
    joint = " both " in text or " as well as " in text
    return replace(link, given=others[0]) if joint and given.named and len(others) == 1 else None


def verbs_after(draft: Draft, after: int) -> list[int]:
    """The verbs that may be the question's own, the likeliest first: those before a relative clause, later ones
    last.
    """
    at = [i for i in range(after, len(draft.items)) if draft.items[i].sense("verb") and i not in draft.supposed]
    return at[:3]


def relations_of(draft: Draft, verb: int) -> list[tuple[Side, tuple[str, ...]]]:
    """The relations that a verb may mean, by the role of its grammatical subject."""
    senses = draft.items[verb].all("verb")
    out: dict[Side, list[str]] = {}
    for sense in senses:
        out.setdefault(sense.side, []).append(sense.name)
    return [(side, tuple(dict.fromkeys(names))) for side, names in out.items()]


def doer_of(draft: Draft, start: int, verb: int) -> Node | None:
    """The name between the auxiliary and the verb: the subject, when something else is asked for."""
    if draft.lemma(verb) == "have" and _inverted(draft, verb):
        found = draft.reader.np(verb + 1)
        return found[0] if found else None
    auxiliary = next((k for k in range(start, verb) if draft.lemma(k) in AUXILIARIES), start)
    behind = (k for k in range(verb, len(draft.items)) if draft.items[k].name)
    governed_there = any(draft.lemma(k - 1) not in PREPOSITIONS for k in behind)
    relative = auxiliary == start + 1 and draft.items[start].name and not governed_there
    if draft.lemma(verb) == "not":  # “what can X not do without”, whose phrase begins before its subject
        verb = next(
            (k for k in range(verb + 1, len(draft.items)) if draft.items[k].start >= draft.items[verb].end), verb
        )
    for k in range(start if relative else auxiliary, verb):
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


def _inverted(draft: Draft, verb: int) -> bool:
    """Whether the name behind “has” is its subject: “whom has X put on its list”, “what has X got in its sights”."""
    if not (verb + 1 < len(draft.items) and draft.items[verb + 1].name and draft.wh is not None and draft.wh < verb):
        return False
    after = draft.items[verb + 2] if verb + 2 < len(draft.items) else None
    token = draft.question.tokens[after.start] if after is not None else None
    done = token is not None and (token.past or token.lemma in ("put", "set", "get", "cut", "let"))
    return draft.lemma(draft.wh) == "whom" or done


def governed(draft: Draft, verb: int) -> Node | None:
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


def goods_at(draft: Draft, verb: int) -> Node | None:
    """The goods right behind a verb, in a question that names nobody: “laminate” of “who makes laminate?”."""
    if any(item.name for item in draft.items) or not any(s.name in _OF_GOODS for s in draft.items[verb].all("verb")):
        return None
    end = verb + 1
    while end < len(draft.items) and _plain(draft, end):
        end += 1
    if end == verb + 1 or not (end == len(draft.items) or draft.items[end].text in ("?", ".", "!")):
        return None
    draft.reader.used |= {*range(verb + 1, end)}
    return Node(label=" ".join(item.text for item in draft.items[verb + 1 : end]), types=("Product",))


def _plain(draft: Draft, i: int) -> bool:
    """Whether it is a word that nothing explains, but perhaps as a verb (“pumps”), whose place is taken."""
    item = draft.items[i]
    word = item.text[0].isalnum() and all(sense.kind == "verb" for sense in item.senses)
    return word and draft.lemma(i) not in draft.lexicon.light | AUXILIARIES | PREPOSITIONS


def others(draft: Draft, given: Node) -> tuple[Node, ...]:
    """Names of the if-clause, excluded by “other” or “else”."""
    if not _BESIDES & set(draft.question.stems):
        return ()
    supposed = [draft.items[i] for i in sorted(draft.supposed)]
    return tuple(
        Node(ids=i.name.ids, label=i.text) for i in supposed if i.name and not set(i.name.ids) & set(given.ids)
    )
