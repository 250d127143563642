"""What rows become: claims with exact values, their cells, whole documents; parts of long tables; what is left out."""

from __future__ import annotations

import gzip
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import SourceError
from graph.model import EntityRef, Quantity
from ingest.tables import batches as parts
from tests.ingest.tables.made import SHARES, claims, quotes, read, table_of

CSV = "firm,item,share\nNvidia,accelerators,61%\nOrvanta,accelerators,negligible\n"


def value(text: str, **spec: str) -> tuple[Decimal | None, Decimal | None, bool]:
    """The bounds of a cell."""
    keys = ", ".join(f"{name}: {said}" for name, said in spec.items())
    mapping = f"""
    source: {{title: T}}
    claims:
      - {{subject: {{name: firm, type: Company}}, predicate: revenue, amount: {{column: it, unit: USD, {keys}}}}}
    """
    (claim,) = claims(f'firm,it\nOrvanta,"{text}"\n', mapping)
    assert isinstance(claim.object, Quantity)
    return claim.object.low, claim.object.high, claim.object.approx


def test_a_row_is_a_claim_with_its_row_as_quote_and_its_cells() -> None:
    (batch,), tally = read(CSV)
    first, second = batch.claims
    assert (first.subject, first.predicate, first.scope) == (
        EntityRef("e:nvidia", "Nvidia", "Company"), "marketShare", "accelerators",
    )  # fmt: skip
    assert first.object == Quantity(Decimal(61), Decimal(61), "percent", text="61%")
    assert first.qualifiers == (("item", "accelerators"),)
    assert (first.basis, first.modality, first.confidence) == ("level", "asserted", Decimal("0.9"))
    (place,) = first.evidence
    assert (place.quote, place.value_text, place.locator) == ("Nvidia,accelerators,61%", "61%", "cell=2,1;2,2;2,3")
    assert second.object == Quantity(None, Decimal(2), "percent", text="negligible")
    assert second.subject == EntityRef("e:orvanta", "Orvanta", "Company")
    assert batch.document.text == CSV
    assert (batch.document.title, batch.document.outlet) == ("Shares", "Veltrix Research")
    assert batch.document.published == date(2026, 2, 1)
    assert batch.notes == ("licence: CC BY 4.0", "mapping: m.yaml")
    assert (tally.rows, tally.faulty) == (2, 0)


@pytest.mark.parametrize(
    ("cell", "spec", "bounds"),
    [
        ("1200", {}, ("1200", "1200", False)),
        ("1,200.50", {}, ("1200.50", "1200.50", False)),
        ("1.5e+3", {}, ("1500", "1500", False)),
        ("(25)", {}, ("-25", "-25", False)),
        ("−3", {}, ("-3", "-3", False)),
        ("12", {"scale": "million"}, ("12000000", "12000000", False)),
        ("~$3B", {}, ("3000000000", "3000000000", True)),
        ("~$3B", {"scale": "million"}, ("3000000000", "3000000000", True)),
        ("<5", {"scale": "million"}, (None, "5000000", False)),
        ("over $70 billion (2019)", {}, ("70000000000", None, False)),
        ("10-12", {}, ("10", "12", False)),
        ("7", {"about": "true"}, ("7", "7", True)),
        ("nil", {"words": "{nil: '0'}"}, ("0", "0", False)),
    ],
)
def test_amounts_are_read_exactly(cell: str, spec: dict[str, str], bounds: tuple[str | None, str | None, bool]) -> None:
    low, high, approx = bounds
    assert value(cell, **spec) == (low and Decimal(low), high and Decimal(high), approx)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("inf", "is no number"),
        ("twelve apples", "counts something else than USD"),
        ("€5m", "is in EUR, not USD"),
        ("$5 and $7", "has several numbers"),
        ("$5 of 2019", "has more digits than one amount"),
        ("=SUM(A1)", "is no number"),
        ("9" * 90, "is larger or smaller than any amount"),
    ],
)
def test_a_cell_that_is_no_amount_is_left_out_and_said(cell: str, why: str) -> None:
    mapping = """
    source: {title: T}
    claims:
      - {subject: {name: firm, type: Company}, predicate: revenue, amount: {column: it, unit: USD}}
    """
    (batch,), tally = read(f'firm,it\nOrvanta,3\nBrackwell,"{cell}"\n', mapping)
    assert [claim.subject.label for claim in batch.claims] == ["Orvanta"]
    assert (tally.rows, tally.faulty) == (2, 1)
    assert why in tally.lines()[0]
    assert tally.lines()[0].startswith("1 skipped (no amount): row 3: it “")
    with pytest.raises(SourceError, match="nothing was taken in, as --strict asks"):
        read(f'firm,it\nOrvanta,3\nBrackwell,"{cell}"\n', mapping, strict=True)


