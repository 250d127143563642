"""First words that only one entity's name begins with: “Micron” for Micron Technology."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.model import Entity
from graph.text.names import normalise

_LED = {"Company", "Organization", "Chip", "Model", "Product", "Facility", "Technology"}


class Leads:
    """The first words of the labels of some entities, and whose alone they are; a name itself leads nowhere."""

    def __init__(self) -> None:
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        self._spelt: defaultdict[str, set[str]] = defaultdict(set)
        self._taken: Counter[str] = Counter()

    def add(self, entity: Entity) -> None:
        """Take an entity in."""
        self._taken.update(_names(entity))
        if word := first_word(entity):
            self._users[word].add(entity.id)
            self._spelt[normalise(word)].add(word)

    def remove(self, entity: Entity) -> None:
        """Leave an entity out again, as it was added."""
        self._taken.subtract(_names(entity))
        if word := first_word(entity):
            self._users[word].discard(entity.id)

    def of(self, entity: Entity) -> tuple[str, ...]:
        """The word that leads to the entity alone, if there is one."""
        word = first_word(entity)
        alone = word is not None and self._users[word] == {entity.id} and len(word) > 2
        return (word,) if word and alone and not self._taken[normalise(word)] else ()

    def rivals(self, entity: Entity | None) -> set[str]:
        """The entities (ids) whose word may lead elsewhere when this one comes or goes."""
        if entity is None:
            return set()
        words = {word for name in _names(entity) for word in self._spelt.get(name, ())}
        if word := first_word(entity):
            words.add(word)
        return {user for word in words if len(self._users[word]) <= 2 for user in self._users[word]}


def first_word(entity: Entity) -> str | None:
    """The word by which an entity may be called, if no other one begins with it."""
    words = entity.label.split()
    led = entity.type in _LED and len(words) > 1 and words[0][0].isupper() and not words[0].endswith(("'s", "’s"))
    return words[0] if led else None


def _names(entity: Entity) -> Iterable[str]:
    return [normalise(name) for name in (entity.label, *entity.aliases)]
