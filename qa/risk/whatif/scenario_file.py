"""Reads a scenario from YAML, strictly: a key that there is none of is an error that names the nearest one.

    read_scenario(Path("stops.yaml"))    parse_scenario({"shocks": […]})    written_scenario(scenario)

docs/scenarios.md explains the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from graph.errors import SettingsError
from qa.risk.whatif.coupling import MODES
from qa.risk.whatif.markets import LEVELS
from qa.risk.whatif.scenario import STOPS, TARGETS, Override, Scenario, Shock

TOP = (
    "name",
    "shocks",
    "overrides",
    "mode",
    "substitution",
    "horizon",
    "closed",
    "draws",
    "seed",
    "method",
    "equity",
)
METHODS = ("esri", "debtrank")
OF_SHOCK = (*TARGETS, "size", "stops", "date")
OF_SUPPLY = ("supply", "share", "purchases", "amount", "item", "add", "remove")
OF_FIRM = ("firm", "revenue", "market")
OF_INPUT = ("input", "level")


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file. Raises SettingsError for one that cannot be read, naming file, place and way out."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path}: the scenario cannot be read ({problem}); give a YAML file") from None
    except yaml.YAMLError as problem:
        said = " ".join(str(problem).split())
        raise SettingsError(f"{path}: no YAML: {said}; docs/scenarios.md has an example") from None
    try:
        return parse_scenario(data)
    except SettingsError as problem:
        raise SettingsError(f"{path}: {problem}") from None


def parse_scenario(data: object) -> Scenario:
    """The scenario in what YAML or JSON was read to. Raises SettingsError."""
    top = _table(data, TOP, "the scenario")
    shocks = [_shock(row, f"shock {n}") for n, row in enumerate(_rows(top, "shocks"), 1)]
    overrides = [_override(row, f"override {n}") for n, row in enumerate(_rows(top, "overrides"), 1)]
    equity = _equity(top.get("equity") or {})
    return Scenario(
        shocks=tuple(shocks),
        name=_text(top, "name", "the scenario") or "",
        overrides=tuple(overrides),
        mode=cast("Any", _choice(top, "mode", MODES, "generalised")),
        substitution=_flag(top, "substitution", "the scenario", True),
        horizon=_whole(top, "horizon", None),
        closed=_flag(top, "closed", "the scenario", False),
        draws=cast(int, _whole(top, "draws", 1000)),
        seed=cast(int, _whole(top, "seed", 1)),
        method=cast("Any", _choice(top, "method", METHODS, "esri")),
        equity=equity,
    )


def written_scenario(scenario: Scenario) -> str:
    """The scenario as YAML that `read_scenario` reads back to the same."""
    import yaml

    kept = {name: value for name, value in scenario.to_json().items() if value not in ("", None, [], {})}
    return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)


def fraction(value: object, where: str) -> float:
    """A share as people write it: 0.8, "80%", "80 %". Raises SettingsError for anything else."""
    if isinstance(value, str) and value.strip().endswith("%"):
        text, scale = value.strip().removesuffix("%").strip(), 100.0
    else:
        text, scale = str(value), 1.0
    try:
        number = float(text) / scale
    except ValueError:
        number = float("nan")
    if isinstance(value, bool) or not 0 <= number <= 1:
        raise SettingsError(f"{where} is {value}: give 0 to 1, or a percentage such as 80%")
    return number


def _shock(row: object, where: str) -> Shock:
    table = _table(row, OF_SHOCK, where)
    kinds = [kind for kind in TARGETS if kind in table]
    if len(kinds) != 1:
        raise SettingsError(f"{where} needs exactly one of {', '.join(TARGETS)}")
    kind = kinds[0]
    if kind in ("supply", "input") and "stops" in table:
        raise SettingsError(f"{where}: `stops` is for firms, countries and owners; leave it out of a shock to {kind}")
    name, buyer = _ends(table["supply"], where) if kind == "supply" else (_name(table[kind], kind, where), "")
    size = fraction(table.get("size", 1), f"{where}: size")
    stops = _choice(table, "stops", STOPS, "both", where)
    return Shock(kind, name, size, cast("Any", stops), buyer, _day(table.get("date"), where))


def _override(row: object, where: str) -> Override:
    kinds = {"supply": OF_SUPPLY, "firm": OF_FIRM, "input": OF_INPUT}
    table = _table(row, tuple(dict.fromkeys((*OF_SUPPLY, *OF_FIRM, *OF_INPUT))), where)
    found = [kind for kind in kinds if kind in table]
    if len(found) != 1:
        raise SettingsError(f"{where} needs exactly one of {', '.join(kinds)}")
    kind = found[0]
    table = _table(row, kinds[kind], f"{where} ({kind})")
    if len(table) == 1:
        others = ", ".join(kinds[kind][1:])
        raise SettingsError(f"{where} ({kind}) changes nothing: give {others}")
    if kind == "input":
        level = _choice(table, "level", LEVELS, "essential", where)
        return Override(input=_name(table["input"], "input", where), level=cast("Any", level))
    texts = {name: _text(table, name, where) for name in ("amount", "item", "revenue", "market")}
    if kind == "firm":
        name = _name(table["firm"], "firm", where)
        return Override(firm=name, revenue=texts["revenue"], market=texts["market"])
    seller, buyer = _ends(table["supply"], where)
    return Override(
        seller=seller,
        buyer=buyer,
        share=_share(table, "share", where),
        purchases=_share(table, "purchases", where),
        amount=texts["amount"],
        item=texts["item"],
        add=_flag(table, "add", where, False),
        remove=_flag(table, "remove", where, False),
    )


def _share(table: Mapping[str, Any], key: str, where: str) -> float | None:
    return fraction(table[key], f"{where}: {key}") if key in table else None


def _ends(value: object, where: str) -> tuple[str, str]:
    ends = _table(value, ("from", "to"), f"{where}: supply")
    if len(ends) != 2:
        raise SettingsError(f"{where}: supply needs both `from` (the supplier) and `to` (the customer)")
    return _name(ends["from"], "from", where), _name(ends["to"], "to", where)


def _table(data: object, known: Sequence[str], where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise SettingsError(f"{where} must be a table of keys and values with {', '.join(known)}")
    for key in data:
        if key not in known:
            raise SettingsError(f"{where} has no `{key}`; {nearest(str(key), known)}")
    return data


def nearest(word: str, known: Sequence[str]) -> str:
    """“did you mean `size`?”, or all there is."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean `{found[0]}`?" if found else f"there are {', '.join(f'`{name}`' for name in known)}"


