"""dependence.yaml as typed values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.errors import SettingsError
from graph.vocabulary import read_yaml, vocabulary


@dataclass(frozen=True, slots=True)
class Rules:
    """`relations`: predicate → (does the subject depend, is it trade); `metrics`: metric → (list, total)."""

    relations: dict[str, tuple[bool, bool]]
    metrics: dict[str, tuple[str, str]]
    developer: str
    size: str
    firms: frozenset[str]
    parties: frozenset[str]
    around_party: frozenset[str]
    around_total: frozenset[str]
    nobody: frozenset[str]
    owners: frozenset[str]
    common: frozenset[str]


@cache
def rules() -> Rules:
    """The rules. Raises SettingsError for a predicate that the vocabulary does not have."""
    table = read_yaml("qa.risk", "dependence.yaml")
    known = vocabulary()
    for name in (*table["relations"], table["developer"]):
        if name not in known.relations:
            raise SettingsError(f"qa/risk/dependence.yaml: “{name}” is no relation of graph/vocabulary/relations.yaml")
    for name in (*table["metrics"], table["size"]):
        if name not in known.metrics:
            raise SettingsError(f"qa/risk/dependence.yaml: “{name}” is no metric of graph/vocabulary/metrics.yaml")
    lists = ("firms", "parties", "around_party", "around_total", "nobody", "owners", "common")
    words = {name: frozenset(table[name]) for name in lists}
    return Rules(
        relations={n: (row["depender"] == "subject", row.get("trade", False)) for n, row in table["relations"].items()},
        metrics={n: (row["list"], row["what"]) for n, row in table["metrics"].items()},
        developer=table["developer"],
        size=table["size"],
        **words,
    )
