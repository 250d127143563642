"""What part of the subject a figure holds for: “data-center sales”, “AI revenue”, “margin on high-end GPUs”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.metrics.terms import Term
from ingest.parsed import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLAIN = {
    "net",
    "total",
    "gross",
    "record",
    "quarterly",
    "annual",
    "full",
    "overall",
    "its",
    "their",
    "the",
    "a",
    "an",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "latest",
    "own",
    "new",
    "quarter",
    "year",
    "half",
    "fiscal",
    "consolidated",
    "group",
    "company",
    "high",
    "low",
    "higher",
    "lower",
    "strong",
    "combined",
    "whole",
    "current",
    "operating",
    "profit",
    "further",
    "big",
    "large",
    "single",
    "other",
    "same",
    "reported",
    "firm",
    "previous",
    "next",
    "adjusted",
    "non",
    "gaap",
    "unaudited",
    "month",
    "monthly",
    "yearly",
    "entire",
    "additional",
    "initial",
    "this",
    "considerable",
    "staggering",
    "huge",
    "massive",
    "estimated",
    "expected",
    "projected",
    "planned",
    "capital",
    "such",
    "any",
    "more",
    "-",
    "average",
    "earlier",
    "original",
    "multi",
    "billion",
    "million",
    "trillion",
}


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
            return _clean(str(doc[first : last + 1].text))
    return _after(sentence, root, taken)


def _after(sentence: Sentence, root: Token, taken: set[int]) -> str | None:
    """“revenue from AI chips”, “spending on data centres”, “sales in China”."""
    for prep in root.children:
        if prep.dep_ == "prep" and prep.lower_ in ("from", "on", "in", "for", "of") and prep.i > root.i:
            for thing in prep.children:
                if (
                    thing.dep_ == "pobj"
                    and thing.i not in taken
                    and not sentence.amount_at(thing)
                    and not thing.like_num
                ):
                    span = sentence.doc[thing.left_edge.i : thing.i + 1]
                    if not any(t.i in taken for t in span):
                        return _clean(str(span.text))
    return None


def _clean(text: str) -> str | None:
    words = text.strip(" ,;:-–—\"'“”‘’()").split()
    while words and words[0].lower() in ("the", "a", "an", "its", "their", "this", "and", "his"):
        words.pop(0)
    return " ".join(words)[:60] or None
