"""Making the vectors of passages: by a model that is loaded when the first one is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.text.encoder import Encoder, Model
from qa.passages.sense import keep, missing
from qa.passages.tables import Tables
from qa.passages.texts import Texts

_TOGETHER = 64


def model(name: str | None) -> Model:
    """The model of sentences: the shipped one, or that of sentence-transformers in the folder `name`.

    SettingsError if it is missing or altered.
    """
    if name is None:
        return Encoder()
    from graph.text.transformer import Transformer  # PyTorch: only where it is asked for

    return Transformer(name)


def embed(made_by: Model, tables: Tables, texts: Texts, passages: Iterable[int]) -> Iterator[int]:
    """Make and keep the vectors of these passages that have none, some at a time; how many are left each time."""
    lacking = [(p, text) for p in missing(tables.database, passages) if (text := texts.titled(p))]
    for start in range(0, len(lacking), _TOGETHER):
        some = lacking[start : start + _TOGETHER]
        keep(tables.database, [p for p, _ in some], made_by.embed([text for _, text in some]))
        yield len(lacking) - start - len(some)
