"""The whole dependence network of a store with its shares, built once per store version and set of filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Claim, Document, EntityRef
from graph.store.protocol import ClaimFilter, Store
from graph.views.cache import per_version
from qa.risk.names import Names
from qa.risk.paths.dependence import CUSTOMER, SUPPLIER, Arc, Ground, links
from qa.risk.paths.disclosure import Disclosure, merge, read
from qa.risk.paths.kinds import made_by_many
from qa.risk.paths.weights import Impute, blank, fill, sizes
from qa.risk.rules import Rules, rules


@dataclass(frozen=True, slots=True)
class Dependences:
    """`out[list][id]` are the arcs from who depends, `into[list][id]` the same arcs by whom it depends on.

    `groups[id]` are disclosed shares of the entity's totals that name no single party; `said` are all disclosures of a
    pair by (list, owner id, party id), those that give its share and those left out; `claims` are the claims behind
    shares, by id.
    """

    out: Mapping[str, Mapping[str, tuple[Arc, ...]]]
    into: Mapping[str, Mapping[str, tuple[Arc, ...]]]
    groups: Mapping[str, tuple[Disclosure, ...]]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    said: Mapping[tuple[str, str, str], tuple[Disclosure, ...]] = field(default_factory=dict)
    left_out: int = 0
    """Claims that only sources judged unreliable make, and that are left out."""


def dependences(
    store: Store, *, min_confidence: float | None = None, impute: Impute = "size", include_unreliable: bool = False
) -> Dependences:
    """The network of the claims with at least `min_confidence`, without those of unreliable sources unless asked."""
    key = ("dependences", min_confidence, impute, include_unreliable)
    return per_version(
        store, key, lambda: _build(store, ClaimFilter(min_confidence=min_confidence), impute, include_unreliable)
    )


def _build(store: Store, where: ClaimFilter, impute: Impute, include_unreliable: bool) -> Dependences:
    table = rules()
    held = list(store.claims(where))
    claims = [claim for claim in held if include_unreliable or not claim.unreliable]
    documents = {document.id: document for document in store.documents()}
    names = Names(store.entities(), table.nobody)
    disclosures = [one for claim in claims if (one := read(claim, names, table))]
    published = {d.id: d.published for d in documents.values() if d.published}
    shares = merge(disclosures, table, published)
    grounds, refs = links(claims, table, made_by_many)
    for item in disclosures:
        if item.party is not None and item.claim.affirmed:
            grounds.setdefault((item.list, item.owner.id, item.party.id), (Ground((item.claim,)),))
            refs[item.owner.id], refs[item.party.id] = item.owner, item.party
    arcs: defaultdict[str, defaultdict[str, list[Arc]]] = defaultdict(lambda: defaultdict(list))
    for (kind, source, target), found in sorted(grounds.items()):
        share = shares.get((kind, source, target)) or blank(kind, refs[source].label)
        arcs[kind][source].append(Arc(kind, refs[source], refs[target], found, share))
    known, named = sizes(claims, table), _named(claims, table)
    out = {
        kind: {source: tuple(fill(group, known, impute, table, named)) for source, group in arcs[kind].items()}
        for kind in (SUPPLIER, CUSTOMER)
    }
    groups: defaultdict[str, list[Disclosure]] = defaultdict(list)
    said: defaultdict[tuple[str, str, str], list[Disclosure]] = defaultdict(list)
    for item in disclosures:
        if item.party is None:
            groups[item.owner.id].append(item)
        else:
            said[item.list, item.owner.id, item.party.id].append(item)
    behind = [item.claim for item in disclosures] + [size.claim for sizes_of in known.values() for size in sizes_of]
    return Dependences(
        out=out,
        into={kind: _turned(out[kind]) for kind in out},
        groups={owner: tuple(items) for owner, items in groups.items()},
        claims={claim.id: claim for claim in behind},
        documents=documents,
        said={pair: tuple(items) for pair, items in said.items()},
        left_out=len(held) - len(claims),
    )


def _named(claims: list[Claim], table: Rules) -> frozenset[str]:
    """Ids with any claim but disclosures of shares: parties known as more than “Customer A”."""
    rest = [c for c in claims if c.predicate not in table.metrics or c.basis != "share"]
    ends = {c.subject.id for c in rest} | {c.object.id for c in rest if isinstance(c.object, EntityRef)}
    return frozenset(ends)


def _turned(out: Mapping[str, tuple[Arc, ...]]) -> dict[str, tuple[Arc, ...]]:
    into: defaultdict[str, list[Arc]] = defaultdict(list)
    for arcs in out.values():
        for arc in arcs:
            into[arc.target.id].append(arc)
    return {target: tuple(arcs) for target, arcs in into.items()}
