"""Look-up of a profile by words: the wordings of its terms, its values and names, exact or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from rapidfuzz import fuzz, process

from qa.rdf.english import GENERIC
from qa.rdf.naming import norm
from qa.rdf.profile import Class, Profile, Property
from qa.rdf.spans import Meaning
from qa.rdf.words import alike, stem

_WEAK = {
    "has": 0.1,
    "have": 0.1,
    "is": 0.1,
    "be": 0.1,
    "of": 0.1,
    "by": 0.1,
    "in": 0.15,
    "ref": 0.1,
    "the": 0.05,
    "a": 0.05,
    "to": 0.1,
    "million": 0.2,
    "thousand": 0.2,
    "for": 0.1,
    "on": 0.1,
    "at": 0.1,
    "usd": 0.2,
    "eur": 0.2,
    "km": 0.2,
    "kg": 0.2,
    "cm": 0.2,
    "number": 0.7,
    "and": 0.05,
    "or": 0.05,
    "from": 0.2,
    "with": 0.1,
}
_WEAK |= dict.fromkeys(
    (
        "gram",
        "kilogram",
        "meter",
        "metre",
        "mile",
        "inch",
        "hectare",
        "second",
        "minute",
        "hour",
        "dollar",
        "euro",
        "percent",
    ),
    0.2,
)
_ALMOST = 88.0
_MANY = 60_000
_FEW = 500
_SMALL = 0.75
_SMALL_WORD = 0.45


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a term: stems with their weights; `trust` lowers the score of a further label;
    `linking` says that it is a link to a node.
    """

    sense: Literal["class", "property"]
    ref: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    trust: float = 1.0
    linking: bool = False

    @property
    def whole(self) -> float:
        """The weights together."""
        return sum(self.weights)


class Index:
    """Made once for a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._wordings = tuple(_wordings(profile))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self._wordings):
            for word in set(wording.words):
                self._by_word[word].append(number)
        self._said: dict[str, tuple[int, ...]] = {}

    def near(self, stems: Iterable[str]) -> list[Wording]:
        """The wordings that share a word with a question, or nearly."""
        found: set[int] = set()
        for asked in stems:
            if asked not in self._said:
                self._said[asked] = tuple(
                    n for word, numbers in self._by_word.items() if alike(asked, word) > 0 for n in numbers
                )
            found.update(self._said[asked])
        return [self._wordings[n] for n in sorted(found)]

    def values(
        self, text: str, *, capital: bool = True, fuzzy: bool = False, placed: bool = False
    ) -> tuple[Meaning, ...]:
        """Values and nodes that a text names. `capital`: it is written like a name; `fuzzy`: it must be one; `placed`:
        it stands where a name may stand though it is written small.
        """
        key = norm(text)
        found = self._exact(key, 1.0 if capital or fuzzy else 0.85)
        if not found:
            for other in self._variants(key):
                found = self._exact(other, 0.93 if capital else 0.8)
                if found:
                    break
        if not found and fuzzy and len(key) > 3:
            near = process.extract(key, self._names, scorer=fuzz.ratio, score_cutoff=_ALMOST, limit=1)
            found = [m for name, score, _ in near for m in self._exact(name, score / 100 * 0.95)]
        if not capital and not fuzzy:
            kept = " " in key or placed
            found = [
                m if self._kind_of(m) else replace(m, score=min(m.score, _SMALL if " " in key else _SMALL_WORD))
                for m in found
                if kept or self._kind_of(m)
            ]
        return tuple(found)

    def _kind_of(self, meaning: Meaning) -> bool:
        """Whether a value or node is one of few of its kind, whose names are often written small (horror, dog)."""
        if meaning.sense == "value":
            return self.profile.properties[meaning.ref].distinct <= _FEW
        counts = [
            self.profile.classes[c].count
            for n in meaning.terms
            for c in self.profile.types.get(n, ())
            if c in self.profile.classes
        ]
        return bool(counts) and min(counts) <= _FEW

    def almost(self, text: str) -> tuple[Meaning, ...]:
        """Values and nodes whose name is nearly a text: for names that nothing explains."""
        near = process.extract(norm(text), self._names, scorer=fuzz.ratio, score_cutoff=_ALMOST - 4, limit=1)
        return tuple(m for name, score, _ in near for m in self._exact(name, score / 100 * 0.9))

    def _exact(self, key: str, score: float) -> list[Meaning]:
        by_property: dict[str, list[str]] = defaultdict(list)
        for prop, literal in self.profile.values.get(key, ()):
            by_property[prop].append(literal)
        stray = {p for p, ls in by_property.items() if all(x.split('"')[1] != x.split('"')[1].strip() for x in ls)}
        found = [
            Meaning("value", p, score * (0.5 if len(key) <= 1 else 0.97 if p in stray else 1.0), tuple(ls))
            for p, ls in by_property.items()
        ]
        nodes = self.profile.entities.get(key, ())
        if nodes:
            found.append(Meaning("node", "", score, nodes))
        return found

    def _variants(self, key: str) -> Iterable[str]:
        yield from self._stemmed.get(" ".join(stem(w) for w in key.split()), ())
        yield from (d for d in demonyms().get(key, ()))

    @cached_property
    def _stemmed(self) -> dict[str, list[str]]:
        """Values and names of at most four words by their stems."""
        out: dict[str, list[str]] = defaultdict(list)
        for name in (*self.profile.values, *self.profile.entities):
            if name.count(" ") < 4 and len(name) > 2:
                out[" ".join(stem(w) for w in name.split())].append(name)
        return out

    @cached_property
    def _names(self) -> list[str]:
        return [*self.profile.values, *self.profile.entities][:_MANY]


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Adjectives of places → the places' names, as they are looked up."""
    data = yaml.safe_load(files("qa.rdf").joinpath("english.yaml").read_text(encoding="utf-8"))
    return {norm(a): tuple(norm(p) for p in places.split(" / ")) for a, places in data["demonyms"].items()}


