"""Names that no text has needed yet, by the words that they begin and end with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.model import Entity
from graph.text.name_tokens import LEGAL_FORMS, TOKEN, fold, normalise
from qa.leads import first_word


class Waiting:
    """The names of some entities; an entity is found by the words of any of its names, and by the word that it alone
    begins with.
    """

    def __init__(self) -> None:
        self._names: dict[str, dict[str, list[str]]] = {}
        self._led: dict[str, str] = {}

    def add(self, entity: Entity, runs: Iterable[tuple[str, ...]]) -> None:
        """Take an entity in, with the stems of its names."""
        for name in (entity.label, *entity.aliases):
            self._note(TOKEN.findall(name), entity.id)
        for run in runs:
            if run:
                self._keep(run[0], run[-1], entity.id)
        word = first_word(entity)
        if word is not None:
            if word not in self._led:
                self._note(TOKEN.findall(word), entity.id)
            self._led[word] = entity.id if self._led.get(word, entity.id) == entity.id else ""

    def within(self, words: Collection[str]) -> Iterator[str]:
        """The entities (ids) with a name that begins and ends with one of the words, in singular or plural."""
        here = {*words, *(word[:-1] for word in words if word.endswith("s"))}
        for first in here:
            ends = self._names.get(first)
            if ends is not None:
                for last in here & ends.keys():
                    yield from ends[last]

    def leads(self, entity: Entity, entities: Mapping[str, Entity]) -> tuple[str, ...]:
        """The word that leads to an entity alone, if there is one (see `Leads`)."""
        word = first_word(entity)
        alone = word is not None and len(word) > 2 and self._led.get(word) == entity.id
        return (word,) if word and alone and not self._taken(word, entities) else ()

    def _taken(self, word: str, entities: Mapping[str, Entity]) -> bool:
        """Whether somebody is called so, but for a legal form."""
        tokens = list(map(fold, TOKEN.findall(word)))
        if not tokens:
            return False
        ends = self._names.get(tokens[0], {})
        alike = (entities[one] for last in (tokens[-1], *LEGAL_FORMS, *_LEGAL_CJK) for one in ends.get(last, ()))
        called = normalise(word)
        return any(normalise(name) == called for entity in alike for name in (entity.label, *entity.aliases))

    def _note(self, tokens: list[str], id: str) -> None:
        if tokens:
            self._keep(fold(tokens[0]), fold(tokens[-1]), id)

    def _keep(self, first: str, last: str, id: str) -> None:
        held = self._names.setdefault(first, {}).setdefault(last, [])
        if not held or held[-1] != id:
            held.append(id)


_LEGAL_CJK = ("司", "社", "사")
"""The last characters of legal forms that are written without a space."""
