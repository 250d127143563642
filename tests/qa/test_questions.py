"""The question sets on stores that hold the gold claims: shares of right answers that may not fall."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.engine import Engine
from tests.qa.gold import gold_store, scorer
from tests.shared import SHARED


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="needs the development data beside the checkout")
def test_development_questions(tmp_path: Path) -> None:
    assert SHARED is not None
    dev = SHARED / "dev"
    engine = Engine(gold_store(dev))
    given: dict[str, Answer] = {}
    rows = [json.loads(line) for line in (dev / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        given[row["id"]] = engine.ask(row["q"], after=given.get(row["after"]))
    out = tmp_path / "answers.jsonl"
    out.write_text(
        "\n".join(json.dumps(a.to_json() | {"id": i}, default=str) for i, a in given.items()), encoding="utf-8"
    )
    result = scorer(dev).score_answers(dev / "questions.jsonl", out, dev / "texts")
    assert result["accuracy"] >= 0.9
    assert len(result["false_answers"]) <= 1
    assert result["evidence_violations"] == []
