"""What is a verb where it stands."""

from __future__ import annotations

import pytest

from qa.rdf.grammar import is_verb
from qa.rdf.pieces import Piece
from qa.rdf.words import tokens


@pytest.mark.parametrize(
    ("question", "word", "expected"),
    [
        ("How many villages border both Elm and Oak?", "border", True),
        ("Names of villages border Elm", "border", True),
        ("List all kennels weight in order", "weight", False),
        ("Show the village border length", "border", False),
        ("Which books were written by Ann?", "written", True),
    ],
)
def test_a_bare_word_between_a_plural_and_its_object_is_a_verb(question: str, word: str, expected: bool) -> None:
    words = tokens(question)
    at = [w.text for w in words].index(word)
    assert is_verb(words, Piece("noun", at, at + 1)) is expected
