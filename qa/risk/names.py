"""Which single party a scope (“its largest customer, Foxconn”) or a total (“Nvidia's revenue”) names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.identity import slug
from graph.model import Entity


def words(text: str) -> tuple[str, ...]:
    """Folded words without possessive endings: “Nvidia's R&D” → nvidia, r, d.

    >>> words("the Nvidia’s data-center sales")
    ('the', 'nvidia', 'data', 'center', 'sales')
    """
    bare = text.replace("’", "'").replace("'s ", " ").replace("s' ", "s ").removesuffix("'s").removesuffix("s'")
    return tuple(part for part in slug(bare).split("-") if part != "x")


class Names:
    """Labels and aliases of entities by their words. Names that belong to several entities are no use here.

    Nor are names of `nobody` words only: “four direct customers” are nobody in particular.
    """

    def __init__(self, entities: Iterable[Entity], nobody: frozenset[str]) -> None:
        self._nobody = nobody
        known: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self.entities = {entity.id: entity for entity in entities}
        for entity in self.entities.values():
            for name in (entity.label, *entity.aliases):
                known[words(name)].add(entity.id)
        self._known = {
            name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1 and not nobody.issuperset(name)
        }
        self._longest = max((len(name) for name in self._known), default=0)

    def nobody(self, label: str) -> bool:
        """Whether the label names nobody in particular."""
        return self._nobody.issuperset(words(label))

    def only(self, text: str | None, around: frozenset[str]) -> bool:
        """Whether the text has no words but those of `around`."""
        return all(word in around for word in words(text or ""))

    def find(
        self, text: str | None, around: frozenset[str], types: frozenset[str] | None
    ) -> tuple[Entity | None, bool]:
        """The one entity of `types` (None: any) named in the text, and whether only words of `around` stand beside it.

        (None, False) if none is named, or more than one.
        """
        parts = words(text or "")
        found: set[str] = set()
        rest: list[str] = []
        at = 0
        while at < len(parts):
            for size in range(min(self._longest, len(parts) - at), 0, -1):
                entity_id = self._known.get(parts[at : at + size])
                if entity_id is not None and (types is None or self.entities[entity_id].type in types):
                    found.add(entity_id)
                    at += size
                    break
            else:
                rest.append(parts[at])
                at += 1
        if len(found) != 1:
            return None, False
        return self.entities[found.pop()], all(word in around for word in rest)
