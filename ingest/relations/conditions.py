"""Whether a trigger word fulfils what its frame asks for besides its sides: the fields that relations.yaml explains at
its top (near, any_of, plan, things, …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import is_passive, slots, verb_name
from ingest.hedges import hedged
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import fill
from ingest.relations.frames import Frame
from ingest.relations.slots import complements, verb_above
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OUTRIGHT = {"buy", "purchase", "sell"}  # a plant that is bought is no supply; one that is leased may be
_OF = ("of", "to", "for")
_PARTIAL = {"bit", "chunk", "minority", "part", "piece", "portion", "share", "sliver", "stake"}
_MOST = {"all", "most", "much", "half", "bulk", "majority", "some"}
_PAST = 5  # tokens before a noun that may say it is bygone: “the former chief executive”


def verb_fits(sentence: Sentence, verb: Token, frame: Frame) -> bool:
    """Whether a verb may evoke a frame here."""
    if frame.passive and not is_passive(verb):
        return False
    if frame.object_head and not _object_head(sentence, verb, frame):
        return False
    if not _object_fits(sentence, verb, frame):
        return False
    if frame.plural and not _bare_plural(sentence, verb):
        return False
    if frame.near and not {c.lower_ for c in verb.subtree} & set(frame.near):
        return False
    if frame.said and not any(t.lower_ in frame.said for t in sentence.doc):
        return False
    if frame.among and not _ranked(verb) & set(frame.among):
        return False
    if frame.closed and not _closed(verb):
        return False
    if frame.bare and slots(verb).get("obj"):
        return False
    if frame.from_to and not {"from", "to"} <= slots(verb).keys():
        return False
    if frame.modal and not any(c.tag_ == "MD" for c in verb.children):
        return False
    if not _theme_fits(sentence, verb, frame):
        return False
    if frame.complement and not complements(verb) & set(frame.complement):
        return False
    if (frame.goods and not _goods(sentence, verb)) or not _governed_by(verb, frame):
        return False
    return not (frame.several or frame.sole) or frame.several == (len(_agents(sentence, verb)) > 1)


def _closed(verb: Token) -> bool:
    """Whether neither a verb nor its object says in what or of what: “owns 3%”."""
    arguments = slots(verb)
    inner = (c for t in arguments.get("obj", []) for c in t.children if c.dep_ == "prep")
    return not (arguments.keys() & {"of", "in"} or any(c.lower_ in ("of", "in") for c in inner))


def noun_fits(noun: Token, frame: Frame) -> bool:
    """Whether a noun may evoke a frame here."""
    if (frame.plural and noun.tag_ == "NN") or (frame.singular and noun.tag_ != "NN"):
        return False  # “Acme's sales to Bolt”, “Acme's sale to Bolt”
    if frame.over and noun.dep_ not in ("dobj", "nsubjpass"):
        return False  # “sold part of its stake”
    if frame.ended and _governing(noun) & set(frame.ended):
        return False
    if frame.near and not {c.lower_ for c in noun.subtree} & set(frame.near):
        return False
    if frame.modified and not any(c.lower_ in frame.modified for c in noun.lefts):
        return False
    if not _governed_by(noun, frame) or (frame.role and _left(noun)):
        return False
    return not any(c.lower_ in frame.past for c in noun.subtree if c.i < noun.i and noun.i - c.i < _PAST)


def _left(post: Token) -> bool:
    """Whether a post is one that somebody leaves: “stepped down as chief executive”."""
    taken = post.dep_ == "pobj" and post.head.lower_ == "as" and post.head.head.pos_ == "VERB"
    return taken and verb_name(post.head.head) in words("leaving")


def _ranked(verb: Token) -> set[str]:
    """Lemmas of what a verb puts its object among or takes it as: “counts Meta among its customers”."""
    arguments = slots(verb)
    return {t.lemma_.lower() for slot in ("among", "as") for t in arguments.get(slot, [])}


def counted(noun: Token) -> bool:
    """“Two rivals”, “both rivals”, “Acme and Bolt are rivals”: of each other."""
    if any(c.lower_ in ("two", "both") for c in noun.children):
        return True
    whose = any(c.dep_ in ("poss", "compound", "nmod") or (c.dep_ == "prep" and c.lower_ in _OF) for c in noun.children)
    doers = [c for c in noun.head.children if c.dep_ == "nsubj"]
    joined = any(c.dep_ == "conj" for doer in doers for c in doer.children)
    return noun.tag_ == "NNS" and noun.dep_ == "attr" and joined and not whose


def _object_fits(sentence: Sentence, verb: Token, frame: Frame) -> bool:
    """The conditions on the object: whole, made, things."""
    arguments = slots(verb)
    objects = arguments.get(frame.made_slot, []) if frame.whole or frame.made or frame.things else []
    owned = objects or arguments.get("subj", [])
    if frame.whole and any(sentence.amount_at(t) or t.lemma_.lower() in _PARTIAL for t in owned):
        return False
    if frame.made and not any(_kind(sentence, t) in frame.made for t in objects):
        return False
    return not frame.things or any(t.tag_ == "NNS" and sentence.amount_at(t) is None for t in objects)


def _goods(sentence: Sentence, verb: Token) -> bool:
    """Whether what changes hands is a thing to use: no firm, no part of one, no money."""
    arguments = slots(verb)
    if not any(arguments.get(slot) for slot in ("to", "dative", "from")):
        return True  # “supplies the company with GPUs”
    bought = arguments.get("obj", [])
    if any((amount := sentence.amount_at(t)) is not None and amount.span.kind == "percent" for t in bought):
        return False  # “bought 51% of Acme from Bolt”
    sold = verb.lemma_.lower() in _OUTRIGHT and any(_kind(sentence, t) == "Facility" for t in bought)
    inner = [g for t in bought if t.lower_ in _MOST for p in t.children if p.lower_ == "of" for g in p.children]
    return not sold and not any(
        t.lemma_.lower() in words("not_goods") or _kind(sentence, t) == "Company" for t in (*bought, *inner)
    )


def _governed_by(token: Token, frame: Frame) -> bool:
    """Whether the verb above is one that the frame asks for."""
    above = verb_above(token) if frame.governor else None
    return not frame.governor or (above is not None and above.lemma_.lower() in frame.governor)


def _agents(sentence: Sentence, verb: Token) -> list[Mention]:
    """Who does it, each named on its own: “owned by A, B and C”."""
    return [m for t in slots(verb).get("subj", []) for m in fill(sentence, t)]


def _theme_fits(sentence: Sentence, verb: Token, frame: Frame) -> bool:
    """The conditions on amounts and on the verb's subject or passive object: near_amount, any_of, unless, plan."""
    if frame.near_amount:
        below = [verb.head, *verb.subtree] if verb.dep_ == "acl" else verb.subtree  # “is 90 per cent owned by”
        if frame.amount_slot:
            below = slots(verb).get(frame.amount_slot, [])
        kinds = {a.span.kind for t in below if (a := sentence.amount_at(t)) is not None}
        if frame.near_amount not in kinds or not hedged(verb).polarity:  # a share denied denies its size, not the trade
            return False
    theme = slots(verb).get("theme", []) if frame.any_of or frame.unless else []
    if frame.any_of and not any(t.lower_ in frame.any_of for t in theme):
        return False
    if frame.unless and any(w.lower_ in frame.unless for t in theme for w in t.subtree):
        return False
    return not frame.plan or (verb.dep_ == "acl" and verb.head.lemma_.lower() in words("plans"))


