"""Words whose class the parser mistakes, put right by what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.parsed import Sentence
from ingest.relations.frames import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = {"who", "which", "that", "whose"}
_GOING_ON = {"go", "keep", "carry"}
_PAST = ("VBD", "VBN")


def mend_words(sentence: Sentence) -> None:
    """Correct word classes in place; the slips known are each described at their function."""
    for token in sentence.doc:
        _executive(sentence, token)
        _verb_of_a_clause(token)
        _going_on(token)
        _past_in_a_series(token)
        _clause_of_a_noun(token)
        _what_the_money_is_for(sentence, token)
    _currencies(sentence)


def _executive(sentence: Sentence, word: Token) -> None:
    """“Acme chief executive Ann Lee”: “executive” as an adjective."""
    if word.lower_ != "executive" or word.pos_ != "ADJ" or not word.i or word.nbor(-1).lower_ != "chief":
        return
    word.tag_, word.pos_, word.dep_ = "NN", "NOUN", "compound"
    chief = word.nbor(-1)
    firm = sentence.mention_at(chief.nbor(-1)) if chief.i else None
    if firm is not None and firm.named and sentence.doc[firm.root].head == word.head:
        root = sentence.doc[firm.root]
        root.head, root.dep_ = word, "compound"
    chief.head, chief.dep_ = word, "amod"


def _verb_of_a_clause(word: Token) -> None:
    """“a firm whose assistant leans on Qwen”: the verb of a relative clause as a plural."""
    if word.dep_ != "relcl" or word.tag_ != "NNS" or not word.i or word.nbor(-1).pos_ not in ("NOUN", "PROPN", "PRON"):
        return
    lemma = word.lower_.removesuffix("s")
    if lemma not in frames().verbs or not any(c.lower_ in _RELATIVE for c in word.subtree if c.i < word.i):
        return
    subject = word.nbor(-1)
    for child in [c for c in word.children if c.i < subject.i and c.dep_ in ("nsubj", "compound", "poss", "nmod")]:
        for inner in [g for g in child.children if g.dep_ == "poss"]:
            inner.head = subject
        child.head, child.dep_ = subject, "poss" if child.lower_ == "whose" else "compound"
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", lemma
    if subject.lower_ not in _RELATIVE:
        subject.head, subject.dep_ = word, "nsubj"


def _going_on(word: Token) -> None:
    """“will go on buying from Acme”: the gerund as a noun."""
    if word.tag_ != "NN" or word.dep_ != "pobj" or word.head.lower_ != "on" or word.head.head.lemma_ not in _GOING_ON:
        return
    stem = word.lower_.removesuffix("ing")
    lemma = next((v for v in (stem, stem + "e", stem[:-1]) if v in frames().verbs), None)
    if stem != word.lower_ and lemma is not None and not any(c.i < word.i for c in word.children):
        word.tag_, word.pos_, word.dep_, word.lemma_ = "VBG", "VERB", "pcomp", lemma


def _past_in_a_series(word: Token) -> None:
    """“took the hall over, wheeled in the chips and had them at work”: the second of three as a participle."""
    before = word.head
    series = word.tag_ == "VBN" and word.dep_ == "advcl" and before.tag_ == "VBD" and before.i < word.i
    if not series or word.nbor(-1).text != "," or any(c.dep_ in ("aux", "auxpass", "agent") for c in word.children):
        return
    if any(c.dep_ == "conj" and c.tag_ in _PAST and any(g.dep_ == "dobj" for g in c.children) for c in word.children):
        word.tag_, word.dep_ = "VBD", "conj"


def _clause_of_a_noun(word: Token) -> None:
    """“two-thirds of the memory which Acme will need”: the relative clause hung on a verb before it."""
    verb, noun = word.head, word.nbor(-1) if word.i else word
    if word.tag_ != "WDT" or word.lower_ != "which" or verb.dep_ != "advcl" or verb.i < word.i:
        return
    if noun.pos_ in ("NOUN", "PROPN") and word.dep_ in ("dobj", "nsubj", "nsubjpass") and not verb.is_ancestor(noun):
        verb.head, verb.dep_ = noun, "relcl"


def _what_the_money_is_for(sentence: Sentence, word: Token) -> None:
    """“borrowed $10bn to invest in Acme”: the money does not invest, who borrowed it does."""
    if word.dep_ != "relcl" or word.tag_ != "VB" or sentence.amount_at(word.head) is None:
        return
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in word.children):
        word.dep_ = "acl"


def _currencies(sentence: Sentence) -> None:
    """“bonders worth 43bn won from Acme”: the currency as a verb, with what belongs to the verb above."""
    for amount in sentence.amounts:
        word = sentence.doc[amount.last]
        verb = next((a for a in word.ancestors if a.pos_ == "VERB" and not amount.first <= a.i <= amount.last), None)
        if word.lower_ != "won" or word.tag_ not in _PAST or verb is None:
            continue
        above = next((a for a in (verb, *verb.ancestors) if a.lower_ != "won" and a.pos_ == "VERB"), None)
        for child in [c for c in word.children if not amount.first <= c.i <= amount.last and c.dep_ == "prep"]:
            child.head = above or child.head
        word.tag_, word.pos_ = "NN", "NOUN"
        word.dep_ = "npadvmod" if word.dep_ in ("ccomp", "advcl", "conj") else word.dep_
