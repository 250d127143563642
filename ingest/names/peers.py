"""A name that is measured against a known thing is of its type: what outscores a model is a model, what follows a
process is a process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.arguments import verb_name
from ingest.names.lexicon import NameLexicon
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_TYPES = frozenset({"Chip", "Model", "Product", "Technology"})
_SIDES = ("nsubj", "nsubjpass", "dobj", "pobj")
_NEAR = 5  # tokens from “successor to” to the name


def peer_votes(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """Votes for the types of the catalogue's things that the name at these tokens is compared with."""
    out: Counter[str] = Counter()
    root = sentence.doc[first : last + 1].root
    for other in (*_by_verb(root, lexicon), *_by_noun(root, lexicon), *_instead(root, lexicon)):
        held = sentence.mention_at(other)
        if held is None or held.how != "catalogue" or held.entity is None or held.entity.type not in _TYPES:
            continue
        if held.root == other.i:
            out[held.entity.type] += lexicon.peer_weight
    if _fed_by_a_model(sentence, root, lexicon):
        out.update({"Product": lexicon.peer_weight, "Model": -lexicon.peer_weight})
    return out


def _fed_by_a_model(sentence: Sentence, root: Token, lexicon: NameLexicon) -> bool:
    """“X runs on Claude”, “X is powered by Claude”: what a model drives is no model."""
    verb = root.head
    if root.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_.lower() not in lexicon.fed_verbs:
        return False
    inputs = (c for p in verb.children if p.dep_ in ("prep", "agent") and p.lower_ in ("on", "by") for c in p.children)
    held = (sentence.mention_at(c) for c in inputs if c.dep_ == "pobj")
    return any(m is not None and m.how == "catalogue" and m.entity and m.entity.type == "Model" for m in held)


def _by_verb(root: Token, lexicon: NameLexicon) -> Iterator[Token]:
    """“X outscores Y”, “X competes with Y”, “X takes on Y”, either way round."""
    verb = root.head.head if root.dep_ == "pobj" else root.head
    if verb.lemma_ == "be" and root.dep_ == "nsubj":  # “X is faster than Y”
        better = (c for c in verb.children if c.dep_ in ("acomp", "attr"))
        than = (p for c in better for p in c.children if p.lower_ == "than")
        yield from (c for p in than for c in p.children if c.dep_ == "pobj")
    if verb.pos_ != "VERB" or root.dep_ not in _SIDES:
        return
    if verb_name(verb) not in lexicon.peer_verbs and verb.lemma_.lower() not in lexicon.peer_verbs:
        return
    for child in verb.children:
        if child.dep_ in _SIDES and child != root:
            yield child
        elif child.dep_ in ("prep", "agent"):
            yield from (c for c in child.children if c.dep_ == "pobj" and c != root)


def _by_noun(root: Token, lexicon: NameLexicon) -> Iterator[Token]:
    """“X, the successor to Y”, “X is an answer to Y”, “Y's successor, X”."""
    nouns = [c for c in root.children if c.dep_ == "appos"]
    if root.dep_ == "appos":
        nouns.append(root.head)
    elif root.dep_ == "nsubj" and root.head.lemma_ == "be":
        nouns.extend(c for c in root.head.children if c.dep_ == "attr")
    for noun in nouns:
        if noun.lower_ not in lexicon.peer_nouns:
            continue
        yield from (c for c in noun.children if c.dep_ == "poss")
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ in ("to", "of", "for"):
                yield from (c for c in prep.children if c.dep_ == "pobj")


def _instead(root: Token, lexicon: NameLexicon) -> Iterator[Token]:
    """“X rather than Y”, “faster than Y”, “Y instead of X”: the name on the other side of such a word."""
    doc = root.doc
    for step in (1, -1):
        between: list[str] = []
        i = root.i + step
        while 0 <= i < len(doc) and len(between) < _NEAR:
            if doc[i].tag_ in ("NNP", "NNPS") and " ".join(between[::step]) in lexicon.peer_links:
                yield doc[i]
                break
            if doc[i].lower_ not in ("the", "its", "a", "an"):
                between.append(doc[i].lower_)
            i += step
