"""An answer: what was found, the claims and evidence it rests on, how the question was understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from graph.contract import Json, entity_ref, number
from graph.model import EntityRef, Quantity
from qa.query import Query

if TYPE_CHECKING:
    from qa.dialogue.context import Context

Status = Literal["answered", "partial", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in an answer; `entity` says whose where several are compared, `derived` that it was computed."""

    quantity: Quantity
    entity: EntityRef | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to a yes-or-no question."""

    value: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source that is no entity of the graph, by the name the text gives it."""

    label: str


@dataclass(frozen=True, slots=True)
class Day:
    """When something holds, as the claim's period says."""

    start: date | None
    end: date | None
    text: str


Value = Amount | Truth | EntityRef | Speaker | Day


@dataclass(frozen=True, slots=True)
class Cited:
    """One numbered piece of evidence; `support` is "related" for a passage that is near but does not answer.

    `locator` says where in a table it stands (see graph.model.Evidence).
    """

    n: int
    document: str
    title: str
    source: str
    published: date | None
    start: int
    end: int
    quote: str
    support: str = "claim"
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one engine to one question, in the contract's shape (`to_json`). `typed` is the query it came
    from, `edit` how that came of the turn before, `context` what the next turn may lean on.
    """

    question: str
    status: Status
    answer: str
    values: tuple[Value, ...] = ()
    claims: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()
    sparql: str = ""
    interpretation: str = ""
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    engine: str = "grammar"
    took_ms: int = 0
    typed: Query | None = None
    edit: str = "new"
    context: Context | None = None

    def to_json(self) -> Json:
        """The JSON of the contract."""
        return {
            "question": self.question,
            "status": self.status,
            "answer": self.answer,
            "values": [_value(v) for v in self.values],
            "claims": list(self.claims),
            "evidence": [_cited(e) for e in self.evidence],
            "query": {"language": "sparql", "text": self.sparql},
            "interpretation": self.interpretation,
            "caveats": list(self.caveats),
            "suggestions": list(self.suggestions),
            "engine": self.engine,
            "took_ms": self.took_ms,
        }


def _value(value: Value) -> Json:
    match value:
        case Truth():
            return {"boolean": value.value}
        case EntityRef():
            return {"entity": entity_ref(value)}
        case Speaker():
            return {"entity": {"id": None, "label": value.label, "type": None}}
        case Day():
            return {
                "period": {
                    "start": value.start.isoformat() if value.start else None,
                    "end": value.end.isoformat() if value.end else None,
                    "text": value.text,
                }
            }
        case Amount():
            amount = value.quantity
            out: Json = {
                "low": number(amount.low),
                "high": number(amount.high),
                "unit": amount.unit,
                "approx": amount.approx,
                "text": amount.text,
                "entity": entity_ref(value.entity) if value.entity else None,
            }
            return out | {"derived": True} if value.derived else out


def _cited(item: Cited) -> Json:
    out: Json = {
        "n": item.n,
        "document": item.document,
        "title": item.title,
        "source": item.source,
        "published": item.published.isoformat() if item.published else None,
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
    }
    out |= {"locator": item.locator} if item.locator else {}
    return out if item.support == "claim" else out | {"support": item.support}
