"""How well a claim answers a query: each condition that fails rejects it, each that is borne out scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graph.model import Claim, Quantity
from graph.text.quantities import find_quantities
from graph.views.latest import Recency, recency
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.in_period import in_period
from qa.mention import mention, only_near, says
from qa.places import missing
from qa.query import Node, Query
from qa.sparql import Pattern
from qa.words import lemmas

_MONEY = re.compile(r"[A-Z]{3}")
_REPLACING = r"\b(?:from|rather than|instead of|against|compared with|versus)\s"
_REPLACED = re.compile(_REPLACING + r"+(?:the\s+|about\s+|some\s+)?$", re.I)
_MAY_REPLACE = re.compile(_REPLACING, re.I)
_MAY_LACK = 3  # one word in so many, where the metric is named
_PAYEES = {"Company", "Organization", "Product", "Chip", "Model"}
_PAYS = ("investsIn", "acquires")
_HEDGE = {"asserted": 0.0, "reported": -0.2, "projected": -1.5, "possible": -2.0, "opinion": -2.0}


@dataclass(frozen=True, slots=True)
class Fit:
    """A claim with the score of its fit and the period rank that breaks ties (latest valid, then latest published)."""

    claim: Claim
    score: float
    recency: Recency


def fit(view: View, claim: Claim, query: Query, *, anchors: tuple[Node, ...]) -> Fit | None:
    """The fit of a metric claim, None if a condition fails. `anchors` are the entities it must speak of, the owner
    first.
    """
    return next(iter(all_fits(view, [claim], query, anchors=anchors)), None)


def all_fits(view: View, claims: list[Claim], query: Query, *, anchors: tuple[Node, ...]) -> list[Fit]:
    """The fits of those claims of which no condition fails, in their order."""
    scored = [(c, score) for c in claims if (score := _score(view, c, query, anchors)) is not None]
    documents = view.facts.documents
    documents.expect(item.document for claim, _ in scored for item in claim.evidence)
    return [Fit(claim, score, recency(claim, documents)) for claim, score in scored]


def _score(view: View, claim: Claim, query: Query, anchors: tuple[Node, ...]) -> float | None:
    if not isinstance(claim.object, Quantity) or not claim.polarity or _excluded(claim.object, query):
        return None
    score = 2.0 - 0.5 * query.metrics.index(claim.predicate) if claim.predicate in query.metrics else 0.0
    for n, node in enumerate(anchors):
        strength = mention(view, claim, node)
        if not strength or (n == 0 and strength < 2.0) or (n and only_near(view, claim, node, strength)):
            return None
        if n and strength < 2.0 and _of_another(view, claim, node):
            return None
        if n and query.basis == "share" and strength < 2.0 and claim.basis == "share":
            return None
        score += strength
    if anchors and not any(claim.subject.id in n.ids for n in anchors):
        return None
    if query.basis == "share" and anchors and _share_of_another(view, claim, anchors):
        return None
    when = _time(view, claim, query)
    if when is None:
        return None
    if superseded(claim) and (query.period is None or claim.period is None):
        score += 1.0 if query.exclude else -1.0
    if claim.predicate == "investment" and not _directed(view, anchors):
        return None
    for part in _parts(view, claim, claim.object, query, anchors, when):
        if part is None:
            return None
        score += part
    return score


def _parts(
    view: View, claim: Claim, amount: Quantity, query: Query, anchors: tuple[Node, ...], when: float
) -> Iterator[float | None]:
    """What each condition adds to the score, None where it fails."""
    yield _unit(amount, query)
    yield _basis(claim, query)
    yield _hedged(claim, query)
    yield when
    yield _worded(view, claim, query)
    yield _of_part(view, claim, query)
    yield scoped(view, claim, query, anchors)
    yield _voiced(view, claim, query)
    yield _sized(amount, query)


def _of_another(view: View, claim: Claim, node: Node) -> bool:
    """Whether money went to somebody else than the firm that the question names: the claim's own scope says to whom."""
    entities = view.facts.names.entities
    firm = any(entities[i].type in _PAYEES for i in node.ids if i in entities)
    return firm and bool(claim.scope) and claim.predicate in ("investment", "price", "unitCost", "marketCap")


