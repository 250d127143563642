"""One claim as one document states it, or a document but for its text, in one line of JSON: read back many times as
fast as from the quads.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from graph.identity import plain
from graph.model import Claim, Document, EntityRef, Evidence, Period, Quantity, Review, TextValue
from graph.rdf.terms import day

_USUAL = Claim("", EntityRef("", "", ""), "", TextValue(""), ())
_PLAIN = ("basis", "basis_period", "of", "scope", "modality", "polarity", "attributed_to", "derived", "unreliable")
_plain = attrgetter(*_PLAIN)
_USUALLY = _plain(_USUAL)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SCAN = vars(json.JSONDecoder())["scan_once"]  # half of what `json.loads` takes for texts as short as these


def written(claim: Claim) -> str:
    """The claim without its id, the labels and types of its entities, and the document that all its evidence cites."""
    said = claim.object.text if isinstance(claim.object, Quantity) else ""
    places = [_place(place, said) for place in claim.evidence]
    values = zip(_PLAIN, _plain(claim), _USUALLY, strict=True)
    rest: dict[str, Any] = {name: value for name, value, usually in values if value != usually}
    if claim.period:
        rest["period"] = (_day(claim.period.start), _day(claim.period.end), claim.period.text)
    if claim.origins:
        rest["origins"] = claim.origins
    if claim.qualifiers:
        rest["qualifiers"] = claim.qualifiers
    if claim.review:
        made = claim.review
        rest["review"] = (made.status, made.judgement, made.by, made.at.isoformat(), made.why)
    head = (claim.subject.id, claim.predicate, _object(claim.object), places, plain(claim.confidence), claim.extractor)
    return _JSON.encode((*head, rest))


def read(id: str, document: str, said: str, refer: Callable[[str], EntityRef]) -> Claim:
    """The inverse of `written`; `refer` gives the entity of an id as it is called now."""
    (subject, predicate, thing, places, confidence, extractor, rest), _ = _SCAN(said, 0)
    value: EntityRef | Quantity | TextValue
    if isinstance(thing, str):
        value, usual = refer(thing), ""
    elif len(thing) == 1:
        value, usual = TextValue(thing[0]), ""
    else:
        value, usual = _quantity(thing), thing[4]
    if rest:
        _unfold(rest)
    evidence = [Evidence(document, *(place if len(place) > 3 else (*place, usual))) for place in places]
    return Claim(
        id,
        refer(subject),
        predicate,
        value,
        tuple(evidence),
        confidence=_number(confidence),
        extractor=extractor,
        **rest,
    )


def _unfold(rest: dict[str, Any]) -> None:
    """Make values of what JSON has as lists."""
    if "period" in rest:
        rest["period"] = _period(*rest["period"])
    if "origins" in rest:
        rest["origins"] = tuple(rest["origins"])
    if "qualifiers" in rest:
        rest["qualifiers"] = tuple([(name, of) for name, of in rest["qualifiers"]])
    if "review" in rest:
        status, judgement, by, at, why = rest["review"]
        rest["review"] = Review(status, judgement, by, datetime.fromisoformat(at), why)


@lru_cache(maxsize=10_000)
def _period(start: str | None, end: str | None, text: str) -> Period:
    return Period(day(start), day(end), text)


@lru_cache(maxsize=10_000)
def _number(number: str) -> Decimal:
    return Decimal(number)


def described(document: Document) -> str:
    """The document without its id and text."""
    days = (_day(document.published), _day(document.ingested))
    told = (document.title, document.source, document.sha256, *days, document.outlet, document.author)
    return _JSON.encode(told)


def recalled(id: str, said: str) -> Document:
    """The inverse of `described`, with an empty text."""
    title, source, sha256, published, ingested, outlet, author = json.loads(said)
    taken = datetime.fromisoformat(ingested) if ingested else None
    return Document(id, "", title, source, sha256, day(published), outlet, author, taken)


def checksum(said: str) -> int:
    """A sum by which a damaged file shows itself: SQLite has none of its own."""
    return zlib.crc32(said.encode())


def _place(place: Evidence, said: str) -> tuple[Any, ...]:
    """A passage without its document; what is as usual at the end is left out."""
    head = (place.start, place.end, place.quote)
    if place.locator:
        return (*head, place.value_text, place.locator)
    return head if place.value_text == said else (*head, place.value_text)


def _object(value: EntityRef | Quantity | TextValue) -> Any:
    match value:
        case EntityRef(id=id):
            return id
        case TextValue(text=text):
            return [text]
        case Quantity():
            equivalent = _object(value.equivalent) if value.equivalent else None
            return (plain(value.low), plain(value.high), value.unit, value.approx, value.text, equivalent)


def _quantity(thing: Any) -> Quantity:
    low, high, unit, approx, text, equivalent = thing
    return Quantity(
        None if low is None else _number(low),
        None if high is None else _number(high),
        unit,
        approx,
        text,
        _quantity(equivalent) if equivalent else None,
    )


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