def _kind(sentence: Sentence, noun: Token) -> str | None:
    """What kind of thing a noun names: that of its entity, else that of the word."""
    mention = sentence.mention_at(noun)
    kinds = classifying_nouns()
    return (
        mention.entity.type if mention and mention.entity else kinds.get(noun.lower_) or kinds.get(noun.lemma_.lower())
    )


def _bare_plural(sentence: Sentence, verb: Token) -> bool:
    """Whether the subject is a plural noun that names nothing: “light sources come from …”."""
    subjects = slots(verb).get("subj", [])
    return any(t.tag_ == "NNS" and sentence.mention_at(t) is None and sentence.amount_at(t) is None for t in subjects)


def _object_head(sentence: Sentence, verb: Token, frame: Frame) -> bool:
    arguments = slots(verb)
    heads = [
        *arguments.get("obj", []),
        *arguments.get("attr", []),
        *(arguments.get("subj", []) if "topic" in frame.object else []),
    ]
    for head in heads:
        amount = sentence.amount_at(head)
        if "amount" in frame.object_head and amount is not None and amount.span.kind == "money":
            return True
        if (
            head.lemma_.lower() in frame.object_head
            or head.lower_ in frame.object_head
            or (amount is not None and amount.span.kind == "percent" and "percent" in frame.object_head)
        ):
            low = amount.span.quantity.low if amount else None
            return not frame.above or (low is not None and low > frame.above)
    return False


def _governing(noun: Token) -> set[str]:
    """Lemmas of the verbs that a noun is subject or object of: “its holding went for $5bn”."""
    return {noun.head.lemma_.lower()} if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") else set()
