"""Risk jobs over HTTP: how far they are, their events and results, cancelling them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import models
from api.jobs import Job, Jobs, Outcome, Work
from api.kept import Kept
from api.services import Services
from qa.risk.cascade.pace import Pace
from tests.api.graphs import client
from tests.risk.results import result

Until = Callable[[str, str], dict[str, Any]]


@pytest.fixture
def http() -> Iterator[TestClient]:
    with client() as session:
        yield session


@pytest.fixture
def jobs(http: TestClient) -> Jobs:
    app = http.app
    assert isinstance(app, FastAPI)
    services: Services = app.state.services
    return services.risk_jobs


@pytest.fixture
def until(http: TestClient) -> Until:
    def wait(job_id: str, status: str) -> dict[str, Any]:
        limit = time.monotonic() + 5
        while time.monotonic() < limit:
            state: dict[str, Any] = http.get(f"/v1/jobs/{job_id}").json()
            if state["status"] == status:
                return state
            time.sleep(0.01)
        raise AssertionError(f"{state} is not {status}")

    return wait


def endless(pace: Pace) -> Outcome:
    for draw in range(100_000):
        pace.done(draw, 100_000)
        pace.check()
        time.sleep(0.005)
    raise AssertionError("nobody stopped it")


def in_steps(go: threading.Event) -> Work:
    def work(pace: Pace) -> Outcome:
        pace.done(1, 4)
        go.wait(5)
        pace.done(3, 4)
        return Outcome(result=result())

    return work


def submitted(jobs: Jobs, work: Work) -> str:
    job: Job = jobs.submit("TSMC stops", work)
    return job.id


def test_a_job_tells_how_far_it_is_and_has_a_result(http: TestClient, jobs: Jobs, until: Until) -> None:
    go = threading.Event()
    job = submitted(jobs, in_steps(go))
    assert until(job, "running")["kind"] == "risk"
    early = http.get(f"/v1/jobs/{job}/result")
    assert (early.status_code, early.json()["detail"]) == (409, f"{job} is running; wait until it is done")
    go.set()
    state = until(job, "done")
    models.Job.model_validate(state)
    assert (state["done"], state["total"], state["source"]) == (4, 4, "TSMC stops")
    found = http.get(f"/v1/jobs/{job}/result")
    models.RiskResult.model_validate_json(found.content)
    assert found.json()["tables"]["makers"][0]["evidence"] == [1, 2]
    table = http.get(f"/v1/jobs/{job}/result?table=makers", headers={"accept": "text/csv"})
    assert table.text.startswith("maker,maker_id,share,share_low")


def test_the_events_of_a_job_end_with_its_end(
    http: TestClient, jobs: Jobs, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, looked, get = threading.Event(), 0, jobs.get
    job = submitted(jobs, in_steps(go))
    until(job, "running")

    def once_the_stream_looks_again(job_id: str) -> Job | None:
        nonlocal looked
        looked += 1
        found = get(job_id)
        if looked > 5:
            go.set()
        return found

    monkeypatch.setattr(jobs, "get", once_the_stream_looks_again)
    blocks = http.get(f"/v1/jobs/{job}/events").text.strip().split("\n\n")
    told = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    states = [(one["event"], json.loads(one["data"])["done"]) for one in told]
    assert states[-1] == ("done", 4)
    assert states[0][0] == "running"


def test_a_running_job_is_cancelled_within_a_second(http: TestClient, jobs: Jobs, until: Until) -> None:
    job = submitted(jobs, endless)
    until(job, "running")
    begun = time.monotonic()
    answer = http.delete(f"/v1/jobs/{job}")
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert time.monotonic() - begun < 3  # a second, on a machine that has time
    assert http.delete(f"/v1/jobs/{job}").json()["status"] == "cancelled"
    assert http.get(f"/v1/jobs/{job}/result").json()["detail"] == f"{job} is cancelled"


def test_a_waiting_job_that_is_cancelled_never_begins(http: TestClient, jobs: Jobs, until: Until) -> None:
    first, second = submitted(jobs, endless), submitted(jobs, lambda _: Outcome(result=result()))
    until(first, "running")
    assert http.delete(f"/v1/jobs/{second}").json()["status"] == "cancelled"
    http.delete(f"/v1/jobs/{first}")
    until(first, "cancelled")
    assert jobs.results.get(second) is None


def test_a_long_simulation_does_not_hold_up_an_ingest(http: TestClient, jobs: Jobs, until: Until) -> None:
    job = submitted(jobs, endless)
    until(job, "running")
    taken = http.post("/v1/documents", content="Arbor sells chips.", headers={"content-type": "text/plain"}).json()
    assert until(taken["id"], "done")["kind"] == "ingest"
    refused = http.get(f"/v1/jobs/{taken['id']}/result")
    assert (refused.status_code, "takes a document in" in refused.json()["detail"]) == (404, True)
    http.delete(f"/v1/jobs/{job}")


def test_a_result_that_gave_way_is_gone(http: TestClient, jobs: Jobs, until: Until) -> None:
    jobs.results = Kept(number=1)
    first = submitted(jobs, lambda _: Outcome(result=result()))
    second = submitted(jobs, lambda _: Outcome(result=result()))
    until(second, "done")
    assert (http.get(f"/v1/jobs/{first}/result").status_code, http.get(f"/v1/jobs/{second}/result").status_code) == (
        410,
        200,
    )


def test_a_job_that_is_not_there_is_a_problem(http: TestClient) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/result"), ("GET", "/events")):
        assert http.request(method, f"/v1/jobs/j:0{path}").status_code == 404
