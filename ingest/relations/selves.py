"""Who or what a noun is said to be: “Acme, a supplier of …”, “its customers include Acme”, “Acme remains a rival”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import beside, slots, verb_name
from ingest.lists import among_them
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = {"be", "become", "remain", "stay"}
_LISTS = {"include", "comprise", "be", "remain"}
_AS = {"as"}
_OUSTING = {"succeed", "replace", "follow"}
_PARTICIPLES = ("acl", "advcl")
_ONE_OF = {"one", "some", "several", "most", "many", "both"}


def themselves(sentence: Sentence, noun: Token) -> list[Token]:
    """Who or what the noun is said to be."""
    mention = sentence.mention_at(noun)
    if mention is not None:
        site = mention.entity is not None and mention.entity.type == "Facility"  # “its M16 fab in Icheon”
        return [noun] if mention.how == "description" or site else []
    found = [c for c in noun.children if c.dep_ == "appos"]
    found += [
        g
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("as", "like", "including")
        for g in c.children
        if g.dep_ == "pobj"
    ]
    found += [
        g
        for c in noun.children
        if c.dep_ in ("acl", "relcl") and c.lemma_ in ("include", "comprise")
        for g in c.children
        if g.dep_ == "dobj"
    ]
    found = found or [sentence.doc[m.root] for m in among_them(sentence, noun)]
    if found:
        return found
    if any(c.dep_ == "poss" for c in noun.children):
        # “its Volcano Engine cloud service”, “ASE's Siliconware unit”
        inner = [
            c for c in noun.children if c.dep_ in ("compound", "nmod") and (m := sentence.mention_at(c)) and m.named
        ]
        if inner:
            return inner
    head = noun.head
    if noun.dep_ == "appos" and noun.i != head.i:
        return [beside(noun)]
    if noun.dep_ in ("advmod", "npadvmod") and head.pos_ == "PROPN" and head.i < noun.i:  # “Colossus, home to …”
        return [head]
    if noun.dep_ in ("compound", "nmod") and head.i > noun.i:
        return [head]
    if noun.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        named = sentence.mention_at(head)
        person = named is not None and named.named and named.entity is not None and named.entity.type == "Person"
        return [head] if person else themselves(sentence, head)
    if noun.dep_ in ("attr", "oprd") and verb_name(head) in _COPULAS | {"call", "name", "dub"}:
        theirs = slots(head)
        return [t for t in theirs.get("subj", []) or theirs.get("obj", []) if t != noun] + _followers(noun)
    if noun.dep_ in ("nsubj", "nsubjpass") and (group := _grouped(sentence, noun)) is not None:
        return [group]
    if noun.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in _LISTS:
        return slots(head).get("obj", []) + slots(head).get("attr", [])
    if noun.dep_ == "ccomp" and head.lemma_ == "make":  # “the deal makes X a rival to Y”
        return [c for c in noun.children if c.dep_ == "nsubj"]
    if noun.dep_ == "pobj" and head.lower_ == "of" and (head.head.lower_ in _ONE_OF or head.head.like_num):
        return themselves(sentence, head.head)  # “Xu, one of the rotating chairmen of Huawei”
    if noun.dep_ == "pobj" and head.lower_ == "among" and head.head.lemma_ in _COPULAS:
        return [t for t in slots(head.head).get("subj", []) if t != noun]  # “Toshiba is among its shareholders”
    if noun.dep_ == "pobj" and head.lower_ in _AS and head.head.pos_ == "VERB":
        theirs = slots(head.head)
        fronted = head.i < head.head.i  # “As a unit of X, Y sells …”
        taken = head.head.lemma_ in _OUSTING  # “who succeeded Z as head of X”
        return (not fronted and not taken and theirs.get("obj", [])) or theirs.get("subj", [])
    if noun.dep_ in ("advcl", "npadvmod") and noun.i < head.i and noun.nbor(-1 if noun.i else 0).tag_ == "DT":
        return slots(head).get("theme", [])  # “A supplier to X, Y is listed”
    if noun.dep_ == "nsubj":  # “A unit of X, Y sells …”
        twins = [c for c in head.children if c.dep_ == "nsubj" and c.left_edge.i > noun.i and sentence.mention_at(c)]
        if twins and twins[0].left_edge.nbor(-1).text == ",":
            return twins[:1]
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if (
        following is not None
        and (m := sentence.mention_at(following))
        and m.named
        and noun.whitespace_
        and following.text[0].isupper()
    ):
        return [following]
    return []


def _followers(noun: Token) -> list[Token]:
    """Who comes after the first: “Acme is the biggest customer, followed by Bolt and Crane”."""
    followed = [c for t in (noun, noun.head) for c in t.children if c.lower_ == "followed" and c.dep_ in _PARTICIPLES]
    return [t for c in followed for t in slots(c).get("subj", [])]


def _grouped(sentence: Sentence, noun: Token) -> Token | None:
    """The first of the names right before “, both customers, …”."""
    opening = next((c for c in noun.children if c.lower_ in ("both", "all") and c.i < noun.i), None)
    if opening is None or opening.i < 2 or opening.nbor(-1).text != "," or noun.tag_ != "NNS":
        return None
    held = sentence.mention_at(opening.nbor(-2))
    root = sentence.doc[held.root] if held is not None and held.named else None
    while root is not None and root.dep_ == "conj":
        root = root.head
    return root
