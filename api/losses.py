"""Probabilities of loss as they are typed: `ByteDance=0.3` for one customer, `0.2` for every other one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from api.asked import Asked
from graph.errors import SettingsError
from qa.risk.losses import Losses


def parse_losses(asked: Asked, given: Iterable[str]) -> Losses:
    """The probabilities, customers by id. Raises SettingsError for what is no number, twice given, or not in 0–1."""
    named: dict[str, Decimal] = {}
    every: Decimal | None = None
    for text in given:
        name, _, number = text.rpartition("=")
        chance = _number(text, number)
        if not name:
            if every is not None:
                raise SettingsError(f"“{text}” is the second probability for every customer: give one")
            every = chance
            continue
        customer = asked.named(name.strip())
        if customer in named:
            raise SettingsError(f"“{text}” is the second probability of losing {name.strip()}: give one")
        named[customer] = chance
    return Losses(named, every)


def _number(text: str, number: str) -> Decimal:
    try:
        return Decimal(number.strip())
    except InvalidOperation:
        raise SettingsError(f"“{text}” gives no probability: write a number from 0 to 1, or CUSTOMER=NUMBER") from None
