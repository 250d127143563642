"""What has been read of a question so far: the draft of its form and what waits for the next word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa.rdf.draft import Draft, Hint
from qa.rdf.follow import resume, substitutes
from qa.rdf.form import Attr, Column, Form, Function, Having, Op, Order, Target
from qa.rdf.paths import Paths
from qa.rdf.pieces import Piece
from qa.rdf.profile import Profile
from qa.rdf.spans import Sense
from qa.rdf.words import Token, alike, stem

SHARING = frozenset({"same", "share", "co", "together", "common", "also", "both"})


@dataclass(slots=True)
class Pending:
    """What has been read and waits for the noun, value or number it belongs to."""

    aggregates: list[Function] = field(default_factory=list)
    count: bool = False
    each: bool = False
    negated: str = ""
    compare: Piece | None = None
    number: str = ""
    between: str = ""
    top: Piece | None = None
    order: Piece | None = None
    match: Piece | None = None
    opened: str = ""
    joint: str = ""
    both: bool = False
    popular: bool = False


@dataclass(slots=True)
class Nested:
    """A comparison whose other side is a question of its own, while that is read."""

    target: Attr
    op: Op
    function: Function
    outer: Draft
    root: int


class State:
    """One reading in progress. `choices` says for a piece (by its number) which of its readings to take."""

    def __init__(
        self,
        profile: Profile,
        paths: Paths,
        words: Sequence[Token],
        parts: Sequence[Piece],
        choices: Mapping[int, str],
        start: Form | None = None,
    ) -> None:
        self.profile = profile
        self.paths = paths
        self.words = words
        self.parts = parts
        self.choices = choices
        shared = any(w.stem in SHARING for w in words)
        self.mutual = any(w.stem in ("co", "together") for w in words)
        self.draft = Draft(profile, paths, [*hints(profile, parts), *_unsure(profile, words, parts)], shared=shared)
        self.start = start
        self.substitute = start is not None and substitutes(words)
        if start is not None:
            resume(self.draft, start)
        self.pending = Pending()
        self.columns: list[Column] = []
        self.asked_late: list[Column] = []
        self.group: list[Target] = []
        self.having: list[Having] = []
        self.order: list[Order] = []
        self.limit: int | None = None
        self.select = True
        self.late = False
        self.who = ""
        self.wh = False
        self.reopened = False
        self.by = -1
        self.sorting = False
        self.boolean = False
        self.property: tuple[Target, int] | None = None
        self.lost: list[str] = []
        self.verbs: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.consumed: set[int] = set()
        self.nested: Nested | None = None

    def sense(self, number: int) -> Sense:
        """How the noun piece of this number is taken."""
        span = self.parts[number].span
        assert span is not None
        chosen = self.choices.get(number)
        for meaning in span.meanings:
            if meaning.ref == chosen and meaning.sense in ("class", "property"):
                return meaning.sense
        return span.meanings[0].sense

    def chosen(self, number: int, options: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """The readings of a property, or the one that is tried."""
        wanted = self.choices.get(number)
        return [o for o in options if o[0] == wanted] or options

    def nouns(self, start: int, stop: int | None = None) -> Iterator[tuple[int, Piece]]:
        """The noun pieces from `start` on, with their numbers."""
        for number in range(start, min(len(self.parts), stop or len(self.parts))):
            if self.parts[number].kind == "noun":
                yield number, self.parts[number]

    def piece(self, number: int) -> Piece | None:
        """The piece of a number, if there is one."""
        return self.parts[number] if 0 <= number < len(self.parts) else None

    def class_of(self, number: int) -> str:
        """The class that a piece names, "" if it names none."""
        part = self.piece(number)
        if part is None or part.kind != "noun" or self.sense(number) != "class":
            return ""
        assert part.span is not None
        wanted = self.choices.get(number)
        classes = part.span.of("class")
        return next((m.ref for m in classes if m.ref == wanted), classes[0].ref)

    def column(self, column: Column) -> None:
        """A column that is asked for; after a late question word (… in which genres) only such columns count."""
        wanted = self.asked_late if self.late else self.columns
        if isinstance(column.target, int) and not column.function:
            self.draft.asked.add(column.target)
        if column not in wanted:
            wanted.append(column)

    @property
    def asked(self) -> list[Column]:
        """The columns so far."""
        return self.asked_late if self.late else self.columns

    def text(self, part: Piece) -> str:
        """The words of a piece, as they were asked."""
        first, last = self.words[part.start], self.words[part.end - 1]
        inner = self.words[part.start + 1 : part.end - 1] if part.span and part.span.quoted else None
        if inner:
            first, last = inner[0], inner[-1]
        out = first.text
        for a, b in zip(self.words, self.words[1:], strict=False):
            if a.start >= first.start and b.end <= last.end:
                out += " " * (b.start - a.end) + b.text
        return out

    def top(self, column: Column) -> None:
        """The rows are ordered by a column and cut: a superlative."""
        piece = self.pending.top
        assert piece is not None
        self.order.append(Order(column, piece.text == "down"))
        self.limit = int(piece.number or "1")
        self.pending.top = None

    def ordered(self, column: Column) -> None:
        """The rows are ordered by a column."""
        piece = self.pending.order
        assert piece is not None
        self.order.append(Order(column, piece.text == "down"))
        self.pending.order = None

    def linking(self, iri: str) -> bool:
        """Whether a property leads to another thing, or only repeats one that does."""
        prop = self.profile.properties[iri]
        return prop.kind == "node" or iri in self.profile.echoes

    def owner(self, target: Target) -> int:
        """The thing that a target is read at."""
        return target.thing if isinstance(target, Attr) else target


def hints(profile: Profile, parts: Sequence[Piece]) -> list[Hint]:
    """The words that speak for links: properties that lead to nodes or stand for a key of another class."""
    joins = {s.prop for s in profile.steps if s.join}
    out = []
    for part in parts:
        if part.span is None or part.kind != "noun":
            continue
        named = {m.ref for m in part.span.of("class")} if part.span.meanings[0].sense == "class" else set()
        scores = {}
        for m in part.span.of("property"):
            prop = profile.properties[m.ref]
            if prop.kind != "node" and m.ref not in joins:
                continue
            if named and not named & prop.ranges.keys():
                continue
            scores[m.ref] = 0.5 + 0.5 * m.score
        if scores:
            out.append(Hint(part.start, scores))
    return out


def _unsure(profile: Profile, words: Sequence[Token], parts: Sequence[Piece]) -> list[Hint]:
    """Words that name nothing but come near a word of a link (act: actors; arriving: destination)."""
    linking = {s.prop for s in profile.steps}
    out = []
    for part in parts:
        if part.kind != "unknown" and not (
            part.kind == "word" and words[part.start].stem in ("into", "from", "about", "describe")
        ):
            continue
        asked = words[part.start].stem
        scores = {
            p: 0.8 * likeness
            for p in linking
            if (likeness := max(alike(asked, stem(w)) for w in (*profile.properties[p].words, "-"))) >= 0.7
        }
        if scores:
            out.append(Hint(part.start, scores, text=part.text))
    return out
