"""Trades of firms: the shipped list holds together, and a wrong one is refused with its reason."""

from __future__ import annotations

import pytest

from graph.catalogue import catalogue
from graph.catalogue.trades import parse_trades, trades, trades_of
from graph.errors import SettingsError


def test_every_firm_of_a_trade_is_a_company_of_the_catalogue():
    known = {entry.id for entry in catalogue().entries if entry.type == "Company"}
    assert {firm for trade in trades().values() for firm in trade.firms} - known == set()


def test_most_companies_of_the_catalogue_have_a_trade():
    companies = [entry for entry in catalogue().entries if entry.type == "Company"]
    assert sum(bool(trades_of(entry.id)) for entry in companies) > 0.95 * len(companies)


@pytest.mark.parametrize(
    ("label", "has", "lacks"),
    [
        ("SK hynix", "memory maker", "cloud provider"),
        ("SK hynix", "chipmaker", "foundry"),
        ("TSMC", "foundry", "equipment maker"),
        ("CoreWeave", "cloud provider", "carmaker"),
        ("Temasek", "investor", "chipmaker"),
        ("Samsung Electronics", "phone maker", "miner"),
    ],
)
def test_trades_of_a_firm(label: str, has: str, lacks: str):
    entry = catalogue().by_label(label)
    found = catalogue().lookup(label) if entry is None else (entry,)
    assert has in trades_of(found[0].id)
    assert lacks not in trades_of(found[0].id)


def test_a_firm_that_nobody_knows_has_none():
    assert trades_of("e:nobody-at-all") == frozenset()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"miner": {"word": []}}, "“miner”: unknown field word; known: words, within, firms"),
        ({"miner": {"within": "digger"}}, "within “digger” is no trade"),
        ({"miner": {"words": ["digger"]}, "digger": {"words": ["digger"]}}, "“digger” already means “miner”"),
    ],
)
def test_a_wrong_list_is_refused(rows: dict[str, dict[str, object]], told: str):
    with pytest.raises(SettingsError, match=told):
        parse_trades(rows)
