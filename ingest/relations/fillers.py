"""From a head token to the entities it stands for: names, what they are coordinated with, resolved pronouns, “Nvidia's
GPUs”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.identity import slug
from graph.model import EntityRef
from ingest.arguments import beside, coordinated, told_of
from ingest.lists import among_them
from ingest.names.lexicon import classifying_nouns
from ingest.names.mentions import entry_ref
from ingest.parsed import Mention, Sentence, after_bracket
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNABLE = ("Chip", "Product", "Model", "Facility", "Technology")
EXAMPLES = {"as", "like", "including", "among"}
CALLED = {"know", "call", "name", "dub", "label", "nickname"}
_LIST_OPENERS = {"among", "them", "including", "such", "as"}
_NEARLY = {"about", "roughly", "some", "around", "nearly", "almost", "another", "over", "up"}
_EVERY = {"all", "both", "each"}
_TRANSPARENT = words("transparent")
_OPENERS = {"include", "including", "as", "like", ":"}
_PARTING = {",", ";", "and", "&"}
_ENUMERATING = {"include", "comprise", "be"}
_LONG_ITEM = 9  # tokens that may be said of one item of such a list
_LISTING = {",", "and", "&", "or", "/", "plus"}


def fill(sentence: Sentence, token: Token, *, deep: bool = True) -> list[Mention]:
    """The mentions that a filler token stands for, in text order; empty if it names nobody."""
    out: list[Mention] = []
    for head in coordinated(token):
        if head != token and _gapped(sentence, head):
            continue
        for mention in _one(sentence, head, deep):
            if mention not in out:
                out.append(mention)
    if token.dep_ == "poss" or any(c.dep_ == "case" for c in token.children):
        return out
    first = _first_of_list(token)
    for mention in list(out):
        more = [*_listed(sentence, mention), *_series(sentence, mention), *_wider(sentence, mention)]
        out.extend(
            m for m in more if m not in out and m.root not in first and not _gapped(sentence, sentence.doc[m.last])
        )
    return out


def _first_of_list(token: Token) -> set[int]:
    """The tokens that one with a noun of its own behind it is coordinated after: in “Acme and Bolt, its rival” Bolt
    does not stand for both, nor in “Acme and Bolt, which makes racks”.
    """
    chain = [token]
    while chain[-1].dep_ == "conj":
        chain.append(chain[-1].head)
    alone = any(
        (c.dep_ == "appos" and c.tag_ == "NN" and c.i > token.i) or (c.dep_ == "relcl" and told_of(c) == token)
        for t in chain
        for c in t.children
    )
    return {t.i for t in chain[1:]} if alone else set()


def _opened_list(sentence: Sentence, token: Token) -> list[Mention]:
    """“32 companies, among them Sony, Canon and Fujitsu”."""
    doc = sentence.doc
    i = token.i + 1
    while i < min(len(doc), token.i + 6) and (doc[i].is_punct or doc[i].lower_ in _LIST_OPENERS):
        i += 1
    opened = any(t.lower_ in ("among", "including") for t in doc[token.i + 1 : i])
    first = sentence.mention_at(doc[i]) if opened and i < len(doc) else None
    return [first, *_listed(sentence, first)] if first is not None and first.named else []


def _gapped(sentence: Sentence, head: Token) -> bool:
    """Whether a coordinated name starts a clause of its own without a verb: “… of Ampere and Oracle 32.27 per cent”."""
    at = after_bracket(sentence.doc, head.i + 1)
    following = sentence.doc[at] if at < len(sentence.doc) else None
    if following is not None and following.lower_ in _NEARLY and following.i + 1 < len(sentence.doc):
        following = sentence.doc[following.i + 1]
    return following is not None and sentence.amount_at(following) is not None


def _one(sentence: Sentence, token: Token, deep: bool) -> list[Mention]:
    mention = sentence.mention_at(token)
    if mention is not None:
        return [mention] if mention.entity else list(mention.parts)
    if token.tag_ in ("WP", "WP$", "WDT"):
        return _antecedent(sentence, token, deep)
    if token.lower_ in _EVERY and (related := _of_which(token)) is not None:
        return [m for t in coordinated(related) for m in _one(sentence, t, deep)]
    if token.lower_ in _EVERY:  # “Acme and Bolt each took a stake”
        owned = [c for c in token.children if c.i < token.i and c.dep_ in ("nmod", "compound", "nsubj", "npadvmod")]
        return [m for c in owned for t in coordinated(c) for m in _one(sentence, t, deep)]
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "SYM", "ADJ", "X", "DET"):
        return []
    children = list(token.children)
    named = [m for c in children if c.dep_ == "appos" and (m := sentence.mention_at(c)) and m.named]
    if named:
        return named
    described = sentence.mention_at(beside(token)) if token.dep_ == "appos" else None
    if described is not None and described.entity:
        return [described]
    called = [
        m
        for c in children
        if c.dep_ == "acl" and c.lemma_ in CALLED
        for t in c.subtree
        if (m := sentence.mention_at(t)) and m.named
    ]
    if called:
        return called[:1]
    listed = _opened_list(sentence, token) or among_them(sentence, token)
    if listed:
        return listed
    examples = [
        g for c in children if c.dep_ == "prep" and c.lower_ in EXAMPLES for g in c.children if g.dep_ == "pobj"
    ]
    if examples:
        return [m for g in examples for m in fill(sentence, g)]
    members = _enumerated(sentence, token)
    if members:
        return members
    subject = _predicated(sentence, token)
    if subject is not None:
        return [subject]
    kind = classifying_nouns().get(token.lower_)
    before = [
        m
        for c in children
        if c.i < token.i and c.dep_ in ("compound", "nmod", "amod", "nummod")
        for d in coordinated(c)
        if (m := sentence.mention_at(d)) and m.entity
    ]
    same = [
        m
        for m in before
        if m.entity
        and (m.entity.type == kind or (kind == "Product" and m.entity.type != "Company" and m.entity.type != "Place"))
    ]
    if same:
        return same
    owners = [m for c in children if c.dep_ == "poss" and (m := sentence.mention_at(c)) and m.entity] or before
    if any(m.entity and m.entity.type == "Company" for m in before) and any(c.dep_ == "poss" for c in children):
        return []  # “its Volcano Engine cloud service” is Volcano Engine's
    if kind in _OWNABLE and owners and owners[-1].entity and owners[-1].entity.type == "Company":
        return [generic(token, kind, owners[-1].entity)]
    if deep and (
        token.lower_ in ("that", "those") or token.lemma_.lower() in _TRANSPARENT or sentence.amount_at(token)
    ):
        inner = [g for c in children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
        amount = sentence.amount_at(token)
        if amount and not inner:
            inner = [token.head] if token.dep_ == "nummod" else []
        return [m for g in inner for m in fill(sentence, g)]
    return []


def _enumerated(sentence: Sentence, token: Token) -> list[Mention]:
    """What a plural noun is said to include: “Firms that it has invested in include Acme and Bolt.”"""
    if token.tag_ != "NNS" or token.dep_ not in ("nsubj", "nsubjpass") or token.head.lemma_ not in _ENUMERATING:
        return []
    listed = [c for c in token.head.children if c.i > token.head.i and c.dep_ in ("dobj", "attr")]
    return [m for c in listed if sentence.mention_at(c) for m in fill(sentence, c)]


def _predicated(sentence: Sentence, token: Token) -> Mention | None:
    """Who is said to be it: in “Brackwell is a firm based in York” the firm is Brackwell."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ == "NOUN":
        token = token.head
    if token.dep_ != "attr" or token.pos_ != "NOUN" or token.head.lemma_ not in ("be", "become", "remain"):
        return None
    subjects = (sentence.mention_at(c) for c in token.head.children if c.dep_ == "nsubj" and c.i < token.i)
    return next((m for m in subjects if m is not None and m.entity is not None), None)


