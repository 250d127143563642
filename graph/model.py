"""The plain values that pass between the stages: frozen dataclasses, no behaviour beyond reading themselves.

    Document → Claim(subject, predicate, object, …, Evidence) → store → answer

Amounts are `Decimal` in base units (¥160 billion is 160000000000, 70 % is 70). Offsets count characters (code points)
of `Document.text`; `document.text[evidence.start:evidence.end] == evidence.quote` holds for every claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Modality = Literal["asserted", "reported", "projected", "possible", "opinion"]
Basis = Literal["level", "change", "share"]


@dataclass(frozen=True, slots=True)
class Document:
    """One source as stored. `source` is an absolute path or a URL; `id` is derived from it (`d:` + 16 hex digits)."""

    id: str
    text: str
    title: str
    source: str
    sha256: str
    published: date | None = None
    outlet: str | None = None
    author: str | None = None
    ingested: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity as a claim names it: `id` is `e:` + slug."""

    id: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What the graph knows of an entity: names met or catalogued, identifiers (`wikidata`, …), number of claims."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    claims: int = 0

    @property
    def ref(self) -> EntityRef:
        """The entity as a claim names it."""
        return EntityRef(self.id, self.label, self.type)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its bounds. Either bound may be missing: “above 70 %” is low 70, high None.

    `unit` is an ISO 4217 code, `percent`, `count`, `watt`, `wafers/month` … `text` is the amount as written.
    `equivalent` is the same amount as the text itself converts it: “¥160 billion (approximately $22 billion)”.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    approx: bool = False
    text: str = ""
    equivalent: Quantity | None = None


@dataclass(frozen=True, slots=True)
class TextValue:
    """The object of a claim that is neither an entity nor an amount (an event such as a first annual profit)."""

    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """When a fact holds, inclusive calendar days; both None if the words could not be resolved to days."""

    start: date | None
    end: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim is said. `value_text` is the amount as that sentence writes it.

    `locator` says where in a table the quoted row stands, as a fragment of RFC 7111: `cell=17,2;17,5`.
    """

    document: str
    start: int
    end: int
    quote: str
    value_text: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody judged of a claim: by which judgement (id), who, when and why."""

    status: Literal["accepted", "edited"]
    judgement: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with all that qualifies it; see CONTRACT in docs/claims.md for each field.

    `qualifiers` are sorted (name, value) pairs: item, role, stake, amount, of. `origins` is the chain of who passed the
    statement on, nearest first (“Reuters reported, citing people familiar” → ("Reuters", "people familiar")).
    `id` depends on what is claimed, never on the document: the same claim in two documents is one claim.
    `review` and `unreliable` come from judgements (graph.judgements), never from extraction; a claim is unreliable if
    only sources judged so make it.
    """

    id: str
    subject: EntityRef
    predicate: str
    object: EntityRef | Quantity | TextValue
    evidence: tuple[Evidence, ...]
    basis: Basis | None = None
    basis_period: str | None = None
    of: str | None = None
    scope: str | None = None
    period: Period | None = None
    modality: Modality = "asserted"
    polarity: bool = True
    attributed_to: str | None = None
    origins: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()
    confidence: Decimal = Decimal("1")
    derived: bool = False
    extractor: str = ""
    review: Review | None = None
    unreliable: bool = False

    def __hash__(self) -> int:
        """By the id alone: thousands of claims are put in sets, and equal ones have the same id."""
        return hash(self.id)

    @property
    def affirmed(self) -> bool:
        """Whether the plain triple stands beside the claim: “may supply” and “denied supplying” are never an edge."""
        return self.polarity and self.modality in ("asserted", "reported")

    @property
    def certainty(self) -> Decimal:
        """The confidence of the extraction, or 1 where somebody has judged the claim."""
        return Decimal(1) if self.review else self.confidence


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """What ingest hands to the store: one document, the entities it names, and its claims."""

    document: Document
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = field(default=())
