"""A graph for dialogues: invented suppliers with their seats and figures, two chips under one name, one firm more."""

from __future__ import annotations

from datetime import date

from graph.model import DocumentClaims, Quantity
from graph.store.oxigraph import OxigraphStore
from tests.graph.samples import CATALOGUE, TYPES, article, exactly, metric, relation, year

TYPES.update(
    {
        "Heron server part": "Chip",
        "Heron phone part": "Chip",
        "Taiwan": "Place",
        "Kestrel": "Chip",
        "Ada Brandt": "Person",
    }
)
CATALOGUE.update({"Heron server part": (("Heron 4",), ()), "Heron phone part": (("Heron 4",), ())})


def billions(number: int) -> Quantity:
    """“$5 billion” as an amount."""
    return exactly(f"{number}000000000", "USD", text=f"${number} billion")


def suppliers() -> DocumentClaims:
    """Who supplies Osprey and Gannet, from where, and what they take in."""
    return article(
        "Osprey's suppliers",
        (
            "Lindal, of Taiwan, makes the Kestrel and sells wafers to Osprey and Gannet.",
            relation("Lindal", "supplies", "Osprey"),
            relation("Lindal", "supplies", "Gannet"),
            relation("Lindal", "locatedIn", "Taiwan"),
            relation("Lindal", "manufactures", "Kestrel"),
        ),
        (
            "Mirova, of China, and Norvik ship memory to Osprey.",
            relation("Mirova", "supplies", "Osprey"),
            relation("Norvik", "supplies", "Osprey"),
            relation("Mirova", "locatedIn", "China"),
        ),
        (
            "Lindal took in $9 billion in 2025, after $6 billion in 2024.",
            metric("Lindal", "revenue", billions(9), period=year(2025)),
            metric("Lindal", "revenue", billions(6), period=year(2024)),
        ),
        (
            "Mirova took in $4 billion in 2025, and $3 billion the year before.",
            metric("Mirova", "revenue", billions(4), period=year(2025)),
            metric("Mirova", "revenue", billions(3), period=year(2024)),
        ),
        (
            "Osprey took in $20 billion in 2025, and $12 billion in 2024.",
            metric("Osprey", "revenue", billions(20), period=year(2025)),
            metric("Osprey", "revenue", billions(12), period=year(2024)),
        ),
        (
            "Lindal employs 5,000 people, Mirova 700.",
            metric("Lindal", "headcount", exactly("5000", "count", text="5,000")),
            metric("Mirova", "headcount", exactly("700", "count", text="700")),
        ),
        (
            "Ada Brandt leads Lindal.",
            relation("Ada Brandt", "leads", "Lindal", qualifiers=(("role", "chief executive"),)),
        ),
        (
            "Petrel supplies Lindal, and Osprey designed the Kestrel.",
            relation("Petrel", "supplies", "Lindal"),
            relation("Osprey", "develops", "Kestrel"),
        ),
        (
            "Lindal makes one Heron 4 part, for servers, and Mirova the other.",
            relation("Lindal", "manufactures", "Heron server part"),
            relation("Mirova", "manufactures", "Heron phone part"),
        ),
        source="https://news.example/suppliers",
        published=date(2026, 2, 1),
    )


def late() -> DocumentClaims:
    """One more supplier of Osprey, published later."""
    return article(
        "Osprey adds Quillon",
        ("Quillon now supplies Osprey, too.", relation("Quillon", "supplies", "Osprey")),
        ("Quillon took in $1 billion in 2025.", metric("Quillon", "revenue", billions(1), period=year(2025))),
        source="https://news.example/late",
        published=date(2026, 3, 1),
    )


def talks_store(*more: DocumentClaims) -> OxigraphStore:
    """The suppliers' graph, and what else is given."""
    store = OxigraphStore()
    for batch in (suppliers(), *more):
        store.put(batch)
    return store