def _of_which(token: Token) -> Token | None:
    """The first of the names that “both of which” goes back to."""
    inner = [g for c in token.children if c.lower_ == "of" for g in c.children if g.tag_ in ("WDT", "WP")]
    clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None) if inner else None
    if clause is None:
        return None
    head = clause.head
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return head


def _antecedent(sentence: Sentence, pronoun: Token, deep: bool) -> list[Mention]:
    """Whom “who”, “which” or “whose” refers to: the noun that the relative clause hangs on."""
    token = pronoun
    while token.head != token:
        if token.dep_ == "relcl":
            return _one(sentence, told_of(token), deep)
        token = token.head
    return []


def generic(token: Token, kind: str, owner: EntityRef) -> Mention:
    """“Nvidia's newest GPUs” as “Nvidia GPUs”: a family that the text does not name."""
    label = f"{owner.label} {_plural(token.text)}"
    return Mention(token.i, token.i, token.i, token.text, "generic", EntityRef("e:" + slug(label), label, kind), owner)


def _plural(word: str) -> str:
    """“chip” and “silicon” as the label of a line: chips."""
    if word.casefold() in ("silicon", "chip", "semiconductor", "semiconductors", "processor"):
        return "chips" if word.casefold() != "processor" else "processors"
    return word


def _listed(sentence: Sentence, mention: Mention) -> list[Mention]:
    """Further names of the list that a mention opens or stands in: “Google, Amazon and MediaTek” (an “and” must close
    it).
    """
    named = sorted((m for m in sentence.mentions if m.named and m.entity), key=lambda m: m.first)
    if mention not in named:
        return []
    at = named.index(mention)
    group, closed = [mention], False
    for step in (1, -1):
        i = at
        while 0 <= i + step < len(named):
            left, right = sorted((named[i], named[i + step]), key=lambda m: m.first)
            start = after_bracket(sentence.doc, left.last + 1)  # “Fargo (1996), Jackie (2016) and …”
            between = [t.lower_ for t in sentence.doc[start : right.first]]
            if (
                not between
                or len(between) > 3
                or any(w not in _LISTING for w in between)
                or not _kinds(left) & _kinds(right)
            ):
                break
            closed = closed or any(w in ("and", "&", "or", "plus") for w in between)
            group.append(named[i + step])
            i += step
    return group[1:] if closed else []