def _share_of_another(view: View, claim: Claim, anchors: tuple[Node, ...]) -> bool:
    """Whether a share is one of the amount of somebody whom the question does not name: “X's” of “X's revenue”."""
    whose, possessed, _ = (claim.of or "").partition("'s ")
    if not possessed:
        return False
    told = {s for n in anchors for s in lemmas(n.label)}
    told |= {s for n in anchors for i in n.ids for seq in view.facts.names.runs(i) for s in seq}
    return not {*lemmas(whose)} & told


def _directed(view: View, anchors: tuple[Node, ...]) -> bool:
    """Whether money goes the way that is asked for: not where the graph knows only the other as the investor."""
    if len(anchors) != 2 or not all(n.named for n in anchors):
        return True
    payer, target = anchors[0].ids, anchors[1].ids
    to = [c for c in view.aside(Pattern(subjects=payer, predicates=_PAYS, objects=target)) if c.polarity]
    back = [c for c in view.aside(Pattern(subjects=target, predicates=_PAYS, objects=payer)) if c.polarity]
    return bool(to) or not back


def _excluded(amount: Quantity, query: Query) -> bool:
    other = query.exclude
    return other is not None and amount.unit == other.unit and (amount.low, amount.high) == (other.low, other.high)


def _voiced(view: View, claim: Claim, query: Query) -> float | None:
    """The source that the question names must be the claim's; other sources named only have to stand in the
    sentence.
    """
    if query.speaker is not None and not says(view, claim, query.speaker):
        return None
    if not query.voices:
        return 0.0
    quote = view.facts.quote_stems(claim) | view.facts.speaker_stems(claim)
    if _ANALYSTS & {*query.soft, *query.words}:
        theirs = _ANALYSTS & view.facts.speaker_stems(claim)
        return 1.5 if theirs else None if query.strict_kind else -1.0
    return 0.0 if all({*lemmas(v)} <= quote or says(view, claim, Node(label=v)) for v in query.voices) else None


_ANALYSTS = frozenset(lemmas("analyst consensus street"))


def _sized(amount: Quantity, query: Query) -> float:
    if query.ranged:
        return 0.6 if amount.low != amount.high else 0.0
    return 0.15 if amount.low is not None and amount.high is not None else 0.0


def superseded(claim: Claim) -> bool:
    """Whether the sentence itself says that the amount was another one later: “up from $8bn”, “rather than $8bn”."""
    amount = claim.object
    if not isinstance(amount, Quantity):
        return False
    earlier = (amount.low, amount.high, amount.unit)
    return any(earlier in _replaced_amounts(e.quote) for e in claim.evidence)


@lru_cache(maxsize=20_000)
def _replaced_amounts(quote: str) -> frozenset[tuple[Decimal | None, Decimal | None, str]]:
    """The amounts of a sentence that stand right after “from”, “rather than” and the like."""
    if not _MAY_REPLACE.search(quote):
        return frozenset()
    return frozenset(
        (q.quantity.low, q.quantity.high, q.quantity.unit)
        for q in find_quantities(quote)
        if _REPLACED.search(quote[: q.start])
    )


def _unit(amount: Quantity, query: Query) -> float | None:
    money = bool(_MONEY.fullmatch(amount.unit))
    if query.unit == "money":
        return 0.5 if money else None
    if query.unit == "percent":
        return 0.5 if amount.unit == "percent" else None
    if query.unit == "count":
        return None if money or amount.unit in ("percent", "times") else 0.5
    if query.unit is not None:
        return _named_unit(amount, query.unit, money=money)
    if query.basis is None and query.metrics and not query.quantity:
        usual = vocabulary().metrics[query.metrics[0]].units if query.metrics[0] in vocabulary().metrics else ()
        return 0.3 if (usual[:1] == ("money",)) == money else 0.0
    return 0.0


def _named_unit(amount: Quantity, unit: str, *, money: bool) -> float | None:
    """An amount in the unit asked for, or in money that the source converts into it."""
    if amount.unit == unit:
        return 0.5
    if money and _MONEY.fullmatch(unit):
        converted = amount.equivalent is not None and amount.equivalent.unit == unit
        return 0.4 if converted else -0.5
    return None


