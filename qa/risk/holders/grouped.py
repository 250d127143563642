"""Parts of a whole put into groups: by firm, owner or country, with the sums of their shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.risk.holders.parts import Part, Whole
from qa.risk.holders.rollup import Group, Groups
from qa.risk.interval import HUNDRED, ZERO, Interval


@dataclass(frozen=True, slots=True)
class Member:
    """One group with its parts; `interval` is the sum of their shares, open above where one of them discloses none, and
    None where none does.
    """

    group: Group
    parts: tuple[Part, ...]
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """All groups, largest first. `places`: shares of countries that a report by firm has no use for; `inside`: firms
    that are part of a country's own share; `contradicted`: countries whose firms sum to more than that share.
    """

    groups: tuple[Member, ...]
    places: tuple[Part, ...] = ()
    inside: tuple[Part, ...] = ()
    contradicted: tuple[str, ...] = ()


def grouped(whole: Whole, groups: Groups) -> Grouped:
    """The parts of a whole by group. By country, a country's own share goes before the sum of its firms; where there is
    any, a firm of no known country is taken to be in one of them.
    """
    places = tuple(part for part in whole.disclosed if part.party.type == "Place")
    parties = [part for part in whole.parts if part.party.type != "Place"]
    if groups.by != "country":
        return Grouped(_sums([(groups.of(part.party), part) for part in parties]), places)
    own = {groups.of(part.party).entity.id: part for part in places}
    under = {part.party.id: groups.of(part.party) for part in parties}
    inside = [p for p in parties if own and (under[p.party.id].entity.id in own or not under[p.party.id].known)]
    by_country: defaultdict[str, Decimal] = defaultdict(Decimal)
    for part in inside:
        by_country[under[part.party.id].entity.id] += part.interval.low if part.interval else ZERO
    sums = [(own[c], low) for c, low in sorted(by_country.items()) if c in own]
    wrong = [part.party.label for part, low in sums if part.interval and low > part.interval.high]
    kept = [*own.values(), *(part for part in parties if part not in inside)]
    named = tuple(part for part in inside if part.interval)
    return Grouped(_sums([(groups.of(part.party), part) for part in kept]), (), named, tuple(wrong))


def _sums(pairs: Iterable[tuple[Group, Part]]) -> tuple[Member, ...]:
    by_group: defaultdict[str, list[tuple[Group, Part]]] = defaultdict(list)
    for group, part in pairs:
        by_group[group.entity.id].append((group, part))
    found = [_member(items) for items in by_group.values()]
    return tuple(sorted(found, key=lambda one: (-_low(one), one.group.entity.label)))


def _member(items: Sequence[tuple[Group, Part]]) -> Member:
    parts = tuple(part for _, part in items)
    total: Interval | None = None
    for part in parts:
        if part.interval:
            total = part.interval if total is None else total.plus(part.interval)
    if total and any(part.interval is None for part in parts):
        total = Interval(total.low, max(total.low, HUNDRED))  # what the others of the group hold is not known
    first = items[0][0]
    claims = tuple({claim.id: claim for group, _ in items for claim in group.claims}.values())
    notes = "; ".join(dict.fromkeys(group.note for group, _ in items if group.note))
    assumed = any(group.assumed for group, _ in items)
    known = all(group.known for group, _ in items)
    return Member(Group(first.entity, claims, notes, known, assumed), parts, total)


def _low(one: Member) -> Decimal:
    return one.interval.low if one.interval else Decimal(-1)
