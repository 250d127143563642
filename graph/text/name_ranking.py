"""Ranking the bearers of a name: exact names first, then suggestions, each with its score and what made it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from graph.text.name_tokens import fold_name, normalise

if TYPE_CHECKING:
    from graph.text.names import Named

T = TypeVar("T", bound="Named")

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_FUZZY_CEILING = 0.9
_FUZZY_FLOOR = 0.8
_EXACT = {
    "label": (1.0, "its label"),
    "alias": (0.99, "its alias"),
    "ticker": (0.98, "its ticker"),
    "nickname": (0.97, "its nickname"),
    "legal form": (0.96, "its name but for the legal form"),
}


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A thing that may be meant, its score from 0 to 1, and the reason in words."""

    entry: T
    score: float
    reason: str


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split(" ") if word not in ("of", "the", "and"))


class Ranking(Generic[T]):
    """The names of some things, keyed for exact look-up and for near misses."""

    def __init__(self, items: Iterable[T]) -> None:
        self._exact: dict[str, list[tuple[T, str]]] = {}
        self._near: dict[str, list[T]] = {}
        self._initials: dict[str, list[T]] = {}
        for item in items:
            self._add(item)

    def _add(self, item: T) -> None:
        kinds = {"label": (item.label,), "alias": item.aliases, "nickname": getattr(item, "nicknames", ())}
        for kind, names in kinds.items():
            for name in names:
                folded, normal = fold_name(name), normalise(name)
                if not folded:
                    continue
                self._exact.setdefault(folded, []).append((item, kind))
                if normal != folded:
                    self._exact.setdefault(normal, []).append((item, "legal form"))
                self._near.setdefault(normal, []).append(item)
                if len(normal.split(" ")) >= 3:
                    self._initials.setdefault(_initials(normal), []).append(item)
        for ticker in getattr(item, "tickers", ()):
            for form in {ticker, ticker.rpartition(":")[2], ticker.partition(".")[0] if "." in ticker else ticker}:
                self._exact.setdefault(fold_name(form), []).append((item, "ticker"))

    def rank(self, name: str, *, type: str | None, limit: int) -> list[Candidate[T]]:
        """See `NameMatcher.resolve`."""
        found = self._same(name, type) or self._alike(name, type)
        return sorted(found.values(), key=lambda c: (-c.score, c.entry.label))[:limit]

    def _same(self, name: str, type: str | None) -> dict[T, Candidate[T]]:
        folded = fold_name(name)
        for key in dict.fromkeys((folded, folded.removeprefix("the "), normalise(name))):
            best: dict[T, Candidate[T]] = {}
            for item, kind in self._exact.get(key, ()) if key else ():
                whole = key in (folded, folded.removeprefix("the "))
                _keep(best, Candidate(item, *(_EXACT[kind] if whole else _EXACT["legal form"])))
            fitting = {item: candidate for item, candidate in best.items() if _is_a(item, type)}
            if fitting:
                return fitting
        return {}

    def _alike(self, name: str, type: str | None) -> dict[T, Candidate[T]]:
        from rapidfuzz import fuzz, process  # 20 ms that a command without an unknown name need not pay

        normal, best = normalise(name), dict[T, Candidate[T]]()
        if not normal:
            return best
        for item in self._initials.get(normal.replace(" ", ""), ()):
            _keep(best, Candidate(item, 0.85, "its initials"))
        numbers = _NUMBER.findall(normal)
        for near, score, _ in process.extract(
            normal, self._near.keys(), scorer=fuzz.ratio, score_cutoff=100 * _FUZZY_FLOOR, limit=20
        ):
            if _NUMBER.findall(near) == numbers:
                for item in self._near[near]:
                    _keep(best, Candidate(item, round(score / 100 * _FUZZY_CEILING, 3), f"spelled like “{near}”"))
        for near, items in self._near.items():
            if near.startswith(normal + " ") or normal.startswith(near + " "):
                shared = min(len(near), len(normal)) / max(len(near), len(normal))
                for item in items:
                    _keep(best, Candidate(item, round(0.4 + 0.3 * shared, 3), f"shares its first words with “{near}”"))
        return {item: candidate for item, candidate in best.items() if _is_a(item, type)}


def _is_a(item: Named, type: str | None) -> bool:
    return type is None or item.type == type or type in getattr(item, "also", ())


def _keep(best: dict[T, Candidate[T]], candidate: Candidate[T]) -> None:
    known = best.get(candidate.entry)
    if known is None or known.score < candidate.score:
        best[candidate.entry] = candidate
