"""Signs in the claims that a customer may come to do without a supplier (signals.yaml), each with its claims.

A sign that is not found is not in the graph: that is unknown, not absent. Plans, possibilities and denials are signs of
their own standing, never mixed with what is affirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.model import Claim, EntityRef
from qa.risk.customer.pairs import Pair, meets
from qa.risk.customer.signal_rules import Sign
from qa.risk.paths.kinds import kinds_of, kinds_of_item, listed_products, union

State = Literal["found", "disputed", "planned", "denied", "not found in the graph"]

MEANS = ("shipments", "capacity", "orders", "inventory")


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign for one customer. `strength` says in words how strong it is and on whose word it rests."""

    sign: Sign
    state: State
    strength: str
    claims: tuple[Claim, ...]
    note: str = ""


def read_signals(pair: Pair) -> tuple[Signal, ...]:
    """Every sign of signals.yaml for a supplier and a customer, found or not, in the order of the file."""
    return tuple(_signal(sign, pair) for sign in pair.rules.signs)


def _signal(sign: Sign, pair: Pair) -> Signal:
    claims = tuple({claim.id: claim for claim in FINDERS[sign.name](pair)}.values())
    return Signal(sign, _state(sign, claims), _strength(sign, claims), claims)


def _state(sign: Sign, claims: tuple[Claim, ...]) -> State:
    """A denied supply is what the sign `ending` looks for; a denial of any other speaks against it."""
    if not claims:
        return "not found in the graph"
    if sign.name == "ending":
        return "found" if any(c.modality in ("asserted", "reported") for c in claims) else "planned"
    affirmed, denied = any(c.affirmed for c in claims), any(not c.polarity for c in claims)
    if affirmed:
        return "disputed" if denied else "found"
    return "planned" if any(c.polarity for c in claims) else "denied"


def _strength(sign: Sign, claims: tuple[Claim, ...]) -> str:
    """“strong: asserted, 2 documents”; the best modality that any of the claims has."""
    if not claims:
        return ""
    order = ("asserted", "reported", "projected", "possible", "opinion")
    best = min((c.modality for c in claims if c.polarity), key=order.index, default="denied")
    documents = len({item.document for claim in claims for item in claim.evidence})
    return f"{sign.strength}: {best}, {documents} document{'' if documents == 1 else 's'}"


def _replaces(pair: Pair) -> Iterator[Claim]:
    mine = {*pair.group, *pair.ends.made(sorted(pair.group))} - set(pair.theirs)
    other = {pair.supplier.id, *pair.theirs}
    ends = pair.ends
    for claim in (*ends.said(sorted(mine), "replaces", "competesWith"), *ends.linked(sorted(mine), "competesWith")):
        if meets(claim, other):
            yield claim


def _ending(pair: Pair) -> Iterator[Claim]:
    for claim in pair.trade:
        over = claim.period and claim.period.end and pair.today and claim.period.end < pair.today
        if claim.predicate in ("supplies", "uses") and (not claim.polarity or over):
            yield claim
    yield from pair.told("ending")


def _own_kind(pair: Pair) -> Iterator[Claim]:
    for claim in pair.ends.said(sorted(pair.group), "develops"):
        made = claim.object
        if isinstance(made, EntityRef) and made.id not in pair.theirs and pair.same_kind(kinds_of(made, pair.rules)):
            yield claim


def _deployed(pair: Pair) -> Iterator[Claim]:
    own = set(pair.own)
    mine = sorted({*pair.group, *pair.ends.made(sorted(pair.group))})
    for claim in pair.ends.said(mine, "uses"):
        if isinstance(claim.object, EntityRef) and claim.object.id in own:
            yield claim
    yield from pair.ends.linked(sorted(own), "manufactures")
    yield from pair.ends.said(sorted(own), *MEANS)
    if pair.chips:
        yield from pair.about("deployment", "own")
        yield from pair.about("deployment", "team")


def _bought_maker(pair: Pair) -> Iterator[Claim]:
    for claim in pair.ends.said(sorted(pair.group), "acquires", "investsIn"):
        firm = claim.object
        if isinstance(firm, EntityRef) and firm.id != pair.supplier.id and firm.id not in pair.group:
            made = pair.ends.made((firm.id,)) or {p.id: p for p in listed_products(firm)}
            if pair.same_kind(union(kinds_of(ref, pair.rules) for ref in made.values())):
                yield claim


def _stop_gap(pair: Pair) -> Iterator[Claim]:
    return pair.told("stop_gap")


def _design_help(pair: Pair) -> Iterator[Claim]:
    if not pair.chips:
        return
    group, design = sorted(pair.group), pair.rules.wordings["design"]
    for claim in (*pair.ends.said(group, "partnersWith"), *pair.ends.linked(group, "partnersWith")):
        if not meets(claim, {pair.supplier.id}) and any(design.found(item.quote) for item in claim.evidence):
            yield claim


def _chip_team(pair: Pair) -> Iterator[Claim]:
    if not pair.chips:
        return
    team = pair.rules.wordings["team"]
    for claim in pair.ends.said(sorted(pair.group), "headcount"):
        if team.found(claim.scope or "") or any(team.found(item.quote) for item in claim.evidence):
            yield claim
    yield from pair.about("hiring")


def _own_words(pair: Pair) -> Iterator[Claim]:
    return pair.told("own") if pair.chips else iter(())


def _other_sources(pair: Pair) -> Iterator[Claim]:
    group, trade = sorted(pair.group), {claim.id for claim in pair.trade}
    for claim in (*pair.ends.linked(group, "supplies"), *pair.ends.said(group, "uses")):
        if claim.id not in trade and claim.affirmed and pair.same_kind(_sold(claim, pair)):
            yield claim


def _sold(claim: Claim, pair: Pair) -> frozenset[str]:
    """The kinds of what a claim says is supplied or used; what the supplier makes if it does not say."""
    if claim.predicate == "uses":
        own = isinstance(claim.object, EntityRef) and claim.object.id in pair.own
        return frozenset() if own or not isinstance(claim.object, EntityRef) else kinds_of(claim.object, pair.rules)
    items = [value for name, value in claim.qualifiers if name == "item"]
    if items:
        return union(kinds_of_item(item, pair.rules) for item in items)
    made = pair.ends.made((claim.subject.id,)) or {p.id: p for p in listed_products(claim.subject)}
    return union(kinds_of(ref, pair.rules) for ref in made.values())


FINDERS: Mapping[str, Callable[[Pair], Iterator[Claim]]] = {
    "replaces": _replaces,
    "ending": _ending,
    "own_kind": _own_kind,
    "deployed": _deployed,
    "bought_maker": _bought_maker,
    "stop_gap": _stop_gap,
    "design_help": _design_help,
    "chip_team": _chip_team,
    "own_words": _own_words,
    "other_sources": _other_sources,
}
