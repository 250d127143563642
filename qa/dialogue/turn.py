"""A turn of a dialogue with what it may lean on; every edit reads one and yields typed queries."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from functools import cached_property

from qa.dialogue.bind import Pronoun, pronouns
from qa.dialogue.context import Context
from qa.dialogue.cues import leans
from qa.draft import Draft
from qa.lexicon import Lexicon
from qa.names import Names
from qa.parse import parse
from qa.query import Node, Query, Span
from qa.spans import Annotated
from qa.words import lemmas

LISTS = {
    "row",
    "list",
    "among",
    "each",
    "superlative",
    "largest",
    "compare",
    "above",
    "path",
    "tally",
    "count",
    "total",
}
_WHOLE = {
    *("any", "sole", "path", "profile", "compare", "difference", "superlative"),
    *("speaker", "agree", "counterparty"),
}
FIGURES = {"each", "largest", "total"}


@dataclass(frozen=True)
class Turn:
    """What somebody says after an answer: `said` in its words, `question` as read. `names` are the graph's."""

    question: Annotated
    context: Context
    lexicon: Lexicon
    names: Names
    said: str = ""

    @property
    def words(self) -> str:
        """Its own words."""
        return self.said or self.question.text

    @property
    def last(self) -> Query:
        """The typed query of the turn before, no longer for one claim only; that whose sources were asked for."""
        return replace(topic(self.context.query or Query("profile")), only="")

    @property
    def standing(self) -> Query:
        """The typed query of the last answer; that whose sources were asked for."""
        return replace(topic(self.context.standing or self.last), only="")

    @cached_property
    def draft(self) -> Draft:
        """The turn as forms read it."""
        return Draft(self.question, self.lexicon)

    @cached_property
    def parsed(self) -> list[tuple[str, Query]]:
        """Its readings as a question of its own."""
        return parse(self.question, self.lexicon)

    @cached_property
    def pronouns(self) -> list[Pronoun]:
        """What in it stands for something said before; not the pronouns of a whole question that names them itself."""
        found = pronouns(self.question)
        named = next((i for i, item in enumerate(self.question.items) if item.name), None)
        inside = named is not None and all(p.at > named and not p.other for p in found)
        return [] if inside and stands_alone(self.parsed) else found

    @property
    def points(self) -> str:
        """The first word of it that stands for something said before, but for “the company”; empty if none does."""
        words = (self.question.items[p.at].text for p in self.pronouns)
        return next((word for word in words if word.lower() not in ("the", "this", "that")), "")

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics it names, the likeliest first."""
        return self.draft.metrics()[0]

    @property
    def metrics_named(self) -> bool:
        """Whether a noun of it, and not just a verb, names a metric."""
        return any(not s.weak for i in self.draft.metrics()[1] for s in self.question.items[i].all("metric"))

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Whom it names."""
        return tuple(Node(ids=h.ids, label=h.text) for h in self.question.names)

    @property
    def dated(self) -> Span | None:
        """The period that “a year before” counts from: the one asked for, else that of the answer."""
        asked = self.last.period
        return asked if asked is not None and asked.start is not None else self.context.period or asked

    @property
    def listed(self) -> bool:
        """Whether an answer before named several, or could have."""
        return self.group.kind in LISTS and bool(self.context.refs)

    @property
    def group(self) -> Query:
        """The typed query of the answer that named somebody last."""
        return replace(self.context.group or self.standing, only="")

    @property
    def elliptic(self) -> bool:
        """Whether it opens with “and”, “what about”."""
        return self.leans("elliptic")

    @property
    def content(self) -> tuple[str, ...]:
        """Its stems that carry meaning of their own."""
        light = self.lexicon.light
        return tuple(
            t.lemma for t in self.question.tokens if t.text[0].isalnum() and t.lemma not in light and t.lemma != "'s"
        )

    def only(self, *words: Set[str]) -> bool:
        """Whether it names nobody and no amount, and says nothing but what these words (stems) and light ones say."""
        question = self.question
        if question.names or question.unknown or question.quantities:
            return False
        stems = {s for item in question.items for s in lemmas(item.text) if s[0].isalnum()}
        return stems - self.lexicon.light <= {s for some in words for s in some}

    def leans(self, cue: str) -> bool:
        """Whether a cue of cues.yaml is there."""
        return leans(cue, self.words)


Edit = Callable[[Turn], list[Query]]


def topic(query: Query) -> Query:
    """What a question for sources is about; any other query itself."""
    return topic(query.inner) if query.kind in ("source", "firm") and query.inner is not None else query


def amount_of(query: Query) -> Query:
    """The question for one amount that a query is, or compares with another, or the last of a row; else the query."""
    if query.kind == "row":
        return query.terms[-1]
    return replace(query, kind="fact", inner=None) if query.kind in ("contrast", "moved") else query


def listing(query: Query) -> Query:
    """The list whose members a query, or those it builds on, asks about."""
    inner = query.inner if query.kind in (*FIGURES, "tally") else None
    return listing(inner) if inner is not None else query


def base_of(query: Query) -> Query:
    """The query whose answer the follow-ups of figures and counts are about: itself, or what it builds on."""
    if query.kind in ("tally", "total", "any", "sole") and query.inner is not None:
        return query.inner
    return replace(query, kind="list") if query.kind == "count" else query


def stands_alone(readings: list[tuple[str, Query]]) -> bool:
    """Whether some reading of a question says by itself whom or what it is about."""
    return any(_whole(q) for _, q in readings)


def _whole(query: Query) -> bool:
    if query.link is not None and query.kind != "yesno":
        return not query.link.given.open
    if query.link is not None:
        return query.owner is not None or bool(query.about) or query.link.given.named
    if query.kind in (
        "any",
        "sole",
        "path",
        "profile",
        "compare",
        "difference",
        "superlative",
        "speaker",
        "agree",
        "counterparty",
    ):
        return True
    if query.kind == "yesno":
        return query.confirmed
    return bool(query.metrics) and query.owner is not None and not query.owner.open
