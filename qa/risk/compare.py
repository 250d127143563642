"""Two results of one report side by side: what came, what went, what changed, with the evidence of both.

Works on the JSON form, so that a result written months ago can be held against one of today. Nothing is measured anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from graph.contract import Json
from graph.errors import QueryError, SettingsError
from graph.model import EntityRef
from qa.risk.diff import Difference, differences, tables_of
from qa.risk.envelope import Cell, Column, Measure, Result, Row, Table
from qa.risk.report import Coverage, Quote, Share

METHOD = "compare: rows of two results matched by the entities that they name, then cell by cell"
_NEEDED = ("report", "method", "assumptions", "evidence", "coverage")


def compare(before: Json, after: Json) -> Result:
    """How `after` differs from `before`; both as `to_json` of a report gives them.

    Raises SettingsError for what is no report, QueryError for two reports of different kinds.
    """
    for name, report in (("first", before), ("second", after)):
        if not isinstance(report, Mapping) or any(key not in report for key in _NEEDED):
            raise SettingsError(f"the {name} of the two is no risk report as JSON: give what `risk … --json` prints")
    if before["report"] != after["report"]:
        raise QueryError(
            f"{before['report']} and {after['report']} are different reports: compare two of the same kind"
        )
    quotes = _Quotes(before["evidence"], after["evidence"])
    found = list(differences(before, after))
    names = _name(before, "before"), _name(after, "after")
    return Result(
        kind="comparison",
        title=f"{_title(after)}: {names[1]} against {names[0]}",
        entity=_entity(after.get("entity")),
        measure=_count(found),
        tables=(_answers(before, after, names), _changes(found, names, quotes)),
        coverage=_coverage(after["coverage"]),
        method=f"{METHOD}; {after['method']}",
        assumptions=_notes(before, after, names),
        evidence=quotes.all,
        as_of=_day(after.get("as_of")),
        asked={"report": after["report"], "before": before.get("as_of"), "after": after.get("as_of")},
    )


class _Quotes:
    """The quotes of both reports under one numbering; one that both cite is one."""

    def __init__(self, before: Iterable[Json], after: Iterable[Json]) -> None:
        self._numbers: list[dict[int, int]] = []
        self._places: dict[tuple[Any, ...], int] = {}
        self._found: list[Quote] = []
        for side in (before, after):
            self._numbers.append({int(quote["n"]): self._number(quote) for quote in side})

    @property
    def all(self) -> tuple[Quote, ...]:
        """All quotes in order of their new numbers."""
        return tuple(self._found)

    def cited(self, evidence: tuple[Sequence[int], Sequence[int]]) -> tuple[int, ...]:
        """The new numbers of quotes cited in the first and in the second report."""
        pairs = zip(self._numbers, evidence, strict=True)
        return tuple(dict.fromkeys(numbers[n] for numbers, cited in pairs for n in cited if n in numbers))

    def _number(self, quote: Json) -> int:
        place = tuple(quote.get(key) for key in ("document", "start", "end", "modality", "attributed_to"))
        if place not in self._places:
            self._places[place] = len(self._found) + 1
            self._found.append(_quote(len(self._found) + 1, quote))
        return self._places[place]


def _quote(number: int, quote: Json) -> Quote:
    return Quote(
        n=number,
        edges=(str(quote.get("edge", "")),),
        claims=tuple(quote.get("claims", ())),
        quote=str(quote.get("quote", "")),
        document=str(quote.get("document", "")),
        title=str(quote.get("title", "")),
        published=_day(quote.get("published")),
        modality=str(quote.get("modality", "")),
        attributed_to=quote.get("attributed_to"),
        start=int(quote.get("start", 0)),
        end=int(quote.get("end", 0)),
        outlet=quote.get("outlet"),
        locator=str(quote.get("locator", "")),
    )


def _count(found: Sequence[Difference]) -> Measure:
    rows = Decimal(len({(item.table, item.key) for item in found}))
    return Measure("rows that differ", "count", rows, rows, rows, "derived")


def _answers(before: Json, after: Json, names: tuple[str, str]) -> Table:
    """The measure of each, and how much each knows."""
    columns = (Column("report", "Report"), Column("answer", "Answer"), Column("coverage", "Coverage"))
    rows = tuple(
        Row((name, _amount(report), str(report["coverage"].get("said", ""))))
        for name, report in zip(names, (before, after), strict=True)
    )
    return Table("answers", "Answers", columns, rows)


def _changes(found: Sequence[Difference], names: tuple[str, str], quotes: _Quotes) -> Table:
    columns = (
        Column("table", "Table"),
        Column("row", "Row"),
        Column("change", "Change"),
        Column("column", "What"),
        Column("before", names[0].capitalize()),
        Column("after", names[1].capitalize()),
    )
    rows = tuple(
        Row(
            (
                item.table.replace("_", " "),
                " · ".join(filter(None, item.key)),
                item.change,
                item.column.replace("_", " ") or None,
                _cell(item.before),
                _cell(item.after),
            ),
            quotes.cited(item.evidence),
        )
        for item in found
    )
    return Table(
        "changes", "Differences", columns, rows, "A row that went is no longer known, which is not to say ended."
    )


def _cell(value: Any) -> Cell:
    """A cell of the JSON form as it was."""
    if isinstance(value, Mapping):
        return _amount(dict(value)) if "unit" in value else _entity(value)
    if isinstance(value, list):
        return tuple(_cell(item) for item in value)
    if isinstance(value, float):
        return Decimal(str(value))
    return value if isinstance(value, str | int | bool) else None


def _amount(value: Json) -> Measure | Share:
    low, number, high = (None if value.get(k) is None else Decimal(str(value[k])) for k in ("low", "value", "high"))
    claims = tuple(value.get("claims") or ())
    period, note, what = str(value.get("period") or ""), str(value.get("note") or ""), str(value.get("what", ""))
    if value.get("whose"):
        return Share(str(value["whose"]), what, number, low, high, value.get("basis"), claims, period, note)
    return Measure(what, str(value.get("unit", "")), number, low, high, value.get("basis"), claims, period, note)


def _entity(value: Any) -> EntityRef | None:
    if not isinstance(value, Mapping) or "label" not in value:
        return None
    return EntityRef(str(value.get("id", "")), str(value["label"]), str(value.get("type", "")))


def _title(report: Json) -> str:
    entity = _entity(report.get("entity"))
    about = f" of {entity.label}" if entity else ""
    return str(report.get("title") or f"{str(report['report']).capitalize()}{about}")


def _name(report: Json, otherwise: str) -> str:
    """What a report is called here: its day, else first and second."""
    day = report.get("as_of")
    return f"as of {day}" if day else otherwise


def _coverage(value: Json) -> Coverage:
    steps, disclosed, claims, documents = (int(value.get(k, 0)) for k in ("steps", "disclosed", "claims", "documents"))
    return Coverage(steps, disclosed, claims, documents)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _notes(before: Json, after: Json, names: tuple[str, str]) -> tuple[str, ...]:
    notes = ["What one of the two does not know is unknown there: a row that came may be newly known, not new."]
    first, second = _entity(before.get("entity")), _entity(after.get("entity"))
    if first and second and first.id != second.id:
        notes.append(f"The two are about different entities: {first.label} and {second.label}.")
    if not any(tables_of(after).values()) and not any(tables_of(before).values()):
        notes.append("Neither of the two has any row.")
    both = [note for note in after["assumptions"] if note in before["assumptions"]]
    notes += both
    for name, report in zip(names, (before, after), strict=True):
        notes += [f"{name.capitalize()}: {note}" for note in report["assumptions"] if note not in both]
    return tuple(notes)
