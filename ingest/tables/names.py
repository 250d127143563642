"""Whom the names of a table mean: the catalogue's entries by exact name and type, else new entities of the mapped type.

    names = Names(catalogue())
    names.refer("NVIDIA Corp.", ("Company",))           # EntityRef("e:nvidia", "Nvidia", "Company")

Nothing is merged because it looks alike: two spellings are one only if the catalogue or an identifier says so.
"""

from __future__ import annotations

from graph.catalogue import Catalogue, CatalogueEntry
from graph.identity import slug
from graph.model import Entity, EntityRef
from graph.text.name_tokens import fold_name
from ingest.entities import catalogued

LONGEST = 200
Ids = tuple[tuple[str, str], ...]


class NoNameError(ValueError):
    """A cell that names nothing; its text says why."""


class Names:
    """Remembers whom each name of a table stands for, and which names and identifiers each entity has."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._met: dict[tuple[str, tuple[str, ...], Ids, str], EntityRef] = {}
        self._by_id: dict[tuple[str, str], EntityRef] = {}
        self._refs: dict[str, EntityRef] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._names: dict[str, set[str]] = {}

    def refer(self, name: str, types: tuple[str, ...], ids: Ids = (), maker: str | None = None) -> EntityRef:
        """The entity of a name. `maker` is the maker of a product, as the table names it. Raises NoNameError."""
        key = (name, types, ids, maker or "")
        if key not in self._met:
            self._met[key] = self._found(name, types, ids, maker)
        return self._met[key]

    def entity(self, id: str) -> Entity:
        """Everything known of an entity that was referred to."""
        return catalogued(self._refs[id], self._names[id], self._known, tuple(self._ids[id].items()))

    def _found(self, name: str, types: tuple[str, ...], ids: Ids, maker: str | None) -> EntityRef:
        if len(name) > LONGEST:
            raise NoNameError("too long for a name")
        if not fold_name(name):
            raise NoNameError("has no letter or digit")
        same = next((self._by_id[pair] for pair in ids if pair in self._by_id), None)
        ref = same or self._listed(name, types, ids, maker) or self._new(name, types[0], ids)
        self._refs[ref.id] = ref
        self._names.setdefault(ref.id, set()).add(name)
        held = self._ids.setdefault(ref.id, {})
        for scheme, value in ids:
            held.setdefault(scheme, value)
            self._by_id.setdefault((scheme, value), ref)
        return ref

    def _listed(self, name: str, types: tuple[str, ...], ids: Ids, maker: str | None) -> EntityRef | None:
        """The catalogue's entry by identifier, or the only one of the name that may have one of the types."""
        held = dict(ids)
        by_ticker = self._known.by_ticker(held["ticker"]) if "ticker" in held else None
        found = (by_ticker,) if by_ticker else self._bearers(name, maker)
        fitting = [(entry, kind) for entry in found if (kind := _kind(entry, types))]
        if len(fitting) != 1:
            return None
        entry, kind = fitting[0]
        return EntityRef(entry.id, entry.label, kind)

    def _bearers(self, name: str, maker: str | None) -> tuple[CatalogueEntry, ...]:
        found = self._known.lookup(name)
        made_by = self._maker(maker) if maker and not found else None
        if made_by is None:
            return found
        for short in _without(name, (maker or "", *made_by.names)):
            theirs = tuple(entry for entry in self._known.lookup(short) if entry.maker == made_by.label)
            if theirs:
                return theirs
        return ()

    def _maker(self, name: str) -> CatalogueEntry | None:
        found = [entry for entry in self._known.lookup(name) if entry.type in ("Company", "Organization")]
        return found[0] if len(found) == 1 else None

    def _new(self, name: str, kind: str, ids: Ids) -> EntityRef:
        """A new entity; where its id would be another's, the type or an identifier tells them apart."""
        plain = "e:" + slug(name)
        tails = ["", *(f"-{slug(value)}" for _, value in ids), f"-{slug(kind)}"]
        if (held := self._refs.get(plain) or self._known.by_id(plain)) and held.type != kind:
            tails = ["", tails[-1], *tails[1:-1]]
        for tail in tails:
            other = self._refs.get(plain + tail)
            listed = self._known.by_id(plain + tail)
            if listed is None and (other is None or self._same(other, kind, ids)):
                return EntityRef(plain + tail, name, kind)
        return EntityRef(plain + "".join(tails), name, kind)

    def _same(self, other: EntityRef, kind: str, ids: Ids) -> bool:
        held = self._ids[other.id]
        return other.type == kind and all(held.get(scheme, value) == value for scheme, value in ids)


def _kind(entry: CatalogueEntry, types: tuple[str, ...]) -> str | None:
    """The first of the types that the entry may have."""
    return next((kind for kind in types if kind in (entry.type, *entry.also)), None)


def _without(name: str, makers: tuple[str, ...]) -> list[str]:
    """A product's name without its maker's before it, and without brackets after it: NVIDIA A100 (PCIe) → A100."""
    cut = [name[len(maker) :].strip(" -") for maker in makers if maker and name.casefold().startswith(maker.casefold())]
    bare = [short.partition("(")[0].strip() for short in [*cut, name]]
    return [short for short in dict.fromkeys([*cut, *bare]) if short]
