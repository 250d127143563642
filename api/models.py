"""The JSON of the contract as models, for OpenAPI: what requests may hold and what responses do hold.

Responses are written by graph/contract.py, which keeps decimals exact; tests check that they fit these models.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.clocks import parse_instant

Number = int | float


def _instant(value: Any) -> Any:
    return parse_instant(value) if isinstance(value, str) else value


Instant = Annotated[datetime, BeforeValidator(_instant)]
KNOWN_AT = "As the graph was then: a day (its end, UTC) or a time such as 2026-03-02T09:30:00Z."


class Shape(BaseModel):
    """A JSON object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class EntityRef(Shape):
    """An entity as a claim names it."""

    id: str = Field(description="`e:` and a slug of the label.")
    label: str = Field(description="Its name.")
    type: str = Field(description="One of the entity types of docs/vocabulary.md.")


class Quantity(Shape):
    """An amount with its bounds: “above 70%” is low 70 and high null."""

    low: Number | None = Field(description="Lower bound in base units, null if there is none.")
    high: Number | None = Field(description="Upper bound in base units, null if there is none.")
    unit: str = Field(description="An ISO 4217 code, `percent`, `count`, `watt`, `wafers/month`, …")
    approx: bool = Field(description="Whether the text says about, nearly, roughly, …")
    text: str = Field(description="The amount as written.")
    equivalent: Quantity | None = Field(None, description="The same amount as the text itself converts it.")


class TextValue(Shape):
    """An object that is neither an entity nor an amount."""

    text: str = Field(description="What is said, in words.")


class Period(Shape):
    """When a fact holds, inclusive days; both null where the words name no days."""

    start: date | None = Field(description="First day.")
    end: date | None = Field(description="Last day.")
    text: str = Field(description="The period as written.")


class Evidence(Shape):
    """Where a claim is said: `document_text[start:end] == quote` holds exactly."""

    document: str = Field(description="`d:` and 16 hex digits.")
    start: int = Field(description="First character of the quote in the document's text, in code points.")
    end: int = Field(description="The character after its last.")
    quote: str = Field(description="The words themselves.")
    value_text: str | None = Field(None, description="The amount as this sentence writes it.")
    locator: str | None = Field(None, description="Where in a table: a fragment of RFC 7111 such as `cell=17,2;17,5`.")


class Review(Shape):
    """What somebody judged of a claim."""

    status: Literal["accepted", "edited"] = Field(description="Accepted as it was, or edited.")
    judgement: str = Field(description="The judgement's id.")
    by: str = Field(description="Who.")
    at: datetime = Field(description="When.")
    why: str = Field(description="Why.")


class Days(Shape):
    """Two days, inclusive."""

    first: date = Field(description="The earlier.")
    last: date = Field(description="The later.")


class ClaimSources(Shape):
    """How many stand behind a claim."""

    documents: int = Field(description="Documents that state it.")
    independent: int = Field(description="Independent sources: copies of one text and a shared named origin are one.")


class Claim(Shape):
    """One statement with all that qualifies it."""

    id: str = Field(description="`c:` and 16 hex digits of what is claimed; the same in every document.")
    subject: EntityRef = Field(description="Of whom.")
    predicate: str = Field(description="A relation or metric of docs/vocabulary.md.")
    object: EntityRef | Quantity | TextValue = Field(description="An entity for a relation, a quantity for a metric.")
    basis: Literal["level", "change", "share"] | None = Field(
        description="Of an amount: itself, a change of it, or a share of another quantity; null for relations."
    )
    basis_period: str | None = Field(description="What a change is measured against: yoy, qoq, …")
    of: str | None = Field(description="What a share is a share of.")
    scope: str | None = Field(description="The part of the subject it holds for.")
    period: Period | None = Field(description="When the fact holds.")
    modality: Literal["asserted", "reported", "projected", "possible", "opinion"] = Field(
        description="How firmly it is said; a plan or forecast is projected, may and could are possible."
    )
    polarity: bool = Field(description="False for a denial.")
    attributed_to: str | None = Field(description="Who says so, as the text names them.")
    origins: list[str] = Field(description="Who passed it on, nearest first.")
    qualifiers: dict[str, str] = Field(description="`item`, `role`, `stake`, `amount`, …")
    confidence: Number = Field(description="0 to 1.")
    derived: bool = Field(description="Whether it was computed from other claims.")
    evidence: list[Evidence] = Field(description="At least one.")
    extractor: str = Field(description="What made it, with its version.")
    review: Review | None = Field(None, description="What somebody judged of it; absent if nobody has.")
    unreliable: bool | None = Field(None, description="True if only sources judged unreliable make it; else absent.")
    published: Days | None = Field(None, description="First and last day on which its documents were published.")
    ingested: datetime | None = Field(None, description="When the first of its documents was taken in.")

    sources: ClaimSources | None = Field(None, description="In lists of claims: how many stand behind it.")


