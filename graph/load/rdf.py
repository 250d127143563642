"""Documents out of RDF with a named graph a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from graph.errors import ShapeError, SourceError
from graph.judgements.rdf import GRAPH as JUDGED
from graph.load.document import Loaded, from_quads
from graph.load.judged import computed_of, judgements_of
from graph.namespaces import DOCUMENT, id_of, iri

Name = NamedNode | BlankNode | DefaultGraph


def read_rdf(path: Path, syntax: RdfFormat) -> Iterator[Loaded]:
    """The documents of a file. Raises SourceError before the first if it is not well-formed, or has other graphs."""
    together, judged = _inspect(path, syntax)
    former = computed_of(judged)
    for name, quads in _graphs(path, syntax) if together else _gathered(path, syntax):
        if name != JUDGED:
            found = _id(path, name)
            yield from_quads(found, quads, former.get(found))
    if judged:
        yield _judgements(judged)


def _judgements(quads: list[Quad]) -> Loaded:
    try:
        return Loaded("judgements", judgements=tuple(judgements_of(quads)))
    except ShapeError as problem:
        return Loaded("judgements", error=str(problem))


def _inspect(path: Path, syntax: RdfFormat) -> tuple[bool, list[Quad]]:
    """Read all of it: whether the statements of each graph stand together, and those of the graph of judgements."""
    done: set[Name] = set()
    together = True
    judged: dict[Quad, None] = {}
    for name, quads in groupby(_parse(path, syntax), key=lambda quad: quad.graph_name):
        if name == JUDGED:
            judged |= dict.fromkeys(quads)
        else:
            _id(path, name)
        together = together and name not in done
        done.add(name)
    return together, list(judged)


def _graphs(path: Path, syntax: RdfFormat) -> Iterator[tuple[Name, list[Quad]]]:
    for name, quads in groupby(_parse(path, syntax), key=lambda quad: quad.graph_name):
        yield name, list(dict.fromkeys(quads))


def _gathered(path: Path, syntax: RdfFormat) -> Iterator[tuple[Name, list[Quad]]]:
    """All graphs at once in memory, for a file that another tool has put in an order of its own."""
    found: dict[Name, dict[Quad, None]] = {}
    for quad in _parse(path, syntax):
        found.setdefault(quad.graph_name, {})[quad] = None
    while found:
        name = next(iter(found))
        yield name, list(found.pop(name))


def _id(path: Path, name: Name) -> str:
    if isinstance(name, DefaultGraph):
        raise SourceError(f"{path} has statements outside the graph of any document; export as trig, nquads or jsonld")
    if isinstance(name, NamedNode) and name.value.startswith(DOCUMENT):
        found = id_of(name.value)
        if len(found) > len("d:") and iri(found) == name.value:
            return found
    raise SourceError(f"{path} has a graph {name}, which is no document's (<{DOCUMENT}…>); nothing of it was taken in")


def _parse(path: Path, syntax: RdfFormat) -> Iterator[Quad]:
    try:
        yield from parse(path=path, format=syntax)
    except SyntaxError as problem:
        line = f", line {problem.lineno}" if problem.lineno else ""
        raise SourceError(f"{path}{line}: {_reason(problem)}") from None
    except (OSError, ValueError) as problem:
        raise SourceError(f"{path} cannot be read ({str(problem).splitlines()[0]})") from None


def _reason(problem: SyntaxError) -> str:
    if "LoadDocumentCallback" in problem.msg:
        return "its JSON-LD context is elsewhere, and nothing is fetched; export anew, or put the context in the file"
    return f"no well-formed RDF ({problem.msg.splitlines()[0]})"
