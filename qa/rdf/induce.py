"""A profile from the statements of a graph: one pass for types, one for everything else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from qa.rdf.labels import NAMING, Labels, is_schema, local_name, local_words
from qa.rdf.naming import class_keys, class_labels, norm
from qa.rdf.profile import UNTYPED, Class, Kind, Profile, Property, Step
from qa.rdf.schema import Row, Schema, read_schema, rows_of
from qa.rdf.valuejoins import value_joins

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(
    _XSD + t
    for t in [
        "integer",
        "decimal",
        "double",
        "float",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "negativeInteger",
        "nonPositiveInteger",
    ]
)
_DATES = frozenset(_XSD + t for t in ("date", "dateTime", "gYear", "gYearMonth", "dateTimeStamp"))
_LONGEST = 200
_STRAY = 0.05
_KEYS = frozenset({"id", "code", "key", "number", "no"})


@dataclass
class Seen:
    """What was counted of one property."""

    count: int = 0
    subjects: set[str] = field(default_factory=set)
    domains: Counter[str] = field(default_factory=Counter)
    ranges: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    datatypes: Counter[str] = field(default_factory=Counter)
    nodes: int = 0


def induce(quads: Iterable[ox.Quad | ox.Triple]) -> Profile:
    """The profile of the statements. They are held in memory while it is made."""
    rows = list(rows_of(quads))
    schema = read_schema(rows)
    types = _types(rows, schema)
    seen, labels = _count(rows, types, schema)
    properties = {iri: _property(iri, s, schema) for iri, s in seen.items() if s.count}
    classes = _classes(types, schema, properties)
    steps = [
        Step(a, b, iri)
        for iri, s in seen.items()
        if properties[iri].kind == "node"
        for a, b in _common(iri, s)
        if a in classes and b in classes
    ]
    naming = tuple(p for p in NAMING if p in properties)
    names = class_labels(classes, properties)
    classes = {c: _with_junction(k, properties, steps) for c, k in classes.items()}
    return Profile(
        classes=classes,
        properties=properties,
        steps=(*steps, *value_joins(classes, properties, seen, steps)),
        values=_values(seen, properties),
        entities=labels.index(),
        types=types,
        labels=names,
        keys=class_keys(classes, properties),
        naming=naming,
        echoes=_echoes(properties),
    )


def _types(rows: list[Row], schema: Schema) -> dict[str, tuple[str, ...]]:
    """The classes of each node of data; nodes without a type get one by the properties that lead to them."""
    found: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = {}
    for row in rows:
        if row.prop == TYPE and row.node and not is_schema(row.value):
            if row.value not in above:
                above[row.value] = schema.above(row.value)
            found[row.subject].update(above[row.value])
    typed = frozenset(found)
    skipped = schema.terms
    for row in rows:
        if row.prop == TYPE or row.subject in skipped or is_schema(row.prop):
            continue
        if row.node and row.object not in typed and row.object not in skipped:
            found[row.object].add(UNTYPED + row.prop)
        if row.subject not in found:
            found[row.subject] = set()
    return {n: tuple(sorted(c)) or (UNTYPED,) for n, c in found.items()}


def _count(rows: list[Row], types: dict[str, tuple[str, ...]], schema: Schema) -> tuple[dict[str, Seen], Labels]:
    seen: dict[str, Seen] = defaultdict(Seen)
    labels = Labels()
    for row in rows:
        if row.prop == TYPE or row.subject in schema.terms or (is_schema(row.prop) and row.prop not in NAMING):
            continue
        entry = seen[row.prop]
        entry.count += 1
        entry.subjects.add(row.subject)
        mine = types.get(row.subject, ())
        entry.domains.update(mine)
        if row.node:
            theirs = types.get(row.object, ())
            entry.nodes += 1
            entry.ranges.update(theirs)
            entry.values[row.object] += 1
            entry.pairs.update((a, b) for a in mine for b in theirs)
        else:
            if len(row.value) <= _LONGEST:
                entry.values[row.object] += 1
                entry.texts[row.object] = row.value
            entry.datatypes[row.datatype] += 1
            if row.prop in NAMING:
                labels.add(row.subject, row.value)
    for node in types:
        labels.node(node)
    return dict(seen), labels


def _property(iri: str, seen: Seen, schema: Schema) -> Property:
    kind, datatype = _kind(seen)
    numbers = [n for v in seen.texts.values() if (n := _number(v)) is not None] if kind == "number" else []
    label, names = schema.label(iri)
    yes, no = _yes_no(seen, label)
    return Property(
        iri=iri,
        label=label,
        words=local_words(label),
        kind=kind,
        count=seen.count,
        subjects=len(seen.subjects),
        distinct=len(seen.values),
        domains=dict(seen.domains),
        ranges=dict(seen.ranges),
        names=_spellings(iri, label, names),
        datatype=datatype,
        low=min(numbers, default=None),
        high=max(numbers, default=None),
        pattern=_pattern(seen) if kind == "text" else "",
        yes=yes,
        no=no,
    )


def _spellings(iri: str, label: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Further wordings of a term: its other labels, and its name uncut where it was cut."""
    out = [local_words(n) for n in names]
    own = local_name(iri).casefold()
    if own.isalpha() and local_words(label) != (own,):
        out.append((own,))
    return tuple(dict.fromkeys(out))


