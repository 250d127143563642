"""Events that a metric tells without a number: “achieving its first-ever annual profit”, “its maiden loss”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef, Period, TextValue
from ingest.metrics.links import Link
from ingest.metrics.owners import FLOWS, owner_of
from ingest.metrics.terms import Term, terms
from ingest.metrics.topic import Topic
from ingest.parsed import Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class First:
    """A firm's first figure of a kind, in the words of the text."""

    subject: EntityRef
    metric: str
    text: TextValue
    period: Period | None
    trigger: Token


def firsts(sentence: Sentence, catalogue: Catalogue, topic: Topic) -> list[First]:
    """The events of a sentence; call it before `measure`, which moves the topic on."""
    out: list[First] = []
    for term in terms(sentence):
        root = sentence.doc[term.root]
        if term.metric not in FLOWS or any(abs(a.first - term.last) < 4 for a in sentence.amounts):
            continue
        phrase = [t for t in sentence.doc[root.left_edge.i : root.i + 1] if t.dep_ not in ("poss", "det", "case")]
        if not any(t.lower_ in words("first") for t in phrase) or root.dep_ not in (
            "dobj",
            "attr",
            "pobj",
            "nsubjpass",
        ):
            continue
        found = _owned(sentence, term, catalogue, topic)
        if found is not None:
            period = topic.period or (topic.aside[1] if topic.aside and topic.aside[0] == sentence.paragraph else None)
            text = str(sentence.doc[phrase[0].i : root.i + 1].text)
            out.append(First(found, term.metric, TextValue(text), period, root.head))
    return out


def _owned(sentence: Sentence, term: Term, catalogue: Catalogue, topic: Topic) -> EntityRef | None:
    root = sentence.doc[term.root]
    owner = owner_of(sentence, root, Link(term.metric, root, term), catalogue, topic, None)
    return owner.entity if owner is not None else None
