"""Frames matched on a sentence: every trigger word, every frame it evokes, the fillers of both sides, checked against
the vocabulary's types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.arguments import is_passive, slots, verb_name
from ingest.metrics.gaps import gap_name
from ingest.metrics.owners import subject_firm
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import EXAMPLES, fill
from ingest.relations.found import Found, sides
from ingest.relations.frames import Frame, Frames, frames
from ingest.relations.makers import plausible
from ingest.relations.patterns import called_maker, listed_under, own_make, possessed
from ingest.relations.places import beside, placed
from ingest.relations.qualifiers import qualifiers_of
from ingest.relations.slots import complements, noun_slot, verb_above, verb_slot
from ingest.speakers import is_outlet, kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token


_EVERYBODY = {"all", "them", "these", "those"}  # “the biggest buyer of all” says nothing of whose
_NEAR = 8  # tokens between a verb and its amount
_STATED = {
    "attr",
    "oprd",
    "ROOT",
    "acomp",
    "ccomp",
    "xcomp",
}  # where a noun is what the sentence states, not mere background


def match(
    sentence: Sentence, catalogue: Catalogue, topic: Mention | None = None, known: Frames | None = None
) -> list[Found]:
    """All relations that the frames find in a sentence, the more specific frame first, without doubles.

    `topic` is the firm that the text is about, for wordings that leave it out: “Customers include Meta.” `known` are
    the frames to go by, if others than the project's own.
    """
    found: dict[tuple[str, str, str], Found] = {}
    for hit in _hits(sentence, catalogue, topic, known or frames()):
        for one in (hit, *_gapped(sentence, hit)):
            if one.subject.id != one.object.id and plausible(one, catalogue) and not _only_reports(sentence, one):
                found.setdefault((one.predicate, one.subject.id, one.object.id), one)
    return list(found.values())


def _only_reports(sentence: Sentence, found: Found) -> bool:
    """Whether a side of a relation is only who reports it: “having agreed, so the Chronicle wrote, to buy …”."""
    for entity, mention in zip((found.subject, found.object), found.mentions, strict=True):
        root = sentence.doc[mention.root] if mention.root >= 0 else None
        if entity.type == "Organization" and root is not None and root.dep_ == "nsubj" and is_outlet(entity.label):
            return kind_of(root.head.lemma_.lower()) is not None
    return False


def _gapped(sentence: Sentence, hit: Found) -> Iterator[Found]:
    """“Amazon has invested $8bn and Google roughly $3bn”: the same for whoever has the next amount."""
    if hit.predicate != "investsIn":
        return
    amounts = sorted(sentence.amounts, key=lambda a: a.first)
    for one, other in pairwise(amounts):
        name = gap_name(sentence, one, other) if abs(one.root - hit.trigger.i) <= _NEAR else None
        if name is not None and name.entity is not None and name.entity.type == "Company":
            yield replace(hit, subject=name.entity, mentions=(name, hit.mentions[1]), qualifiers=())


def _hits(sentence: Sentence, catalogue: Catalogue, topic: Mention | None, index: Frames) -> Iterator[Found]:
    for token in sentence.doc:
        if token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBG", "VBD")):
            name = verb_name(token)
            for frame in index.verbs.get(name, ()) or index.verbs.get(name.split()[0], ()):
                yield from _verb(sentence, token, frame, catalogue, topic)
        if token.pos_ in ("NOUN", "PROPN"):
            for frame in index.nouns.get(token.lemma_.lower(), ()):
                yield from _noun(sentence, token, frame, catalogue, topic)
        elif token.pos_ in ("ADJ", "VERB"):
            for frame in index.adjectives.get(token.lower_, ()):
                yield from _adjective(sentence, token, frame, catalogue)
    for frame in index.patterns:
        if frame.possessed:
            yield from possessed(sentence, frame, catalogue)
            yield from own_make(sentence, frame, catalogue)
            yield from called_maker(sentence, frame)
        if frame.heads:
            yield from listed_under(sentence, frame, topic)
        if frame.based:
            yield from placed(sentence, frame, catalogue)
            yield from beside(sentence, frame)


def _first(
    sentence: Sentence, pick: list[list[Token]], types: tuple[str, ...], catalogue: Catalogue, *, every: bool = False
) -> list[tuple[EntityRef, Mention]]:
    out: list[tuple[EntityRef, Mention]] = []
    for tokens in pick:
        out.extend(x for x in sides(sentence, tokens, types, catalogue) if all(x[0].id != e.id for e, _ in out))
        if out and not every:
            break
    return out


def _verb(
    sentence: Sentence, verb: Token, frame: Frame, catalogue: Catalogue, topic: Mention | None
) -> Iterator[Found]:
    if frame.passive and not is_passive(verb):
        return
    if frame.object_head and not _object_head(sentence, verb, frame):
        return
    if frame.whole and any(sentence.amount_at(t) for t in slots(verb).get("obj", [])):
        return
    if frame.plural and not _bare_plural(sentence, verb):
        return
    if frame.made and not any(_kind(sentence, t) in frame.made for t in slots(verb).get("obj", [])):
        return
    if frame.near and not {c.lower_ for c in verb.subtree} & set(frame.near):
        return
    if not _fits(sentence, verb, frame):
        return
    if frame.complement and not complements(verb) & set(frame.complement):
        return
    if (frame.goods and not _goods(sentence, verb)) or not _governed_by(verb, frame):
        return
    if (frame.several or frame.sole) and frame.several != (len(_agents(sentence, verb)) > 1):
        return
    if frame.pair:
        yield from _pairs(sentence, slots(verb).get(frame.pair, []), verb, frame, catalogue)
        return
    if frame.subject_label:
        subjects = _fixed(verb, frame, catalogue)
    elif frame.maker:
        subjects = _made_by(sentence, [t for s in frame.subject for t in verb_slot(verb, s)], catalogue)
    else:
        subjects = _first(sentence, [verb_slot(verb, s) for s in frame.subject], frame.source_types, catalogue)
    objects = _first(
        sentence,
        [verb_slot(verb, s) for s in frame.object],
        frame.target_types,
        catalogue,
        every=frame.multiple,
    )
    if frame.direct:
        heads = {t.i for t in verb_slot(verb, "obj")}
        objects = [(e, m) for e, m in objects if not heads or m.root in heads or not _below(sentence, m, heads)]
    yield from _cross(
        sentence,
        verb,
        frame,
        subjects or _left_out(frame.subject, frame.source_types, topic, objects, catalogue),
        objects or _left_out(frame.object, frame.target_types, topic, subjects, catalogue),
    )


def _goods(sentence: Sentence, verb: Token) -> bool:
    """Whether what changes hands is a thing to use: no firm, no part of one, no money."""
    arguments = slots(verb)
    if not any(arguments.get(slot) for slot in ("to", "dative", "from")):
        return True  # “supplies the company with GPUs”
    return not any(
        t.lemma_.lower() in words("not_goods") or _kind(sentence, t) == "Company" for t in arguments.get("obj", [])
    )


def _governed_by(token: Token, frame: Frame) -> bool:
    """Whether the verb above is one that the frame asks for."""
    above = verb_above(token) if frame.governor else None
    return not frame.governor or (above is not None and above.lemma_.lower() in frame.governor)


def _agents(sentence: Sentence, verb: Token) -> list[Mention]:
    """Who does it, each named on its own: “owned by A, B and C”."""
    return [m for t in slots(verb).get("subj", []) for m in fill(sentence, t)]


def _fits(sentence: Sentence, verb: Token, frame: Frame) -> bool:
    """The conditions on amounts and on the verb's subject or passive object: near_amount, any_of, unless, plan."""
    if frame.things and not any(t.tag_ == "NNS" and sentence.amount_at(t) is None for t in slots(verb).get("obj", [])):
        return False
    if frame.near_amount:
        kinds = {a.span.kind for t in verb.subtree if (a := sentence.amount_at(t)) is not None}
        if frame.near_amount not in kinds:
            return False
    theme = slots(verb).get("theme", []) if frame.any_of or frame.unless else []
    if frame.any_of and not any(t.lower_ in frame.any_of for t in theme):
        return False
    if frame.unless and any(w.lower_ in frame.unless for t in theme for w in t.subtree):
        return False
    return not frame.plan or (verb.dep_ == "acl" and verb.head.lemma_.lower() in words("plans"))


