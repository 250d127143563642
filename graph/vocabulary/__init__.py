"""The vocabulary as data: entity types, relations, metrics and hedges, read once from the YAML beside this file.

Ontology (graph/ontology.py), SHACL shapes, JSON-LD context, extraction lexicon, question lexicon and the reference page
are all derived from what `vocabulary()` returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from graph.errors import SettingsError

T = TypeVar("T")

NAMESPACE = "https://w3id.org/tollgraph/ontology#"
DATA = "https://w3id.org/tollgraph/"


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of entity. The word lists are explained in types.yaml."""

    name: str
    label: str
    description: str
    schema: str
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation read subject → object. The word lists are explained in relations.yaml."""

    name: str
    label: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    exclusive: bool = False
    inverse: str | None = None
    inverse_label: str | None = None
    qualifiers: tuple[str, ...] = ()
    noun_subject: tuple[str, ...] = ()
    noun_object: tuple[str, ...] = ()
    ask_subject: tuple[str, ...] = ()
    ask_object: tuple[str, ...] = ()
    ask_passive: tuple[str, ...] = ()
    schema: str | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a subject. The word lists are explained in metrics.yaml."""

    name: str
    label: str
    units: tuple[str, ...]
    terms: tuple[str, ...]
    several: bool = False
    holds_days: int | None = None
    losses: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    loss_verbs: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that give a statement a modality (or deny it); see modality.yaml."""

    name: str
    modals: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the YAML files say, by name and in their order."""

    types: dict[str, EntityType]
    relations: dict[str, Relation]
    metrics: dict[str, Metric]
    hedges: dict[str, Hedge]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader (in C where there is one) with the truth values of YAML 1.2: “no” and “on” are words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(package: str, name: str) -> Any:
    """One YAML file shipped inside a package."""
    return yaml.load((files(package) / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader)


def _build(kind: Callable[..., T], file: str, name: str, row: dict[str, Any]) -> T:
    try:
        return kind(name=name, **{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
    except TypeError as problem:
        raise SettingsError(f"graph/vocabulary/{file}: entry “{name}”: {problem}; see the comment at its top") from None


def _relation(name: str, row: dict[str, Any]) -> Relation:
    inverse = row.pop("inverse", None) or {}
    return _build(
        Relation, "relations.yaml", name, row | {"inverse": inverse.get("name"), "inverse_label": inverse.get("label")}
    )


def _table(file: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = read_yaml("graph.vocabulary", file)
    return table


@cache
def vocabulary() -> Vocabulary:
    """The whole vocabulary. Raises SettingsError for an entry with an unknown or missing field."""
    return Vocabulary(
        types={n: _build(EntityType, "types.yaml", n, r) for n, r in _table("types.yaml").items()},
        relations={n: _relation(n, r) for n, r in _table("relations.yaml").items()},
        metrics={n: _build(Metric, "metrics.yaml", n, r) for n, r in _table("metrics.yaml").items()},
        hedges={n: _build(Hedge, "modality.yaml", n, r) for n, r in _table("modality.yaml").items()},
    )
