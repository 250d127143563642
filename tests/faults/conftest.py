import shutil
from pathlib import Path

import pytest

from tests.faults.graphs import Commands, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "g"
    make(folder)
    return folder


@pytest.fixture
def graph(made: Path, tmp_path: Path) -> Path:
    """A copy of the made graph, to be damaged."""
    return Path(shutil.copytree(made, tmp_path / "g"))


@pytest.fixture
def tollgraph(capsys: pytest.CaptureFixture[str], graph: Path) -> Commands:
    return Commands(capsys, graph)
