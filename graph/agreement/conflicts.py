"""Claims that cannot all hold, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from graph.agreement.copies import Copies
from graph.agreement.groups import joined
from graph.agreement.matters import matter
from graph.agreement.origins import Origin, copies_of, independent
from graph.agreement.pairs import DISAGREEMENTS, Kind, Standing, opposition, standing
from graph.agreement.sources import Sources
from graph.agreement.times import WEEK
from graph.identity import digest
from graph.model import Claim, Document, EntityRef, Period, Quantity, TextValue


@dataclass(frozen=True, slots=True)
class Source:
    """A document on a side."""

    document: str
    outlet: str | None
    title: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Side:
    """All claims that say one thing in one way: the value, whether it is affirmed, who says so, where."""

    standing: Standing
    polarity: bool
    value: EntityRef | Quantity | TextValue
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more sides of one matter. `id` depends on the claims alone; `period` and `scope` are the first claim's."""

    id: str
    kind: Kind
    subject: EntityRef
    predicate: str
    basis: str | None
    basis_period: str | None
    of: str | None
    scope: str | None
    period: Period | None
    sides: tuple[Side, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims in it."""
        return tuple(claim for side in self.sides for claim in side.claims)

    @property
    def entities(self) -> frozenset[str]:
        """The ids of the subject and of whatever entity a side names."""
        named = (side.value.id for side in self.sides if isinstance(side.value, EntityRef))
        return frozenset((self.subject.id, *named))


def conflicts(
    claims: Iterable[Claim],
    documents: Iterable[Document] | Mapping[str, Document],
    *,
    kinds: Collection[Kind] = DISAGREEMENTS,
    copies: Copies | None = None,
) -> list[Conflict]:
    """The conflicts of these kinds among claims, by subject, predicate and period; see `pairs` for what opposes what.

    Without `copies`, copies are found among the documents that come with their text. The order of the claims does not
    matter, and a claim on another matter changes nothing.
    """
    sources = Sources(documents)
    held = {claim.id: claim for claim in claims}
    known = copies or copies_of(sources.documents)
    pairs: defaultdict[Kind, list[tuple[str, str]]] = defaultdict(list)
    for a, b, kind in _opposed(held.values(), sources):
        if kind in kinds:
            pairs[kind].append((a.id, b.id))
    found = [
        _conflict(kind, [held[claim] for claim in group], sources, known)
        for kind, opposed in pairs.items()
        for group in joined(sorted({claim for pair in opposed for claim in pair}), opposed)
    ]
    return sorted(found, key=_place)


def opponents(claim: Claim, others: Iterable[Claim], sources: Sources) -> list[Claim]:
    """Those of the others that disagree with a claim, in their order. They must hold all claims of its matter."""
    key, held = matter(claim), list(others)
    owners = _owners((claim, *held))
    if key is None:
        return []
    return [
        other
        for other in held
        if matter(other) == key
        and (kind := opposition(claim, other, sources)) in DISAGREEMENTS
        and not (kind == "exclusive" and _in_one_chain(claim, other, owners))
    ]


def opposed(claim: Claim, same: Iterable[Claim], sources: Sources) -> list[Claim]:
    """The same where the others are known to be of the claim's matter, and that is not an exclusive relation."""
    return [other for other in same if opposition(claim, other, sources) in DISAGREEMENTS]


def _opposed(claims: Collection[Claim], sources: Sources) -> Iterator[tuple[Claim, Claim, Kind]]:
    by_matter: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        key = matter(claim)
        if key is not None:
            by_matter[key].append(claim)
    owners = _owners(claims)
    for same in by_matter.values():
        for a, b in _pairs(same):
            kind = opposition(a, b, sources)
            if kind is not None and not (kind == "exclusive" and _in_one_chain(a, b, owners)):
                yield a, b, kind


def _pairs(same: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The pairs among claims of one matter that may oppose each other: amounts of periods that begin together.

    Relations do only where one of them is denied, or exclusive.
    """
    amounts = isinstance(same[0].object, Quantity)
    if not amounts and len({claim.polarity for claim in same}) == 1 and len({_value(claim) for claim in same}) == 1:
        return
    starts = [(claim.period.start if amounts and claim.period else None, claim) for claim in same]
    yield from combinations((claim for start, claim in starts if start is None), 2)
    dated = sorted(((start, claim) for start, claim in starts if start is not None), key=lambda pair: pair[0])
    for place, (start, claim) in enumerate(dated):
        for later, other in dated[place + 1 :]:
            if later - start > WEEK:
                break
            yield claim, other


def _owners(claims: Iterable[Claim]) -> dict[tuple[str, str], set[str]]:
    """Predicate and subject → the objects that some claim affirms of it."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.affirmed and isinstance(claim.object, EntityRef):
            owners[claim.predicate, claim.subject.id].add(claim.object.id)
    return owners


def _in_one_chain(a: Claim, b: Claim, owners: dict[tuple[str, str], set[str]]) -> bool:
    """Whether one object stands above the other, as the owner of an owner does."""
    assert isinstance(a.object, EntityRef)
    assert isinstance(b.object, EntityRef)
    return any(
        high in _above(low, a.predicate, owners)
        for low, high in ((a.object.id, b.object.id), (b.object.id, a.object.id))
    )


def _above(entity: str, predicate: str, owners: dict[tuple[str, str], set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        new = owners.get((predicate, waiting.pop()), set()) - found
        found |= new
        waiting.extend(new)
    return found


def _conflict(kind: Kind, claims: list[Claim], sources: Sources, copies: Copies) -> Conflict:
    claims = sorted(claims, key=lambda claim: (sources.first_said(claim) or date.max, _size(claim), claim.id))
    by_side: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_side[standing(claim, sources), claim.polarity, _value(claim)].append(claim)
    first = claims[0]
    return Conflict(
        id="x:" + digest(kind, *sorted(claim.id for claim in claims)),
        kind=kind,
        subject=first.subject,
        predicate=first.predicate,
        basis=first.basis,
        basis_period=first.basis_period,
        of=first.of,
        scope=first.scope,
        period=first.period,
        sides=tuple(_side(same, sources, copies) for same in by_side.values()),
    )


def _size(claim: Claim) -> tuple[Decimal, str]:
    """What orders sides of one day: amounts by their size, everything else by name."""
    match claim.object:
        case Quantity(low=low, high=high):
            return (low if low is not None else high or Decimal(0)), ""
        case EntityRef(label=label):
            return Decimal(0), label
        case TextValue(text=text):
            return Decimal(0), text


def _value(claim: Claim) -> Hashable:
    match claim.object:
        case Quantity(low=low, high=high, unit=unit):
            return low, high, unit
        case EntityRef(id=id):
            return id
        case TextValue(text=text):
            return text


def _side(claims: list[Claim], sources: Sources, copies: Copies) -> Side:
    first = claims[0]
    documents = sorted({e.document for claim in claims for e in claim.evidence})
    held = [sources.documents[document] for document in documents if document in sources.documents]
    shown = sorted(held, key=lambda document: (document.published or date.max, document.id))
    return Side(
        standing=standing(first, sources),
        polarity=first.polarity,
        value=first.object,
        claims=tuple(claim.id for claim in claims),
        speakers=tuple(dict.fromkeys(claim.attributed_to for claim in claims if claim.attributed_to)),
        sources=tuple(Source(d.id, d.outlet, d.title, d.published) for d in shown),
        origins=independent(claims, sources, copies),
    )


def _place(conflict: Conflict) -> tuple[str, str, date, str]:
    start = conflict.period.start if conflict.period and conflict.period.start else date.min
    return conflict.subject.label, conflict.predicate, start, conflict.id
