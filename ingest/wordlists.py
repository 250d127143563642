"""The word lists of ingest/rules/words.yaml."""

from __future__ import annotations

from functools import cache

from graph.errors import SettingsError
from graph.vocabulary import read_yaml


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(found) for name, found in read_yaml("ingest", "rules/words.yaml").items()}


def words(name: str) -> frozenset[str]:
    """The list of that name, lower case. Raises SettingsError if the file has none."""
    try:
        return _lists()[name]
    except KeyError:
        raise SettingsError(f"ingest/rules/words.yaml has no list “{name}”") from None
