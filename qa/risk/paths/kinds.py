"""What kind of thing a product is (processor, memory, laminate …), and which kinds one firm sells to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.catalogue import catalogue
from graph.model import EntityRef
from qa.risk.customer.signal_rules import SignalRules

PRODUCTS = frozenset(("Chip", "Model", "Product", "Technology"))


def kinds_of(entity: EntityRef, rules: SignalRules) -> frozenset[str]:
    """The kinds of a product by its name and the families it belongs to; none for a firm, a place, a vague name."""
    if entity.type not in PRODUCTS:
        return frozenset()
    if entity.type == "Model":
        return frozenset(("model",))
    found = kinds_in(" ".join(_names(entity)), rules)
    if entity.type == "Chip":
        return found or frozenset(("processor",))
    return found or _head(entity.label, rules)


def kinds_in(text: str, rules: SignalRules) -> frozenset[str]:
    """The kinds that words of a text name; a processor only where nothing more special is named."""
    found = {name for name, pattern in rules.kinds.items() if pattern.search(text)}
    return frozenset(found - {"processor"} or found)


def kinds_of_item(text: str, rules: SignalRules) -> frozenset[str]:
    """The kinds of what is supplied, in the words of a claim: “HBM3E stacks” → memory, “glass cloth” → cloth."""
    listed = union(kinds_of(entry.ref, rules) for entry in catalogue().lookup(text))
    return listed or kinds_in(text, rules) or _head(text, rules)


def made_by_many(entity: EntityRef) -> bool:
    """Whether it is a kind of thing that many firms make (HBM, photoresist): in the catalogue without a maker."""
    entry = catalogue().by_id(entity.id)
    return entry is not None and entry.type in PRODUCTS and entry.maker is None


def listed_products(firm: EntityRef) -> Iterator[EntityRef]:
    """What the catalogue says that a firm makes."""
    for entry in catalogue().entries:
        if entry.maker == firm.label and entry.type in PRODUCTS:
            yield EntityRef(entry.id, entry.label, entry.type)


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """All of them together."""
    return frozenset(kind for kinds in sets for kind in kinds)


def _names(entity: EntityRef) -> Iterator[str]:
    """Its label and those of its family, the family's family …"""
    yield entity.label
    entry = catalogue().by_id(entity.id)
    while entry is not None and entry.family is not None:
        yield entry.family
        entry = catalogue().by_label(entry.family)


def _head(text: str, rules: SignalRules) -> frozenset[str]:
    last = text.split()[-1].lower().removesuffix("s") if text.split() else ""
    plain = {word.removesuffix("s") for word in rules.vague}
    return frozenset((last,)) if last.isalpha() and last not in plain else frozenset()
