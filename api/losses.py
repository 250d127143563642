"""Probabilities as they are typed: `ByteDance=0.3` for one party, `0.2` for every other one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from api.asked import Asked
from graph.errors import SettingsError
from qa.risk.chokepoints import Failing
from qa.risk.customer.losses import Losses


def parse_losses(asked: Asked, given: Iterable[str]) -> Losses:
    """Of losing customers, by id. Raises SettingsError for what is no number, twice given, or not in 0–1."""
    named, every = _typed(given, "customer")
    found: dict[str, Decimal] = {}
    for name, chance in named:
        customer = asked.named(name)
        if customer in found:
            raise SettingsError(f"“{name}={chance}” is the second probability of losing {name}: give one")
        found[customer] = chance
    return Losses(found, every)


def parse_failing(asked: Asked, given: Iterable[str]) -> Failing:
    """Of failing, by id, or by name where the graph holds no such entity (a country of the catalogue).

    Raises SettingsError for what is no number or twice given.
    """
    named, every = _typed(given, "firm")
    found: dict[str, Decimal] = {}
    for name, chance in named:
        party = asked.subject(name)
        if party in found:
            raise SettingsError(f"“{name}={chance}” is the second probability for {name}: give one")
        found[party] = chance
    return Failing(found, every)


def _typed(given: Iterable[str], noun: str) -> tuple[list[tuple[str, Decimal]], Decimal | None]:
    """Names with their probabilities, and the one for all others."""
    named: list[tuple[str, Decimal]] = []
    every: Decimal | None = None
    for text in given:
        name, _, number = text.rpartition("=")
        chance = _number(text, number, noun)
        if name:
            named.append((name.strip(), chance))
        elif every is None:
            every = chance
        else:
            raise SettingsError(f"“{text}” is the second probability for every {noun}: give one")
    return named, every


def _number(text: str, number: str, noun: str) -> Decimal:
    try:
        return Decimal(number.strip())
    except InvalidOperation:
        way = f"write a number from 0 to 1, or {noun.upper()}=NUMBER"
        raise SettingsError(f"“{text}” gives no probability: {way}") from None
