"""Finding entities by what people type: exact name, beginning of a word, part, and only then names that look alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from graph.model import Entity

_ALIKE = 80.0


@lru_cache(maxsize=1 << 18)
def fold(name: str) -> str:
    """A name for comparison: no case, no accents, single spaces. Remembered: every search folds all names."""
    if name.isascii():
        return " ".join(name.lower().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def matching(entities: Sequence[Entity], query: str) -> list[Entity]:
    """The entities that a query names, best first: exact, beginning, part of a label or alias; within each, as given.

    Names that merely look alike (rapidfuzz ratio of 80 and above) come only if nothing else does.
    """
    wanted = fold(query)
    if not wanted:
        return list(entities)
    ranked = [(_rank(wanted, _names(entity)), entity) for entity in entities]
    found = [pair for pair in ranked if pair[0] is not None]
    if found:
        return [entity for _, entity in sorted(found, key=lambda pair: pair[0] or 0)]
    return alike(entities, query)


def alike(entities: Sequence[Entity], query: str, *, cutoff: float = _ALIKE) -> list[Entity]:
    """The entities with a name that looks like the query, most alike first."""
    from rapidfuzz import fuzz

    wanted = fold(query)
    scored = [(max(fuzz.ratio(wanted, name) for name in _names(entity)), entity) for entity in entities]
    return [entity for score, entity in sorted(scored, key=lambda pair: -pair[0]) if score >= cutoff]


def similar(query: str, folded: Sequence[str], *, cutoff: float = _ALIKE) -> list[tuple[int, float]]:
    """The places and scores of the names, folded already, that look like the query."""
    from rapidfuzz import fuzz, process

    found = process.extract(fold(query), folded, scorer=fuzz.ratio, processor=None, score_cutoff=cutoff, limit=None)
    return [(place, score) for _, score, place in found]


def _names(entity: Entity) -> list[str]:
    identifiers = (value for _, value in entity.identifiers)
    return [fold(name) for name in (entity.label, *entity.aliases, *identifiers)]


def _rank(wanted: str, names: Iterable[str]) -> int | None:
    best: int | None = None
    for name in names:
        if name == wanted:
            return 0
        if name.startswith(wanted) or f" {wanted}" in name:
            best = 1
        elif wanted in name and best is None:
            best = 2
    return best
