"""Kinds of firms: the trade that a question names, and who is known to be in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.catalogue import catalogue
from graph.catalogue.trades import trades, trades_of
from graph.model import EntityRef
from qa.query import Query
from qa.words import lemmas

_LONGEST = 5  # words of a trade
_FIRMS = lemmas("company maker provider firm")


def trade_asked(query: Query) -> str | None:
    """The trade of those whom a question asks for; None if it names none that is known."""
    return trade_in((*query.kind_words, *(s for s in lemmas(query.noun) if s not in query.kind_words)))


def trade_in(stems: Sequence[str]) -> str | None:
    """The trade that some of the words (stems) name, by the longest phrase.

    >>> trade_in(("which", "cloud", "operator")), trade_in(("big", "memory", "maker")), trade_in(("company",))
    ('cloud provider', 'memory maker', None)
    """
    for length in range(min(_LONGEST, len(stems)), 0, -1):
        for start in range(len(stems) - length, -1, -1):
            if (found := _phrases().get(tuple(stems[start : start + length]))) is not None:
                return found
    return None


def trade_of_kin(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words (stems) before “unit” or “arm” as a phrase for firms of a trade; none if they name none.

    >>> trade_of_kin(("cloud",)), trade_of_kin(("new",))
    (('cloud', 'company'), ())
    """
    phrases = ((*words, head) for head in _FIRMS)
    return next((phrase for phrase in phrases if words and trade_in(phrase) not in (None, trade_in(phrase[-1:]))), ())


def in_trade(firm: EntityRef, trade: str) -> bool | None:
    """Whether a firm is in a trade; None if nothing is known of what it does."""
    names = (firm.id, *(entry.id for entry in catalogue().lookup(firm.label)))
    known = next((of for name in names if (of := trades_of(name))), None)
    return None if known is None else trade in known


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {lemmas(word): trade.name for trade in trades().values() for word in trade.words}