def test_relations_split_filter_join_and_carry_amounts(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("code,name\nNV,Nvidia\nTS,TSMC\n")
    mapping = """
    source: {title: Sales}
    read: {delimiter: ";", missing: ["?"]}
    join:
      seller: {file: codes.csv, key: code, on: from}
    parties:
      buyers: {name: {column: to, split: [",", " and "], words: {others: null}}, type: Company}
    claims:
      - where: {kind: [sale, lease], sum: {filled: true}, to: {not: nobody}, year: {matches: "^20"}}
        subject: {name: [seller.name, from], type: Company, ids: {code: from}}
        predicate: supplies
        object: buyers
        period: year
        modality: {column: sure, words: {yes: asserted, no: projected}}
        attributed_to: {is: the company}
        qualifiers: {item: {is: chips}, amount: {column: sum, unit: USD, scale: million}}
    """
    text = (
        "from;to;kind;sum;year;sure\nNV;Meta, Orvanta and others;sale;12;2025;yes\nTS;Nvidia;gift;1;2025;yes\n"
        "XX;Meta;lease;5–7;2024-Q2;no\nTS;nobody;sale;3;2025;yes\nTS;Meta;sale;?;2025;yes\nTS;Meta;sale;4;1999;yes\n"
    )
    found = claims(text, mapping, folder=tmp_path)
    said = [(c.subject.id, c.object.id, dict(c.qualifiers)["amount"]) for c in found if isinstance(c.object, EntityRef)]
    assert said == [
        ("e:nvidia", "e:meta", "USD 12000000"),
        ("e:nvidia", "e:orvanta", "USD 12000000"),
        ("e:xx", "e:meta", "USD 5000000 to USD 7000000"),
    ]
    assert found[2].period is not None
    assert (found[2].period.start, found[2].period.end) == (date(2024, 4, 1), date(2024, 6, 30))
    assert (found[2].modality, found[2].confidence, found[2].attributed_to) == (
        "projected",
        Decimal("0.7"),
        "the company",
    )
    assert found[0].evidence[0].locator == "cell=2,1;2,2;2,4;2,5;2,6"


def test_a_matrix_is_one_claim_a_cell() -> None:
    mapping = """
    source: {title: Flows, published: 2026-01-01}
    claims:
      - where: {"@cell": {not: ["0"]}, code: {not: total}}
        cells: {from: Mining, to: Chips, not: note}
        subject: {name: code, type: Organization}
        predicate: supplies
        object: {name: "@column", type: Organization}
        period: {is: "2022"}
        qualifiers: {amount: {column: "@cell", unit: USD, scale: million}}
      - where: {code: total}
        cells: {from: Mining, to: Chips, not: note}
        subject: {name: "@column", type: Organization}
        predicate: revenue
        amount: {column: "@cell", unit: USD, scale: million}
    """
    found = claims("code,Mining,note,Chips,sum\nMining,3,x,4.5,7.5\nChips,0,y,1,1\ntotal,10,,20,\n", mapping)
    flows = [(c.subject.label, c.object.label, c.qualifiers[0][1]) for c in found if isinstance(c.object, EntityRef)]
    assert flows == [
        ("Mining", "Mining", "USD 3000000"), ("Mining", "Chips", "USD 4500000"), ("Chips", "Chips", "USD 1000000"),
    ]  # fmt: skip
    assert [(c.subject.label, c.object.low) for c in found if isinstance(c.object, Quantity)] == [
        ("Mining", Decimal(10_000_000)), ("Chips", Decimal(20_000_000)),
    ]  # fmt: skip
    assert [c.evidence[0].locator for c in found[:2]] == ["cell=2,1;2,2", "cell=2,1;2,4"]


def test_names_are_one_by_catalogue_or_identifier_never_by_looks() -> None:
    mapping = """
    source: {title: T}
    claims:
      - subject: {name: firm, type: Company}
        predicate: develops
        object: {name: thing, type: Chip, ids: {maker code: id}, maker: firm}
    """
    text = (
        "firm,thing,id\nNVIDIA Corp.,NVIDIA H100 (SXM),\nOrvanta,Zed,7\nOrvanta,Zet,7\nOrvanta,Zed,8\nOrvanta,Zedd,\n"
        "Bank of Chinaa,Intel,\n"
    )
    (batch,), _ = read(text, mapping)
    ids = [(c.subject.id, c.object.id) for c in batch.claims if isinstance(c.object, EntityRef)]
    assert ids == [
        ("e:nvidia", "e:h100"), ("e:orvanta", "e:zed"), ("e:orvanta", "e:zed"), ("e:orvanta", "e:zed-8"),
        ("e:orvanta", "e:zedd"), ("e:bank-of-chinaa", "e:intel-chip"),
    ]  # fmt: skip
    zed = next(entity for entity in batch.entities if entity.id == "e:zed")
    assert (zed.aliases, zed.identifiers) == (("Zet",), (("maker code", "7"),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "shares.csv: empty"),
        ("\n \n", "shares.csv: empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "a binary file, no table"),
        (b"\x1f\x8bbroken", "damaged gzip file"),
        (b"PAR1nothing", "no Parquet file that can be read"),
        ("firm;item;share\nA;b;1%\n", "its header is one cell; write delimiter: ';' under “read”"),
        ("firm,itme,share\nA,b,1%\n", "has no column “item”; did you mean “itme”"),
        ("firm,item,share,share\nA,b,1%,2%\n", "“share” heads 2 columns (3 and 4); rename all but one"),
        ("firm,item,share\n", "none of 0 rows gives a claim"),
        ("firm,item,share\nA,b\n", "none of 1 rows gives a claim; 1 skipped (ragged row): row 2: has 2 cells"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_said_in_one_line(text: str | bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ragged_and_endless_rows_are_left_out_and_counted() -> None:
    text = f'firm,item,share\nA,b\nVeltrix,"{"x" * 10_000_000}",3%\nOrvanta,chips,4%\nB,b,1%,2\nC\n\nD,"open\n'
    (batch,), tally = read(text)
    assert [c.subject.label for c in batch.claims] == ["Orvanta"]
    assert dict(tally.faults) == {"ragged row": 4, "long row": 1}
    assert tally.to_json()["rows"] == 6
    assert tally.lines()[0] == (
        "4 skipped (ragged row): row 2: has 2 cells instead of 3; row 5: has 4 cells instead of 3; "
        "row 6: has 1 cells instead of 3; …"
    )
    assert all(quote == there for quote, there in quotes([batch]))


def test_formulas_are_text() -> None:
    (claim,) = claims("firm,item,share\n=cmd|'/c calc'!A0,@SUM(1),5%\n")
    assert (claim.subject.label, claim.scope) == ("=cmd|'/c calc'!A0", "@SUM(1)")


def test_gzip_tabs_other_encodings_line_ends_and_byte_order_marks() -> None:
    packed = claims(gzip.compress(CSV.encode()), source="shares.csv.gz")
    assert [c.id for c in packed] == [c.id for c in claims(CSV)]
    assert [c.id for c in claims(CSV.replace(",", "\t"), source="s.tsv")] == [c.id for c in packed]
    (batch,), _ = read("\ufeff" + CSV.replace("\n", "\r\n"))
    assert [c.id for c in batch.claims] == [c.id for c in packed]
    assert all(quote == there and not quote.endswith("\r") for quote, there in quotes([batch]))
    latin = SHARES + "read: {encoding: latin-1}\n"
    (odd,) = claims("firm,item,share\nSociété Orvanta,puces,5%\n".encode("latin-1"), latin)
    assert odd.subject.label == "Société Orvanta"
    with pytest.raises(SourceError, match="no utf-8 text at byte 16; correct “encoding” in the mapping"):
        claims("firm,item,share\n\xe9,b,5%\n".encode("latin-1"), SHARES + "read: {encoding: utf-8}\n")


def test_columns_may_be_named_and_lines_skipped() -> None:
    mapping = SHARES + "read: {columns: [firm, item, share], skip: 2, decimal: ','}\n"
    (claim,) = claims('A report\n\nOrvanta,chips,"12,5"\n', mapping)
    assert isinstance(claim.object, Quantity)
    assert claim.object.low == Decimal("12.5")
    assert claim.evidence[0].locator == "cell=3,1;3,2;3,3"


def test_parquet_is_quoted_as_csv() -> None:
    rows = pa.table(
        {
            "firm": ["Nvidia", "Orvanta, Inc", None],
            "item": ["accelerators", 'a "new" chip', "x"],
            "share": [61.0, 2.5, 1.0],
            "day": pa.array([date(2026, 1, 1), None, None]),
        }
    )
    stream = io.BytesIO()
    pq.write_table(rows, stream)
    (batch,), _ = read(stream.getvalue(), source="shares.parquet")
    assert batch.document.text == (
        'firm,item,share,day\nNvidia,accelerators,61,2026-01-01\n"Orvanta, Inc","a ""new"" chip",2.5,\n,x,1,\n'
    )
    first, second = batch.claims
    assert isinstance(second.object, Quantity)
    assert (second.object.low, second.scope) == (Decimal("2.5"), 'a "new" chip')
    assert first.evidence[0].quote == "Nvidia,accelerators,61,2026-01-01"
    assert (second.object.text, second.evidence[0].value_text) == ("", "2.5")  # a bare number says nothing alone
    assert all(quote == there for quote, there in quotes([batch]))


def test_a_long_table_comes_in_parts_that_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 2)
    rows = "".join(f"Firm {n},chips,{n}%\n" for n in range(1, 6))
    made, tally = read("firm,item,share\n" + rows, source="/data/shares.csv")
    assert [batch.document.source for batch in made] == [
        f"/data/shares.csv#row={a}-{b}" for a, b in ((2, 3), (4, 5), (6, 6))
    ]
    assert made[1].document.text == "firm,item,share\nFirm 3,chips,3%\nFirm 4,chips,4%\n"
    assert made[1].document.title == "Shares, rows 4–5"
    assert [c.evidence[0].locator for b in made for c in b.claims] == [f"cell={n},1;{n},2;{n},3" for n in range(2, 7)]
    assert all(quote == there for quote, there in quotes(made))
    assert {c.evidence[0].document for c in made[1].claims} == {made[1].document.id}
    assert tally.rows == 5


def test_a_join_that_is_not_there_or_not_unique_is_named(tmp_path: Path) -> None:
    mapping = SHARES + "join: {more: {file: more.csv, key: id, on: firm}}\n"
    with pytest.raises(SourceError, match=r"the mapping joins more\.csv, which did not come along"):
        table_of(CSV, mapping)
    with pytest.raises(SourceError, match=r"more\.csv: cannot be read \(No such file"):
        table_of(CSV, mapping, folder=tmp_path)
    (tmp_path / "more.csv").write_text("id,x\n1,a\n1,b\n")
    with pytest.raises(SourceError, match=r"row 3: “1” stands twice under id; join by a key"):
        table_of(CSV, mapping, folder=tmp_path)
