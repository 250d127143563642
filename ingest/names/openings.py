"""Names that the tagger takes for common words: what gives them away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.names.english import is_english
from ingest.names.figures import figure_votes
from ingest.names.lexicon import NameLexicon
from ingest.names.roles import explained
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBER = re.compile(r"\d{1,2}")
_MASS = frozenset(
    {"metal", "material", "memory", "technology", "process", "service", "equipment", "component", "business"}
)
_BEFORE_A_NAME = (
    "DT",
    "PRP$",
    "CD",
    "POS",
    "IN",
    "VBD",
    "VBZ",
    "VBG",
    "VBN",
    "VB",
    "JJ",
    "JJS",
    "NN",
    "NNS",
    "CC",
    "TO",
)
_SHORTEST = 3


def opens_a_name(token: Token) -> bool:
    """A sentence's first word that the tagger takes for a common one: it is no word of English, or the recogniser sees
    it in a name.
    """
    if token.i or len(token) <= _SHORTEST or not token.is_alpha:
        return False
    if not is_english(token.text) and token.tag_ in ("NN", "JJ", "FW", "NNS", "RB", "VB", "VBP", "VBG", "UH"):
        return True
    following = token.doc[token.i + 1] if len(token.doc) > 1 else None
    return (
        token.tag_ in ("NN", "JJ", "FW", "NNS")
        and following is not None
        and following.tag_ == "NNP"
        and bool(token.ent_type_)
        and token.ent_iob_ == "B"
        and following.ent_iob_ == "I"
    )


def numbered(token: Token, lexicon: NameLexicon) -> bool:
    """“Heron 3 has …”: a sentence's first word with a number of its own that counts nothing behind it."""
    if token.i or token.tag_ != "NN" or len(token) < _SHORTEST or len(token.doc) <= 2:
        return False
    if token.text in lexicon.numbered_parts:
        return False
    number, behind = token.doc[1], token.doc[2]
    own = number.head == token or number.dep_ == "nummod"
    ends = behind.tag_ in ("MD", "VBZ", "VBD", "POS", "IN") or behind.text in (",", ":", "and")
    return bool(own and ends and _NUMBER.fullmatch(number.text))


def plain_noun(sentence: Sentence, i: int, lexicon: NameLexicon) -> bool:
    """“the Heron chip”, “the price of Heron”: a noun of English with a capital that nothing but a name gives it."""
    word, before = sentence.doc[i], sentence.doc[i - 1]
    if sentence.kind != "body" or word.tag_ not in ("NN", "JJ") or not word.is_title or len(word) <= _SHORTEST:
        return False
    if before.tag_ not in _BEFORE_A_NAME or (i > 1 and before.text[0].isupper()):
        return False
    return not _has_its_capital(word, lexicon)


def introduced(sentence: Sentence, lexicon: NameLexicon) -> bool:
    """“Heron, a chip for cars, …”, “Heron has 12 million users”: a bare noun opens the sentence, and what is said of it
    is said of names only.
    """
    word = sentence.doc[0]
    if word.tag_ not in ("NN", "JJ", "NNP") or not word.is_title or not word.is_alpha or len(word) <= _SHORTEST:
        return False
    if _has_its_capital(word, lexicon):
        return False
    told = next(explained(sentence.doc, 0), None)
    if told is not None and told.tag_ == "NN" and told.lower_ in lexicon.kinds and told.lower_ not in _MASS:
        return True
    return word.dep_ in ("nsubj", "nsubjpass") and bool(figure_votes(sentence, 0, 0, lexicon))


def _has_its_capital(word: Token, lexicon: NameLexicon) -> bool:
    """Words that are capitalised without being a name: “the Board”, “the Treasury”."""
    text = word.text
    return (
        text in lexicon.not_alone
        or word.lower_ in lexicon.not_names
        or text in lexicon.endings
        or text in lexicon.posts
        or text in lexicon.titles
        or word.lower_ in lexicon.kinds
    )
