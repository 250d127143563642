"""What every question form needs: which items it has used, and the conditions that the rest of the question sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qa.annotate import Annotated, Item
from qa.lexicon import Lexicon
from qa.phrases import AUXILIARIES, Reader
from qa.query import Node, Query

_WH = {"what", "which", "who", "whom", "whose", "how", "when", "where", "why"}
_OPERATORS = {"highest", "lowest", "sum", "difference", "latest", "future", "possible", "confirm", "say", "agree", "path", "cancel",
              "why", "profile", "sources", "share", "change", "stake", "number", "licence"}  # fmt: skip


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
        return self.question.items

    def lemma(self, i: int) -> str:
        return self.reader.lemma(i)

    def first(self, *kinds: str, start: int = 0) -> int | None:
        """The first item with a sense of one of the kinds."""
        return next((i for i in range(start, len(self.items)) if any(self.items[i].sense(k) for k in kinds)), None)

    @property
    def wh(self) -> int | None:
        """Where the question word stands, unless it opens a relative clause."""
        for i in range(len(self.items)):
            if self.lemma(i) in _WH and not (
                i > 2 and self.lemma(i) in ("which", "who", "whose") and self._after_noun(i)
            ):
                return i
        return None

    def _after_noun(self, i: int) -> bool:
        before = self.items[i - 1]
        return bool(before.name or before.sense("class") or before.sense("noun"))

    @property
    def yes_no(self) -> bool:
        """Whether it opens with an auxiliary: a question for yes or no."""
        return bool(self.items) and self.lemma(0) in AUXILIARIES

    def metrics(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The metrics that the question names (best reading first) and the items that name them."""
        for weak in (False, True):
            at = [i for i, item in enumerate(self.items) if any(s.weak == weak for s in item.all("metric"))]
            at = [i for i in at if not (self.items[i].sense("verb") and self._relation_object(i))]
            if at:
                best = max(at, key=lambda i: (len(self.items[i].text.split()), -i))
                senses = self.items[best].all("metric")
                ordered = sorted(senses, key=lambda s: s.weak)
                return tuple(dict.fromkeys(s.name for s in ordered)), (best,)
        return (), ()

    def _relation_object(self, i: int) -> bool:
        """Whether a word that may be a relation's verb (“ship to X”) has a name as its object or prepositional object."""
        return any(self.lemma(k) in ("to", "from") for k in range(i, i + 2)) and any(
            item.name for item in self.items[i + 1 : i + 3]
        )

    def conditions(self, used: set[int], *, nodes: tuple[Node | None, ...] = ()) -> dict[str, Any]:
        """The fields of a Query that the items outside `used` set: names, words, period, hedges, amounts."""
        taken = {id for node in nodes if node for id in _ids(node)}
        about, words, soft = [], [], []
        done = used | self.reader.used
        for i, item in enumerate(self.items):
            if item.name:
                if not taken & set(item.name.ids):
                    about.append(Node(ids=item.name.ids, label=item.text))
                    taken |= set(item.name.ids)
                continue
            if i in done:
                continue
            stems = [t.lemma for t in self.question.tokens[item.start : item.end] if t.text[0].isalnum()]
            if item.senses and any(item.sense(k) for k in _OPERATORS):
                continue
            target = soft if item.senses else words
            target += [s for s in stems if s not in self.lexicon.light and not (len(s) == 1 and s.isalpha())]
        return {
            "about": tuple(about),
            "words": tuple(dict.fromkeys(words)),
            "soft": tuple(dict.fromkeys(soft)),
            "names": self.question.unknown,
            "period": self.question.period,
            "wish": "future" if self.question.has("future") else "possible" if self.question.has("possible") else None,
            "quantity": self.question.quantities[0] if self.question.quantities else None,
            "latest": self.question.has("latest"),
        }


def _ids(node: Node) -> set[str]:
    inner = _ids(node.link.given) if node.link else set()
    return set(node.ids) | inner


def query(kind: str, draft: Draft, used: set[int], *, nodes: tuple[Node | None, ...] = (), **fields: Any) -> Query:
    """A Query of the kind with the question's own conditions, and `fields` above them."""
    return Query(**({"kind": kind} | draft.conditions(used, nodes=nodes) | fields))