def _kind(seen: Seen) -> tuple[Kind, str]:
    if seen.nodes > seen.count / 2:
        return "node", ""
    datatype = seen.datatypes.most_common(1)[0][0]
    if datatype in _NUMBERS:
        return "number", datatype
    if datatype in _DATES:
        return "date", datatype
    if datatype == _XSD + "boolean":
        return "flag", datatype
    return "text", datatype


_PAIRS = (("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"), ("1", "0"))


def _yes_no(seen: Seen, label: str) -> tuple[str, str]:
    """The two literals of a property that says whether something is so."""
    if len(seen.values) > 2 or seen.nodes or not seen.values:
        return "", ""
    plain = {text.strip().casefold(): literal for literal, text in seen.texts.items()}
    for yes, no in _PAIRS:
        if plain.keys() <= {yes, no} and (yes not in ("1", "t", "y") or local_words(label)[0] in ("is", "has")):
            return plain.get(yes, ""), plain.get(no, "")
    return "", ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _pattern(seen: Seen) -> str:
    """`number` if texts are all numbers, `code` if short and without a blank, else nothing."""
    sample = [v.strip() for v in list(seen.texts.values())[:200]]
    if sample and all(_number(v) is not None for v in sample):
        return "number"
    if sample and all(len(v) <= 6 and " " not in v for v in sample) and any(v.isupper() for v in sample):
        return "code"
    return ""


def _classes(types: dict[str, tuple[str, ...]], schema: Schema, properties: dict[str, Property]) -> dict[str, Class]:
    counts = Counter(c for found in types.values() for c in found)
    out = {}
    for iri, count in counts.items():
        if iri.startswith(UNTYPED):
            prop = properties.get(iri[1:])
            label, names = (prop.label, prop.names) if prop else ("thing", ())
            out[iri] = Class(iri, label, local_words(label), count, names)
        else:
            label, alternatives = schema.label(iri)
            out[iri] = Class(
                iri,
                label,
                local_words(label),
                count,
                tuple(local_words(n) for n in alternatives),
                tuple(p for p in schema.above(iri) if p != iri),
            )
    return out


def _echoes(properties: dict[str, Property]) -> frozenset[str]:
    """Data properties that say in a key what a link of the same class says by pointing."""
    links = [p for p in properties.values() if p.kind == "node"]
    return frozenset(
        p.iri
        for p in properties.values()
        if p.kind in ("text", "number")
        and any(
            "ref" in n.words and set(p.words) == set(n.words) - {"ref"} and p.domains.keys() & n.domains for n in links
        )
    )


def _common(iri: str, seen: Seen) -> list[tuple[str, str]]:
    """The pairs of classes that a property really links: strays of untyped nodes left out."""
    own = UNTYPED + iri
    return [
        (a, b) for (a, b), n in seen.pairs.items() if b == own or n >= (_STRAY if b[0] != UNTYPED else 0.5) * seen.count
    ]


def _with_junction(cls: Class, properties: dict[str, Property], steps: list[Step]) -> Class:
    """The class, marked if it links others and says next to nothing itself."""
    leaving = {s.prop for s in steps if s.source == cls.iri}
    said = [p for p in properties.values() if cls.iri in p.domains and p.kind != "node" and not _echo(p, leaving)]
    linking = len(leaving) >= 2 and len(said) <= 1
    return Class(cls.iri, cls.label, cls.words, cls.count, cls.names, cls.parents, junction=linking)


def _echo(prop: Property, leaving: set[str]) -> bool:
    """Whether a data property only repeats a link (`table#ref-x` beside `table#x`)."""
    said = set(prop.words) - _KEYS
    return bool(said) and any(said <= set(local_words(local_name(step))) - {"ref", "has"} for step in leaving)


def _values(seen: dict[str, Seen], properties: dict[str, Property]) -> dict[str, tuple[tuple[str, str], ...]]:
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for iri, entry in seen.items():
        if properties[iri].kind in ("node", "number") or iri in NAMING:
            continue
        for literal in entry.texts:
            out[norm(entry.texts[literal])].append((iri, literal))
    return {k: tuple(v) for k, v in out.items() if k}