class Claims(Shape):
    """A page of claims; `total` counts all that fit the filters."""

    total: int
    limit: int
    offset: int
    next: str | None = Field(description="The last claim's id, to give as `after` for the next page; null on the last.")
    items: list[Claim]


class TimelineEvent(Shape):
    """A claim with an entity, with its three clocks: `period` (valid), `published`, `ingested`."""

    claim: str = Field(description="The claim's id.")
    subject: EntityRef
    predicate: str
    object: EntityRef | Quantity | TextValue
    scope: str | None
    period: Period | None
    modality: str
    polarity: bool
    attributed_to: str | None
    review: Review | None = None
    unreliable: bool | None = None
    undated: bool = Field(description="Whether no day is known for which it holds.")
    published: Days | None
    ingested: datetime | None
    evidence: Evidence = Field(description="Its first passage.")


class Timeline(Shape):
    """The claims with an entity by their valid periods, then by publication, undated ones last."""

    entity: EntityRef
    items: list[TimelineEvent]


JudgementKind = Literal["accept", "reject", "edit", "merge", "split", "rename", "retype", "unreliable"]


class Proposal(Shape):
    """What to judge."""

    kind: JudgementKind = Field(description="What to do.")
    target: str = Field(
        min_length=1,
        max_length=500,
        description="A claim's id; an entity (id, label or alias); or, for unreliable, a domain, outlet or document.",
    )
    why: str = Field(min_length=1, max_length=2000, description="The reason.")
    by: str | None = Field(None, max_length=200, description="Who judges (default: a setting of the server).")
    value: dict[str, Any] = Field(
        {},
        description="edit: the fields to change, as in a claim (entities, amounts and periods may be given in words); "
        "merge: `into`; rename: `label`; retype: `type`; split: `to` (a name or id), `type`, `documents`, `claims`.",
    )


class Revoking(Shape):
    """Why a judgement is taken back."""

    why: str = Field(min_length=1, max_length=2000, description="The reason.")
    by: str | None = Field(None, max_length=200, description="Who takes it back.")


class Revocation(Shape):
    """Who took a judgement back, when and why."""

    by: str
    at: datetime
    why: str


class Judgement(Shape):
    """What somebody judged. Revoked or not, it stays on record."""

    id: str = Field(description="`v:` and 16 hex digits.")
    kind: JudgementKind = Field(description="What was done.")
    target: str = Field(description="The claim, entity, document (ids) or source (name).")
    behind: list[str] = Field(description="The claims or entities, as computed, that stood behind the target.")
    value: dict[str, Any] = Field(description="What it gives: fields, a label, a type, another entity.")
    before: dict[str, Any] = Field(description="The target as it was shown, without passages.")
    by: str = Field(description="Who judged.")
    at: datetime = Field(description="When.")
    why: str = Field(description="Why.")
    revoked: Revocation | None = Field(description="Set if it was taken back.")


class Judgements(Shape):
    """Judgements, oldest first."""

    items: list[Judgement]


class SideSource(Shape):
    """A document on a side."""

    document: str = Field(description="Its id.")
    outlet: str | None = Field(description="Who published it.")
    title: str = Field(description="Its title.")
    published: date | None = Field(description="Its date.")


class Origin(Shape):
    """An independent source."""

    name: str = Field(description="A named source or an outlet, folded; else a document's id.")
    documents: list[str] = Field(description="The documents it speaks in.")


class Side(Shape):
    """All claims that say one thing in one way."""

    standing: Literal["actual", "guidance", "possible", "opinion"] = Field(
        description="Whether it states what is, what will be, what may be, or what somebody thinks."
    )
    polarity: bool = Field(description="False for a denial.")
    object: EntityRef | Quantity | TextValue = Field(description="What is said.")
    claims: list[str] = Field(description="Ids of the claims that say so.")
    speakers: list[str] = Field(description="Who is named as saying so.")
    sources: list[SideSource] = Field(description="The documents that say so, the earliest first.")
    origins: list[Origin] = Field(description="The independent sources among them.")


