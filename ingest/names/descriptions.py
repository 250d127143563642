"""What firms are commonly called, and which firms only watch the others (ingest/rules/descriptions.yaml)."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from graph.catalogue import Catalogue
from graph.vocabulary import read_yaml

Callings = dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def callings(catalogue: Catalogue) -> Callings:
    """Entity id → the phrases, lower case, by which texts speak of it. Firms that the catalogue does not hold are left
    out.
    """
    out: dict[str, set[str]] = defaultdict(set)
    for row in read_yaml("ingest", "rules/descriptions.yaml"):
        for id_ in _ids(catalogue, row["firms"]):
            out[id_].update(noun.casefold() for noun in row["nouns"])
    return {id_: frozenset(nouns) for id_, nouns in out.items()}


@lru_cache(maxsize=4)
def observers(catalogue: Catalogue) -> frozenset[str]:
    """Ids of banks, brokers and researchers: they speak of others' figures."""
    rows = [row for row in read_yaml("ingest", "rules/descriptions.yaml") if row.get("observers")]
    return frozenset(id_ for row in rows for id_ in _ids(catalogue, row["firms"]))


def _ids(catalogue: Catalogue, labels: list[str]) -> list[str]:
    return [e.id for label in labels for e in catalogue.lookup(label) if e.type in ("Company", "Organization")]