def _rows(top: Mapping[str, Any], key: str) -> Sequence[object]:
    rows = top.get(key) or ()
    if not isinstance(rows, list | tuple):
        raise SettingsError(f"`{key}` must be a list, an item a line that begins with “- ”")
    return rows


def _name(value: object, key: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where}: `{key}` must be a name")
    return value.strip()


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise SettingsError(f"{where}: `{key}` must be a text")


def _choice(table: Mapping[str, Any], key: str, known: Sequence[str], default: str, where: str = "the scenario") -> str:
    value = table.get(key, default)
    if value not in known:
        raise SettingsError(f"{where}: `{key}` is {value}; {nearest(str(value), known)}")
    return str(value)


def _flag(table: Mapping[str, Any], key: str, where: str, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise SettingsError(f"{where}: `{key}` is {value}; write true or false")
    return value


def _whole(table: Mapping[str, Any], key: str, default: int | None) -> int | None:
    value = table.get(key, default)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise SettingsError(f"the scenario: `{key}` is {value}; give a whole number")
    return value


def _day(value: object, where: str) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise SettingsError(f"{where}: `date` is {value}; write a day such as 2026-07-01") from None


def _equity(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise SettingsError("`equity` must be a table of firms and amounts")
    return {str(name): str(amount) for name, amount in value.items()}
