"""Whose share it is of somebody's figure: who brought it in, what it comes from or goes into, what it is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.arguments import slots
from ingest.metrics.gaps import gap_name
from ingest.metrics.items import item_before
from ingest.metrics.links import Link, clause_of
from ingest.metrics.owners import FIRMS, Owner
from ingest.metrics.scopes import clean, phrase
from ingest.metrics.terms import Term, terms
from ingest.metrics.topic import Topic
from ingest.parsed import Amount, Sentence
from ingest.relations.fillers import fill
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMING = frozenset(["come", "stem", "derive", "generate", "bring"])
_ELSEWHERE = frozenset(["outside", "beyond"])  # “from outside China”: from anywhere but there
_GOING = frozenset(["flow", "go", "ship"])
_INTO = frozenset(["for", "from", "on"])
_OWING = frozenset(["owe", "sell", "ship", "deliver", "supply", "send", "export", "make"])
_CALLED = frozenset(["know", "identify", "name", "describe", "refer", "label", "call"])
_JOINS = frozenset(["and", "while", "whereas", "but"])
_FILLING = words("filling") | frozenset(["for"])
_NOMINAL = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "DET", "PUNCT", "ADV"])
_NOBODY = words("none")


def sharer(
    sentence: Sentence, amount: Amount, found: Link, owner: Owner, topic: Topic
) -> tuple[EntityRef, str | None] | None:
    """Owner and scope of a share: “Customer A brought in 23% of revenue”: the revenue is the firm's, the scope who
    brought it in. None if nobody and nothing is said to share.
    """
    if found.term is None:
        return None
    goal = _bound_for(sentence, amount)
    if goal is not None:
        return owner.entity, goal
    cause = attributed(sentence, amount)
    if cause is not None and cause.id != owner.entity.id:
        return owner.entity, cause.label
    source = next((t for t in _sources(sentence, amount) if t.pos_ in ("NOUN", "PROPN")), None)
    if cause is None and source is not None:
        return owner.entity, clean(str(sentence.doc[source.left_edge.i : source.i + 1].text))
    part = _headed(sentence, amount) or spent_on(sentence, amount)
    if part is not None:
        return owner.entity, part
    root = sentence.doc[found.term.root]
    doers = _doers(sentence, _clause(sentence, amount, found.term))
    named = _named(sentence, doers, found)
    firm = _other_than([*named, *_named(sentence, _doers(sentence, clause_of(root)), found)], owner, topic)
    fellow = _gapped(sentence, amount)
    if fellow is not None:
        return firm, fellow
    for token in doers:
        if _whole(sentence, token, found):
            continue
        if not fill(sentence, token) and token.pos_ in ("NOUN", "PROPN", "NUM"):
            return firm, None if token.lower_ in _NOBODY else _party(sentence, token, amount)
        for entity in named:
            if entity.id != firm.id:
                return firm, entity.label
    return None


def _bound_for(sentence: Sentence, amount: Amount) -> str | None:
    """Where a share goes: “3% of sales go to America, 32% to Taiwan”."""
    root = sentence.doc[amount.root]
    verb = root.head if root.dep_ == "nsubj" and root.head.lemma_ in _GOING else None
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    near = [t for t in following if t.lower_ == "to"]
    near += [c for c in verb.children if c.lower_ == "to" and c.dep_ == "prep"] if verb is not None else []
    goal = next((g for t in near for g in t.children if g.dep_ == "pobj" and sentence.amount_at(g) is None), None)
    if goal is None:
        return None
    mention = sentence.mention_at(goal)
    return mention.entity.label if mention is not None and mention.entity is not None else phrase(sentence, goal)


def _named(sentence: Sentence, doers: list[Token], found: Link) -> list[EntityRef]:
    return [m.entity for t in doers if not _whole(sentence, t, found) for m in fill(sentence, t) if m.entity]


def _whole(sentence: Sentence, token: Token, found: Link) -> bool:
    """Whether a subject is the whole itself, a pronoun or a figure: nobody that shares."""
    itself = found.term is not None and token.i == found.term.root
    return itself or token.pos_ == "PRON" or sentence.amount_at(token) is not None


def _other_than(named: list[EntityRef], owner: Owner, topic: Topic) -> EntityRef:
    """Whose figure is shared where the one found is among those who share it: the firm at hand."""
    whole = topic.firm or topic.focus
    ids = {entity.id for entity in named}
    return whole if whole is not None and owner.entity.id in ids and whole.id not in ids else owner.entity


def _clause(sentence: Sentence, amount: Amount, term: Term) -> Token:
    """The verb that says who shares: that of the metric's clause, or of a later one with a subject of its own."""
    verb, own = clause_of(sentence.doc[term.root]), clause_of(sentence.doc[amount.root])
    return own if own.i > verb.i and term.last < amount.first and slots(own).get("subj") else verb


def _doers(sentence: Sentence, verb: Token) -> list[Token]:
    """The subjects of a verb, by name where one is given: “a client known as Acme”, “a buyer, Acme, brought in 9%”."""
    subjects = slots(verb).get("subj", [])
    if verb.dep_ == "acl" and (any(c.dep_ in ("dobj", "prt") for c in verb.children) or _brings_in(sentence, verb)):
        subjects = [verb.head]  # the parser's slip on “brought”, “made up”: a participle has no object
    named = [c for s in subjects for c in s.children if c.dep_ == "appos" and c.i < verb.i and sentence.mention_at(c)]
    called = [c for s in subjects for c in s.children if c.dep_ == "acl" and c.lemma_ in _CALLED and c != verb]
    named += [g for c in called for p in c.children if p.lower_ == "as" for g in p.children if g.dep_ == "pobj"]
    return [*named, *subjects]


