"""The passage index of a store, searched by words, by links and, if asked, by sense."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.errors import SettingsError
from graph.store.protocol import Store
from graph.text.encoder import Model
from qa.passages.edition import Edition
from qa.passages.embedding import embed, model
from qa.passages.keeping import DAMAGE, Index, Told
from qa.passages.looking import Clocks, Look, Looks
from qa.passages.naming import named, numbers
from qa.passages.passage import Leg, Passage
from qa.passages.ranking import LEGS, Leaders, best, fused
from qa.passages.sense import use
from qa.passages.tables import Tables
from qa.passages.texts import Texts
from qa.passages.wording import wording
from qa.passages.words import by_words

if TYPE_CHECKING:
    from qa.passages.retriever import PassageRetriever

_LONGEST = 10_000
_BEGINNINGS = 2
"""Passages, best by words, from which the walk along links begins beside the entities that are named."""

_LATE = 50
"""Passages, best by words, whose missing vectors a look-up makes."""

_SPARE, _MOST = 2, 12
"""Times as many as asked for are looked at, so that copies can be told: at least, and at most."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is searched for: words, entities (ids) that are meant too, and by which legs."""

    query: str
    entities: tuple[str, ...]
    legs: Collection[str]


class Passages:
    """The passages of one store. Safe between threads; follows what is written by itself.

    `vectors`: search by sense too, with `made_by` or the sentence-transformers model in the folder `model`; by default
    with all-MiniLM-L6-v2.
    """

    def __init__(
        self, store: Store, *, vectors: bool = False, model: str | None = None, made_by: Model | None = None
    ) -> None:
        self._store = store
        self._index = Index(store)
        self._looks = Looks(store)
        self._vectors = vectors
        self._named = model
        self._model = made_by
        self._edition: Edition | None = None

    def search(
        self,
        query: str,
        *,
        k: int = 5,
        as_of: date | None = None,
        known_at: datetime | None = None,
        include_unreliable: bool = False,
        entities: Iterable[str] = (),
        legs: Collection[str] = LEGS,
        seconds: float | None = None,
    ) -> list[Passage]:
        """The `k` passages that are nearest to the query, best first; fewer if fewer have anything to do with it.

        `as_of`, `known_at`: only from documents published by that day, as the store knew them at that instant.
        `include_unreliable`: also from sources judged unreliable. `entities` (ids) are meant beside those that the
        query names. `legs`: the ways to search (“sense” only with vectors). `seconds`: what reading documents that are
        not in the index yet may take, about; what it does not get to is not found. Never raises for a query, however
        odd.
        """
        clocks, wish = Clocks(as_of, known_at, include_unreliable), _Wish(query[:_LONGEST], tuple(entities), legs)
        for _ in range(2):
            self._index.follow(seconds=seconds)
            try:
                with self._index.held() as tables:
                    return self._found(tables, wish, k, clocks) if k > 0 else []
            except DAMAGE:
                self._index.renew()
        return []

    def follow(self, *, seconds: float | None = None, told: Told = lambda *_: None) -> bool:
        """Take in what was written to the store since; whether that is done. `seconds`: stop after about so long.

        Without such a limit the vectors are made too, if they are wanted: SettingsError if their model is missing.
        """
        done = self._index.follow(seconds=seconds, told=told)
        if done and self._vectors and seconds is None:
            self._model = self._model or model(self._named)
            with self._index.held() as tables:
                use(tables.database, self._model.name)
                passages = np.flatnonzero(self._current(tables).lengths).tolist()
                for left in embed(self._model, tables, Texts(tables, self._store), passages):
                    told(len(passages) - left, len(passages))
        return done

    def as_retriever(
        self,
        *,
        k: int = 5,
        as_of: date | None = None,
        known_at: datetime | None = None,
        include_unreliable: bool = False,
    ) -> PassageRetriever:
        """This as a LangChain retriever; see `search`, and `PassageRetriever` for the metadata."""
        from qa.passages.retriever import PassageRetriever

        return PassageRetriever(
            passages=self, k=k, as_of=as_of, known_at=known_at, include_unreliable=include_unreliable
        )

    def drop(self) -> None:
        """Delete the index, with every word in it; it is made anew when it is needed."""
        self._edition = None
        self._index.renew()

    def close(self) -> None:
        """Let go of the index's file; it is opened again when it is needed."""
        self._edition = None
        self._index.close()

    def _found(self, tables: Tables, wish: _Wish, k: int, clocks: Clocks) -> list[Passage]:
        look = self._looks.look(tables, clocks)
        texts = Texts(tables, look.store)
        scores = self._scores(tables, look, texts, wish)
        legs = {name: best(found) for name, found in scores.items()}
        order = fused(legs)
        found = []
        for number, copies in _chosen(order, k, texts).items():
            if held := texts.with_copies(number, copies):
                found.append(replace(held, score=order[number], legs=_legs(number, legs, scores)))
        return found

    def _scores(self, tables: Tables, look: Look, texts: Texts, wish: _Wish) -> dict[str, Scores]:
        """The scores of every passage by each leg, 0 for those that are not to be shown."""
        edition, found = self._current(tables), dict[str, Scores]()
        if "words" in wish.legs:
            found["words"] = look.only(by_words(tables.database, wording(wish.query), edition.lengths))
        if "sense" in wish.legs and self._vectors and wish.query.strip():
            likely = best(found["words"], _LATE) if found else []
            sense = self._by_sense(tables, texts, wish.query, likely)
            found |= {} if sense is None else {"sense": look.only(sense)}
        if "links" in wish.legs:
            first = best(next(iter(found.values())), _BEGINNINGS) if found else []
            if meant := named(tables.database, wish.query) | numbers(tables.database, wish.entities):
                found["links"] = look.only(edition.links.by_links(meant, first))
        return found

    def _by_sense(self, tables: Tables, texts: Texts, query: str, likely: Sequence[int]) -> Scores | None:
        """The likeness of every passage that has a vector; None, from now on, where there is no model."""
        try:
            self._model = self._model or model(self._named)
        except SettingsError:
            self._vectors = False
            return None
        use(tables.database, self._model.name)
        for _ in embed(self._model, tables, texts, likely):
            pass
        edition = self._current(tables)
        return edition.sense.by_sense(self._model.embed([query])[0], len(edition.lengths))

    def _current(self, tables: Tables) -> Edition:
        """What is in memory of the index as it is now."""
        if self._edition is None or not self._edition.current(tables):
            self._edition = Edition(tables)
        return self._edition


def _chosen(order: Iterable[int], k: int, texts: Texts) -> dict[int, list[int]]:
    """The first `k` passages that are not copies of one another, each with its copies among those looked at."""
    leaders, chosen = Leaders(), dict[int, list[int]]()
    for looked, number in enumerate(islice(order, _MOST * k)):
        if len(chosen) == k and looked >= _SPARE * k:
            break
        if (held := texts.passage(number)) is None:
            continue
        leader = leaders.of(held.text)
        if leader is not None:
            chosen[leader].append(number)
        elif len(chosen) < k:
            leaders.add(number, held.text)
            chosen[number] = []
    return chosen


def _legs(number: int, legs: Mapping[str, list[int]], scores: Mapping[str, Scores]) -> tuple[Leg, ...]:
    """What each leg that found a passage says of it."""
    return tuple(
        Leg(name, ranking.index(number) + 1, float(scores[name][number]))
        for name, ranking in legs.items()
        if number in ranking
    )