class Conflict(Shape):
    """Claims on one matter that cannot all hold."""

    id: str = Field(description="`x:` and 16 hex digits of its kind and claims.")
    kind: Literal["figures", "estimates", "opinions", "denied", "exclusive", "guidance", "revised"] = Field(
        description="`guidance`, then an actual, and `revised` (guidance, an outlet's own figure) are no disagreement."
    )
    subject: EntityRef = Field(description="Of whom.")
    predicate: str = Field(description="A relation or metric of docs/vocabulary.md.")
    basis: Literal["level", "change", "share"] | None = Field(description="As in a claim.")
    basis_period: str | None = Field(description="As in a claim.")
    of: str | None = Field(description="As in a claim.")
    scope: str | None = Field(description="As in a claim; of the first side.")
    period: Period | None = Field(description="As in a claim; of the first side.")
    sides: list[Side] = Field(description="Two or more, the earliest first.")


class Conflicts(Shape):
    """A page of conflicts; `total` counts all that fit the filters."""

    total: int
    limit: int
    offset: int
    items: list[Conflict]


class Step(Shape):
    """An earlier claim and the later one that takes its place, confirms or denies it."""

    before: Claim = Field(description="As it was.")
    after: Claim = Field(description="As it is.")
    fields: list[str] = Field(
        description="The fields that differ; `evidence`, `review`, `unreliable`: only who stands behind it."
    )


class Difference(Shape):
    """What changed between two instants; a later claim stands in one list only."""

    since: datetime = Field(description="After this instant.")
    until: datetime | None = Field(description="Up to this one; null: up to now.")
    new: list[Claim] = Field(description="What was not said before.")
    changed: list[Step] = Field(description="What a new edition says otherwise, or other documents say than before.")
    gone: list[Claim] = Field(description="What no document says any more.")
    confirmed: list[Step] = Field(description="Rumours that are now said firmly, or by name.")
    denied: list[Step] = Field(description="What was said and is now denied.")


class Watched(Shape):
    """What to watch; every field that is set narrows. Entities by id, label or alias."""

    about: str | None = Field(None, description="With this entity, as subject or object.")
    subject: str | None = Field(None, description="With this entity as subject.")
    object: str | None = Field(None, description="With this entity as object.")
    predicates: list[str] = Field([], description="Any of these relations and metrics.")


class Watch(Shape):
    """A watch list."""

    name: str = Field(description="Its name.")
    about: str | None = Field(description="The id of an entity, as subject or object.")
    subject: str | None = Field(description="The id of the subject.")
    object: str | None = Field(description="The id of the object.")
    predicates: list[str] = Field(description="Any of these relations and metrics; empty: all.")


class Watches(Shape):
    """The watch lists by name."""

    items: list[Watch]


class Entity(Shape):
    """What the graph knows of an entity."""

    id: str
    label: str
    type: str
    aliases: list[str]
    identifiers: dict[str, str]
    claims: int


class Entities(Shape):
    """Entities, most claims first."""

    items: list[Entity]


class DocumentRecord(Shape):
    """A document without its text."""

    id: str
    title: str
    source: str
    published: date | None
    sha256: str
    outlet: str | None
    author: str | None
    ingested: str | None


class DocumentText(DocumentRecord):
    """A document with its stored text; `characters` is its length in code points."""

    characters: int
    text: str


class Documents(Shape):
    """Documents in order of ingest."""

    items: list[DocumentRecord]


class Retracted(Shape):
    """What a retraction took out."""

    document: str
    title: str
    claims: int = Field(description="Claims that only this document supported, gone with it.")


class Upload(Shape):
    """A document to take in: `url`, or `text` with what is known of it; a table with a `mapping`."""

    url: str | None = None
    text: str | None = None
    title: str | None = None
    published: date | None = None
    mapping: str | None = Field(None, description="YAML (docs/tables.md), or the name of a shipped mapping.")


class Job(Shape):
    """Work under way: an ingest, `done` only when the store has the document, or a simulation."""

    id: str = Field(description="`j:` and 16 hex digits.")
    kind: Literal["ingest", "risk"] = Field(description="An ingest, or a risk report.")
    status: Literal["queued", "running", "done", "failed", "cancelled"] = Field(description="How it stands.")
    source: str = Field(description="What it takes in, or asks.")
    done: int = Field(description="Steps done: draws of a simulation.")
    total: int = Field(description="Of how many.")
    documents: int = Field(description="Documents that an ingest put into the store.")
    claims: int = Field(description="Claims that it put there.")
    error: str | None = Field(description="Why it failed, with the way out.")


