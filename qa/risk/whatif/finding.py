"""Finds what a scenario names in a graph: firms, places, owners, and inputs by the items and markets they are sold
as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import QueryError, UnknownError
from graph.model import EntityRef
from graph.resolve import resolve
from graph.store.protocol import Store
from qa.risk.lens import Lens
from qa.risk.rules import rules
from qa.risk.whatif.flows import Flows
from qa.risk.whatif.markets import stems, tag_of
from qa.risk.whatif.scenario_file import nearest


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks names up in the store as the lens sees it, and inputs in the flows."""

    store: Store
    lens: Lens
    flows: Flows

    def entity(self, name: str) -> EntityRef:
        """The entity of that name or id. Raises UnknownError with the nearest names, AmbiguousError for several."""
        try:
            return resolve(self.lens.store(self.store), name).ref
        except UnknownError:
            return resolve(self.store, name).ref

    def firm(self, name: str) -> EntityRef:
        """A party that can buy and sell. Raises QueryError for a product or a place."""
        found = self.entity(name)
        if found.type not in rules().firms:
            raise QueryError(
                f"{found.label} is a {found.type} and neither buys nor sells; name a firm, or shock an input"
            )
        return found

    def trade(self, seller: str, buyer: str) -> int:
        """The number of the trade between two firms. Raises QueryError if there is none, naming whom there is."""
        ends = self.firm(seller), self.firm(buyer)
        pair = (ends[0].id, ends[1].id)
        for number, trade in enumerate(self.flows.trades):
            if trade.pair == pair:
                return number
        buyers = [self.flows.firms[t.buyer].label for t in self.flows.trades if t.seller == pair[0]]
        known = f"it supplies {', '.join(buyers)}" if buyers else "no customer of it is known"
        raise QueryError(
            f"no supply of {ends[0].label} to {ends[1].label} is known: {known}; a scenario may add one (add: true)"
        )

    def traded(self, name: str) -> list[int]:
        """The trades in an input: their items or the seller's market say so. Raises UnknownError with the nearest
        input."""
        found = [number for number in range(len(self.flows.trades)) if self._is(number, name)]
        if not found:
            raise UnknownError(f"no trade in “{name}” is known; {nearest(name, self._inputs())}", self._inputs()[:5])
        return found

    def _is(self, number: int, name: str) -> bool:
        trade = self.flows.trades[number]
        wanted, kind = stems(name, rules()), tag_of(name)
        market = self.flows.market(trade)
        if kind and kind == market.words:
            return True
        said: Iterable[str] = (*trade.items, market.name)
        return any((kind and kind == tag_of(item)) or (wanted and wanted <= stems(item, rules())) for item in said)

    def _inputs(self) -> tuple[str, ...]:
        items = {item for trade in self.flows.trades for item in trade.items}
        shared = {market.name for market in self.flows.markets.values() if market.shared}
        return tuple(sorted(items | shared)) or ("nothing",)
