"""A finding in words that name the claim: its id, what it says, and its quote."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from graph.conform.compiled import Nodes, Subject
from graph.conform.finding import Finding
from graph.jsonld import compact
from graph.namespaces import CLAIM, OA, PROV, RDFS, id_of, name_of, term
from graph.rdf.terms import Node

_QUOTE = OA + "exact"
_LONGEST = 120


def described(finding: Finding, nodes: Nodes) -> str:
    """`claim c:9f0c… (Nvidia revenue, “the quote”): tg:unit is missing: …`, or the node where no claim points to it."""
    wrong = f"{finding.property or 'it'} {finding.message}"
    claim = _claim(finding.node, nodes)
    if claim is None:
        return f"{finding.node}: {wrong}"
    said = nodes[claim]
    value = _first(said, term("object")) or _first(said, term("objectText"))
    words = [_name(_first(said, term("subject")), nodes), _predicate(_first(said, term("predicate")))]
    if value is not None and (other := _name(value, nodes)):
        words.append(other)
    quote = _quote(said, nodes)
    about = " ".join(word for word in words if word) + (f", “{quote}”" if quote else "")
    where = "" if isinstance(claim, NamedNode) and compact(claim.value) == finding.node else f" {finding.node}:"
    named = id_of(claim.value) if isinstance(claim, NamedNode) else str(claim)
    return f"claim {named} ({about}):{where} {wrong}"


def _claim(name: str, nodes: Nodes) -> Subject | None:
    """The claim that the node is, or the first that points to it."""
    for subject, said in nodes.items():
        if not isinstance(subject, NamedNode) or not subject.value.startswith(CLAIM):
            continue
        pointed = (value for values in said.values() for value in values if isinstance(value, NamedNode))
        if compact(subject.value) == name or any(compact(value.value) == name for value in pointed):
            return subject
    return None


def _first(said: dict[str, list[Node]], predicate: str) -> Node | None:
    values = said.get(predicate)
    return values[0] if values else None


def _name(value: Node | None, nodes: Nodes) -> str:
    """The label of an entity, the words of an amount or of a text."""
    if isinstance(value, Literal):
        return value.value
    if not isinstance(value, NamedNode):
        return ""
    said = nodes.get(value, {})
    label = _first(said, RDFS + "label") or _first(said, term("text"))
    return label.value if isinstance(label, Literal) else compact(value.value)


def _predicate(value: Node | None) -> str:
    return name_of(value.value) if isinstance(value, NamedNode) else ""


def _quote(said: dict[str, list[Node]], nodes: Nodes) -> str:
    passage = _first(said, PROV + "wasDerivedFrom")
    quote = _first(nodes.get(passage, {}), _QUOTE) if isinstance(passage, NamedNode) else None
    text = quote.value if isinstance(quote, Literal) else ""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
