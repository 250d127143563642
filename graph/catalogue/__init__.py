"""The catalogue: well-known companies, chips, models, people and places of AI and semiconductors, as data.

One YAML file a type beside this file; the fields are those of `CatalogueEntry`, and each file repeats at its top those
that it uses. Only facts that hold for years belong here, and a field that is not certain is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from graph.catalogue.entry import FILES, CatalogueEntry, build_entry
from graph.catalogue.rows import read_rows
from graph.errors import SettingsError
from graph.text.name_tokens import fold_name, normalise, without_form

__all__ = ["Catalogue", "CatalogueEntry", "catalogue"]


class Catalogue:
    """Entries by id, name, ticker and parent.

    Raises SettingsError for two entries of one id, for a parent, family, maker … that is no entry, for a ticker of two
    entries, and for a name of two entries that they do not declare as `shared`.
    """

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        self.entries = tuple(entries)
        self._by_id: dict[str, CatalogueEntry] = {}
        self._folded: dict[str, list[CatalogueEntry]] = {}
        for entry in self.entries:
            if entry.id in self._by_id:
                raise SettingsError(
                    f"graph/catalogue: two entries have the id {entry.id}: rename or join “{entry.label}”"
                )
            self._by_id[entry.id] = entry
            for name in entry.names:
                _note(self._folded, fold_name(name), entry)
        self._labels = {entry.label: entry for entry in self.entries}
        self._tickers: dict[str, CatalogueEntry] = {}
        self._check_references()
        self._check_shared()
        self._check_tickers()

    def _check_references(self) -> None:
        labels = self._labels
        for entry in self.entries:
            for field in ("parent", "family", "maker", "organization", "metonym_for"):
                target = getattr(entry, field)
                if target is not None and target not in labels:
                    where = f"graph/catalogue: “{entry.label}”"
                    raise SettingsError(f"{where}: {field} “{target}” is no entry's label: add it or correct it")

    def _check_shared(self) -> None:
        declared = {(fold_name(name), entry.id) for entry in self.entries for name in entry.shared}
        met = {(key, bearer.id) for key, bearers in self._folded.items() if len(bearers) > 1 for bearer in bearers}
        for wrong in sorted(met ^ declared):
            key, bearer_id = wrong
            bearers = ", ".join(bearer.label for bearer in self._folded[key])
            way = "list it under shared in each, or drop it" if wrong in met else "take it out of shared"
            where = f"graph/catalogue: “{self._by_id[bearer_id].label}”"
            raise SettingsError(f"{where}: “{key}” is a name of {bearers}: {way}")

    def _check_tickers(self) -> None:
        for entry in self.entries:
            for ticker in entry.tickers:
                other = self._tickers.setdefault(_ticker(ticker), entry)
                if other is not entry:
                    where = f"graph/catalogue: “{entry.label}”"
                    raise SettingsError(f"{where}: the ticker {ticker} is already that of {other.label}")

    @cached_property
    def _normal(self) -> dict[str, list[CatalogueEntry]]:
        table: dict[str, list[CatalogueEntry]] = {}
        for folded, bearers in self._folded.items():
            for entry in bearers:
                _note(table, without_form(folded), entry)
        place = {name: at for at, name in enumerate(self._by_id)}
        return {key: sorted(bearers, key=lambda entry: place[entry.id]) for key, bearers in table.items()}

    @cached_property
    def demonyms(self) -> Mapping[str, CatalogueEntry]:
        """`Chinese` → China. Keys are as written, with their capital."""
        return {word: entry for entry in self.entries for word in entry.demonyms}

    @cached_property
    def states(self) -> Mapping[str, str]:
        """`Columbus` → `Ohio`, where a town is listed with its state: “Columbus, Ohio”."""
        towns = ((e.label, name) for e in self.entries if e.type == "Place" for name in (e.label, *e.aliases))
        return {label: name.partition(", ")[2] for label, name in towns if ", " in name}

    def by_id(self, id: str) -> CatalogueEntry | None:
        """The entry with this id (`e:` + slug of its label)."""
        return self._by_id.get(id)

    def by_label(self, label: str) -> CatalogueEntry | None:
        """The entry with exactly this label, as `parent`, `family`, `maker` and `organization` name it."""
        return self._labels.get(label)

    def by_ticker(self, ticker: str) -> CatalogueEntry | None:
        """By the ticker with its exchange: `NASDAQ:NVDA`, `Nasdaq: NVDA`, `688256.SH`."""
        return self._tickers.get(_ticker(ticker))

    def lookup(self, name: str) -> tuple[CatalogueEntry, ...]:
        """The entries that bear the name: as it stands, else but for legal forms. Case, hyphens, width do not count."""
        return tuple(self._folded.get(fold_name(name)) or self._normal.get(normalise(name)) or ())

    def children(self, id: str) -> tuple[CatalogueEntry, ...]:
        """The entries whose parent or family is this one: subsidiaries of a company, members of a chip family."""
        owner = self._by_id.get(id)
        return tuple(e for e in self.entries if owner is not None and owner.label in (e.parent, e.family))


def _note(table: dict[str, list[CatalogueEntry]], key: str, entry: CatalogueEntry) -> None:
    bearers = table.setdefault(key, [])
    if key and entry not in bearers:
        bearers.append(entry)


def _ticker(ticker: str) -> str:
    return ticker.replace(" ", "").upper()


@cache
def catalogue() -> Catalogue:
    """The whole shipped catalogue, read once."""
    return Catalogue(build_entry(file, row) for file in FILES for row in read_rows(file))