def _fixed(verb: Token, frame: Frame, catalogue: Catalogue) -> list[tuple[EntityRef, Mention]]:
    """The subject that a wording always has: the Entity List is the American government's. None where another is
    named.
    """
    entry = catalogue.by_label(frame.subject_label)
    doer = [] if is_passive(verb) else slots(verb).get("obj", [])
    if entry is None or doer or (is_passive(verb) and any(c.dep_ == "agent" for c in verb.children)):
        return []
    return [(entry.ref, Mention(verb.i, verb.i, verb.i, verb.text, "catalogue", entry.ref))]


def _kind(sentence: Sentence, noun: Token) -> str | None:
    """What kind of thing a noun names: that of its entity, else that of the word."""
    mention = sentence.mention_at(noun)
    return mention.entity.type if mention and mention.entity else classifying_nouns().get(noun.lower_)


def _bare_plural(sentence: Sentence, verb: Token) -> bool:
    """Whether the subject is a plural noun that names nothing: “light sources come from …”."""
    subjects = slots(verb).get("subj", [])
    return any(t.tag_ == "NNS" and sentence.mention_at(t) is None and sentence.amount_at(t) is None for t in subjects)


def _made_by(sentence: Sentence, tokens: list[Token], catalogue: Catalogue) -> list[tuple[EntityRef, Mention]]:
    """The makers of the products named, where the catalogue knows them."""
    out: list[tuple[EntityRef, Mention]] = []
    for mention in (m for t in tokens for m in fill(sentence, t)):
        entry = catalogue.by_id(mention.entity.id) if mention.entity else None
        label = entry.maker if entry is not None else None
        found = catalogue.by_label(label) if label else None
        if found is not None and all(found.id != e.id for e, _ in out):
            out.append((found.ref, mention))
    return out


