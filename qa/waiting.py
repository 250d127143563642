"""Names that no text has needed yet, by the words that they begin and end with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from graph.model import Entity
from graph.text.name_tokens import LEGAL_FORMS, TOKEN, fold, normalise
from qa.leads import first_word
from qa.words import lemmas


class Waiting:
    """The names of some entities; an entity is found by the words of any of its names, and by the word that it alone
    begins with.
    """

    def __init__(self) -> None:
        self._names: dict[str, dict[str, list[str]]] = {}
        self._led: dict[str, str] = {}

    def add(self, entity: Entity) -> None:
        """Take an entity in."""
        for name in (entity.label, *entity.aliases):
            self._note(name, entity.id)
        word = first_word(entity)
        if word is not None:
            if word not in self._led:
                self._note(word, entity.id)
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

    def _note(self, name: str, id: str) -> None:
        """Keep an entity by the ends of one of its names, as they are written and by their stems."""
        words = name.split()
        if not words:
            return
        first, last = _ends(words[0]), _ends(words[-1])
        if first is None or last is None:  # “& Co”
            first = last = _ends(name)
        if first is not None and last is not None:
            self._keep(first[0], last[1], id)
            if (first[2], last[3]) != (first[0], last[1]):
                self._keep(first[2], last[3], id)

    def _keep(self, first: str, last: str, id: str) -> None:
        held = self._names.setdefault(first, {}).setdefault(last, [])
        if not held or held[-1] != id:
            held.append(id)


@lru_cache(maxsize=100_000)
def _ends(text: str) -> tuple[str, str, str, str] | None:
    """The first and the last word of a text, folded, then their stems; None where it has none."""
    words, stems = TOKEN.findall(text), [stem for stem in lemmas(text) if stem != "'s"]
    return (fold(words[0]), fold(words[-1]), stems[0], stems[-1]) if words and stems else None


_LEGAL_CJK = ("司", "社", "사")
"""The last characters of legal forms that are written without a space."""
