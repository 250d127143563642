"""The suites on foreign graphs: every system asked, on one graph after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from api.evaluation.foreign import readers
from api.evaluation.foreign.abstention import Abstention, Trial, judged
from api.evaluation.foreign.alter import Alterer
from api.evaluation.foreign.asked import Asked, QuestionSet, Said
from api.evaluation.foreign.baselines import KEYWORDS, PASSAGES, PATHS, KeywordHop, ShortestPath
from api.evaluation.foreign.elsewhere import asked_elsewhere
from api.evaluation.foreign.engine import Engines, answers, rdf_engine
from api.evaluation.foreign.facts import Facts, read_facts
from api.evaluation.foreign.passages import Passages
from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.foreign.score import outcomes

Progress = Callable[[str], None]
Answers = dict[str, dict[str, Said]]

OURS = "tollgraph"
SYSTEMS = (OURS, KEYWORDS, PATHS, PASSAGES)
_MOST_ALTERED, _MOST_OF_LARGE, _MOST_ELSEWHERE = 5, 2, 10
_LARGE = 20_000


def suite(name: str, folder: Path, progress: Progress, engines: Engines = rdf_engine) -> list[GraphAnswers]:
    """A public set by name, in its folder: all systems on all its questions."""
    questions = READERS[name](folder)
    said: Answers = {system: {} for system in SYSTEMS}
    for graph, paths in questions.graphs.items():
        asked = [question for question in questions.asked if question.graph == graph]
        progress(f"{name}: {len(asked)} questions on {graph}")
        _collect(said, all_systems(paths, asked, engines))
    return [GraphAnswers(name, system, outcomes(questions.asked, said[system])) for system in SYSTEMS]


READERS: Mapping[str, Callable[[Path], QuestionSet]] = {
    readers.SPIDER: readers.read_spider,
    readers.SYNONYMS: readers.read_synonyms,
    readers.SPARC: lambda folder: readers.read_dialogues(readers.SPARC, folder),
    readers.COSQL: lambda folder: readers.read_dialogues(readers.COSQL, folder),
    readers.ACME: readers.read_acme,
    readers.METAQA: readers.read_metaqa,
}


def abstention(folder: Path, progress: Progress, engines: Engines = rdf_engine) -> list[Abstention]:
    """What is refused of questions that have no answer, made of the single questions of all sets in the folder."""
    sets = [READERS[name](folder / where) for name, where in _SINGLE if (folder / where).is_dir()]
    return refusals(sets, progress, engines)


_SINGLE = ((readers.SPIDER, "spider-rdf"), (readers.ACME, "acme-insurance"), (readers.METAQA, "metaqa"))


def refusals(sets: Sequence[QuestionSet], progress: Progress, engines: Engines = rdf_engine) -> list[Abstention]:
    """Trials of every kind on the graphs of some sets, and the questions they are made of where they have an answer."""
    paths = {graph: files for questions in sets for graph, files in questions.graphs.items()}
    asked = {graph: [q for questions in sets for q in questions.asked if q.graph == graph] for graph in paths}
    facts = {graph: read_facts(files) for graph, files in paths.items()}
    strangers = list(asked_elsewhere(asked, facts, most=_MOST_ELSEWHERE))
    said: Answers = {system: {} for system in SYSTEMS}
    with TemporaryDirectory(prefix="tollgraph-eval-") as folder:
        trials = [question for _, question in strangers]
        for graph, files in paths.items():
            most = _MOST_OF_LARGE if facts[graph].size > _LARGE else _MOST_ALTERED
            for copy in Alterer(graph, files, Path(folder), most=most).altered(asked[graph]):
                progress(f"questions without an answer on {copy.file.stem}")
                _collect(said, all_systems([copy.file], copy.asked, engines))
                trials += copy.asked
    made_of = {trial.id.partition(", ")[0] for trial in trials}
    intact = [question for questions in asked.values() for question in questions if question.id in made_of]
    for graph, files in paths.items():
        progress(f"questions of other graphs on {graph}")
        here = [q for name, q in strangers if name == graph] + [q for q in intact if q.graph == graph]
        _collect(said, all_systems(files, here, engines, facts[graph]))
    return [
        judged(system, [Trial(q, said[system][q.id]) for q in trials], outcomes(intact, said[system]))
        for system in SYSTEMS
    ]


def all_systems(paths: Sequence[Path], asked: Sequence[Asked], engines: Engines, facts: Facts | None = None) -> Answers:
    """What our engine and each baseline say to questions on one graph; `facts` are the graph's, if they are read."""
    if not asked:
        return {}
    facts = facts or read_facts(paths)
    return {
        OURS: answers(engines([path.as_posix() for path in paths]), asked),
        KEYWORDS: _one_by_one(KeywordHop(facts).ask, asked),
        PATHS: _one_by_one(ShortestPath(facts).ask, asked),
        PASSAGES: _one_by_one(Passages(facts).ask, asked),
    }


def _one_by_one(ask: Callable[[str], Said], asked: Iterable[Asked]) -> dict[str, Said]:
    """The answers of a system without memory."""
    return {question.id: ask(question.text) for question in asked}


def _collect(into: Answers, said: Mapping[str, Mapping[str, Said]]) -> None:
    for system, answers_ in said.items():
        into[system] |= answers_
