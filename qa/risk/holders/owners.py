"""The ultimate owner of each firm, climbed step by step; where the claims do not settle on one, nobody is chosen.

    owners(seen) → {"e:volcano-engine": Owner(ByteDance, …)}

A step leads to the one holder in control. Where two contradict each other, share a joint venture or go round in a
circle, the climb ends below them, and they stand in `others`. Without any claim the catalogue's parent is taken,
labelled assumed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef
from qa.risk.holders.holdings import ALL, HALF, Holding, Stake, ends, holdings
from qa.risk.lens import Seen
from qa.risk.report import Basis

Standing = Literal["owned", "joint", "disputed", "circular", "open"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a firm belongs to in the end, through whom, and by which claims.

    `entity` is the firm itself where `standing` is not "owned": `others` then are the partners of a joint venture, the
    owners that claims contradict each other about, those in a circle, or those whose stake may be a majority.
    """

    entity: EntityRef
    claims: tuple[Claim, ...]
    basis: Basis | None
    standing: Standing = "owned"
    through: tuple[EntityRef, ...] = ()
    others: tuple[EntityRef, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """What is known of a firm's direct owner: the holdings that count, one if it is settled. `summed`: that one is the
    sum of several under one owner.
    """

    standing: Standing
    holdings: tuple[Holding, ...]
    note: str = ""
    summed: bool = False


def owners(seen: Seen) -> dict[str, Owner]:
    """The owner of every firm that has one, by the firm's id; a firm that is not in it stands for itself."""
    held = holdings(seen.claims, seen.documents)
    refs = _refs(seen.claims)
    steps = {firm: step for firm in sorted(refs) if (step := _step(refs[firm], held))}
    _add_up(held, steps)
    denied = {ends(claim) for claim in seen.claims if _denies(claim)}
    return {firm: _climb(refs[firm], steps, denied) for firm in steps}


def owner_of(entity: EntityRef, found: Mapping[str, Owner]) -> Owner:
    """The owner in what `owners` found, the entity itself if there is none."""
    return found.get(entity.id) or Owner(entity, (), None)


def _refs(claims: Iterable[Claim]) -> dict[str, EntityRef]:
    named = (end for claim in claims for end in (claim.subject, claim.object) if isinstance(end, EntityRef))
    return {end.id: end for end in named}


def _denies(claim: Claim) -> bool:
    return (
        claim.predicate in ("subsidiaryOf", "acquires") and not claim.polarity and isinstance(claim.object, EntityRef)
    )


def _step(firm: EntityRef, held: Mapping[str, tuple[Holding, ...]]) -> _Step | None:
    """The direct owner of a firm, or why there is none that claims agree on; None if nothing is known."""
    mine = held.get(firm.id, ())
    inside = [holding for holding in mine if holding.control]
    if not inside:
        return _without_control(firm, mine)
    nearest = [a for a in inside if not any(a is not b and _above(a.holder.id, b.holder.id, held) for b in inside)]
    latest = _latest(nearest or inside)
    if len(latest) == 1:
        gone = ", ".join(holding.holder.label for holding in nearest if holding is not latest[0])
        return _Step("owned", tuple(latest), f"later than that of {gone}" if gone else "")
    standing: Standing = "joint" if _together(latest) else "disputed"
    return _Step(standing, tuple(latest))


def _without_control(firm: EntityRef, mine: Sequence[Holding]) -> _Step | None:
    """No holder is surely in control: partners that hold it all, one that may have a majority, or the catalogue."""
    partners = tuple(holding for holding in mine if holding.stake and holding.stake.high > 0)
    least = sum((holding.stake.low for holding in partners if holding.stake), Decimal(0))
    if len(partners) > 1 and least >= ALL:
        return _Step("joint", partners)
    half = tuple(h for h in partners if h.stake and h.stake.low == h.stake.high == HALF)
    if half:
        return _Step("joint", half, "half of it" if len(half) == 1 else "")
    maybe = tuple(holding for holding in partners if holding.control is None)
    if maybe:
        return _Step("open", maybe, "the stake may or may not be a majority")
    entry = catalogue().by_id(firm.id)
    parent = catalogue().by_label(entry.parent) if entry and entry.parent else None
    if parent is None:
        return None
    return _Step("owned", (Holding(parent.ref, firm, True, None, None, ()),), "owner as the catalogue has it")


def _add_up(held: Mapping[str, tuple[Holding, ...]], steps: dict[str, _Step]) -> None:
    """Settle firms of which parties under one owner hold more than half together; again while that settles more."""
    unsettled = [firm for firm, mine in held.items() if len(mine) > 1 and not any(h.control for h in mine)]
    found = True
    while found:
        found = False
        for firm in list(unsettled):
            step = _summed(held[firm], steps)
            if step is not None:
                steps[firm], found = step, True
                unsettled.remove(firm)


def _summed(mine: Sequence[Holding], steps: Mapping[str, _Step]) -> _Step | None:
    by_owner: defaultdict[EntityRef, list[tuple[Holding, Owner]]] = defaultdict(list)
    for holding in mine:
        above = _climb(holding.holder, steps, set())
        by_owner[above.entity if above.basis != "assumed" else holding.holder].append((holding, above))
    for owner, group in by_owner.items():
        stakes = [holding.stake for holding, _ in group if holding.stake]
        low, high = (sum((getattr(stake, end) for stake in stakes), Decimal(0)) for end in ("low", "high"))
        if len(group) < 2 or low <= HALF or owner.id == mine[0].firm.id:
            continue
        claims = {c.id: c for holding, above in group for c in (*holding.claims, *above.claims)}
        whole = Holding(owner, mine[0].firm, True, Stake(low, min(high, ALL)), None, tuple(claims.values()))
        named = " and ".join(holding.holder.label for holding, _ in group)
        return _Step("owned", (whole,), f"by the stakes of {named} together", summed=True)
    return None


def _above(high: str, low: str, held: Mapping[str, tuple[Holding, ...]]) -> bool:
    """Whether `high` controls `low`, directly or through others, and is not controlled by it in turn."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            new = {h.holder.id for h in held.get(waiting.pop(), ()) if h.control} - found
            found |= new
            waiting.extend(new)
        return found

    return high in reached(low) and low not in reached(high)


def _latest(inside: Sequence[Holding]) -> list[Holding]:
    """Those that no later one ends. A purchase ends what stood before its day; a state said later outlasts a purchase.

    Two states that differ do not settle it, nor does a purchase of which no day is known.
    """
    bought = [holding for holding in inside if _purchase(holding)]
    if len(inside) < 2 or not bought or any(holding.since is None for holding in inside):
        return list(inside)
    last = max(_since(holding) for holding in inside)
    return [holding for holding in inside if _since(holding) == last]


def _since(holding: Holding) -> date:
    return holding.since or date.min


def _purchase(holding: Holding) -> bool:
    return all(claim.predicate == "acquires" for claim in holding.claims)


def _together(inside: Sequence[Holding]) -> bool:
    """Whether one sentence names them all as owners: a joint venture, not a contradiction."""
    places = [{(e.document, e.start, e.end) for c in h.claims for e in c.evidence} for h in inside]
    return bool(set.intersection(*places)) and not any(map(_purchase, inside))


def _climb(firm: EntityRef, steps: Mapping[str, _Step], denied: set[tuple[EntityRef, EntityRef]]) -> Owner:
    way: list[EntityRef] = [firm]
    claims: list[Claim] = []
    notes: list[str] = []
    sure, summed = True, False
    while (step := steps.get(way[-1].id)) and step.standing == "owned":
        holding = step.holdings[0]
        claims += holding.claims
        if holding.holder in way:
            return _circular(firm, way[way.index(holding.holder) :], claims)
        notes += [step.note, "denied elsewhere" if (holding.holder, holding.firm) in denied else ""]
        sure, summed = sure and bool(holding.claims), summed or step.summed
        way.append(holding.holder)
    if step and len(way) == 1:
        return _unsettled(firm, step)
    if step:
        named = " and ".join(holding.holder.label for holding in step.holdings)
        notes.append(f"who owns {way[-1].label} is not settled: {named} ({step.standing})")
    basis: Basis = "assumed" if not sure else "disclosed" if len(way) == 2 and not summed else "derived"
    note = "; ".join(filter(None, dict.fromkeys(notes)))
    return Owner(way[-1], tuple(claims), basis, "owned", tuple(way[1:-1]), note=note)


def _circular(firm: EntityRef, circle: Sequence[EntityRef], claims: Sequence[Claim]) -> Owner:
    labels = " → ".join(entity.label for entity in (*circle, circle[0]))
    others = tuple(entity for entity in circle if entity != firm)
    return Owner(firm, tuple(claims), "disclosed", "circular", others=others, note=f"ownership leads round: {labels}")


def _unsettled(firm: EntityRef, step: _Step) -> Owner:
    claims = {claim.id: claim for holding in step.holdings for claim in holding.claims}
    others = tuple(holding.holder for holding in step.holdings)
    return Owner(firm, tuple(claims.values()), "disclosed", step.standing, others=others, note=step.note)
