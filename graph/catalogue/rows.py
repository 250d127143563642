"""The rows of one catalogue file, read four times faster than by PyYAML's constructor: every scalar stays text.

A file is a list of mappings from field to text or list of texts; nothing of YAML beyond that is used. That a scalar
stays text is a help, too: the chip 950 and the word yes need no quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

from graph.errors import SettingsError

Row = dict[str, Any]

_FORM = "expected a list of entries “- {label: …, aliases: […]}”"


def read_rows(file: str) -> list[Row]:
    """The rows of a file of this folder, each value a str or a list of str."""
    return parse_rows(file, (files("graph.catalogue") / file).read_text(encoding="utf-8"))


def parse_rows(file: str, text: str) -> list[Row]:
    """The rows of a catalogue file's text. Raises SettingsError with file and line if it is no such list."""
    events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    try:
        return _rows(file, iter(events))
    except yaml.YAMLError as problem:
        told = " ".join(str(problem).split())
        raise SettingsError(f"graph/catalogue/{file}: not YAML: {told}") from None


def _rows(file: str, events: Iterator[Any]) -> list[Row]:
    rows: list[Row] = []
    _expect(file, events, yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.SequenceStartEvent)
    for event in events:
        if type(event) is yaml.SequenceEndEvent:
            return rows
        if type(event) is not yaml.MappingStartEvent:
            raise _wrong(file, event, _FORM)
        rows.append(_row(file, events))
    return rows


def _row(file: str, events: Iterator[Any]) -> Row:
    row: Row = {}
    for key in events:
        if type(key) is yaml.MappingEndEvent:
            break
        if type(key) is not yaml.ScalarEvent:
            raise _wrong(file, key, _FORM)
        if key.value in row:
            raise _wrong(file, key, f"the field {key.value} stands twice in one entry: join them")
        value = next(events)
        kind = type(value)
        if kind is not yaml.ScalarEvent and kind is not yaml.SequenceStartEvent:
            raise _wrong(file, value, _FORM)
        row[key.value] = value.value if kind is yaml.ScalarEvent else _items(file, events)
    return row


def _items(file: str, events: Iterator[Any]) -> list[str]:
    items: list[str] = []
    for event in events:
        if type(event) is yaml.SequenceEndEvent:
            break
        if type(event) is not yaml.ScalarEvent:
            raise _wrong(file, event, _FORM)
        items.append(event.value)
    return items


def _expect(file: str, events: Iterator[Any], *kinds: type[Any]) -> None:
    for kind in kinds:
        event = next(events)
        if type(event) is not kind:
            raise _wrong(file, event, _FORM)


def _wrong(file: str, event: Any, what: str) -> SettingsError:
    return SettingsError(f"graph/catalogue/{file}, line {event.start_mark.line + 1}: {what}")
