"""Small articles in our own words with their claims, and builders for more. Figures of invented firms are invented.

    article("Title", (sentence, claim, claim, …), …) → DocumentClaims

Each claim gets its sentence as evidence (or the `quote` inside it) and its id from `claim_id`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from graph.identity import claim_id, document_id, slug
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef, Evidence, Period, Quantity, TextValue

INGESTED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

TYPES = {
    "Bank of China": "Company",
    "ByteDance": "Company",
    "Cambricon": "Company",
    "China": "Place",
    "Doubao": "Model",
    "EUV lithography": "Technology",
    "H20": "Chip",
    "HBM": "Chip",
    "Huawei": "Company",
    "Icheon campus": "Facility",
    "Jensen Huang": "Person",
    "Nvidia": "Company",
    "SK hynix": "Company",
    "SeedChip": "Chip",
    "Siyuan 690": "Chip",
    "TSMC": "Company",
    "Volcano Engine": "Product",
    "平头哥": "Company",
}
CATALOGUE = {
    "ByteDance": (("字节跳动",), (("wikidata", "Q55606242"),)),
    "Nvidia": (("NVDA", "NVIDIA Corporation"), (("ticker", "NVDA"), ("wikidata", "Q182477"))),
    "SK hynix": (("Hynix",), (("ticker", "000660"),)),
    "TSMC": (("Taiwan Semiconductor Manufacturing Company",), (("ticker", "TSM"), ("wikidata", "Q713418"))),
}


def ref(label: str, type: str | None = None) -> EntityRef:
    """A reference by label; the type is looked up in TYPES (Company if it is not there)."""
    return EntityRef("e:" + slug(label), label, type or TYPES.get(label, "Company"))


def entity(label: str, type: str | None = None) -> Entity:
    """The entity with the aliases and identifiers that CATALOGUE has for it."""
    aliases, identifiers = CATALOGUE.get(label, ((), ()))
    known = ref(label, type)
    return Entity(known.id, known.label, known.type, aliases, identifiers)


def amount(low: str | None, high: str | None, unit: str, *, approx: bool = False, text: str = "") -> Quantity:
    """A quantity from decimals in words: amount("70", None, "percent")."""
    return Quantity(Decimal(low) if low else None, Decimal(high) if high else None, unit, approx, text)


def exactly(value: str, unit: str, *, approx: bool = False, text: str = "") -> Quantity:
    return amount(value, value, unit, approx=approx, text=text)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), str(number))


def relation(subject: str, predicate: str, object: str, **fields: Any) -> Claim:
    """A relation claim between two labels; still without evidence (see `article`)."""
    return _claim(ref(subject), predicate, ref(object), **fields)


def metric(subject: str, predicate: str, value: Quantity, **fields: Any) -> Claim:
    """A metric claim; basis `level` unless told; still without evidence."""
    return _claim(ref(subject), predicate, value, **({"basis": "level"} | fields))


def event(subject: str, predicate: str, text: str, **fields: Any) -> Claim:
    """A claim whose object is plain text."""
    return _claim(ref(subject), predicate, TextValue(text), **fields)


def _claim(subject: EntityRef, predicate: str, object: EntityRef | Quantity | TextValue, **fields: Any) -> Claim:
    defaults: dict[str, Any] = {"confidence": Decimal("0.9"), "extractor": "rules@0.1.0"}
    claim = Claim("", subject, predicate, object, (), **(defaults | fields))
    return replace(claim, id=claim_id(claim))


def article(
    title: str,
    *statements: tuple[Any, ...],
    source: str | None = None,
    published: date | None = date(2026, 3, 1),
    ingested: datetime = INGESTED,
    **fields: Any,
) -> DocumentClaims:
    """A batch from statements: each a sentence followed by the claims it makes. A line each."""
    source = source or f"https://news.example/{slug(title)}"
    text = "\n".join([title, *(sentence for sentence, *_ in statements)])
    document = Document(
        document_id(source), text, title, source, hashlib.sha256(text.encode()).hexdigest(), published, **fields
    )
    claims: list[Claim] = []
    for sentence, *said in statements:
        start = text.index(sentence)
        for claim in said:
            written = claim.object.text if isinstance(claim.object, Quantity) else ""
            evidence = Evidence(document.id, start, start + len(sentence), sentence, written)
            claims.append(replace(claim, evidence=(evidence,)))
    labels = {r.label: r for c in claims for r in (c.subject, c.object) if isinstance(r, EntityRef)}
    entities = tuple(entity(label, r.type) for label, r in sorted(labels.items()))
    return DocumentClaims(replace(document, ingested=ingested), entities, tuple(claims))


def chips_article() -> DocumentClaims:
    """ByteDance's chips: relations, a plan, a denial, a hedge, an equivalent amount, a non-ASCII label."""
    capex = replace(
        exactly("160000000000", "CNY", approx=True, text="about ¥160 billion"),
        equivalent=exactly("22000000000", "USD", approx=True, text="$22 billion"),
    )
    return article(
        "ByteDance weighs its own silicon",
        (
            "Nvidia still ships H20 cards to ByteDance, which runs Doubao on them.",
            relation(
                "Nvidia", "supplies", "ByteDance", qualifiers=(("item", "H20 cards"),), confidence=Decimal("0.93")
            ),
            relation("Doubao", "uses", "H20"),
        ),
        (
            "ByteDance plans capital spending of about ¥160 billion ($22 billion) in 2026, two people said.",
            metric(
                "ByteDance",
                "capex",
                capex,
                period=year(2026),
                modality="projected",
                attributed_to="two people",
                origins=("two people",),
            ),
        ),
        (
            "Huawei may supply ByteDance next year, although Huawei denied making the SeedChip.",
            relation("Huawei", "supplies", "ByteDance", modality="possible"),
            relation("Huawei", "manufactures", "SeedChip", polarity=False, attributed_to="Huawei"),
        ),
        (
            "TSMC is said to package the SeedChip for ByteDance, and 平头哥 competes for the same orders.",
            relation("TSMC", "manufactures", "SeedChip", modality="reported"),
            relation("平头哥", "competesWith", "ByteDance"),
        ),
        outlet="Example Wire",
        author="A. Writer",
    )


