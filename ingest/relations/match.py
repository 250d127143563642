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
from ingest.arguments import slots, verb_name
from ingest.metrics.gaps import gap_name
from ingest.parsed import Mention, Sentence
from ingest.relations.conditions import counted, noun_fits, verb_fits
from ingest.relations.contributors import also_put_in
from ingest.relations.fillers import EXAMPLES, fill
from ingest.relations.found import Found, sides
from ingest.relations.frames import Frame, Frames, frames
from ingest.relations.makers import plausible
from ingest.relations.nameless import firm_part, of_ones_own
from ingest.relations.patterns import called_maker, listed_under, named_after, own_make, possessed
from ingest.relations.places import beside, called_after, placed
from ingest.relations.qualifiers import qualifiers_of
from ingest.relations.slots import hanging, noun_slot, verb_slot
from ingest.relations.stakes import with_stakes
from ingest.relations.unsaid import at_home, fixed, left_out, said_whose, told_aside
from ingest.speakers import is_outlet, kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token


_TOGETHER = 3  # firms that may be told to do something with each other, at most
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
            if one.subject.id != one.object.id and plausible(one, catalogue) and not _unsaid(sentence, one):
                found.setdefault((one.predicate, one.subject.id, one.object.id), one)
    return with_stakes(sentence, found.values())


def _unsaid(sentence: Sentence, found: Found) -> bool:
    """Whether the words do not state the relation: a side only reports, or is only called so: “TikTok's owner”."""
    at = found.trigger.i
    called = any(m.how == "description" and m.root == at for m in found.mentions)
    return (called and any(m.root < at for m in found.mentions)) or _only_reports(sentence, found)


def _only_reports(sentence: Sentence, found: Found) -> bool:
    """Whether a side of a relation is only who reports it: “having agreed, so the Chronicle wrote, to buy …”."""
    for entity, mention in zip((found.subject, found.object), found.mentions, strict=True):
        root = sentence.doc[mention.root] if mention.root >= 0 else None
        if entity.type == "Organization" and root is not None and root.dep_ == "nsubj" and is_outlet(entity.label):
            return kind_of(root.head.lemma_.lower()) is not None
    return False


def _gapped(sentence: Sentence, hit: Found) -> Iterator[Found]:
    """“Amazon has invested $8bn and Google roughly $3bn”, “… while Google pledged $3bn”: the same for whoever has the
    next amount.
    """
    if hit.predicate != "investsIn":
        return
    for giver in also_put_in(sentence, hit.trigger):
        if giver.entity is not None and giver.entity.id not in (hit.subject.id, hit.object.id):
            yield replace(hit, subject=giver.entity, mentions=(giver, hit.mentions[1]), qualifiers=(), staked=False)
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
        elif token.pos_ == "ADJ" and token.dep_ == "amod":  # “its archrival Acme”
            for frame in index.nouns.get(token.lower_, ()):
                if frame.predicate == "competesWith":
                    yield from _noun(sentence, token, frame, catalogue, topic)
        if token.pos_ in ("ADJ", "VERB"):
            for frame in index.adjectives.get(token.lower_, ()):
                yield from _adjective(sentence, token, frame, catalogue)
    for frame in index.patterns:
        if frame.possessed or frame.owned:
            yield from possessed(sentence, frame, catalogue)
        if frame.possessed:
            yield from own_make(sentence, frame, catalogue)
            yield from named_after(sentence, frame)
            yield from called_maker(sentence, frame)
            yield from of_ones_own(sentence, frame, catalogue)
        if frame.heads:
            yield from listed_under(sentence, frame, topic)
        if frame.based:
            yield from placed(sentence, frame, catalogue)
            yield from beside(sentence, frame, catalogue)
            yield from called_after(sentence, frame)


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
    if not verb_fits(sentence, verb, frame):
        return
    if frame.pair:
        yield from _pairs(sentence, slots(verb).get(frame.pair, []), verb, frame, catalogue)
        return
    if frame.subject_label:
        subjects = fixed(verb, frame, catalogue)
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
    if any(s.endswith("source") for s in frame.subject):  # “Azure services” are Microsoft's, not Azure's
        subjects = [(e, m) for e, m in subjects if e.type in frame.source_types]
    if frame.parts:
        objects = [
            (m.entity, m)
            for s in frame.object
            for t in verb_slot(verb, s)
            if (m := firm_part(sentence, t)) and m.entity
        ]
    if frame.direct:
        heads = {t.i for s in frame.object for t in verb_slot(verb, s)}
        objects = [(e, m) for e, m in objects if e == m.entity and not _below(sentence, m, heads)]
    if told_aside(sentence, verb, catalogue):
        topic = None
    yield from _cross(
        sentence,
        verb,
        frame,
        subjects or left_out(frame.subject, frame.source_types, topic, objects, catalogue),
        objects or left_out(frame.object, frame.target_types, topic, subjects, catalogue),
    )