def _brings_in(sentence: Sentence, verb: Token) -> bool:
    """“the largest one brought in 9% of sales”, with the particle taken for a preposition."""
    led = (g for c in verb.children if c.lower_ == "in" for g in c.children if g.dep_ == "pobj")
    return bool(verb.lemma_ == "bring") and any(sentence.amount_at(g) is not None for g in led)


def _gapped(sentence: Sentence, amount: Amount) -> str | None:
    """Who or what a later share is of where the verb is left out: “A brought in 9% of sales and the top five 40%”."""
    shares = (a for a in sentence.amounts if a.last < amount.first and a.span.kind == "percent")
    before = max(shares, key=lambda a: a.last, default=None)
    if before is None:
        return None
    name = gap_name(sentence, before, amount)
    if name is not None and name.entity is not None:
        return name.entity.label
    doc = sentence.doc
    join = next((t.i for t in reversed(doc[before.last + 1 : amount.first]) if t.lower_ in _JOINS), None)
    end = amount.first
    while join is not None and end > join + 1 and doc[end - 1].lower_ in _FILLING:
        end -= 1
    part = doc[join + 1 : end] if join is not None else doc[0:0]
    if len(part) and all(t.pos_ in _NOMINAL and t.text not in (",", ";") for t in part) and not part[-1].is_punct:
        return clean(str(part.text))
    item = item_before(sentence, amount)
    return clean(item) if item is not None else None


def _party(sentence: Sentence, noun: Token, amount: Amount) -> str | None:
    """Who shares, as told: “four largest customers” of one figure, “direct customers” of a figure for each."""
    root = sentence.doc[amount.root]
    joined = [c for c in root.children if c.dep_ in ("conj", "appos")] + [root.head] * (root.dep_ in ("conj", "appos"))
    told = any(t.lower_ == "respectively" for t in sentence.doc)
    each = told or any(sentence.amount_at(t) is not None for t in joined)
    party = phrase(sentence, noun, counted=not each)
    if noun.lower_ == "one" and party is not None:
        return party.removesuffix("one").strip() or None  # “the largest one brought in 9%”
    if each and noun.pos_ == "NUM":
        return None  # “the top two accounted for 14% and 11%”: one of two, not both
    if each and party is not None and noun.tag_ == "NNS":
        return party.removesuffix(str(noun.text)) + str(noun.lemma_)  # each is the share of one “direct customer”
    return party


def _headed(sentence: Sentence, amount: Amount) -> str | None:
    """The words before a colon that opens with the share: “China: 42% of sales in Q3”."""
    doc = sentence.doc
    colon = amount.first - 1
    if colon < 1 or doc[colon].text != ":" or doc[colon - 1].pos_ not in ("NOUN", "PROPN"):
        return None
    start = next((t.i + 1 for t in reversed(doc[:colon]) if t.text in (";", ".", "•")), 0)
    if any(t.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") for t in doc[start:colon]):
        return None
    if any(start <= t.root < colon for t in terms(sentence)):
        return None
    mention = sentence.mention_at(doc[colon - 1])
    entity = mention.entity if mention is not None else None
    if entity is not None and entity.type in FIRMS:
        return None
    return entity.label if entity is not None else clean(str(doc[start:colon].text))


def spent_on(sentence: Sentence, amount: Amount) -> str | None:
    """What stands right behind a share of a whole with “for”, “from” or “on”: “half of it for servers”, “got 42% of its
    revenue from cloud services”.
    """
    doc = sentence.doc
    i = amount.last + 1
    if i >= len(doc) or doc[i].lower_ != "of":
        return None
    whole = next((c for c in doc[i].children if c.dep_ == "pobj"), None)
    i = whole.i + 1 if whole is not None else len(doc)
    if i + 1 < len(doc) and doc[i].text == "," and (again := sentence.amount_at(doc[i + 1])) is not None:
        i = again.last + 1  # “more than half of it, €7.4bn, for scanners”
    i += i < len(doc) and doc[i].text == ","
    owed = i < len(doc) and doc[i].lower_ == "to" and clause_of(doc[amount.root]).lemma_.lower() in _OWING
    if i >= len(doc) or (doc[i].lower_ not in _INTO and not owed):
        return None
    thing = next((c for c in doc[i].children if c.dep_ == "pobj"), None)
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or sentence.amount_at(thing) is not None:
        return None
    if any(w.first <= thing.i <= w.last for w in sentence.periods):
        return None
    mention = sentence.mention_at(thing)
    if mention is not None and mention.entity is not None and mention.entity.type in FIRMS:
        return mention.entity.label
    last = next((c.i for c in thing.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")), thing.i)
    return clean(str(doc[thing.left_edge.i : last + 1].text))


def _sources(sentence: Sentence, amount: Amount) -> list[Token]:
    """The nouns that something comes from: “came from handsets”, “attributable to Meta”, “generated by OpenAI”."""
    out: list[Token] = []
    for token in clause_of(sentence.doc[amount.root]).subtree:
        owed = token.lower_ in ("attributable", "due")
        if owed or token.lemma_.lower() in _COMING:
            for child in token.children:
                if child.lower_ == ("to" if owed else "from") or child.dep_ == "agent":
                    out.extend(c for c in child.children if c.dep_ == "pobj" and sentence.amount_at(c) is None)
    return out


def attributed(sentence: Sentence, amount: Amount) -> EntityRef | None:
    """“45% of that was attributable to OpenAI”, “half came from Meta”; not “from outside China”."""
    sources = (t for t in _sources(sentence, amount) if not any(w.lower_ in _ELSEWHERE for w in t.lefts))
    return next((m.entity for t in sources for m in fill(sentence, t) if m.entity), None)
