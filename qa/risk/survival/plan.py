"""Plans for `survive`: which inputs a firm uses up how fast, what it has in stock, who can make how much of them.

    period: week                        # of all rates and times; day, week, month, quarter or year
    unit: wafers                        # what capacities and stocks count (to take them from claims)
    money: USD
    inputs:
      HBM: {demand: 100, stock: 150, loss: 2000}
    suppliers:
      SK hynix: {capacity: [60, 70], makes: [HBM], recover: 8}
      Micron: {makes: [HBM]}            # its capacity is taken from claims, or asked for

A number may be a range. The same as CSV: a row each, with the columns kind (plan, input, supplier), name and all
fields; `makes` are names between semicolons, ranges `60..70`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from graph.contract import Json
from graph.errors import SettingsError

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
_PLAN = ("period", "unit", "money", "inputs", "suppliers")
_INPUT = ("demand", "stock", "loss")
_SUPPLIER = ("capacity", "makes", "recover")


@dataclass(frozen=True, slots=True)
class Range:
    """A number known from `low` to `high`; None: nothing bounds it from above."""

    low: float
    high: float | None

    def to_json(self) -> float | list[float | None]:
        """One number, or both ends."""
        return self.low if self.low == self.high else [self.low, self.high]


@dataclass(frozen=True, slots=True)
class Need:
    """An input: used up at `demand`, `stock` at hand (None: not given), `loss` of money for a unit that is missing."""

    name: str
    demand: Range
    stock: Range | None
    loss: Range


@dataclass(frozen=True, slots=True)
class Maker:
    """A supplier: `capacity` a period of what it `makes`, `recover` periods until it is back; None: not given."""

    name: str
    capacity: Range | None
    makes: tuple[str, ...]
    recover: Range | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan."""

    period: str
    unit: str
    money: str
    needs: tuple[Need, ...]
    makers: tuple[Maker, ...]

    def to_json(self) -> Json:
        """The plan as `build_plan` reads it."""
        inputs = {n.name: _given({"demand": n.demand, "stock": n.stock, "loss": n.loss}) for n in self.needs}
        suppliers = {
            m.name: {"makes": list(m.makes)} | _given({"capacity": m.capacity, "recover": m.recover})
            for m in self.makers
        }
        head = {"period": self.period, "unit": self.unit, "money": self.money}
        return head | {"inputs": inputs, "suppliers": suppliers}


def _given(fields: Mapping[str, Range | None]) -> Json:
    return {name: value.to_json() for name, value in fields.items() if value is not None}


def read_plan(path: Path) -> Plan:
    """A plan from a YAML or CSV file. Raises SettingsError for what cannot be read, by name and place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"the plan {path} cannot be read ({problem}): give a YAML or CSV file") from None
    if path.suffix.lower() == ".csv":
        return build_plan(_of_csv(text), str(path))
    try:
        return build_plan(yaml.safe_load(text), str(path))
    except yaml.YAMLError as problem:
        raise SettingsError(f"the plan {path} is no YAML: {' '.join(str(problem).split())}") from None


def build_plan(table: Any, where: str = "the plan") -> Plan:
    """A plan from its mapping. Raises SettingsError for unknown keys, missing or senseless numbers."""
    found = _keys(table, _PLAN, where)
    period = str(found.get("period", "week"))
    if period not in DAYS:
        raise SettingsError(f"{where}: period “{period}”: give one of {', '.join(DAYS)}")
    inputs, suppliers = _named(found, "inputs", where), _named(found, "suppliers", where)
    needs = tuple(_need(name, row, f"{where}: input {name}") for name, row in inputs.items())
    makers = tuple(_maker(name, row, list(inputs), f"{where}: supplier {name}") for name, row in suppliers.items())
    return Plan(period, str(found.get("unit", "units")), str(found.get("money", "money")), needs, makers)


def _need(name: str, row: Any, where: str) -> Need:
    found = _keys(row, _INPUT, where)
    if found.get("demand") is None:
        raise SettingsError(f"{where}: no demand; give how many units of it are used up in a period")
    loss = _range(found, "loss", where)
    return Need(name, _range(found, "demand", where) or Range(0, 0), _range(found, "stock", where), loss or Range(0, 0))


def _maker(name: str, row: Any, inputs: list[str], where: str) -> Maker:
    found = _keys(row, _SUPPLIER, where)
    makes = found.get("makes") or (inputs if len(inputs) == 1 else None)
    if not isinstance(makes, list):
        raise SettingsError(f"{where}: makes has to list inputs of the plan: {', '.join(inputs)}")
    for item in makes:
        if item not in inputs:
            raise SettingsError(f"{where}: makes {item}, which is no input of the plan{_near(str(item), inputs)}")
    return Maker(name, _range(found, "capacity", where), tuple(makes), _range(found, "recover", where))


def _named(found: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    rows = found.get(key)
    if not isinstance(rows, Mapping) or not rows:
        raise SettingsError(f"{where}: no {key}; give them by name, each with its numbers")
    return {str(name): row for name, row in rows.items()}


def _keys(table: Any, known: Iterable[str], where: str) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where}: expected fields ({', '.join(known)}), found {type(table).__name__}")
    for key in table:
        if key not in known:
            raise SettingsError(f"{where}: “{key}” is no field{_near(str(key), known)}")
    return table


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]}?" if near else f": give {', '.join(known)}"


def _range(row: Mapping[str, Any], key: str, where: str) -> Range | None:
    given = row.get(key)
    if given is None or given == "":
        return None
    ends = given if isinstance(given, list) else [given, given]
    numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
    if len(ends) != 2 or len(numbers) != 2 or not 0 <= numbers[0] <= numbers[1] < float("inf"):
        raise SettingsError(f"{where}: {key} is {given}: give a number from 0 up, or [low, high]")
    return Range(float(numbers[0]), float(numbers[1]))


def _of_csv(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"inputs": {}, "suppliers": {}}
    for row in csv.DictReader(io.StringIO(text)):
        kind, name = (row.pop("kind", None) or "").strip(), (row.pop("name", None) or "").strip()
        fields = {key: _cell(key, value) for key, value in row.items() if key and value and value.strip()}
        if kind == "plan":
            found |= fields
        elif kind in ("input", "supplier"):
            found[kind + "s"][name] = fields
        else:
            raise SettingsError(f"the plan has a row of the kind “{kind}”: give plan, input or supplier")
    return found


def _cell(key: str, value: str) -> Any:
    if key == "makes":
        return [item.strip() for item in value.split(";")]
    ends = [_number(end) for end in value.split("..")]
    return ends if len(ends) == 2 else ends[0]


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text.strip()
