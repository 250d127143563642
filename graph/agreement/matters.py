"""What a claim is about, apart from what it says: claims of one matter can agree or disagree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from functools import lru_cache

from graph.model import Claim, EntityRef, Quantity
from graph.vocabulary import vocabulary

_WORD = re.compile(r"\w+")
_ARTICLES = {"a", "an", "the", "its", "their", "his", "her"}


def matter(claim: Claim) -> Hashable | None:
    """The key that claims on one matter share; None for a claim that no other can contradict (an event in words).

    For an amount: subject, metric, basis, what it is measured against, what it is a share of, scope and qualifiers. For
    a relation: both sides (in either order if it is symmetric); for an exclusive one the subject alone.
    """
    match claim.object:
        case Quantity():
            basis = (claim.basis or "level", claim.basis_period, folded(claim.of))
            return claim.subject.id, claim.predicate, *basis, folded(claim.scope), _qualifiers(claim)
        case EntityRef(id=other):
            known = vocabulary().relations.get(claim.predicate)
            if known is not None and known.exclusive:
                return claim.subject.id, claim.predicate
            pair = (claim.subject.id, other)
            return claim.predicate, *(sorted(pair) if known is not None and known.symmetric else pair)
        case _:
            return None


@lru_cache(maxsize=50_000)
def folded(words: str | None) -> str:
    """Words without case, accents, articles, punctuation and the s of plurals; "" for none.

    >>> folded("the High-end GPUs"), folded("high end GPU"), folded(None)
    ('high end gpu', 'high end gpu', '')
    """
    plain = unicodedata.normalize("NFKD", words or "").casefold()
    kept = (word for word in _WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
    return " ".join(_singular(word) for word in kept if word not in _ARTICLES)


def covers(wide: Claim, narrow: Claim) -> bool:
    """Whether a statement on a relation takes in all that another on the same one is about: no item, or the same."""
    wanted = dict(wide.qualifiers).get("item")
    items = wanted is None or folded(wanted) == folded(dict(narrow.qualifiers).get("item"))
    return items and (not wide.scope or folded(wide.scope) == folded(narrow.scope))


def one_of_many(claim: Claim) -> bool:
    """Whether the subject may have many such amounts at a time, and the claim does not say which of them it means."""
    metric = vocabulary().metrics.get(claim.predicate)
    return metric is not None and metric.several and not claim.scope


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _qualifiers(claim: Claim) -> tuple[tuple[str, str], ...]:
    return tuple((name, folded(value)) for name, value in claim.qualifiers)
