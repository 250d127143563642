"""The passage index: exact places, nearest first, as a LangChain retriever; vectors only where asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from graph.errors import SettingsError
from qa.passages import Passages, split
from qa.vectors import verify
from tests.qa.firms import firms_store


def test_passages_are_exact_stretches_nearest_first() -> None:
    store = firms_store()
    found = Passages.build(store).nearest("memory for Arbor", k=2)
    assert found[0].text == "Cindra ships memory to Arbor."
    assert all(store.document(p.document).text[p.start : p.end] == p.text for p in found)


def test_long_lines_are_cut_between_sentences() -> None:
    text = "A sentence of some words. " * 60
    assert all(b - a <= 600 for a, b in split(text))
    assert "".join(text[a:b] for a, b in split(text)).rstrip() == text.rstrip()


def test_nothing_is_near_in_an_empty_index_or_for_an_empty_query() -> None:
    assert Passages([]).nearest("Arbor") == []
    assert Passages.build(firms_store()).nearest("") == []


def test_the_retriever_gives_documents_with_their_place() -> None:
    (first,) = Passages.build(firms_store()).as_retriever(k=1).invoke("Ines Roth chief executive")
    assert "Ines Roth" in first.page_content
    assert first.metadata["title"] == "Arbor leans on two foundries"


class _Sense:
    """Texts that hold “lasers” are alike, whatever their words."""

    def embed(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        return np.array([[1.0, 0.0] if "laser" in t or "optics" in t else [0.0, 1.0] for t in texts], dtype=np.float32)


def test_vectors_find_what_shares_no_word() -> None:
    plain = Passages.build(firms_store())
    index = Passages(plain._passages, vectors=cast(Any, _Sense()))
    assert any("lasers" in p.text for p in index.nearest("optics", k=3))
    assert plain.nearest("optics") == []


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match="not the published model"):
        verify(tmp_path / "model.safetensors")


def test_asking_loads_no_torch() -> None:
    code = (
        "import sys; from qa.engine import Engine; from tests.qa.firms import firms_store; "
        "Engine(firms_store()).ask('What is xyzzy?'); print('torch' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
