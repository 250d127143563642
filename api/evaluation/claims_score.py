"""Claims against gold: precision, recall, F1, modality, attribution (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from api.evaluation.gold import GoldClaim
from api.evaluation.labels import Labels, plain
from api.evaluation.quantities import days_of, same_quantity, same_scope
from api.evaluation.spans import violates
from api.evaluation.tally import Tally
from graph.contract import Json

_NOTHING = Tally()
SYMMETRIC = frozenset({"competesWith", "partnersWith"})


class Match(IntEnum):
    """How far a claim agrees with a gold row; STRICT adds period and scope to a metric. Relations know no RELAXED."""

    NONE = 0
    RELAXED = 1
    STRICT = 2


@dataclass(frozen=True, slots=True)
class PageScore:
    """What was measured on one article, or the sum over articles.

    `missed` are core rows whose unit nothing found; `wrong` claims that no row allows; `near` pairs of a row
    and a metric claim that agree but for period or scope.
    """

    entity: Tally = _NOTHING
    relation: Tally = _NOTHING
    metric_strict: Tally = _NOTHING
    metric_relaxed: Tally = _NOTHING
    modality: Tally = _NOTHING
    attribution: Tally = _NOTHING
    claims: int = 0
    violations: int = 0
    missed: tuple[GoldClaim, ...] = field(default=(), compare=False)
    wrong: tuple[Json, ...] = field(default=(), compare=False)
    near: tuple[tuple[GoldClaim, Json], ...] = field(default=(), compare=False)

    def __add__(self, other: PageScore) -> PageScore:
        return PageScore(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def to_json(self) -> Json:
        """Scores only, without the lists for reading."""
        tallies = ("entity", "relation", "metric_strict", "metric_relaxed")
        return {name: getattr(self, name).to_json() for name in tallies} | {
            "modality": self.modality.precision,
            "attribution": self.attribution.precision,
            "claims": self.claims,
            "matched": self.modality.predicted,
            "evidence_violations": self.violations,
        }


class ClaimScorer:
    """Scores contract claims against the gold of a folder whose names are `labels`."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def match(self, gold: GoldClaim, claim: Json) -> Match:
        """How far a claim says what a gold row says."""
        if gold.predicate != claim.get("predicate") or claim.get("polarity", True) not in gold.allowed("polarity"):
            return Match.NONE
        return self._metric(gold, claim) if gold.is_metric else self._relation(gold, claim)

    def _is(self, name: tuple[str, str], entity: Any) -> bool:
        return self._labels.same_entity(*name, entity)

    def _relation(self, gold: GoldClaim, claim: Json) -> Match:
        one, other = gold.names
        subject, object_ = claim.get("subject"), claim.get("object")
        found = self._is(one, subject) and self._is(other, object_)
        if not found and gold.predicate in SYMMETRIC:
            found = self._is(one, object_) and self._is(other, subject)
        return Match.STRICT if found else Match.NONE

    def _metric(self, gold: GoldClaim, claim: Json) -> Match:
        if not self._is(gold.names[0], claim.get("subject")) or not same_quantity(gold.object, claim.get("object")):
            return Match.NONE
        if (gold.basis or "level") != (claim.get("basis") or "level"):
            return Match.NONE
        days = [days_of(period) for period in gold.allowed("period")]
        in_time = gold.period is None or days_of(claim.get("period")) in days
        in_scope = any(same_scope(scope, claim.get("scope")) for scope in gold.allowed("scope"))
        return Match.STRICT if in_time and in_scope else Match.RELAXED

    def page(self, stem: str, gold: Sequence[GoldClaim], claims: Sequence[Json], text: str | None) -> PageScore:
        """The score of one article; `stem` is its file's name without ending, `text` what evidence must stand in."""
        matched = [[(self.match(row, claim), row) for row in gold] for claim in claims]
        best = [self._best(claim, row) for claim, row in zip(claims, matched, strict=True)]
        found = [b for b in best if b is not None]
        metric = [is_metric(claim) for claim in claims]

        def tally(of_metric: bool, level: Match) -> Tally:
            mine = [m for m, kind in zip(matched, metric, strict=True) if kind == of_metric]
            right = sum(any(got >= level for got, _ in rows) for rows in mine)
            units = _units([row for row in gold if row.is_metric == of_metric], mine, level)
            return Tally(gold=len(units), found=sum(units.values()), predicted=len(mine), right=right)

        return PageScore(
            entity=self._entities(stem, gold, claims),
            relation=tally(False, Match.STRICT),
            metric_strict=tally(True, Match.STRICT),
            metric_relaxed=tally(True, Match.RELAXED),
            modality=Tally(predicted=len(found), right=sum(m for _, m, _ in found)),
            attribution=Tally(predicted=len(found), right=sum(a for _, _, a in found)),
            claims=len(claims),
            violations=sum(violates(claim, text) for claim in claims),
            missed=_missed(gold, matched),
            wrong=tuple(claim for claim, rows in zip(claims, matched, strict=True) if not any(m for m, _ in rows)),
            near=tuple(near for claim, rows in zip(claims, matched, strict=True) if (near := _near(claim, rows))),
        )

    def _best(self, claim: Json, matched: list[tuple[Match, GoldClaim]]) -> tuple[Match, bool, bool] | None:
        """Of the rows that a claim matches, the best: how far, and whether modality and speaker are right there."""
        modality, speaker = claim.get("modality") or "asserted", claim.get("attributed_to")
        found = [
            (
                level,
                modality in row.allowed("modality"),
                any(self._speaks(x, speaker) for x in row.allowed("attributed_to")),
            )
            for level, row in matched
            if level
        ]
        return max(found, default=None)

    def _speaks(self, gold: str | None, said: str | None) -> bool:
        return self._labels.same(gold, said) if gold and said else not gold and not said

    def _entities(self, stem: str, gold: Sequence[GoldClaim], claims: Sequence[Json]) -> Tally:
        allowed = self._labels.named_on(stem) + [name for row in gold for name in row.names]
        core: dict[str, tuple[str, str]] = {}
        for rows in _readings(gold).values():
            named = [{plain(label): (label, type_) for label, type_ in row.names} for row in rows]
            core |= {key: name for key, name in named[0].items() if all(key in other for other in named)}
        parties = [claim.get(side) for claim in claims for side in ("subject", "object")]
        said = {(plain(x["label"]), x.get("type")): x for x in parties if isinstance(x, dict) and x.get("label")}
        return Tally(
            gold=len(core),
            found=sum(any(self._is(name, entity) for entity in said.values()) for name in core.values()),
            predicted=len(said),
            right=sum(any(self._is(name, entity) for name in allowed) for entity in said.values()),
        )


