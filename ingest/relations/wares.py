"""Where goods come from, told by the words that hang on them: “servers from Acme”, “servers that Acme makes”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import coordinated, slots
from ingest.names.lexicon import classifying_nouns
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS = ("Chip", "Model", "Product", "Technology")
_OF_ORIGIN = ("from", "by")
_TAKEN = {
    "borrow",
    "buy",
    "get",
    "hire",
    "lease",
    "license",
    "obtain",
    "order",
    "procure",
    "purchase",
    "rent",
    "source",
}
_TURNING_OUT = {
    "assemble", "build", "design", "develop", "donate", "generate", "lend", "make", "manufacture", "mine",
    "offer", "produce", "provide", "sell", "ship", "supply", "train",
}  # fmt: skip


def is_ware(noun: Token) -> bool:
    """Whether a noun names things that are bought to be used: chips, servers, capacity."""
    kinds = classifying_nouns()
    lemma = noun.lemma_.lower()
    known = kinds.get(noun.lower_) in _KINDS or kinds.get(lemma) in _KINDS
    placed = noun.pos_ == "NOUN" or noun.dep_ in ("dobj", "pobj")  # “boxes” taken for a verb
    return placed and noun.pos_ != "PROPN" and (known or lemma in words("goods") or lemma in words("wares"))


def source(noun: Token) -> list[Token]:
    """Who goods come from: “Acme's servers”, “servers from Acme”, “servers made by Acme”, “Acme servers”."""
    return [t for ware in _wares(noun) for t in _origin(ware)]


def seller(noun: Token) -> list[Token]:
    """Who makes or sells a thing, by its relative clause: “all the chips that Acme can make”."""
    clauses = [
        c
        for ware in _wares(noun)
        for c in ware.children
        if c.dep_ in ("relcl", "acl") and c.tag_ != "VBN" and c.lemma_ in _TURNING_OUT
    ]
    clauses += [
        g  # “two-thirds of what Acme makes”
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for g in c.children
        if g.dep_ == "pcomp" and g.lemma_ in _TURNING_OUT
    ]
    return [t for clause in clauses for t in slots(clause).get("subj", []) if t != clause.head]


def _wares(noun: Token) -> list[Token]:
    """The goods that a noun stands for, seen through “thousands of”."""
    out = []
    for token in coordinated(noun):
        inner = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
        out += [t for t in (token, *inner) if is_ware(t)]
    return out


def _origin(ware: Token) -> list[Token]:
    out = [c for c in ware.children if c.dep_ == "poss"]
    out += [
        g for c in ware.children if c.dep_ == "prep" and c.lower_ in _OF_ORIGIN for g in c.children if g.dep_ == "pobj"
    ]
    done = [c for c in ware.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    out += [t for clause in done if clause.lemma_ in _TURNING_OUT for t in slots(clause).get("subj", [])]
    out += [t for clause in done if clause.lemma_ in _TAKEN for t in slots(clause).get("from", [])]
    return out or [c for c in ware.children if c.dep_ in ("compound", "nmod") and c.i < ware.i and c.pos_ == "PROPN"]
