"""Work in the background: one worker thread a queue, one job after the other.

The store has a single writer, so ingest has one queue; simulations have another, for a long one must not hold up an
ingest. An ingest is `done` only when the store has put its documents. What still waits when the server stops has
`failed`; a job that can be told to stop is `cancelled`.
"""

from __future__ import annotations

import logging
import queue
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from api.kept import Kept
from graph.contract import Json
from graph.errors import StoreError, TollgraphError
from qa.risk.cascade.pace import Pace, StoppedError
from qa.risk.envelope import Result

Status = Literal["queued", "running", "done", "failed", "cancelled"]
Kind = Literal["ingest", "risk"]

_FIELDS = ("id", "kind", "status", "source", "done", "total", "documents", "claims", "error")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to: documents put into the store, or the result of a report; `error` if it came to nothing."""

    documents: int = 0
    claims: int = 0
    error: str | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, `done` of `total` steps of it; `source` says what it reads or asks."""

    id: str
    source: str
    kind: Kind = "ingest"
    status: Status = "queued"
    done: int = 0
    total: int = 1
    documents: int = 0
    claims: int = 0
    error: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in ("done", "failed", "cancelled")

    def to_json(self) -> Json:
        """The job in the shape of `api.models.Job`."""
        return {name: getattr(self, name) for name in _FIELDS}


Work = Callable[[Pace], Outcome]
"""Does the job. It may tell how far it is; one that asks whether to stop raises StoppedError then."""


class Jobs:
    """A bounded queue and its worker. `waiting` jobs at most wait; the last `kept` are remembered.

    `stoppable` says whether its jobs ask to stop. `results` keeps what they found.
    """

    def __init__(
        self, kind: Kind = "ingest", *, waiting: int = 100, kept: int = 1000, results: Kept | None = None
    ) -> None:
        self.kind = kind
        self.stoppable = kind == "risk"
        self.results = results or Kept()
        self._queue: queue.Queue[tuple[str, Work] | None] = queue.Queue(waiting)
        self._jobs: dict[str, Job] = {}
        self._kept = kept
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._asked: dict[str, threading.Event] = {}
        self._worker = threading.Thread(target=self._run, name=f"tollgraph-{kind}", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish the job that is running, or stop it if it can be; fail those that wait, end the worker."""
        self._stopping.set()
        if self._worker.is_alive():
            self._queue.put(None)
            self._worker.join()

    def submit(self, source: str, work: Work) -> Job:
        """Queue a job. Raises StoreError when too many wait already."""
        job = Job(f"j:{uuid.uuid4().hex[:16]}", source, self.kind)
        with self._lock:
            self._jobs[job.id] = job
            self._asked[job.id] = threading.Event()
            for old in [j.id for j in self._jobs.values() if j.over][: max(0, len(self._jobs) - self._kept)]:
                self._forget(old)
        try:
            self._queue.put_nowait((job.id, work))
        except queue.Full:
            with self._lock:
                self._forget(job.id)
            raise StoreError(f"{self._queue.maxsize} jobs wait already; try again soon") from None
        return job

    def get(self, job_id: str) -> Job | None:
        """The job as it stands; None if there is none of that id (any more)."""
        with self._lock:
            return self._jobs.get(job_id)

    def cancel(self, job_id: str) -> bool:
        """Have a job not begin, or stop; False if it is over, or runs and cannot be stopped."""
        with self._lock:
            job = self._jobs[job_id]
            if job.over or (job.status == "running" and not self.stoppable):
                return False
            self._asked[job_id].set()
            if job.status == "queued":
                self._jobs[job_id] = replace(job, status="cancelled")
        return True

    def waiting(self) -> int:
        """How many jobs wait."""
        return self._queue.qsize()

    def _forget(self, job_id: str) -> None:
        del self._jobs[job_id], self._asked[job_id]
        self.results.drop(job_id)

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            job_id, work = item
            if self._begin(job_id):
                self._finish(job_id, work)

    def _begin(self, job_id: str) -> bool:
        """Whether a job that was queued is to run: not if it was cancelled, nor when the server stops."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.over:
                return False
            if self._stopping.is_set():
                error = "the server stopped before this was begun; send it again"
                self._jobs[job_id] = replace(job, status="failed", error=error)
                return False
            self._jobs[job_id] = replace(job, status="running")
        return True

    def _finish(self, job_id: str, work: Work) -> None:
        asked = self._asked[job_id]
        pace = Pace(
            lambda done, total: self._update(job_id, done=done, total=total),
            lambda: asked.is_set() or self._stopping.is_set(),
        )
        try:
            outcome = work(pace)
        except StoppedError:
            self._update(job_id, status="cancelled")
        except TollgraphError as problem:
            self._update(job_id, status="failed", error=str(problem))
        except Exception:  # noqa: BLE001 - the edge of the worker: one bad job must not end it
            _log.exception("%s job %s failed", self.kind, job_id)
            self._update(job_id, status="failed", error="an error of the server; its log has the details")
        else:
            self._settle(job_id, outcome)

    def _settle(self, job_id: str, outcome: Outcome) -> None:
        if outcome.result is not None:
            self.results.put(job_id, outcome.result)
        with self._lock:
            job = self._jobs[job_id]
            self._jobs[job_id] = replace(
                job,
                status="failed" if outcome.error else "done",
                done=job.done if outcome.error else job.total,
                documents=outcome.documents,
                claims=outcome.claims,
                error=outcome.error,
            )

    def _update(self, job_id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]
