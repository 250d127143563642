"""The honest estimate of tomorrow: how names come out that the catalogue does not hold.

Each article is read twice, with the whole catalogue and without whatever it names (masked.py). What the whole catalogue
marks is taken for right; a new name is right where a masked one stood. Claims of the second reading are scored against
the same gold as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from api.evaluation.baselines import recognised
from api.evaluation.bench import Bench
from api.evaluation.claims_score import ClaimScorer, PageScore
from api.evaluation.drive import claims_of
from api.evaluation.masked import without_named
from api.evaluation.public.base import Figure, PublicResult, prf_figures
from api.evaluation.results import OURS
from api.evaluation.tally import Tally
from graph.catalogue import Catalogue, catalogue

if TYPE_CHECKING:
    from graph.model import Document
    from ingest.parsed import Mention, Sentence

SPACY = "spaCy's labels"
_ZERO = Tally()


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, with the types that are right for it, or the one that was said."""

    start: int
    end: int
    text: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """One article: spans alone, spans with types, the claims, and lines about what went wrong."""

    spans: Tally = _ZERO
    typed: Tally = _ZERO
    score: PageScore = PageScore()  # noqa: RUF009 - a frozen value
    lines: tuple[str, ...] = ()

    def __add__(self, other: Page) -> Page:
        return Page(
            self.spans + other.spans, self.typed + other.typed, self.score + other.score, self.lines + other.lines
        )


def measure(bench: Bench) -> list[PublicResult]:
    """Ours and the baseline on the articles of one place."""
    pages: list[tuple[Page, Page]] = []
    for stem in bench.corpus.documents:
        bench.tell(f"reading {stem} with its names masked")
        pages.append(_page(bench, stem))
    ours, theirs = (reduce(add, column, Page()) for column in zip(*pages, strict=True))
    suite = f"new-names, {bench.place.name}"
    claims = [
        Figure(f"{name} F1, masked", tally.f1, tally.gold)
        for name, tally in (
            ("entities", ours.score.entity),
            ("relations", ours.score.relation),
            ("metrics strict", ours.score.metric_strict),
        )
    ]
    return [
        PublicResult(suite, OURS, (*_figures(ours), *claims), ours.lines),
        PublicResult(suite, SPACY, _figures(theirs)),
    ]


def _figures(page: Page) -> tuple[Figure, ...]:
    return (*prf_figures("span", page.spans), *prf_figures("span and type", page.typed))


def _page(bench: Bench, stem: str) -> tuple[Page, Page]:
    from ingest.pipeline import Pipeline

    document, known = bench.corpus.documents[stem], catalogue()
    lacking = without_named(known, document.text)
    whole, pipeline = Pipeline().read(document), Pipeline(lacking)
    masked = pipeline.read(document)
    wanted = [_name(s, m, _types(m, known)) for s in whole for m in s.mentions if _counts(s, m, lacking)]
    stood = {(n.start, n.end) for n in wanted}
    others = [_name(s, m, frozenset()) for s in whole for m in s.mentions if m.named]
    others = [n for n in others if (n.start, n.end) not in stood]
    said = [_name(s, m, _said(m)) for s in masked for m in s.mentions if m.named]
    claims = claims_of({stem: pipeline.claims(document, masked)})[stem]
    score = ClaimScorer(bench.labels).page(stem, bench.rows[stem], claims, document.text)
    ours, theirs = _compare(wanted, said, others), _compare(wanted, _spacy(document), others)
    lines = tuple(_lines(stem, wanted, said))
    return Page(ours.spans, ours.typed, score, lines), theirs


def _counts(sentence: Sentence, mention: Mention, lacking: Catalogue) -> bool:
    """Whether a mention is of an entry that was taken out; no stock symbol, nor a name that ends in a common noun
    (“EPYC processors”): where that ends is a matter of taste.
    """
    from ingest.names.english import is_english
    from ingest.names.new import tickers

    gone = any(lacking.by_id(c.id) is None for c in mention.candidates)
    if not gone or mention.how != "catalogue" or mention.first in tickers(sentence):
        return False
    last = sentence.doc[mention.last].text
    return not (last.islower() and is_english(last))


def _types(mention: Mention, known: Catalogue) -> frozenset[str]:
    entries = [e for c in mention.candidates if (e := known.by_id(c.id)) is not None]
    return frozenset(t for e in entries for t in (e.type, *e.also))


def _name(sentence: Sentence, mention: Mention, types: frozenset[str]) -> Name:
    last = sentence.doc[mention.last]
    start, end = sentence.start + sentence.doc[mention.first].idx, sentence.start + last.idx + len(last)
    return Name(start, end, mention.text, types)


def _said(mention: Mention) -> frozenset[str]:
    return frozenset({mention.entity.type}) if mention.entity is not None else frozenset()


def _spacy(document: Document) -> list[Name]:
    text = document.text
    return [Name(start, end, text[start:end], frozenset({kind})) for start, end, kind in recognised(text)]


def _compare(wanted: Sequence[Name], said: Sequence[Name], others: Sequence[Name]) -> Page:
    """Tallies of spans, and of spans with types. What overlaps one of the `others`, known or new in the first reading,
    counts neither way.
    """
    at = {(n.start, n.end): n for n in said}
    right = [n for n in wanted if (n.start, n.end) in at]
    typed = [n for n in right if at[n.start, n.end].types & n.types]
    elsewhere = {(n.start, n.end) for n in others}
    places = {(n.start, n.end) for n in wanted}
    new = [n for n in said if (n.start, n.end) in places or not _overlap(n, elsewhere)]
    return Page(
        Tally(len(wanted), len(right), len(new), len(right)), Tally(len(wanted), len(typed), len(new), len(typed))
    )


def _overlap(name: Name, places: set[tuple[int, int]]) -> bool:
    return any(start < name.end and name.start < end for start, end in places)


def _lines(stem: str, wanted: Sequence[Name], said: Sequence[Name]) -> Iterator[str]:
    """One line a kind of slip: the name, what it is, what was read in its place."""
    seen: set[str] = set()
    for name in wanted:
        here = [n for n in said if n.start < name.end and name.start < n.end]
        if any((n.start, n.end) == (name.start, name.end) and n.types & name.types for n in here):
            continue
        read = ", ".join(f"{n.text} {'/'.join(sorted(n.types))}" for n in here) or "nothing"
        line = f"{stem}: {name.text}, {'/'.join(sorted(name.types))}: read {read}"
        if line not in seen:
            seen.add(line)
            yield line
