"""Whether what a reading found is the kind of thing that was asked for: a number, somebody with a name, yes or no."""

from __future__ import annotations

import re

from graph.model import Claim, EntityRef
from qa.answer import Amount, Speaker, Truth, Value
from qa.focus import Focus, focus
from qa.names import NameHit
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.relate import ends_of
from qa.spans import Annotated
from qa.words import lemmas

_PLAIN = {"fact", "list", "count", "seek", "stated"}
"""Kinds of queries that yield what they find; all others make of it what is asked for."""

_WANTED: dict[Focus, tuple[type[Value], ...]] = {
    "yesno": (Truth,),
    "amount": (Amount, Truth),
    "who": (EntityRef, Speaker),
}
_SOMEBODY = {"Company", "Organization", "Person"}


_PAID = {*lemmas("pay spend cost shell fork cough")}
_PARTS_OF_REVENUE = {
    name: {*lemmas(words)}
    for name, words in {
        "royalties": "royalty royalties",
        "licences": "licence license licences licenses licensing",
        "subscriptions": "subscription subscriptions",
    }.items()
}
_OFFICER = re.compile(r"^who(?:['’]s| is| was| are) the (?:boss|head|chief|ceo|cfo|chair\w*|president|founder)\b", re.I)
_A_SHARE = re.compile(
    r"\b(?:what|which|how (?:big|large|much|many)(?: of| an?)?) "
    r"(?:share|slice|part|portion|percentage|per ?cent|proportion)",
    re.I,
)
_A_PIECE = re.compile(
    r"\b(?:(?:for|per) (?:a single|each|one) (?!year|quarter|month|day|week|period|of\b)|apiece\b|a piece\b)", re.I
)
_OF_ONE = {"price", "unitCost", "performance", "parameters", "capacity", "shipments"}


def fitting(question: Annotated, query: Query, outcome: Outcome) -> Outcome:
    """The outcome, or that nothing is known, if it does not answer the question that was put."""
    if query.kind == "fact" and outcome.status != "unknown" and _of_others(question, outcome):
        return unknown("what the graph holds of that is about others than those who are named", trust=0.1)
    if query.kind == "fact" and _A_PIECE.search(question.text) and not {c.predicate for c in outcome.claims} & _OF_ONE:
        return unknown("the graph holds no amount for a single one", trust=0.3)
    if _paid_asked(question, outcome) and outcome.values and all(map(_a_share, outcome.values)):
        return unknown("the graph holds the share, but not the sum that was paid for it", trust=0.4)
    if query.kind in ("fact", "seek", "stated") and (part := _part_left_out(question, outcome)):
        return unknown(f"the graph holds the whole revenue, but not what of it is {part}", trust=0.4)
    if query.kind in ("seek", "stated") and _OFFICER.search(question.text) and not any(map(_a_person, outcome.values)):
        return unknown("no claim says so", trust=0.3)
    if query.kind not in _PLAIN or outcome.status not in ("answered", "partial"):
        return outcome
    asked = focus(question)
    wanted = _WANTED.get(asked) if not (query.told or query.stage) else None
    wrong = wanted is not None and not any(isinstance(value, wanted) for value in outcome.values)
    if wrong or (asked == "count" and "many" in question.stems and any(_measured(value) for value in outcome.values)):
        return unknown("what the graph holds of that is no answer to what is asked", trust=0.1)
    if question.stems[:2] == ("by", "how") and query.kind == "fact" and query.basis is None:
        return unknown("the graph holds the figure, but not by how much it differs", trust=0.3)
    flat = query.link is None or query.link.given.link is None
    if flat and query.kind in ("list", "seek") and "whose" in question.stems[2:]:
        return unknown("the description in the question was not understood", trust=0.3)
    if flat and query.kind in ("list", "seek") and _clause_left(question):
        return unknown("the description in the question was not understood", trust=0.3)
    people = [v for v in outcome.values if isinstance(v, EntityRef)]
    if people and all(p.type in _SOMEBODY and p.label.islower() for p in people):
        called = " and ".join(f"“{p.label}”" for p in people[:3])
        return unknown(f"the sources do not name whom they mean: they speak of {called}", trust=0.5)
    return outcome


def _clause_left(question: Annotated) -> bool:
    """Whether a description with a clause about somebody named was not settled: “the machine that X …”."""
    items = question.items
    return any(
        question.stems[items[i].start] in ("that", "which", "whom")
        and (items[i - 1].sense("class") or items[i - 1].sense("noun"))
        and not items[i - 1].name
        and items[i + 1].name
        and not any(item.name for item in items[:i])
        for i in range(2, len(items) - 1)
    )


def _paid_asked(question: Annotated, outcome: Outcome) -> bool:
    """“What did X pay for its stake in Y?”"""
    paid = {*question.stems} & _PAID and {c.predicate for c in outcome.claims} == {"investment"}
    return bool(paid) and _A_SHARE.search(question.text) is None


def _part_left_out(question: Annotated, outcome: Outcome) -> str:
    """What stands for revenue in the question and is only a part of it, if no claim is of that part: “royalties”."""
    if not outcome.values or {c.predicate for c in outcome.claims} != {"revenue"}:
        return ""
    told = {stem for c in outcome.claims for stem in lemmas(c.scope or "")}
    asked = (name for name, stems in _PARTS_OF_REVENUE.items() if stems & {*question.stems} and not stems & told)
    return next(asked, "")


def _a_person(value: Value) -> bool:
    return isinstance(value, EntityRef) and value.type == "Person"


def _a_share(value: Value) -> bool:
    return isinstance(value, Amount) and value.quantity.unit == "percent"


def _measured(value: Value) -> bool:
    """Whether it is an amount of money, a share or a power, and no number of things."""
    unit = value.quantity.unit if isinstance(value, Amount) else ""
    return unit in ("percent", "watt") or (len(unit) == 3 and unit.isupper())


def _of_others(question: Annotated, outcome: Outcome) -> bool:
    """Whether none of the claims has anything to do with anybody whom the question names."""
    named = [hit for hit in question.names if not hit.text.islower()]
    ids = {i for hit in named for i in hit.ids}
    return bool(named) and not any(ids & ends_of(claim) or _speaks_of(claim, named) for claim in outcome.claims)


def _speaks_of(claim: Claim, named: list[NameHit]) -> bool:
    parts = (claim.scope, claim.of, claim.attributed_to, *claim.origins, *(e.quote for e in claim.evidence))
    told = " ".join(part for part in parts if part).casefold()
    return any(hit.text.casefold() in told for hit in named)