def _below(sentence: Sentence, mention: Mention, heads: set[int]) -> bool:
    """Whether a name only qualifies the thing bought: “Azure services”, “$250bn of Azure”."""
    token = sentence.doc[mention.root]
    if token.dep_ == "pobj" and token.head.lower_ in EXAMPLES:
        return False  # “acquired firms such as …”
    return token.dep_ in ("compound", "nmod", "pobj") and any(a.i in heads for a in token.ancestors)


def _left_out(
    slots_: tuple[str, ...],
    types: tuple[str, ...],
    topic: Mention | None,
    others: list[tuple[EntityRef, Mention]],
    catalogue: Catalogue,
) -> list[tuple[EntityRef, Mention]]:
    """The topic, or the document's firm, where a frame allows it (slots `topic`, `focus`) and it is no other side."""
    if topic is None or not {"topic", "focus"} & set(slots_):
        return []
    person = next((mention for entity, mention in others if entity.type == "Person"), None)
    firm = topic.owner if "focus" in slots_ else topic.entity
    if person is not None:
        firm = _employer(person, topic, catalogue)
    if firm is None or firm.type not in types or any(entity.id == firm.id for entity, _ in others):
        return []
    return [(firm, topic)]


def _employer(person: Mention, topic: Mention, catalogue: Catalogue) -> EntityRef | None:
    """Whose “finance chief” a person is where the text leaves it out: the firm at hand, unless the catalogue knows
    better.

    `topic.candidates` are the firms that the document names: only one of them can be meant.
    """
    entry = catalogue.by_id(person.entity.id) if person.entity else None
    if entry is None or not entry.organization:
        return topic.owner or topic.entity
    return next((firm for firm in topic.candidates if firm.label == entry.organization), None)


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


