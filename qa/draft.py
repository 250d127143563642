"""What every question form needs: which items it has used, and the conditions that the rest of the question sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from qa.focus import QUESTION_WORDS, question_word, stated
from qa.lexicon import Lexicon
from qa.phrases import AUXILIARIES, PREPOSITIONS, Reader
from qa.query import Node
from qa.spans import Annotated, Item
from qa.words import lemmas

_DOING = {"do", "have", "will", "would", "can", "could", "may", "might", "shall", "should", "must"}
_IF = set(lemmas("if suppose supposing"))
_SINCE = set(lemmas("since before after until"))
_OWN = {"'s", *lemmas("the its their a his her")}
_EVENTS = {"investment", "orders"}
_SPENT = {"capex", "rndSpend"}
_SPENDING = {"investment", "orders", "capex", "shipments"}


@dataclass
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
        """Whether it opens with an auxiliary, or states something: a question for yes or no."""
        return bool(self.items) and (self.lemma(0) in AUXILIARIES or stated(self.question))

    def named(self, start: int = 0, end: int | None = None) -> tuple[Node, ...]:
        """The names among the items [start, end), as nodes; those of an if-clause too."""
        end = len(self.items) if end is None else end
        return tuple(
            Node(ids=item.name.ids, label=item.text)
            for i in range(start, end)
            if (item := self.items[i]).name and i not in self.excepted and i != self.speaker_at()
        )

    @cached_property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """The names (first id) with the prepositions before them; an empty one for none."""
        stems = self.question.stems
        out: dict[str, str] = {}
        for item in self.items:
            at = item.start - 1
            while item.name and at > 0 and stems[at] in ("the", "a", "an"):
                at -= 1
            if item.name and item.name.ids:
                out[item.name.ids[0]] = stems[at] if at >= 0 and stems[at] in PREPOSITIONS else ""
        return tuple(out.items())

    @cached_property
    def excepted(self) -> set[int]:
        """The items of names that are left out: “leaving X aside”, “other than X and Y”, “X not counted”."""
        out: set[int] = set()
        for i, item in enumerate(self.items):
            following = i + 1 < len(self.items) and self.items[i + 1].name
            beside = item.text.lower() == "beside"
            way = 1 if item.sense("except") and following and not beside else -1 if item.sense("excepted") else 0
            at = i + way
            while way and 0 <= at < len(self.items) and (self.items[at].name or self.lemma(at) in (",", "and", "the")):
                if self.items[at].name:
                    out.add(at)
                    if way < 0 and self.lemma(at - 1) != "and":
                        break
                at += way
        return out

    @property
    def left_out(self) -> tuple[Node, ...]:
        """Those names as nodes."""
        return tuple(
            Node(ids=n.ids, label=self.items[i].text) for i in sorted(self.excepted) if (n := self.items[i].name)
        )

    @property
    def places(self) -> tuple[Node, ...]:
        """The places whose adjectives the question holds: Japan for “Japanese”."""
        return tuple(self._place(item) for item in self.items if item.sense("demonym"))

    def _place(self, item: Item) -> Node:
        label = next(s.name for s in item.all("demonym"))
        return Node(ids=self.question.places.get(label, ()), label=label)

    def metrics(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The metrics that the question names (best reading first) and the items that name them; nouns before verbs."""
        return self._metrics

    @cached_property
    def _metrics(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        at = [i for i, item in enumerate(self.items) if i not in self.supposed and item.all("metric")]
        at = [i for i in at if not self._dates(i) and self.lemma(i - 1) != "under"] or at
        if not at:
            return (), ()
        best = max(at, key=self._weight)
        if _names(self.items[best]) <= _SPENDING:
            best = next(
                (i for i in at if any(not s.weak and s.name in _SPENT for s in self.items[i].all("metric"))), best
            )
        ordered = sorted(self.items[best].all("metric"), key=lambda s: s.weak)
        return tuple(dict.fromkeys(s.name for s in ordered)), (best,)

    def _dates(self, i: int) -> bool:
        """Whether the item is an event that only says since or until when: “since its flotation”."""
        before = i - 1
        while self.lemma(before) in _OWN or (before > 0 and self.items[before].name):
            before -= 1
        return before > 0 and self.lemma(before) in _SINCE and bool(_names(self.items[i]) & _EVENTS)

    def _weight(self, i: int) -> tuple[bool, bool, int, int]:
        """How surely an item names the metric: the noun of the question word, a noun before a lone verb (of a share,
        before any), the longer before the shorter.
        """
        item = self.items[i]
        words, noun = item.words, any(not s.weak for s in item.all("metric"))
        phrase = noun or words > 3 or (words > 1 and not (self.question.has("share") and self._verb_like(i)))
        return noun and self.wh is not None and i == self.wh + 1, phrase, words, -i

    def _verb_like(self, i: int) -> bool:
        """Whether a phrase for an amount begins with a verb: “set aside for”."""
        return i > 0 and self.lemma(i - 1) in AUXILIARIES

    @cached_property
    def dating(self) -> set[int]:
        """The items of a clause at the end that only says when: “when X took Y over”."""
        since = next((i for i in range(3, len(self.items)) if self.lemma(i) == "when" and i != self.wh), None)
        if since is None or not any(item.sense("verb") for item in self.items[since:]):
            return set()
        return set(range(since, len(self.items) - 1))

    @cached_property
    def supposed(self) -> set[int]:
        """The items of an if-clause, or of a when-clause at the end, which set no condition."""
        if self.dating:
            return self.dating
        start = next((i for i in range(len(self.items)) if self.lemma(i) in _IF or self._granted(i)), None)
        if start is None or (start > 0 and self.lemma(start) != "if" and not self._granted(start)):
            return set()
        end = next((i for i in range(start, len(self.items)) if self.lemma(i) in (",", ":")), len(self.items))
        return set(range(start, end))

    def _granted(self, i: int) -> bool:
        """Whether “now that” stands there: what follows is taken for granted."""
        return self.lemma(i) == "now" and self.lemma(i + 1) == "that"

    @property
    def supposed_text(self) -> str:
        """The wording of that clause."""
        return " ".join(self.items[i].text for i in sorted(self.supposed))

    def speaker_at(self) -> int | None:
        """The item that names the source in “according to X”."""
        return self._speaker

    @cached_property
    def _speaker(self) -> int | None:
        for i, item in enumerate(self.items):
            if item.sense("accord") and i + 1 < len(self.items) and not self._asks_who_says(i):
                for k in (i + 1, i + 2):
                    if k < len(self.items) and (self.items[k].name or self.items[k].sense("speaker")):
                        return k
            if (item.name or item.sense("speaker")) and self._tells(i):
                return i
            kept = self.lemma(i - 3) == "on" and item.text.lower() == "books"  # staff and orders are
            if item.sense("account") and self.lemma(i - 1) == "'s" and self._prepared(i - 2) and not kept:
                return i - 2
        return None

    def _asks_who_says(self, i: int) -> bool:
        """Whether the verb of saying is that of “who says …”, after which nobody is named as the source."""
        subject = self.lemma(i - 1) in QUESTION_WORDS or self.lemma(i + 1) in ("that", "about")
        return self.items[i].sense("say") is not None and subject

    def _tells(self, i: int) -> bool:
        """Whether it is the subject of a verb of saying with somebody else after it: “does X expect Y to …”."""
        after = self.items[i + 1] if i + 1 < len(self.items) else None
        before = self.lemma(i - 1) if self.lemma(i - 1) != "the" else self.lemma(i - 2)
        behind = before in AUXILIARIES and i > 1
        told = after is not None and after.sense("say") and not after.sense("metric")
        return behind and bool(told) and any(item.name for item in self.items[i + 2 :])

    @property
    def unnamed_voice(self) -> set[int]:
        """The items of a source without a name: “on the broker's numbers”, which any source may meet."""
        return {
            i - 2
            for i, item in enumerate(self.items)
            if item.sense("account") and i > 1 and self.lemma(i - 1) == "'s" and self.items[i - 2].token
        }

    def _prepared(self, i: int) -> bool:
        """Whether a name or a source stands there behind a preposition: “by X's”, “on the X's”."""
        before = self.lemma(i - 1) if self.lemma(i - 1) != "the" else self.lemma(i - 2)
        return (
            i > 0 and bool(self.items[i].name or self.items[i].sense("speaker")) and before in ("by", "on", "in", "per")
        )

    @cached_property
    def doer(self) -> int | None:
        """The item of the name that stands between an auxiliary and its verb: X in “what share did X secure”."""
        for i, item in enumerate(self.items[:-1]):
            before = self.lemma(i - 1) if self.lemma(i - 1) != "the" else self.lemma(i - 2)
            after = self.items[i + 1]
            if item.name and i > 1 and before in _DOING and (after.token is None or after.token.text.isalpha()):
                return i
        return None

    @property
    def deed(self) -> tuple[str, ...]:
        """The stem of a verb that nothing explains, where it only says that the one named has the amount asked for."""
        at = self.doer + 1 if self.doer is not None else self._meant
        after = self.items[at].token if at is not None and at < len(self.items) else None
        return (after.lemma,) if after is not None and after.text.islower() else ()

    @cached_property
    def _meant(self) -> int | None:
        """Where the verb stands of “how many megawatts is X meant to draw”, “with how many weights was X trained”."""
        items = self.items
        at = next((i for i, item in enumerate(items) if item.name and i > 1 and self.lemma(i - 1) == "be"), None)
        if at is None or at + 2 >= len(items):
            return None
        token = items[at + 1].token
        if token is not None and token.past and self.lemma(at + 2) == "?":
            return at + 1
        ends = (self.question.tokens[items[k].end - 1].lemma for k in (at + 1, at + 2))
        to = next((at + n for n, stem in enumerate(ends, 1) if stem == "to"), None)
        return to + 1 if to is not None and to + 1 < len(items) else None


def _names(item: Item) -> set[str]:
    """The metrics that an item may name."""
    return {s.name for s in item.all("metric")}
