import sys

import pytest

from api.commands.progress import bar


def test_a_bar_shows_on_a_terminal_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with bar("Computing", shown=True) as follow:
        follow(3, 8, "[draws]")
    found = capsys.readouterr()
    assert (found.out, "Computing [draws]" in found.err, "3/8" in found.err) == ("", True, True)


@pytest.mark.parametrize(("terminal", "shown"), [(False, True), (True, False)])
def test_a_bar_keeps_out_of_files_and_of_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool, shown: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with bar("Computing", shown=shown) as follow:
        follow(3, 8, "")
    assert capsys.readouterr().err == ""
