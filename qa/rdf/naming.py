"""Which property names the members of a class, and which tells them apart."""

from __future__ import annotations

import unicodedata

from qa.rdf.profile import Class, Property
from qa.rdf.words import stem

_NAMES = frozenset({"name", "title", "label", "headline"})
_KEYS = frozenset({"id", "identifier", "number", "code", "no", "key", "uid", "num"})
_WHOLE = frozenset({"full", "official", "common", "display", "english", "user"})
_PARTS = frozenset({"first", "last", "family", "given"})
_LABELLING = ("label", "prefLabel", "name", "title")


def norm(text: str) -> str:
    """A text as it is compared: case and width folded, accents kept, blanks single.

    >>> norm("  United   States ")
    'united states'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def class_labels(classes: dict[str, Class], properties: dict[str, Property]) -> dict[str, str]:
    """For each class the property whose values name its members, "" where there is none."""
    return {iri: _best(cls, properties, _name_score) for iri, cls in classes.items()}


def class_keys(classes: dict[str, Class], properties: dict[str, Property]) -> dict[str, str]:
    """For each class the property that tells its members apart (an id, a number, a code), "" where there is none."""
    return {iri: _best(cls, properties, _key_score) for iri, cls in classes.items()}


def _best(cls: Class, properties: dict[str, Property], score: object) -> str:
    assert callable(score)
    scored = [(score(cls, p), p.iri) for p in properties.values() if cls.iri in p.domains and p.kind != "node"]
    value, iri = max(scored, default=(0.0, ""))
    return iri if value > 0 else ""


def own_words(cls: Class, prop: Property) -> tuple[str, ...]:
    """The stems of a property's label without the words of its class.

    `pet_age` of pets is age.
    """
    mine = {stem(w) for w in cls.words}
    rest = tuple(stem(w) for w in prop.words if stem(w) not in mine)
    return rest or tuple(stem(w) for w in prop.words)


def _name_score(cls: Class, prop: Property) -> float:
    """How surely a property names the members of a class; 0 if it does not."""
    if prop.kind != "text" or prop.pattern == "number":
        return 0.0
    share = prop.domains[cls.iri] / max(cls.count, 1)
    if share < 0.5:
        return 0.0
    if prop.iri.endswith(_LABELLING) and "#" in prop.iri and prop.iri.startswith(("http://www.w3.org/",)):
        return 3.0 * share
    rest = own_words(cls, prop)
    if len(rest) == 1 and rest[0] in _NAMES:
        return (2.5 - 0.1 * _rank(rest[0])) * share
    if rest == tuple(stem(w) for w in cls.words):
        return 2.0 * share
    mine = {stem(w) for w in cls.words}
    if rest[-1] in _NAMES and len(rest) == 2:
        return (1.0 if rest[0] in _WHOLE else 0.3 if rest[0] in _PARTS else 0.0) * share
    if mine & {stem(w) for w in prop.words} and prop.unique and prop.pattern != "code":
        return 0.5 * share
    return 0.0


def _rank(word: str) -> int:
    return ("name", "title", "label", "headline").index(word)


def _key_score(cls: Class, prop: Property) -> float:
    rest = own_words(cls, prop)
    words = [stem(w) for w in prop.words]
    if words[0] == "ref" or not prop.single:
        return 0.0
    share = prop.domains[cls.iri] / max(cls.count, 1)
    if rest[-1] in _KEYS and len(rest) == 1:
        return (2.0 if prop.unique else 0.6) * share
    return 0.3 * share if words[-1] in _KEYS and prop.unique else 0.0
