"""CORE measured: the pipeline's relation rules with the marked pair given as mentions, against keywords and triples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.evaluation.baselines import triples
from api.evaluation.labels import inside, plain
from api.evaluation.public.base import Figure, Progress, PublicResult, prf_figures
from api.evaluation.public.core_rows import NONE, Label, Row, read_core
from api.evaluation.tally import Tally
from graph.contract import Json
from graph.model import Document
from graph.vocabulary import read_yaml

if TYPE_CHECKING:
    from ingest.pipeline import Pipeline
    from ingest.relations.found import Found
    from ingest.relations.frames import Frames

SUITE = "core"
OURS, KEYWORDS, SVO = "tollgraph", "nearest keyword", "spaCy subject–verb–object"
WITH_FRAMES = "tollgraph, frames for listing and merger added"
_SHOWN = 500
_TYPES = ("Company", "Product", "Organization")  # what a marked name may be: the set does not say
_FIRST, _SECOND = "given:first", "given:second"


@dataclass(frozen=True, slots=True)
class Classes:
    """The table core_classes.yaml: how a claim or a keyword becomes a class."""

    symmetric: frozenset[str]
    claims: tuple[Json, ...]
    keywords: tuple[tuple[re.Pattern[str], Label], ...]

    def undirected(self, label: Label) -> Label:
        """A label without its direction where its class has none."""
        return (label[0], False) if label[0] in self.symmetric | {NONE} else label

    def rank(self, predicate: str, frame: str, trigger: str, object_type: str) -> int | None:
        """Which row of the table a claim fits first; None if none."""
        for number, row in enumerate(self.claims):
            narrowed: list[tuple[Any, str]] = [
                (row.get("frames"), frame),
                (row.get("triggers"), trigger),
                (row.get("object"), object_type),
            ]
            if row["predicate"] == predicate and all(not wanted or have in wanted for wanted, have in narrowed):
                return number
        return None

    def label(self, rank: int, *, from_first: bool) -> Label:
        """The label of a row of the table; `from_first`: the claim's subject is the first of the pair."""
        row = self.claims[rank]
        return self.undirected((row["class"], from_first == bool(row.get("turned"))))


@cache
def classes() -> Classes:
    """The table, read once."""
    raw = read_yaml("api.evaluation.public", "core_classes.yaml")
    words = sorted(raw["keywords"].items(), key=lambda item: -len(item[0]))
    keywords = tuple((re.compile(rf"\b{w}\b", re.I), (k["class"], bool(k.get("turned")))) for w, k in words)
    return Classes(frozenset(raw["symmetric"]), tuple(raw["claims"]), keywords)


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """The three systems on the rows held out; errors are listed of other rows, so that those stay unread."""
    from ingest.pipeline import Pipeline

    held, work = read_core(folder)
    pipeline = Pipeline()
    progress(f"reading {len(held)} rows of CORE")
    results = [
        PublicResult(SUITE, name, figures(held, [say(row) for row in held])) for name, say in systems(pipeline).items()
    ]
    shown = work[:_SHOWN]
    lines = tuple(misses(shown, [ours(pipeline, row) for row in shown]))
    return [PublicResult(SUITE, OURS, results[0].figures, lines), *results[1:]]


def systems(pipeline: Pipeline) -> Mapping[str, Callable[[Row], Label]]:
    """What reads a row, by name."""
    from ingest.relations.frames import frames_beside

    known = frames_beside("api.evaluation.public", "frames.yaml")
    return {
        OURS: lambda row: ours(pipeline, row),
        WITH_FRAMES: lambda row: ours(pipeline, row, known),
        KEYWORDS: nearest_keyword,
        SVO: svo,
    }


def _document(row: Row) -> Document:
    return Document("d:" + row.id, row.text, "", row.id, "")


def ours(pipeline: Pipeline, row: Row, known: Frames | None = None) -> Label:
    """What the relation rules say of the pair; the highest row of the table where they say several things.

    `known` are the frames to go by, if others than the default ones.
    """
    from ingest.given import Given
    from ingest.hedges import hedged

    pair = [Given(*row.first, _FIRST, row.text[slice(*row.first)], _TYPES)]
    pair.append(Given(*row.second, _SECOND, row.text[slice(*row.second)], _TYPES))
    related = pipeline.relations(pipeline.read(_document(row), pair), known)
    said = (f for _, f in related if f.presupposed or hedged(f.trigger).polarity)
    ranked = [(rank, f.subject.id == _FIRST) for f in said if (rank := _rank(f)) is not None]
    if not ranked:
        return (NONE, False)
    best = min(ranked, key=lambda pair: pair[0])
    return classes().label(best[0], from_first=best[1])


def _rank(found: Found) -> int | None:
    if {found.subject.id, found.object.id} != {_FIRST, _SECOND}:
        return None
    return classes().rank(found.predicate, found.frame, found.trigger.lemma_.lower(), found.object.type)


def nearest_keyword(row: Row) -> Label:
    """The keyword nearest to both names, read in the order in which the names stand."""
    best: tuple[int, Label] | None = None
    early, late = sorted((row.first, row.second))
    for pattern, (name, turned) in classes().keywords:
        for hit in pattern.finditer(row.text):
            away = abs(hit.start() - early[1]) + abs(late[0] - hit.end())
            if best is None or away < best[0]:
                best = (away, (name, turned != (row.first > row.second)))
    return classes().undirected(best[1]) if best else (NONE, False)


def svo(row: Row) -> Label:
    """What subject–verb–object triples with names at both ends say of the pair."""
    names = [plain(row.text[slice(*span)]) for span in (row.first, row.second)]
    for claim in triples(_document(row)):
        said = [plain(claim["subject"]["label"]), plain(claim["object"].get("label"))]
        for order, from_first in ((names, True), (names[::-1], False)):
            if all(one == other or inside(one, other) for one, other in zip(order, said, strict=True)):
                rank = classes().rank(claim["predicate"], "", "", claim["object"]["type"])
                if rank is not None:
                    return classes().label(rank, from_first=from_first)
    return (NONE, False)


def figures(rows: Sequence[Row], said: Sequence[Label]) -> tuple[Figure, ...]:
    """Micro-averaged over the classes but `undefined`, with direction; then by class."""
    total = _tally(rows, said, None)
    by_class = Counter(row.label[0] for row in rows)
    names = sorted((name for name in by_class if name != NONE), key=lambda name: -by_class[name])
    each = (Figure(f"{name} F1", (tally := _tally(rows, said, name)).f1, tally.gold) for name in names)
    return (*prf_figures("directed", total), *each)


def _tally(rows: Sequence[Row], said: Sequence[Label], name: str | None) -> Tally:
    gold = [classes().undirected(row.label) for row in rows]
    pairs = list(zip(gold, said, strict=True))
    wanted = [g for g in gold if g[0] != NONE and name in (None, g[0])]
    given = [s for s in said if s[0] != NONE and name in (None, s[0])]
    right = sum(g == s and g[0] != NONE and name in (None, g[0]) for g, s in pairs)
    return Tally(len(wanted), right, len(given), right)


def misses(rows: Sequence[Row], said: Sequence[Label]) -> Iterator[str]:
    """A line for each row that was labelled otherwise: id, gold label, label said."""
    for row, label in zip(rows, said, strict=True):
        gold = classes().undirected(row.label)
        if gold != label:
            yield f"{row.id}: {_words(gold)}, said {_words(label)}"


def _words(label: Label) -> str:
    return label[0] + (" (second → first)" if label[1] else "")
