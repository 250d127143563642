"""Which names of a question stand for whom: capitals for governments, and names that are but common nouns."""

from __future__ import annotations

from dataclasses import replace

from graph.catalogue import catalogue
from qa.lexicon import Lexicon
from qa.names import NameHit, Names
from qa.words import Token, tokens


def governed(hit: NameHit, names: Names) -> NameHit:
    """A capital with the government that its name may stand for."""
    if not all(names.entities[i].type == "Place" for i in hit.ids):
        return hit
    meant = next((e.metonym_for for e in catalogue().lookup(hit.text) if e.metonym_for), None)
    found = names.find(meant) if meant else []
    return replace(hit, ids=(*hit.ids, *found[0].ids)) if found else hit


def metonyms(words: tuple[Token, ...], hits: list[NameHit], names: Names) -> list[NameHit]:
    """Capitals that no entity is called by, for the government that they stand for, and other names of places."""
    out: list[NameHit] = []
    for word in words:
        if not word.capital or any(h.start < word.end and word.start < h.end for h in hits):
            continue
        known = catalogue().lookup(word.text)
        place = next((e.label for e in known if e.type == "Place" and word.text in e.aliases), None)
        meant = next((e.metonym_for for e in known if e.metonym_for), place)
        found = names.find(meant) if meant else []
        if found:
            out.append(NameHit(word.start, word.end, word.text, found[0].ids))
    return out


def is_common(hit: NameHit, names: Names, lexicon: Lexicon) -> bool:
    """Whether an entity's name is but a common noun that the lexicon knows (“customers”, “cloud companies”)."""
    if not set(hit.ids) <= names.generic and not (hit.text.islower() and _so_written(hit, names)):
        return False
    stems = tokens(hit.text)
    last = lexicon.find(stems, len(stems) - 1)
    return bool(last) or stems[-1].lemma in lexicon.light


def plain_nouns(hits: list[NameHit], lexicon: Lexicon) -> list[NameHit]:
    """The names that are but nouns of a relation in small letters, where the writer has capitals for names: the “arm”
    of “X's cloud arm”.
    """
    if not any(hit.text[:1].isupper() for hit in hits):
        return []
    return [hit for hit in hits if hit.text.islower() and _relates(hit, lexicon)]


def _relates(hit: NameHit, lexicon: Lexicon) -> bool:
    stems = tokens(hit.text)
    return len(stems) == 1 and any(s.kind == "noun" for found in lexicon.find(stems, 0) for s in found.senses)


def _so_written(hit: NameHit, names: Names) -> bool:
    """Whether the entity itself goes by the word in small letters, beside its name."""
    return all(hit.text in names.entities[i].aliases for i in hit.ids)


def ids_of(label: str, names: Names) -> tuple[str, ...]:
    """The entities of exactly that name."""
    return next((h.ids for h in names.find(label) if h.text == label), ())
