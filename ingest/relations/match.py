"""Frames matched on a sentence: every trigger word, every frame it evokes, the fillers of both sides, checked against
the vocabulary's types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.identity import plain
from graph.model import EntityRef
from ingest.arguments import is_passive, slots, verb_name
from ingest.metrics.gaps import gap_name
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import as_type, fill, generic
from ingest.relations.frames import Frame, frames
from ingest.relations.slots import complements, noun_slot, verb_slot

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOMEMADE = ("in-house", "self-developed", "homegrown", "home-grown", "proprietary", "self-designed", "custom")
_NEAR = 8  # tokens between a verb and its amount
_STATED = {
    "attr",
    "oprd",
    "ROOT",
    "acomp",
    "ccomp",
    "xcomp",
}  # where a noun is what the sentence states, not mere background


@dataclass(frozen=True, slots=True)
class Found:
    """A relation read off a sentence: both sides, the word that says it, the frame, and qualifiers."""

    predicate: str
    subject: EntityRef
    object: EntityRef
    trigger: Token
    frame: str
    mentions: tuple[Mention, Mention]
    qualifiers: tuple[tuple[str, str], ...] = ()
    presupposed: bool = False


def match(sentence: Sentence, catalogue: Catalogue, topic: Mention | None = None) -> list[Found]:
    """All relations that the frames find in a sentence, the more specific frame first, without doubles.

    `topic` is the firm that the text is about, for wordings that leave it out: “Customers include Meta.”
    """
    found: dict[tuple[str, str, str], Found] = {}
    for hit in _hits(sentence, catalogue, topic):
        for one in (hit, *_gapped(sentence, hit)):
            if one.subject.id != one.object.id:
                found.setdefault((one.predicate, one.subject.id, one.object.id), one)
    return list(found.values())


def _gapped(sentence: Sentence, hit: Found) -> Iterator[Found]:
    """“Amazon has invested $8bn and Google roughly $3bn”: the same for whoever has the next amount."""
    if hit.predicate != "investsIn":
        return
    amounts = sorted(sentence.amounts, key=lambda a: a.first)
    for one, other in pairwise(amounts):
        name = gap_name(sentence, one, other) if abs(one.root - hit.trigger.i) <= _NEAR else None
        if name is not None and name.entity is not None and name.entity.type == "Company":
            yield replace(hit, subject=name.entity, mentions=(name, hit.mentions[1]), qualifiers=())


def _hits(sentence: Sentence, catalogue: Catalogue, topic: Mention | None) -> Iterator[Found]:
    index = frames()
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
            yield from _possessed(sentence, frame, catalogue)
            yield from _own_make(sentence, frame, catalogue)
        if frame.based:
            yield from _based(sentence, frame, catalogue)


def _sides(
    sentence: Sentence, tokens: list[Token], types: tuple[str, ...], catalogue: Catalogue
) -> list[tuple[EntityRef, Mention]]:
    out: list[tuple[EntityRef, Mention]] = []
    for token in tokens:
        for mention in fill(sentence, token):
            entity = as_type(mention, types, catalogue)
            if entity is not None and all(entity.id != e.id for e, _ in out):
                out.append((entity, mention))
    return out


def _first(
    sentence: Sentence, pick: list[list[Token]], types: tuple[str, ...], catalogue: Catalogue, *, every: bool = False
) -> list[tuple[EntityRef, Mention]]:
    out: list[tuple[EntityRef, Mention]] = []
    for tokens in pick:
        out.extend(x for x in _sides(sentence, tokens, types, catalogue) if all(x[0].id != e.id for e, _ in out))
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
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "use" and verb.head.tag_ == "VBD":
        return  # “used to run”: over
    if frame.whole and any(sentence.amount_at(t) for t in slots(verb).get("obj", [])):
        return
    if frame.plural and not _bare_plural(sentence, verb):
        return
    if frame.near and not {c.lower_ for c in verb.subtree} & set(frame.near):
        return
    if frame.complement and not complements(verb) & set(frame.complement):
        return
    if frame.pair:
        yield from _pairs(sentence, slots(verb).get(frame.pair, []), verb, frame, catalogue)
        return
    if frame.maker:
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
    return token.dep_ in ("compound", "nmod", "pobj") and any(a.i in heads for a in token.ancestors)


def _left_out(
    slots_: tuple[str, ...],
    types: tuple[str, ...],
    topic: Mention | None,
    others: list[tuple[EntityRef, Mention]],
    catalogue: Catalogue,
) -> list[tuple[EntityRef, Mention]]:
    """The topic, where a frame allows it (slot `topic`) and it is not the other side itself."""
    if topic is None or "topic" not in slots_:
        return []
    person = next((mention for entity, mention in others if entity.type == "Person"), None)
    firm = _employer(person, topic, catalogue) if person is not None else topic.entity
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
        return topic.entity
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
    if frame.past and any(c.lower_ in frame.past for c in noun.subtree if c.i < noun.i and noun.i - c.i < 5):
        return
    if frame.pair:
        yield from _pairs(sentence, noun_slot(sentence, noun, frame.pair), noun, frame, catalogue)
        return
    subjects = _first(sentence, [noun_slot(sentence, noun, s) for s in frame.subject], frame.source_types, catalogue)
    objects = _first(
        sentence,
        [noun_slot(sentence, noun, s) for s in frame.object],
        frame.target_types,
        catalogue,
        every=frame.multiple,
    )
    if "topic" in (*frame.subject, *frame.object) and _said_whose(sentence, noun, frame):
        topic = None
    yield from _cross(
        sentence,
        noun,
        frame,
        subjects or _left_out(frame.subject, frame.source_types, topic, objects, catalogue),
        objects or _left_out(frame.object, frame.target_types, topic, subjects, catalogue),
    )


def _said_whose(sentence: Sentence, noun: Token, frame: Frame) -> bool:
    """Whether the text does say whose head or customer it is, if not by name: “head of a studio”, “company head”."""
    open_side = frame.object if "topic" in frame.object else frame.subject
    named = [s for s in open_side if s not in ("topic", "compound", "self")]
    if any(noun_slot(sentence, noun, s) for s in named):
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
        _sides(sentence, tokens, frame.source_types, catalogue),
        _sides(sentence, targets, frame.target_types, catalogue),
    )


def _pairs(
    sentence: Sentence, tokens: list[Token], trigger: Token, frame: Frame, catalogue: Catalogue
) -> Iterator[Found]:
    members = _sides(sentence, tokens, frame.source_types, catalogue)
    for left, right in combinations(members, 2):
        yield Found(frame.predicate, left[0], right[0], trigger, frame.name, (left[1], right[1]))


def _cross(
    sentence: Sentence,
    trigger: Token,
    frame: Frame,
    subjects: list[tuple[EntityRef, Mention]],
    objects: list[tuple[EntityRef, Mention]],
) -> Iterator[Found]:
    qualifiers = _qualifiers(sentence, trigger, frame)
    for subject, one in subjects:
        for target, other in objects:
            if one is not other and subject.id != target.id:
                known = frame.presupposed and trigger.dep_ not in _STATED
                yield Found(frame.predicate, subject, target, trigger, frame.name, (one, other), qualifiers, known)


def _qualifiers(sentence: Sentence, trigger: Token, frame: Frame) -> tuple[tuple[str, str], ...]:
    out: dict[str, str] = {}
    if frame.role:
        out["role"] = role_text(trigger)
    if trigger.pos_ in ("VERB", "AUX"):
        for slot in frame.item:
            thing = next(
                (t for t in verb_slot(trigger, slot) if t.pos_ in ("NOUN", "PROPN") and not sentence.amount_at(t)),
                None,
            )
            if thing is not None:
                mention = sentence.mention_at(thing)
                if mention is None or (
                    mention.entity and mention.entity.type not in ("Company", "Organization", "Person")
                ):
                    out["item"] = mention.entity.label if mention and mention.entity else _noun_text(thing)
                    break
    if frame.stake or frame.amount:
        for amount in sentence.amounts:
            if abs(amount.root - trigger.i) > 12:
                continue
            low = amount.span.quantity.low
            if amount.span.kind == "percent" and frame.stake and low is not None and "stake" not in out:
                out["stake"] = plain(low) or ""
            elif amount.span.kind == "money" and "amount" not in out and frame.amount:
                out["amount"] = amount.span.quantity.text
    return tuple(sorted(out.items()))


def role_text(noun: Token) -> str:
    """The post as named: “chief executive”, “president and CEO”."""
    words = [
        c
        for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod")
        and c.i < noun.i
        and c.text[0].islower() | (c.text in ("Chief", "Vice", "Executive"))
    ]
    return " ".join(t.text for t in sorted([*words, noun], key=lambda t: t.i) if not t.is_punct)


def _noun_text(noun: Token) -> str:
    words = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i]
    return " ".join(t.text for t in sorted([*words, noun], key=lambda t: t.i))


def _possessed(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """“Nvidia's H20”, “Google TPUs”: a named product with its maker as possessor or right before it."""
    for mention in sentence.mentions:
        if not mention.named or mention.entity is None or mention.entity.type not in frame.target_types:
            continue
        if mention.text.islower():  # a material, nobody's product: “China's germanium”
            continue
        root = sentence.doc[mention.root]
        if mention.owner is not None and mention.how == "catalogue" and mention.owner.type in frame.source_types:
            both = (mention, mention)
            yield Found(frame.predicate, mention.owner, mention.entity, root, frame.name, both, presupposed=True)
        owners = [c for c in root.children if c.dep_ == "poss"]
        if root.dep_ == "conj" and root.head.dep_ in ("compound", "nmod"):
            root = root.head  # “ByteDance's Doubao and Jiyuan apps”
        if root.dep_ in ("compound", "nmod") and root.head.i > root.i:
            owners += [c for c in root.head.children if c.dep_ == "poss" and c.i < mention.first]
        before = sentence.doc[mention.first - 1] if mention.first else None
        if (
            before is not None
            and (m := sentence.mention_at(before))
            and m.named
            and before.whitespace_
            and before.tag_ != "POS"
            and before.dep_ in ("compound", "nmod")
        ):
            owners.append(before)
        for owner, other in _sides(sentence, owners, frame.source_types, catalogue):
            if other is not mention:
                yield Found(
                    frame.predicate, owner, mention.entity, root, frame.name, (other, mention), presupposed=True
                )


