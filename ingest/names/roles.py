"""What a name does in its sentence: subject or object of a verb, owner of a thing, after a preposition, and which nouns
say what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.arguments import is_passive, verb_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "csubj")
_BY_ITSELF = frozenset({"launch", "ship", "debut", "sell"})  # “X launched in May” says that it was launched
_OPENING = frozenset({"a", "an", "the", "its", "their", "his", "her", "our"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"which", "that"})
_WITHIN = 7  # tokens from an article to its noun
_CALLING = frozenset({"know", "call", "name", "dub", "codename", "nickname"})


def roles(doc: Doc, first: int, last: int) -> list[tuple[str, str]]:
    """(role, lemma of the word that it is played to) of the name in the tokens first to last.

    Roles: subject and object by meaning, whatever the voice; owner (“X's shares”); before (“X shares”); else the
    preposition (“invest in X” is in, invest).
    """
    root = _first_of_chain(doc[first : last + 1].root)
    head = root.head
    out: list[tuple[str, str]] = []
    if root.dep_ in _SUBJECTS:
        moved = head.lemma_.lower() in _BY_ITSELF and not any(c.dep_ in ("dobj", "ccomp") for c in head.children)
        out.append(("object" if moved else "subject", verb_name(head)))
        out.extend(("subject", f"{verb_name(head)} {more}") for more in _complements(head))
    elif root.dep_ in ("dobj", "nsubjpass", "dative"):
        out.append(("object", verb_name(head)))
    elif root.dep_ == "poss":
        out.append(("owner", head.lemma_.lower()))
    elif root.dep_ in ("compound", "nmod") and head.i > last:
        out.append(("before", head.lemma_.lower()))
    elif root.dep_ == "pobj":
        out.extend(_after(head))
    following = doc[last + 1] if last + 1 < len(doc) else None
    if following is not None and following.text in ("'s", "’s", "'", "’") and root.dep_ != "poss":
        out.extend(("owner", noun.lemma_.lower()) for noun in doc[last + 2 : last + 5] if noun.pos_ == "NOUN")
    out.extend(_clauses(root))
    return out


def _complements(verb: Token) -> Iterator[str]:
    """What tells apart the senses of a verb: “run on”, “go into production”, “enter production”."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    yield from (c.lemma_.lower() for c in objects)
    for child in verb.children:
        if child.dep_ == "prep" and not objects:
            yield child.lower_
            yield from (f"{child.lower_} {c.lemma_.lower()}" for c in child.children if c.dep_ == "pobj")


def _first_of_chain(root: Token) -> Token:
    """“buys from X and Y”: what holds of the first of several names holds of all."""
    while root.dep_ in ("conj", "appos") and root.head.pos_ == "PROPN" and root.head != root:
        root = root.head
    return root


def _after(preposition: Token) -> list[tuple[str, str]]:
    governor = preposition.head
    if preposition.dep_ == "agent" or (preposition.lower_ == "by" and governor.tag_ == "VBN" and is_passive(governor)):
        return [("subject", verb_name(governor))]
    if governor.dep_ == "prep":  # “out of X”, “up to X”
        governor = governor.head
    out = [(preposition.lower_, governor.lemma_.lower())]
    if governor.tag_ == "NNS":  # “units of X”
        out.append((preposition.lower_, governor.lower_))
    if governor.dep_ == "pobj" and governor.head.lower_ == "of":  # “a stake of 5% in X”
        out.append((preposition.lower_, governor.head.head.lemma_.lower()))
    # “sold chips to X”: the parser hangs “to X” on the verb or on what is sold
    if governor.dep_ in ("dobj", "nsubjpass") and governor.head.pos_ == "VERB":
        out.append((preposition.lower_, governor.head.lemma_.lower()))
    return out


def _clauses(root: Token) -> list[tuple[str, str]]:
    """“X, which makes lasers”, “X, founded in 2019”, “X making lasers”."""
    out: list[tuple[str, str]] = []
    for child in root.children:
        if child.dep_ == "relcl":
            subject = next((c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject.lower_ in ("which", "that"):
                out.append(("subject" if subject.dep_ == "nsubj" else "object", verb_name(child)))
            elif subject is not None and any(
                c.dep_ == "dobj" and c.lower_ in ("which", "that") for c in child.children
            ):
                out.append(("object", verb_name(child)))
        elif child.dep_ == "acl":
            out.append(("subject" if child.tag_ == "VBG" else "object", verb_name(child)))
    return out


def classifiers(root: Token, first: int, last: int) -> list[Token]:
    """Nouns that say what the name is: apposition, compound, copula, and the noun right before it."""
    found: list[Token] = list(explained(root.doc, last))
    found.extend(
        child
        for child in root.children
        if child.pos_ == "NOUN"
        and (child.dep_ == "appos" or (child.i < first and child.dep_ in ("compound", "nmod", "appos")))
    )
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head  # “Doubao and Jiyuan apps”: what is said of the first holds for all
    head = root.head
    if (root.dep_ == "appos" and head.pos_ == "NOUN") or (
        root.dep_ in ("compound", "nmod", "amod") and head.i > last and head.pos_ in ("NOUN", "PROPN")
    ):
        found.append(head)
    if root.dep_ == "nsubj" and head.lemma_ == "be":
        found.extend(c for c in head.children if c.dep_ == "attr" and c.pos_ == "NOUN")
    if root.dep_ == "oprd" or (root.dep_ == "attr" and head.lemma_ == "be"):
        found.extend(c for c in head.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "NOUN")
    if first > 0 and root.doc[first - 1].pos_ == "NOUN" and root.doc[first - 1].head.i in range(first, last + 1):
        found.append(root.doc[first - 1])
    found.extend(_called(root))
    return list(dict.fromkeys(found))


def explained(doc: Doc, last: int) -> Iterator[Token]:
    """The head of what follows a comma with an article, however it was parsed: in “X, the routing layer in Y,” the
    layer.
    """
    if last + 2 >= len(doc) or doc[last + 1].text != ",":
        return
    opening = doc[last + 2]
    start = last + 3
    if opening.lower_ not in _OPENING:
        owner = next((t.i for t in doc[last + 3 : last + 6] if t.tag_ == "POS"), None)  # “X, Acme's first chip”
        if owner is None or opening.tag_ not in ("NNP", "NNPS"):
            return
        start = owner + 1
    for token in doc[start : start + _WITHIN]:
        if token.tag_ in ("NN", "NNS"):
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is None or following.tag_ not in ("NN", "NNS", "HYPH", "POS"):
                if following is None or following.tag_ not in _FINITE:  # “X, a spokesman said”
                    yield token
                return
        elif token.pos_ not in ("ADJ", "NUM", "ADV", "PROPN") and token.tag_ not in ("HYPH", "VBN", "VBG", "POS", "DT"):
            return


def _called(root: Token) -> list[Token]:
    """“the plant, known as X”, “a chip called X”."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "as" else root.head
    if verb.lemma_.lower() not in _CALLING or verb.dep_ not in ("acl", "relcl") or root.dep_ in _SUBJECTS:
        return []
    return [verb.head] if verb.head.pos_ == "NOUN" else []
