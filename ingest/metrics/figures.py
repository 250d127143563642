"""The word lists of ingest/rules/figures.yaml: what names or tells a metric in a text beside the vocabulary's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.vocabulary import read_yaml


@dataclass(frozen=True, slots=True)
class FigureWords:
    """`terms` and `losses`: metric → its further names, `weak` those with other meanings; `verbs`: verb → metric and
    whether it is a loss; the other fields as the file explains them.
    """

    terms: dict[str, tuple[str, ...]]
    losses: dict[str, tuple[str, ...]]
    weak: frozenset[str]
    verbs: dict[str, tuple[str, bool]]
    ratings: frozenset[str]
    abilities: frozenset[str]
    memory: frozenset[str]
    cutting: frozenset[str]
    costs: frozenset[str]
    using: frozenset[str]
    pricing: frozenset[str]


@cache
def figure_words() -> FigureWords:
    """The lists, read once."""
    raw = read_yaml("ingest", "rules/figures.yaml")
    verbs = {verb: (metric, False) for metric, found in raw["verbs"].items() for verb in found}
    verbs |= dict.fromkeys(raw["verbs_of_loss"], ("netProfit", True))
    return FigureWords(
        terms={metric: tuple(found) for metric, found in raw["terms"].items()},
        losses={metric: tuple(found) for metric, found in raw["losses"].items()},
        weak=frozenset(raw["weak"]),
        verbs=verbs,
        **{
            name: frozenset(raw[name])
            for name in ("ratings", "abilities", "memory", "cutting", "costs", "using", "pricing")
        },
    )
