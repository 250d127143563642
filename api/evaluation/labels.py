"""When two names are the same entity, for scoring only: looser than entity resolution, so that style is no error."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from api.evaluation.gold import GoldEntity
from graph.catalogue import catalogue

_POSSESSIVE = re.compile(r"'s\b")
_NOT_WORD = re.compile(r"\W+")
_NANOMETRES = re.compile(r"(\d) ?(?:nm|nanomet(?:re|er)s?)\b")


def plain(label: str | None) -> str:
    """A name without case, punctuation, possessive and leading article; “3-nanometre” and “3 nm” become “3nm”.

    >>> plain("The Samsung’s 2-nanometer"), plain("U.S.")
    ('samsung 2nm', 'us')
    """
    text = unicodedata.normalize("NFKC", label or "").casefold().replace("’", "'")
    words = _NOT_WORD.sub(" ", _POSSESSIVE.sub("", text).replace(".", "")).strip()
    return _NANOMETRES.sub(r"\1nm", words).removeprefix("the ")


def inside(one: str, other: str) -> bool:
    """Whether the shorter of two plain names is a run of whole words in the longer, with no digit left over.

    >>> inside("samsung", "samsung electronics"), inside("trainium", "trainium 2")
    (True, False)
    """
    short, long = sorted((one.split(), other.split()), key=len)
    size = len(short)
    starts = (i for i in range(len(long) - size + 1) if short and long[i : i + size] == short)
    first = next(starts, None)
    if first is None or len("".join(short)) < 2:
        return False
    return not any(c.isdigit() for word in long[:first] + long[first + size :] for c in word)


class Labels:
    """The names that a gold folder knows, with what counts as the same."""

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._also: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entity in entities:
            forms = {plain(name) for name in (entity.label, *entity.aliases)}
            for form in forms:
                self._forms[form] |= forms
                self._types[form] |= set(entity.types)
            for page in entity.also:
                self._also[page].append((entity.label, entity.types[0]))

    def same(self, gold: str, said: str | None) -> bool:
        """Whether `said` names what gold calls `gold`: an alias, or one a run of words in the other."""
        wanted, given = plain(gold), plain(said)
        if not wanted or not given:
            return False
        forms = {wanted} | self._forms.get(wanted, set())
        return any(form == given or inside(form, given) for form in forms)

    def same_entity(self, label: str, type_: str, entity: Any) -> bool:
        """Whether an entity of the contract is the gold one, in name and type."""
        if not isinstance(entity, dict) or not self.same(label, entity.get("label")):
            return False
        return entity.get("type") in self._types.get(plain(label), set()) | {type_}

    def named_on(self, page: str) -> list[tuple[str, str]]:
        """Label and type of entities that a page names beside its claims; `page` is the file's stem."""
        return list(self._also.get(page[:2], []))


def with_catalogue_names(entities: Sequence[GoldEntity]) -> list[GoldEntity]:
    """The entities with the names that the catalogue has for them too, so that its choice of label is no error.

    Names of another gold entity, and entries of another type, are left alone.
    """
    known, taken = catalogue(), {plain(name) for entity in entities for name in (entity.label, *entity.aliases)}

    def further(entity: GoldEntity) -> Iterator[str]:
        for entry in known.lookup(entity.label):
            if not set(entity.types).isdisjoint((entry.type, *entry.also)):
                yield from (name for name in entry.names if plain(name) not in taken)

    return [replace(entity, aliases=(*entity.aliases, *further(entity))) for entity in entities]