def margins_article() -> DocumentClaims:
    """Margins and revenue: one-sided bounds, a change, a share, an event; shares a claim with chips_article."""
    return article(
        "Margins tell the two chip designers apart",
        (
            "Jensen Huang put Nvidia's gross margin above 70%.",
            metric(
                "Nvidia", "grossMargin", amount("70", None, "percent", text="above 70%"), attributed_to="Jensen Huang"
            ),
            relation("Jensen Huang", "leads", "Nvidia", qualifiers=(("role", "chief executive"),)),
        ),
        (
            "Cambricon's gross margin slipped to 55.3% while its revenue in 2025 rose 4.5-fold.",
            metric(
                "Cambricon",
                "grossMargin",
                exactly("55.3", "percent", text="55.3%"),
                period=Period(None, None, "lately"),
            ),
            metric(
                "Cambricon",
                "revenue",
                exactly("450", "percent", text="4.5-fold"),
                basis="change",
                basis_period="yoy",
                period=year(2025),
            ),
        ),
        (
            "Cambricon booked its first annual profit.",
            event("Cambricon", "milestone", "first annual profit"),
        ),
        (
            "Cloud customers made up no more than 80% of Cambricon's 2025 sales.",
            metric(
                "Cambricon",
                "revenue",
                amount(None, "80", "percent", text="no more than 80%"),
                basis="share",
                of="Cambricon's revenue",
                scope="cloud customers",
                period=year(2025),
            ),
        ),
        (
            "Nvidia sells H20 cards to ByteDance.",
            relation("Nvidia", "supplies", "ByteDance", qualifiers=(("item", "H20 cards"),), confidence=Decimal("0.8")),
        ),
        published=date(2026, 2, 10),
        ingested=INGESTED + timedelta(minutes=1),
    )


def sample_batches() -> tuple[DocumentClaims, ...]:
    """Two articles that share one claim (Nvidia supplies ByteDance)."""
    return chips_article(), margins_article()


def many_batches(claims: int, *, per_document: int = 20, firms: int = 200) -> Iterator[DocumentClaims]:
    """A large made-up graph for speed and fault tests: half relations, half revenue figures, a sentence each."""
    for number in range(0, claims, per_document):
        statements: list[tuple[str, Claim]] = []
        for i in range(number, min(number + per_document, claims)):
            seller, buyer = f"Firm {i % firms}", f"Firm {(i * 7 + i // firms + 1) % firms}"
            if i % 2:
                made = relation(seller, "supplies", buyer, qualifiers=(("item", f"part {i}"),))
                statements.append((f"{seller} ships part {i} to {buyer}.", made))
            else:
                value = exactly(str(1_000_000 * (i + 1)), "USD", text=f"${i + 1} million")
                made = metric(seller, "revenue", value, period=year(2000 + i % 30))
                statements.append((f"{seller} took in ${i + 1} million in {2000 + i % 30}.", made))
        yield article(f"Report {number // per_document}", *statements, ingested=INGESTED + timedelta(seconds=number))