def _noun(
    sentence: Sentence, noun: Token, frame: Frame, catalogue: Catalogue, topic: Mention | None
) -> Iterator[Found]:
    if frame.ended and _governed(noun) & set(frame.ended):
        return
    if frame.near and not {c.lower_ for c in noun.subtree} & set(frame.near):
        return
    if frame.modified and not any(c.lower_ in frame.modified for c in noun.lefts):
        return
    if not _governed_by(noun, frame):
        return
    if frame.past and any(c.lower_ in frame.past for c in noun.subtree if c.i < noun.i and noun.i - c.i < 5):
        return
    if frame.pair and (not frame.counted or _counted(noun)):
        yield from _pairs(sentence, noun_slot(sentence, noun, frame.pair), noun, frame, catalogue)
        return
    subjects = _first(sentence, [noun_slot(sentence, noun, s) for s in frame.subject], frame.source_types, catalogue)
    if not subjects and {"compound", "topic"} <= set(frame.subject):
        subjects = _made_by(
            sentence, noun_slot(sentence, noun, "compound"), catalogue
        )  # “Ascend customers” are Huawei's
    objects = _first(
        sentence,
        [noun_slot(sentence, noun, s) for s in frame.object],
        frame.target_types,
        catalogue,
        every=frame.multiple,
    )
    if {"topic", "focus"} & {*frame.subject, *frame.object} and _said_whose(sentence, noun, frame):
        topic = None
    if topic is not None and subjects and subjects[0][0].type == "Person":
        topic = _at_home(sentence, noun, topic, catalogue)
    yield from _cross(
        sentence,
        noun,
        frame,
        subjects or _left_out(frame.subject, frame.source_types, topic, objects, catalogue),
        objects or _left_out(frame.object, frame.target_types, topic, subjects, catalogue),
    )


def _at_home(sentence: Sentence, noun: Token, topic: Mention, catalogue: Catalogue) -> Mention:
    """The firm of whoever is “the finance chief”: the one that the sentence is about, if it is about any."""
    here = subject_firm(sentence, noun, catalogue)
    return topic if here is None else replace(topic, entity=here, owner=here)


def _counted(noun: Token) -> bool:
    """“Two rivals”, “both rivals”: of each other."""
    return any(c.lower_ in ("two", "both") for c in noun.children)


def _said_whose(sentence: Sentence, noun: Token, frame: Frame) -> bool:
    """Whether the text does say whose head or customer it is, if not by name: “head of a studio”, “company head”."""
    open_side = frame.object if {"topic", "focus"} & set(frame.object) else frame.subject
    named = [s for s in open_side if s not in ("topic", "focus", "compound", "self")]
    if any(t.lower_ not in _EVERYBODY for s in named for t in noun_slot(sentence, noun, s)):
        return True
    kinds = classifying_nouns()
    return any(c.dep_ == "compound" and kinds.get(c.lower_) in ("Company", "Organization") for c in noun.children)


def _governed(noun: Token) -> set[str]:
    """Lemmas of the verbs that a noun is subject or object of: “its holding went for $5bn”."""
    return {noun.head.lemma_.lower()} if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") else set()


def _adjective(sentence: Sentence, adjective: Token, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    head = adjective.head
    tokens = slots(head).get("subj", []) if adjective.dep_ in ("acomp", "attr", "oprd", "ROOT", "conj") else [head]
    if adjective.dep_ == "ROOT" or adjective.pos_ == "VERB":
        tokens = slots(adjective).get("obj", []) or slots(adjective).get("subj", [])
    targets = [
        c
        for p in adjective.children
        if p.dep_ == "prep" and p.lower_ in frame.object
        for c in p.children
        if c.dep_ == "pobj"
    ]
    yield from _cross(
        sentence,
        adjective,
        frame,
        sides(sentence, tokens, frame.source_types, catalogue),
        sides(sentence, targets, frame.target_types, catalogue),
    )


def _pairs(
    sentence: Sentence, tokens: list[Token], trigger: Token, frame: Frame, catalogue: Catalogue
) -> Iterator[Found]:
    members = sides(sentence, tokens, frame.source_types, catalogue)
    for left, right in combinations(members, 2):
        yield Found(frame.predicate, left[0], right[0], trigger, frame.name, (left[1], right[1]))


def _cross(
    sentence: Sentence,
    trigger: Token,
    frame: Frame,
    subjects: list[tuple[EntityRef, Mention]],
    objects: list[tuple[EntityRef, Mention]],
) -> Iterator[Found]:
    qualifiers = qualifiers_of(sentence, trigger, frame)
    for subject, one in subjects:
        for target, other in objects:
            if one is not other and subject.id != target.id:
                known = frame.presupposed and trigger.dep_ not in _STATED
                yield Found(frame.predicate, subject, target, trigger, frame.name, (one, other), qualifiers, known)
