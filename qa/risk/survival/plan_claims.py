"""Fills in what a plan leaves out from claims: the capacity of suppliers, the stock of the firm, in the plan's unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import SettingsError
from graph.model import Claim, EntityRef, Quantity
from graph.store.protocol import Store
from qa.risk.lens import Seen
from qa.risk.names import Names, words
from qa.risk.rules import rules
from qa.risk.survival.plan import DAYS, Maker, Need, Plan, Range


@dataclass(frozen=True, slots=True)
class Number:
    """One number that the result rests on; `claims` are empty where the plan gives it."""

    what: str
    value: Range
    unit: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A plan without gaps, its numbers with their sources, and its suppliers that are entities of the graph."""

    plan: Plan
    numbers: tuple[Number, ...]
    named: Mapping[str, EntityRef]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims behind the numbers."""
        return tuple({claim.id: claim for number in self.numbers for claim in number.claims}.values())


def fill_in(plan: Plan, firm: EntityRef, seen: Seen, store: Store) -> Filled:
    """The plan with its gaps filled. Raises SettingsError that lists every number that nobody gives."""
    names = Names(store.entities(), rules().nobody)
    found = ((maker.name, names.find(maker.name, frozenset(), None)) for maker in plan.makers)
    named = {name: entity.ref for name, (entity, whole) in found if entity is not None and whole}
    makers = [_capacity(maker, named.get(maker.name), plan, seen) for maker in plan.makers]
    stocks = [_stock(need, firm, plan, seen) for need in plan.needs]
    missing = [number for number, value in (*makers, *stocks) if value is None]
    if missing:
        raise SettingsError(
            f"no claim gives {', '.join(number.what for number in missing)} in {plan.unit}: put "
            f"{' and '.join(dict.fromkeys(number.what.split()[0] for number in missing))} into the plan"
        )
    needs = tuple(replace(need, stock=value) for need, (_, value) in zip(plan.needs, stocks, strict=True))
    whole = replace(
        plan,
        needs=needs,
        makers=tuple(replace(maker, capacity=value) for maker, (_, value) in zip(plan.makers, makers, strict=True)),
    )
    rate = f"{plan.unit}/{plan.period}"
    demands = [Number(f"demand for {need.name}", need.demand, rate) for need in plan.needs]
    return Filled(whole, (*demands, *(number for number, _ in (*stocks, *makers))), named)


def _capacity(maker: Maker, firm: EntityRef | None, plan: Plan, seen: Seen) -> tuple[Number, Range | None]:
    number = Number(f"capacity of {maker.name}", Range(0, None), f"{plan.unit}/{plan.period}")
    if maker.capacity is not None:
        return replace(number, value=maker.capacity), maker.capacity
    claims = [c for c in seen.affirmed("capacity") if firm is not None and c.subject.id == firm.id]
    return _latest(number, [c for c in claims if _about(c, maker.makes)], plan, seen, rate=True)


def _stock(need: Need, firm: EntityRef, plan: Plan, seen: Seen) -> tuple[Number, Range | None]:
    number = Number(f"stock of {need.name}", Range(0, None), plan.unit)
    if need.stock is not None:
        return replace(number, value=need.stock), need.stock
    claims = [c for c in seen.affirmed("inventory") if c.subject.id == firm.id and c.scope]
    return _latest(number, [c for c in claims if _about(c, (need.name,))], plan, seen, rate=False)


def _about(claim: Claim, items: Iterable[str]) -> bool:
    """Whether the claim is of all that the firm makes, or of one of these items."""
    if claim.basis != "level":
        return False
    return not claim.scope or any(set(words(item)) & set(words(claim.scope)) for item in items)


def _latest(
    number: Number, claims: Iterable[Claim], plan: Plan, seen: Seen, *, rate: bool
) -> tuple[Number, Range | None]:
    """The number by the claim of the latest day, in the unit of the plan; None if there is none in it."""

    def day(claim: Claim) -> date:
        end = claim.period.end if claim.period else None
        return end or max((seen.documents[e.document].published or date.min for e in claim.evidence), default=date.min)

    fits = [(claim, value) for claim in claims if (value := _in_unit(claim.object, plan, rate)) is not None]
    if not fits:
        return number, None
    claim, value = max(fits, key=lambda pair: day(pair[0]))
    return replace(number, value=value, claims=(claim,)), value


def _in_unit(value: object, plan: Plan, rate: bool) -> Range | None:
    """A quantity in the plan's unit, rates by the plan's period: 3000 wafers/month are about 690 a week."""
    if not isinstance(value, Quantity) or (value.low is None and value.high is None):
        return None
    unit, _, per = value.unit.partition("/")
    if unit not in (plan.unit, "count") or bool(per) != rate or (per and per not in DAYS):
        return None
    factor = DAYS[plan.period] / DAYS[per] if per else 1.0
    high = None if value.high is None else float(value.high) * factor
    return Range(float(value.low or 0) * factor, high)
