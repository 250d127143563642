"""Ingest in the background: one worker thread, one job after the other, so that the store has a single writer.

A job is `done` only when the store has put its documents; what still waits when the server stops has `failed`.
"""

from __future__ import annotations

import logging
import queue
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from graph.contract import Json
from graph.errors import StoreError, TollgraphError

Status = Literal["queued", "running", "done", "failed"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingest put into the store; `error` if it could take nothing in."""

    documents: int
    claims: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One source on its way in."""

    id: str
    source: str
    status: Status = "queued"
    documents: int = 0
    claims: int = 0
    error: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in ("done", "failed")

    def to_json(self) -> Json:
        """The job in the shape of `api.models.Job`."""
        return {name: getattr(self, name) for name in ("id", "status", "source", "documents", "claims", "error")}


Work = Callable[[], Outcome]


class Jobs:
    """A bounded queue and its worker. `waiting` jobs at most wait; the last `kept` are remembered."""

    def __init__(self, *, waiting: int = 100, kept: int = 1000) -> None:
        self._queue: queue.Queue[tuple[str, Work] | None] = queue.Queue(waiting)
        self._jobs: dict[str, Job] = {}
        self._kept = kept
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._worker = threading.Thread(target=self._run, name="tollgraph-ingest", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish the job that is running, fail those that wait, end the worker."""
        self._stopping.set()
        if self._worker.is_alive():
            self._queue.put(None)
            self._worker.join()

    def submit(self, source: str, work: Work) -> Job:
        """Queue an ingest. Raises StoreError when too many wait already."""
        job = Job(f"j:{uuid.uuid4().hex[:16]}", source)
        with self._lock:
            self._jobs[job.id] = job
            for old in [j.id for j in self._jobs.values() if j.over][: max(0, len(self._jobs) - self._kept)]:
                del self._jobs[old]
        try:
            self._queue.put_nowait((job.id, work))
        except queue.Full:
            with self._lock:
                del self._jobs[job.id]
            raise StoreError(f"{self._queue.maxsize} documents wait to be taken in already; try again soon") from None
        return job

    def get(self, job_id: str) -> Job | None:
        """The job as it stands; None if there is none of that id (any more)."""
        with self._lock:
            return self._jobs.get(job_id)

    def waiting(self) -> int:
        """How many jobs wait."""
        return self._queue.qsize()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            job_id, work = item
            if self._stopping.is_set():
                self._update(
                    job_id, status="failed", error="the server stopped before this was taken in; send it again"
                )
                continue
            self._update(job_id, status="running")
            self._finish(job_id, work)

    def _finish(self, job_id: str, work: Work) -> None:
        try:
            outcome = work()
        except TollgraphError as problem:
            self._update(job_id, status="failed", error=str(problem))
        except Exception:  # noqa: BLE001 - the edge of the worker: one bad document must not end it
            _log.exception("ingest job %s failed", job_id)
            self._update(job_id, status="failed", error="an error of the server; its log has the details")
        else:
            status: Status = "failed" if outcome.error else "done"
            self._update(job_id, status=status, documents=outcome.documents, claims=outcome.claims, error=outcome.error)

    def _update(self, job_id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]
