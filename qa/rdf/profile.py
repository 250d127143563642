"""What is known of a graph after one look: its classes, properties, values and names, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["number", "date", "text", "flag", "node"]

UNTYPED = "~"


@dataclass(frozen=True, slots=True)
class Class:
    """A class with members. `iri` of one that was induced for untyped nodes starts with `~` and is no term of the
    graph; `words` are the words of its label, `names` further labels, `junction` says that it only links others.
    """

    iri: str
    label: str
    words: tuple[str, ...]
    count: int
    names: tuple[tuple[str, ...], ...] = ()
    parents: tuple[str, ...] = ()
    junction: bool = False

    @property
    def typed(self) -> bool:
        """Whether `?x a <iri>` holds for its members."""
        return not self.iri.startswith(UNTYPED)


@dataclass(frozen=True, slots=True)
class Property:
    """A property in use. `domains` and `ranges` say for how many of its statements a class stands on that side.

    `low` and `high` are bounds of a number, `distinct` how many different values there are. `yes` and `no` are the two
    values of one that only says whether, in N-Triples.
    """

    iri: str
    label: str
    words: tuple[str, ...]
    kind: Kind
    count: int
    subjects: int
    distinct: int
    domains: dict[str, int]
    ranges: dict[str, int] = field(default_factory=dict)
    names: tuple[tuple[str, ...], ...] = ()
    datatype: str = ""
    low: float | None = None
    high: float | None = None
    pattern: str = ""
    yes: str = ""
    no: str = ""

    @property
    def single(self) -> bool:
        """Whether a subject has one value at most."""
        return self.count == self.subjects

    @property
    def unique(self) -> bool:
        """Whether no two subjects share a value."""
        return self.single and self.distinct == self.count

    @property
    def ordered(self) -> bool:
        """Whether values can be more or less."""
        return self.kind in ("number", "date") or self.pattern == "number"


@dataclass(frozen=True, slots=True)
class Step:
    """One step between classes: along a property, against it, or by equal values of two data properties."""

    source: str
    target: str
    prop: str
    back: bool = False
    join: str = ""

    @property
    def reverse(self) -> Step:
        """The same step the other way."""
        if self.join:
            return Step(self.target, self.source, self.join, join=self.prop)
        return Step(self.target, self.source, self.prop, back=not self.back)


@dataclass(frozen=True)
class Profile:
    """A graph as the parser sees it.

    `values`: text as asked (case folded) → (property, literal in N-Triples) it stands for. `entities`: name → nodes.
    `labels`: for a class, the property whose value names a member, "" if none does. `naming`: properties that name
    nodes of any class (rdfs:label and its like). `echoes`: data properties that repeat a link (`#x` beside `#ref-x`).
    """

    classes: dict[str, Class]
    properties: dict[str, Property]
    steps: tuple[Step, ...]
    values: dict[str, tuple[tuple[str, str], ...]]
    entities: dict[str, tuple[str, ...]]
    types: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    keys: dict[str, str]
    naming: tuple[str, ...]
    echoes: frozenset[str] = frozenset()

    @cached_property
    def near(self) -> dict[str, tuple[Step, ...]]:
        """The steps that leave a class, either way."""
        out: dict[str, list[Step]] = {}
        for step in self.steps:
            out.setdefault(step.source, []).append(step)
            out.setdefault(step.target, []).append(step.reverse)
        return {c: tuple(s) for c, s in out.items()}

    @cached_property
    def of_class(self) -> dict[str, tuple[Property, ...]]:
        """The properties whose subjects are in a class."""
        out: dict[str, list[Property]] = {}
        for prop in self.properties.values():
            for cls in prop.domains:
                out.setdefault(cls, []).append(prop)
        return {c: tuple(p) for c, p in out.items()}
