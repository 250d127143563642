"""Where the evaluation meets what it measures: reading, extraction, the store, questions. No other file here does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from api.evaluation.gold import Question
from graph import contract
from graph.contract import Json
from graph.errors import SourceError
from graph.model import Document, DocumentClaims

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store.protocol import Store
    from qa.answer import Answer

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of articles as documents, by the stem of their file."""

    documents: Mapping[str, Document]

    @property
    def texts(self) -> dict[str, str]:
        """The stored text of each article, by stem."""
        return {stem: document.text for stem, document in self.documents.items()}


def read_corpus(folder: Path, *, settings: Settings, now: datetime) -> Corpus:
    """Every .txt of a folder; SourceError if it has none or one cannot be read."""
    from ingest.sources import Source, read

    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise SourceError(f"no .txt articles in {folder}; a suite needs its texts, restore them or leave the suite out")
    return Corpus({p.stem: read(Source("file", p.resolve().as_posix()), settings=settings, now=now) for p in paths})


def items_corpus(texts: Mapping[str, str], *, published: date, settings: Settings) -> Corpus:
    """Short texts of one day as documents, by name."""
    from ingest.sources import document

    now = datetime.combine(published, time(12), UTC)
    made = {name: document(text, source=f"{name}.txt", settings=settings, now=now) for name, text in texts.items()}
    return Corpus({name: replace(each, published=published) for name, each in made.items()})


def extract(corpus: Corpus, progress: Progress) -> dict[str, DocumentClaims]:
    """What the default pipeline takes from each article."""
    from ingest.pipeline import Pipeline

    pipeline = Pipeline()
    out = {}
    for stem, document in corpus.documents.items():
        progress(f"reading {stem}")
        out[stem] = pipeline.extract(document)
    return out


def claims_of(batches: Mapping[str, DocumentClaims]) -> dict[str, list[Json]]:
    """The claims of each article in the shape of the contract."""
    return {stem: [contract.claim(claim) for claim in batch.claims] for stem, batch in batches.items()}


def load(batches: Mapping[str, DocumentClaims]) -> Store:
    """A store in memory that holds these documents and no others."""
    from graph.store.oxigraph import OxigraphStore

    store = OxigraphStore()
    for batch in batches.values():
        store.put(batch)
    return store


def ask(store: Store, questions: Sequence[Question], progress: Progress) -> dict[str, Json]:
    """The answer to each question by id; a follow-up is asked after the answer it follows."""
    from qa.engine import Engine

    engine = Engine(store)
    given: dict[str, Answer] = {}
    for number, question in enumerate(questions, 1):
        progress(f"question {number} of {len(questions)}")
        given[question.id] = engine.ask(question.text, after=given[question.after] if question.after else None)
    return {name: answer.to_json() for name, answer in given.items()}
