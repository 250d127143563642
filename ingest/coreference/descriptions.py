"""Whom a description means: “the foundry”, “the American company”, “the ChatGPT maker”, “China's largest chipmaker”."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.described import POINTING, describe, fitting_best
from ingest.coreference.discourse import AGENTS, Discourse
from ingest.names.mentions import entry_ref
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import CALLED
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DETERMINERS = {"the", "this", "that"}
_NOT_ITS_OWN = words("not_a_firm")
_SUBJECTS = ("nsubj", "nsubjpass")
_EMPLOYING = {"company", "firm", "group", "startup", "start-up", "employer", "business"}
_MAKING = {"maker", "developer", "owner", "parent", "designer", "creator"}


def description(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """The mention that a describing noun makes; the noun's modifiers must fit."""
    if token.pos_ not in ("NOUN", "PROPN") or token.tag_ not in ("NN", "NNP"):
        return None
    determiner = next((c for c in token.children if c.dep_ == "det"), None)
    if determiner is None:
        return _employing(talk, sentence, token) or _owned(talk, sentence, token) or _foremost(talk, sentence, token)
    if determiner.lower_ not in _DETERMINERS:
        return None
    left = [t for t in token.lefts if t != determiner]
    telling = [*left, *(c for t in left if t.lower_ == "based" for c in t.children)]
    inner = [m for m in (sentence.mention_at(t) for t in telling) if m and m.entity]
    if token.lower_ in _MAKING and inner:
        maker = _maker(talk, inner[0])
        if maker is not None:
            return _made(sentence, determiner, token, maker)
    kind = talk.lexicon.nouns.get(token.lower_) or _learned_kind(talk, token)
    if kind is None or any(m.entity and m.entity.type != "Place" for m in inner):
        return None
    if _introduces(sentence, token):
        return None
    if talk.issuer is not None and token.text in ("Company", "Group", "Corporation") and not left:
        return _made(sentence, determiner, token, talk.issuer)
    if token.lower_ in ("government", "state") and not left:
        return _made(sentence, determiner, token, _government(talk))
    words_ = describe(talk, token, determiner, kind, left, inner)
    pointed = words_.determiner in POINTING and kind not in AGENTS  # “that chip”
    if token.lower_ in _NOT_ITS_OWN and not words_.calling and not pointed:
        return None
    entity = fitting_best(talk, sentence, words_)
    if entity is not None:
        talk.nouns[entity.id].add(token.lemma_.lower())
    return _made(sentence, determiner, token, entity)


def _employing(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """“His company”: the one that the person heads."""
    whose = next((c for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    person = sentence.mention_at(whose) if whose is not None else None
    if whose is None or person is None or person.entity is None or person.entity.type != "Person":
        return None
    only = token.lower_ in _EMPLOYING and not any(c.dep_ in ("amod", "compound") for c in token.children)
    return _made(sentence, token, token, talk.employer(person.entity)) if only else None


def _owned(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """“TikTok's owner”, “Google's parent”: who the catalogue says it is."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    mention = sentence.mention_at(owner) if owner is not None else None
    if token.lower_ not in _MAKING or mention is None or mention.entity is None or _introduces(sentence, token):
        return None
    entry = talk.catalogue.by_id(mention.entity.id)
    parent = talk.catalogue.by_label(entry.parent) if entry is not None and entry.parent else None
    firm = _maker(talk, mention) or (entry_ref(parent) if parent is not None else None)
    return _made(sentence, token, token, firm)


def _foremost(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """“The world's largest contract chipmaker”, “China's biggest foundry”: a firm named before that has that trade."""
    place = next((c for c in token.children if c.dep_ == "poss"), None)
    best = any(c.tag_ == "JJS" for c in token.children)
    if talk.lexicon.nouns.get(token.lower_) != "Company" or place is None or not best or token.dep_ not in _SUBJECTS:
        return None
    mention = sentence.mention_at(place)
    home = mention.entity.label if mention and mention.entity and mention.entity.type == "Place" else None
    if (home is None and place.lower_ != "world") or _introduces(sentence, token):
        return None
    words_ = replace(
        describe(talk, token, token, "Company", [t for t in token.lefts if t.dep_ == "compound"], []), country=home
    )
    entity = fitting_best(talk, sentence, words_) if words_.calling else None
    trades = talk.callings.get(entity.id, frozenset()) if entity is not None else frozenset()
    return _made(sentence, token, token, entity) if words_.calling in trades else None


def _made(sentence: Sentence, first: Token, last: Token, entity: EntityRef | None) -> Mention | None:
    if entity is None:
        return None
    return Mention(first.i, last.i, last.i, str(sentence.doc[first.i : last.i + 1].text), "description", entity)


def _learned_kind(talk: Discourse, token: Token) -> str | None:
    """The type of who was introduced by the noun: after “Orvanta, a packaging house” the house is a company."""
    lemma = token.lemma_.lower()
    found = {s.entity.type for s in talk.seen if lemma in talk.trades[s.entity.id] and s.entity.type in AGENTS}
    return found.pop() if len(found) == 1 else None


def _introduces(sentence: Sentence, token: Token) -> bool:
    """Whether the words do not go back to anybody: “Orvanta, the foundry”, “the software group Oracle”, “the firm that
    sells them”.
    """
    if token.dep_ in ("appos", "attr") or any(c.dep_ == "appos" and sentence.mention_at(c) for c in token.children):
        return True
    if token.dep_ == "conj" and token.head.dep_ == "attr":
        return True
    called = (c for c in token.children if c.dep_ == "acl" and c.lemma_.lower() in CALLED)
    if any(sentence.mention_at(t) for c in called for t in c.subtree):  # “the company, better known as Acme”
        return True
    if token.i + 1 == len(token.doc):
        return False
    after = token.doc[token.i + 1]
    named = sentence.mention_at(after)
    if token.whitespace_ and named is not None and named.named and after.text[0].isupper():
        return True  # “the pipeline operator Acme”, however the parser hangs it
    if token.head.i > token.i and token.dep_ in ("compound", "nmod", "amod") and sentence.mention_at(after):
        return True
    return any(
        c.dep_ == "relcl" and c.left_edge.i == after.i and after.lower_ in ("that", "which", "who")
        for c in token.children
    )


def _government(talk: Discourse) -> EntityRef | None:
    """“The government”: one named before, else that of the country whose firms the text is about."""
    named = [
        s.entity for s in talk.seen if s.entity.type == "Organization" and "government" in s.entity.label.casefold()
    ]
    if named:
        return named[-1]
    homes: Counter[str] = Counter()
    for id_, count in talk.counts.items():
        entry = talk.catalogue.by_id(id_)
        if entry is not None and entry.type == "Company" and entry.country:
            homes[entry.country] += count
    if not homes:
        return None
    country = homes.most_common(1)[0][0]
    adjectives = [d for d, place in talk.catalogue.demonyms.items() if place.label == country]
    found = (e for w in [*adjectives, country] for e in talk.catalogue.lookup(f"{w} government"))
    entry = next(found, None)
    return entry_ref(entry) if entry is not None else None


def _maker(talk: Discourse, mention: Mention) -> EntityRef | None:
    """Who makes the thing named: from the catalogue."""
    entry = talk.catalogue.by_id(mention.entity.id) if mention.entity else None
    maker = getattr(entry, "maker", None)
    found = talk.catalogue.lookup(maker) if maker else ()
    return entry_ref(found[0]) if found else None
