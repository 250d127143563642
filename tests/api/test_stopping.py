"""Signals that end a command: at once, or after what must be whole."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.commands.stopping import terminable
from graph.model import DocumentClaims
from graph.settings import Settings
from graph.store import OxigraphStore
from ingest.run import ingest_sources

BOTH = [signal.SIGINT, signal.SIGTERM]


def held(number: signal.Signals, done: list[str], error: Exception | None = None) -> None:
    with terminable() as interrupts:
        with interrupts.held():
            signal.raise_signal(number)
            signal.raise_signal(number)
            done.append("whole")
            if error:
                raise error
        done.append("more")


def at_once(number: signal.Signals) -> None:
    with terminable():
        signal.raise_signal(number)
        raise AssertionError("went on")


@pytest.mark.parametrize("number", BOTH)
def test_at_once(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt):
        at_once(number)
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", BOTH)
def test_after_what_must_be_whole(number: signal.Signals) -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        held(number, done)
    assert done == ["whole"]


def test_an_error_in_what_must_be_whole_comes_first() -> None:
    done: list[str] = []
    with pytest.raises(ValueError, match="disk"):
        held(signal.SIGINT, done, ValueError("disk"))
    assert done == ["whole"]


def test_a_thread_takes_no_signals() -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen = []

    def work() -> None:
        with terminable() as interrupts, interrupts.held():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_document_is_told_of_when_it_is_in(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Firm {name} is here.\n")
    told: list[str] = []

    class Interrupted(OxigraphStore):
        def put(self, batch: DocumentClaims) -> None:
            super().put(batch)
            signal.raise_signal(signal.SIGINT)

    with Interrupted() as store:
        with pytest.raises(KeyboardInterrupt), terminable() as interrupts:
            ingest_sources(
                [str(tmp_path)],
                store,
                settings=Settings(),
                extract=lambda document: DocumentClaims(document, (), ()),
                now=lambda: datetime(2026, 3, 9, tzinfo=UTC),
                progress=lambda step: told.append(step.outcome),
                whole=interrupts.held,
            )
        assert told == ["in"]
        assert len(store.documents()) == 1
