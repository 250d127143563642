import threading
import time

import pytest

from api.jobs import Job, Jobs, Outcome
from graph.errors import SourceError, StoreError


def finished(jobs: Jobs, job: Job, seconds: float = 5.0) -> Job:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        found = jobs.get(job.id)
        assert found is not None
        if found.over:
            return found
        time.sleep(0.005)
    raise AssertionError("the job did not end in time")


def test_a_job_is_done_with_what_it_put() -> None:
    jobs = Jobs()
    jobs.start()
    job = jobs.submit("a", lambda: Outcome(1, 7))
    assert (job.status, job.source) == ("queued", "a")
    assert finished(jobs, job).to_json() == {
        "id": job.id, "status": "done", "source": "a", "documents": 1, "claims": 7, "error": None,
    }  # fmt: skip
    jobs.stop()


def test_a_source_that_cannot_be_read_fails_with_its_reason_and_the_next_one_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def unreadable() -> Outcome:
        raise SourceError("a: empty; give a text.")

    def broken() -> Outcome:
        raise RuntimeError("secret detail")

    jobs = Jobs()
    jobs.start()
    bad, worse, good = jobs.submit("a", unreadable), jobs.submit("b", broken), jobs.submit("c", lambda: Outcome(1, 0))
    assert finished(jobs, bad).error == "a: empty; give a text."
    assert finished(jobs, worse).error == "an error of the server; its log has the details"
    assert finished(jobs, good).status == "done"
    assert "secret detail" in caplog.text
    jobs.stop()


def test_too_many_waiting_jobs_are_refused() -> None:
    jobs = Jobs(waiting=1)
    jobs.submit("a", lambda: Outcome(1, 0))
    with pytest.raises(StoreError, match="1 documents wait"):
        jobs.submit("b", lambda: Outcome(1, 0))


def test_stopping_finishes_the_running_job_and_fails_the_waiting_ones() -> None:
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()

    def slow() -> Outcome:
        begun.set()
        go.wait(5)
        return Outcome(1, 2)

    jobs.start()
    running, waiting = jobs.submit("a", slow), jobs.submit("b", lambda: Outcome(1, 0))
    assert begun.wait(5)
    stopper = threading.Thread(target=jobs.stop)
    stopper.start()
    time.sleep(0.05)
    go.set()
    stopper.join(5)
    assert finished(jobs, running).claims == 2
    assert finished(jobs, waiting).status == "failed"


def test_the_oldest_finished_jobs_are_forgotten() -> None:
    jobs = Jobs(kept=2)
    jobs.start()
    made = [finished(jobs, jobs.submit(str(n), lambda: Outcome(1, 0))) for n in range(4)]
    assert jobs.get(made[0].id) is None
    assert jobs.get(made[-1].id) == made[-1]
    jobs.stop()
