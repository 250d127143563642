"""The question as understood, in words."""

from __future__ import annotations

from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa.dialogue.said import built_on
from qa.query import Link, Node, Query


def interpretation(query: Query) -> str:
    """One line: “gross margin of Nvidia in 2025”, “who supplies ByteDance”."""
    parts = [_core(query)]
    if query.about and query.kind != "among":
        parts.append("with " + ", ".join(_node(n) for n in query.about))
    if query.words:
        parts.append("regarding " + " ".join(query.words))
    if query.scope:
        parts.append(f"(part: {' '.join(query.scope)})")
    if query.period:
        parts.append(f"{query.period.relation} {query.period.text}")
    if query.wish:
        parts.append("(as planned or forecast)" if query.wish == "future" else "(as possible)")
    if query.kind == "contrast" and query.inner is not None:
        parts.append(f"compared with [{interpretation(query.inner)}]")
    return " ".join(parts)


def _core(query: Query) -> str:
    options = [_node(n) for n in query.options]
    metric = vocabulary().metrics[query.metrics[0]].label if query.metrics else ""
    basis = {"share": "share in ", "change": "change in "}.get(query.basis or "", "")
    of = f" of {_node(query.owner)}" if query.owner else ""
    built = built_on(query, interpretation, _restriction)
    if built is not None:
        return built
    match query.kind:
        case "path":
            return f"how {options[0]} and {options[1]} are connected"
        case "profile":
            return f"what is known of {_node(query.owner or Node())}"
        case "speaker":
            return "who says so about " + ", ".join(options)
        case "told":
            of = f" about {' and '.join(options)}" if options else ""
            return f"what {_node(query.speaker or Node())} says{of}" + (f": {metric}" if metric else "")
        case "agree":
            return f"whether sources agree on {basis}{metric or 'the matter'}{of}" + (
                f" ({' and '.join(options)})" if options else ""
            )
        case "difference" | "compare":
            return f"{query.kind} of {metric} of " + " and ".join(options)
        case "plan":
            return _plan(query)
        case "parts":
            wording = {
                "difference": "difference of",
                "sum": "sum of",
                "largest": "lowest" if query.lowest else "highest",
            }
            return f"{wording.get(query.noun, 'compare')} {metric}{of}: {' and '.join(options) or 'its parts'}"
        case "superlative":
            first = f"{query.top} " if query.top else ""
            return f"{first}{'lowest' if query.lowest else 'highest'} {basis}{metric}"
        case "top" if query.noun == "one":
            place = "smallest" if query.lowest else "biggest"
            return f"share of the customer in place {query.rank} from the {place} in the {metric}{of}"
        case "top":
            return f"share of the {query.top} biggest customers in the {metric}{of}"
        case "series":
            return f"{metric}{of}" + (
                f" of {', '.join(options)}" if options else f" in {', '.join(s.text for s in query.spans)}"
            )
        case "sum":
            return f"sum of {metric}{of}"
        case "seek":
            return f"what is said of {' and '.join(options)}" + (f": {metric}" if metric else "")
        case "risk":
            return f"how far {_node(query.owner or Node())} depends on {' and '.join(options) or 'whom'}"
        case "report":
            return _report(query)
        case "moved":
            return f"how {metric}{of} has moved"
        case "outdone":
            other = query.inner.period.text if query.inner and query.inner.period else "the other"
            return f"whether {metric}{of} is {'lower' if query.lowest else 'higher'} than in {other}"
        case "former":
            given = _node(query.link.given) if query.link is not None else "somebody"
            return f"who led {given} {query.stage} {_node(query.owner) if query.owner else 'the present head'}"
        case "dealt":
            size = "smallest" if query.lowest else "biggest"
            return f"the other party to the {size} deal{of}" + (
                f", a {' '.join(query.kind_words)}" if query.kind_words else ""
            )
        case "unaided" if query.link is not None:
            return f"{_link(query.link, query)} without {options[0]}"
        case "counterparty":
            return "the other party to the order of " + ", ".join(options)
        case "yesno" if query.confirmed:
            return (
                "whether it is confirmed"
                + (f" by {_node(query.speaker)}" if query.speaker else "")
                + f": {', '.join(options)}"
            )
    if query.link is not None:
        return _link(query.link, query)
    return f"{basis}{metric}{of}"


def _plan(query: Query) -> str:
    """“net profit as a percentage of revenue of X”, “revenue of X as a multiple of revenue of Y”."""
    first, *rest = (interpretation(term) for term in query.terms)
    if query.op == "mean":
        return f"mean of {' and '.join((first, *rest))} of {_node(query.owner or Node())}"
    joint = _OPERATIONS.get(query.op, "and")
    whose = f" of {_node(query.owner)}" if query.owner else ""
    told = f"{joint} {first}" if not rest else f"{first} {joint} {rest[0]}"
    bar = f" is {'below' if query.lowest else 'above'} {format_quantity(query.quantity)}" if query.quantity else ""
    return f"{'whether ' if bar else ''}{told}{whose}{bar}"


_OPERATIONS = {
    "percent": "as a percentage of",
    "ratio": "as a multiple of",
    "per": "for each of the",
    "product": "of",
    "growth": "in percent above",
    "spread": "average",
}


def _report(query: Query) -> str:
    """What a risk report is asked: “concentration of Nvidia's customers”."""
    who = _node(query.owner or Node())
    other = _node(query.options[0]) if query.options else ""
    match query.report:
        case "loops":
            return "loops of financing" + (f" through {who}" if query.owner else "")
        case "concentration":
            return f"concentration of {who} ({query.part})" if query.owner else f"concentration of {query.part}"
        case "signs":
            return f"signs that {who if query.owner else 'customers'} may come to do without {other or 'its supplier'}"
        case "stopped":
            return f"who is hit if {who} {query.part}"
        case "chokepoints":
            return f"who alone could stop {who}"
        case "substitutes":
            return f"who could take the place of {who} as a supplier of {other}"
    return f"{query.report} of {who}"


def _restriction(query: Query) -> str:
    link = query.restriction or Link((), "subject", Node())
    return f"{' or '.join(_reading(link, r) for r in link.relations) or 'is connected to'} {_node(link.given)}"


def _link(link: Link, query: Query) -> str:
    names = " or ".join(_reading(link, r) for r in link.relations) or "is connected to"
    what = query.noun or (query.wanted[0] if query.wanted else "who")
    if query.kind in ("yesno", "when", "unaided"):
        names = " or ".join(vocabulary().relations[r].label for r in link.relations)
        word = "when" if query.kind == "when" else "whether it has ended that" if query.ended else "whether"
        return f"{word} {_node(query.owner or Node())} {names} {_node(link.given)}"
    return f"{'number of ' if query.kind == 'count' else ''}{what} that {names} {_node(link.given)}"


def _reading(link: Link, name: str) -> str:
    relation = vocabulary().relations[name]
    return relation.label if link.asks == "subject" or relation.symmetric else relation.inverse_label or relation.label


def _node(node: Node) -> str:
    if node.link is None:
        return node.label or "somebody"
    joined = " or ".join(_reading(node.link, r) for r in node.link.relations) or "is connected to"
    return f"the {node.label or 'one'} that {joined} {_node(node.link.given)}"
