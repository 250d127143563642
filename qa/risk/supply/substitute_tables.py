"""The tables of the substitutes report."""

from __future__ import annotations

from collections.abc import Sequence

from qa.risk.cite import Citations
from qa.risk.envelope import Cell, Column, Measure, Row, Table
from qa.risk.interval import Interval
from qa.risk.report import Basis
from qa.risk.supply.stand_ins import Input, Substitute


def substitutes_table(found: Sequence[Substitute], cited: Citations) -> Table:
    """Every substitute with why it is one, its share, its headroom, and what is lost once it steps in."""
    rows = []
    for one in found:
        claims = [*one.claims, *(one.held.claims if one.held else ()), *one.room.claims]
        cells: tuple[Cell, ...] = (
            one.item.label,
            one.party,
            "candidate" if one.candidate else "provider",
            one.how,
            one.held.share(one.item.label) if one.held else None,
            _percent("capacity in use", one.room.used, "disclosed"),
            one.room.level.text if one.room.level else "",
            _percent("spare, of the market", one.room.spare, "imputed"),
            one.room.flag,
            _percent("of what is lost", one.covers, "imputed"),
            one.after,
        )
        rows.append(Row(cells, cited.cite(claims)))
    keys = (
        ("input", "input"),
        ("substitute", "substitute"),
        ("standing", "standing"),
        ("why", "why"),
        ("share", "share of the market"),
        ("used", "capacity in use"),
        ("level", "capacity"),
        ("spare", "spare, of the market"),
        ("flag", "not known"),
        ("covers", "could take over"),
        ("after", "loss when it steps in"),
    )
    return Table("substitutes", "Who could stand in", tuple(Column(*pair) for pair in keys), tuple(rows))


def _percent(what: str, interval: Interval | None, basis: Basis) -> Measure | None:
    if interval is None:
        return None
    low, high = round(interval.low, 2), round(interval.high, 2)
    return Measure(what, "percent", low if low == high else None, low, high, basis)


def inputs_table(inputs: Sequence[Input], cited: Citations) -> Table:
    """What the supplier supplies, who is lost with it, and their share of that market."""
    rows = []
    for put in inputs:
        share = _percent("of the market", put.share, "disclosed")
        note = "no claim says that this is what is supplied" if put.guessed else ""
        rows.append(Row((put.item.label, put.lost, share, note), cited.cite(put.claims)))
    keys = (("input", "input"), ("lost", "lost with the shock"), ("share", "their share"), ("note", "note"))
    return Table("inputs", "What is lost", tuple(Column(*pair) for pair in keys), tuple(rows))


def loss_table(whole: Measure) -> Table:
    """What is lost while nobody steps in."""
    columns = (Column("what", "what"), Column("loss", "loss"))
    return Table("loss", "What is lost while nobody steps in", columns, (Row((whole.what, whole)),))
