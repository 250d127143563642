"""What stands beside a name in a text: does the name go on, and does its capital letter prove anything?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.text.name_tokens import LEGAL_FORMS, fold
from graph.vocabulary import read_yaml

_NEXT = re.compile(r"( |-|\u00a0|(?: ?& ?))([^\W_][\w’'\-]*)")
_BEFORE = re.compile(r"([^\W_][\w’'\-]*)(\.? |-| ?& ?| of (?:the )?)$")
_WORD = re.compile(r"[^\W\d_]+")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:;…。！？：；•|>»›—–\n\r\t])[\s\"'“”‘’«(\[*#-]*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_REACH = 60


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The lists of name_context.yaml, explained there."""

    titles: frozenset[str]
    plain: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]
    joins: frozenset[str]
    cjk_tails: tuple[str, ...]


@cache
def _words() -> ContextWords:
    rows = read_yaml("graph.text", "name_context.yaml")
    return ContextWords(cjk_tails=tuple(rows.pop("cjk_tails")), **{key: frozenset(row) for key, row in rows.items()})


def starts_sentence(text: str, start: int) -> bool:
    """Whether a position is the first of a sentence, a line or a quotation."""
    return bool(_STARTS_SENTENCE.search(text[max(0, start - _REACH) : start]))


def _line(text: str, start: int, end: int) -> str:
    left = max(text.rfind("\n", 0, start) + 1, start - 4 * _REACH)
    right = text.find("\n", end, end + 4 * _REACH)
    return text[left : right if right >= 0 else end + 4 * _REACH]


def is_headline(text: str, start: int, end: int) -> bool:
    """Whether the line capitalises its words as titles do, so that a capital means nothing."""
    long_words = [word for word in _WORD.findall(_line(text, start, end)) if len(word) > 3]
    return len(long_words) > 3 and sum(word[0].isupper() for word in long_words) >= 0.8 * len(long_words)


def is_uncertain(text: str, start: int, end: int) -> bool:
    """Whether a common word that is also a name is capitalised here for another reason."""
    return starts_sentence(text, start) or is_headline(text, start, end)


def breaks_word(text: str, end: int, *, ambiguous: bool) -> bool:
    """Whether the text goes on as one word: `nvidia.com`, or after a common word `Meta-analysis`."""
    mark, following = text[end : end + 1], _WORD.match(text, end + 1)
    if following is None or not following.group()[0].islower():
        return False
    if mark == "." and not text[end + 1 : end + 2].isspace():
        return True
    word = following.group()
    return ambiguous and mark == "-" and not word.endswith("ed") and word not in _words().joins


def extends_name(text: str, start: int, end: int, before: int, after: int) -> bool:
    """Whether an unknown capitalised word beside [start, end) makes a longer name of it.

    `before` is where the name found before ends, `after` where the next one starts (-1 for none): a neighbour that is a
    known name itself is no part of this one.
    """
    return _goes_on_right(text, start, end, after) or _goes_on_left(text, start, end, before)


def _harmless(word: str) -> bool:
    words = _words()
    bare = word.removesuffix("'s").removesuffix("’s")
    return bare in words.titles or bare in words.plain or fold(bare) in LEGAL_FORMS


def _goes_on_right(text: str, start: int, end: int, after: int) -> bool:
    if text.startswith(_words().cjk_tails, end):
        return True
    match = _NEXT.match(text, end)
    if match is None or match.start(2) == after:
        return False
    joint, word = match.groups()
    if word[0].isdigit():
        return joint == "-" and word.isalnum() and len(word) <= 4
    if not word[0].isupper() or _harmless(word) or (joint == "-" and word[1:2] == ""):
        return False
    return word in _words().tails or not is_headline(text, start, end)


def _goes_on_left(text: str, start: int, end: int, before: int) -> bool:
    match = _BEFORE.search(text, max(0, start - _REACH), start)
    if match is None or match.end(1) == before:
        return False
    word, joint = match.groups()
    if _POSSESSIVE.search(word) or joint.startswith("."):
        return False
    if not word.rpartition("-")[2][:1].isupper() or _harmless(word):
        return False
    if " of " in joint and word in _words().heads:
        return True
    return not starts_sentence(text, match.start(1)) and not is_headline(text, start, end)
