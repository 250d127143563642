"""`tollgraph chat`: a conversation over a pipe, its commands, and the conversations that are kept."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.errors import StoreError
from graph.store import open_store
from tests.qa.talks import late, suppliers

WHO = "Who supplies Osprey?"
Said = tuple[int, str, str]
Talk = Callable[..., Said]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks") / "graph"
    with open_store(folder, write=True) as store:
        store.put(suppliers())
        store.put(late())
    return folder


@pytest.fixture
def graph(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "graph"))


@pytest.fixture
def talk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, graph: Path) -> Talk:
    """Pipe lines into a chat: (exit code, stdout, stderr)."""

    def call(*lines: str, options: tuple[str, ...] = ()) -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = run(["--graph", str(graph), "chat", *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def rows(said: Said) -> list[dict[str, Any]]:
    assert (said[0], said[2]) == (0, "")
    return [json.loads(line) for line in said[1].splitlines()]


def test_a_turn_shows_the_understood_question_the_answer_and_numbered_passages(talk: Talk) -> None:
    code, out, err = talk(WHO, "Which of them make chips?")
    assert (code, err) == (0, "")
    assert "Understood: Company that supplies Osprey" in out
    assert "Lindal, Mirova, Norvik and Quillon. Lindal supplies Osprey. [1]" in out
    assert "  [1] “Lindal, of Taiwan, makes the Kestrel and sells wafers to Osprey and Gannet.”" in out
    assert "whoever manufactures or develops chips" in " ".join(out.split())


def test_options_are_numbered_and_chosen(talk: Talk) -> None:
    _, out, _ = talk("Who makes the Heron 4?", "2")
    assert "Which one do you mean?\n  1. Heron phone part, a chip (is manufactured by Mirova)\n" in out
    assert "Lindal manufactures Heron server part. [1]" in out


def test_json_is_one_answer_a_line(talk: Talk) -> None:
    found = rows(talk(WHO, "", "How many?", "/session", options=("--json",)))
    assert [(row.get("turn"), row.get("edit")) for row in found] == [(1, "new"), (2, "count"), (None, None)]
    assert found[1]["values"][0]["low"] == 4
    assert {row["session"] for row in found} == {found[0]["session"]}
    assert found[2]["said"] == f"Conversation {found[0]['session']}, 2 turns."


def test_commands(talk: Talk) -> None:
    _, out, _ = talk(WHO, "/evidence 1", "/evidence 9", "/sources", "/help", "/what", "/new", "How many?", "/quit", WHO)
    assert "»Lindal, of Taiwan, makes the Kestrel and sells wafers to Osprey and Gannet.«\nMirova, of China" in out
    assert "There is no passage 9; there are 1, 2, 3." in out
    assert out.count("  [3] “Quillon now supplies Osprey, too.”") == 2
    assert "/evidence N" in out
    assert "There is no /what; /help lists the commands." in out
    after_new = out.partition("A new conversation, ")[2]
    assert "not understood" in after_new
    assert "Lindal" not in after_new.replace("Related", "").partition("Related passages")[0]


def test_a_conversation_goes_on_another_day_and_can_be_forgotten(talk: Talk) -> None:
    session = rows(talk(WHO, options=("--json",)))[0]["session"]
    again = rows(talk("How many?", options=("--session", session, "--json")))
    assert (again[0]["turn"], again[0]["values"][0]["low"]) == (2, 4)
    listed = json.loads(talk(options=("--list", "--json"))[1])
    assert [(s["id"], s["title"], s["turns"]) for s in listed] == [(session, WHO, 2)]
    assert session in talk(options=("--list",))[1]
    assert talk(options=("--delete", session)) == (0, f"Conversation {session} is forgotten.\n", "")
    assert talk(options=("--list",))[1].startswith("No conversation is kept yet")
    code, out, err = talk(WHO, options=("--session", session))
    assert (code, out) == (1, "")
    assert err.startswith(f"tollgraph: there is no conversation {session}")
    assert talk(options=("--delete", session))[0] == 1


def test_it_goes_on_after_a_write_and_after_a_retraction(talk: Talk, graph: Path) -> None:
    session = rows(talk(WHO, options=("--json",)))[0]["session"]
    with open_store(graph, write=True) as store:
        store.remove(late().document.id)
    turn = rows(talk("How many?", options=("--session", session, "--json")))[0]
    assert turn["values"][0]["low"] == 3
    assert any("1 of the 4 claims of the answer before" in c for c in turn["caveats"])
    with open_store(graph, write=True) as store:
        store.put(late())
    turn = rows(talk("How many?", options=("--session", session, "--json")))[0]
    assert turn["values"][0]["low"] == 4


def test_a_passage_of_a_retracted_document_is_still_quoted(talk: Talk, graph: Path) -> None:
    session = rows(talk("Does Quillon supply Osprey?", options=("--json",)))[0]["session"]
    with open_store(graph, write=True) as store:
        store.remove(late().document.id)
    _, out, _ = talk("/evidence 1", options=("--session", session))
    assert (
        out == "“Quillon now supplies Osprey, too.”\nThe document, Osprey adds Quillon, is not in the graph any more.\n"
    )


def test_the_two_clocks(talk: Talk) -> None:
    found = rows(talk(WHO, "How many?", options=("--as-of", "2026-02-15", "--json")))
    assert found[1]["values"][0]["low"] == 3
    assert rows(talk(WHO, options=("--known-at", "2020-01-01", "--json")))[0]["status"] == "unknown"


def test_the_graph_is_let_go_of_while_nobody_says_anything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], graph: Path
) -> None:
    from api.commands import talk as module

    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.05)
    stdin = _Slow([WHO, "How many?"], graph)
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(["--graph", str(graph), "chat", "--json"]) == 0
    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(turns[0]["values"]), turns[1]["values"][0]["low"]] == [4, 3]


class _Slow:
    """Standard input whose second line comes after another process has written to the graph."""

    def __init__(self, lines: list[str], graph: Path) -> None:
        self._lines = lines
        self._graph = graph

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        if len(self._lines) == 1:
            with open_store(self._graph, write=True, lock_seconds=10) as store:
                store.remove(late().document.id)
        return self._lines.pop(0) + "\n" if self._lines else ""


def test_only_a_turn_makes_the_file_and_only_its_owner_reads_it(talk: Talk, graph: Path) -> None:
    file = graph.with_name(graph.name + ".chats")
    assert talk(options=("--list",))[0] == 0
    assert talk(options=("--delete", "none"))[0] == 1
    assert not file.exists()
    session = rows(talk("What was Osprey's revenue in 2025?", options=("--json",)))[0]["session"]
    assert file.stat().st_mode & 0o077 == 0
    assert b"Osprey's revenue" in file.read_bytes()
    talk(options=("--delete", session))
    assert b"Osprey's revenue" not in file.read_bytes()


def test_one_thing_at_a_time(talk: Talk) -> None:
    code, _, err = talk(options=("--list", "--session", "x"))
    assert (code, "give one of --session, --list and --delete" in err) == (2, True)


def test_a_missing_graph_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--graph", str(tmp_path / "none"), "chat"]) == 1
    assert capsys.readouterr().err.startswith("tollgraph: no graph at ")


def test_a_file_that_is_none_of_ours_is_one_clear_line(talk: Talk, graph: Path) -> None:
    graph.with_name(graph.name + ".chats").write_bytes(b"no database at all" * 100)
    code, _, err = talk(WHO)
    assert code == 1
    assert "conversations cannot be kept (file is not a database)" in err
    assert StoreError.__name__ not in err


def test_it_works_as_a_program(graph: Path) -> None:
    code = "import sys; from api.cli import main; sys.argv[1:] = ['chat', '--graph', sys.argv[1], '--json']; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, str(graph)],
        input=f"{WHO}\nHow many?\n/quit\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["answered", "answered"]
    assert done.stderr == ""
