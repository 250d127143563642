"""What only people do, of names: they head a firm, are made its chief, say what “she” will do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ingest.arguments import is_passive, verb_name
from ingest.names.lexicon import NameLexicon
from ingest.parsed import Sentence
from ingest.speakers import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

POST = 6  # votes for a person, or against one
_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_REACH = 12  # tokens from the name to “she”
_MOST = 4  # words of a person's name
_BEFORE_A_POST = frozenset({"as", "its", "the", "their", "new", "to", "be", "a", "an", "-", "interim", "acting"})
_POSTS = frozenset(
    {"chief", "head", "boss", "finance", "operations", "technology", "general", "deputy", "vice", "interim"}
)
_NAMES = ("NNP", "NNPS")


def person_votes(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """Votes for a person."""
    out: Counter[str] = Counter()
    doc, root = sentence.doc, sentence.doc[first : last + 1].root
    if _speaks_of_self(sentence, root, last):
        out["Person"] += lexicon.person_weight
    if _takes_a_post(root, lexicon):
        out["Person"] += POST
    if not _personal(sentence, first, last, lexicon):
        return out
    if _heads(root, lexicon) or _is_made(doc, root, last, lexicon):
        out["Person"] += lexicon.person_weight
    return out


def _personal(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> bool:
    """Whether the words could be a person's: several, none of them the ending of a firm's name or a number."""
    words = [t.text for t in sentence.doc[first : last + 1] if t.text != "-"]
    if not 1 < len(words) <= _MOST:
        return False
    return words[-1] not in lexicon.endings and all(word[0].isalpha() and not word.isupper() for word in words)


def _heads(root: Token, lexicon: NameLexicon) -> bool:
    """“Mia Tellan founded Orvanta”, “Orvanta, led by Mia Tellan”: whether a firm is what is headed."""
    if root.dep_ == "pobj":
        prep = root.head
        if prep.dep_ != "agent" and prep.lower_ != "by":
            return False
        verb = prep.head
        passive = is_passive(verb)
    else:
        verb, passive = root.head, False
        if root.dep_ != "nsubj" or is_passive(verb):
            return False
    if verb_name(verb) not in lexicon.person_verbs:
        return False
    headed = [c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj")]
    if passive and verb.dep_ in ("acl", "relcl"):
        headed.append(verb.head)
    elif passive and verb.dep_ == "advcl":
        headed.extend(c for c in verb.head.children if c.dep_ == "nsubj")
    return any(t.tag_ in _NAMES or lexicon.kinds.get(t.lower_) == "Company" for t in headed)


def _is_made(doc: Doc, root: Token, last: int, lexicon: NameLexicon) -> bool:
    """“named Mia Tellan chief executive”, “made Mia Tellan its boss”."""
    verb = root.head.head if root.dep_ in ("nmod", "compound") else root.head
    if verb_name(verb) not in lexicon.post_verbs and verb.lemma_.lower() not in lexicon.post_verbs:
        return False
    i = last + 1
    while i < len(doc) and doc[i].lower_ in _BEFORE_A_POST:
        i += 1
    return i < len(doc) and (doc[i].lower_ in _POSTS or lexicon.kinds.get(doc[i].lower_) == "Person")


def _speaks_of_self(sentence: Sentence, root: Token, last: int) -> bool:
    """“Tellan said she would stay”: nobody else is named before “she”."""
    doc = sentence.doc
    if root.dep_ != "nsubj" or kind_of(verb_name(root.head)) is None:
        return False
    for token in doc[last + 1 : last + 1 + _REACH]:
        if token.lower_ in _PRONOUNS:
            return True
        held = sentence.mention_at(token)
        known = held is not None and held.entity is not None and held.entity.type != "Person"
        if token.tag_ in _NAMES and not known:
            return False
    return False


def _takes_a_post(root: Token, lexicon: NameLexicon) -> bool:
    """“X takes over from Y as chief executive”: both are people."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "from" else root.head
    if root.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj") or verb.pos_ != "VERB":
        return False
    posts = (g for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" for g in c.children if g.dep_ == "pobj")
    return any(lexicon.kinds.get(post.lower_) == "Person" for post in posts)
