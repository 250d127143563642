"""Where a sentence names a metric: the vocabulary's terms, longest first, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import Metric, vocabulary
from ingest.metrics.figures import figure_words
from ingest.parsed import Sentence, stretch
from ingest.wordlists import words

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


_Reading = tuple[str, bool, bool]


@cache
def _expression() -> tuple[re.Pattern[str], dict[str, _Reading], list[tuple[re.Pattern[str], _Reading]]]:
    """One expression over all fixed terms, longest first, with what each stands for; and those with a gap (“*”)."""
    rows: list[tuple[str, str, bool, bool]] = []
    for metric in vocabulary().metrics.values():
        rows += [(t, metric.name, False, t in _SHARED_HEADS) for t in metric.terms]
        rows += [(t, metric.name, True, False) for t in metric.losses]
        rows += [(t, metric.name, False, True) for t in metric.bare]
        rows += [(t, metric.name, False, False) for t in metric.zh if len(t) > 1]
    more = figure_words()
    for found, loss in ((more.terms, False), (more.losses, True)):
        rows += [(t, name, loss, t in more.weak) for name, names in found.items() for t in names]
    rows.sort(key=lambda row: -len(row[0]))
    fixed = [row for row in rows if "*" not in row[0]]
    readings: dict[str, _Reading] = {}
    for text, name, negative, weak in fixed:
        readings.setdefault(_key(text), (name, negative, weak))
    ascii_ = "|".join(_pattern(text) for text, *_ in fixed if text.isascii())
    other = "|".join(re.escape(text) for text, *_ in fixed if not text.isascii())
    expression = re.compile(rf"(?<![\w-])(?:{ascii_})(?!\w|-\w)|{other}", re.IGNORECASE)
    gapped = [
        (re.compile(rf"(?<![\w-])(?:{_pattern(text)})(?!\w|-\w)", re.IGNORECASE), (name, negative, weak))
        for text, name, negative, weak in rows
        if "*" in text
    ]
    return expression, readings, gapped


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _hits(text: str) -> list[tuple[int, int, _Reading]]:
    """Every term in a text as (start, end, reading), a longer one before those inside it."""
    expression, readings, gapped = _expression()
    found = [(hit.start(), hit.end(), reading) for pattern, reading in gapped for hit in pattern.finditer(text)]
    for hit in expression.finditer(text):
        if not any(start <= hit.start() < end for start, end, _ in found):
            found.append((hit.start(), hit.end(), readings[_key(hit.group())]))
    return sorted(found, key=lambda row: row[:2])


def terms(sentence: Sentence) -> list[Term]:
    """Metric terms in text order, not overlapping; verbs that look like one (“orders”, “staff”) are left out."""
    out: list[Term] = []
    for start, end, (name, negative, weak) in _hits(sentence.text):
        where = stretch(sentence.doc, start, end)
        if where is None:
            continue
        first, last, root = where
        head = sentence.doc[root]
        if head.pos_ in ("VERB", "AUX") and head.tag_ != "VBG" and head.lower_ in words("verbs_too"):
            continue
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
    return {**figure_words().verbs, **out}