class GraphNode(Shape):
    """An entity to draw, `hops` from the centre."""

    id: str
    label: str
    type: str
    hops: int
    evidence: int


class GraphEdge(Shape):
    """All claims of one predicate from one entity to another."""

    source: str
    target: str
    predicate: str
    label: str
    claims: list[str]
    evidence: int
    affirmed: bool


class Graph(Shape):
    """A neighbourhood for drawing."""

    nodes: list[GraphNode]
    edges: list[GraphEdge]


class Question(Shape):
    """What to ask, and of which state of the graph."""

    question: str = Field(min_length=1, max_length=1000)
    as_of: date | None = Field(None, description="Only what was published by that day.")
    known_at: Instant | None = Field(None, description=KNOWN_AT)
    min_confidence: float | None = Field(None, ge=0, le=1)
    include_unreliable: bool = Field(False, description="Use claims that only unreliable sources make, too.")
    session: str | None = Field(
        None, max_length=200, description="Any text: a follow-up is read after its last question."
    )


class Message(Shape):
    """What to say in a conversation."""

    message: str = Field(min_length=1, max_length=100_000, description="A question, or what leans on the one before.")
    session: str | None = Field(None, max_length=200, description="The conversation's id; without it, a new one.")
    as_of: date | None = Field(None, description="Only what was published by that day.")
    known_at: Instant | None = Field(None, description=KNOWN_AT)
    min_confidence: float | None = Field(None, ge=0, le=1)
    include_unreliable: bool = Field(False, description="Use claims that only unreliable sources make, too.")


class ChatSession(Shape):
    """A conversation that is kept."""

    id: str
    title: str = Field(description="What was said first.")
    started: datetime
    last: datetime = Field(description="When something was last said.")
    turns: int


class ChatSessions(Shape):
    """The conversations that are kept, the latest first."""

    items: list[ChatSession]


class AnswerEvidence(Shape):
    """One numbered piece of evidence of an answer."""

    n: int = Field(description="The number in brackets in `answer`.")
    document: str = Field(description="The document's id.")
    title: str = Field(description="Its title.")
    source: str = Field(description="Its path or address.")
    published: date | None = Field(description="Its date.")
    start: int = Field(description="First character of the quote, in code points.")
    end: int = Field(description="The character after its last.")
    quote: str = Field(description="The words themselves.")
    locator: str | None = Field(None, description="Where in a table: a fragment of RFC 7111.")
    support: Literal["related"] | None = Field(None, description="`related`: near the question, not its answer.")


class AnswerQuery(Shape):
    """The query that was run."""

    language: str = Field(description="`sparql`.")
    text: str = Field(description="The query itself.")


class Answer(BaseModel):
    """One answer."""

    question: str = Field(description="The question as asked.")
    status: Literal["answered", "partial", "ambiguous", "unknown"] = Field(
        description="`unknown`: the graph does not hold it; `ambiguous`: see `suggestions`."
    )
    answer: str = Field(description="The answer in prose, evidence numbers in brackets.")
    values: list[Any] = Field(description='Quantities, `{"entity": …}`, `{"boolean": true}`; empty when unknown.')
    claims: list[str] = Field(description="Ids of the claims it rests on.")
    evidence: list[AnswerEvidence] = Field(description="The sentences it rests on.")
    query: AnswerQuery = Field(description="The query that was run; its text is empty if none was.")
    interpretation: str = Field(description="The question as understood.")
    caveats: list[str] = Field(description="What to bear in mind: projected, one source, …")
    suggestions: list[str] = Field(description="What else may have been meant.")
    engine: str = Field(description="What answered.")
    took_ms: Number = Field(description="How long it took, in milliseconds.")


class ChatTurn(Answer):
    """A turn of a conversation: the answer to what was said."""

    session: str
    turn: int = Field(description="Its number, from 1.")
    edit: str = Field(
        description="What it makes of the question before: `new`, `refinement`, `substitution`, `projection`, `count`, "
        "`total`, `order`, `comparison`, `amount`, `reference`, `either`, `measure`, `recall`, `choice`, `correction`, "
        "`back`."
    )
    at: datetime = Field(description="When it was said.")
    gone: list[str] = Field(description="Claims it quoted that the graph does not hold any more.")


