"""Taking in what `tollgraph export` wrote: whole documents, each as one transaction, each refused alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from graph.errors import SourceError, UnknownError
from graph.identity import claim_id
from graph.judgements import Judgement
from graph.load import Loaded, read
from graph.model import Claim, DocumentClaims
from graph.rdf import encode
from graph.store.protocol import Store
from ingest.run import Failed, Progress, Report, Skipped

Check = Callable[[DocumentClaims], str | None]
"""A further check of a document: what is wrong with it, or None."""


def import_files(
    paths: Sequence[Path],
    store: Store,
    *,
    check: Check = lambda _: None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Put every document of the files (see `graph.load.read`) into the store.

    A document of an id that the store holds is replaced, or skipped if it is the same. One that cannot be taken in
    fails alone; a file that is not well-formed fails whole. Errors of the store end the run, with all that was
    acknowledged in the store.
    """
    run = _Run(store, check, progress)
    for path in paths:
        try:
            for loaded in read(path):
                run.take(path, loaded)
        except SourceError as problem:
            run.fail(str(path), str(problem))
    return run.report()


@dataclass(slots=True)
class _Run:
    store: Store
    check: Check
    progress: Callable[[Progress], None]
    sources: dict[str, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    done: int = 0

    def __post_init__(self) -> None:
        self.sources = {document.id: document.source for document in self.store.documents()}

    def take(self, path: Path, loaded: Loaded) -> None:
        batch = loaded.batch
        if loaded.error is not None:
            self.fail(str(path), f"{path}: {loaded.error}")
            return
        if batch is None:
            self.notes += self._record(path, loaded.judgements)
            return
        source = batch.document.source
        wrong = self._other_source(batch) or self._other_claim(batch) or self.check(batch)
        if wrong:
            self.fail(source, f"{path}: {wrong}")
        elif self._held(batch):
            self.skipped.append(Skipped(source, "the graph holds it as it is"))
            self._say("skipped", source)
        else:
            self.store.put(batch)
            self._count(batch)
            self._say("in", source)

    def fail(self, source: str, error: str) -> None:
        self.failed.append(Failed(source, error))
        self._say("failed", source)

    def report(self) -> Report:
        said = (tuple(self.skipped), tuple(self.failed), tuple(self.notes))
        return Report(len(self.documents), len(self.entities), len(self.claims), *said)

    def _record(self, path: Path, judgements: Sequence[Judgement]) -> list[str]:
        """Take the judgements of a file over; those that the graph has on record stay as they are."""
        known = {judgement.id for judgement in self.store.judgements()}
        new = [judgement for judgement in judgements if judgement.id not in known]
        self.store.record(new)
        return [f"{path}: {len(new)} judgements recorded"] if new else []

    def _held(self, batch: DocumentClaims) -> bool:
        held = batch.document.id in self.sources
        return held and set(encode(batch)) == set(self.store.computed(batch.document.id))

    def _other_source(self, batch: DocumentClaims) -> str | None:
        """An id is made from its source, so a document of another source must not take its place."""
        document = batch.document
        held = self.sources.get(document.id, document.source)
        if held == document.source:
            return None
        return f"{document.id} is {held} in this graph, not {document.source}; retract the one to take in the other"

    def _other_claim(self, batch: DocumentClaims) -> str | None:
        """A claim whose id was made otherwise must not be merged with one that says something else."""
        for claim in batch.claims:
            made = claim_id(claim)
            held = None if made == claim.id else self._claim(claim.id)
            if held is not None and claim_id(held) != made:
                return f"claim {claim.id} ({claim.subject.label} {claim.predicate}) says something else in this graph"
        return None

    def _claim(self, name: str) -> Claim | None:
        try:
            return self.store.claim(name)
        except UnknownError:
            return None

    def _count(self, batch: DocumentClaims) -> None:
        self.sources[batch.document.id] = batch.document.source
        self.documents.add(batch.document.id)
        self.entities.update(entity.id for entity in batch.entities)
        self.claims.update(claim.id for claim in batch.claims)

    def _say(self, outcome: Literal["in", "skipped", "failed"], source: str) -> None:
        self.done += 1
        self.progress(Progress(self.done, self.done, source, outcome))
