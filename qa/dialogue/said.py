"""The questions of a dialogue in words: what they build on stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa.query import Query

_ORDINALS = {2: "second ", 3: "third ", 4: "fourth ", 5: "fifth "}


def built_on(query: Query, said: Callable[[Query], str], link: Callable[[Query], str]) -> str | None:
    """One of the kinds that build on another in words; None for any other. `said` words the inner query."""
    base = f"[{said(query.inner)}]" if query.inner is not None else ""
    metric = vocabulary().metrics[query.metrics[0]].label if query.metrics else "size"
    match query.kind:
        case "each":
            return f"{metric} of each of {base}"
        case "total":
            return f"total {metric} of {base}"
        case "source":
            return f"who {'denies it' if query.negated else 'says so'}: {base}"
        case "pointed":
            return f"which {' or '.join(query.wanted)} that is: {base}"
        case "firm":
            return f"whether it is certain: {base}"
        case "any":
            return f"whether there is any {base}"
        case "sole":
            return f"whether nobody but {query.owner.label if query.owner else 'one'} is a {base}"
        case "tally":
            return f"number of {base}"
        case "largest":
            return f"{_ORDINALS.get(query.rank, '')}{'lowest' if query.lowest else 'highest'} {metric} among {base}"
        case "among":
            return f"of {base}, {'all but ' if query.negated else ''}whoever {_conditions(query, link)}"
        case "above":
            return _beyond(query, metric, base)
        case "row":
            return _row(query, said)
        case _:
            return None


def _row(query: Query, said: Callable[[Query], str]) -> str:
    terms = ", ".join(f"[{said(term)}]" for term in query.terms)
    what = {"sum": "sum of", "difference": "difference of", "owners": "those of"}
    return f"{what.get(query.noun) or ('lowest of' if query.lowest else 'highest of')} {terms}"


def _beyond(query: Query, metric: str, base: str) -> str:
    amount = query.quantity.text or format_quantity(query.quantity) if query.quantity else "what was said"
    whose = f"whether {query.owner.label}'s {metric}" if query.owner else f"whose {metric}"
    return f"{whose}{f' of {base}' if base else ''} is {'below' if query.lowest else 'above'} {amount}"


def _conditions(query: Query, link: Callable[[Query], str]) -> str:
    kinds = [f"is {' or '.join(n.label for n in query.about)}"] if query.about else []
    kinds += [f"is a {' or '.join(query.wanted)}"] if query.wanted else []
    if query.restriction is not None:
        kinds.append(link(query))
    if query.without:
        kinds.append(f"is not {' or '.join(n.label for n in query.without)}")
    return " and ".join(kinds) or f"“{' '.join((*query.names, *query.words))}”"
