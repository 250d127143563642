"""The typed form of a question, between its words and SPARQL: what is asked, of whom, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.model import Basis, Quantity

Kind = Literal[
    "fact",
    "list",
    "yesno",
    "count",
    "sum",
    "difference",
    "compare",
    "superlative",
    "speaker",
    "told",
    "agree",
    "figures",
    "path",
    "profile",
    "when",
    "stated",
    "counterparty",
    "top",
    "each",
    "among",
    "largest",
    "total",
    "tally",
    "contrast",
    "parts",
    "series",
    "above",
    "source",
    "moved",
    "outdone",
    "risk",
    "report",
    "seek",
    "any",
    "sole",
    "unaided",
    "dealt",
    "plan",
    "row",
    "firm",
    "pointed",
    "former",
]
Side = Literal["subject", "object"]
Wish = Literal["future", "possible"]
Stage = Literal["", "before", "after"]
Op = Literal["", "percent", "ratio", "per", "product", "growth", "mean", "spread"]


@dataclass(frozen=True, slots=True)
class Node:
    """Whom a question names or describes: `ids` of a named entity (several when a name is shared), or a `link`.

    `types` narrow a described one; an empty Node is anybody. `label` is the question's own wording.
    """

    ids: tuple[str, ...] = ()
    label: str = ""
    types: tuple[str, ...] = ()
    link: Link | None = None

    @property
    def named(self) -> bool:
        """Whether it is a named entity."""
        return bool(self.ids)

    @property
    def open(self) -> bool:
        """Whether nothing but perhaps a class is known of it (“the company”)."""
        return not self.ids and self.link is None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation with the side that is looked for and the other side. No relations: any relation, either way."""

    relations: tuple[str, ...]
    asks: Side
    given: Node


@dataclass(frozen=True, slots=True)
class Span:
    """A period asked for. `deictic` are words that count from today (“this quarter”); `fiscal` a firm's own year.

    `relation` is how the fact stands to it: in, before, after.
    """

    start: date | None
    end: date | None
    text: str
    fiscal: bool = False
    deictic: bool = False
    relation: Literal["in", "before", "after"] = "in"


@dataclass(frozen=True, slots=True)
class Query:
    """A typed question.

    `about` are entities that the claims must speak of, in any role; `words` content words that nothing else
    explains and
    that the claims' scope or quote must bear out, `soft` ones only speak for a claim; `wanted` entity types of the
    answer;
    `noun` how the question calls it. `speaker` and `voices`: who must say so. `exclude`: the amount that it is not
    (“before
    it was raised to …”). `restriction`: a second relation of whoever is asked for; `wide`: relations that imply it
    count too; `narrow`: only
    the claims that bear out most of the soft words;
    `ranked`: only the biggest of them is wanted, which claims of a relation do not tell. `only`: the claim (id)
    that was chosen of several.

    `highest`: of several posts only the top one. `kind_words`: how the question calls what is asked for (“laminate” of
    “laminate makers”), which narrows the answer where a claim bears it out;
    `strict_kind`: nothing else is known of what is asked for, so that a claim must bear them out.

    `must`: of these words, one at least has to stand in the claim or its sentence.

    `cases`: which preposition stood before whom (ids), for a turn that puts somebody else in the place of one of them;
    `put`: whom (id) the last turn put in, whose place the next one takes.

    `report` is the risk report that answers, `part` what of it, or of what, in the question's words.

    `parts` sets the `options`, which are parts of the owner's amount, side by side; `noun` says to what end.

    `stage`: the figure as it stood before, or stands after, it was revised (of a `former` one: who led before, or
    after, the owner did); `way`: 1 or -1 if the question takes it that it rose or fell; `against` is what a change is
    measured against (“year before”), `told` the month in which a forecast was made.

    A `plan` does `op` with the answers to its `terms`, of the owner and in the period of the plan where they have none
    of their own; with a `quantity`, it asks whether the result lies above (or, `lowest`, below) that.

    Of a sum, `spans` are the periods whose amounts are added, and `mean` asks for the average.

    The other party to the biggest deal of the owner is `dealt` with. Whether somebody did it `unaided` asks for any
    part that the first of the `options` had in it.

    The kinds that follow up on an answer build on the query `inner`, whose answer is found anew each time: a figure of
    `each` of those, those `among` them to whom the conditions apply (or, `negated`, do not), the `largest`, their
    `total`, how many they are (`tally`), whether there is `any` or the owner is the `sole` one, one amount
    `contrast`ed with another, whose is `above` an amount, what
    `source` says so (or, `negated`, that it is not so), whether it is `firm`,
    what of a kind it is about (`pointed`). A `row` makes of the amounts of its
    `terms` what `noun` says: their sum, what lies between the last two, whose is the largest; or names their owners.

    `scope` is the part (in words) of the subject's amount that is asked for: a claim that does
    not say so is no answer.
    """

    kind: Kind
    wanted: tuple[str, ...] = ()
    noun: str = ""
    metrics: tuple[str, ...] = ()
    link: Link | None = None
    owner: Node | None = None
    about: tuple[Node, ...] = ()
    without: tuple[Node, ...] = ()
    words: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    period: Span | None = None
    basis: Basis | None = None
    unit: str | None = None
    wish: Wish | None = None
    speaker: Node | None = None
    voices: tuple[str, ...] = ()
    quantity: Quantity | None = None
    exclude: Quantity | None = None
    ranged: bool = False
    role: tuple[str, ...] = ()
    top: int | None = None
    lowest: bool = False
    latest: bool = False
    confirmed: bool = False
    ended: bool = False
    inner: Query | None = None
    options: tuple[Node, ...] = ()
    restriction: Link | None = None
    wide: bool = False
    narrow: bool = False
    ranked: bool = False
    rank: int = 1
    negated: bool = False
    mean: bool = False
    highest: bool = False
    kind_words: tuple[str, ...] = ()
    strict_kind: bool = False
    must: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    only: str = ""
    stage: Stage = ""
    way: int = 0
    told: str = ""
    against: str | None = None
    report: str = ""
    part: str = ""
    cases: tuple[tuple[str, str], ...] = ()
    put: str = ""
    op: Op = ""
    scope: tuple[str, ...] = ()
    terms: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """What may have been meant, put in words: as a typed query, or as the question with a name spelt right."""

    gloss: str
    query: Query | None = None
    text: str = ""
