"""One entry of the catalogue, and how a row of YAML becomes one."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from graph.catalogue.rows import Row
from graph.errors import SettingsError
from graph.identity import slug
from graph.model import EntityRef
from graph.vocabulary import vocabulary

FILES = {
    "companies.yaml": "Company",
    "organizations.yaml": "Organization",
    "people.yaml": "Person",
    "chips.yaml": "Chip",
    "models.yaml": "Model",
    "products.yaml": "Product",
    "technologies.yaml": "Technology",
    "places.yaml": "Place",
    "facilities.yaml": "Facility",
}

_SHAPES = {
    "fiscal_year_end": (
        re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(?!02)(0[1-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29"),
        "01-31",
    ),
    "wikidata": (re.compile(r"Q[1-9]\d*"), "Q182477"),
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One known thing. `parent`, `family`, `maker` and `organization` are labels of other entries.

    `also`: further types it can stand for (AWS: a company and a product). `ambiguous`: those of its names that are
    common words too, and count only with a capital (Meta, Target). `nicknames`: names that colour the text (Big Blue).
    `shared`: names that another entry bears, too; each of the bearers must say so.
    `tickers`: `NASDAQ:NVDA`, `688256.SH`. `fiscal_year_end`: month and day, only where it is not the calendar year's.
    `demonyms`: words for what is of a place. `metonym_for`: the government that a capital's name may stand for.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str | None = None
    city: str | None = None
    parent: str | None = None
    family: str | None = None
    maker: str | None = None
    fiscal_year_end: str | None = None
    role: str | None = None
    organization: str | None = None
    demonyms: tuple[str, ...] = ()
    metonym_for: str | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def ref(self) -> EntityRef:
        """The entry as a claim names it."""
        return EntityRef(self.id, self.label, self.type)

    @property
    def names(self) -> tuple[str, ...]:
        """Label, aliases and nicknames."""
        return (self.label, *self.aliases, *self.nicknames)


_LISTS = frozenset(f.name for f in fields(CatalogueEntry) if str(f.type).startswith("tuple"))
_FIELDS = frozenset(f.name for f in fields(CatalogueEntry)) - {"id"}
_OF_NAMES = ("ambiguous", "shared")


def build_entry(file: str, row: Row) -> CatalogueEntry:
    """One entry from a row of the file. Raises SettingsError that names the file, the entry and the field."""
    label = row.get("label")
    if not isinstance(label, str) or not label.strip():
        raise SettingsError(f"graph/catalogue/{file}: an entry without a label: {row!r}")
    where = f"graph/catalogue/{file}: “{label}”"
    unknown = sorted(row.keys() - _FIELDS)
    if unknown:
        raise SettingsError(f"{where}: unknown field {', '.join(unknown)}; known: {', '.join(sorted(_FIELDS))}")
    values: dict[str, Any] = {"type": FILES[file]}
    for field, value in row.items():
        values[field] = _list(where, field, value, label) if field in _LISTS else _text(where, field, value)
    entry = CatalogueEntry(id="e:" + slug(label), **values)
    _check(where, entry)
    return entry


def _list(where: str, field: str, value: str | list[str], label: str) -> tuple[str, ...]:
    if field in _OF_NAMES and value == "true":
        return (label,)
    if isinstance(value, str) or not all(value):
        raise SettingsError(f"{where}: {field} must be a list in brackets, without an empty item")
    return tuple(value)


def _text(where: str, field: str, value: str | list[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where}: {field} must be one text, not {value!r}")
    return value


def _check(where: str, entry: CatalogueEntry) -> None:
    types = vocabulary().types
    for type_ in (entry.type, *entry.also):
        if type_ not in types:
            raise SettingsError(f"{where}: unknown type {type_}; see graph/vocabulary/types.yaml")
    for field, (shape, example) in _SHAPES.items():
        value = getattr(entry, field)
        if value is not None and not shape.fullmatch(value):
            raise SettingsError(f"{where}: {field} “{value}” does not read like {example}")
    for field in _OF_NAMES:
        stray = set(getattr(entry, field)).difference(entry.names)
        if stray:
            raise SettingsError(f"{where}: {field} lists “{min(stray)}”, which is none of its names")
    if len(set(entry.names)) < len(entry.names):
        twice = next(name for name in entry.names if entry.names.count(name) > 1)
        raise SettingsError(f"{where}: the name “{twice}” stands twice: leave one out")
