"""The conversation of docs/dialogue.md takes place as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from qa.dialogue.conversation import Exchange, say
from qa.engine import Engine
from tests.qa.talks import late, talks_store

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "dialogue.md").read_text(encoding="utf-8")


def test_the_transcript_of_the_docs() -> None:
    found = re.search(r"```transcript\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    turns = found[1].split("› ")[1:]
    assert len(turns) > 10
    engine = Engine(talks_store(late()))
    said: list[Exchange] = []
    for turn in turns:
        message, understood, *answer = turn.splitlines()
        said.append(say(engine, said, message))
        told = said[-1].answer
        assert [f"= {told['interpretation']}", told["answer"]] == [understood, "\n".join(answer)]