class ChatHistory(ChatSession):
    """A conversation with its turns."""

    items: list[ChatTurn]


class PassageLeg(Shape):
    """What one way of searching says of a passage."""

    rank: int = Field(description="From 1.")
    score: Number = Field(description="BM25 for words, a chance for links, a cosine for sense.")


class PassageLegs(Shape):
    """The ways of searching that found a passage."""

    words: PassageLeg | None = Field(None, description="By its words (BM25).")
    links: PassageLeg | None = Field(None, description="By a walk from the entities named (personalised PageRank).")
    sense: PassageLeg | None = Field(None, description="By sentence vectors, where the server uses them.")


class PassagePlace(Shape):
    """A stretch of a stored text."""

    document: str = Field(description="The document's id.")
    start: int = Field(description="Its first character, in code points.")
    end: int = Field(description="The character after its last.")


class Passage(Shape):
    """A stretch of a stored text: `document_text[start:end] == text` holds exactly."""

    document: str = Field(description="The document's id.")
    title: str = Field(description="Its title.")
    source: str = Field(description="Its path or address.")
    published: date | None = Field(description="Its date.")
    start: int = Field(description="The first character, in code points.")
    end: int = Field(description="The character after the last.")
    text: str = Field(description="The words themselves: whole sentences.")
    score: Number = Field(description="Of all ways together, by rank; compares passages of one search only.")
    legs: PassageLegs = Field(description="What each way says.")
    copies: list[PassagePlace] = Field(description="Where almost the same stands in other documents.")


class Passages(Shape):
    """The passages that are nearest to a query, best first."""

    query: str = Field(description="As asked.")
    complete: bool = Field(description="False while documents that came in lately are still read into the index.")
    items: list[Passage]


class Health(Shape):
    """The process is alive."""

    status: Literal["ok"]


class Ready(Shape):
    """The store answers, and what it holds."""

    status: Literal["ready"]
    documents: int
    entities: int
    claims: int


class RiskReport(BaseModel):
    """The envelope of every risk report. A share says whose share of what; what is not known is null, never zero."""

    report: str
    entity: EntityRef
    to: EntityRef | None
    whose: str
    what: str
    unit: str
    value: Number | None
    low: Number | None
    high: Number | None
    basis: Literal["disclosed", "derived", "imputed", "assumed"] | None
    coverage: dict[str, Any]
    method: str
    assumptions: list[str]
    supplier_dependence: list[dict[str, Any]]
    customer_dependence: list[dict[str, Any]]
    paths: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    as_of: date | None
    known_at: datetime | None


class RiskMeasure(BaseModel):
    """A number with its bounds; a share says whose share of what. What is not known is null, never zero."""

    whose: str | None
    what: str
    unit: str
    value: Number | None
    low: Number | None
    high: Number | None
    basis: Literal["disclosed", "derived", "imputed", "assumed"] | None
    claims: list[str]
    period: str
    note: str


class RiskResult(RiskMeasure):
    """The envelope of the risk reports that are not traces: one measure, and the tables it is made of."""

    report: str = Field(description="Its kind.")
    title: str = Field(description="What was measured, in words.")
    entity: EntityRef | None = Field(description="Whom it is about, if about one.")
    coverage: dict[str, Any] = Field(description="How much of what was looked at is known.")
    method: str
    assumptions: list[str]
    tables: dict[str, list[dict[str, Any]]] = Field(description="By key; each row with the numbers of its evidence.")
    paths: list[dict[str, Any]]
    evidence: list[dict[str, Any]] = Field(description="The numbered quotes.")
    as_of: date | None
    known_at: datetime | None
    asked: dict[str, Any] = Field(description="The settings that it depends on.")


class Survival(BaseModel):
    """How long a firm survives the loss of suppliers: the fields of a plan as in the file that the command reads."""

    model_config = ConfigDict(extra="forbid")

    entity: str = Field(description="Entity id, label or alias.")
    plan: dict[str, Any] = Field(description="period, unit, money, inputs (demand, stock, loss), suppliers (capacity).")
    lost: list[str] = Field(default=[], description="Suppliers lost together; without any, each alone.")


class Compared(BaseModel):
    """Two results of one report, as their endpoint gave them."""

    model_config = ConfigDict(extra="forbid")

    before: dict[str, Any]
    after: dict[str, Any]
