"""Turns of phrase about amounts are put plainly as their examples say, and leave other questions alone."""

from __future__ import annotations

import pytest

from graph.vocabulary import read_yaml
from qa.turns import plainly

EXAMPLES = [
    pytest.param(said, plain, id=said)
    for row in read_yaml("qa", "turns.yaml")["turns"]
    for said, plain in row["examples"]
]


@pytest.mark.parametrize(("said", "plain"), EXAMPLES)
def test_examples_are_put_plainly(said: str, plain: str) -> None:
    assert plainly(said) == plain


@pytest.mark.parametrize(
    "question", ["Is Arbor up to speed?", "What did Arbor ask for?", "How many people work at Arbor?"]
)
def test_others_stay_as_they_are(question: str) -> None:
    assert plainly(question) == question
