"""What firms do for a living: trades.yaml, by trade and by firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.identity import slug
from graph.vocabulary import read_yaml


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade: how such firms are called in the singular, the wider trade, and the companies (ids) known for it."""

    name: str
    words: tuple[str, ...]
    within: str | None
    firms: tuple[str, ...]


def parse_trades(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Trade]:
    """The trades by name. Raises SettingsError that names the trade for an unknown field, a wider trade that is not
    there, or words that two trades share.
    """
    out: dict[str, Trade] = {}
    taken: dict[str, str] = {}
    for name, row in rows.items():
        where = f"graph/catalogue/trades.yaml: “{name}”"
        if stray := sorted(row.keys() - {"words", "within", "firms"}):
            raise SettingsError(f"{where}: unknown field {', '.join(stray)}; known: words, within, firms")
        if row.get("within") is not None and row["within"] not in rows:
            raise SettingsError(f"{where}: within “{row['within']}” is no trade: add it or correct it")
        words = tuple(row.get("words", ()))
        for word in words:
            if taken.setdefault(word, name) != name:
                raise SettingsError(f"{where}: “{word}” already means “{taken[word]}”: drop it in one of them")
        firms = tuple("e:" + slug(label) for label in row.get("firms", ()))
        out[name] = Trade(name, words, row.get("within"), firms)
    return out


@cache
def trades() -> dict[str, Trade]:
    """The shipped trades, read once."""
    return parse_trades(read_yaml("graph.catalogue", "trades.yaml"))


@cache
def _by_firm() -> dict[str, frozenset[str]]:
    out: defaultdict[str, set[str]] = defaultdict(set)
    known = trades()
    for trade in known.values():
        wider: str | None = trade.name
        while wider is not None:
            for firm in trade.firms:
                out[firm].add(wider)
            wider = known[wider].within
    return {firm: frozenset(of) for firm, of in out.items()}


def trades_of(firm: str) -> frozenset[str]:
    """The trades of a company (id), wider ones with them; none if none is known."""
    return _by_firm().get(firm, frozenset())
