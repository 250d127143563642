"""The tables of a customers report: the customers, the readings of their concentration, the signs, unnamed shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import Claim, EntityRef
from qa.risk.cite import Citations, say
from qa.risk.concentration import HIGHLY_CONCENTRATED
from qa.risk.customer.losses import Losses, at_risk, in_money
from qa.risk.customer.readings import Bloc, Reading
from qa.risk.customer.signal_rules import signal_rules
from qa.risk.customer.signals import Signal
from qa.risk.envelope import Column, Measure, Row, Table
from qa.risk.holders.owners import Owner
from qa.risk.paths.disclosure import Disclosure, share_of
from qa.risk.report import Basis, Share

SAID = 4
"""At most so many claims are put in words for one sign; the evidence has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A customer with its share, what the dependence rests on, and its signs."""

    party: EntityRef
    owner: Owner | None
    share: Share
    claims: tuple[Claim, ...]
    signals: tuple[Signal, ...]

    @property
    def assumed_owner(self) -> bool:
        """Whether only the catalogue knows its owner."""
        return self.owner is not None and self.owner.standing == "owned" and self.owner.basis == "assumed"

    @property
    def threats(self) -> tuple[Signal, ...]:
        """The signs, found or planned, that the customer has or seeks the means to do without the supplier."""
        seen = ("found", "disputed", "planned")
        return tuple(s for s in self.signals if s.sign.strength != "supporting" and s.state in seen)

    @property
    def flag(self) -> str:
        """“warning”: a customer of 10 % or more shows an affirmed sign; “watch”: one of the two; else “none seen”."""
        large = self.share.basis == "disclosed" and (self.share.low or 0) >= signal_rules().material
        if large and any(s.state != "planned" for s in self.threats):
            return "warning"
        return "watch" if large or self.threats else "none seen"


def customer_table(lines: Sequence[Line], losses: Losses, cited: Citations) -> Table:
    """A row a customer: its share, how many signs there are, the revenue at risk with it, and a flag."""
    columns = (
        Column("customer", "Customer"),
        Column("owner", "Owner"),
        Column("share", "Share"),
        Column("signals", "Signs found"),
        Column("chance", "P(loss)"),
        Column("at_risk", "At risk"),
        Column("flag", "Flag"),
    )
    return Table("customers", "Customers", columns, tuple(_customer(line, losses, cited) for line in lines))


def _customer(line: Line, losses: Losses, cited: Citations) -> Row:
    share, risk = line.share, Measure(f"{line.share.what} at risk", "percent")
    if share.basis == "disclosed" and share.low is not None and share.high is not None:
        risk = at_risk([(line.party, share.low, share.high)], losses, share.what, share.claims)
    owner = line.owner.entity if line.owner and line.owner.standing == "owned" else None
    found = sum(signal.state in ("found", "disputed") for signal in line.signals)
    cells = (line.party, owner, share, found, losses.chance(line.party.id), risk, line.flag)
    owned = line.owner.claims if owner and line.owner else ()
    return Row(cells, cited.cite((*line.claims, *owned)))


def reading_table(
    supplier: EntityRef,
    found: Sequence[Reading],
    claims: Mapping[str, tuple[Claim, ...]],
    losses: Losses,
    cited: Citations,
) -> Table:
    """A row a total, period and reading.

    `claims` are those behind the share of each customer (by id), under the supplier's id those of its revenue.
    """
    columns = (
        Column("total", "Total"),
        Column("period", "Period"),
        Column("reading", "Customers counted"),
        Column("customers", "How many"),
        Column("top", "Largest"),
        Column("top_share", "Its share"),
        Column("hhi", "HHI"),
        Column("concentrated", "Highly concentrated"),
        Column("rest", "Not disclosed"),
        Column("at_risk", "At risk"),
        Column("money", "At risk, in money"),
    )
    rows = tuple(_reading(supplier, reading, claims, losses, cited) for reading in found)
    note = (
        "HHI above 1,800 points is highly concentrated (US merger guidelines 2023); the rest counts as dust or as one."
    )
    return Table("readings", "Concentration of disclosed customers", columns, rows, note)


def _reading(
    supplier: EntityRef, reading: Reading, claims: Mapping[str, tuple[Claim, ...]], losses: Losses, cited: Citations
) -> Row:
    behind = {c.id: c for bloc in reading.blocs for member in bloc.members for c in claims.get(member.id, ())}
    parts = [part for bloc in reading.blocs for part in bloc.parts]
    low, high = reading.hhi
    index = Measure("HHI", "points", low if low == high else None, low, high, "derived", tuple(behind))
    sure = low > HIGHLY_CONCENTRATED or (None if high > HIGHLY_CONCENTRATED else False)
    rest = Measure("not disclosed", "percent", None, None, reading.rest, "derived")
    risk = at_risk(parts, losses, reading.what, behind)
    told = claims.get(supplier.id, ()) if reading.what == "revenue" else ()
    money, revenues = in_money(risk, told, behind.values())
    cells = (
        reading.what,
        reading.period or None,
        "common owners as one" if reading.rolled else "as named",
        len(reading.blocs),
        bloc_name(reading.top),
        top_share(supplier, reading, tuple(behind)),
        index,
        sure,
        rest,
        risk,
        money,
    )
    control = [claim for bloc in reading.blocs for claim in bloc.control]
    return Row(cells, cited.cite((*behind.values(), *control, *revenues)))


def top_share(supplier: EntityRef, reading: Reading, claims: tuple[str, ...]) -> Share:
    """The share of the largest customer of a reading."""
    top = reading.top
    basis: Basis = "disclosed" if len(top.parts) == 1 else "derived"
    return Share(supplier.label, reading.what, top.exact, top.low, top.high, basis, claims, reading.period)


def bloc_name(bloc: Bloc) -> str:
    """The customer in words: “G42 and MBZUAI (under one owner)”."""
    named = " and ".join(member.label for member in bloc.members)
    return f"{named} (under one owner, {bloc.entity.label})" if len(bloc.members) > 1 else named


def signal_table(lines: Sequence[Line], cited: Citations) -> Table:
    """A row a customer and sign; those that are found, planned or denied first."""
    columns = (
        Column("customer", "Customer"),
        Column("sign", "Sign"),
        Column("state", "State"),
        Column("strength", "Strength"),
        Column("claims", "Claims"),
    )
    pairs = [(line.party, signal) for line in lines for signal in line.signals]
    pairs.sort(key=lambda pair: not pair[1].claims)
    rows = tuple(_sign(party, signal, cited) for party, signal in pairs)
    return Table("signals", "Signs of de-intermediation", columns, rows, "Not found is unknown, not absent.")


def _sign(party: EntityRef, signal: Signal, cited: Citations) -> Row:
    more = len(signal.claims) - SAID
    said = (*(say(claim) for claim in signal.claims[:SAID]), *((f"… and {more} more",) if more > 0 else ()))
    cells = (party, signal.sign.short, signal.state, signal.strength, said)
    return Row(cells, cited.cite(signal.claims))


def unnamed_table(found: Sequence[Disclosure], cited: Citations) -> Table:
    """Disclosed shares of customers that name no single party of the graph."""
    columns = (Column("part", "Customers"), Column("share", "Share"))
    rows = tuple(Row((item.part, share_of([item])), cited.cite([item.claim])) for item in found)
    return Table("unnamed", "Disclosed shares that name no single party", columns, rows)
