"""Names in a question: the graph's entities by label, alias or leading words, and near spellings for suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.model import Entity
from graph.store.protocol import Store
from graph.text.name_ranking import Ranking
from graph.text.name_tokens import TOKEN, fold
from graph.text.names import NameMatcher
from qa.leads import Leads
from qa.spellings import Spellings
from qa.waiting import Waiting
from qa.words import Token, lemmas, tokens

Run = tuple[str, ...]
"""The stems of a name."""


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
    """The names of the entities that have claims; `renew` keeps them those of the graph. A name is made ready to be
    found when a text first has the words that it begins and ends with.

    `generic` are entities that go by a common noun (“customers”, “germanium”).
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: dict[str, Entity] = {}
        self.generic: set[str] = set()
        self._named: dict[str, _Named] = {}
        self._matcher: NameMatcher[_Named] = NameMatcher(())
        self._runs: dict[Run, list[str]] = {}
        self._stems: dict[str, Any] = {}
        self._waiting = Waiting()
        self._leads: Leads | None = None  # of all names, once all are ready
        self._spellings: Spellings | None = None
        for entity in entities:
            if entity.claims:
                self.entities[entity.id] = entity
                if _generic(entity):
                    self.generic.add(entity.id)
                self._waiting.add(entity)

    def _ready(self, words: Collection[str]) -> None:
        """Make the names ready that begin and end with one of the words."""
        if self._leads is None:
            for name in self._waiting.within(words):
                if name not in self._named:
                    self._know(self.entities[name])
                    self._insert(name)

    def _all(self) -> Leads:
        """Make all names ready; the words that lead to one of them alone."""
        if self._leads is None:
            leads = Leads()
            for entity in self.entities.values():
                leads.add(entity)
            self._leads = leads
            for name, entity in self.entities.items():
                if name not in self._named:
                    self._know(entity)
                    self._insert(name)
        return self._leads

    def renew(self, ids: Collection[str], store: Store) -> None:
        """Take over how these entities are called now, and how many claims they have."""
        leads = self._all()
        self._spellings = None
        found = {entity.id: entity for entity in store.each_entity(sorted(ids)) if entity.claims}
        again: set[str] = set()
        for name in ids:
            old, new = self.entities.get(name), found.get(name)
            if old == new:
                continue
            again |= {name, *leads.rivals(old)}
            if old is not None:
                leads.remove(old)
                self._drop(name)
            if new is not None:
                leads.add(new)
                self._know(new)
            again |= leads.rivals(new)
        for name in again:
            if name in self._named:
                self._matcher.remove(self._named.pop(name))
            if name in self.entities:
                self._insert(name)

    def _know(self, entity: Entity) -> None:
        self.entities[entity.id] = entity
        if _generic(entity):
            self.generic.add(entity.id)
        for run in _runs(entity):
            self._runs.setdefault(run, []).append(entity.id)
            if run and (len(run) > 1 or len(run[0]) > 2):
                self._way(run)[""] = run

    def _drop(self, id: str) -> None:
        entity = self.entities.pop(id)
        self.generic.discard(id)
        for run in _runs(entity):
            self._runs[run].remove(id)
            if not self._runs[run]:
                del self._runs[run]
                self._way(run).pop("", None)

    def _way(self, run: Run) -> dict[str, Any]:
        """Where the stems lead, one after the other."""
        node = self._stems
        for stem in run:
            node = node.setdefault(stem, {})
        return node

    def _insert(self, id: str) -> None:
        """Let an entity be found by its names and by the word that it alone begins with."""
        named = self._called(self.entities[id])
        self._named[id] = named
        self._matcher.add(named, order=lambda one: (-one.claims, one.id))

    def _called(self, entity: Entity) -> _Named:
        leads = self._leads.of(entity) if self._leads is not None else self._waiting.leads(entity, self.entities)
        return _Named(entity.id, entity.label, entity.type, (*entity.aliases, *leads), entity.claims)

    def find(self, text: str) -> list[NameHit]:
        """Names in the text, left to right: as written first, then by stem (lower case, plurals) where nothing was
        found.
        """
        self._ready({*map(fold, TOKEN.findall(text)), *(word.lemma for word in tokens(text))})
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
            for end, run in self._runs_at(words, at):
                if not any(h.start < words[end - 1].end and words[at].start < h.end for h in hits):
                    best[end] += self._runs[run]
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

    def _runs_at(self, words: list[Token], at: int) -> Iterator[tuple[int, Run]]:
        """The names whose stems begin at a word, with where they end; possessive endings inside are passed over."""
        node, i = self._stems, at
        while i < len(words):
            if words[i].lemma == "'s" and i > at:
                i += 1
            elif words[i].lemma in node:
                node = node[words[i].lemma]
                i += 1
                if "" in node:
                    yield i, node[""]
            else:
                return

    def _ranked(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(dict.fromkeys(ids), key=lambda i: (-self.entities[i].claims, i)))

    def near(self, name: str, limit: int = 3) -> list[str]:
        """Labels that a misspelt name may have meant, best first."""
        if self._spellings is None:
            self._spellings = Spellings(self.entities.values())
        some = [self._called(self.entities[one]) for one in self._spellings.like(name)]
        found = Ranking(some).rank(name, type=None, limit=limit)
        return [c.entry.label for c in found if c.score >= 0.75]

    def runs(self, id: str) -> tuple[Run, ...]:
        """The stems of all names of an entity, for finding it in scopes and quotes; none if it is not known."""
        entity = self.entities.get(id)
        return _runs(entity) if entity else ()

    def bearers(self, run: Run) -> tuple[str, ...]:
        """The entities (ids) with a name of these stems, most claims first."""
        self._ready(run)
        return self._ranked(self._runs.get(run, ()))

    def label(self, id: str) -> str:
        """The label of an entity; the id itself if it is not known."""
        entity = self.entities.get(id)
        return entity.label if entity else id


def _generic(entity: Entity) -> bool:
    return entity.label == entity.label.lower() and entity.label.isascii()


def _runs(entity: Entity) -> tuple[Run, ...]:
    return tuple(dict.fromkeys(map(_stemmed, (entity.label, *entity.aliases))))


@lru_cache(maxsize=100_000)
def _stemmed(name: str) -> Run:
    return tuple(s for s in lemmas(name) if s != "'s")
