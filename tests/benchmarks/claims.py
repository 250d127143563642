"""Made-up claims of realistic shape for the store at scale: streamed, the same for the same numbers.

Entities come up by a Zipf law, half of the claims are relations, a sentence often makes two claims, a document ten;
some claims stand in two sentences, and the frequent ones in many documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from graph.identity import claim_id
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef, Evidence, Period, Quantity

PER_DOCUMENT = 10
START = datetime(2026, 1, 1, 6, tzinfo=UTC)
_TYPES = ("Company",) * 6 + ("Chip", "Product", "Model", "Organization", "Person", "Place", "Technology")
_RELATIONS = ("supplies",) * 6 + ("uses", "uses", "develops", "partnersWith", "competesWith", "investsIn", "dependsOn")
_METRICS = ("revenue",) * 4 + ("capex", "netProfit", "grossMargin", "marketShare", "shipments", "orders", "price")
_MODALITIES = ("asserted",) * 6 + ("reported", "reported", "projected", "possible")
_SAYERS = (None, None, None, "The Ledger", "people familiar with the plan", "the company")
_ITEMS = ("accelerators", "memory", "advanced packaging", "servers", "wafers", "optical modules")
_PERCENT = ("grossMargin", "marketShare")


def entities(claims: int) -> int:
    """How many entities so many claims draw from: 4,000 for 10,000, 40,000 for a million."""
    return int(40 * claims**0.5)


def entity(number: int) -> Entity:
    """The entity of that rank; the lower, the more claims it has."""
    kind = _TYPES[number % len(_TYPES)]
    name = f"{kind} {number:05d}"
    identifiers = (("wikidata", f"Q{900_000 + number}"),) if number % 3 == 0 else ()
    return Entity(f"e:{kind.lower()}-{number:05d}", name, kind, (f"{name} Group",) if number % 2 else (), identifiers)


def documents(claims: int, *, first: int = 0) -> Iterator[DocumentClaims]:
    """Documents of ten claims each, so many claims in all; `first` is the number of the first."""
    for number in range(first, first + claims // PER_DOCUMENT):
        yield document(number, entities(claims))


def document(number: int, known: int) -> DocumentClaims:
    """The document of that number over the `known` most frequent entities."""
    luck = random.Random(number)
    name = f"d:{sha256(str(number).encode()).hexdigest()[:16]}"
    parts, named, claims = [f"Report {number}\n"], {}, []
    at = len(parts[0])
    while len(claims) < PER_DOCUMENT:
        subject = _drawn(luck, known)
        named[subject.id] = subject
        made, words = [], []
        for _ in range(min(luck.choice((1, 1, 2, 3)), PER_DOCUMENT - len(claims))):
            other = _drawn(luck, known)
            claim = _relation(luck, subject, other) if luck.random() < 0.55 else _metric(luck, subject)
            if isinstance(claim.object, EntityRef):
                named[other.id] = other
            made.append(claim)
            words.append(_words(claim))
        sentence = f"{subject.label} {' and '.join(words)}, according to a filing that was seen on Tuesday."
        again = f"As said before, {sentence[0].lower()}{sentence[1:]}" if luck.random() < 0.15 else None
        places = []
        for said in filter(None, (sentence, again)):
            places.append(Evidence(name, at, at + len(said), said))
            parts.append(said + "\n")
            at += len(said) + 1
        claims += [_placed(claim, tuple(places)) for claim in made]
    text = "".join(parts)
    published = date(2024, 1, 1) + timedelta(days=luck.randrange(900))
    read = Document(
        id=name,
        text=text,
        title=f"Report {number}",
        source=f"https://example.org/report/{number}",
        sha256=sha256(text.encode()).hexdigest(),
        published=published,
        outlet=f"Outlet {luck.randrange(40)}",
        ingested=START + timedelta(seconds=number),
    )
    return DocumentClaims(read, tuple(named.values()), tuple(claims))


def _drawn(luck: random.Random, known: int) -> Entity:
    return entity(int(known ** luck.random()) - 1)


def _placed(claim: Claim, places: tuple[Evidence, ...]) -> Claim:
    written = claim.object.text if isinstance(claim.object, Quantity) else ""
    said = tuple(Evidence(e.document, e.start, e.end, e.quote, written) for e in places)
    return replace(claim, id=claim_id(claim), evidence=said)


def _relation(luck: random.Random, subject: Entity, other: Entity) -> Claim:
    item = (("item", luck.choice(_ITEMS)),) if luck.random() < 0.3 else ()
    return Claim(
        id="",
        subject=subject.ref,
        predicate=luck.choice(_RELATIONS),
        object=other.ref,
        evidence=(),
        modality=luck.choice(_MODALITIES),
        polarity=luck.random() > 0.03,
        attributed_to=luck.choice(_SAYERS),
        qualifiers=item,
        confidence=Decimal(luck.randrange(50, 100)) / 100,
        extractor="rules@1",
    )


def _metric(luck: random.Random, subject: Entity) -> Claim:
    name = luck.choice(_METRICS)
    if name in _PERCENT:
        low = Decimal(luck.randrange(1, 1000)) / 10
        amount = Quantity(low, low, "percent", text=f"{low}%")
    else:
        low = Decimal(luck.randrange(1, 5000)) * 10_000_000
        amount = Quantity(low, low, "USD", luck.random() < 0.2, f"${low / 1_000_000_000} billion")
    year = luck.randrange(2022, 2028)
    period = Period(date(year, 1, 1), date(year, 12, 31), str(year)) if luck.random() < 0.8 else None
    return Claim(
        id="",
        subject=subject.ref,
        predicate=name,
        object=amount,
        evidence=(),
        basis="level",
        period=period,
        modality=luck.choice(_MODALITIES),
        attributed_to=luck.choice(_SAYERS),
        confidence=Decimal(luck.randrange(50, 100)) / 100,
        extractor="rules@1",
    )


def _words(claim: Claim) -> str:
    if isinstance(claim.object, EntityRef):
        return f"{claim.predicate} {claim.object.label}"
    when = f" in {claim.period.text}" if claim.period else ""
    return f"put its {claim.predicate} at {getattr(claim.object, 'text', '')}{when}"
