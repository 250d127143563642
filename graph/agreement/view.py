"""Conflicts and origins in a store. What is derived (signatures of texts, copies, conflicts) is remembered."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.agreement.conflicts import Conflict, conflicts
from graph.agreement.copies import Copies, sign
from graph.agreement.origins import Origin, alone, independent
from graph.agreement.pairs import DISAGREEMENTS, Kind
from graph.agreement.sources import Sources
from graph.model import Claim
from graph.store.protocol import ClaimFilter, Store
from graph.views.cache import per_store, per_version
from graph.views.timeline import Sources as Documents
from graph.vocabulary import vocabulary

if TYPE_CHECKING:
    from graph.agreement.signing import Signature

_Signed = dict[str, "tuple[str, Signature]"]


class Agreement:
    """One version of a store as to who agrees with whom; use `agreement`, which remembers it. Safe between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sources = Sources(Documents(store))
        self._signed: _Signed = per_store(store, "agreement.signatures", dict)
        if len(self._signed) > store.counts().documents:
            self._signed.clear()
        self._copies = Copies(self._signature)
        self._lock = threading.RLock()

    def origins(self, claims: Iterable[Claim]) -> tuple[Origin, ...]:
        """The independent sources of several claims together. Texts are read only where copies have to be told."""
        with self._lock:
            return independent(claims, self.sources, self._copies)

    def alone(self, claims: Collection[Claim]) -> bool:
        """Whether all goes back to a single source; False of no claims."""
        with self._lock:
            return bool(claims) and alone(claims, self.sources, self._copies)

    def conflicts(
        self, where: ClaimFilter | None = None, kinds: Collection[Kind] = DISAGREEMENTS
    ) -> tuple[Conflict, ...]:
        """The conflicts among the claims that the filter lets through; those about an entity have it on some side."""
        wanted = where or ClaimFilter()
        key = ("agreement.conflicts", wanted, frozenset(kinds))
        return per_version(self._store, key, lambda: self._conflicts(wanted, kinds))

    def _conflicts(self, where: ClaimFilter, kinds: Collection[Kind]) -> tuple[Conflict, ...]:
        held = {claim.id: claim for part in _filters(where) for claim in self._store.claims(part)}
        with self._lock:
            found = conflicts(held.values(), self.sources.documents, kinds=kinds, copies=self._copies)
        return tuple(
            conflict
            for conflict in found
            if where.predicate in (None, conflict.predicate)
            and (where.about is None or where.about in conflict.entities)
            and (where.subject in (None, conflict.subject.id))
        )

    def _signature(self, document: str) -> Signature | None:
        """The signature of a document's text, made anew only if the text has changed."""
        held = self.sources.documents.get(document)
        if held is None:
            return None
        known = self._signed.get(document)
        if known is None or known[0] != held.sha256:
            known = self._signed[document] = (held.sha256, sign(self._store.document(document).text))
        return known[1]


def agreement(store: Store) -> Agreement:
    """The agreement of the store as it stands now."""
    return per_version(store, "agreement", lambda: Agreement(store))


def _filters(where: ClaimFilter) -> list[ClaimFilter]:
    """The filter itself, and all claims of exclusive relations: a side may not name the entity asked about."""
    names = [name for name, relation in vocabulary().relations.items() if relation.exclusive]
    wide = replace(where, about=None, subject=None, object=None, document=None)
    return [where, *(replace(wide, predicate=name) for name in names if where.predicate in (None, name))]
