"""Watch lists: what somebody wants to hear of. They are kept in the store's bookkeeping, beside the documents.

<…/store/watch/memory> tg:watch "{\"about\": \"e:sk-hynix\", \"predicates\": [\"supplies\"]}" .
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from graph.errors import SettingsError, UnknownError
from graph.model import Claim, EntityRef
from graph.namespaces import STORE
from graph.rdf.terms import tg

if TYPE_CHECKING:
    from graph.store.protocol import Store

WATCH = tg("watch")
_PLACE = STORE + "/watch/"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Watch:
    """A list by name. Every field that is set narrows: `about` (subject or object), `subject`, `object` are entity ids,
    `predicates` relations or metrics, any of them.
    """

    name: str
    about: str | None = None
    subject: str | None = None
    object: str | None = None
    predicates: tuple[str, ...] = ()

    def touches(self, claim: Claim) -> bool:
        """Whether a claim is about what is watched."""
        other = claim.object.id if isinstance(claim.object, EntityRef) else None
        return (
            self.about in (None, claim.subject.id, other)
            and self.subject in (None, claim.subject.id)
            and self.object in (None, other)
            and (not self.predicates or claim.predicate in self.predicates)
        )


def checked(watch: Watch) -> Watch:
    """The watch itself. Raises SettingsError for a name that is blank, long or has line ends, or nothing to watch."""
    name = watch.name
    if not name.strip() or name != name.strip() or len(name) > _LONGEST or not name.isprintable():
        raise SettingsError(f"“{name[:_LONGEST]}” is no name of a watch list: up to {_LONGEST} printable characters")
    if not (watch.about or watch.subject or watch.object or watch.predicates):
        raise SettingsError(f"watch list “{name}” watches nothing: name an entity, a relation or a metric")
    return watch


def watches(store: Store) -> list[Watch]:
    """The watch lists of a store by name."""
    rows = store.select("SELECT DISTINCT ?watch ?what { ?watch tg:watch ?what }").rows
    found = (_read(watch.value, what.value) for watch, what in rows if watch is not None and what is not None)
    return sorted(found, key=lambda watch: watch.name)


def watch_named(store: Store, name: str) -> Watch:
    """The watch list of that name. Raises UnknownError, with the names there are, if there is none."""
    held = {watch.name: watch for watch in watches(store)}
    if name not in held:
        there = f"there are {', '.join(held)}" if held else "`tollgraph watch add` makes one"
        raise UnknownError(f"there is no watch list “{name}”; {there}", tuple(held))
    return held[name]


def watch_iri(name: str) -> str:
    """The node that keeps a watch list."""
    return _PLACE + quote(name, safe="")


def written(watch: Watch) -> str:
    """What that node says."""
    said = {"about": watch.about, "subject": watch.subject, "object": watch.object, "predicates": watch.predicates}
    return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)


def _read(iri: str, text: str) -> Watch:
    said = json.loads(text)
    said["predicates"] = tuple(said.get("predicates", ()))
    return Watch(unquote(iri.removeprefix(_PLACE)), **said)
