"""The suites by name, and how each is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from api.evaluation import shared
from api.evaluation.answers_score import AnswerScorer
from api.evaluation.baselines import KeywordEngine, triples
from api.evaluation.claims_score import ClaimScorer
from api.evaluation.drive import Corpus, Progress, ask, claims_of, extract, load, read_corpus
from api.evaluation.gold import GoldClaim, GoldEntity, Question, read_claims, read_entities, read_questions
from api.evaluation.gold_graph import GoldNames, gold_documents
from api.evaluation.labels import Labels
from api.evaluation.results import OURS, AnswersResult, ClaimsResult, Result
from graph.contract import Json
from graph.errors import SourceError
from graph.model import DocumentClaims

SVO = "spaCy subject–verb–object"
KEYWORDS = "keywords, one hop"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a set of articles, its gold claims, entities and questions lie; `scorer` is a folder with its own score.py."""

    name: str
    texts: Path
    gold: Path
    entities: Path
    questions: Path
    scorer: Path | None = None


def sample_place() -> Place:
    """The corpus that is shipped."""
    gold = Path(str(files("api.evaluation"))) / "gold"
    texts = Path(str(files("ingest"))) / "samples"
    return Place("sample", texts, gold / "claims", gold / "entities.json", gold / "questions.jsonl")


def dev_place(folder: Path) -> Place:
    """The development articles of a shared folder; SourceError if it has none."""
    dev = folder / "dev"
    if not dev.is_dir():
        raise SourceError(f"no folder dev in {folder}; give the folder that holds it with --shared")
    return Place("dev", dev / "texts", dev / "gold", dev / "entities.json", dev / "questions.jsonl", dev)


class Bench:
    """One place with everything that its suites share, each made once when first needed."""

    def __init__(self, place: Place, *, now: datetime, progress: Progress) -> None:
        self._place = place
        self._now = now
        self._progress = progress

    @cached_property
    def corpus(self) -> Corpus:
        """The articles."""
        return read_corpus(self._place.texts, now=self._now)

    @cached_property
    def entities(self) -> list[GoldEntity]:
        """The gold entities."""
        return read_entities(self._place.entities)

    @cached_property
    def labels(self) -> Labels:
        """Their names."""
        return Labels(self.entities)

    @cached_property
    def gold(self) -> dict[str, list[GoldClaim]]:
        """The gold rows of every article; SourceError where an article has none."""
        return {stem: read_claims(self._place.gold / f"{stem}.jsonl") for stem in self.corpus.documents}

    @cached_property
    def questions(self) -> list[Question]:
        """The questions."""
        return read_questions(self._place.questions)

    @cached_property
    def extracted(self) -> dict[str, DocumentClaims]:
        """What the default pipeline takes from the articles."""
        return extract(self.corpus, self._progress)

    def claims(self) -> list[Result]:
        """Extraction against gold, ours and the baseline."""
        baseline = {stem: triples(document) for stem, document in self.corpus.documents.items()}
        return [self._claims(OURS, claims_of(self.extracted)), self._claims(SVO, baseline)]

    def _claims(self, system: str, claims: Mapping[str, list[Json]]) -> ClaimsResult:
        scorer, texts = ClaimScorer(self.labels), self.corpus.texts
        pages = {stem: scorer.page(stem, rows, claims[stem], texts[stem]) for stem, rows in self.gold.items()}
        name = f"{self._place.name}-claims"
        if self._place.scorer is None:
            return ClaimsResult(name, system, pages)
        official = shared.score_claims(self._place.scorer, claims)
        return ClaimsResult(name, system, pages, official, shared.claims_agree(official, pages))

    def answers(self) -> list[Result]:
        """Questions on the graph that extraction makes."""
        return self._answers(f"{self._place.name}-questions", self.extracted)

    def answers_on_gold(self) -> list[Result]:
        """Questions on the graph that the gold claims make."""
        batches = gold_documents(self.corpus.documents, self.gold, GoldNames(self.entities))
        return self._answers(f"{self._place.name}-questions-gold", batches)

    def _answers(self, name: str, batches: Mapping[str, DocumentClaims]) -> list[Result]:
        store = load(batches)
        keywords = KeywordEngine(store)
        systems = {
            OURS: ask(store, self.questions, self._progress),
            KEYWORDS: {question.id: keywords.ask(question.text) for question in self.questions},
        }
        scorer = AnswerScorer(self.labels, self.corpus.texts)
        out: list[Result] = []
        for system, answers in systems.items():
            result = AnswersResult(name, system, scorer.outcomes(self.questions, answers))
            if self._place.scorer is not None:
                official = shared.score_answers(self._place.scorer, answers)
                agrees = shared.answers_agree(official, result)
                result = AnswersResult(name, system, result.outcomes, official, agrees)
            out.append(result)
        return out


SUITES: Mapping[str, tuple[str, Callable[[Bench], list[Result]]]] = {
    "sample-claims": ("sample", Bench.claims),
    "sample-questions": ("sample", Bench.answers),
    "dev-claims": ("dev", Bench.claims),
    "dev-questions": ("dev", Bench.answers),
    "dev-questions-gold": ("dev", Bench.answers_on_gold),
}
