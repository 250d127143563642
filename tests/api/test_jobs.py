import threading
import time
from collections.abc import Iterator

import pytest

from api.jobs import Job, Jobs, Outcome, Work
from api.kept import Kept, weight
from graph.errors import SourceError, StoreError
from qa.risk.cascade.pace import Pace
from tests.risk.results import result


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
    job = jobs.submit("a", lambda _: Outcome(1, 7))
    assert (job.status, job.source) == ("queued", "a")
    assert finished(jobs, job).to_json() == {
        "id": job.id, "kind": "ingest", "status": "done", "source": "a", "done": 1, "total": 1,
        "documents": 1, "claims": 7, "error": None,
    }  # fmt: skip
    jobs.stop()


def test_a_source_that_cannot_be_read_fails_with_its_reason_and_the_next_one_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def unreadable(_: Pace) -> Outcome:
        raise SourceError("a: empty; give a text.")

    def broken(_: Pace) -> Outcome:
        raise RuntimeError("secret detail")

    jobs = Jobs()
    jobs.start()
    bad, worse, good = jobs.submit("a", unreadable), jobs.submit("b", broken), jobs.submit("c", lambda _: Outcome(1, 0))
    assert finished(jobs, bad).error == "a: empty; give a text."
    assert finished(jobs, worse).error == "an error of the server; its log has the details"
    assert finished(jobs, good).status == "done"
    assert "secret detail" in caplog.text
    jobs.stop()


def test_too_many_waiting_jobs_are_refused() -> None:
    jobs = Jobs(waiting=1)
    jobs.submit("a", lambda _: Outcome(1, 0))
    with pytest.raises(StoreError, match="1 jobs wait"):
        jobs.submit("b", lambda _: Outcome(1, 0))


def test_stopping_finishes_the_running_job_and_fails_the_waiting_ones() -> None:
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()

    def slow(_: Pace) -> Outcome:
        begun.set()
        go.wait(5)
        return Outcome(1, 2)

    jobs.start()
    running, waiting = jobs.submit("a", slow), jobs.submit("b", lambda _: Outcome(1, 0))
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
    made = [finished(jobs, jobs.submit(str(n), lambda _: Outcome(1, 0))) for n in range(4)]
    assert jobs.get(made[0].id) is None
    assert jobs.get(made[-1].id) == made[-1]
    jobs.stop()


def slow_until_told(begun: threading.Event) -> Work:
    """A simulation that goes on until it is told to stop."""

    def work(pace: Pace) -> Outcome:
        for draw in range(100_000):
            pace.done(draw, 100_000)
            begun.set()
            pace.check()
            time.sleep(0.005)
        raise AssertionError("nobody stopped it")

    return work


@pytest.fixture
def simulations() -> Iterator[Jobs]:
    jobs = Jobs("risk", results=Kept(number=2))
    jobs.start()
    yield jobs
    jobs.stop()


def test_a_running_simulation_tells_how_far_it_is_and_stops_within_a_second(simulations: Jobs) -> None:
    begun = threading.Event()
    job = simulations.submit("what if", slow_until_told(begun))
    assert begun.wait(5)
    running = simulations.get(job.id)
    assert running is not None
    assert (running.status, running.total) == ("running", 100_000)
    assert simulations.cancel(job.id)
    assert finished(simulations, job, seconds=3.0).status == "cancelled"
    assert not simulations.cancel(job.id)


def test_a_waiting_simulation_that_is_cancelled_never_begins(simulations: Jobs) -> None:
    begun, ran = threading.Event(), threading.Event()
    first = simulations.submit("first", slow_until_told(begun))

    def never(_: Pace) -> Outcome:
        ran.set()
        return Outcome()

    second = simulations.submit("second", never)
    assert begun.wait(5)
    assert simulations.cancel(second.id)
    found = simulations.get(second.id)
    assert found is not None
    assert found.status == "cancelled"
    simulations.cancel(first.id)
    third = simulations.submit("third", lambda _: Outcome())
    assert finished(simulations, third).status == "done"
    assert not ran.is_set()


def test_an_ingest_that_has_begun_is_not_stopped() -> None:
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()

    def slow(_: Pace) -> Outcome:
        begun.set()
        go.wait(5)
        return Outcome(1, 2)

    jobs.start()
    job = jobs.submit("a", slow)
    assert begun.wait(5)
    assert not jobs.cancel(job.id)
    go.set()
    assert finished(jobs, job).status == "done"
    jobs.stop()


def test_stopping_the_server_stops_a_simulation() -> None:
    jobs, begun = Jobs("risk"), threading.Event()
    jobs.start()
    job = jobs.submit("what if", slow_until_told(begun))
    waiting = jobs.submit("later", lambda _: Outcome())
    assert begun.wait(5)
    jobs.stop()
    assert (finished(jobs, job).status, finished(jobs, waiting).status) == ("cancelled", "failed")


def test_results_are_kept_up_to_a_number(simulations: Jobs) -> None:
    made = [simulations.submit(str(n), lambda _: Outcome(result=result())) for n in range(3)]
    finished(simulations, made[-1])
    assert [simulations.results.get(job.id) for job in made] == [None, result(), result()]
    assert finished(simulations, made[0]).status == "done"


def test_results_are_kept_up_to_a_size() -> None:
    size = weight(result())
    kept = Kept(size=2 * size)
    for n in range(3):
        kept.put(f"j:{n}", result())
    assert [kept.get(f"j:{n}") is None for n in range(3)] == [True, False, False]
    Kept(size=size - 1).put("j:0", result())
    assert weight(result(charts=())) == size - 300
