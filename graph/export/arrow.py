"""The table of claims with real types, as Arrow: what Parquet files and data frames are made of.

Amounts stay exact: `low` and `high` are decimal128(38, 12), and `low_text` and `high_text` hold the same numbers as
text. One that has more than 26 digits before or 12 behind the point is only in the text, never rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from graph.export.forward import Forward
from graph.export.scope import Scope
from graph.export.table import row
from graph.identity import plain
from graph.model import Claim, Quantity
from graph.store.protocol import Store

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 10_000
_DIGITS, _BEHIND = 38, 12
_FLAGS = frozenset(("approx", "polarity", "derived", "unreliable"))


def write_parquet(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """Parquet: one row a claim, with all its passages as a list."""
    import pyarrow.parquet as pq

    claims = scope.claims(store)
    with pq.ParquetWriter(Forward(stream), schema(), compression="zstd") as writer:
        while some := list(islice(claims, _ROWS)):
            writer.write_table(table(some))


def table(claims: Iterable[Claim]) -> pa.Table:
    """The claims as an Arrow table of `schema()`."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(_rows(claims)), schema=schema())


@cache
def schema() -> pa.Schema:
    """The columns of the CSV table in its order with real types, then the exact amounts as text and the lists."""
    import pyarrow as pa

    text, number, day, count = pa.string(), pa.decimal128(_DIGITS, _BEHIND), pa.date32(), pa.int64()
    amount = pa.struct([("low", number), ("high", number), ("unit", text), ("approx", pa.bool_()), ("text", text)])
    passage = pa.struct([("document", text), ("start", count), ("end", count), ("quote", text)])
    columns: list[tuple[str, pa.DataType]] = [
        ("claim subject subject_label subject_type predicate object object_label object_type object_text", text),
        ("low high", number),
        ("unit", text),
        ("approx", pa.bool_()),
        ("basis basis_period of scope", text),
        ("qualifiers", pa.map_(text, text)),
        ("start end", day),
        ("period modality", text),
        ("polarity", pa.bool_()),
        ("attributed_to", text),
        ("confidence", pa.decimal128(9, 8)),
        ("derived", pa.bool_()),
        ("extractor reviewed", text),
        ("unreliable", pa.bool_()),
        ("passages documents", count),
        ("document", text),
        ("from to", count),
        ("quote low_text high_text", text),
        ("equivalent", amount),
        ("origins", pa.list_(text)),
        ("evidence", pa.list_(passage)),
    ]
    return pa.schema([(name, kind) for names, kind in columns for name in names.split()])


def _rows(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    for claim in claims:
        found: dict[str, Any] = row(claim)
        amount = claim.object if isinstance(claim.object, Quantity) else None
        for flag in _FLAGS & found.keys():
            found[flag] = found[flag] == "true"
        yield found | {
            "low": fitting(amount.low) if amount else None,
            "high": fitting(amount.high) if amount else None,
            "low_text": found.get("low"),
            "high_text": found.get("high"),
            "equivalent": _amount(amount.equivalent) if amount and amount.equivalent else None,
            "qualifiers": list(claim.qualifiers),
            "confidence": round(claim.confidence, 8),
            "origins": list(claim.origins),
            "evidence": [
                {"document": e.document, "start": e.start, "end": e.end, "quote": e.quote} for e in claim.evidence
            ],
        }


def _amount(value: Quantity) -> dict[str, Any]:
    return {
        "low": fitting(value.low),
        "high": fitting(value.high),
        "unit": value.unit,
        "approx": value.approx,
        "text": value.text,
    }


def fitting(value: Decimal | None) -> Decimal | None:
    """The number if decimal128(38, 12) holds it exactly, else None.

    >>> fitting(Decimal("1.60E+11")), fitting(Decimal("1E-13")), fitting(Decimal("1E+26"))
    (Decimal('160000000000'), None, None)
    """
    if value is None:
        return None
    whole, _, behind = (plain(value.copy_abs()) or "0").partition(".")
    return Decimal(plain(value) or "0") if len(whole) <= _DIGITS - _BEHIND and len(behind) <= _BEHIND else None
