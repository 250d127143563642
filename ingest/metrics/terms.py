"""Where a sentence names a metric: the vocabulary's terms, longest first, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import Metric, vocabulary
from ingest.parsed import Sentence, stretch

_SHARED_HEADS = {"people", "jobs", "cost", "price", "fee", "speed", "output", "cash"}


@dataclass(frozen=True, slots=True)
class Term:
    """A metric named at the tokens `first` to `last`; `negative` for a loss; `weak` for a word with
    other meanings too.
    """

    metric: str
    first: int
    last: int
    root: int
    negative: bool = False
    weak: bool = False


def _pattern(phrase: str) -> str:
    return r"\s+".join(r"[\w'’.-]+(?:\s+[\w'’.-]+)?" if part == "*" else re.escape(part) for part in phrase.split())


@cache
def _expression() -> tuple[re.Pattern[str], dict[str, tuple[str, bool, bool]]]:
    """One expression over all terms, longest first, and what each named group stands for."""
    rows: list[tuple[str, str, bool, bool]] = []
    for metric in vocabulary().metrics.values():
        rows += [(t, metric.name, False, t in _SHARED_HEADS) for t in metric.terms]
        rows += [(t, metric.name, True, False) for t in metric.losses]
        rows += [(t, metric.name, False, True) for t in metric.bare]
        rows += [(t, metric.name, False, False) for t in metric.zh if len(t) > 1]
    rows.sort(key=lambda row: -len(row[0]))
    groups = {f"t{i}": (name, negative, weak) for i, (_, name, negative, weak) in enumerate(rows)}
    parts = [
        f"(?P<t{i}>{_pattern(text)})" if not text.isascii() else f"(?P<t{i}>(?<![\\w-]){_pattern(text)}(?!\\w|-\\w))"
        for i, (text, _, _, _) in enumerate(rows)
    ]
    return re.compile("|".join(parts), re.IGNORECASE), groups


def terms(sentence: Sentence) -> list[Term]:
    """Metric terms in text order, not overlapping; verbs that look like one (“orders”, “staff”) are left out."""
    expression, groups = _expression()
    out: list[Term] = []
    for hit in expression.finditer(sentence.text):
        where = stretch(sentence.doc, hit.start(), hit.end())
        if where is None or hit.lastgroup is None:
            continue
        first, last, root = where
        head = sentence.doc[root]
        if head.pos_ in ("VERB", "AUX") and head.tag_ != "VBG" and first == last:
            continue
        name, negative, weak = groups[hit.lastgroup]
        if name == "orders" and head.dep_ in ("compound", "nmod") and head.head.i == last + 1:
            continue  # “contract electronics”
        out.append(Term(name, first, last, root, negative, weak))
    return out


def metric(name: str) -> Metric:
    """The vocabulary's entry of a metric."""
    return vocabulary().metrics[name]


@cache
def metric_verbs() -> dict[str, tuple[str, bool]]:
    """Verb (with particle) → metric that its object measures, and whether it is a loss."""
    out: dict[str, tuple[str, bool]] = {}
    for entry in vocabulary().metrics.values():
        for verb in entry.verbs:
            out.setdefault(verb, (entry.name, False))
        for verb in entry.loss_verbs:
            out.setdefault(verb, (entry.name, True))
    return out
