"""The questions of a dialogue in words: what they build on stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa.query import Query

_ORDINALS = {2: "second ", 3: "third ", 4: "fourth ", 5: "fifth "}


def built_on(query: Query, said: Callable[[Query], str], link: Callable[[Query], str]) -> str | None:
    """One of the kinds that build on another in words; None for any other. `said` words the inner query."""
    base = f"[{said(query.inner)}]" if query.inner is not None else "all"
    metric = vocabulary().metrics[query.metrics[0]].label if query.metrics else "size"
    match query.kind:
        case "each":
            return f"{metric} of each of {base}"
        case "total":
            return f"total {metric} of {base}"
        case "tally":
            return f"number of {base}"
        case "largest":
            return f"{_ORDINALS.get(query.rank, '')}{'lowest' if query.lowest else 'highest'} {metric} among {base}"
        case "among":
            return f"those of {base} that {'are not known to ' if query.negated else ''}{_conditions(query, link)}"
        case "above":
            amount = query.quantity.text or format_quantity(query.quantity) if query.quantity else "what was said"
            whose = f"whether {query.owner.label}'s {metric}" if query.owner else f"whose {metric} of {base}"
            return f"{whose} is {'below' if query.lowest else 'above'} {amount}"
        case _:
            return None


def _conditions(query: Query, link: Callable[[Query], str]) -> str:
    kinds = [f"are of the kind {' or '.join(query.wanted)}"] if query.wanted else []
    if query.restriction is not None:
        kinds.append(link(query))
    return " and ".join(kinds) or "?"
