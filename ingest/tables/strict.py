"""YAML read strictly: every key asked for or refused, every fault with its line and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import yaml

from graph.errors import SettingsError

LONGEST = 200_000


class Section:
    """The keys of one mapping of the file; `where` is its path (`claims[2].amount`). Faults are SettingsErrors."""

    def __init__(self, file: str, where: str, values: dict[str, Any], line: int, lines: dict[str, int]) -> None:
        self.values = values
        self._file, self._where, self._line, self._lines = file, where, line, lines

    def part(self, keys: Iterable[str]) -> Section:
        """These of its keys alone."""
        held = {key: self.values[key] for key in keys if key in self.values}
        return Section(self._file, self._where, held, self._line, self._lines)

    def fault(self, message: str, key: str | None = None) -> SettingsError:
        """An error that names the file, the line and the key."""
        line = self._lines.get(key, self._line) if key else self._line
        path = ".".join(filter(None, (self._where, key)))
        return SettingsError(f"{self._file}, line {line}: {f'{path}: ' if path else ''}{message}")

    def allow(self, *keys: str) -> None:
        """Refuse every other key, with the nearest right one."""
        for key in self.values:
            if key not in keys:
                raise self.fault(f"there is no key “{key}” here; {nearest(key, keys)}", key)

    def text(self, key: str) -> str | None:
        """A text (or number, as written); None if the key is absent."""
        value = self.values.get(key)
        if value is None:
            if key in self.values:
                raise self.fault("nothing is given; write a text or leave the key out", key)
            return None
        if isinstance(value, (Section, list, bool)) or not str(value).strip():
            raise self.fault(f"a text is expected, not {_said(value)}", key)
        return str(value)

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise self.fault(f"“{key}” is missing")
        return value

    def choice(self, key: str, among: Iterable[str]) -> str | None:
        """A text that must be one of these."""
        value, known = self.text(key), tuple(among)
        if value is not None and value not in known:
            raise self.fault(f"“{value}” is not known; {nearest(value, known)}", key)
        return value

    def flag(self, key: str) -> bool | None:
        """true or false."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.fault(f"true or false is expected, not {_said(value)}", key)
        return value

    def whole(self, key: str) -> int | None:
        """A number of 0 or more."""
        value = self.text(key)
        if value is not None and not re.fullmatch(r"[0-9]{1,9}", value):
            raise self.fault(f"a whole number is expected, not “{value}”", key)
        return None if value is None else int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them."""
        value = self.values.get(key)
        rows = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(row, (Section, list, bool)) or row is None for row in rows) or value == []:
            raise self.fault("a text or a list of texts is expected", key)
        return tuple(str(row) for row in rows)

    def words(self, key: str) -> dict[str, str | None]:
        """A mapping of words to words; null stands for nothing."""
        held = self.section(key)
        if held is None:
            return {}
        if wrong := next((k for k, v in held.values.items() if isinstance(v, (Section, list, bool))), None):
            raise held.fault("a text or null is expected", wrong)
        return {word: None if value is None else str(value) for word, value in held.values.items()}

    def section(self, key: str) -> Section | None:
        """A mapping under the key."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, Section):
            raise self.fault(f"keys and values are expected, not {_said(value)}", key)
        return value

    def sections(self, key: str) -> list[Section]:
        """A list of mappings."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Section) for row in value):
            raise self.fault("a list is expected, each item with its keys", key)
        return value


def load(text: str, name: str) -> Section:
    """The file's keys. Raises SettingsError for what is no YAML, has a key twice, or is no mapping."""
    if len(text) > LONGEST:
        raise SettingsError(f"{name}: longer than {LONGEST:,} characters; this is no mapping")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise SettingsError(f"{name}, line {line}: no YAML ({problem.problem or problem.context})") from None
    except (yaml.YAMLError, RecursionError) as problem:
        raise SettingsError(f"{name}: no YAML ({type(problem).__name__}); see docs/tables.md") from None
    made = _value(node, name, "") if node is not None else None
    if not isinstance(made, Section):
        raise SettingsError(f"{name}: no mapping: “source” and “claims” are expected; see docs/tables.md")
    return made


def nearest(word: str, known: Iterable[str]) -> str:
    """The way out for a word that is not known."""
    names = list(known)
    near = get_close_matches(word, names, 1, 0.5)
    return f"did you mean “{near[0]}”?" if near else f"known: {', '.join(names)}"


class _Loader(yaml.SafeLoader):
    """Without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(problem="aliases (*) are not read; write it out", problem_mark=mark)
        return super().compose_node(parent, index)


def _value(node: yaml.Node, file: str, where: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file, f"{where}[{n}]") for n, item in enumerate(node.value, 1)]
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or name in values:
            raise SettingsError(f"{file}, line {line}: a key must be a word, and “{name}” stands twice or is none")
        lines[name] = line
        values[name] = _value(value, file, ".".join(filter(None, (where, name))))
    return Section(file, where, values, node.start_mark.line + 1, lines)


def _scalar(node: yaml.ScalarNode) -> str | bool | None:
    """Words as they stand: only true, false and null, unquoted, are something else."""
    if node.style is None and node.value in ("true", "false"):
        return bool(node.value == "true")
    return None if node.style is None and node.value in ("null", "~", "") else str(node.value)


def _said(value: Any) -> str:
    match value:
        case Section():
            return "a group of keys"
        case list():
            return "a list"
        case _:
            return f"“{value}”"
