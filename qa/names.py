"""Names in a question: the graph's entities by label, alias or leading words, and near spellings for suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Entity
from graph.text.names import NameMatcher, normalise
from qa.words import Token, lemmas, tokens

_LED = {"Company", "Organization", "Chip", "Model", "Product", "Facility", "Technology"}


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in the question at characters [start, end), with the ids it may stand for, most claims first."""

    start: int
    end: int
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity under its names, also the ones a question may shorten it to."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...]
    claims: int


class Names:
    """The names of one version of the graph. `generic` are entities that go by a common noun (“customers”,
    “germanium”).
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = {e.id: e for e in entities if e.claims}
        leading = self._leading()
        self._matcher = NameMatcher(
            [_Named(e.id, e.label, e.type, (*e.aliases, *leading[e.id]), e.claims) for e in self.entities.values()]
        )
        self.generic = frozenset(
            i for i, e in self.entities.items() if e.label == e.label.lower() and e.label.isascii()
        )
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for entity in self.entities.values():
            for name in (entity.label, *entity.aliases):
                stems = tuple(s for s in lemmas(name) if s != "'s")
                if stems and (len(stems) > 1 or len(stems[0]) > 2):
                    self._stems[stems[0]].append((stems, entity.id))
        self.labels = {e.id: _label_stems(e) for e in self.entities.values()}

    def _leading(self) -> dict[str, list[str]]:
        """First words that only one entity's name begins with: “Micron” for Micron Technology."""
        taken = {normalise(n) for e in self.entities.values() for n in (e.label, *e.aliases)}
        users: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities.values():
            words = entity.label.split()
            if entity.type in _LED and len(words) > 1 and words[0][0].isupper() and not words[0].endswith(("'s", "’s")):
                users[words[0]].add(entity.id)
        out: dict[str, list[str]] = defaultdict(list)
        for word, ids in users.items():
            if len(ids) == 1 and len(word) > 2 and normalise(word) not in taken:
                out[next(iter(ids))].append(word)
        return out

    def find(self, text: str) -> list[NameHit]:
        """Names in the text, left to right: as written first, then by stem (lower case, plurals) where nothing was
        found.
        """
        hits = [
            NameHit(span.start, span.end, span.surface, self._ranked(c.id for c in span.candidates))
            for span in self._matcher.find(text)
            if not span.extends
        ]
        return sorted([*hits, *self._by_stem(text, hits)], key=lambda h: h.start)

    def _by_stem(self, text: str, hits: list[NameHit]) -> list[NameHit]:
        words = [t for t in tokens(text) if t.text[0].isalnum() or t.lemma == "'s"]
        out: list[NameHit] = []
        at = 0
        while at < len(words):
            best: dict[int, list[str]] = defaultdict(list)
            for stems, key in self._stems.get(words[at].lemma, ()):
                span = _run(words, at, stems)
                if span and not any(h.start < words[span - 1].end and words[at].start < h.end for h in hits):
                    best[span].append(key)
            if best:
                end = max(best)
                out.append(
                    NameHit(
                        words[at].start,
                        words[end - 1].end,
                        text[words[at].start : words[end - 1].end],
                        self._ranked(best[end]),
                    )
                )
            at = max(best) if best else at + 1
        return out

    def _ranked(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(dict.fromkeys(ids), key=lambda i: (-self.entities[i].claims, i)))

    def near(self, name: str, limit: int = 3) -> list[str]:
        """Labels that a misspelt name may have meant, best first."""
        found = self._matcher.resolve(name, limit=limit)
        return [c.entry.label for c in found if c.score >= 0.75]

    def label(self, id: str) -> str:
        """The label of an entity; the id itself if it is not known."""
        entity = self.entities.get(id)
        return entity.label if entity else id


def _run(words: list[Token], at: int, stems: tuple[str, ...]) -> int:
    """The index after the run of words that equals the stems; 0 if it does not. Possessive endings inside are
    passed over.
    """
    i = at
    for stem in stems:
        while i < len(words) and words[i].lemma == "'s" and i > at:
            i += 1
        if i >= len(words) or words[i].lemma != stem:
            return 0
        i += 1
    return i


def _label_stems(entity: Entity) -> tuple[tuple[str, ...], ...]:
    """Stem sequences of all names of an entity, for finding it in scopes and quotes."""
    return tuple(dict.fromkeys(tuple(s for s in lemmas(n) if s != "'s") for n in (entity.label, *entity.aliases)))
