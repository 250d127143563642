"""Relations without a word of their own: “Nvidia's H20”, “its own silicon”, “the ChatGPT maker”."""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import generic
from ingest.relations.found import Found, sides
from ingest.relations.frames import Frame

_HEADED = 10  # tokens that may stand before the colon of a headed list
_HOMEMADE = ("in-house", "self-developed", "homegrown", "home-grown", "proprietary", "self-designed", "custom")


def possessed(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """“Nvidia's H20”, “Google TPUs”: a named product with its maker as possessor or right before it."""
    for mention in sentence.mentions:
        if not mention.named or mention.entity is None or mention.entity.type not in frame.target_types:
            continue
        if mention.entity.type == "Technology" and mention.text[0].isdigit():  # “SMIC's 7nm process”: one of many
            continue
        if mention.text.islower() or _kind_of_thing(mention, catalogue):  # nobody's product: “China's germanium”
            continue
        root = sentence.doc[mention.root]
        if mention.owner is not None and mention.how == "catalogue" and mention.owner.type in frame.source_types:
            both = (mention, mention)
            if not _tautology(mention.owner, mention.entity):
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
        for owner, other in sides(sentence, owners, frame.source_types, catalogue):
            if other is not mention and not _tautology(owner, mention.entity):
                yield Found(
                    frame.predicate, owner, mention.entity, root, frame.name, (other, mention), presupposed=True
                )


def named_after(sentence: Sentence, frame: Frame) -> Iterator[Found]:
    """“Acme says that Acme Desk is small”: a new product that bears the name of a firm beside it is the firm's."""
    for made in sentence.mentions:
        if made.how != "new" or made.entity is None or made.entity.type not in frame.target_types:
            continue
        first, _, rest = made.entity.label.partition(" ")
        for maker in sentence.mentions:
            firm = maker.entity
            if rest and maker.named and firm is not None and firm.type == "Company" and firm.label.split()[0] == first:
                root = sentence.doc[made.root]
                yield Found(frame.predicate, firm, made.entity, root, frame.name, (maker, made), presupposed=True)


def own_make(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
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
        if any(c.dep_ == "appos" and (m := sentence.mention_at(c)) and m.named for c in token.children):
            continue  # “its own chip, the Tern 2”
        for owner, mention in sides(sentence, owners, frame.source_types, catalogue):
            made = generic(token, kind, owner)
            if made.entity is not None:
                yield Found(frame.predicate, owner, made.entity, token, frame.name, (mention, made))


def called_maker(sentence: Sentence, frame: Frame) -> Iterator[Found]:
    """“The ChatGPT maker”, where it is clear who is meant: whoever it is makes ChatGPT."""
    for maker in sentence.mentions:
        if maker.how != "description" or maker.entity is None or maker.entity.type not in frame.source_types:
            continue
        if sentence.doc[maker.root].lower_ not in ("maker", "developer", "designer", "creator", "owner"):
            continue
        for made in sentence.mentions:
            inside = maker.first <= made.first and made.last < maker.root
            if inside and made.named and made.entity is not None and made.entity.type in frame.target_types:
                root = sentence.doc[made.root]
                yield Found(
                    frame.predicate, maker.entity, made.entity, root, frame.name, (maker, made), presupposed=True
                )


def _kind_of_thing(mention: Mention, catalogue: Catalogue) -> bool:
    """Whether a name stands for a kind of thing that many make: “Oracle's AI servers”."""
    entry = catalogue.by_id(mention.entity.id) if mention.entity is not None else None
    return entry is not None and entry.type == "Product" and not (entry.maker or entry.family)


def _tautology(maker: EntityRef, made: EntityRef) -> bool:
    """Whether a thing is named after nothing but its maker: “Nvidia chips”."""
    left = made.label.removeprefix(maker.label).strip().casefold()
    return left != made.label.casefold() and left.rstrip("s") in classifying_nouns()


def listed_under(sentence: Sentence, frame: Frame, topic: Mention | None) -> Iterator[Found]:
    """“Customers: Google, Meta.”: the firms after the colon of a line that says what they are to the firm at hand."""
    colon = next((t for t in sentence.doc[:_HEADED] if t.text == ":"), None)
    if colon is None or topic is None or topic.entity is None:
        return
    head = next((t for t in sentence.doc[: colon.i] if t.lower_ in frame.heads), None)
    if head is None or any(t.pos_ in ("VERB", "AUX") for t in sentence.doc[: colon.i]):
        return
    stop = next((t.i for t in sentence.doc[colon.i :] if t.text in (";", ".", "(")), len(sentence.doc))
    named = [m for m in sentence.mentions if m.named and colon.i < m.first < stop and m.entity is not None]
    firms = [m for m in named if m.entity is not None and m.entity.type == "Company"]
    for mention in firms:
        one, other = (topic, mention) if "topic" in frame.subject else (mention, topic)
        if one.entity is not None and other.entity is not None and one.entity.id != other.entity.id:
            yield Found(frame.predicate, one.entity, other.entity, head, frame.name, (one, other))
