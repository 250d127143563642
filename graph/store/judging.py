"""The writing half of the corrections desk, the same for every store that can be written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from pyoxigraph import NamedNode, Quad

from graph.errors import UnknownError
from graph.judgements import Judgement, Proposal, Rulings, encode_judgements, in_order, revoked
from graph.judgements.rdf import GRAPH as JUDGED
from graph.namespaces import iri
from graph.store.desk import affected, revision
from graph.store.history import DEFAULT
from graph.store.proposals import Clerk
from graph.store.reader import Reader
from graph.store.reading import Reading
from graph.store.seam import Quads


class Judging(Reader):
    """Records judgements; what its methods do and raise is said in `Store`."""

    @abstractmethod
    def _deciding(self) -> AbstractContextManager[tuple[Quads, Reading, Rulings]]:
        """The graph as it is and the judgements in force; nobody else writes while the block runs. StoreError if this
        store may not be written.
        """

    @abstractmethod
    def _instant(self, taken: datetime | None) -> datetime:
        """When the write at hand takes place, which is at `taken` if that is not before the last one."""

    @abstractmethod
    def _rule(self, rulings: Rulings, changed: tuple[Judgement, ...], at: datetime) -> None:
        """Record the judgements that changed, and bring the documents to what the rulings now say (see `ruled`)."""

    def judge(self, proposal: Proposal) -> Judgement:
        """Record a judgement and correct the documents that it bears on, in one transaction; see `Store`."""
        with self._deciding() as (quads, reading, rulings):
            held = self.judgements()
            number = max((judgement.number for judgement in held), default=0) + 1
            made = Clerk(quads, reading, rulings).judgement(proposal, at=self._instant(None), number=number)
            self._rule(Rulings([*held, made]), (made,), made.at)
            return made

    def record(self, judgements: Iterable[Judgement]) -> None:
        """Take judgements over as they stand (from another store); those on record stay as they are."""
        with self._deciding():
            held = self.judgements()
            known = {judgement.id for judgement in held}
            new = tuple(judgement for judgement in judgements if judgement.id not in known)
            if new:
                self._rule(Rulings(in_order([*held, *new])), new, self._instant(None))

    def revoke(self, judgement_id: str, *, by: str, why: str) -> Judgement:
        """Take a judgement back; it stays on record. UnknownError if there is none, QueryError if it is revoked."""
        with self._deciding():
            held = {judgement.id: judgement for judgement in self.judgements()}
            if judgement_id not in held:
                raise UnknownError(f"no judgement {judgement_id} on record: `tollgraph judgements` lists them")
            at = self._instant(None)
            made = revoked(held[judgement_id], by=by, at=at, why=why)
            self._rule(Rulings((held | {made.id: made}).values()), (made,), at)
            return made


def ruled(quads: Quads, rulings: Rulings, changed: tuple[Judgement, ...]) -> tuple[set[Quad], set[Quad]]:
    """What has to go and what has to come (but for stamps) where judgements changed to what the rulings say."""
    gone: set[Quad] = set()
    new = set(encode_judgements(changed))
    for judgement in changed:
        for place in (JUDGED, DEFAULT):
            gone.update(quads.quads_for_pattern(NamedNode(iri(judgement.id)), None, None, place))
    for graph in {name for judgement in changed for name in affected(quads, judgement)}:
        out, into = revision(quads, NamedNode(graph), rulings)
        gone |= out
        new |= into
    return gone, new
