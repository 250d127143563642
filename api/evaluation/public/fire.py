"""FIRE (business text): amounts, dates, and which metric an amount measures, by how much it changes, and when.

The set's metrics are any phrase of finance, far beyond the vocabulary; they are given, and the rules choose among them.
Amounts and dates are our own. Companies, actions and the other relations of the set are no part of this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.evaluation.public.base import Progress, PublicResult, prf_figures, rows
from api.evaluation.public.tokens import Words, join
from api.evaluation.tally import Tally
from graph.contract import Json
from graph.errors import SettingsError

if TYPE_CHECKING:
    from ingest.metrics.terms import Term
    from ingest.parsed import Sentence
    from ingest.pipeline import Pipeline

SUITE = "fire"
OURS, NEAREST = "tollgraph", "nearest metric, nearest date"
_SHOWN = 250
_UP, _DOWN = "ValueChangeIncreaseby", "ValueChangeDecreaseby"
_RELATIONS = ("Value", "Valuein", _UP, _DOWN)
_METRIC, _AMOUNTS, _DATE = "FinancialEntity", ("Money", "Quantity"), "Date"

_RISE = re.compile(r"\b(?:increas|r[io]se|grew|grow|gain|higher|up\b)", re.IGNORECASE)
_FALL = re.compile(r"\b(?:decreas|declin|f[ae]ll|drop|reduc|lower|down\b)", re.IGNORECASE)
_NEAR = 20  # characters before and behind

Span = tuple[int, int]
Relation = tuple[str, Span, Span]


@dataclass(frozen=True, slots=True)
class Row:
    """One text of the set: its spans by type, and the relations metric to amount and amount to date."""

    id: str
    text: str
    spans: Mapping[str, tuple[Span, ...]]
    relations: frozenset[Relation]


@dataclass(frozen=True, slots=True)
class Said:
    """What a system found in a row."""

    money: frozenset[Span]
    dates: frozenset[Span]
    relations: frozenset[Relation]


def read_rows(folder: Path) -> list[Row]:
    """The rows of the development file; SettingsError where one lacks a field."""
    out: list[Row] = []
    for number, raw in enumerate(rows(folder / "fire_dev.jsonl"), 1):
        try:
            out.append(_row(f"fire:{number}", raw))
        except KeyError as error:
            raise SettingsError(f"fire_dev.jsonl:{number}: row without {error}; correct the file") from error
    return out


def _row(name: str, raw: Json) -> Row:
    words: Words = join(raw["tokens"])
    places = [words.span(e["start"], e["end"] - 1) for e in raw["entities"]]
    kinds = [e["type"] for e in raw["entities"]]
    spans = {kind: tuple(p for p, k in zip(places, kinds, strict=True) if k == kind) for kind in set(kinds)}
    relations = {
        (r["type"], places[r["head"]], places[r["tail"]])
        for r in raw["relations"]
        if r["type"] == "Valuein" or (r["type"] in _RELATIONS and kinds[r["head"]] == _METRIC)
    }
    return Row(name, words.text, spans, frozenset(relations))


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """Ours and the baseline on the development file."""
    from ingest.pipeline import Pipeline

    found = read_rows(folder)
    progress(f"reading {len(found)} rows of FIRE")
    pipeline = Pipeline()
    ours = [said(pipeline, row) for row in found]
    lines = tuple(line for row, mine in zip(found, ours, strict=True) for line in _lines(row, mine))
    return [
        _result(OURS, found, ours, lines[:_SHOWN]),
        _result(NEAREST, found, [nearest(row, mine) for row, mine in zip(found, ours, strict=True)], ()),
    ]


def _result(system: str, found: Sequence[Row], every: Sequence[Said], lines: tuple[str, ...]) -> PublicResult:
    pairs = list(zip(found, every, strict=True))
    tallies = {
        "Money span": sum((_tally(set(r.spans.get("Money", ())), s.money) for r, s in pairs), Tally()),
        "Date span": sum((_tally(set(r.spans.get(_DATE, ())), s.dates) for r, s in pairs), Tally()),
        "Value": _relations(pairs, ("Value",)),
        "Valuein": _relations(pairs, ("Valuein",)),
        "ValueChange": _relations(pairs, (_UP, _DOWN)),
        "money–metric–date": _relations(pairs, _RELATIONS),
    }
    figures = [f for name, tally in tallies.items() for f in prf_figures(name, tally)]
    return PublicResult(SUITE, system, tuple(figures), lines)


def _relations(pairs: Sequence[tuple[Row, Said]], kinds: tuple[str, ...]) -> Tally:
    out = Tally()
    for row, mine in pairs:
        gold, ours = ({r for r in one.relations if r[0] in kinds} for one in (row, mine))
        out += _tally(gold, ours)
    return out


def _tally(gold: set[Span] | set[Relation], said: frozenset[Span] | set[Relation]) -> Tally:
    right = len(gold & said)
    return Tally(len(gold), right, len(said), right)


def _lines(row: Row, mine: Said) -> Iterator[str]:
    wanted = Counter(name for name, *_ in row.relations - mine.relations)
    wrong = Counter(name for name, *_ in mine.relations - row.relations)
    if wanted or wrong:
        missed = ", ".join(f"{n} {name}" for name, n in sorted(wanted.items())) or "none"
        extra = ", ".join(f"{n} {name}" for name, n in sorted(wrong.items())) or "none"
        yield f"{row.id}: missed {missed}; wrong {extra}"


def said(pipeline: Pipeline, row: Row) -> Said:
    """Our amounts and dates, and the relations between them and the metrics that the set gives."""
    from graph.model import Document

    read = pipeline.read(Document("d:row", row.text, "", row.id, ""))
    money = {_at(s, a.span.start, a.span.end) for s in read for a in s.amounts if a.span.kind == "money"}
    dates = {_at(s, w.span.start, w.span.end) for s in read for w in s.periods}
    relations = {relation for sentence in read for relation in _of_sentence(sentence, row)}
    return Said(frozenset(money), frozenset(dates), frozenset(relations))


def _at(sentence: Sentence, start: int, end: int) -> Span:
    return sentence.start + start, sentence.start + end


def _snap(span: Span, row: Row, *kinds: str) -> Span:
    """The set's span that ours overlaps, so that a relation is not wrong for “about”; ours where there is none."""
    known = [s for kind in kinds for s in row.spans.get(kind, ())]
    return next((s for s in known if s[0] < span[1] and span[0] < s[1]), span)