def _own_make(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """“its own silicon”, “Alibaba Cloud's in-house chips”: a line of products without a name."""
    for token in sentence.doc:
        if token.pos_ != "NOUN" or sentence.mention_at(token) is not None:
            continue
        left = [t.lower_ for t in token.lefts]
        text = str(sentence.doc[token.left_edge.i : token.i].text).casefold()
        kind = classifying_nouns().get(token.lower_)
        if kind not in ("Chip", "Model") or not ("own" in left or any(w in text for w in _HOMEMADE)):
            continue
        owners = [c for c in token.children if c.dep_ == "poss"]
        for owner, mention in _sides(sentence, owners, frame.source_types, catalogue):
            made = generic(token, kind, owner)
            if made.entity is not None:
                yield Found(frame.predicate, owner, made.entity, token, frame.name, (mention, made))


def _based(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """“Tokyo-based Rapidus”, “the Cambridge-based chip designer”."""
    for token in sentence.doc:
        if token.lower_ not in ("based", "headquartered") or token.i < 2 or sentence.doc[token.i - 1].text != "-":
            continue
        place = sentence.mention_at(sentence.doc[token.i - 2])
        firms = _sides(sentence, [token.head], frame.source_types, catalogue)
        if not firms and token.head.dep_ == "appos":
            firms = _sides(sentence, [token.head.head], frame.source_types, catalogue)
        if place and place.entity and place.entity.type == "Place":
            for firm, mention in firms:
                yield Found(frame.predicate, firm, place.entity, token, frame.name, (mention, place), presupposed=True)
