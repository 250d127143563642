"""A sentence as the extractors see it: its parse, and the mentions, amounts and periods found in it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from graph.model import EntityRef
from graph.text.periods import PeriodSpan
from graph.text.quantities import QuantitySpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

How = Literal["catalogue", "new", "pronoun", "description", "generic"]


@dataclass(slots=True, eq=False)
class Mention:
    """Words that stand for an entity. `first` to `last` are token indices (inclusive), `root` the head among them.

    `how` says where the entity comes from; pronouns and descriptions get theirs from coreference (None: unresolved).
    `owner` is the firm in a generic mention (“Nvidia's GPUs”). `parts` are those that a word for several stands for
    (“both”); such a mention has no entity of its own.
    """

    first: int
    last: int
    root: int
    text: str
    how: How
    entity: EntityRef | None = None
    owner: EntityRef | None = None
    candidates: tuple[EntityRef, ...] = ()
    parts: tuple[Mention, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the words are a name, no pronoun or description."""
        return self.how in ("catalogue", "new")


@dataclass(slots=True, eq=False)
class Amount:
    """A quantity with its tokens; offsets of `span` count from the start of the sentence."""

    span: QuantitySpan
    first: int
    last: int
    root: int


@dataclass(slots=True, eq=False)
class When:
    """A period with its tokens; offsets of `span` count from the start of the sentence."""

    span: PeriodSpan
    first: int
    last: int
    root: int


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: `start` is its offset in the document, `kind` that of its passage, `paragraph` its
    block's number.
    """

    index: int
    start: int
    end: int
    kind: str
    paragraph: int
    doc: Doc
    mentions: list[Mention] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    periods: list[When] = field(default_factory=list)
    text: str = field(init=False)
    _by_token: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the text: spaCy joins it anew each time."""
        self.text = str(self.doc.text)

    def add(self, mention: Mention) -> None:
        """Register a mention for look-up by token."""
        self.mentions.append(mention)
        for i in range(mention.first, mention.last + 1):
            self._by_token[i] = mention

    def drop(self, entity_ids: Set[str]) -> None:
        """Forget the mentions of these entities."""
        for mention in [m for m in self.mentions if m.entity is not None and m.entity.id in entity_ids]:
            self.mentions.remove(mention)
            for i in range(mention.first, mention.last + 1):
                self._by_token.pop(i, None)

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that covers a token."""
        return self._by_token.get(token.i)

    def covered(self, first: int, last: int) -> bool:
        """Whether any token of the stretch already belongs to a mention."""
        return any(i in self._by_token for i in range(first, last + 1))

    def amount_at(self, token: Token) -> Amount | None:
        """The amount that covers a token."""
        return next((a for a in self.amounts if a.first <= token.i <= a.last), None)


def stretch(doc: Doc, start: int, end: int) -> tuple[int, int, int] | None:
    """First token, last token and root of the characters [start, end) of a sentence; None if no token is in them."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return span.start, span.end - 1, span.root.i


_CLAUSES = frozenset(["ROOT", "acl", "advcl", "ccomp", "conj", "parataxis", "relcl", "xcomp"])


def figure_root(doc: Doc, first: int, last: int) -> int:
    """The head among the tokens of an amount without the hedge before it: “billion” of “to exceed $20 billion”."""
    start = next(
        (t.i for t in doc[first : last + 1] if t.like_num or t.is_currency or any(map(str.isdigit, t.text))), first
    )
    verb = next((t.i for t in doc[start + 1 : last + 1] if t.lower_ == "won" and t.dep_ in _CLAUSES), last + 1)
    return int(doc[start:verb].root.i)  # “5 trillion won” is no victory


def after_bracket(doc: Doc, i: int) -> int:
    """The index of the token after a bracket that opens at `i` (“Nvidia (NVDA.O) …”); `i` itself if
    none opens there.
    """
    if i >= len(doc) or doc[i].text != "(":
        return i
    close = next((t.i for t in doc[i : i + 8] if t.text == ")"), None)
    return close + 1 if close is not None else i
