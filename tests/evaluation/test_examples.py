"""The examples in the docstrings of api/evaluation run as they stand."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ("gold", "labels", "quantities", "tables")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"api.evaluation.{name}"))
    assert done.failed == 0
    assert done.attempted > 0
