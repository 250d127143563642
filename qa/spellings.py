"""A first sieve for misspelt names: which entities have one that looks like it, without making all names ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.model import Entity
from graph.text.name_tokens import LEGAL_FORMS, normalise, without_form
from qa.leads import first_word

_ALIKE = 60
"""How alike two names are, from 0 to 100, of which one may be a slip of the other: less than what is asked for in the
end, since here a name is not folded.
"""
_MOST = 200
_INITIALS = 3  # words from which on a name may go by its initials
_LONGEST_INITIALS = 8


class Spellings:
    """The names of some entities as they are written, for likeness alone."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names: list[str] = []
        self._bearers: list[str] = []
        for entity in entities:
            for name in dict.fromkeys(_written(entity)):
                self._names.append(name)
                self._bearers.append(entity.id)

    def like(self, name: str) -> list[str]:
        """The entities (ids) with a name that looks like this one, or has it for its initials."""
        from rapidfuzz import fuzz, process  # 20 ms that a question without an unknown name need not pay

        found = process.extract(normalise(name), self._names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST)
        places = [place for _, _, place in found]
        return list(dict.fromkeys(self._bearers[place] for place in (*places, *self._of_initials(name))))

    def _of_initials(self, name: str) -> Iterator[int]:
        letters = normalise(name).replace(" ", "")
        if len(letters) <= _LONGEST_INITIALS:
            for place, full in enumerate(self._names):
                if full.count(" ") >= _INITIALS - 1 and _first_letters(full) == letters:
                    yield place


def _written(entity: Entity) -> Iterator[str]:
    for name in (entity.label, *entity.aliases, first_word(entity) or entity.label):
        plain = " ".join(name.casefold().split()) if name.isascii() else normalise(name)
        yield plain
        if plain.rpartition(" ")[2] in LEGAL_FORMS:
            yield without_form(plain)


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in name.split(" ") if word not in ("of", "the", "and"))
