"""Vectors of texts: those of the model as published, whatever stands beside a text; bad weights are refused."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from graph.errors import SettingsError
from graph.text import encoder
from graph.text.encoder import Encoder

TEXTS = ["", "pay", "salary", "headquarters", "Où est l'été ?", "寒武纪 chips", "wages of a " * 200, "pay"]


def test_vectors_are_those_of_the_reference_implementation() -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    folder = files(encoder._PACKAGE).joinpath("model")
    reference = sentence_transformers.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    wanted = reference.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(Encoder().embed(TEXTS) - wanted).max() < 1e-5


def test_words_of_one_meaning_are_nearer_than_others() -> None:
    pay, salary, headquarters = Encoder().embed(["pay", "salary", "headquarters"])
    assert pay @ salary > 0.5 > 0.3 > pay @ headquarters


def test_a_text_has_one_vector_alone_and_beside_longer_ones() -> None:
    alone = Encoder().embed(["pay"])
    beside = Encoder().embed(TEXTS)
    assert np.abs(alone[0] - beside[1]).max() < 1e-6
    assert np.array_equal(beside[1], beside[7])
    assert np.allclose(np.linalg.norm(beside, axis=1), 1)


def test_no_texts_have_no_rows() -> None:
    assert Encoder().embed([]).shape == (0, 384)


def test_what_was_embedded_is_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    forward = encoder.forward
    monkeypatch.setattr(encoder, "forward", lambda w, texts: made.append(len(texts)) or forward(w, texts))
    monkeypatch.setattr(encoder, "_KEPT", 2)
    model = Encoder()
    for text in ("a", "b", "a", "c", "d", "e", "e", "a"):
        model.embed([text])
    assert made == [1] * 6  # “a” again: it was let go


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match="not the published model"):
        encoder.read(tmp_path / "model.safetensors")


def test_a_missing_package_says_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_PACKAGE", "no_such_package")
    with pytest.raises(SettingsError, match="install it or turn vectors off"):
        Encoder()
