"""Vectors of texts by any model of sentence-transformers, in place of the one that is shipped (encoder.py). Slower to
start: PyTorch takes seconds to import.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from graph.errors import SettingsError
from graph.text.encoder import Floats

TOGETHER = 64


class Transformer:
    """A model by the folder that holds it, or by a name of which sentence-transformers has it at hand already.

    Nothing is downloaded. Raises SettingsError for one that cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as problem:
            raise SettingsError(
                f"the model {name} cannot be loaded: give a folder with a model of sentence-transformers ({problem})"
            ) from problem
        self.name = name

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row of unit length a text; no rows for no texts."""
        if not texts:
            return np.zeros((0, self._model.get_sentence_embedding_dimension() or 0), dtype=np.float32)
        found = self._model.encode(list(texts), batch_size=TOGETHER, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)
