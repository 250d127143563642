"""What every question form needs: which items it has used, and the conditions that the rest of the question sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qa.annotate import Annotated, Item
from qa.focus import question_word
from qa.lexicon import Lexicon
from qa.phrases import AUXILIARIES, Reader
from qa.query import Node, Query
from qa.words import lemmas

_OPERATORS = {
    "highest",
    "lowest",
    "sum",
    "difference",
    "latest",
    "future",
    "possible",
    "confirm",
    "say",
    "agree",
    "path",
    "cancel",
    "why",
    "profile",
    "sources",
    "share",
    "change",
    "stake",
    "number",
    "licence",
    "accord",
    "same",
    "opener",
    "hit",
}


_REPLACED = set(lemmas("before until instead rather prior"))
_IF = set(lemmas("if suppose supposing"))


@dataclass(slots=True)
class Draft:
    """A question being parsed: `reader` reads nodes, `used` are the items that the form has explained."""

    question: Annotated
    lexicon: Lexicon
    reader: Reader = field(init=False)
    used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reader = Reader(self.question)

    @property
    def items(self) -> tuple[Item, ...]:
        """The spans of the question."""
        return self.question.items

    def lemma(self, i: int) -> str:
        """The stem of the first token of an item."""
        return self.reader.lemma(i)

    def first(self, *kinds: str, start: int = 0) -> int | None:
        """The first item with a sense of one of the kinds."""
        return next((i for i in range(start, len(self.items)) if any(self.items[i].sense(k) for k in kinds)), None)

    @property
    def wh(self) -> int | None:
        """Where the question word stands."""
        return question_word(self.question)

    @property
    def yes_no(self) -> bool:
        """Whether it opens with an auxiliary: a question for yes or no."""
        return bool(self.items) and self.lemma(0) in AUXILIARIES

    def named(self, start: int = 0, end: int | None = None) -> tuple[Node, ...]:
        """The names among the items [start, end), as nodes; those of an if-clause too."""
        return tuple(Node(ids=i.name.ids, label=i.text) for i in self.items[start:end] if i.name)

    def metrics(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The metrics that the question names (best reading first) and the items that name them; nouns before verbs."""
        for weak in (False, True):
            at = [
                i
                for i, item in enumerate(self.items)
                if i not in self.supposed and any(s.weak == weak for s in item.all("metric"))
            ]
            if at:
                best = max(at, key=lambda i: (len(self.items[i].text.split()), -i))
                ordered = sorted(self.items[best].all("metric"), key=lambda s: s.weak)
                return tuple(dict.fromkeys(s.name for s in ordered)), (best,)
        return (), ()

    @property
    def supposed(self) -> set[int]:
        """The items of an if-clause, which set no condition."""
        start = next((i for i in range(len(self.items)) if self.lemma(i) in _IF), None)
        if start is None or (start > 0 and self.lemma(start) != "if"):
            return set()
        end = next((i for i in range(start, len(self.items)) if self.lemma(i) == ","), len(self.items))
        return set(range(start, end))

    @property
    def _supposed_text(self) -> str:
        return " ".join(self.items[i].text for i in sorted(self.supposed))

    def speaker_at(self) -> int | None:
        """The item that names the source in “according to X”."""
        for i, item in enumerate(self.items):
            if item.sense("accord") and i + 1 < len(self.items):
                for k in (i + 1, i + 2):
                    if k < len(self.items) and (self.items[k].name or self.items[k].sense("speaker")):
                        return k
        return None

    def conditions(self, used: set[int], *, nodes: tuple[Node | None, ...] = ()) -> dict[str, Any]:
        """The fields of a Query that the items outside `used` set: names, words, period, hedges, amounts."""
        taken = {key for node in nodes if node for key in _ids(node)}
        about: list[Node] = []
        words: list[str] = []
        soft: list[str] = []
        voices: list[str] = []
        speaker = self.speaker_at()
        done = used | self.reader.used | self.supposed | ({speaker} if speaker is not None else set())
        for i, item in enumerate(self.items):
            if i in self.supposed or i == speaker:
                continue
            if item.name:
                if i in self.reader.described:
                    continue
                if taken & set(item.name.ids):
                    continue
                if item.text.islower():
                    soft += lemmas(item.text)
                    continue
                about.append(Node(ids=item.name.ids, label=item.text))
                taken |= set(item.name.ids)
                continue
            if i in done:
                continue
            if item.sense("speaker"):
                voices.append(item.text)
                continue
            stems = [t.lemma for t in self.question.tokens[item.start : item.end] if t.text[0].isalnum()]
            if item.senses and any(item.sense(k) for k in _OPERATORS):
                continue
            target = soft if item.senses else words
            if item.text.endswith("ly") and item.text.islower():
                continue
            target += [s for s in stems if s not in self.lexicon.light and not (len(s) == 1 and s.isalpha())]
        named = self.items[speaker] if speaker is not None else None
        amount = self.question.quantities[0] if self.question.quantities else None
        superseded = amount is not None and self._superseded()
        return {
            "about": tuple(about),
            "words": tuple(dict.fromkeys(words)),
            "soft": tuple(dict.fromkeys(soft)),
            "voices": tuple(voices),
            "speaker": Node(ids=named.name.ids if named.name else (), label=named.text) if named else None,
            "names": tuple(n for n in self.question.unknown if n not in self._supposed_text),
            "period": self.question.period,
            "wish": "future" if self.question.has("future") else "possible" if self.question.has("possible") else None,
            "quantity": None if superseded else amount,
            "exclude": amount if superseded else None,
            "latest": self.question.has("latest"),
        }

    def _superseded(self) -> bool:
        """Whether the amount named is the one that came in place of what is asked for: “before it rose to $5bn”."""
        stems = self.question.stems
        return bool(_REPLACED & set(stems)) or "up from" in self.question.text.lower()


def _ids(node: Node) -> set[str]:
    inner = _ids(node.link.given) if node.link else set()
    return set(node.ids) | inner


def query(kind: str, draft: Draft, used: set[int], *, nodes: tuple[Node | None, ...] = (), **fields: Any) -> Query:
    """A Query of the kind with the question's own conditions, and `fields` above them."""
    return Query(**({"kind": kind} | draft.conditions(used, nodes=nodes) | fields))
