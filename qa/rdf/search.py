"""Tries the readings that the words of a question leave open, and keeps the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from qa.rdf.finish import Read
from qa.rdf.form import Form
from qa.rdf.paths import Paths
from qa.rdf.pieces import Piece
from qa.rdf.profile import Profile
from qa.rdf.reader import read
from qa.rdf.spans import Meaning
from qa.rdf.words import Token

_WIDEST = 32
_CLOSE = 0.55
_MISSED = 1.5
_SURE = 0.95


def readings(
    profile: Profile, paths: Paths, words: Sequence[Token], parts: Sequence[Piece], start: Form | None = None
) -> list[Read]:
    """The readings of a question, the cheapest first. `start`: the form of the question before, to go on from."""
    found = [read(profile, paths, words, parts, choice, start) for choice in islice(_choices(profile, parts), _WIDEST)]
    return sorted(found, key=worth)


def worth(found: Read) -> float:
    """What a reading costs: links that no word speaks for, unlikely meanings, words left over."""
    return found.cost + _MISSED * len(found.unexplained) + (50 if found.form is None else 0)


def _choices(profile: Profile, parts: Sequence[Piece]) -> Iterator[dict[int, str]]:
    """Which reading to take of each noun that has several, likely combinations first; the first is left open."""
    yield {}
    options: list[list[tuple[float, int, str]]] = []
    for number, part in enumerate(parts):
        if part.kind == "value" and part.span is not None:
            classes = _kinds(profile, part)
            if len(classes) > 1:
                options.append([(0.1 * k, number, c) for k, c in enumerate(classes[:5])])
        if part.kind != "noun" or part.span is None:
            continue
        best = part.span.score
        close = [m for m in part.span.meanings if m.sense in ("class", "property") and m.score >= best - _CLOSE]
        if part.span.meanings[0].sense == "class" and best > _SURE:
            close = [m for m in close if m.score > _SURE and not _links(profile, m)]
        if len(close) > 1:
            options.append([(best - m.score, number, m.ref) for m in close[:4]])
    combined = sorted((sum(c[0] for c in combo), combo) for combo in islice(product(*options), 4000))
    for _, combo in combined if options else []:
        yield {number: ref for _, number, ref in combo}


def _links(profile: Profile, meaning: Meaning) -> bool:
    return meaning.sense == "property" and profile.properties[meaning.ref].kind == "node"


def _kinds(profile: Profile, part: Piece) -> list[str]:
    """The classes that a named node may be of."""
    assert part.span is not None
    return sorted({c for m in part.span.of("node") for n in m.terms for c in profile.types.get(n, ())})
