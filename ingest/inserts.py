"""“Acme, since 2020 a unit of Bolt, lost money”: a name at the head of a sentence is the subject of the verb behind
what is set in between commas, wherever the parser hung it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.parsed import Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_SUBJECTS = ("nsubj", "nsubjpass")
_SINCE = {"since", "once", "now", "formerly", "until", "long", "still", "already", "previously", "originally"}
_LONGEST = 24  # tokens set in
_HUNG = {"NOUN": "appos", "PROPN": "appos", "ADP": "prep", "ADJ": "amod"}


def join_subject(sentence: Sentence) -> None:
    """Give the verb behind the insert its subject, and the subject what is set in, in place."""
    name = next((m for m in sentence.mentions if m.named and m.first == 0), None)
    if name is None or name.last + 2 >= len(sentence.doc) or sentence.doc[name.last + 1].text != ",":
        return
    root = sentence.doc[name.root]
    verb = _verb_behind(sentence, name)
    if verb is None or _enumerates(sentence, name):
        return
    inside = _between(name, verb)
    if root.dep_ in _SUBJECTS and root.head == verb:
        _explain(sentence, inside, root)
        return
    others = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i < verb.i and c != root]
    if any(c.i not in inside for c in others):
        return
    _free(verb, root, inside)
    if root.is_ancestor(verb):
        return
    for token in [sentence.doc[i] for i in inside]:
        outside = token.head.i not in inside and token.head != token
        if (outside or token.head == token) and not token.is_punct and token.dep_ not in ("aux", "auxpass", "neg"):
            if token.is_ancestor(verb) or token.is_ancestor(root):
                continue
            _hang(token, root)
    _explain(sentence, inside, root)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    root.head, root.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _explain(sentence: Sentence, inside: range, root: Token) -> None:
    """“, since 2020 a wholly owned subsidiary of Bolt,”: the noun says what the name is."""
    if sentence.doc[inside.start].lower_ not in _SINCE:
        return
    nouns = (t for t in sentence.doc[inside.start : inside.stop] if t.pos_ == "NOUN")
    noun = next((t for t in nouns if any(c.dep_ in ("det", "poss") for c in t.children)), None)
    if noun is not None and noun.dep_ != "appos" and not noun.is_ancestor(root):
        noun.head, noun.dep_ = root, "appos"


def _between(name: Mention, verb: Token) -> range:
    comma = next(i for i in range(verb.i, name.last, -1) if verb.doc[i].text == ",")
    return range(name.last + 2, comma)


def _verb_behind(sentence: Sentence, name: Mention) -> Token | None:
    """The finite verb right behind the comma that closes the insert."""
    doc = sentence.doc
    for comma in doc[name.last + 2 : name.last + 2 + _LONGEST]:
        if comma.text in (";", ":") or comma.i + 1 >= len(doc):
            return None
        following = doc[comma.i + 1]
        if comma.text == "," and following.tag_ in _FINITE:
            verb = following.head if following.dep_ in ("aux", "auxpass") else following
            return verb if verb.pos_ in ("VERB", "AUX") and verb.i > comma.i else None
    return None


def _enumerates(sentence: Sentence, name: Mention) -> bool:
    """Whether what stands behind the comma is the next name of a list, or a clause of its own."""
    first = sentence.doc[name.last + 2]
    held = sentence.mention_at(first)
    owner = held is not None and held.last + 1 < len(sentence.doc) and sentence.doc[held.last + 1].tag_ == "POS"
    return (held is not None and held.named and not owner) or first.pos_ in ("CCONJ", "PRON")


def _free(verb: Token, root: Token, inside: range) -> None:
    """Take the verb out from under the name and what is set in, if the parser put it there."""
    above = [a for a in verb.ancestors if a == root or a.i in inside]
    if not above:
        return
    top = above[-1]
    if top.dep_ == "ROOT" or top.head == top:
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        verb.head, verb.dep_ = top.head, top.dep_


def _hang(token: Token, root: Token) -> None:
    if token.tag_ in ("VBN", "VBG"):
        token.head, token.dep_ = root, "acl"
    elif token.pos_ == "VERB":
        token.head, token.dep_ = root, "relcl"
    elif token.pos_ in _HUNG:
        token.head, token.dep_ = root, _HUNG[token.pos_]