def _of_sentence(sentence: Sentence, row: Row) -> Iterator[Relation]:
    from ingest.metrics.basis import read_basis
    from ingest.metrics.linked import linked
    from ingest.metrics.times import own_period

    given = {t.first: (t, place) for t, place in _given(sentence, row)}
    terms = [t for t, _ in given.values()]
    for amount in sorted(sentence.amounts, key=lambda a: a.first):
        here = _snap(_at(sentence, amount.span.start, amount.span.end), row, *_AMOUNTS)
        reading = read_basis(sentence, amount)
        found = linked(sentence, amount, terms, reading, None)
        if found is not None and found.term is not None:
            kind = "Value" if reading.basis == "level" else _UP if reading.sign > 0 else _DOWN
            yield kind, given[found.term.first][1], here
        when = own_period(sentence, amount)
        if when is not None:
            yield "Valuein", here, _snap(_at(sentence, when.span.start, when.span.end), row, _DATE)


def _given(sentence: Sentence, row: Row) -> Iterator[tuple[Term, Span]]:
    """The set's metrics as terms of the sentence; as revenue, which takes money."""
    from ingest.metrics.terms import Term
    from ingest.parsed import stretch

    for start, end in row.spans.get(_METRIC, ()):
        if sentence.start <= start < sentence.end:
            where = stretch(sentence.doc, start - sentence.start, end - sentence.start)
            if where is not None:
                yield Term("revenue", *where), (start, end)


def nearest(row: Row, mine: Said) -> Said:
    """On our amounts and dates: the metric and the date that stand nearest; a change where a word of one is near."""
    relations: set[Relation] = set()
    for span in mine.money:
        amount = _snap(span, row, *_AMOUNTS)
        metric = min(row.spans.get(_METRIC, ()), key=lambda m: _gap(m, amount), default=None)
        when = min(mine.dates, key=lambda d: _gap(d, amount), default=None)
        if metric is not None:
            start, end = min(metric[0], amount[0]) - _NEAR, max(metric[1], amount[1]) + _NEAR
            relations.add((_moved(row.text[max(0, start) : end]), metric, amount))
        if when is not None:
            relations.add(("Valuein", amount, _snap(when, row, _DATE)))
    return Said(mine.money, mine.dates, frozenset(relations))


def _moved(near: str) -> str:
    """Which relation a word of movement in a stretch makes."""
    return _UP if _RISE.search(near) else _DOWN if _FALL.search(near) else "Value"


def _gap(one: Span, other: Span) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])
