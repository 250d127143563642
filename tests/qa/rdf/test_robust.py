"""Whatever is asked, there is an answer or a reason, never an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.settings import Settings
from qa.rdf.engine import RdfEngine
from tests.qa.rdf.graphs import LIBRARY, SHOP, write

_TEXT = """
which what who how many list products product brand price name names order orders member members books title Pia Lund
Storm Tent 'Tides' [Kelp] of in by with without not no more than less above average total number each every for most
least highest top 3 2020 and or both between before after ordered descending whose that their those them is are do does
have ? , . ( ) [ ' " except contains starts same share country city older heaviest 's Norway
"""
_WORDS = _TEXT.split()


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> list[RdfEngine]:
    folder = tmp_path_factory.mktemp("graphs")
    cache = Settings(cache=folder / "cache")
    return [RdfEngine([write(folder, t, f"{n}.ttl")], settings=cache) for n, t in enumerate((SHOP, LIBRARY))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_WORDS), max_size=14), st.lists(st.sampled_from(_WORDS), max_size=8))
def test_word_salads_never_raise(engines: list[RdfEngine], first: list[str], second: list[str]) -> None:
    for engine in engines:
        before = engine.ask(" ".join(first))
        after = engine.ask(" ".join(second), after=before)
        assert {before.status, after.status} <= {"answered", "unknown", "ambiguous", "partial"}
        assert bool(after.values) == (after.status == "answered")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_gets_a_reply(engines: list[RdfEngine], text: str) -> None:
    assert engines[0].ask(text).answer
