"""kill −9 at fifty random moments of a real ingest: what was acknowledged is there, whole; nothing is by halves."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from graph.rdf import decode
from graph.store import open_store
from tests.faults.writer import digest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    folder = tmp_path_factory.mktemp("killed") / "g"
    command = [sys.executable, "-m", "tests.faults.writer", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield folder, process
        assert process.stdin is not None
        process.stdin.close()


def until(stream: IO[str], word: str) -> list[list[str]]:
    """The lines up to one that begins with the word, that one last."""
    said = []
    for line in stream:
        said.append(line.split())
        if said[-1] and said[-1][0] == word:
            return said
    raise AssertionError(f"the writer ended before it said {word}")


def killed_once(process: subprocess.Popen[str], number: int, seconds: float) -> list[list[str]]:
    """What one child said until it was killed, that long after it had opened the store."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{number}\n")
    process.stdin.flush()
    told = until(process.stdout, "child")
    child = int(told[-1][1])
    if ["open"] not in told:
        told += until(process.stdout, "open")
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return told + until(process.stdout, "gone")


def test_killed_at_random_moments(writer: tuple[Path, subprocess.Popen[str]]) -> None:
    folder, process = writer
    luck = random.Random(20261125)
    assert process.stdout is not None
    until(process.stdout, "ready")
    acknowledged: dict[str, str] = {}
    in_all = unsaid = 0
    for number in range(KILLS):
        under_way: dict[str, str] = {}
        for words in killed_once(process, number * 7 % 18, luck.uniform(0, 0.12)):
            if words[0] == "try":
                under_way = {words[1]: words[2]}
            elif words[0] == "in":
                acknowledged[words[1]] = under_way.pop(words[1])
                in_all += 1
        with open_store(folder, lock_seconds=5) as store:
            held = {document.id: digest(store.quads(document.id)) for document in store.documents()}
            assert store.version() >= in_all
        for name, content in acknowledged.items():
            assert held[name] in (content, under_way.get(name))
        for name in held.keys() - acknowledged.keys():
            assert held[name] == under_way[name]
        unsaid += sum(held.get(name) != acknowledged.get(name) for name in under_way)
        acknowledged.update((name, held[name]) for name in under_way if name in held)
    assert in_all > KILLS
    with open_store(folder, write=True) as store:
        for document in store.documents():
            batch = decode(store.quads(document.id))
            for claim in batch.claims:
                assert all(batch.document.text[e.start : e.end] == e.quote for e in claim.evidence)
    print(f"{in_all} writes acknowledged, {unsaid} in the store before they could be")