def is_metric(claim: Json) -> bool:
    """Whether a contract claim's object is a quantity."""
    return "unit" in (claim.get("object") or {})


def _readings(gold: Sequence[GoldClaim]) -> dict[str | int, list[GoldClaim]]:
    """Core rows by unit: a group of equivalent readings is one."""
    units: dict[str | int, list[GoldClaim]] = {}
    for number, row in enumerate(gold):
        if row.core:
            units.setdefault(row.group if row.group is not None else number, []).append(row)
    return units


def _units(
    gold: Sequence[GoldClaim], matched: Sequence[list[tuple[Match, GoldClaim]]], level: Match
) -> dict[str | int, bool]:
    hit = {id(row) for rows in matched for got, row in rows if got >= level}
    return {unit: any(id(row) in hit for row in rows) for unit, rows in _readings(gold).items()}


def _near(claim: Json, matched: list[tuple[Match, GoldClaim]]) -> tuple[GoldClaim, Json] | None:
    level, row = max(matched, key=lambda pair: pair[0], default=(Match.NONE, None))
    return (row, claim) if row is not None and level == Match.RELAXED else None


def _missed(gold: Sequence[GoldClaim], matched: Sequence[list[tuple[Match, GoldClaim]]]) -> tuple[GoldClaim, ...]:
    units, found = _readings(gold), _units(gold, matched, Match.RELAXED)
    return tuple(rows[0] for unit, rows in units.items() if not found[unit])
