"""The relation frames as values, indexed by the words that evoke them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.vocabulary import read_yaml, vocabulary

_RULES = "ingest/rules/"


@dataclass(frozen=True, slots=True)
class Frame:
    """One wording of a relation; the fields are explained in rules/relations.yaml."""

    name: str
    predicate: str
    examples: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    object_head: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    closed: bool = False
    parts: bool = False
    from_to: bool = False
    bare: bool = False
    modal: bool = False
    pair: str = ""
    above: int = 0
    passive: bool = False
    stake: bool = False
    role: bool = False
    multiple: bool = False
    possessed: bool = False
    owned: bool = False
    based: bool = False
    presupposed: bool = False
    direct: bool = False
    over: bool = False
    whole: bool = False
    maker: bool = False
    made: tuple[str, ...] = ()
    made_slot: str = "obj"
    plural: bool = False
    singular: bool = False
    plan: bool = False
    things: bool = False
    counted: bool = False
    heads: tuple[str, ...] = ()
    subject_label: str = ""
    near_amount: str = ""
    amount_slot: str = ""
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    goods: bool = False
    several: bool = False
    sole: bool = False
    modified: tuple[str, ...] = ()
    governor: tuple[str, ...] = ()

    @property
    def source_types(self) -> tuple[str, ...]:
        """Types that the subject may have."""
        return self.subject_types or vocabulary().relations[self.predicate].domain

    @property
    def target_types(self) -> tuple[str, ...]:
        """Types that the object may have."""
        return self.object_types or vocabulary().relations[self.predicate].range


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames; `verbs`, `nouns` and `adjectives` index them by lemma, `patterns` are those without a word of their
    own.
    """

    all: tuple[Frame, ...]
    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    adjectives: dict[str, tuple[Frame, ...]]
    patterns: tuple[Frame, ...]


def _example(line: str) -> tuple[str, str]:
    text, claims = line.split(" => ")
    return text, claims


def _frame(row: dict[str, Any], where: str = _RULES + "relations.yaml") -> Frame:
    fields: dict[str, Any] = {
        k: tuple(str(x) for x in v) if isinstance(v, list) else v for k, v in row.items() if k != "examples"
    }
    try:
        frame = Frame(examples=tuple(_example(e) for e in row["examples"]), **fields)
    except (TypeError, KeyError, ValueError) as problem:
        raise SettingsError(f"{where}: frame “{row.get('name')}”: {problem}") from None
    typed = frame.subject_types and frame.object_types
    if frame.predicate not in vocabulary().relations and not (typed and not where.startswith(_RULES)):
        raise SettingsError(f"{where}: frame “{frame.name}”: no relation “{frame.predicate}”")
    return frame


def _index(frames: tuple[Frame, ...], field: str) -> dict[str, tuple[Frame, ...]]:
    out: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        for word in getattr(frame, field):
            out[word].append(frame)
    return {word: tuple(found) for word, found in out.items()}


@cache
def frames() -> Frames:
    """The frames, read once. Raises SettingsError for one that makes no sense."""
    files = [f"rules/{name}" for name in read_yaml("ingest", "rules/relations.yaml")]
    return _indexed(tuple(_frame(row, f"ingest/{file}") for file in files for row in read_yaml("ingest", file)))


def frames_beside(package: str, name: str) -> Frames:
    """The frames with further ones of a YAML file in a package; those may tell relations that the vocabulary has not,
    if they give the types of both sides. Raises SettingsError like `frames`.
    """
    further = (_frame(row, f"{package}/{name}") for row in read_yaml(package, name))
    return _indexed((*frames().all, *further))


def _indexed(rows: tuple[Frame, ...]) -> Frames:
    patterns = tuple(f for f in rows if not (f.verbs or f.nouns or f.adjectives))
    return Frames(rows, _index(rows, "verbs"), _index(rows, "nouns"), _index(rows, "adjectives"), patterns)
