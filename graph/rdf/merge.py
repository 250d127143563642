"""The same claim or entity said in several places is one: how the parts that may differ come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.model import Claim, Entity


def merge_claims(same: Sequence[Claim]) -> Claim:
    """One claim of all that share an id.

    Evidence is the union in the order given, confidence the highest, the wording (amount as written, origins,
    extractor) that of the most confident; it is derived or unreliable only if all are. Of reviews the last counts.
    """
    best = max(same, key=lambda claim: claim.confidence)
    review = max((claim.review for claim in same if claim.review), key=lambda made: made.at, default=None)
    evidence = tuple(dict.fromkeys(place for claim in same for place in claim.evidence))
    return replace(
        best,
        evidence=evidence,
        derived=all(claim.derived for claim in same),
        review=review,
        unreliable=all(claim.unreliable for claim in same),
    )


def merge_entities(same: Sequence[Entity]) -> Entity:
    """One entity of all that share an id: the commonest label and type, every other label an alias, all identifiers."""
    label = commonest(entity.label for entity in same)
    names = {name for entity in same for name in (entity.label, *entity.aliases)} - {label}
    identifiers = {pair for entity in same for pair in entity.identifiers}
    return Entity(
        same[0].id, label, commonest(entity.type for entity in same), tuple(sorted(names)), tuple(sorted(identifiers))
    )


def commonest(values: Iterable[str]) -> str:
    """The most frequent value, the alphabetically first of equals."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
