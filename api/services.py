"""What the HTTP handlers work with, made once at start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Annotated

from fastapi import Depends, Request

from api.asker import Asker, EngineAsker
from api.chats import Chats
from api.chatting import Chatting
from api.counters import Counters
from api.intake import Extract, Upload, intake
from api.jobs import Job, Jobs
from api.slots import Slots
from api.web.examples import Examples
from graph.errors import SettingsError, UnknownError
from graph.settings import Settings
from graph.store.protocol import Store
from qa.passages import Passages

_QUERIES_AT_ONCE = 2
_EXPORTS_AT_ONCE = 2
_SIMULATIONS_AT_ONCE = 1  # that a client waits for; longer ones are jobs
_SIMULATIONS_WAITING = 20
_SIMULATIONS_KEPT = 200
_TURNS_AT_ONCE = 4  # of conversations; the others wait without a thread

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Services:
    """The open store and everything built on it. `examples()` are questions that the graph answers now."""

    store: Store
    settings: Settings
    ask: Asker
    passages: Passages
    extract: Extract
    now: Callable[[], datetime]
    examples: Examples
    chatting: Chatting
    jobs: Jobs = field(default_factory=Jobs)
    risk_jobs: Jobs = field(default_factory=lambda: Jobs("risk", waiting=_SIMULATIONS_WAITING, kept=_SIMULATIONS_KEPT))
    counters: Counters = field(default_factory=Counters)
    query_slots: Slots = field(default_factory=lambda: Slots(_QUERIES_AT_ONCE))
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_TURNS_AT_ONCE))
    export_slots: Slots = field(default_factory=lambda: Slots(_EXPORTS_AT_ONCE))
    risk_slots: Slots = field(default_factory=lambda: Slots(_SIMULATIONS_AT_ONCE))

    def queue_of(self, job_id: str) -> Jobs:
        """The queue that has a job. Raises UnknownError if none has."""
        for jobs in (self.jobs, self.risk_jobs):
            if jobs.get(job_id) is not None:
                return jobs
        raise UnknownError(f"there is no job {job_id}; it may have been forgotten after a restart: GET /v1/documents")

    def take_in(self, upload: Upload) -> Job:
        """Queue a document. Raises SettingsError for an address to fetch when not served on the local machine only."""
        if upload.data is None and self.settings.host not in LOOPBACK:
            raise SettingsError("this server fetches no addresses for others; send the page itself as text/html")
        return self.jobs.submit(
            upload.source,
            lambda _: intake(upload, self.store, self.settings, extract=self.extract, now=self.now()),
        )


def build(store: Store, settings: Settings, *, ask: Asker | None = None, extract: Extract | None = None) -> Services:
    """The services over an open store; indexes and language model are loaded when first needed."""
    passages = Passages(store, vectors=settings.vectors, model=settings.vector_model)
    engine = EngineAsker(store, settings, passages)
    asker = ask or engine
    chats = Chats(settings.chats_file, kept=settings.chats_kept, days=settings.chats_days)
    chatting = Chatting(engine, chats, _now)
    examples = Examples(store, asker)
    return Services(store, settings, asker, passages, extract or _extractor(), _now, examples, chatting)


def _now() -> datetime:
    return datetime.now(UTC)


def _extractor() -> Extract:
    @cache
    def pipeline() -> Extract:
        from ingest.pipeline import Pipeline

        return Pipeline().extract

    return lambda document: pipeline()(document)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Using = Annotated[Services, Depends(_services)]
