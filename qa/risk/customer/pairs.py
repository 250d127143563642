"""A supplier and one of its customers in the claims: what passes between them, what each makes, who counts as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.model import Claim, EntityRef
from qa.risk.customer.signal_rules import SignalRules, signal_rules
from qa.risk.paths.kinds import PRODUCTS, kinds_of, kinds_of_item, listed_products, union

TRADE = ("supplies", "dependsOn", "uses", "partnersWith")


@dataclass(slots=True)
class Ends:
    """Claims by the ids of their two ends, denied and hedged ones too."""

    by_subject: Mapping[str, tuple[Claim, ...]]
    by_object: Mapping[str, tuple[Claim, ...]]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Ends:
        """All claims, sorted into both."""
        subjects: defaultdict[str, list[Claim]] = defaultdict(list)
        objects: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            subjects[claim.subject.id].append(claim)
            if isinstance(claim.object, EntityRef):
                objects[claim.object.id].append(claim)
        return cls({k: tuple(v) for k, v in subjects.items()}, {k: tuple(v) for k, v in objects.items()})

    def said(self, subjects: Iterable[str], *predicates: str) -> Iterator[Claim]:
        """The claims with these subjects and predicates (none: any), in order."""
        for subject in subjects:
            for claim in self.by_subject.get(subject, ()):
                if not predicates or claim.predicate in predicates:
                    yield claim

    def linked(self, objects: Iterable[str], *predicates: str) -> Iterator[Claim]:
        """The claims with these objects and predicates."""
        for name in objects:
            for claim in self.by_object.get(name, ()):
                if claim.predicate in predicates:
                    yield claim

    def made(self, firms: Iterable[str]) -> dict[str, EntityRef]:
        """The products that these firms develop, hedged or not, but not denied; by id."""
        claims = (claim for claim in self.said(firms, "develops") if claim.polarity)
        return {c.object.id: c.object for c in claims if isinstance(c.object, EntityRef) and c.object.type in PRODUCTS}


@dataclass
class Pair:
    """A supplier and one of its customers, with the firms that count as the customer (`group`, ids)."""

    ends: Ends
    supplier: EntityRef
    customer: EntityRef
    group: frozenset[str]
    today: date | None = None
    rules: SignalRules = field(default_factory=signal_rules)

    @cached_property
    def theirs(self) -> dict[str, EntityRef]:
        """The supplier's products: those that claims name, else those of the catalogue."""
        return self.ends.made((self.supplier.id,)) or {p.id: p for p in listed_products(self.supplier)}

    @cached_property
    def own(self) -> dict[str, EntityRef]:
        """The products of the customer's that are of the kind it buys and not the supplier's own."""
        made = self.ends.made(sorted(self.group))
        return {k: ref for k, ref in made.items() if k not in self.theirs and self.same_kind(kinds_of(ref, self.rules))}

    @cached_property
    def trade(self) -> tuple[Claim, ...]:
        """The claims that tell of the purchase: between the two, or the customer's use of the supplier's products."""
        here = {self.supplier.id, *self.theirs}
        group = sorted(self.group)
        bought = [c for c in self.ends.said(group, *TRADE) if c.predicate != "supplies" and meets(c, here)]
        sold = [c for c in self.ends.linked(group, *TRADE) if c.predicate != "uses" and meets(c, here)]
        return tuple({claim.id: claim for claim in (*sold, *bought)}.values())

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What the supplier sells to the customer: the items of the trade, else all that it makes."""
        items = [value for c in self.trade for name, value in c.qualifiers if name == "item"]
        sold = union(kinds_of_item(item, self.rules) for item in items)
        used = union(kinds_of(c.object, self.rules) for c in self.trade if isinstance(c.object, EntityRef))
        return sold | used or union(kinds_of(ref, self.rules) for ref in self.theirs.values())

    def same_kind(self, kinds: frozenset[str]) -> bool:
        """Whether a thing of these kinds may take the place of what the supplier sells."""
        return bool(kinds & self.kinds)

    @property
    def chips(self) -> bool:
        """Whether the supplier sells chips."""
        return bool(self.kinds & self.rules.chips)

    def about(self, *names: str) -> Iterator[Claim]:
        """The customer's claims whose sentence has all of these wordings."""
        wordings = [self.rules.wordings[name] for name in names]
        for claim in self.ends.said(sorted(self.group)):
            if any(all(wording.found(item.quote) for wording in wordings) for item in claim.evidence):
                yield claim

    def told(self, *names: str) -> Iterator[Claim]:
        """The claims of the trade whose sentence has all of these wordings."""
        wordings = [self.rules.wordings[name] for name in names]
        for claim in self.trade:
            if any(all(wording.found(item.quote) for wording in wordings) for item in claim.evidence):
                yield claim


def meets(claim: Claim, ids: Set[str]) -> bool:
    """Whether one of the entities stands at either end."""
    return claim.subject.id in ids or (isinstance(claim.object, EntityRef) and claim.object.id in ids)
