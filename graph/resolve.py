"""Which entity, predicate or type a user means by what was typed."""

from __future__ import annotations

from difflib import get_close_matches

from graph.errors import AmbiguousError, UnknownError
from graph.model import Entity
from graph.store.protocol import Store
from graph.text.names import Candidate, NameMatcher
from graph.views.cache import per_version
from graph.vocabulary import vocabulary

_OWN_NAME = 0.9


def resolve(store: Store, name: str) -> Entity:
    """The entity of that id (`e:…`), label or alias, whatever the case.

    Raises AmbiguousError where several bear the name alike, UnknownError with the nearest names where none does.
    """
    wanted = name.strip()
    if wanted.startswith("e:"):
        return store.entity(wanted)
    matcher = per_version(store, "graph.resolve", lambda: NameMatcher(store.entities()))
    candidates = matcher.resolve(wanted)
    bearers = [c for c in candidates if c.score > _OWN_NAME]
    best = [c.entry for c in bearers if c.score == bearers[0].score]
    if len(best) == 1:
        return best[0]
    if best:
        raise _ambiguous(wanted, best)
    raise _unknown(wanted, candidates)


def _ambiguous(name: str, bearers: list[Entity]) -> AmbiguousError:
    choices = tuple(e.id for e in bearers)
    said = ", ".join(f"{e.label} ({e.type}, {e.id})" for e in bearers)
    return AmbiguousError(f"“{name}” may be {said}; give the id", choices)


def _unknown(name: str, near: list[Candidate[Entity]]) -> UnknownError:
    labels = tuple(dict.fromkeys(c.entry.label for c in near))
    way_out = f"did you mean {', '.join(labels)}?" if labels else "`tollgraph entities` lists what there is"
    return UnknownError(f"nothing in the graph is called “{name}”; {way_out}", labels)


def check_predicate(name: str) -> str:
    """The name itself if the vocabulary has it. Raises UnknownError with the nearest ones."""
    words = vocabulary()
    return _check(name, (*words.relations, *words.metrics), "predicate")


def check_type(name: str) -> str:
    """The name itself if it is an entity type. Raises UnknownError with the nearest ones."""
    return _check(name, tuple(vocabulary().types), "entity type")


def _check(name: str, known: tuple[str, ...], kind: str) -> str:
    if name in known:
        return name
    near = tuple(get_close_matches(name, known, cutoff=0.6))
    way_out = f"did you mean {', '.join(near)}?" if near else "docs/vocabulary.md lists them"
    raise UnknownError(f"there is no {kind} “{name}”; {way_out}", near)
