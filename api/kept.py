"""Results of jobs, kept until newer ones need the room."""

from __future__ import annotations

import threading
from collections import OrderedDict

from graph.contract import dumps
from qa.risk.envelope import Result

_POINT_BYTES = 100


class Kept:
    """At most `number` results of about `size` bytes together, the oldest go first; for several threads."""

    def __init__(self, number: int = 50, size: int = 64_000_000) -> None:
        self._number = number
        self._size = size
        self._results: OrderedDict[str, tuple[int, Result]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, job_id: str, result: Result) -> None:
        """Keep a result, unless it is larger than all room there is."""
        size = weight(result)
        with self._lock:
            self._results[job_id] = size, result
            while self._results and (len(self._results) > self._number or self._total() > self._size):
                self._results.popitem(last=False)

    def get(self, job_id: str) -> Result | None:
        """The result of a job, None if it is not kept."""
        with self._lock:
            found = self._results.get(job_id)
        return found[1] if found else None

    def drop(self, job_id: str) -> None:
        """Forget the result of a job."""
        with self._lock:
            self._results.pop(job_id, None)

    def _total(self) -> int:
        return sum(size for size, _ in self._results.values())


def weight(result: Result) -> int:
    """About how many bytes a result takes: its JSON, and the points of its charts, which that leaves out."""
    points = sum(len(chart.points) for chart in result.charts)
    return len(dumps(result.to_json())) + _POINT_BYTES * points
