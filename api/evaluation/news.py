"""Single news items by two writers who did not know the rules: what extraction gets from a sentence or two with names
that nobody listed. Of the first writer's items the rules' makers read the misses; the second writer's are never read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from importlib.resources import files
from operator import add
from pathlib import Path

from api.evaluation.baselines import triples
from api.evaluation.bench import SVO, Bench
from api.evaluation.claims_score import ClaimScorer, PageScore
from api.evaluation.drive import claims_of, extract, items_corpus
from api.evaluation.gold import NewsItem, read_entities, read_items
from api.evaluation.labels import Labels
from api.evaluation.results import OURS, ClaimsResult, Result
from graph.contract import Json

PUBLISHED = date(2025, 11, 17)
"""The day of publication that the writers had in mind."""

_PARTS = {"first writer": "news_items", "second writer, held out": "news_items_held_out"}


def measure(bench: Bench) -> list[Result]:
    """Ours and the baseline on the items of each writer, in total."""
    folder = Path(str(files("api.evaluation"))) / "gold"
    return [result for part, name in _PARTS.items() for result in _measured(bench, part, folder / name)]


def _measured(bench: Bench, part: str, path: Path) -> list[Result]:
    items = read_items(path.with_suffix(".jsonl"))
    scorer = ClaimScorer(Labels(read_entities(path.with_name(f"{path.name}_entities.json"))))
    corpus = items_corpus({item.id: item.text for item in items}, published=PUBLISHED, settings=bench.settings)
    ours = claims_of(extract(corpus, bench.tell))
    baseline = {name: triples(document) for name, document in corpus.documents.items()}

    def scored(system: str, claims: dict[str, list[Json]]) -> ClaimsResult:
        total = reduce(add, (_score(scorer, item, claims[item.id]) for item in items), PageScore())
        return ClaimsResult(f"news-items, {part}", system, {f"{len(items)} items": total}, totals_only=True)

    return [scored(OURS, ours), scored(SVO, baseline)]


def _score(scorer: ClaimScorer, item: NewsItem, claims: list[Json]) -> PageScore:
    page = scorer.page(item.id, item.claims, claims, item.text)
    return replace(page, missed=(), wrong=(), near=())
