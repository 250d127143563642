"""What a query is looked up by: its own terms, and other words for the metrics that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.vocabulary import vocabulary
from qa.lexicon import lexicon
from qa.passages.windows import terms
from qa.words import tokens

_MOST = 64


@dataclass(frozen=True, slots=True)
class Wording:
    """The terms of a query, and for each metric that it speaks of the terms by which texts may call it."""

    terms: tuple[str, ...]
    synonyms: tuple[frozenset[str], ...]


def wording(query: str) -> Wording:
    """The terms of a query that say what it is about, all of them if none does; the first `_MOST`.

    >>> wording("What did Arbor earn?").terms
    ('arbor', 'earn')
    >>> "profit" in wording("What did Arbor earn?").synonyms[0]
    True
    """
    every = tuple(dict.fromkeys(terms(query)))
    own = tuple(word for word in every if word not in lexicon().empty) or every
    words = tokens(query)[:_MOST]
    found = (found for at in range(len(words)) for found in lexicon().find(words, at))
    metrics = dict.fromkeys(sense.name for one in found for sense in one.senses if sense.kind == "metric")
    return Wording(own[:_MOST], tuple(_called(name) - set(own) for name in metrics))


@cache
def _called(metric: str) -> frozenset[str]:
    """The terms of the names and verbs that texts have for a metric."""
    known = vocabulary().metrics[metric]
    names = (*known.terms, *known.verbs, *known.zh)
    return frozenset(term for name in names for term in terms(name)) - lexicon().empty
