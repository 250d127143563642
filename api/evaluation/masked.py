"""How names are read that nobody listed: each article with a catalogue that lacks whatever the article names.

Tomorrow's news is about firms and products of tomorrow. The honest estimate of how they come out is made of today's: the
entries that an article names are taken out of the catalogue, and the article is read as if nobody had heard of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.evaluation.tally import Tally
from graph.catalogue import Catalogue, CatalogueEntry
from graph.text.name_tokens import fold_name
from graph.text.names import NameMatcher

if TYPE_CHECKING:
    from graph.model import Document
    from ingest.parsed import Mention, Sentence

_KEPT = frozenset({"Place", "Technology"})
_THINGS = frozenset({"Chip", "Product", "Model"})
_REFERENCES = ("parent", "family", "maker", "organization", "metonym_for")


def without_named(known: Catalogue, text: str) -> Catalogue:
    """The catalogue without the entries that a text names, and without those that their absence lets a text name.

    Places, technologies and kinds of thing that are nobody's (DRAM, copper) stay: those are there tomorrow, too.
    """
    entries = known.entries
    while named := {e.id for s in NameMatcher(entries).find(text) for e in s.candidates if _is_masked(e)}:
        entries = tuple(e for e in entries if e.id not in named)
    return Catalogue(_mended(entries))


def _is_masked(entry: CatalogueEntry) -> bool:
    kind = entry.type in _THINGS and not (entry.maker or entry.family)
    return not kind and entry.type not in _KEPT


def _mended(entries: Iterable[CatalogueEntry]) -> Iterator[CatalogueEntry]:
    """The entries without references to those that are gone, and without names that are shared no more."""
    left = tuple(entries)
    labels = {e.label for e in left}
    bearers: dict[str, set[str]] = {}
    for entry in left:
        for name in entry.names:
            bearers.setdefault(fold_name(name), set()).add(entry.id)
    for entry in left:
        lost = {field: None for field in _REFERENCES if getattr(entry, field) not in labels}
        shared = tuple(name for name in entry.shared if len(bearers[fold_name(name)]) > 1)
        yield replace(entry, shared=shared, **lost)


@dataclass(frozen=True, slots=True)
class Slip:
    """One masked mention that was not read as it should, by its type; `said` is what was read in its place."""

    name: str
    type: str
    said: str


@dataclass(frozen=True, slots=True)
class MaskedNames:
    """Mentions of masked entries: found with exactly their span (`spans`), and with their type, too (`typed`)."""

    spans: Tally = Tally()
    typed: Tally = Tally()
    slips: tuple[Slip, ...] = ()

    def __add__(self, other: MaskedNames) -> MaskedNames:
        return MaskedNames(self.spans + other.spans, self.typed + other.typed, self.slips + other.slips)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    text: str
    types: frozenset[str]


def compare(document: Document, known: Catalogue, full: list[Sentence], masked: list[Sentence]) -> MaskedNames:
    """Mentions of an article as read with the whole catalogue (`full`) against those read without what it names.

    What the whole catalogue finds is taken for right; a new name is right if it stands where a masked one stood. A name
    that is new in both readings counts neither way.
    """
    lacking = without_named(known, document.text)
    wanted = [n for n in _names(full, known, "catalogue") if not n.types & _KEPT and _gone(n, lacking)]
    return wanted and MaskedNames() or MaskedNames()