def _kinds(mention: Mention) -> set[str]:
    """The types that a mention may have."""
    return {ref.type for ref in (mention.entity, *mention.candidates) if ref is not None}


def _wider(sentence: Sentence, place: Mention) -> list[Mention]:
    """The country or state right after a town: “in San Jose, California”."""
    after = place.last + 1
    doc = sentence.doc
    if place.entity is None or place.entity.type != "Place" or after + 1 >= len(doc) or doc[after].text != ",":
        return []
    other = sentence.mention_at(doc[after + 1])
    if other is None or other.entity is None or other.entity.type != "Place":
        return []
    root = doc[other.root]
    return [other] if root.dep_ in ("appos", "npadvmod") and root.head.i == place.root else []


def _series(sentence: Sentence, mention: Mention) -> list[Mention]:
    """Further names of a list that “include” or “such as” opens, with what is said of each in between: “clients
    include Acme in Ohio; Bolt, a bank; and Crane”.
    """
    doc = sentence.doc
    before = doc[mention.first - 1] if mention.first else None
    if before is not None and before.pos_ == "DET" and before.i:
        before = doc[before.i - 1]
    if before is None or before.lemma_.lower() not in _OPENERS:
        return []
    out, last = [], mention.last
    for other in sorted((m for m in sentence.mentions if m.named and m.first > last), key=lambda m: m.first):
        between = doc[last + 1 : other.first]
        if any(t.pos_ in ("VERB", "AUX") or t.is_sent_end for t in between) or len(between) > _LONG_ITEM:
            break
        if _kinds(other) & _kinds(mention) and any(t.lower_ in _PARTING for t in between):
            out.append(other)
            last = other.last
    return out


def as_type(mention: Mention, types: tuple[str, ...], catalogue: Catalogue) -> EntityRef | None:
    """The entity of a mention if it can be one of the types: itself, another reading of the name, or what it stands
    for.

    A capital stands for its government, “Nvidia's GPUs” for Nvidia where a firm is wanted.
    """
    entity = mention.entity
    if entity is None:
        return None
    entry = catalogue.by_id(entity.id)
    metonym = getattr(entry, "metonym_for", None) if entry else None
    if metonym and "Organization" in types and mention.how in ("catalogue", "pronoun"):
        found = catalogue.lookup(metonym)
        if found:
            return entry_ref(found[0])
    if entity.type in types:
        return entity
    if entry and any(t in types for t in entry.also):
        return entity
    other = next((c for c in mention.candidates if c.type in types), None)
    if other is not None:
        return other
    if mention.owner is not None and mention.owner.type in types:
        return mention.owner
    return None
