"""The examples in the docstrings of api/evaluation run as they stand."""

from __future__ import annotations

import doctest
import importlib

import pytest

FOREIGN = ("foreign.cells", "foreign.engine", "foreign.facts", "foreign.sql")
MODULES = ("gold", "labels", "quantities", "tables", *FOREIGN)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"api.evaluation.{name}"))
    assert done.failed == 0
    assert done.attempted > 0
