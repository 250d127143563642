"""The one envelope of every risk report: a share with its bounds and basis, the paths that make it, the evidence.

Shares are percent points (`Decimal`; 12 is 12 %). A share says whose share of what: of the buyer's purchases (depending
on a supplier) or of the supplier's revenue (depending on a customer). Unknown is None, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from graph import contract
from graph.contract import Json
from graph.model import EntityRef

Basis = Literal["disclosed", "derived", "imputed", "assumed"]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `whose` `what`. `value` None: not known better than `low`–`high`; a bound None: nothing bounds it.

    `basis` is None when nothing at all is known. `claims` are the ids that disclose it, `period` when
    it held; `note` says what else to know.
    """

    whose: str
    what: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: Basis | None = None
    claims: tuple[str, ...] = ()
    period: str = ""
    note: str = ""

    def to_json(self) -> Json:
        """The share with numbers as plain decimals."""
        return {
            "whose": self.whose,
            "what": self.what,
            "unit": "percent",
            "value": contract.number(self.value),
            "low": contract.number(self.low),
            "high": contract.number(self.high),
            "basis": self.basis,
            "claims": list(self.claims),
            "period": self.period,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence, numbered from 1 within its report. `edges` are the claims in words, `claims` their ids."""

    n: int
    edges: tuple[str, ...]
    claims: tuple[str, ...]
    quote: str
    document: str
    title: str
    published: date | None
    modality: str
    attributed_to: str | None
    start: int
    end: int
    outlet: str | None = None
    locator: str = ""

    def to_json(self) -> Json:
        """The evidence with its offsets in the document's text, and in a table where the row stands."""
        out: Json = {
            "n": self.n,
            "edge": "; ".join(self.edges),
            "claims": list(self.claims),
            "quote": self.quote,
            "document": self.document,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published.isoformat() if self.published else None,
            "modality": self.modality,
            "attributed_to": self.attributed_to,
            "start": self.start,
            "end": self.end,
        }
        return out | {"locator": self.locator} if self.locator else out


@dataclass(frozen=True, slots=True)
class Step:
    """`source` depends on `target`; `said` is the claims in words, `through` the products between the two."""

    source: EntityRef
    target: EntityRef
    said: str
    through: tuple[EntityRef, ...]
    share: Share
    claims: tuple[str, ...]
    evidence: tuple[int, ...]

    def to_json(self) -> Json:
        """One step of a path."""
        return {
            "source": contract.entity_ref(self.source),
            "target": contract.entity_ref(self.target),
            "said": self.said,
            "through": [contract.entity_ref(item) for item in self.through],
            "share": self.share.to_json(),
            "claims": list(self.claims),
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from who depends to whom it depends on in the end; `share` is the product of the steps' shares."""

    steps: tuple[Step, ...]
    share: Share

    def to_json(self) -> Json:
        """The path with its product of shares."""
        return {"tiers": len(self.steps), "share": self.share.to_json(), "steps": [s.to_json() for s in self.steps]}


@dataclass(frozen=True, slots=True)
class Party:
    """Another party: the fewest `tier`s to it, the share at that tier, over all tiers traced, and its best paths."""

    entity: EntityRef
    tier: int
    share: Share
    total: Share
    paths: tuple[Path, ...]

    def to_json(self) -> Json:
        """The party with its paths."""
        return {
            "entity": contract.entity_ref(self.entity),
            "tier": self.tier,
            "share": self.share.to_json(),
            "total": self.total.to_json(),
            "paths": [path.to_json() for path in self.paths],
        }


@dataclass(frozen=True, slots=True)
class Group:
    """A disclosed share of a part that is no single party of the graph: “five largest customers”, “advanced chips”."""

    part: str
    share: Share
    evidence: tuple[int, ...]

    def to_json(self) -> Json:
        """The share with its numbered evidence."""
        return {"part": self.part, "share": self.share.to_json(), "evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the network that was traced carries a disclosed share; `documents` counts distinct sources.

    `noun` says what the steps are (“provider”, “input”), `having` what is counted of them in `disclosed`.
    """

    steps: int
    disclosed: int
    claims: int
    documents: int
    noun: str = "dependence"
    having: str = "a disclosed share"

    @property
    def said(self) -> str:
        """The coverage in one sentence."""
        if not self.steps:
            return f"The graph holds no {self.noun} here; that means unknown, not independent."
        return (
            f"{self.disclosed} of {_count(self.steps, self.noun)} traced with {self.having}; "
            f"{_count(self.claims, 'claim')} from {_count(self.documents, 'document')}. "
            "What no document says is unknown, not zero."
        )

    def to_json(self) -> Json:
        """The counts and the sentence."""
        return {
            "steps": self.steps,
            "disclosed": self.disclosed,
            "claims": self.claims,
            "documents": self.documents,
            "said": self.said,
        }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one measure (`kind`) for one entity.

    `share` is the answer for the pair when `to` is given, else says nothing. `suppliers` are dependences on a
    supplier, `customers` dependences on a customer: in an exposure the parties that the entity depends on, in a
    dependents report those that depend on it as their supplier and as their customer. `all_tiers` (with `to`) follows
    disclosed shares over any number of tiers, cycles included.
    """

    kind: str
    entity: EntityRef
    to: EntityRef | None
    share: Share
    suppliers: tuple[Party, ...]
    customers: tuple[Party, ...]
    groups: tuple[Group, ...]
    paths: tuple[Path, ...]
    coverage: Coverage
    method: str
    assumptions: tuple[str, ...]
    evidence: tuple[Quote, ...]
    as_of: date | None = None
    known_at: datetime | None = None
    all_tiers: Share | None = None

    def to_json(self) -> Json:
        """The envelope (share, coverage, method, assumptions, paths, evidence, as_of) and the lists of parties."""
        return {
            "report": self.kind,
            "entity": contract.entity_ref(self.entity),
            "to": contract.entity_ref(self.to) if self.to else None,
            **self.share.to_json(),
            "coverage": self.coverage.to_json(),
            "method": self.method,
            "assumptions": list(self.assumptions),
            "supplier_dependence": [party.to_json() for party in self.suppliers],
            "customer_dependence": [party.to_json() for party in self.customers],
            "groups": [group.to_json() for group in self.groups],
            "paths": [path.to_json() for path in self.paths],
            "all_tiers": self.all_tiers.to_json() if self.all_tiers else None,
            "evidence": [quote.to_json() for quote in self.evidence],
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "known_at": self.known_at.isoformat() if self.known_at else None,
        }
