"""Under whom a party is counted: itself, its ultimate owner, or its country, each with the claims that say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from graph.errors import SettingsError
from graph.model import Claim, EntityRef
from qa.risk.holders.countries import Home, countries, country_of
from qa.risk.holders.owners import Owner, owner_of, owners
from qa.risk.lens import Seen

By = Literal["firm", "owner", "country"]
CATALOGUE = {
    "owner": "Some owners are as the catalogue has them, not as a document says.",
    "country": "Some countries are where the catalogue has the seat of a firm, not as a document says.",
}


@dataclass(frozen=True, slots=True)
class Group:
    """`entity` stands for the party; `known` False: the party itself, as its owner or country is not settled."""

    entity: EntityRef
    claims: tuple[Claim, ...] = ()
    note: str = ""
    known: bool = True
    assumed: bool = False


class Groups:
    """Groups of parties by firm, owner or country. Raises SettingsError for another word."""

    def __init__(self, seen: Seen, by: By) -> None:
        if by not in get_args(By):
            raise SettingsError(f"by is “{by}”: group by firm, owner or country")
        self.by = by
        self._seen = seen
        self._owners: dict[str, Owner] = owners(seen)

    @cached_property
    def homes(self) -> dict[str, Home]:
        """The countries of all parties."""
        return countries(self._seen)

    def of(self, party: EntityRef) -> Group:
        """The group of a party. By firm, a plant counts as the firm that it belongs to."""
        if self.by == "country":
            return self._home(party)
        found = owner_of(party, self._owners)
        if self.by == "firm":
            site = party.type == "Facility" and found.standing == "owned"
            firm = (*found.through, found.entity)[0] if site else party
            return Group(firm, found.claims if site else (), assumed=site and not found.claims)
        if found.standing == "owned":
            return Group(found.entity, found.claims, found.note, assumed=found.basis == "assumed")
        others = " or ".join(other.label for other in found.others)
        return Group(party, found.claims, f"owner not settled: {others} ({found.standing})", known=False)

    def _home(self, party: EntityRef) -> Group:
        home = country_of(party, self.homes)
        if home.entity is not None:
            note = "" if home.entity.id == party.id else home.note
            return Group(home.entity, home.claims, note, assumed=home.basis == "assumed")
        if party.type == "Place":
            return Group(party)
        others = " or ".join(other.label for other in home.others)
        note = f"country not settled: {others}" if others else "country not known"
        return Group(party, home.claims, note, known=False)