def _wordings(profile: Profile) -> Iterable[Wording]:
    joins = {s.prop for s in profile.steps if s.join}
    for cls in profile.classes.values():
        if cls.typed and cls.words:
            yield from _class_wordings(cls)
    for prop in profile.properties.values():
        if prop.iri not in profile.naming:
            yield from _property_wordings(prop, profile, joins)


def _stress_head(stems: tuple[str, ...], weights: list[float], linking: bool) -> None:
    """The last full word of a label counts for more than those that narrow it, or less, if it says little."""
    full = [n for n, w in enumerate(weights) if w > 0.5]
    if len(full) > 1 and stems[full[-1]] in GENERIC:
        weights[full[-1]] *= 0.8
    elif len(full) > 1 and not linking:
        for n in full[:-1]:
            weights[n] *= 0.8
        weights[full[-1]] *= 1.4


def _class_wordings(cls: Class) -> Iterable[Wording]:
    for number, words in enumerate((cls.words, *cls.names)):
        stems = tuple(stem(w) for w in words)
        trust = (1.0 if number == 0 else 0.98) * (0.8 if cls.junction else 1.0)
        yield Wording("class", cls.iri, stems, tuple(_WEAK.get(s, 1.0) for s in stems), trust)


def _property_wordings(prop: Property, profile: Profile, joins: set[str]) -> Iterable[Wording]:
    owners = [profile.classes[c] for c in prop.domains if c in profile.classes]
    own = {stem(w) for c in owners if c.typed for w in c.words}
    for number, words in enumerate((prop.words, *prop.names)):
        stems = tuple(stem(w) for w in words)
        linking = prop.kind == "node" or prop.iri in joins
        weights = []
        for s in stems:
            weight = _WEAK.get(s, 1.0)
            if s in own and not set(stems) <= own:
                weight = min(weight, 0.3)
            if linking and s in ("id", "code", "key"):
                weight = 0.1
            weights.append(weight)
        _stress_head(stems, weights, linking)
        if stems:
            yield Wording("property", prop.iri, stems, tuple(weights), 1.0 if number == 0 else 0.98, linking)
