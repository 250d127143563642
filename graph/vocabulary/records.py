"""The nodes of a document's graph and their properties, as records.yaml describes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.vocabulary import read_yaml

DATATYPES = ("string", "decimal", "integer", "boolean", "date", "dateTime")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node; the fields are explained in records.yaml. `iri` is abbreviated: `oa:exact`."""

    name: str
    iri: str
    range: tuple[str, ...]
    description: str
    required: bool = False
    many: bool = False
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    below: str | None = None
    not_above: str | None = None

    @property
    def datatype(self) -> str | None:
        """The datatype of its values, None if they are nodes."""
        return self.range[0] if self.range[0] in DATATYPES else None


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of node: its class (abbreviated IRI), how to find its nodes, its properties by name."""

    name: str
    cls: str
    target: dict[str, str]
    description: str
    properties: dict[str, Property]
    extends: str | None = None
    one_of: tuple[str, ...] = ()


@cache
def records() -> dict[str, Record]:
    """All kinds of node by name. Raises SettingsError for an entry with an unknown or missing field."""
    table: dict[str, dict[str, Any]] = read_yaml("graph.vocabulary", "records.yaml")
    return {name: _record(name, row) for name, row in table.items()}


@cache
def properties() -> dict[str, Property]:
    """All properties by name; a name means the same IRI and kind of value wherever it stands."""
    found: dict[str, Property] = {}
    for record in records().values():
        for name, item in record.properties.items():
            known = found.setdefault(name, item)
            if (known.iri, known.range) != (item.iri, item.range):
                raise SettingsError(f"graph/vocabulary/records.yaml: “{name}” means two things; rename one of them")
    return found


def _record(name: str, row: dict[str, Any]) -> Record:
    try:
        return Record(
            name,
            row["class"],
            row["target"],
            row["description"],
            {each: _property(each, field) for each, field in row["properties"].items()},
            row.get("extends"),
            tuple(row.get("one_of", ())),
        )
    except (KeyError, TypeError) as problem:
        raise SettingsError(
            f"graph/vocabulary/records.yaml: entry “{name}”: {problem}; see the comment at its top"
        ) from None


def _property(name: str, row: dict[str, Any]) -> Property:
    ranges = row["range"] if isinstance(row["range"], list) else [row["range"]]
    fixed = {"iri": row.get("iri", f"tg:{name}"), "range": tuple(ranges), "values": tuple(row.get("values", ()))}
    return Property(**({"name": name} | row | fixed))