def _basis(claim: Claim, query: Query) -> float | None:
    basis = claim.basis or "level"
    amount = claim.object
    share = basis == "share" or (isinstance(amount, Quantity) and amount.unit == "percent" and basis == "level")
    if query.basis == "share":
        return (1.0 if basis == "share" else 0.5) if share else None
    if query.basis == "change":
        return _changed(claim, query) if basis == "change" else None
    if basis == "change":
        return None
    natural = claim.predicate in ("marketShare", "grossMargin", "operatingMargin")
    return 0.0 if basis == "level" or natural else None


_AGAINST = {"yoy": "year before", "qoq": "quarter before"}


def _changed(claim: Claim, query: Query) -> float | None:
    """A change that goes the way, and is measured against the time, that the question takes it to."""
    amount, since = claim.object, _AGAINST.get(claim.basis_period or "")
    bounds = (amount.low, amount.high) if isinstance(amount, Quantity) else ()
    if query.way and any(b is not None and b * query.way < 0 for b in bounds):
        return None
    if query.against is None or since is None:
        return 1.0
    return 1.5 if since == query.against else None


def _hedged(claim: Claim, query: Query) -> float:
    if query.wish:
        return 1.5 if claim.modality in ("projected", "possible") else -1.0
    score = _HEDGE[claim.modality]
    return score * 0.2 if query.period and score else score


def _time(view: View, claim: Claim, query: Query) -> float | None:
    if query.period is None:
        return 0.0
    return in_period(view, claim, query.period)


def all_needed(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words (stems) of a question for an amount if each of them has to be borne out; none if one may be missing."""
    return words if len(words) < _MAY_LACK else ()


def _worded(view: View, claim: Claim, query: Query) -> float | None:
    """Words that nothing else explains: in the claim's fields, in its sentence, or missing (few may be)."""
    if not (query.names or query.words or query.soft or query.must):
        return 0.0
    fields, quote = view.facts.field_stems(claim), view.facts.quote_stems(claim)
    if query.must and not {*query.must} & (fields if claim.scope else fields | quote):
        return None
    for name in query.names:
        if not set(lemmas(name)) <= fields | quote:
            return None
    missing = [w for w in query.words if w not in fields and w not in quote]
    if len(missing) > len(query.words) // (_MAY_LACK if query.metrics else 2):
        return None
    if not query.metrics and query.words and not any(w in fields for w in query.words):
        return None
    score = sum(1.0 if w in fields else 0.4 if w in quote else -1.0 for w in query.words)
    return score + sum(0.8 if w in fields else 0.2 if w in quote else 0.0 for w in query.soft)


def _of_part(view: View, claim: Claim, query: Query) -> float | None:
    """Whether the claim's own fields say that it is of the part asked for; the rest of the words may stand near."""
    if not query.scope:
        return 0.0
    things = view.lexicon.things
    part, asked = things(view.facts.part_stems(claim)), things(lemmas(" ".join(query.scope)))
    said = len(asked - missing(asked, part))
    if not said or 2 * said < len(asked):
        return None
    if missing(asked, part | things(view.facts.field_stems(claim) | view.facts.quote_stems(claim))):
        return None
    return 1.5 * said - 0.1 * len(part - asked)


def scoped(view: View, claim: Claim, query: Query, anchors: tuple[Node, ...]) -> float:
    """A part of the subject counts less than the whole, unless the question names that part."""
    if not claim.scope:
        return 0.0
    told = {*query.words, *query.soft, *lemmas(" ".join(query.scope))} | {s for n in anchors for s in lemmas(n.label)}
    told |= {s for n in anchors for i in n.ids for seq in view.facts.names.runs(i) for s in seq}
    stems = view.lexicon.things(lemmas(claim.scope))
    metric = vocabulary().metrics.get(claim.predicate)
    generic = {s for term in metric.terms for s in lemmas(term)} if metric else set()
    if stems & view.lexicon.things(told):
        return 0.8
    return 0.0 if stems <= generic else -1.2