def _noun(
    sentence: Sentence, noun: Token, frame: Frame, catalogue: Catalogue, topic: Mention | None
) -> Iterator[Found]:
    if not noun_fits(noun, frame) or _names_another(noun):
        return
    if frame.pair and (not frame.counted or counted(noun)):
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
    if frame.subject_label:
        subjects = fixed(noun, frame, catalogue)
    if "self" in frame.subject:
        subjects = _before_apposition(noun, subjects)
    if "self" in frame.object:
        objects = _before_apposition(noun, objects)
    if frame.direct:
        heads = {t.i for s in frame.object for t in noun_slot(sentence, noun, s)}
        objects = [(e, m) for e, m in objects if e == m.entity and not _below(sentence, m, heads)]
    further = any(
        c.lower_ in ("another", "other") for c in noun.children
    )  # “another customer”: of whoever had the first
    if further or ({"topic", "focus"} & {*frame.subject, *frame.object} and said_whose(sentence, noun, frame)):
        topic = None
    if topic is not None and subjects and subjects[0][0].type == "Person":
        topic = at_home(sentence, noun, topic, catalogue)
    yield from _cross(
        sentence,
        noun,
        frame,
        subjects or left_out(frame.subject, frame.source_types, topic, objects, catalogue),
        objects or left_out(frame.object, frame.target_types, topic, subjects, catalogue),
    )


def _before_apposition(noun: Token, found: list[tuple[EntityRef, Mention]]) -> list[tuple[EntityRef, Mention]]:
    """Without those that come after a noun in apposition: “hired Lee, the founder of Acme, and Smith”."""
    if noun.dep_ != "appos" or noun.tag_ != "NN" or any(c.dep_ == "appos" for c in noun.children):
        return found
    return [(entity, mention) for entity, mention in found if mention.first < noun.i]


def _adjective(sentence: Sentence, adjective: Token, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    if frame.near and not {c.lower_ for c in adjective.subtree} & set(frame.near):
        return
    head = adjective.head
    bearers = slots(head).get("subj", []) if adjective.dep_ in ("acomp", "attr", "oprd", "ROOT", "conj") else [head]
    if adjective.dep_ == "ROOT" or adjective.pos_ == "VERB":
        bearers = slots(adjective).get("obj", []) or slots(adjective).get("subj", [])
    yield from _cross(
        sentence,
        adjective,
        frame,
        *(
            _first(sentence, [bearers if s == "self" else hanging(adjective, s) for s in side], types, catalogue)
            for side, types in ((frame.subject, frame.source_types), (frame.object, frame.target_types))
        ),
    )


def _pairs(
    sentence: Sentence, tokens: list[Token], trigger: Token, frame: Frame, catalogue: Catalogue
) -> Iterator[Found]:
    members = sides(sentence, tokens, frame.source_types, catalogue)
    if len(members) > _TOGETHER:
        return  # a list of participants, hardly all with each other
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
    if len(subjects) > 1:  # what several put in together is nobody's own sum
        qualifiers = tuple((name, value) for name, value in qualifiers if name != "amount")
    for subject, one in subjects:
        for target, other in objects:
            if one is not other and subject.id != target.id:
                known = frame.presupposed and trigger.dep_ not in _STATED
                both = (one, other)
                yield Found(
                    frame.predicate,
                    subject,
                    target,
                    trigger,
                    frame.name,
                    both,
                    qualifiers,
                    known,
                    frame.over,
                    frame.stake,
                )


def _names_another(noun: Token) -> bool:
    """Whether a noun only says what kind of party is meant: in “its foundry client” nobody is a foundry."""
    return noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.lemma_.lower() in words("parties")


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
