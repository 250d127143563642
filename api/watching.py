"""A watch list by what people type: entities by id, label or alias, predicates by name."""

from __future__ import annotations

from collections.abc import Iterable

from api.names import check_predicate, resolve
from graph.change.watch import Watch
from graph.store.protocol import Store


def wanted(
    store: Store,
    name: str,
    *,
    about: str | None = None,
    subject: str | None = None,
    object: str | None = None,
    predicates: Iterable[str] = (),
) -> Watch:
    """The watch list that is meant. Raises UnknownError or AmbiguousError for an entity or predicate."""
    return Watch(
        name,
        about=_id(store, about),
        subject=_id(store, subject),
        object=_id(store, object),
        predicates=tuple(check_predicate(predicate) for predicate in dict.fromkeys(predicates)),
    )


def _id(store: Store, typed: str | None) -> str | None:
    return resolve(store, typed).id if typed else None
