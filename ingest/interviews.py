"""Interviews in questions and answers: which paragraphs ask and which answer, who answers, and for which firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.parsed import Sentence
from ingest.relations.match import match

_FIRST = frozenset(["we", "us", "our", "ours", "i", "my", "me"])
_SECOND = frozenset(["you", "your", "yours"])
_SPOKEN = ("body", "heading", "quote", "bullet")
_QUESTIONS = 3  # paragraphs that end with a question mark, and answers that say “we” or “I”, at least
_LONGEST_QUESTION = 5  # sentences
_PROMPT = 12  # tokens of a prompt without a question mark: “Tell us about the chip.”
_MARKS = '“”"„'


@dataclass(frozen=True, slots=True)
class Interview:
    """Numbers of the paragraphs that ask and that answer; `firm` and `person`, who is asked, if the text says so."""

    questions: frozenset[int]
    answers: frozenset[int]
    firm: EntityRef | None = None
    person: EntityRef | None = None


def interview(sentences: Sequence[Sentence], catalogue: Catalogue) -> Interview | None:
    """The text as an interview; None if it is none. Who is asked stands before the first question, with a post."""
    paragraphs = [(n, list(group)) for n, group in groupby(sentences, key=lambda s: s.paragraph)]
    start = next((i for i, (_, read) in enumerate(paragraphs) if _asks(read)), None)
    if start is None:
        return None
    questions: set[int] = set()
    answers: set[int] = set()
    for number, read in paragraphs[start:]:
        if read[0].kind not in _SPOKEN:
            continue
        asking = _asks(read) or (number - 1 in answers and _prompts(read))
        (questions if asking else answers).add(number)
    spoken = sum(n in answers and n - 1 in questions and _says(read, _FIRST) for n, read in paragraphs)
    if min(sum(_asks(read) for _, read in paragraphs), spoken) < _QUESTIONS:
        return None
    head = [s for _, read in paragraphs[: start + 1] for s in read]
    led = next((f for s in head for f in match(s, catalogue) if _leads(f.predicate, f.object)), None)
    person, firm = (led.subject, led.object) if led is not None else (None, None)
    return Interview(frozenset(questions), frozenset(answers), firm, person)


def _leads(predicate: str, led: EntityRef) -> bool:
    return predicate == "leads" and led.type == "Company"


def _asks(paragraph: Sequence[Sentence]) -> bool:
    asked = paragraph[-1].text.rstrip().endswith("?") and paragraph[0].kind in _SPOKEN
    return asked and len(paragraph) <= _LONGEST_QUESTION and not _quoted(paragraph)


def _prompts(paragraph: Sequence[Sentence]) -> bool:
    """Whether a paragraph without a question mark turns to the other all the same: “You lost money.”"""
    if len(paragraph) > _LONGEST_QUESTION or _says(paragraph, _FIRST) or _quoted(paragraph):
        return False
    return _says(paragraph, _SECOND) or sum(len(s.doc) for s in paragraph) < _PROMPT


def _says(paragraph: Sequence[Sentence], words: frozenset[str]) -> bool:
    return any(t.lower_ in words for s in paragraph for t in s.doc)


def _quoted(paragraph: Sequence[Sentence]) -> bool:
    return any(c in s.text for s in paragraph for c in _MARKS)
