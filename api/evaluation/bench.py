"""One place with all that its suites share: articles, gold, extracted claims; and how each suite is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from api.evaluation import shared
from api.evaluation.answers_score import AnswerScorer
from api.evaluation.baselines import triples
from api.evaluation.baselines_questions import question_baselines
from api.evaluation.claims_score import ClaimScorer
from api.evaluation.drive import Corpus, Progress, ask, claims_of, extract, load, read_corpus
from api.evaluation.gold import GoldClaim, GoldEntity, Question, read_claims, read_entities, read_questions
from api.evaluation.gold_graph import GoldNames, gold_documents
from api.evaluation.labels import Labels, with_catalogue_names
from api.evaluation.places import HELD_OUT, Gold, Place
from api.evaluation.results import OURS, AnswersResult, ClaimsResult, Result, SpansResult
from api.evaluation.spans import check_store
from graph.contract import Json
from graph.errors import SettingsError
from graph.model import DocumentClaims
from graph.settings import Settings

SVO = "spaCy subject–verb–object"


@dataclass(frozen=True, slots=True)
class _Paper:
    """Questions that are asked as one suite; of a held-out one only totals are shown."""

    suite: str
    questions: Sequence[Question]
    held_out: bool = False


class Bench:
    """A place at work; everything is made once, when it is first needed."""

    def __init__(self, place: Place, *, settings: Settings, now: datetime, progress: Progress) -> None:
        self.place = place
        self._settings = settings
        self._now = now
        self._progress = progress

    @property
    def settings(self) -> Settings:
        """With which texts are read."""
        return self._settings

    @property
    def gold(self) -> Gold:
        """Where the gold is; SettingsError if the place has none."""
        if self.place.gold is None:
            raise SettingsError(f"the articles of “{self.place.name}” have no gold; only their spans can be checked")
        return self.place.gold

    @cached_property
    def corpus(self) -> Corpus:
        """The articles."""
        return read_corpus(self.place.texts, settings=self._settings, now=self._now)

    @cached_property
    def entities(self) -> list[GoldEntity]:
        """The gold entities."""
        return read_entities(self.gold.entities)

    @cached_property
    def labels(self) -> Labels:
        """Their names. Where no other scorer sets the rules, the catalogue's names for them count too."""
        return Labels(self.entities if self.gold.scorer else with_catalogue_names(self.entities))

    @cached_property
    def rows(self) -> dict[str, list[GoldClaim]]:
        """The gold claims of every article; SourceError where an article has none."""
        return {stem: read_claims(self.gold.claims / f"{stem}.jsonl") for stem in self.corpus.documents}

    @cached_property
    def questions(self) -> list[Question]:
        """The questions."""
        return read_questions(self.gold.questions)

    @cached_property
    def extracted(self) -> dict[str, DocumentClaims]:
        """What the default pipeline takes from the articles."""
        return extract(self.corpus, self._progress)

    @cached_property
    def from_gold(self) -> dict[str, DocumentClaims]:
        """The articles with their gold claims."""
        return gold_documents(self.corpus.documents, self.rows, GoldNames(self.entities))

    def tell(self, words: str) -> None:
        """Say what is being done."""
        self._progress(words)

    def spans(self) -> Result:
        """Every piece of evidence against the text, both as the store gives them back."""
        check = check_store(load(self.extracted))
        return SpansResult("spans", self.place.name, check.documents, check.claims, check.pieces, check.wrong)

    def claims(self) -> list[Result]:
        """Extraction against gold, ours and the baseline."""
        baseline = {stem: triples(document) for stem, document in self.corpus.documents.items()}
        return [self._claims(OURS, claims_of(self.extracted)), self._claims(SVO, baseline)]

    def _claims(self, system: str, claims: Mapping[str, list[Json]]) -> ClaimsResult:
        scorer, texts = ClaimScorer(self.labels), self.corpus.texts
        pages = {stem: scorer.page(stem, rows, claims[stem], texts[stem]) for stem, rows in self.rows.items()}
        agrees = None
        if self.gold.scorer is not None:
            agrees = shared.claims_agree(shared.score_claims(self.gold.scorer, claims), pages)
        return ClaimsResult(f"{self.place.name}-claims", system, pages, quotable=self.place.shipped, agrees=agrees)

    def answers(self) -> list[Result]:
        """Questions on the graph that extraction makes."""
        return self._answers(_Paper(f"{self.place.name}-questions", self.questions), self.extracted)

    def answers_on_gold(self) -> list[Result]:
        """Questions on the graph that the gold claims make."""
        return self._answers(_Paper(f"{self.place.name}-questions-on-gold", self.questions), self.from_gold)

    def own_answers(self) -> list[Result]:
        """The questions of somebody who does not know the parser, on the graph that extraction makes."""
        return [result for paper in self._own("own-questions") for result in self._answers(paper, self.extracted)]

    def own_answers_on_gold(self) -> list[Result]:
        """The same on the graph that the gold claims make."""
        papers = self._own("own-questions-on-gold")
        return [result for paper in papers for result in self._answers(paper, self.from_gold)]

    def _own(self, suite: str) -> list[_Paper]:
        return [
            _Paper(f"{suite}, {part}", read_questions(path), held_out=part == HELD_OUT)
            for part, path in self.gold.own.items()
        ]

    def _answers(self, paper: _Paper, batches: Mapping[str, DocumentClaims]) -> list[Result]:
        store = load(batches)
        said = {OURS: ask(store, paper.questions, self._progress)}
        for system, answer in question_baselines(store).items():
            said[system] = {q.id: answer(q.text) for q in paper.questions}
        return [self._answered(paper, system, answers) for system, answers in said.items()]

    def _answered(self, paper: _Paper, system: str, answers: Mapping[str, Json]) -> AnswersResult:
        ours = AnswersResult(
            paper.suite,
            system,
            AnswerScorer(self.labels, self.corpus.texts).outcomes(paper.questions, answers),
            quotable=self.place.shipped,
            held_out=paper.held_out,
        )
        if self.gold.scorer is None:
            return ours
        return replace(ours, agrees=shared.answers_agree(shared.score_answers(self.gold.scorer, answers), ours))
