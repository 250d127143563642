"""Reads the pieces of a question from left to right into a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.rdf.draft import Draft, Hint
from qa.rdf.form import Attr, Body, Column, Form, Function, Having, Op, Order, Target, Test, Thing
from qa.rdf.paths import Paths
from qa.rdf.pieces import Piece
from qa.rdf.profile import Profile
from qa.rdf.spans import Meaning, Span
from qa.rdf.words import Token, alike, stem

_BOUNDARY = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "with",
        "without",
        "have",
        "in",
        "from",
        "by",
        "for",
        "on",
        "at",
        "do",
        "be",
        "than",
        "if",
        "into",
        "to",
        "under",
        "near",
    ]
)
_ASKING = frozenset(
    [
        "what",
        "which",
        "who",
        "whom",
        "how",
        "list",
        "show",
        "find",
        "give",
        "return",
        "tell",
        "display",
        "name",
        "when",
        "where",
    ]
)
_OWNING = frozenset(["of", "for", "in", "from", "by", "'s", "with"])


@dataclass(slots=True)
class Pending:
    """What has been read and waits for the noun or number it belongs to."""

    aggregates: list[Function] = field(default_factory=list)
    count: bool = False
    each: bool = False
    negated: bool = False
    compare: Piece | None = None
    top: Piece | None = None
    order: Piece | None = None
    match: Piece | None = None
    open_op: str = ""


@dataclass(slots=True)
class Read:
    """A form with its cost and the content words that it does not explain."""

    form: Form | None
    cost: float
    unexplained: tuple[str, ...]
    guessed: tuple[str, ...] = ()


class Reader:
    """Reads one question once. `senses` says for a piece (by its number) which sense to take where it has two."""

    def __init__(
        self,
        profile: Profile,
        paths: Paths,
        words: Sequence[Token],
        parts: Sequence[Piece],
        senses: dict[int, str] | None = None,
    ) -> None:
        self.profile = profile
        self.words = words
        self.parts = parts
        self.senses = senses or {}
        shared = any(w.stem in ("same", "share", "co", "together", "common", "also") for w in words)
        self.draft = Draft(profile, paths, _hints(profile, parts), shared=shared)
        self.pending = Pending()
        self.columns: list[tuple[Column, bool]] = []
        self.group: list[Target] = []
        self.having: list[Having] = []
        self.order: list[Order] = []
        self.limit: int | None = None
        self.also: list[Body] = []
        self.select = True
        self.hint: tuple[Target, int] | None = None
        self.lost: list[str] = []
        self.wh = False

    def read(self) -> Read:
        """The whole question."""
        for number, part in enumerate(self.parts):
            self._piece(number, part)
        return self._finish()

    def _piece(self, number: int, part: Piece) -> None:
        match part.kind:
            case "word":
                self._word(number, part)
            case "noun":
                self._noun(number, part)
            case "value":
                self._value(number, part)
            case "number":
                self._number(part)
            case "compare":
                self.pending.compare = part
                self.select = False
            case "top":
                self.pending.top = part
            case "aggregate":
                self.pending.aggregates.append(part.text)  # type: ignore[arg-type]
            case "count":
                self.pending.count = True
                self.select = True
            case "each":
                self.pending.each = True
            case "not":
                self.pending.negated = True
                self.select = False
            case "order":
                self.pending.order = part
                self.select = False
            case "match":
                self.pending.match = part
                self.select = False
            case "unknown":
                self.lost.append(part.text)

    def _word(self, number: int, part: Piece) -> None:
        text = part.text
        if text in _ASKING and (not self.columns or self._after_joint(number)):
            self.select = True
            self.wh = True
        elif text in _BOUNDARY and (self.columns or self.draft.things):
            self.select = False
        if text in ("more", "great", "greater", "higher", "large", "larger", "high"):
            self.pending.open_op = ">"
        elif text in ("less", "fewer", "smaller", "lower", "low"):
            self.pending.open_op = "<"
        elif text == "than" and self.pending.open_op:
            self.pending.compare = Piece("compare", part.start, part.end, text=self.pending.open_op)
            self.pending.open_op = ""

    def _after_joint(self, number: int) -> bool:
        return number > 0 and self.parts[number - 1].text in ("and", ",", "as", "also", ".", ";")

    def _noun(self, number: int, part: Piece) -> None:
        assert part.span is not None
        sense = self.senses.get(number) or part.span.meanings[0].sense
        if sense == "class":
            self._class(number, part, part.span.of("class")[0].ref)
        else:
            self._property(number, part, part.span.of("property"))

    def _class(self, number: int, part: Piece, cls: str) -> None:
        pending = self.pending
        if pending.compare and not pending.compare.hints and self._has_number(number):
            thing = self.draft.thing(cls, part.start)
            self._having(Column(thing, "count"), pending.compare)
            return
        denied = pending.negated
        if denied:
            self.draft.deny()
            pending.negated = False
        thing = self.draft.thing(cls, part.start)
        if denied or self.draft.inside:
            return
        if pending.top and not pending.top.hints and not self._property_follows(number):
            self._top(Column(thing, "count"), pending.top)
        elif pending.top and pending.top.hints:
            self._top_by_hints()
        if pending.each:
            self.group.append(thing)
            pending.each = False
        elif pending.count:
            self._column(Column(thing, "count"))
            pending.count = False
        elif self.select and not self._modifies(number) and not self._owns(number):
            self._column(Column(thing))

    def _modifies(self, number: int) -> bool:
        """Whether the next piece is a property of this class (singer names)."""
        following = self.parts[number + 1] if number + 1 < len(self.parts) else None
        if following is not None and following.text == "'s" and number + 2 < len(self.parts):
            following = self.parts[number + 2]
        return (
            following is not None
            and following.kind == "noun"
            and bool(following.span and following.span.meanings[0].sense == "property")
        )

    def _owns(self, number: int) -> bool:
        """Whether properties before it were asked of this class (names of singers)."""
        if not self.columns:
            return False
        for back in range(number - 1, -1, -1):
            piece = self.parts[back]
            if piece.kind == "word" and piece.text in _OWNING:
                return True
            if piece.kind == "word" and piece.text in ("and", ","):
                return False
            if piece.kind == "noun":
                return True
        return False

    def _property_follows(self, number: int) -> bool:
        return any(
            p.kind == "noun" and p.span and p.span.meanings[0].sense == "property"
            for p in self.parts[number + 1 : number + 2]
        )

    def _property(self, number: int, part: Piece, meanings: Sequence[Meaning]) -> None:
        options = [(m.ref, m.score) for m in meanings]
        if self._verbal(part) and all(self.profile.properties[p].kind == "node" for p, _ in options):
            self.select = self.select and bool(not self.columns)
            return
        pending = self.pending
        local = self._local(number)
        target = self.draft.attr(options, part.start, local)
        if target is None:
            self.lost.append(_text(self.words, part))
            return
        for hint in self.draft.hints:
            if hint.at == part.start:
                hint.used += 1
        if pending.top and not (pending.top.hints and self.select):
            self._top(Column(target), pending.top)
        elif pending.order:
            self._ordered(Column(target), pending.order)
        elif pending.aggregates and not self.draft.inside:
            for function in pending.aggregates:
                self._column(Column(target, function))
            pending.aggregates = []
        elif pending.count:
            self._column(Column(target, "count", distinct=True))
            pending.count = False
        elif pending.each:
            self.group.append(target)
            pending.each = False
        elif self.select and not pending.compare:
            self._column(Column(target))
        else:
            self.hint = (target, part.start)

    def _local(self, number: int) -> int | None:
        """The thing that a property is asked of: of the class named just before, or after “of”."""
        before = self.parts[number - 1] if number else None
        if before and before.text == "'s" and number > 1:
            before = self.parts[number - 2]
        if before and before.kind == "noun" and before.span and before.span.meanings[0].sense == "class":
            return self.draft.thing(before.span.meanings[0].ref, before.start)
        for piece in self.parts[number + 1 :]:
            if piece.kind == "noun" and piece.span:
                if (self.senses.get(self.parts.index(piece)) or piece.span.meanings[0].sense) == "class":
                    return self.draft.thing(piece.span.of("class")[0].ref, piece.start)
                continue
            if piece.kind in ("aggregate", "each", "count") or (
                piece.kind == "word"
                and piece.text
                in (
                    "of",
                    "the",
                    "and",
                    ",",
                    "all",
                    "each",
                    "every",
                    "for",
                    "a",
                    "different",
                    "distinct",
                    "any",
                    "'s",
                    "both",
                    "its",
                    "their",
                )
            ):
                continue
            break
        return None

    def _verbal(self, part: Piece) -> bool:
        """Whether a span is a verb here."""
        for token in self.words[part.start : part.end]:
            low = token.text.casefold()
            if low != token.stem and (low.endswith(("ed", "ing")) or not low.endswith("s")):
                return True
        before = self.words[part.start - 1].stem if part.start else ""
        return before in ("to", "who", "also", "not") or any(
            w.stem == "do" for w in self.words[max(0, part.start - 8) : part.start]
        )

    def _value(self, number: int, part: Piece) -> None:
        assert part.span is not None
        span, pending = part.span, self.pending
        if pending.match is not None or not span.meanings:
            self._text(part)
            return
        nodes = span.of("node")
        values = span.of("value")
        if nodes and not values:
            self._node(part, nodes[0])
            return
        self.select = self.select and not self.columns
        options = [(m.ref, m.score) for m in values]
        hinted = self._hinted(number, options)
        op: Op = "!=" if pending.negated else "="
        denied = False
        if pending.negated and not hinted and not self._at_hand(options):
            self.draft.deny()
            denied, op = True, "="
        pending.negated = False
        target = self.draft.attr(hinted or options, part.start, None)
        if not isinstance(target, Attr):
            self.lost.append(_text(self.words, part))
            return
        terms = next(m.terms for m in values if m.ref == target.prop)
        if self._joined(target, terms, op):
            return
        self.draft.test(Test(target, op, terms))
        if denied:
            self.draft.allow()
        self.hint = None

    def _joined(self, target: Attr, terms: tuple[str, ...], op: Op) -> bool:
        """A further value of the last test (2014 or 2015)."""
        tests = self.draft.scope.tests
        if tests and tests[-1].target == target and tests[-1].op == op == "=":
            tests[-1] = Test(target, op, (*tests[-1].values, *terms))
            return True
        return False

    def _hinted(self, number: int, options: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """The readings of a value that a property named beside it confirms."""
        named: set[str] = set()
        if self.hint is not None and isinstance(self.hint[0], Attr):
            named.add(self.hint[0].prop)
        for near in (number - 1, number + 1):
            if 0 <= near < len(self.parts):
                piece = self.parts[near]
                if piece.kind == "noun" and piece.span:
                    named.update(m.ref for m in piece.span.of("property"))
        return [o for o in options if o[0] in named]

    def _at_hand(self, options: list[tuple[str, float]]) -> bool:
        classes = {self.draft.things[n].cls for n in self.draft.visible()}
        return any(set(self.profile.properties[p].domains) & classes for p, _ in options)

    def _node(self, part: Piece, meaning: Meaning) -> None:
        classes = sorted({c for n in meaning.terms for c in self.profile.types.get(n, ())})
        label = _text(self.words, part)
        if self.pending.negated:
            self.draft.deny()
            self.pending.negated = False
        self.draft.joined(Thing("", meaning.terms, label), part.start, classes or [""])
        self.select = self.select and not self.columns

    def _text(self, part: Piece) -> None:
        """A text that is no value of the graph: part of one, or one that is not there."""
        text = _text(self.words, part).strip("'\"[]“”")
        match, self.pending.match = self.pending.match, None
        target = self.hint[0] if self.hint else None
        if target is None or match is None or not isinstance(target, Attr):
            self.lost.append(text)
            return
        self.draft.test(Test(target, match.text, (text,)))  # type: ignore[arg-type]

    def _number(self, part: Piece) -> None:
        compare = self.pending.compare
        if compare is None:
            if self.hint is not None and isinstance(self.hint[0], Attr):
                self.draft.test(Test(self.hint[0], "=", (part.number,)))
                self.hint = None
            return
        target = self.hint[0] if self.hint else self._by_hints(compare.hints)
        if target is None:
            return
        self.draft.test(Test(target, compare.text, (part.number,)))  # type: ignore[arg-type]
        self.pending.compare = None
        self.hint = None

    def _by_hints(self, hints: Sequence[str]) -> Target | None:
        """The numeric property of the thing at hand that an adjective speaks of."""
        best: tuple[float, int, str] | None = None
        for rank, n in enumerate(reversed(self.draft.visible())):
            for prop in self.profile.of_class.get(self.draft.things[n].cls, ()):
                if prop.kind not in ("number", "date") and prop.pattern != "number":
                    continue
                score = (
                    max((alike(h, stem(w)) - 0.1 * k for k, h in enumerate(hints) for w in prop.words), default=0.0)
                    - 0.1 * rank
                )
                if score > 0.5 and (best is None or score > best[0]):
                    best = (score, n, prop.iri)
        return Attr(best[1], best[2]) if best else None

    def _has_number(self, number: int) -> bool:
        return any(p.kind == "number" for p in self.parts[max(0, number - 2) : number])

    def _having(self, column: Column, compare: Piece) -> None:
        value = next((p.number for p in reversed(self.parts) if p.kind == "number" and p.start >= compare.start), "0")
        self.having.append(Having(column, compare.text, value))  # type: ignore[arg-type]
        self.pending.compare = None

    def _top(self, column: Column, top: Piece) -> None:
        self.order.append(Order(column, top.text == "down"))
        self.limit = int(top.number or "1")
        self.pending.top = None

    def _top_by_hints(self) -> None:
        top = self.pending.top
        assert top is not None
        target = self._by_hints(top.hints)
        if target is not None:
            self._top(Column(target), top)

    def _ordered(self, column: Column, order: Piece) -> None:
        self.order.append(Order(column, order.text == "down"))
        self.pending.order = None

    def _column(self, column: Column) -> None:
        if all(c != column for c, _ in self.columns):
            self.columns.append((column, self.wh))

    def _finish(self) -> Read:
        columns = [c for c, _ in self.columns]
        things = self.draft.things
        if not columns and self.draft.main.things:
            columns = [Column(self.draft.main.things[0])]
        if not columns:
            return Read(None, 99.0, tuple(self.lost))
        columns = [*(Column(g) for g in self.group if all(g != c.target for c in columns)), *columns]
        columns = [self._named(c) for c in columns]
        computed = any(c.function for c in columns) or self.having or any(o.column.function for o in self.order)
        group: list[Target] = []
        if computed:
            group = [*self.group]
            for column in columns:
                if not column.function:
                    group.append(column.target)
                    if isinstance(column.target, Attr) and things[column.target.thing].cls and not self.group:
                        group.append(column.target.thing)
        form = Form(
            self.draft.body(),
            tuple(columns),
            tuple(dict.fromkeys(group)),
            tuple(self.having),
            tuple(self.order),
            self.limit,
        )
        return Read(form, self.draft.cost, tuple(self.lost))

    def _named(self, column: Column) -> Column:
        """A thing that is asked for goes by its name or number, where the graph has one of its own."""
        if column.function or not isinstance(column.target, int):
            return column
        cls = self.draft.things[column.target].cls
        prop = self.profile.labels.get(cls) or self.profile.keys.get(cls) or ""
        if not prop or prop in self.profile.naming:
            return column
        return Column(Attr(column.target, prop))


def _hints(profile: Profile, parts: Sequence[Piece]) -> list[Hint]:
    """The words that speak for links: properties that lead to nodes or stand for a key of another class."""
    joins = {s.prop for s in profile.steps if s.join}
    out = []
    for part in parts:
        if part.span is None:
            continue
        scores = {
            m.ref: m.score
            for m in part.span.of("property")
            if profile.properties[m.ref].kind == "node" or m.ref in joins
        }
        if scores:
            out.append(Hint(part.start, scores))
    return out


def _text(words: Sequence[Token], part: Piece | Span) -> str:
    return " ".join(w.text for w in words[part.start : part.end])
