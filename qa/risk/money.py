"""Who pays whom, and for what, as the claims say: money put into firms, purchases, agreements that name an amount.

Firms count as the company that owns them where one is settled, so that a unit's purchase is its parent's; what an
agency or a government holds it does not run. Plans stay plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef, Quantity
from graph.text.quantities import find_quantities
from qa.convert import converted
from qa.risk.holders.owners import Owner
from qa.risk.names import Names
from qa.risk.paths.kinds import made_by_many
from qa.risk.rules import rules

Role = Literal["invests in", "buys from", "has an agreement with"]
ROLES: tuple[Role, ...] = ("invests in", "buys from", "has an agreement with")
MODALITIES = ("asserted", "reported", "projected", "possible")
MONEY = "USD"


@dataclass(slots=True)
class Leg:
    """`payer` pays `payee` in a `role`. `claims` say so; `control` that a firm they name is the payer's or payee's own.

    `assumed` are notes on what only the catalogue knows.
    """

    payer: EntityRef
    payee: EntityRef
    role: Role
    claims: dict[str, Claim] = field(default_factory=dict)
    control: dict[str, Claim] = field(default_factory=dict)
    assumed: set[str] = field(default_factory=set)

    @property
    def modality(self) -> str:
        """The firmest of its claims: asserted, reported, projected (a plan), possible."""
        return min((claim.modality for claim in self.claims.values()), key=MODALITIES.index)

    @property
    def planned(self) -> bool:
        """Whether no claim says that it is so already."""
        return not any(claim.affirmed for claim in self.claims.values())

    @property
    def amounts(self) -> list[tuple[Claim, Quantity]]:
        """The amounts of money that its claims name, those of the firmest claims only."""
        named = [(claim, amount) for claim in self.claims.values() for amount in _amounts(claim)]
        affirmed = [pair for pair in named if pair[0].affirmed]
        return affirmed or named

    @property
    def known(self) -> Decimal:
        """The money known, in dollars: the largest single amount, as sources may tell of one payment several times."""
        return max((_dollars(amount) for _, amount in self.amounts), default=Decimal(0))

    @property
    def least(self) -> Decimal:
        """At least so many dollars: as `known`, but “up to $100bn” is no money yet."""
        inside = (in_dollars(amount) or amount for _, amount in self.amounts)
        return max((amount.low for amount in inside if amount.low is not None), default=Decimal(0))


class Payments:
    """Reads claims as legs. `owners` roll firms up; `made` are developers by product (id), with their claims."""

    def __init__(self, claims: Iterable[Claim], names: Names, owners: Mapping[str, Owner]) -> None:
        self.legs: dict[tuple[str, str, Role], Leg] = {}
        self._names, self._owners = names, owners
        self._made: defaultdict[str, dict[str, tuple[EntityRef, Claim]]] = defaultdict(dict)
        held = [claim for claim in claims if claim.polarity and claim.modality in MODALITIES]
        for claim in held:
            if claim.predicate == "develops" and isinstance(claim.object, EntityRef):
                self._made[claim.object.id].setdefault(claim.subject.id, (claim.subject, claim))
        for claim in held:
            self._read(claim)

    def _read(self, claim: Claim) -> None:
        to = claim.object
        if claim.predicate == "orders":
            self._order(claim)
        elif not isinstance(to, EntityRef):
            return
        elif claim.predicate in ("investsIn", "acquires"):
            self._add(claim.subject, to, "invests in", claim)
        elif claim.predicate == "supplies":
            self._add(to, claim.subject, "buys from", claim)
        elif claim.predicate == "uses":
            self._use(claim, to)
        elif claim.predicate == "partnersWith" and _amounts(claim):
            self._add(claim.subject, to, "has an agreement with", claim)
            self._add(to, claim.subject, "has an agreement with", claim)

    def _order(self, claim: Claim) -> None:
        """An order of somebody's products, or from somebody: the scope names what or whom."""
        table = rules()
        named, single = self._names.find(claim.scope, table.around_party, None)
        if named is not None and single and claim.basis == "level":
            self._use(claim, named.ref)

    def _use(self, claim: Claim, thing: EntityRef) -> None:
        """Who uses a product buys from those who developed it, unless they are many."""
        for buyer, how in self._behind(claim.subject):
            for seller, made in self._behind(thing):
                self._add(buyer, seller, "buys from", claim, *how, *made)

    def _behind(self, thing: EntityRef) -> Iterator[tuple[EntityRef, tuple[Claim | str, ...]]]:
        """The firm itself, or the developers of a product: by claims, else the catalogue's maker."""
        if thing.type in rules().firms:
            yield thing, ()
        elif not made_by_many(thing):
            known = self._made.get(thing.id)
            for firm, claim in (known or {}).values():
                yield firm, (claim,)
            entry = catalogue().by_id(thing.id)
            maker = catalogue().by_label(entry.maker) if entry and entry.maker and not known else None
            if maker is not None:
                yield maker.ref, (f"{thing.label} is sold by {maker.label}, its maker in the catalogue.",)

    def _add(self, payer: EntityRef, payee: EntityRef, role: Role, claim: Claim, *why: Claim | str) -> None:
        table = rules()
        if payer.type not in table.firms or payee.type not in table.firms:
            return
        (payer, above), (payee, below) = self._owner(payer), self._owner(payee)
        if payer.id == payee.id or self._names.nobody(payer.label) or self._names.nobody(payee.label):
            return
        leg = self.legs.setdefault((payer.id, payee.id, role), Leg(payer, payee, role))
        leg.claims[claim.id] = claim
        for reason in (*why, *above, *below):
            if isinstance(reason, Claim):
                leg.control[reason.id] = reason
            else:
                leg.assumed.add(reason)

    def _owner(self, firm: EntityRef) -> tuple[EntityRef, tuple[Claim | str, ...]]:
        held = self._owners.get(firm.id)
        if held is None or held.standing != "owned" or held.entity.type != "Company":
            return firm, ()
        if held.basis == "assumed":
            return held.entity, (f"{firm.label} belongs to {held.entity.label}, by the catalogue.", *held.claims)
        return held.entity, held.claims


def _amounts(claim: Claim) -> list[Quantity]:
    """The money that a claim names: its qualifier, or its own value."""
    written = [value for name, value in claim.qualifiers if name == "amount"]
    found = [span.quantity for text in written for span in find_quantities(text)]
    own = [claim.object] if isinstance(claim.object, Quantity) else []
    return [amount for amount in (*found, *own) if in_dollars(amount) is not None]


def in_dollars(amount: Quantity) -> Quantity | None:
    """An amount of money in dollars, as the source converts it, else by the reference rates; None if it is no money."""
    if amount.unit == MONEY:
        return amount
    pair = converted(amount, MONEY)
    return pair[0].quantity if pair else None


def _dollars(amount: Quantity) -> Decimal:
    """At least so many dollars; for “up to” what it may reach, as nothing else is known of it."""
    inside = in_dollars(amount) or amount
    known = inside.low if inside.low is not None else inside.high
    return known or Decimal(0)
