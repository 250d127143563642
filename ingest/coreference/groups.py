"""Words for several firms: “both”, “neither company”, “the two”, “they”, “the latter”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.arguments import coordinated
from ingest.coreference.binding import barred
from ingest.coreference.discourse import AGENTS, Discourse, Group, has_plural
from ingest.parsed import Mention, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 1  # sentences back
_RECENT = 8  # sentences back that the text has spoken of its topic
_SIDES = {
    "business",
    "chipmaker",
    "company",
    "corporation",
    "firm",
    "foundry",
    "giant",
    "group",
    "maker",
    "manufacturer",
}
_SIDES |= {"party", "side", "startup", "start-up", "toolmaker", "vendor", *words("parties")}
_ORDINALS = {"first": 0, "former": 0, "last": -1, "latter": -1, "second": 1, "third": 2}
_NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "agent", "poss")
_NUMBERS = {"three": 3, "four": 4, "five": 5}
_THEY = {"they", "them", "their"}


def note_groups(talk: Discourse, sentence: Sentence) -> None:
    """Keep the firms that a sentence names together."""
    found: list[Group] = []
    for mention in sentence.mentions:
        root = sentence.doc[mention.root]
        if root.dep_ == "conj" and sentence.mention_at(root.head):
            continue
        held = [m for t in coordinated(root) if (m := sentence.mention_at(t)) and m.entity and m.entity.type in AGENTS]
        members = {m.entity.id: m.entity for m in held if m.entity}
        if len(members) > 1:
            last = max(m.last for m in held)
            subject = root.dep_ in ("nsubj", "nsubjpass")
            found.append(_group(sentence, tuple(members.values()), last, told=True, subject=subject))
    for mention in sentence.mentions:  # “both customers”: they may be told apart hereafter
        parts = tuple(part.entity for part in mention.parts if part.entity is not None)
        if len(parts) > 1:
            subject = sentence.doc[mention.root].dep_ in ("nsubj", "nsubjpass")
            found.append(_group(sentence, parts, mention.last, told=True, subject=subject))
    if not found:
        firms = {m.entity.id: m.entity for m in sentence.mentions if m.entity and m.entity.type == "Company"}
        pair = tuple(e for e in firms.values() if not talk.watches(e))
        if len(pair) == 2:
            found.append(_group(sentence, pair, len(sentence.doc) - 1, told=False, subject=False))
    talk.groups.extend(sorted(found, key=lambda g: g.last))
    if has_plural(t for t in sentence.doc if t.dep_ != "pobj"):
        talk.plural = (sentence.index, sentence.paragraph)


def _group(sentence: Sentence, members: tuple[EntityRef, ...], last: int, *, told: bool, subject: bool) -> Group:
    return Group(members, sentence.index, sentence.paragraph, last, told, subject)


def several(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """The mention for several firms that a token heads; None if it heads none, or nobody knows which."""
    span = _span(token) or _counted(token)
    if span is None:
        return None
    first, size = span
    group = _group_for(talk, sentence, token, size=size)
    if group is None:
        return None
    text = str(sentence.doc[first.i : token.i + 1].text)
    if first.lower_ == "the" and token.lower_ in _ORDINALS:
        place = _ORDINALS[token.lower_]
        one = group.members[place] if place < len(group.members) else None
        return Mention(first.i, token.i, token.i, text, "description", one) if one is not None else None
    parts = tuple(Mention(first.i, token.i, token.i, text, "description", e) for e in group.members)
    return Mention(first.i, token.i, token.i, text, "description", parts=parts)


def _pair_here(talk: Discourse, sentence: Sentence, token: Token) -> list[Group]:
    """The only two firms that the sentence has named so far."""
    firms = {s.entity.id: s.entity for s in talk.seen if s.sentence == sentence.index and s.entity.type == "Company"}
    pair = tuple(e for e in firms.values() if not talk.watches(e))
    return [_group(sentence, pair, token.i - 1, told=False, subject=False)] if len(pair) == 2 else []


def _span(token: Token) -> tuple[Token, int] | None:
    """First token of a word for several that a token heads, and how many it says that there are; 0: it does not say."""
    if token.lower_ in _THEY:
        return token, 0
    before = {
        c.lower_: c
        for c in token.children
        if c.i < token.i and c.dep_ in ("det", "nummod", "predet", "preconj", "amod")
    }
    if token.lower_ == "latter" and token.i and token.nbor(-1).lower_ == "the":
        before["the"] = token.nbor(-1)
    if token.lower_ in ("both", "neither"):
        alone = token.dep_ in _NOMINAL and not any(c.i > token.i and c.dep_ in ("conj", "prep") for c in token.children)
        return (token, 2) if alone else None
    places = (*_NOMINAL, "conj", "amod") if token.lower_ == "latter" else _NOMINAL  # “and the latter $4bn”
    if token.lower_ in ("two", "pair", "duo", "former", "latter") and "the" in before and token.dep_ in places:
        closed = not any(c.i > token.i and c.dep_ in ("prep", "relcl", "acl") for c in token.children)
        return (before["the"], 2) if closed or "same" in before else None
    if token.lower_ in _ORDINALS and "the" in before and token.dep_ in _NOMINAL and _of_them(token):
        return before["the"], 0
    if token.lemma_.lower() in _SIDES and token.dep_ in _NOMINAL:
        for word in ("both", "neither"):
            if word in before and len(before) == 1 and not _set_in(before[word]):
                return before[word], 2
        if token.tag_ == "NNS" and "the" in before and not set(before) - {"the", "two"}:
            closed = not any(c.i > token.i and c.dep_ in ("prep", "relcl", "acl", "appos") for c in token.children)
            return (before["the"], 2 * ("two" in before)) if closed and not _compounded(token) else None
    return None


def _set_in(word: Token) -> bool:
    """Whether a phrase explains the names before it: “Acme and Bolt, both customers, …”."""
    return bool(word.i > 1 and word.nbor(-1).text == "," and word.nbor(-2).pos_ == "PROPN")


def _of_them(token: Token) -> bool:
    """“the last of them”, and nothing more behind it."""
    behind = [c for c in token.children if c.i > token.i]
    return len(behind) == 1 and [t.lower_ for t in behind[0].subtree] == ["of", "them"]


def _counted(token: Token) -> tuple[Token, int] | None:
    """“the three”, “all four”, “the three companies”: first token, and how many."""
    number = token if token.lower_ in _NUMBERS else None
    if number is None and token.tag_ == "NNS" and token.lemma_.lower() in _SIDES and not _compounded(token):
        number = next((c for c in token.children if c.dep_ == "nummod" and c.lower_ in _NUMBERS), None)
    if number is None or not number.i or token.dep_ not in _NOMINAL:
        return None
    opening = number.nbor(-1)
    if opening.lower_ not in ("the", "all") or number.i + 1 + (token != number) <= token.i:
        return None
    closed = not any(c.i > token.i and c.dep_ in ("prep", "relcl", "acl", "appos") for c in token.children)
    return (opening, _NUMBERS[number.lower_]) if closed else None


def _compounded(noun: Token) -> bool:
    return any(c.dep_ in ("compound", "poss") for c in noun.children)


def _group_for(talk: Discourse, sentence: Sentence, token: Token, *, size: int) -> Group | None:
    """The firms last named together that fit: two for “both”; for “they” those that were the subject."""
    two = size == 2
    pronoun = token.lower_ in _THEY
    excluded = barred(sentence, token)
    alone = _alone_here(talk, sentence, token) if two and token.lemma_.lower() in _SIDES else None
    groups: list[Group] = [*talk.groups, *(_pair_here(talk, sentence, token) if two else ())]
    for group in reversed(groups):
        gap = sentence.index - group.sentence
        if gap > _NEAR or (gap and group.paragraph != sentence.paragraph and not two):
            return None
        if (gap == 0 and group.last >= token.i) or any(e.id in excluded for e in group.members):
            continue
        if size and len(group.members) != size:
            continue
        if not two and not group.told:
            continue
        if pronoun and not group.subject:
            return None
        if alone is not None and gap and alone not in group.members:
            return _with_topic(talk, sentence, token, alone)
        return group
    return _with_topic(talk, sentence, token, alone) if alone is not None else None


def _alone_here(talk: Discourse, sentence: Sentence, token: Token) -> EntityRef | None:
    """The only firm that the sentence has named so far."""
    here = {
        s.entity for s in talk.seen if s.sentence == sentence.index and s.token < token.i and not talk.watches(s.entity)
    }
    firms = [e for e in here if e.type == "Company"]
    return firms[0] if len(firms) == 1 else None


def _with_topic(talk: Discourse, sentence: Sentence, token: Token, one: EntityRef) -> Group | None:
    """“Acme pays for it (Kim owns both firms)”: the firm just named and the one that the text is about most."""
    firms = {id_: n for id_, n in talk.counts.items() if talk.refs[id_].type == "Company" and id_ != one.id}
    top = max(firms, key=lambda id_: firms[id_], default=None)
    near = any(s.entity.id == top and sentence.index - s.sentence <= _RECENT for s in talk.seen)
    if top is None or not near or talk.watches(talk.refs[top]):
        return None
    return _group(sentence, (talk.refs[top], one), token.i - 1, told=False, subject=False)
