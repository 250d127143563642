"""A supplier's disclosed customers read as they are named, and with those under one owner as one; HHI bounds of both.

Shares can only be added if they are of the same total and period, so each of those makes readings of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Claim, EntityRef
from qa.risk.concentration import hhi_bounds
from qa.risk.holders.owners import Owner
from qa.risk.interval import HUNDRED, Interval
from qa.risk.report import Share


@dataclass(frozen=True, slots=True)
class Bloc:
    """One customer of a reading: the firms that count as one with the bounds of their shares, and why.

    `control` are the claims that one owner has them.
    """

    entity: EntityRef
    parts: tuple[tuple[EntityRef, Decimal, Decimal], ...]
    control: tuple[Claim, ...] = ()

    @property
    def members(self) -> tuple[EntityRef, ...]:
        """The firms."""
        return tuple(firm for firm, _, _ in self.parts)

    @property
    def low(self) -> Decimal:
        """At least this share."""
        return sum((low for _, low, _ in self.parts), Decimal(0))

    @property
    def high(self) -> Decimal:
        """At most this share; never more than all, unless what is disclosed is."""
        return max(min(sum((high for _, _, high in self.parts), Decimal(0)), HUNDRED), self.low)

    @property
    def exact(self) -> Decimal | None:
        """Its share if the bounds meet."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The customers of one total and period, largest first. `rolled`: those with one owner counted as one."""

    what: str
    period: str
    rolled: bool
    blocs: tuple[Bloc, ...]

    @property
    def top(self) -> Bloc:
        """The largest customer."""
        return self.blocs[0]

    @property
    def hhi(self) -> tuple[Decimal, Decimal]:
        """Bounds of the Herfindahl–Hirschman index."""
        return hhi_bounds([Interval(bloc.low, bloc.high) for bloc in self.blocs])

    @property
    def rest(self) -> Decimal:
        """At most so much of the total has no disclosed customer."""
        return max(HUNDRED - sum((bloc.low for bloc in self.blocs), Decimal(0)), Decimal(0))


def readings(shares: Iterable[tuple[EntityRef, Share]], owners: Mapping[str, Owner]) -> list[Reading]:
    """Every total and period of the disclosed shares, as named and, where that differs, with common owners as one."""
    totals: defaultdict[tuple[str, str], list[Bloc]] = defaultdict(list)
    for party, share in shares:
        if share.basis == "disclosed" and share.low is not None:
            high = HUNDRED if share.high is None else share.high
            totals[share.what, share.period].append(Bloc(party, ((party, share.low, high),)))
    found = []
    for (what, period), blocs in totals.items():
        found.append(Reading(what, period, False, _sorted(blocs)))
        rolled = _rolled(blocs, owners)
        if len(rolled) < len(blocs):
            found.append(Reading(what, period, True, _sorted(rolled)))
    return found


def controlled(party: EntityRef, owners: Mapping[str, Owner]) -> Owner | None:
    """The owner of a firm if claims say that it has one; what only the catalogue has is no evidence."""
    owner = owners.get(party.id)
    return owner if owner and owner.standing == "owned" and owner.claims and owner.basis != "assumed" else None


def _rolled(blocs: Sequence[Bloc], owners: Mapping[str, Owner]) -> list[Bloc]:
    """Blocs with one owner, or one of which owns the other, as one."""
    groups: defaultdict[str, list[tuple[Bloc, EntityRef, tuple[Claim, ...]]]] = defaultdict(list)
    for bloc in blocs:
        owner = controlled(bloc.entity, owners)
        head, claims = (owner.entity, owner.claims) if owner else (bloc.entity, ())
        groups[head.id].append((bloc, head, claims))
    return [_joined(group) if len(group) > 1 else group[0][0] for group in groups.values()]


def _joined(group: Sequence[tuple[Bloc, EntityRef, tuple[Claim, ...]]]) -> Bloc:
    parts = tuple(part for bloc, _, _ in group for part in bloc.parts)
    control = tuple({claim.id: claim for _, _, claims in group for claim in claims}.values())
    return Bloc(group[0][1], parts, control)


def _sorted(blocs: Iterable[Bloc]) -> tuple[Bloc, ...]:
    return tuple(sorted(blocs, key=lambda bloc: (-bloc.low, -bloc.high, bloc.entity.id)))
