"""A development folder with a scorer of its own: run as a program on files, and compared with ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from api.evaluation.claims_score import PageScore
from api.evaluation.results import AnswersResult
from graph import contract
from graph.contract import Json
from graph.errors import SourceError

_SECONDS = 120
_CLOSE = 1e-9


def score_claims(dev: Path, claims: Mapping[str, Sequence[Json]]) -> Json:
    """What the folder's scorer says of the claims, by article and in total; SourceError if it fails."""
    with TemporaryDirectory(prefix="tollgraph-eval-") as folder:
        for stem, rows in claims.items():
            _write(Path(folder) / f"{stem}.jsonl", rows)
        return _run(dev, "claims", str(dev / "gold"), folder)


def score_answers(dev: Path, answers: Mapping[str, Json]) -> Json:
    """What the folder's scorer says of the answers."""
    with TemporaryDirectory(prefix="tollgraph-eval-") as folder:
        path = Path(folder) / "answers.jsonl"
        _write(path, [{"id": name} | answer for name, answer in answers.items()])
        return _run(dev, "answers", str(dev / "questions.jsonl"), str(path))


def _write(path: Path, rows: Sequence[Json]) -> None:
    path.write_text("".join(contract.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _run(dev: Path, *arguments: str) -> Json:
    scorer = dev / "score.py"
    if not scorer.is_file():
        raise SourceError(
            f"evaluation file missing: {scorer}; give a complete folder with --shared or leave the dev suites out"
        )
    command = [sys.executable, str(scorer), *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SourceError(f"{scorer} failed: {last}; check the folder given with --shared")
    try:
        scores: Json = json.loads(done.stdout)
    except ValueError:
        raise SourceError(f"{scorer} did not print JSON; check the folder given with --shared") from None
    return scores


def claims_agree(official: Json, pages: Mapping[str, PageScore]) -> bool:
    """Whether that scorer and ours gave the same numbers on every article."""
    return all(_same(official["pages"][stem], page.to_json()) for stem, page in pages.items())


def answers_agree(official: Json, ours: AnswersResult) -> bool:
    """The same for answers: accuracy, and the ids of wrong and false ones."""
    mine = ours.to_json()
    lists = ("false_answers", "wrong_answers")
    return _same(official["accuracy"], mine["accuracy"]) and all(official[k] == mine[k] for k in lists)


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < _CLOSE
    return one == other
