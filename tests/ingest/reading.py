"""Short ways for the tests to read a text with the default pipeline and to write down what came out."""

from datetime import date
from decimal import Decimal
from functools import cache

from graph.model import Claim, Document, EntityRef, Quantity
from ingest.pipeline import Pipeline

PUBLISHED = date(2025, 12, 1)


@cache
def pipeline() -> Pipeline:
    """One pipeline for all tests: the language model takes a second to load."""
    return Pipeline()


def document(text: str, published: date | None = PUBLISHED) -> Document:
    """A text as a document; its id is the same for every text."""
    return Document("d:0123456789abcdef", text, "", "article.txt", "0" * 64, published)


def extract(text: str, published: date | None = PUBLISHED) -> tuple[Claim, ...]:
    """The claims that the pipeline takes from a text."""
    return pipeline().extract(document(text, published)).claims


def edges(text: str) -> set[tuple[str, str, str]]:
    """The relations of a text: subject, predicate, object."""
    return {(c.subject.label, c.predicate, c.object.label) for c in extract(text) if isinstance(c.object, EntityRef)}


def figures(text: str) -> list[tuple[str, str, float | None, float | None, str]]:
    """The figures of a text in their order: subject, metric, low, high, unit."""
    return [
        (c.subject.label, c.predicate, _number(c.object.low), _number(c.object.high), c.object.unit)
        for c in extract(text)
        if isinstance(c.object, Quantity)
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def meant(text: str) -> list[tuple[str, str]]:
    """Each pronoun and description of a text that stands for somebody, with whom; several are joined by “+”."""
    out = []
    for sentence in pipeline().read(document(text)):
        for mention in sorted(sentence.mentions, key=lambda m: m.first):
            if mention.how in ("pronoun", "description"):
                who = [mention.entity] if mention.entity else [part.entity for part in mention.parts]
                out.append((mention.text, "+".join(e.label for e in who if e)))
    return out
