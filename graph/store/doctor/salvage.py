"""Whatever can still be read of a damaged database: whole documents, and what the store itself keeps beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from graph.namespaces import DCTERMS, DOCUMENT, SCHEMA
from graph.rdf.terms import TYPE, literal, node, tg
from graph.store.doctor.checks import BROKEN, document_problem, graphs, stamps_in

T = TypeVar("T")

_ARTICLE = node(SCHEMA + "Article")
_WRITTEN = tg("written")
_DEFAULT = DefaultGraph()
_FAILURES = 10_000  # in a row; a table that is damaged may say so for ever

Graph = NamedNode | BlankNode | DefaultGraph


@dataclass(slots=True)
class Salvage:
    """What came of it: how many documents are whole, those that are lost, with their source and the reason.

    `unnamed` counts the documents that are lost with their very names.
    """

    kept: int = 0
    unnamed: int = 0
    lost: list[tuple[str, str, str]] = field(default_factory=list)


def salvage(old: Store, new: Store, told: Callable[[int, int], None]) -> Salvage:
    """Copy every whole document, and every other graph so far as it can be read, from one database to another."""
    report = Salvage()
    predicates = _predicates(old)
    kept_beside = _gathered(old, _DEFAULT, predicates, ())
    stamps = stamps_in(kept_beside)
    named = sorted(stamps.keys() | (_attempt(lambda: graphs(old)) or set()) | _articles(old))
    report.unnamed = _unnamed(old, len(named))
    rest = _by_graph(old, predicates, {name for name in named if not _readable(old, name)})
    next_number = max(stamps.values(), default=0) + 1
    for done, name in enumerate(named, 1):
        quads = _gathered(old, NamedNode(name), predicates, rest.get(name, ()))
        problem = document_problem(name, quads) if quads else "nothing of it can be read"
        if problem:
            report.lost.append((name, _source(old, name), problem))
        else:
            if name not in stamps:
                quads.append(Quad(NamedNode(name), _WRITTEN, literal(next_number), _DEFAULT))
                next_number += 1
            new.bulk_extend(quads) if len(quads) > 5_000 else new.extend(quads)
            report.kept += 1
        told(done, len(named))
    lost = {name for name, *_ in report.lost}
    new.extend(quad for quad in kept_beside if getattr(quad.subject, "value", "") not in lost)
    for graph in _others(old):
        new.extend(_gathered(old, graph, predicates, ()))
    return report


def _gathered(quads: Store, graph: Graph, predicates: Iterable[NamedNode], rest: Iterable[Quad]) -> list[Quad]:
    """The quads of a graph from its first table, or if that is damaged all that two other tables yield of it."""
    whole = _attempt(lambda: list(quads.quads_for_pattern(None, None, None, graph)))
    if whole is not None:
        return whole
    found = dict.fromkeys(_readable_of(quads.quads_for_pattern(None, None, None, graph)))
    for predicate in predicates:
        found.update(dict.fromkeys(_readable_of(quads.quads_for_pattern(None, predicate, None, graph))))
    found.update(dict.fromkeys(rest))
    return list(found)


def _by_graph(quads: Store, predicates: Iterable[NamedNode], wanted: set[str]) -> dict[str, list[Quad]]:
    """What the table over all graphs holds of the wanted ones."""
    found: defaultdict[str, list[Quad]] = defaultdict(list)
    for predicate in predicates if wanted else ():
        for quad in _readable_of(quads.quads_for_pattern(None, predicate, None, None)):
            name = getattr(quad.graph_name, "value", "")
            if name in wanted:
                found[name].append(quad)
    return found


def _readable(quads: Store, name: str) -> bool:
    return _attempt(lambda: sum(1 for _ in quads.quads_for_pattern(None, None, None, NamedNode(name)))) is not None


def _articles(quads: Store) -> set[str]:
    found = _readable_of(quads.quads_for_pattern(None, TYPE, _ARTICLE, None))
    names = {cast(NamedNode, quad.subject).value for quad in found}
    return {name for name in names if name.startswith(DOCUMENT)}


def _unnamed(quads: Store, named: int) -> int:
    """How many documents have a graph whose name cannot be read, beyond those found by another way."""
    return max(0, _counted(quads.named_graphs()) - len(_others(quads)) - named)


def _counted(items: Iterable[object]) -> int:
    """How many items there are, readable or not; 0 if the table is damaged itself."""
    source = iter(items)
    count = failures = 0
    while failures < _FAILURES:
        try:
            next(source)
            failures = 0
        except StopIteration:
            return count
        except BROKEN:
            failures += 1
        count += 1
    return 0


def _others(quads: Store) -> list[Graph]:
    """Named graphs that are no documents."""
    found: list[Graph] = list(_readable_of(quads.named_graphs()))
    return [graph for graph in found if not getattr(graph, "value", "").startswith(DOCUMENT)]


def _predicates(quads: Store) -> list[NamedNode]:
    """Every predicate that a readable stretch of the tables shows."""
    seen = {quad.predicate for quad in _readable_of(quads.quads_for_pattern(None, None, None, None))}
    for graph in _readable_of(quads.named_graphs()):
        if seen and len(seen) > 200:
            break
        seen |= {quad.predicate for quad in _readable_of(quads.quads_for_pattern(None, None, None, graph))}
    return sorted(seen | {TYPE, _WRITTEN}, key=lambda predicate: predicate.value)


def _source(quads: Store, name: str) -> str:
    for predicate in (DCTERMS + "source", SCHEMA + "name"):
        for quad in _readable_of(quads.quads_for_pattern(NamedNode(name), NamedNode(predicate), None, None)):
            return str(getattr(quad.object, "value", ""))
    return ""


def _readable_of(items: Iterable[T]) -> Iterator[T]:
    """The items that can be read: one whose words are lost is passed over, a table that is damaged ends there."""
    source = iter(items)
    failures = 0
    while failures < _FAILURES:
        try:
            item = next(source)
        except StopIteration:
            return
        except BROKEN:
            failures += 1
        else:
            failures = 0
            yield item


def _attempt(work: Callable[[], T]) -> T | None:
    """What the work returns, None if the database cannot read what it needs."""
    try:
        return work()
    except BROKEN:
        return None
