"""Which thing an item, a scope or the name of a market means: an entity of the graph, or its words taken as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from graph.catalogue import catalogue
from graph.errors import SettingsError
from graph.model import Claim, Entity, EntityRef
from graph.vocabulary import read_yaml, vocabulary
from qa.risk.names import words

WORDED = "item:"


@dataclass(frozen=True, slots=True)
class SupplyRules:
    """supply.yaml as typed values; `needs`: predicate → whether its subject needs its object."""

    needs: dict[str, bool]
    made: str
    designed: str
    sold: str
    kind: str
    share: str
    things: frozenset[str]
    around: frozenset[str]


@cache
def supply_rules() -> SupplyRules:
    """The rules. Raises SettingsError for a predicate that the vocabulary does not have."""
    table = read_yaml("qa.risk.supply", "supply.yaml")
    known = vocabulary()
    for name in (*table["needs"], table["made"], table["designed"], table["sold"], table["kind"]):
        if name not in known.relations:
            raise SettingsError(
                f"qa/risk/supply/supply.yaml: “{name}” is no relation of graph/vocabulary/relations.yaml"
            )
    return SupplyRules(
        needs={name: end == "subject" for name, end in table["needs"].items()},
        made=table["made"],
        designed=table["designed"],
        sold=table["sold"],
        kind=table["kind"],
        share=table["share"],
        things=frozenset(table["things"]),
        around=frozenset(table["around"]),
    )


class Items:
    """Things by the words of their names, whatever their order and number. A label comes before an alias of another
    thing; a name that several things bear is no use.
    """

    def __init__(self, entities: Iterable[Entity], rules: SupplyRules) -> None:
        self._around = rules.around
        labels: defaultdict[frozenset[str], dict[str, EntityRef]] = defaultdict(dict)
        aliases: defaultdict[frozenset[str], dict[str, EntityRef]] = defaultdict(dict)
        for entity in entities:
            if entity.type in rules.things:
                labels[self.stems(entity.label)][entity.id] = entity.ref
                for name in entity.aliases:
                    aliases[self.stems(name)][entity.id] = entity.ref
        self._known = {
            key: next(iter(refs.values())) for key, refs in (aliases | labels).items() if key and len(refs) == 1
        }

    def stems(self, text: str | None) -> frozenset[str]:
        """The words that tell which thing it is, singular: “global HBM shipments” → {hbm}."""
        return frozenset(_singular(word) for word in words(text or "") if word not in self._around)

    def of(self, text: str | None) -> EntityRef | None:
        """The thing that a text names: an entity, else one made of its words. None if it names none, or but a place."""
        key = self.stems(text)
        if not key or (text and _place(text, self._around)):
            return None
        return self._known.get(key) or EntityRef(WORDED + "-".join(sorted(key)), self._bare(text or ""), "Product")

    def _bare(self, text: str) -> str:
        """Without what stands around the thing: “the global HBM market” → “HBM”."""
        parts = text.split()
        while parts and set(words(parts[0])) <= self._around:
            parts = parts[1:]
        while parts and set(words(parts[-1])) <= self._around:
            parts = parts[:-1]
        return " ".join(parts)

    def of_claim(self, claim: Claim) -> EntityRef | None:
        """The thing that a claim is about besides its two sides: its item, else (of a figure) its scope or total."""
        item = dict(claim.qualifiers).get("item")
        if item or isinstance(claim.object, EntityRef):
            return self.of(item)
        return self.of(claim.scope) or self.of(claim.of)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _place(text: str, around: frozenset[str]) -> bool:
    """Whether the words left are the name of a place: “China's market” tells where, not what."""
    left = " ".join(word for word in words(text) if word not in around)
    known = catalogue()
    return bool(left) and (any(entry.type == "Place" for entry in known.lookup(left)) or left.title() in known.demonyms)
