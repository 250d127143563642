"""signals.yaml as typed values: the signs of de-intermediation, kinds of things, wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.vocabulary import read_yaml

WHERE = "qa/risk/customer/signals.yaml"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign by its `name`, what tables call it, what it says of the customer, how strong it is where asserted."""

    name: str
    short: str
    label: str
    strength: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns of English; `finds` and `spares` are the sentences that show what they are for.

    What is `negated` just before one does not count.
    """

    patterns: tuple[re.Pattern[str], ...]
    negated: re.Pattern[str]
    finds: tuple[str, ...]
    spares: tuple[str, ...]

    def found(self, text: str) -> bool:
        """Whether a pattern is in the text and not denied there."""
        hits = (hit for pattern in self.patterns for hit in pattern.finditer(text))
        return any(self.negated.search(text[: hit.start()]) is None for hit in hits)


@dataclass(frozen=True, slots=True)
class SignalRules:
    """`kinds`: name → words, `hbm*` by their beginning; the rest as in signals.yaml."""

    signs: tuple[Sign, ...]
    wordings: Mapping[str, Wording]
    kinds: Mapping[str, re.Pattern[str]]
    vague: frozenset[str]
    chips: frozenset[str]
    largest: re.Pattern[str]
    material: Decimal


@cache
def signal_rules() -> SignalRules:
    """The rules. Raises SettingsError for a pattern that is no regular expression."""
    table = read_yaml("qa.risk.customer", "signals.yaml")
    negated = _pattern("negated", table["negated"])
    return SignalRules(
        signs=tuple(Sign(name, row["short"], row["label"], row["strength"]) for name, row in table["signals"].items()),
        wordings={name: _wording(name, row, negated) for name, row in table["wordings"].items()},
        kinds={name: _words(words) for name, words in table["kinds"].items()},
        vague=frozenset(table["vague"]),
        chips=frozenset(table["chips"]),
        largest=_pattern("largest", table["largest"]),
        material=Decimal(str(table["material"])),
    )


def _wording(name: str, row: Mapping[str, Any], negated: re.Pattern[str]) -> Wording:
    patterns = tuple(_pattern(name, pattern) for pattern in row["patterns"])
    return Wording(patterns, negated, tuple(row["finds"]), tuple(row["spares"]))


def _words(words: list[str]) -> re.Pattern[str]:
    ways = "|".join(re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def _pattern(name: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as problem:
        raise SettingsError(f"{WHERE}: {name}: “{text}” is no regular expression ({problem}): correct it") from None
