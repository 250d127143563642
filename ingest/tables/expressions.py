"""The parts of a template in YAML: texts, parties, amounts, periods and conditions."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import cast, get_args

from graph.vocabulary import vocabulary
from ingest.tables.model import Amount, Condition, Over, Party, Span, Text
from ingest.tables.strict import Section, nearest

_SCALES = {"thousand": "1e3", "million": "1e6", "billion": "1e9", "trillion": "1e12"}
_SCHEME = re.compile(r"\w[\w -]*")
_TEXT = ("column", "is", "pattern", "split", "words")


def text(parent: Section, key: str, *, several: bool = False) -> Text | None:
    """A text: a column's name, several of which the first that is filled counts, or keys."""
    value = parent.values.get(key)
    if value is None:
        return None
    if not isinstance(value, Section):
        return Text(parent.texts(key))
    value.allow(*_TEXT)
    return _keyed(value, several=several)


def _keyed(value: Section, *, several: bool) -> Text:
    columns, constant = value.texts("column"), value.text("is")
    if bool(columns) == (constant is not None):
        raise value.fault("either “column” or “is” (a constant) is expected")
    split = value.texts("split")
    if split and not several:
        raise value.fault("only names of parties may be split", "split")
    cut = re.compile("|".join(map(re.escape, split))) if split else None
    return Text(columns, constant, patterned(value, "pattern", group=True), cut, value.words("words"))


def needed(parent: Section, key: str) -> Text:
    """A text that must be given."""
    found = text(parent, key)
    if found is None:
        raise parent.fault(f"“{key}” is missing")
    return found


def patterned(section: Section, key: str, *, group: bool = False) -> re.Pattern[str] | None:
    """A regular expression; with `group`, of exactly one group."""
    written = section.text(key)
    if written is None:
        return None
    try:
        made = re.compile(written)
    except (re.error, OverflowError, RecursionError) as problem:
        raise section.fault(f"no regular expression ({problem})", key) from None
    if group and made.groups != 1:
        raise section.fault("exactly one group (…) is expected: what it matches is what is read", key)
    return made


def party(parent: Section, key: str, parties: Section | None) -> Party | None:
    """An entity: its keys, or the name of one of `parties`."""
    value = parent.values.get(key)
    if isinstance(value, str):
        held = parties.section(value) if parties else None
        if held is None:
            known = list(parties.values) if parties else []
            raise parent.fault(f"there is no “{value}” under parties; {nearest(value, known)}", key)
        value = held
    if value is None:
        return None
    if not isinstance(value, Section):
        raise parent.fault("the name of one of “parties”, or keys, are expected", key)
    value.allow("name", "type", "ids", "maker")
    kind = text(value, "type") if isinstance(value.values.get("type"), Section) else None
    types = tuple(word for word in kind.words.values() if word) if kind else value.texts("type")
    if not types:
        raise value.fault("“type” is missing, or a column without “words” for its types")
    for each in types:
        if each not in vocabulary().types:
            raise value.fault(f"there is no type “{each}”; {nearest(each, vocabulary().types)}", "type")
    ids = value.section("ids")
    if ids and (odd := next((scheme for scheme in ids.values if not _SCHEME.fullmatch(scheme)), None)) is not None:
        raise ids.fault("the name of a scheme is letters, digits, blanks and hyphens", odd)
    found = tuple((scheme, needed(ids, scheme)) for scheme in ids.values) if ids else ()
    name = text(value, "name", several=True)
    if name is None:
        raise value.fault("“name” is missing")
    return Party(name, tuple(dict.fromkeys(types)), kind, found, text(value, "maker"))


def amount(section: Section) -> Amount:
    """An amount's keys."""
    section.allow("column", "unit", "scale", "words", "about")
    columns = section.texts("column")
    if not columns:
        raise section.fault("“column” is missing")
    scale = section.text("scale") or "1"
    try:
        factor = Decimal(_SCALES.get(scale, scale))
    except InvalidOperation:
        raise section.fault(f"“{scale}” is no number; write million or 1e6", "scale") from None
    if not factor.is_finite() or factor <= 0 or abs(factor.adjusted()) > 30:
        raise section.fault("a number above 0 is expected", "scale")
    return Amount(columns, section.required("unit"), factor, section.words("words"), section.flag("about") or False)


def span(parent: Section, key: str) -> Span | None:
    """A period: a text, or the keys of one with `over`, or `from` and `to`."""
    value = parent.values.get(key)
    if not isinstance(value, Section) or not {"from", "to", "over"} & value.values.keys():
        start = text(parent, key)
        return Span(start) if start else None
    if "from" in value.values or "to" in value.values:
        value.allow("from", "to")
        return Span(text(value, "from"), text(value, "to"))
    value.allow(*_TEXT, "over")
    over = cast("Over | None", value.choice("over", get_args(Over)))
    return Span(_keyed(value.part(_TEXT), several=False), over=over)


def conditions(section: Section | None) -> tuple[Condition, ...]:
    """`where`: column → a text, a list of texts, or keys `not`, `matches`, `filled`."""
    return tuple(_condition(section, column) for column in section.values) if section else ()


def _condition(section: Section, column: str) -> Condition:
    value = section.values[column]
    if not isinstance(value, Section):
        return Condition(column, frozenset(section.texts(column)))
    value.allow("not", "matches", "filled")
    if not value.values:
        raise value.fault("a text, a list of texts, or not, matches, filled is expected")
    return Condition(column, None, frozenset(value.texts("not")), patterned(value, "matches"), value.flag("filled"))
