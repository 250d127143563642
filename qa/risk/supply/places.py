"""Shares of countries beside those of firms: a country stands for its firms only where no claim names one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.risk.holders.countries import Home, country_of
from qa.risk.supply.claimed import Provider


def firms_first(providers: Sequence[Provider], homes: Mapping[str, Home]) -> list[Provider]:
    """The firms, then those countries in which none of them is at home."""
    firms = [p for p in providers if p.party.type != "Place"]
    places = [p for p in providers if p.party.type == "Place"]
    if not places:
        return firms
    taken = {home.entity.id for p in firms if (home := country_of(p.party, homes)).entity}
    return [*firms, *(p for p in places if p.party.id not in taken)]
