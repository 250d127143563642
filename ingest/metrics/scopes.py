"""What part of the subject a figure holds for: “data-center sales”, “AI revenue”, “margin on high-end GPUs”."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from ingest.arguments import slots
from ingest.metrics.links import Link
from ingest.metrics.owners import FLOWS
from ingest.metrics.terms import Term
from ingest.parsed import Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLAIN = words("no_scope")
_TIMES = frozenset(["year", "quarter", "period", "month", "half", "time", "week", "day", "total", "which", "that"])
_NO_NAMES = frozenset(["%", "which", "that", "it", "this", "them", "those", "these", "some", "all", "one", "others"])
_NEXT = 12  # characters behind a noun in which “a day” may stand
_EVERY = re.compile(r"(?:a|per|each|every) (?:day|week|month)\b")
_ANYBODY = frozenset(
    ["users", "people", "employees", "workers", "staff", "jobs", "posts", "positions", "roles", "members"]
)


_FIGURE = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥₩]\s?)?\d[\d.,]*\s?(?:bn|k|mln|bln|mn?|tn|trn|million|billion|trillion|%|per\s?cent)?$",
    re.IGNORECASE,
)
_OF_THE_WORLD = re.compile(
    r"\s+of\s+(?:the\s+)?(?:world['’]?s?|global|worldwide)\s+"
    r"(?P<what>[\w -]{3,40}?)(?=\s+(?:and|in|at|by|or|for)\b|[,.;]|$)"
)


def scope_of(sentence: Sentence, term: Term | None, taken: set[int]) -> str | None:
    """The scope from the term's own phrase; `taken` are tokens already used for subject or period."""
    if term is None:
        return None
    doc = sentence.doc
    root = doc[term.root]
    words: list[Token] = []
    for token in doc[max(0, term.first - 6) : term.first]:
        if token.i in taken or token.is_punct or token.head.i not in range(term.first - 6, term.last + 1):
            continue
        if (
            token.dep_ in ("compound", "amod", "nmod", "npadvmod", "conj", "cc", "punct")
            and token.lower_ not in _PLAIN
            and not token.like_num
            and root in (token.head, *token.ancestors)
        ):
            words.append(token)
    if words:
        first, last = words[0].i, words[-1].i
        if all(t.i not in taken for t in doc[first : last + 1]):
            return clean(str(doc[first : last + 1].text))
    return _after(sentence, root, taken)


def scope_of_subject(sentence: Sentence, found: Link, taken: set[int]) -> str | None:
    """“Cloud infrastructure will bring in $144bn”, “China contributed $2.8bn”: the subject that cannot
    own the figure.
    """
    if found.metric == "marketShare" and found.verb:
        return _world_of(sentence, found)
    if not found.verb or found.metric not in FLOWS:
        return None
    for token in slots(found.anchor).get("subj", []):
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken:
            continue
        mention = sentence.mention_at(token)
        if mention is not None and mention.entity is not None:
            return mention.entity.label
        return phrase(sentence, token, taken=taken)
    return None


def part_of(sentence: Sentence, noun: Token, taken: set[int]) -> str | None:
    """The part of a firm that a noun names: “trading arm” of “its trading arm”, “plant” of “Acme's new plant”."""
    named = noun.lemma_.lower() in words("parts") | words("fleets") or noun.lower_ in (
        "plant",
        "line",
        "app",
        "chatbot",
    )
    mention = sentence.mention_at(noun)
    if not named or noun.i in taken or (mention is not None and mention.named):
        return None
    return phrase(sentence, noun, taken=taken)


def people_counted(noun: str | None, after: str) -> str | None:
    """Which people are counted: “registered” users, “programmers”, people “a day”; `after` begins with the noun."""
    if noun is None:
        return None
    *told, last = noun.split()
    time = _EVERY.search(after[: len(noun) + _NEXT].lstrip()) if after.lstrip().startswith(noun) else None
    if time is not None:
        return time.group()
    if last.lower() not in _ANYBODY:
        return clean(noun)
    return clean(" ".join(told)) if told else None


def _world_of(sentence: Sentence, found: Link) -> str | None:
    """“99% of the world's refined gallium” → “refined gallium”; “57% of the HBM market” → “HBM market”."""
    hit = _OF_THE_WORLD.search(sentence.text[found.anchor.idx :])
    if hit:
        return clean(hit["what"])
    for token in found.anchor.subtree:
        if token.dep_ == "dobj" and token.lemma_ == "market":
            return _market(sentence, token)
        if token.lower_ == "of" and token.head.text == "%":
            return next((_market(sentence, c) for c in token.children if c.dep_ == "pobj"), None)
    return None


def _market(sentence: Sentence, noun: Token) -> str | None:
    """A market's phrase with what it is for: “HBM market”, “market for AI accelerators”."""
    purposes = [c for p in noun.children if p.lower_ in ("for", "of") for c in p.children if c.dep_ == "pobj"]
    last = max((c.i for c in purposes), default=noun.i)
    return clean(str(sentence.doc[noun.left_edge.i : last + 1].text))


def _after(sentence: Sentence, root: Token, taken: set[int]) -> str | None:
    """“revenue from AI chips”, “spending on data centres”, “sales in China”."""
    for prep in root.children:
        if prep.dep_ == "prep" and prep.lower_ in ("from", "on", "in", "for", "of", "to") and prep.i > root.i:
            for thing in prep.children:
                if (
                    thing.dep_ == "pobj"
                    and thing.i not in taken
                    and not sentence.amount_at(thing)
                    and not thing.like_num
                    and thing.lemma_.lower() not in _TIMES
                ):
                    span = sentence.doc[thing.left_edge.i : thing.i + 1]
                    if not any(t.i in taken for t in span):
                        return clean(str(span.text))
    return None


def phrase(sentence: Sentence, noun: Token, *, counted: bool = False, taken: Collection[int] = ()) -> str | None:
    """A noun with what it is called by, all parts of a hyphenated word included: “high-end graphics”, “3-inch panels”;
    its number only if `counted`.
    """
    kinds = ("compound", "amod", "nmod", "punct", *(("nummod",) if counted else ()))
    words = [t for t in noun.lefts if t.dep_ in kinds and t.i not in taken]
    first = words[0] if words else noun
    start = first.left_edge.i
    if any(
        t.i in taken or not (t.is_punct or t.pos_ in ("NOUN", "PROPN", "ADJ", "ADV", "NUM", "VERB"))
        for t in sentence.doc[start : first.i]
    ):
        start = first.i
    return clean(str(sentence.doc[start : noun.i + 1].text))


def clean(text: str) -> str | None:
    """A scope without articles and stray marks, at most 60 characters; None if nothing is left."""
    words = text.strip(" ,;:-–—\"'“”‘’()").split()
    while words and words[0].lower() in ("the", "a", "an", "its", "their", "this", "and", "his"):
        words.pop(0)
    while words and words[-1].lower() in ("of", "and", "the", "in", "for"):
        words.pop()
    what = " ".join(words)
    return None if what.lower() in _NO_NAMES or _FIGURE.match(what) else what[:60] or None
