"""One report with everything that a renderer may meet: names that look like markup, ranges, unknowns, quotes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from qa.risk.envelope import Chart, Column, Measure, Point, Result, Row, Table
from qa.risk.report import Coverage, Quote, Share
from tests.graph.samples import ref

D = Decimal


def quote(n: int, words: str, **fields: object) -> Quote:
    known: dict[str, object] = {
        "n": n, "edges": (f"edge {n}",), "claims": (f"c:{n}",), "quote": words, "document": "d:1",
        "title": "Glass | and <cloth>", "published": date(2026, 2, 3), "modality": "reported",
        "attributed_to": "a buyer", "start": 10, "end": 20, "outlet": "Harbour Times",
    }  # fmt: skip
    return Quote(**(known | fields))  # type: ignore[arg-type]


def result(**fields: object) -> Result:
    """Who supplies an invented cloth: a range, a number, an unknown."""
    maker, other = ref("Weaver & Sons <Ltd>"), ref("=SUM(A1)")
    cloth = Share("Weaver & Sons <Ltd>", "revenue", D("57.5"), D(50), D(60), "disclosed", ("c:1",), "2025", "")
    rows = (
        Row((maker, cloth, (ref("Japan", "Place"), ref("Taiwan", "Place")), 1, True, "most | of it"), (1, 2)),
        Row((other, Share("=SUM(A1)", "revenue"), (), 2, False, "-1+1"), ()),
    )
    columns = (
        Column("maker", "maker"),
        Column("share", "share of its revenue"),
        Column("places", "places"),
        Column("tier", "tier"),
        Column("own", "own"),
        Column("note", "note"),
    )
    points = (
        Point("Weaver & Sons <Ltd>", 57.5, 50, 60), Point("=SUM(A1)", None), Point("A third", None, 5, 20),
    )  # fmt: skip
    known: dict[str, object] = {
        "kind": "demo",
        "title": "Who makes <T-glass>",
        "entity": None,
        "measure": Measure("HHI", "points", None, D(2500), D(4025), "derived", ("c:1",)),
        "tables": (
            Table("makers", "Makers", columns, rows, "shares of *their* revenue"),
            Table("countries", "Countries", (Column("country", "country"),), ()),
        ),
        "coverage": Coverage(2, 1, 3, 2),
        "method": "sum of squares",
        "assumptions": ("1. Names are firms.", "What is *not* known is unknown."),
        "evidence": (
            quote(1, "Weaver makes <b>most</b> of it."),
            quote(2, "Half, they say.", outlet=None, attributed_to=None),
        ),
        "charts": (Chart("bars", "Makers of <T-glass>", "percent", points),),
        "as_of": date(2026, 3, 1),
        "known_at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    }
    return Result(**(known | fields))  # type: ignore[arg-type]
