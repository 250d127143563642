"""The public sets as they lie in the development folder: Spider on RDF with its dialogues, the insurance set, MetaQA.

Each `read_…` takes the folder of its set. SourceError for a missing file, SettingsError for one that is malformed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from api.evaluation.foreign import sql
from api.evaluation.foreign.asked import Asked, QuestionSet
from api.evaluation.foreign.cells import gold_row
from graph.contract import Json
from graph.errors import SettingsError, SourceError

SPIDER, SYNONYMS, SPARC, COSQL, ACME, METAQA = (
    "spider-rdf", "spider-synonyms", "sparc", "cosql", "acme-insurance", "metaqa"
)  # fmt: skip
_SPIDER_PREFIX = "PREFIX : <http://valuenet/ontop/> "
_METAQA_PREFIX = "PREFIX : <http://example.org/metaqa/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_METAQA = {
    "director": "directed_by", "writer": "written_by", "actor": "starred_actors", "genre": "has_genre",
    "year": "release_year", "language": "in_language", "tag": "has_tags", "tags": "has_tags",
}  # fmt: skip
_MARKED = re.compile(r"\[(.+)\]")
_LAST_TURN = 4


def read_spider(folder: Path) -> QuestionSet:
    """The single questions."""
    return _spider(SPIDER, folder, "question")


def read_synonyms(folder: Path) -> QuestionSet:
    """The same in other words; questions without a rewrite, or with one that changes nothing, fall away."""
    return _spider(SYNONYMS, folder, "synonym_question")


def _spider(name: str, folder: Path, field: str) -> QuestionSet:
    rows = [row for row in _rows(folder / "single_turn.json") if row[field]]
    if field != "question":
        rows = [row for row in rows if row[field] != row["question"]]
    asked = tuple(
        Asked(
            id=row["id"],
            graph=row["kg"],
            kind=sql.kind(row["sql"]),
            text=row[field],
            gold=tuple(gold_row(values) for values in row["gold"]),
            query=row["sql"],
            sparql=_SPIDER_PREFIX + row["sparql"],
        )
        for row in rows
    )
    return QuestionSet(name, asked, _graphs(folder))


def read_dialogues(name: str, folder: Path) -> QuestionSet:
    """`sparc` or `cosql`, turn by turn; a turn without gold, and what follows it, is left out."""
    asked: list[Asked] = []
    for dialogue in _rows(folder / f"{name}_dialogues.json"):
        before: str | None = None
        for number, turn in enumerate(dialogue["turns"], 1):
            if turn["gold"] is None:
                break
            asked.append(_turn(dialogue, turn, number, before))
            before = asked[-1].id
    return QuestionSet(name, tuple(asked), _graphs(folder))


def _turn(dialogue: Json, turn: Json, number: int, before: str | None) -> Asked:
    return Asked(
        id=f"{dialogue['id']}/{number}",
        graph=dialogue["kg"],
        kind=f"turn {number}" if number < _LAST_TURN else f"turn {_LAST_TURN} and later",
        text=turn["utterance"],
        gold=tuple(gold_row(values) for values in turn["gold"]),
        query=turn["sql"],
        after=before,
        turn=number,
    )


def _graphs(folder: Path) -> dict[str, tuple[Path, ...]]:
    data = sorted((folder / "kg").glob("*.nt.gz"))
    if not data:
        raise SourceError(f"no graphs *.nt.gz in {folder / 'kg'}; restore them or leave the suite out")
    names = [path.name.removesuffix(".nt.gz") for path in data]
    ontologies = [folder / "ontology" / f"{name}.owl" for name in names]
    return {name: (o, d) if o.is_file() else (d,) for name, o, d in zip(names, ontologies, data, strict=True)}


def read_acme(folder: Path) -> QuestionSet:
    """The insurance questions; `kind` is the quadrant: high or low complexity of question (Q) and schema (S)."""
    asked = tuple(
        Asked(
            id=f"acme-{number}",
            graph="acme",
            kind=row["quadrant"],
            text=row["question"],
            gold=tuple(gold_row(values) for values in row["gold"]),
            query=row["sql"],
            sparql=row["sparql"],
        )
        for number, row in enumerate(_rows(folder / "questions.json"), 1)
    )
    return QuestionSet(ACME, asked, {"acme": (folder / "insurance.ttl", folder / "acme.nt")})


def read_metaqa(folder: Path) -> QuestionSet:
    """MetaQA by number of hops. The brackets with which the set marks the name are taken out of the question."""
    asked = tuple(
        Asked(
            id=f"metaqa-{number}",
            graph="metaqa",
            kind=f"{row['hops']} {'hop' if row['hops'] == 1 else 'hops'}",
            text=_MARKED.sub(r"\1", row["question"]),
            gold=tuple(gold_row(value) for value in row["gold"]),
            query="select distinct",
            sparql=_metaqa_sparql(row["qtype"].split("_to_"), *_MARKED.findall(row["question"])),
            mentions=tuple(_MARKED.findall(row["question"])),
        )
        for number, row in enumerate(_rows(folder / "questions_300.json"), 1)
    )
    return QuestionSet(METAQA, asked, {"metaqa": (folder / "kb.nt.gz",)})


def _metaqa_sparql(kinds: list[str], name: str) -> str:
    """The chain of a MetaQA question, `["director", "movie", "genre"]`, from the node with the marked name."""
    steps = " . ".join(
        f"?x{i} :{_METAQA[other]} ?x{i + 1}" if one == "movie" else f"?x{i + 1} :{_METAQA[one]} ?x{i}"
        for i, (one, other) in enumerate(pairwise(kinds))
    )
    label = json.dumps(name, ensure_ascii=False)
    return f"{_METAQA_PREFIX}SELECT DISTINCT ?x{len(kinds) - 1} WHERE {{ ?x0 rdfs:label {label} . {steps} }}"


def _rows(path: Path) -> Iterator[Json]:
    if not path.is_file():
        raise SourceError(f"evaluation file missing: {path}; restore it or leave the suite out")
    try:
        found: Iterable[Json] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingsError(f"{path}: no JSON ({error}); correct the file") from error
    yield from found
